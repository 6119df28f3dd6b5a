"""What stood in a GeoPackage when it was exported, kept in the file itself: an edit is what differs from it.

Rows are compared as they lie in the file, so nothing depends on how an editor writes what it does not change.
"""

from __future__ import annotations

import base64
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

MIME = "application/vnd.sitmap.baseline"
MOST = 100_000
"""Features of an export that keeps what stood in it; a larger one cannot be edited and brought back."""

Row = dict[str, Any]


def read_rows(db: sqlite3.Connection, table: str) -> list[Row]:
    """Read the rows of a table by column, in order; the geometry as hexadecimal text of GeoPackage's own form."""
    cursor = db.execute(f'SELECT * FROM "{table.replace(chr(34), chr(34) * 2)}" ORDER BY fid')  # noqa: S608
    names = [column[0] for column in cursor.description]
    return [
        {name: value.hex() if isinstance(value, bytes) else value for name, value in zip(names, row, strict=True)}
        for row in cursor
    ]


def dump(db: sqlite3.Connection, tables: Iterable[str]) -> str:
    """Write the rows of tables as text."""
    rows = {table: read_rows(db, table) for table in tables}
    return packed(orjson.dumps(rows))


def load(text: str) -> Mapping[str, list[Row]]:
    """Read what `dump` wrote."""
    rows: Mapping[str, list[Row]] = orjson.loads(unpacked(text))
    return rows


def packed(content: bytes) -> str:
    """Pack bytes into text that XML, JSON and SQL hold as it is."""
    return base64.b85encode(zlib.compress(content, 6)).decode()


def unpacked(text: str) -> bytes:
    """Give what was packed; ``ValueError`` or ``zlib.error`` where it is not whole."""
    return zlib.decompress(base64.b85decode(text))
