"""Readers of times that hang on another time in the text ("a month earlier"), and of lengths ("48-hour")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geo.temporal.anchor import UNKNOWN, Reading, known
from geo.temporal.calendar import shift_units
from geo.temporal.hit import Count, Hit, Reader, count_of

_DAYS = {"week": 7.0, "month": 30.4375, "year": 365.25}
_DURATION = Reading(kind="duration")


def _offset(hit: Hit) -> Reading | None:
    """Read "a month earlier", "two days later", "just weeks before", "a day after"."""
    return _offset_by(count_of(hit), -1 if hit.has("EARLIER", "BEFORE", "PREVIOUS") else 1)


def _offset_by(count: Count, sign: int) -> Reading:
    days = round(count.mean * _DAYS.get(count.unit, 1))
    return Reading(kind="offset", offset_days=sign * days, unit=count.unit)


def _offset_units(hit: Hit) -> Reading | None:
    """Read "the previous two days", "the following three weeks"."""
    return _offset_by(count_of(hit), -1 if hit.has("PREVIOUS") else 1)


def _offset_the(hit: Hit) -> Reading | None:
    """Read "the same day", "that week", "the following morning", "the night before"."""
    if hit.after("HYPHEN"):
        return None  # "that day-to-day"
    sign = -1 if hit.has("PREVIOUS", "BEFORE", "EARLIER") else 1 if hit.has("FOLLOWING", "AFTER") else 0
    return _offset_of_one(hit, sign)


def _offset_next(hit: Hit) -> Reading | None:
    """Read "the next day" as told from another time, but "over the next week" as told from publication."""
    is_ahead = hit.before("IN", "FOR") and hit.has("WEEK1", "MONTH1", "YEAR1")
    if not is_ahead:
        return _offset_of_one(hit, 1)
    if hit.published is None:
        return UNKNOWN
    count = count_of(hit)
    return known((hit.published, shift_units(hit.published, 1, count.unit)), approximate=True)


def _offset_of_one(hit: Hit, sign: int) -> Reading:
    count = Count(1, 1, "day") if hit.has("PART") else count_of(hit)
    if sign:
        return _offset_by(count, sign)
    return replace(_offset_by(count, 1), offset_days=0)


def _duration(hit: Hit) -> Reading | None:
    """Read "48-hour", "five-year-old", "an eighth consecutive day", "for three days"; "a day" alone is no length."""
    is_told = hit.before("FOR", "IN", "OF", "MORE", "THAN", "AFTER") or (
        hit.after("OF") and not hit.before("THE", "EARLY")
    )
    has_number = hit.has("NUMBER", "NUMWORD", "VAGUE", "DAY", "ORDWORD", "ORDINAL", "YEAR", "RANGE", "HALF")
    if has_number or hit.has("LONG", "OLD", "WHOLE") or (hit.has("A") and hit.has("HYPHEN")):
        return _DURATION
    return _DURATION if is_told else None


LENGTHS: Mapping[str, Reader] = {
    "offset": _offset,
    "offset_units": _offset_units,
    "offset_the": _offset_the,
    "offset_next": _offset_next,
    "duration": _duration,
}
