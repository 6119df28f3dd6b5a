"""From the scratch file of an import to one read-only gazetteer file, sorted by SQLite on disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from geo.gazetteer.build import SEPARATOR, begin, finish, write_indexes, write_names
from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.importing.stage import Stage
from geo.gazetteer.importing.tell import Tell
from geo.gazetteer.store import as_place

STEPS = ("places", "names", "spellings", "index")
_SPELLINGS = "CREATE TABLE spellings (n INTEGER PRIMARY KEY, arabic INTEGER NOT NULL, names TEXT NOT NULL)"
_TMPDIR = "SQLITE_TMPDIR"


def compile_stage(path: Path, stage: Stage, *, meta: Mapping[str, str], tell: Tell) -> tuple[int, dict[str, str]]:
    """Write a gazetteer file of what an import has read.

    Parameters
    ----------
    path
        A file that does not exist yet; SQLite sorts in temporary files beside it.
    stage
        The scratch file, read to the end.
    meta
        What the file says about itself; how many places and names it has is added.
    tell
        Told after each step.

    Returns
    -------
    tuple
        How many places are left out because their id stands already, and what the file says about itself.

    Notes
    -----
    The same entries give the same bytes. Memory does not grow with their number: SQLite's caches hold 64 MB each, and
    what it sorts beyond that lies on disk.
    """
    with _sorting_in(path.parent), closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("ATTACH ? AS stage", (str(stage.path),))
        begin(db)
        db.execute(_SPELLINGS)
        db.execute("INSERT INTO main.places SELECT * FROM stage.places ORDER BY n")
        twice = _drop_twice(db)
        tell("Compiling", 1, len(STEPS))
        write_names(db, db.execute("SELECT key, n, flags FROM stage.keys JOIN main.places USING (n) ORDER BY key, n"))
        tell("Compiling", 2, len(STEPS))
        db.execute(
            "INSERT INTO main.spellings SELECT s.n, s.arabic, s.names FROM stage.spellings AS s"
            " JOIN main.places USING (n) ORDER BY 1"
        )
        tell("Compiling", 3, len(STEPS))
        write_indexes(db)
        there = "SELECT id, stands FROM stage.shadows WHERE stands IN (SELECT id FROM main.places)"
        shadows = dict(db.execute(there))
        whole = {**meta, **_sizes(db)}
        finish(db, meta=whole, shadows=shadows)
        tell("Compiling", 4, len(STEPS))
    return twice, whole


def _drop_twice(db: sqlite3.Connection) -> int:
    """Drop the later ones of places with one id."""
    first = "SELECT min(n) FROM places GROUP BY id"
    return db.execute(f"DELETE FROM places WHERE n NOT IN ({first})").rowcount  # noqa: S608


def _sizes(db: sqlite3.Connection) -> dict[str, str]:
    sql = "SELECT (SELECT count(*) FROM main.places), (SELECT count(*) FROM main.terms)"
    places, terms = db.execute(sql).fetchone()
    return {"places": str(places), "names": str(terms)}


@contextmanager
def _sorting_in(folder: Path) -> Iterator[None]:
    """Let SQLite sort beside the file that it makes: the system's temporary folder may be small, or lie in memory."""
    before = os.environ.get(_TMPDIR)
    os.environ[_TMPDIR] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_TMPDIR]
        else:
            os.environ[_TMPDIR] = before


def entries_of(db: sqlite3.Connection) -> Iterator[tuple[int, Entry]]:
    """Give the entries of a gazetteer file that an import made, with their numbers, in order."""
    sql = "SELECT places.*, arabic, names FROM places JOIN spellings USING (n) ORDER BY n"
    for *row, geometry, arabic, others in db.execute(sql):
        n, place = as_place(row)
        names = distinct((place.name, *place.aliases, place.name_ar, *others.split(SEPARATOR)))
        yield n, Entry(place, names, arabic=bool(arabic), geometry=geometry)
