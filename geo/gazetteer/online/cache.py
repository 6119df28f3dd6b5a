"""What online geocoders answered, kept on disk: an answer is asked for once.

Two tables: what a service knows, and what it knows nothing of, with the day on which it was asked. Failures are never
kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geo.errors import OnlineError

FILE = "online.sqlite"
NOTHING_DAYS = 30
"""After so many days a service is asked again for what it did not know: people map where wars are."""

_VERSION = 1
_BUSY_S = 60.0
_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
  service TEXT NOT NULL, url TEXT NOT NULL, query TEXT NOT NULL, bias TEXT NOT NULL, asked TEXT NOT NULL,
  answers TEXT NOT NULL, PRIMARY KEY (service, url, query, bias)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unknown (
  service TEXT NOT NULL, url TEXT NOT NULL, query TEXT NOT NULL, bias TEXT NOT NULL, asked TEXT NOT NULL,
  PRIMARY KEY (service, url, query, bias)
) WITHOUT ROWID;
"""
_WHERE = "WHERE service = ? AND url = ? AND query = ? AND bias = ?"


@dataclass(frozen=True, slots=True)
class Key:
    """What was asked.

    Attributes
    ----------
    service, url
        Who was asked, and where it runs.
    query
        The name.
    bias
        What else was sent with it, as text.
    """

    service: str
    url: str
    query: str
    bias: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered.

    Attributes
    ----------
    asked
        The day.
    answers
        As the service sent them, in its order; empty where it knows nothing.
    """

    asked: date
    answers: tuple[dict[str, Any], ...]


class Cache:
    """The answers of one cache folder; several processes may use it at once.

    Parameters
    ----------
    folder
        The folder, which must be there.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def get(self, key: Key, *, today: date | None = None) -> Kept | None:
        """Give what was answered, or None where it was not asked yet.

        Parameters
        ----------
        key
            What is asked.
        today
            Leave out what was not known `NOTHING_DAYS` before this day or earlier; None for whatever is kept.

        Raises
        ------
        OnlineError
            Where the file is damaged.
        """
        if not self.path.is_file():
            return None
        with self._opened() as db:
            row = db.execute(f"SELECT asked, answers FROM answers {_WHERE}", _values(key)).fetchone()  # noqa: S608
            if row:
                return Kept(date.fromisoformat(row[0]), tuple(json.loads(row[1])))
            row = db.execute(f"SELECT asked FROM unknown {_WHERE}", _values(key)).fetchone()  # noqa: S608
        if row is None:
            return None
        asked = date.fromisoformat(row[0])
        stale = today is not None and asked <= today - timedelta(days=NOTHING_DAYS)
        return None if stale else Kept(asked, ())

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer in place of what was known before.

        Raises
        ------
        OnlineError
            Where the file is damaged or cannot be written.
        """
        text = json.dumps(kept.answers, ensure_ascii=False, sort_keys=True)
        with self._opened() as db:
            db.execute("BEGIN IMMEDIATE")
            for table in ("answers", "unknown"):
                db.execute(f"DELETE FROM {table} {_WHERE}", _values(key))  # noqa: S608
            if kept.answers:
                db.execute("INSERT INTO answers VALUES (?,?,?,?,?,?)", (*_values(key), kept.asked.isoformat(), text))
            else:
                db.execute("INSERT INTO unknown VALUES (?,?,?,?,?)", (*_values(key), kept.asked.isoformat()))
            db.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)) as db:
                (version,) = db.execute("PRAGMA user_version").fetchone()
                if version != _VERSION:
                    _make(db)
                yield db
        except (sqlite3.Error, ValueError) as error:
            raise OnlineError(
                f"the kept answers of online geocoders cannot be used: {error}",
                do="Delete the file; what is needed is asked for again",
                path=self.path,
                over=True,
            ) from error


def _make(db: sqlite3.Connection) -> None:
    """Make the tables, once: the first of several processes does, the others wait for it."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("PRAGMA user_version").fetchone() != (_VERSION,):
        for statement in _TABLES.split(";"):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {_VERSION}")
    db.execute("COMMIT")


def _values(key: Key) -> tuple[str, str, str, str]:
    return key.service, key.url, key.query, key.bias
