"""Which column of a table, or property of a feature, tells what: as told, or as ``import_columns.toml`` guesses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.data import read_toml
from geo.errors import GazetteerError

FIELDS = (
    *("id", "name", "name_ar", "aliases", "lon", "lat", "point", "kind", "precision_m", "precision"),
    *("country", "admin1", "population", "source"),
)
"""What a column can tell of a place; ``point`` is both coordinates in one, ``precision`` a data set's own code."""

_WORD = re.compile(r"\W+|_+")
_DELIMITERS = "\t;,|"


def plain(column: str) -> str:
    """Write the name of a column in lower case, with _ for all that is no letter or digit."""
    return _WORD.sub("_", column.strip().lower()).strip("_")


def read_header(head: bytes, *, encoding: str = "") -> list[str]:
    """Give the columns of a CSV text by its first bytes; empty where it is none."""
    try:
        text = head.decode(encoding or "utf-8", errors="ignore")
    except LookupError:
        return []
    line = next((row for row in text.splitlines() if row.strip() and not row.startswith("#")), "")
    row = next(csv.reader([line], delimiter=delimiter_of(line)), []) if line and "\0" not in line else []
    return row if len(row) > 1 else []


def delimiter_of(line: str) -> str:
    """Tell the delimiter of a CSV file by its header: the tab, semicolon, comma or bar that stands most often there."""
    return max(_DELIMITERS, key=line.count)


def event_format(header: Iterable[str]) -> str:
    """Give the data set of events whose columns these are; empty where they are none's."""
    there = {plain(column) for column in header}
    for name, entry in read_toml("import_columns.toml")["events"].items():
        if there >= set(entry["known_by"]):
            return str(name)
    return ""


def events_of(format: str) -> Mapping[str, Any] | None:
    """Give what is known of a data set of events, or None for other formats."""
    found: Mapping[str, Any] | None = read_toml("import_columns.toml")["events"].get(format)
    return found


def find_columns(header: Sequence[str], *, format: str = "csv", told: Mapping[str, str]) -> dict[str, str]:
    """Find the columns of a table.

    Parameters
    ----------
    header
        Its columns.
    format
        A data set of events, or any other format.
    told
        Column by field; goes before all guesses.

    Returns
    -------
    dict
        Column by field of `FIELDS`; fields that no column tells are left out.

    Raises
    ------
    GazetteerError
        If a field or column that was told is not there.
    """
    there: dict[str, str] = {}
    for column in header:
        there.setdefault(plain(column), column)
    found: dict[str, str] = {}
    for field, column in told.items():
        if field not in FIELDS:
            raise GazetteerError(f"no field is called {field!r}", do=f"Name one of {', '.join(FIELDS)}")
        if plain(column) not in there:
            raise GazetteerError(f"there is no column {column!r}", do=f"The columns are {', '.join(header)}")
        found[field] = column if column in header else there[plain(column)]
    events = events_of(format)
    known = {field: [plain(column)] for field, column in events["columns"].items()} if events else {}
    for field, names in {**read_toml("import_columns.toml")["guess"], **known}.items():
        column = next((there[name] for name in names if name in there and there[name] not in found.values()), "")
        if column and field not in found:
            found[field] = column
    return found


def name_columns(header: Iterable[str], columns: Mapping[str, str]) -> list[str]:
    """Give the columns that hold further names ("name:ru", "alt_name")."""
    prefixes = tuple(read_toml("import_columns.toml")["names"]["prefixes"])
    return [column for column in header if plain(column).startswith(prefixes) and column not in columns.values()]


def check_columns(columns: Mapping[str, str], header: Sequence[str], *, geometry: bool = False) -> None:
    """See that a name and a point are told.

    Raises
    ------
    GazetteerError
        If they are not; the message names the columns there are.
    """
    do = f"Name it with --column, as in --column name=COLUMN; the columns are {', '.join(header)}"
    if "name" not in columns and "name_ar" not in columns:
        raise GazetteerError("no column tells the name of a place", do=do)
    if not geometry and "point" not in columns and not {"lon", "lat"} <= columns.keys():
        raise GazetteerError("no columns tell longitude and latitude", do=do.replace("name=", "lat="))
