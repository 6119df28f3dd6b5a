"""One compiled file, read."""

import json
import os
import sqlite3
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geo.errors import GazetteerError
from geo.gazetteer.build import SEPARATOR
from geo.gazetteer.files import open_read_only
from geo.model import Place

_COLUMNS = "n, id, name, kind, lon, lat, precision_m, aliases, name_ar, country, admin1, population, source"
_BY_KEY = """
SELECT q.value, names.n, names.flags FROM json_each(?) AS q JOIN terms ON terms.key = q.value JOIN names USING (t)
"""
_CACHED = 20_000


class Store:
    """One compiled file; opened when first used, and anew in a forked process.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None
        self._pid = 0
        self._places: dict[int, Place] = {}

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a query.

        Raises
        ------
        GazetteerError
            If the file is damaged or gone.
        """
        try:
            return self._opened().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(
                f"the compiled gazetteer is damaged: {error}", do="Delete the file; it is made anew", path=self.path
            ) from error

    def _opened(self) -> sqlite3.Connection:
        if self._db is None or self._pid != os.getpid():
            self._db, self._pid = open_read_only(self.path), os.getpid()
            weakref.finalize(self, self._db.close)
        return self._db

    def names(self, keys: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
        """Give number and flags of the places of each folded key; keys of no place are left out."""
        found: dict[str, list[tuple[int, int]]] = {}
        for key, n, flags in self.rows(_BY_KEY, json.dumps(sorted(set(keys)), ensure_ascii=False)):
            found.setdefault(key, []).append((n, flags))
        return found

    def places(self, numbers: Iterable[int]) -> dict[int, Place]:
        """Give places by their numbers."""
        wanted = set(numbers)
        missing = sorted(n for n in wanted if n not in self._places)
        if len(self._places) + len(missing) > _CACHED:
            self._places = {n: place for n, place in self._places.items() if n in wanted}
        if missing:
            sql = f"SELECT {_COLUMNS} FROM places WHERE n IN (SELECT value FROM json_each(?))"  # noqa: S608
            self._places.update(map(as_place, self.rows(sql, json.dumps(missing))))
        return {n: self._places[n] for n in wanted}

    def standing(self, ids: Iterable[str], *, table: str) -> dict[str, Place]:
        """Give the places here that stand for ids, by id; ids that are not known are left out.

        Parameters
        ----------
        ids
            Of places of this file or of others.
        table
            ``"places"`` for the places that have these ids, ``"shadows"`` for those that stand for ids of other files.
        """
        sql = f"SELECT q.value, t.n FROM json_each(?) AS q JOIN {table} AS t ON t.id = q.value"  # noqa: S608
        numbers = dict(self.rows(sql, json.dumps(sorted(ids))))
        places = self.places(numbers.values())
        return {id_: places[n] for id_, n in numbers.items()}

    def where(self, condition: str, *values: object) -> dict[int, Place]:
        """Give the places for which a condition in SQL holds, in the order of their numbers."""
        sql = f"SELECT {_COLUMNS} FROM places WHERE {condition} ORDER BY n"  # noqa: S608
        return dict(map(as_place, self.rows(sql, *values)))


def as_place(row: Sequence[Any]) -> tuple[int, Place]:
    """Give number and place of a row of the table ``places`` without its geometry."""
    n, *fields = row
    fields[6] = tuple(fields[6].split(SEPARATOR)) if fields[6] else ()
    return n, Place(*fields)
