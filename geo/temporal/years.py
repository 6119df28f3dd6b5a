"""Readers of years, decades and seasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from geo.data import read_toml
from geo.temporal.anchor import UNKNOWN, Reading, known
from geo.temporal.calendar import Span, shift, shift_months
from geo.temporal.hit import Hit, Reader
from geo.temporal.tokens import FIRST_YEAR, LAST_YEAR, OTHER, codes

_NOT_NUMBERS = (
    "DOT",
    "COMMA",
    "STOP",
    "BREAK",
    "AND",
    "IN",
    "TO",
    "BY",
    "THE",
    "A",
    "FOR",
    "WHICH",
    "APOSTROPHE",
    "AFTER",
    "BEFORE",
    "ON",
    "OR",
)


def _year(hit: Hit) -> Reading | None:
    """Read a year where the words around it make one of the number: "in 2014", "the 2011 uprising", "late 2014"."""
    year = hit.named_year()
    if year is None or hit.is_counted():
        return None
    if not (hit.mod() or hit.has("YEAR1")) and not _is_year(hit, year):
        return None
    part = hit.mod()
    if not part:
        return known((date(year, 1, 1), date(year, 12, 31)), unit="year")
    return known(part_of_year(year, part), approximate=True, unit="month")


def _is_year(hit: Hit, year: int) -> bool:
    if hit.after("DAYS", "WEEKS", "MONTHS", "YEARS", "HOURS"):
        return False
    if hit.before("IN", "SINCE", "UNTIL"):
        return True
    if hit.before("AND", "OR", "COMMA") and hit.tokens.code(hit.start - 2) in codes("YEAR"):
        return True  # "in 2014 and 2015"
    if hit.before("OPEN"):
        return hit.tokens.word(hit.end) in (")", ",", ";")
    if hit.before("OF", "BY", "FROM", "AFTER", "BEFORE", "INTO"):
        return hit.after(*_NOT_NUMBERS) or hit.end == len(hit.tokens.codes)
    is_near = hit.published is None or year <= hit.published.year + 1
    return hit.before("THE", "A") and is_near and (hit.tokens.code(hit.end) == OTHER or hit.after("NUMWORD"))


def part_of_year(year: int, part: str) -> Span:
    """Give the early (January to March), middle (May to August) or late (October to December) part of a year."""
    first, last = read_toml("time.toml")["calendar"]["parts_of_year"][part]
    return date(year, first, 1), shift(shift_months(date(year, last, 1), 1), -1)


def _range_years(hit: Hit) -> Reading | None:
    """Read "2011-2015", "2014-15", "from 2011 to 2015", "between 2011 and 2013"."""
    if hit.is_counted():
        return None
    years = [int(word) for word in hit.words("YEAR")]
    if not years:
        word = hit.words("YEAR_RANGE")[0]
        years = [int(word[:4]), int(word[5:]) if len(word) == 9 else int(word[:2] + word[5:])]
    elif hit.has("AND") != hit.before("BETWEEN") or not (
        hit.has("HYPHEN") or hit.before("BETWEEN", "FROM", "IN", "FOR", "OPEN")
    ):
        return None
    first, last = years
    return known((date(first, 1, 1), date(last, 12, 31)), unit="year") if first < last else None


def _decade(hit: Hit) -> Reading | None:
    year = int(hit.words("DECADE_NUMBER")[0][:4])
    return known((date(year, 1, 1), date(min(year + 9, 9999), 12, 31)), unit="year")


# Seasons ------------------------------------------------------------------------------------------


def _season(hit: Hit) -> Reading | None:
    """Read "last summer", "the spring of 2015", "in winter"; northern hemisphere, winter from December on."""
    word = hit.tokens.word(hit.places("SEASON", "FALL")[0])
    month: int = read_toml("time.toml")["calendar"]["seasons"][word.lower()]
    if hit.gives_year() or hit.has("YEAR_RANGE"):
        year = int(hit.words("YEAR_RANGE")[0][:4]) if hit.has("YEAR_RANGE") else hit.named_year()
        if hit.is_counted() or (year is not None and not FIRST_YEAR <= year <= LAST_YEAR):
            return None
        return UNKNOWN if year is None else _of_season(date(year, month, 1), hit)
    if not hit.has("LAST", "THIS", "NEXT") and (hit.has("FALL") or not _is_season(hit, word)):
        return None
    if hit.published is None:
        return UNKNOWN
    return _of_season(_season_start(hit, month, hit.published), hit)


def _is_season(hit: Hit, word: str) -> bool:
    """Tell whether a bare season is a time: "in the spring", but not "Peace Spring" or "the spring offensive"."""
    is_told = bool(hit.mod()) or hit.before("IN", "SINCE", "UNTIL", "BY", "FROM", "THROUGH", "INTO")
    return is_told and word.islower() and hit.tokens.code(hit.end) != OTHER


def _season_start(hit: Hit, month: int, published: date) -> date:
    starts = [date(published.year + step, month, 1) for step in (-2, -1, 0, 1) if 1 <= published.year + step <= 9999]
    if hit.has("NEXT"):
        return next((s for s in starts if s > published), starts[-1])
    if hit.has("LAST"):
        return [s for s in starts if shift_months(s, 3) <= published][-1]
    if hit.is_future:
        return next((s for s in starts if shift_months(s, 3) > published), starts[-1])
    return [s for s in starts if s <= published][-1]


def _of_season(first: date, hit: Hit) -> Reading:
    begin, months = {"early": (0, 1), "middle": (1, 1), "late": (2, 1)}.get(hit.mod(), (0, 3))
    start = shift_months(first, begin)
    return known((start, shift(shift_months(start, months), -1)), unit="month", approximate=True)


YEARS: Mapping[str, Reader] = {"year": _year, "range_years": _range_years, "decade": _decade, "season": _season}
