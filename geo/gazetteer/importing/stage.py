"""Where an import keeps what it has read: a scratch file that survives an interruption.

Entries are written in batches, each in one transaction with how far the reading has come, so that an import that was
killed goes on after its last batch. The gazetteer itself is made from this file in one go (`importing.compile`): its
bytes follow from the entries alone, however often the reading was interrupted.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from geo.gazetteer.build import INSERT_PLACE, SEPARATOR, keys_of, place_row
from geo.gazetteer.entries import Entry
from geo.gazetteer.importing.problems import Counts

_SCHEMA = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
  n INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, lon REAL, lat REAL, precision_m REAL, aliases TEXT,
  name_ar TEXT, country TEXT, admin1 TEXT, population INTEGER, source TEXT, geometry BLOB
);
CREATE TABLE spellings (n INTEGER PRIMARY KEY, arabic INTEGER, names TEXT);
CREATE TABLE keys (key TEXT, n INTEGER, flags INTEGER);
CREATE TABLE shadows (id TEXT, stands TEXT);
CREATE TABLE alternate (id INTEGER, row INTEGER, language TEXT, flags INTEGER, name TEXT)
"""
_NAMES = """
SELECT s.id, language, flags, name FROM json_each(?) AS q JOIN sorted AS s ON s.id = q.value ORDER BY s.id, row
"""
_SORTED = """
CREATE TABLE sorted (
  id INTEGER, row INTEGER, language TEXT, flags INTEGER, name TEXT, PRIMARY KEY (id, row, name)
) WITHOUT ROWID
"""


class Stage:
    """The scratch file of one import.

    Parameters
    ----------
    path
        The file; what an interrupted import of the same input left there is gone on with.
    key
        Hash of the input and the options; a file of another key is begun anew.
    """

    def __init__(self, path: Path, *, key: str) -> None:
        self.path = path
        self.counts = Counts()
        self.resumed = False
        self.db = self._open(key)

    def _open(self, key: str) -> sqlite3.Connection:
        if self.path.exists():
            db = _connect(self.path)
            with suppress(sqlite3.DatabaseError):
                state = dict(db.execute("SELECT key, value FROM state"))
                if state.get("key") == key:
                    self.counts = Counts.from_text(state["counts"])
                    self.resumed = True
                    return db
            db.close()
            remove(self.path)
        db = _connect(self.path)
        db.execute("BEGIN")
        for statement in _SCHEMA.split(";"):
            db.execute(statement)
        begun = {"key": key, "digest": "", "counts": self.counts.to_text()}
        db.executemany("INSERT INTO state VALUES (?, ?)", sorted(begun.items()))
        db.execute("COMMIT")
        return db

    def close(self, *, done: bool) -> None:
        """Close the file; delete it if the import is done."""
        self.db.close()
        if done:
            remove(self.path)

    def get(self, key: str) -> Any:
        """Give a value that was kept with the last batch; None if there is none."""
        row = self.db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    @property
    def digest(self) -> str:
        """Hash of all entries so far."""
        (value,) = self.db.execute("SELECT value FROM state WHERE key = 'digest'").fetchone()
        return str(value)

    def add(self, batch: Sequence[tuple[int, Entry]], *, state: Mapping[str, Any]) -> None:
        """Write a batch of entries, with the counts so far, in one transaction.

        Parameters
        ----------
        batch
            Entries with their numbers, which grow from batch to batch.
        state
            What a resumed import needs to know, by name: how far the reading has come.
        """
        rows = [place_row(n, entry) for n, entry in batch]
        keys: list[tuple[str, int, int]] = []
        spellings: list[tuple[int, bool, str]] = []
        for n, entry in batch:
            keys += [(key, n, flags) for key, flags in keys_of(entry).items()]
            spellings.append((n, entry.arabic, SEPARATOR.join(_others(entry))))
        total = hashlib.sha256(self.digest.encode())
        total.update(repr((rows, spellings)).encode())
        self.db.execute("BEGIN")
        self.db.executemany(INSERT_PLACE, rows)
        self.db.executemany("INSERT INTO keys VALUES (?, ?, ?)", keys)
        self.db.executemany("INSERT INTO spellings VALUES (?, ?, ?)", spellings)
        self._keep(state, digest=total.hexdigest())
        self.db.execute("COMMIT")

    def add_names(self, rows: Iterable[tuple[int, int, str, int, str]], *, state: Mapping[str, Any]) -> None:
        """Write alternate names (GeoNames id, row, language, flags, name) in one transaction."""
        self.db.execute("BEGIN")
        self.db.executemany("INSERT INTO alternate VALUES (?, ?, ?, ?, ?)", rows)
        self._keep(state, digest=self.digest)
        self.db.execute("COMMIT")

    def sort_names(self, *, state: Mapping[str, Any]) -> None:
        """Sort the alternate names by GeoNames id: then those of one part of the world lie side by side on disk."""
        self.db.execute("BEGIN")
        self.db.execute("DROP TABLE IF EXISTS sorted")
        self.db.execute(_SORTED)
        self.db.execute("INSERT OR IGNORE INTO sorted SELECT * FROM alternate ORDER BY id, row")
        self.db.execute("DELETE FROM alternate")
        self._keep(state, digest=self.digest)
        self.db.execute("COMMIT")

    def names_of(self, ids: Iterable[int]) -> dict[int, list[tuple[str, int, str]]]:
        """Give language, flags and name of the alternate names of features, by GeoNames id."""
        found: dict[int, list[tuple[str, int, str]]] = {}
        for id_, language, flags, name in self.db.execute(_NAMES, (json.dumps(sorted(ids)),)):
            found.setdefault(id_, []).append((language, flags, name))
        return found

    def add_shadows(self, shadows: Mapping[str, str]) -> None:
        """Note by id of an entry of another file the id of the entry that stands for it."""
        self.db.executemany("INSERT INTO shadows VALUES (?, ?)", sorted(shadows.items()))

    def _keep(self, state: Mapping[str, Any], *, digest: str) -> None:
        values = {**{name: json.dumps(value) for name, value in state.items()}, "counts": self.counts.to_text()}
        self.db.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", sorted({**values, "digest": digest}.items()))


def _others(entry: Entry) -> list[str]:
    shown = {entry.place.name, *entry.place.aliases, entry.place.name_ar}
    return [name for name in entry.names if name not in shown]


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    # Only the end of the file is ever written, so a rollback journal stays small.
    db.executescript("PRAGMA page_size=8192; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;")
    return db


def remove(path: Path) -> None:
    """Delete a scratch file and its journal."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
