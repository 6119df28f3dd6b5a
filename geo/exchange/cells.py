"""The cells of a row by what they tell: numbers, days, points; what is wrong names its column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NoReturn

from geo.errors import InputError

_INTEGRAL = re.compile(r"-?\d+\.0+")
_NUMBER = re.compile(r"[-+]?\d+[.,]?\d*(?:[eE][-+]?\d+)?")
_WKT = re.compile(r"POINT\s*Z?\s*\(\s*([-+.\deE]+)\s+([-+.\deE]+)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s.]*([A-Za-z]{3,9})[-\s.,]*(\d{4}|\d{2})")
_AMERICAN = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_CENTURY = 69  # POSIX: two digits from 69 on are of the twentieth century
_MANY = 1 << 16


class CellError(InputError):
    """A cell cannot be read; ``what`` names its column."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row.

    Attributes
    ----------
    texts
        Text by field, without outer white space; no field without text.
    columns
        The name of the column by field, for messages.
    others
        Text by column of those that an event keeps as they stand.
    day_first
        Whether 3/4/2016 is in April, or in March; None where nobody says.
    """

    texts: Mapping[str, str]
    columns: Mapping[str, str]
    others: Mapping[str, str]
    day_first: bool | None = None

    def get(self, field: str, usual: str = "") -> str:
        """Give the text of a field."""
        return self.texts.get(field, usual)


def fail(cells: Cells, field: str, what: str, do: str) -> NoReturn:
    """Say what is wrong with a cell.

    Raises
    ------
    CellError
        Always.
    """
    column = cells.columns.get(field, field)
    raise CellError(f"column {column!r}: {what}", do=do)


def need(cells: Cells, field: str, do: str) -> str:
    """Give the text of a field that must be there."""
    text = cells.get(field)
    if not text:
        fail(cells, field, "the cell is empty", do)
    return text


def plain_code(text: str) -> str:
    """Give a code without the ".0" that a table program puts behind whole numbers."""
    return text[: text.index(".")] if _INTEGRAL.fullmatch(text) else text


def names_of(text: str) -> list[str]:
    """Take names apart that stand between semicolons."""
    return [name for part in text.split(";") if (name := part.strip())]


def number(cells: Cells, field: str, *, least: float, most: float) -> float | None:
    """Read a number with a decimal point or comma; None where the cell is empty."""
    text = cells.get(field)
    if not text:
        return None
    value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
    if value is None:
        fail(cells, field, f"{text!r} is no number", "Write it with digits and a decimal point")
    if not least <= value <= most:
        fail(cells, field, f"{text} is not between {least:g} and {most:g}", "Mend the number")
    return value


def count(cells: Cells, field: str) -> int | None:
    """Read a number of people; None where the cell is empty."""
    text = cells.get(field)
    if not text:
        return None
    plain = plain_code(text)
    if not plain.isascii() or not plain.isdigit():
        fail(cells, field, f"{text!r} is no number of people", "Write digits alone, or leave the cell empty")
    return int(plain)


def point(cells: Cells) -> tuple[float, float] | None:
    """Read longitude and latitude in degrees (WGS 84): of two cells, or of WKT, or of "lat, lon" in one.

    Returns
    -------
    tuple or None
        None where the cells are empty.
    """
    if cells.get("lat") or cells.get("lon"):
        do = "Write decimal degrees, WGS 84: latitude -90 to 90, longitude -180 to 180"
        need(cells, "lat", do), need(cells, "lon", do)
        lat, lon = number(cells, "lat", least=-90, most=90), number(cells, "lon", least=-180, most=180)
    else:
        lon, lat = _one_cell(cells)
    if lon is None or lat is None:
        return None
    if lon == lat == 0:
        field = "lat" if cells.get("lat") else "point"
        fail(cells, field, "lat 0, lon 0 stands for a point that is not known", "Write the point, or leave it empty")
    return lon, lat


def _one_cell(cells: Cells) -> tuple[float | None, float | None]:
    text = cells.get("point")
    if not text:
        return None, None
    wkt = _WKT.search(text)
    parts = [float(part) for part in re.split(r"[\s,;()\[\]]+", text) if _NUMBER.fullmatch(part)]
    told = (wkt and (float(wkt[1]), float(wkt[2]))) or ((parts[1], parts[0]) if len(parts) == 2 else None)
    if told is None or not (-180 <= told[0] <= 180 and -90 <= told[1] <= 90):
        fail(cells, "point", f"{text!r} is no point on the Earth", "Write POINT (lon lat), or lat, lon in degrees")
    return told


def day(cells: Cells, field: str) -> date | None:
    """Read a day; None where the cell is empty."""
    text = cells.get(field)
    return read_day(cells, field, text) if text else None


def read_day(cells: Cells, field: str, text: str) -> date:
    """Read a day of a cell: ``2016-09-04``, with a time too, ``4 September 2016``, ``4-Sep-16``, ``04.09.2016``."""
    told, day_first = _day(text), cells.day_first
    if isinstance(told, tuple):
        first, second, year = told
        if day_first is None and first <= 12 and second <= 12 and first != second:
            do = "Write 2016-04-03, or say day_first = true or false in a mapping"
            fail(cells, field, f"{text!r} may be one day or another", do)
        swap = day_first is False or (day_first is None and second > 12)
        told = _made(year, first, second) if swap else _made(year, second, first)
    if told is None:
        fail(cells, field, f"{text!r} is no day", "Write it as YYYY-MM-DD, for example 2016-09-04")
    return told


@lru_cache(_MANY)
def _day(text: str) -> date | tuple[int, int, int] | None:
    """Read a day; three numbers where it must still be told which of two is the month."""
    if found := _ISO.fullmatch(text) or _PLAIN.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch(text):
        return _made(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _AMERICAN.fullmatch(text):
        return _made(int(found[3]), _month(found[1]), int(found[2]))
    if found := _DOTS.fullmatch(text):
        return _made(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHES.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= _CENTURY else 2000)


def _month(word: str) -> int:
    short = word[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
