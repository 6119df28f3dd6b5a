"""Compile entries to one read-only SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path

from geo.gazetteer.entries import Entry, is_acronym
from geo.gazetteer.names import bare, fold, joined
from geo.gazetteer.phonetic import write_phonetic

LOOSE, ACRONYM = 1, 2
"""Flags of a name: found whatever Arabic article the query has; found by a query in capitals only."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
  precision_m REAL NOT NULL, aliases TEXT NOT NULL, name_ar TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL,
  population INTEGER NOT NULL, source TEXT NOT NULL, geometry BLOB
);
CREATE TABLE terms (t INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE names (t INTEGER NOT NULL, n INTEGER NOT NULL, flags INTEGER NOT NULL, PRIMARY KEY (t, n)) WITHOUT ROWID;
CREATE TABLE shadows (id TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE routes (n INTEGER PRIMARY KEY, precision_m REAL NOT NULL);
"""
INDEXES = """
CREATE UNIQUE INDEX places_id ON places (id);
CREATE INDEX places_lat ON places (lat, lon, kind);
CREATE INDEX places_kind ON places (kind, lat, lon);
CREATE UNIQUE INDEX terms_key ON terms (key);
"""
INSERT_PLACE = "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
SEPARATOR = "\x1f"
_CHUNK = 50_000


def compile_entries(
    path: Path,
    entries: Iterable[Entry],
    *,
    meta: Mapping[str, str],
    shadows: Mapping[str, str] | None = None,
    routes: Mapping[str, float] | None = None,
) -> None:
    """Write a gazetteer file.

    Parameters
    ----------
    path
        A file that does not exist yet.
    entries
        The entries; ids must be unique.
    meta
        What the file says about itself.
    shadows
        By id of an entry of another file, the id of the entry here that stands for it.
    routes
        By id of a route, how far its true course may lie from the drawn one, in metres.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        begin(db)
        names: dict[str, list[tuple[int, int]]] = {}
        db.executemany(INSERT_PLACE, _rows(entries, names))
        write_names(db, ((key, n, flags) for key in sorted(names) for n, flags in names[key]))
        write_indexes(db)
        at = "(SELECT n FROM places WHERE id = ?)"
        db.executemany(f"INSERT INTO routes VALUES ({at}, ?)", sorted((routes or {}).items()))  # noqa: S608
        finish(db, meta=meta, shadows=shadows or {})


def begin(db: sqlite3.Connection) -> None:
    """Begin a file: its tables, in one transaction that `finish` ends."""
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192; PRAGMA cache_size=-65536;"
    )
    db.execute("BEGIN")
    for statement in SCHEMA.split(";"):
        db.execute(statement)


def write_names(db: sqlite3.Connection, keys: Iterable[tuple[str, int, int]]) -> None:
    """Write the terms and names.

    Parameters
    ----------
    db
        A file that was begun.
    keys
        Folded key, number of the place, flags; sorted by key, then by number.
    """
    t, last = -1, None
    keys = iter(keys)
    while chunk := list(islice(keys, _CHUNK)):
        terms, names = [], []
        for key, n, flags in chunk:
            if key != last:
                t, last = t + 1, key
                terms.append((t, key))
            names.append((t, n, flags))
        db.executemany("INSERT INTO terms VALUES (?, ?)", terms)
        db.executemany("INSERT INTO names VALUES (?, ?, ?)", names)


def write_indexes(db: sqlite3.Connection) -> None:
    """Write the indexes of a file that has its places and names."""
    for statement in INDEXES.split(";"):
        db.execute(statement)
    write_phonetic(db, acronym=ACRONYM)


def finish(db: sqlite3.Connection, *, meta: Mapping[str, str], shadows: Mapping[str, str]) -> None:
    """Write what the file says about itself and of other files, and end its transaction."""
    db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    at = "(SELECT n FROM places WHERE id = ?)"
    db.executemany(f"INSERT INTO shadows VALUES (?, {at})", sorted(shadows.items()))  # noqa: S608
    db.execute("COMMIT")


def _rows(entries: Iterable[Entry], names: dict[str, list[tuple[int, int]]]) -> Iterator[tuple[object, ...]]:
    for n, entry in enumerate(entries):
        for key, flags in keys_of(entry).items():
            names.setdefault(key, []).append((n, flags))
        yield place_row(n, entry)


def place_row(n: int, entry: Entry) -> tuple[object, ...]:
    """Give the row of the table ``places`` of an entry."""
    place = entry.place
    return (
        n, place.id, place.name, place.kind, place.lon, place.lat, place.precision_m, SEPARATOR.join(place.aliases),
        place.name_ar, place.country, place.admin1, place.population, place.source, entry.geometry,
    )  # fmt: skip


def keys_of(entry: Entry) -> dict[str, int]:
    """Give the folded keys under which an entry is found, with their flags."""
    keys: dict[str, int] = {}
    for name in entry.names:
        folded = fold(name)
        short = ACRONYM if is_acronym(name) else 0
        for key in _forms(folded, arabic=entry.arabic):
            # A key is an acronym's only if no other name of the entry gives it.
            keys[key] = keys.get(key, short) & short
    keys.pop("", None)
    loose = LOOSE if entry.arabic else 0
    return {key: flags | loose for key, flags in keys.items()}


def _forms(folded: str, *, arabic: bool) -> tuple[str, ...]:
    if " " not in folded:
        return (folded, bare(folded)) if arabic and not folded.isascii() else (folded,)
    return (folded, *_saints(folded), *((bare(folded), *joined(folded)) if arabic else ()))


def _saints(folded: str) -> tuple[str, ...]:
    first, _, rest = folded.partition(" ")
    other = {"saint": "st", "st": "saint", "fort": "ft", "ft": "fort", "mount": "mt", "mt": "mount"}.get(first)
    return (f"{other} {rest}",) if other and rest else ()
