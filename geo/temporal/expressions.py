"""Temporal expressions of news English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from geo.data import read_toml
from geo.model import TimeExpression, When
from geo.temporal.anchor import Reading, apply_offset, open_since, open_until
from geo.temporal.days import DAYS
from geo.temporal.grammar import any_rule, rules
from geo.temporal.hit import Hit, Reader
from geo.temporal.lengths import LENGTHS
from geo.temporal.months import MONTHS
from geo.temporal.relative import RELATIVE
from geo.temporal.tokens import Tokens, codes, tokenize
from geo.temporal.years import YEARS

_READERS: Mapping[str, Reader] = {**DAYS, **MONTHS, **YEARS, **RELATIVE, **LENGTHS}
_SHORTER = 3  # how many words a match may give up to be accepted: "July 5 2000 people" is 5 July


@dataclass(frozen=True, slots=True)
class _Found:
    """An accepted reading of the words ``start`` to ``end``."""

    start: int
    end: int
    rule: str
    reading: Reading


def find_times(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """Find the temporal expressions of an English text.

    Parameters
    ----------
    text
        The text of an article.
    published
        Its publication day. Weekdays, "yesterday", days without a year and the like are seen from it: backwards, unless
        the words before them speak of the future. Without it they stay in the result with ``when`` None; only dates
        that give their year are resolved, so that nothing undated becomes today.

    Returns
    -------
    tuple of TimeExpression
        In text order, not overlapping. Spans leave out "on" and "in", but hold "since", "until", "by", "as of",
        "from" and "between" where they say which end is open. Intervals are inclusive at both ends; those of kind
        ``"since"`` have no last day, those of kind ``"until"`` no first one.
    """
    tokens = tokenize(text)
    found: list[_Found] = []
    at, year = 0, None
    search = any_rule().search
    while match := search(tokens.codes, at):
        hit = _accepted(tokens, match, published, year)
        if hit is None:
            at = match.start() + 1
            continue
        found.append(hit)
        at, year = hit.end, _year_of(hit, year)
    return tuple(_expression(tokens, hit) for hit in _joined(tokens, found))


def _year_of(found: _Found, year: int | None) -> int | None:
    return found.reading.first.year if found.reading.first and found.reading.kind != "offset" else year


def _accepted(tokens: Tokens, first: re.Match[str], published: date | None, year: int | None) -> _Found | None:
    """Give the first reading that the rules accept where one of them matches."""
    start = first.start()
    for name, pattern in rules()[(first.lastindex or 1) - 1 :]:
        match = pattern.match(tokens.codes, start)
        for _ in range(_SHORTER):
            if match is None:
                break
            hit = Hit(tokens, start, match.end(), published, year)
            reading = _READERS[name](hit)
            if reading is not None and not _is_name(hit):
                return _Found(*_widened(hit, name, reading))
            match = pattern.match(tokens.codes, start, match.end() - 1)
    return None


def _is_name(hit: Hit) -> bool:
    """Tell whether the words are part of a name: "Black Friday", "the 17 April Martyrs Brigade"."""
    before, after = _name_words()
    has_year = hit.has("YEAR", "NUMERIC")
    return hit.tokens.word(hit.start - 1) in before or (not has_year and hit.tokens.word(hit.end) in after)


@cache
def _name_words() -> tuple[frozenset[str], frozenset[str]]:
    names = read_toml("time.toml")["names"]
    return frozenset(names["before"]), frozenset(names["after"])


# What stands before -------------------------------------------------------------------------------


def _widened(hit: Hit, name: str, reading: Reading) -> tuple[int, int, str, Reading]:
    """Take in the words before and after that open an end or belong to a range."""
    if reading.kind != "date":
        return hit.start, hit.end, name, reading
    at = hit.start - 1
    if hit.tokens.code(at) in codes("MORE") and hit.tokens.code(at - 1) in codes("AT"):
        at -= 2  # "since at least July"
    code = hit.tokens.code(at)
    if code in codes("SINCE"):
        return at, hit.end, name, open_since(reading)
    if code in codes("UNTIL"):
        return at, hit.end, name, open_until(reading)
    if code in codes("BY", "BEFORE") and not hit.is_possessive() and not hit.has("WEEKDAY_PLURAL"):
        return at, hit.end, name, open_until(reading, before=code in codes("BEFORE") and not hit.has("END"))
    if code in codes("OF") and hit.tokens.code(at - 1) in codes("AS"):
        return at - 1, hit.end, name, reading
    return _from(hit, at, name, reading)


def _from(hit: Hit, at: int, name: str, reading: Reading) -> tuple[int, int, str, Reading]:
    start = at - 1 if hit.tokens.code(at) in codes("ON") else at  # "starting on Monday"
    code, is_range = hit.tokens.code(start), name.startswith("range")
    if is_range and code in codes("FROM", "BETWEEN"):
        return start, hit.end, name, reading
    if code not in codes("FROM"):
        return hit.start, hit.end, name, reading
    if hit.after("ONWARDS") or (hit.after("ON") and hit.tokens.code(hit.end + 1) in codes("DOT", "COMMA", "STOP")):
        return start, hit.end + 1, name, open_since(reading)
    if hit.tokens.word(start).lower() == "starting":
        return start, hit.end, name, open_since(reading)
    return hit.start, hit.end, name, reading


# Offsets from a date beside them ------------------------------------------------------------------


def _joined(tokens: Tokens, found: list[_Found]) -> list[_Found]:
    """Join an offset to the date that follows it at once: "two days after 27 August", "a day before Friday"."""
    result: list[_Found] = []
    for item in found:
        last = result[-1] if result else None
        if (
            last
            and last.rule == "offset"
            and item.reading.kind == "date"
            and item.reading.first
            and _is_beside(tokens, last, item)
        ):
            result[-1] = replace(last, end=item.end, rule="joined", reading=_joined_reading(tokens, last, item))
        else:
            result.append(item)
    return result


def _is_beside(tokens: Tokens, offset: _Found, item: _Found) -> bool:
    return tokens.code(offset.end - 1) in codes("BEFORE", "AFTER") and item.start == offset.end


def _joined_reading(tokens: Tokens, offset: _Found, item: _Found) -> Reading:
    when = item.reading.when("")
    assert when is not None  # noqa: S101  # it has a first day
    moved: When = apply_offset(_expression(tokens, offset), when)
    unit = offset.reading.unit if offset.reading.unit in ("month", "year") else "day"
    return Reading(moved.first, moved.last, unit=unit, approximate="~" in moved.edtf)


def _expression(tokens: Tokens, found: _Found) -> TimeExpression:
    start, end = tokens.start(found.start), tokens.ends[found.end - 1]
    text, reading = tokens.text[start:end], found.reading
    when = None if reading.kind in ("offset", "duration") else reading.when(text)
    return TimeExpression(start, end, text, when, reading.kind, reading.offset_days, reading.unit)
