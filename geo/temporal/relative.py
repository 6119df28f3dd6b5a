"""Readers of times told from the day of publication: weekdays, "yesterday", "last week", "three days ago"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geo.data import read_toml
from geo.temporal.anchor import UNKNOWN, Reading, known, nearest_weekday
from geo.temporal.calendar import (
    Span,
    part_of_month,
    part_of_week,
    shift,
    shift_months,
    shift_units,
    unit_of,
    week_of,
)
from geo.temporal.hit import Hit, Reader, count_of
from geo.temporal.tokens import make_date
from geo.temporal.years import part_of_year

_UNIT = {"WEEK1": "week", "MONTH1": "month", "YEAR1": "year"}
_SATURDAY = 5


# Weekdays -----------------------------------------------------------------------------------------


def _weekday(hit: Hit) -> Reading | None:
    """Read "on Sunday", "early Sunday", "Sunday night", "overnight into Sunday"; "on Fridays" is a habit, not a day."""
    if _is_habit(hit):
        return None
    if hit.published is None:
        return UNKNOWN
    is_last = hit.has("LAST")
    day = nearest_weekday(hit.weekdays()[0], hit.published, future=not is_last and hit.is_future, strict=is_last)
    return known((shift(day, -1), day) if hit.has("INTO") else (day, day))


def _is_habit(hit: Hit) -> bool:
    return hit.before("EVERY") or (hit.has("WEEKDAY_PLURAL") and hit.before("ON"))


def _weekday_which(hit: Hit) -> Reading | None:
    """Read "last Monday" (before today), "next Monday" (after today), "this Monday" (the nearest by tense)."""
    if hit.published is None:
        return UNKNOWN
    future = hit.has("NEXT", "COMING") or (hit.has("THIS") and not hit.has("LAST", "PAST") and hit.is_future)
    day = nearest_weekday(
        hit.weekdays()[0], hit.published, future=future, strict=hit.has("LAST", "PAST", "NEXT", "COMING")
    )
    return known((day, day))


def _weekday_of_week(hit: Hit) -> Reading | None:
    """Read "Tuesday of last week", "last week on Tuesday"."""
    if hit.published is None:
        return UNKNOWN
    step = -7 if hit.has("LAST") else 7 if hit.has("NEXT") else 0
    day = shift(week_of(hit.published)[0], step + hit.weekdays()[0])
    return known((day, day))


def _weekday_ago(hit: Hit) -> Reading | None:
    """Read "a week ago on Sunday"."""
    if hit.published is None:
        return UNKNOWN
    day = shift(nearest_weekday(hit.weekdays()[0], hit.published, future=False), -7 * count_of(hit).mean)
    return known((day, day))


def _weekday_offset(hit: Hit) -> Reading | None:
    step = 7 if hit.has("FOLLOWING") else -7
    return Reading(kind="offset", offset_days=step, unit="day")


def _weekday_day(hit: Hit) -> Reading | None:
    """Read "Friday the 13th": the nearest Friday that is a 13th."""
    if hit.published is None:
        return UNKNOWN
    step = 1 if hit.is_future else -1
    for months in range(0, 15 * step, step):
        month = shift_months(hit.published.replace(day=1), months)
        day = make_date(month.year, month.month, hit.days()[0])
        if day and day.weekday() == hit.weekdays()[0] and (day - hit.published).days * step >= 0:
            return known((day, day))
    return UNKNOWN


def _range_weekdays(hit: Hit) -> Reading | None:
    """Read "between Friday and Sunday", "Monday to Wednesday", "on Sunday and Monday" (days that follow each other)."""
    first, last = hit.weekdays()
    is_list = hit.has("AND", "OR") and not hit.before("BETWEEN")
    if (is_list and (last - first) % 7 != 1) or first == last or _is_habit(hit):
        return None
    if hit.published is None:
        return UNKNOWN
    if hit.is_future:
        start = nearest_weekday(first, hit.published, future=True)
        return known((start, nearest_weekday(last, start, future=True)))
    end = nearest_weekday(last, hit.published, future=False)
    return known((nearest_weekday(first, end, future=False), end))


# Days ---------------------------------------------------------------------------------------------


def _today(hit: Hit) -> Reading | None:
    at = hit.places("TODAY")[0]
    if hit.tokens.word(at) == "Today" and hit.tokens.word(at - 1).istitle():
        return None  # "Russia Today"
    if hit.published is None:
        return UNKNOWN
    first, last = read_toml("time.toml")["relative_days"][hit.tokens.word(at).lower()]
    return known((shift(hit.published, first), shift(hit.published, last)))


def _this_part(hit: Hit) -> Reading | None:
    """Read "this morning", "last night"."""
    if hit.has("LAST") and hit.words("PART")[0] not in ("night", "evening"):
        return None
    if hit.published is None:
        return UNKNOWN
    day = shift(hit.published, -1 if hit.has("LAST") else 0)
    return known((day, day))


def _day_before(hit: Hit) -> Reading | None:
    """Read "the day before yesterday", "the day after tomorrow"."""
    base = _today(hit)
    if base is None or base.first is None:
        return base
    day = shift(base.first, -1 if hit.has("BEFORE") else 1)
    return known((day, day))


def _weekend(hit: Hit) -> Reading | None:
    """Read "the weekend": on a Monday the two days before, on a Saturday or Sunday the one that is on."""
    for name, step in (("THAT", 0), ("SAME", 0), ("PREVIOUS", -7), ("FOLLOWING", 7)):
        if hit.begins(name):
            return Reading(kind="offset", offset_days=step, unit="week")
    if hit.before("EVERY"):
        return None
    if hit.published is None:
        return UNKNOWN
    saturday = nearest_weekday(_SATURDAY, hit.published, future=False)
    is_on = (hit.published - saturday).days <= 1
    if hit.has("LAST", "PAST"):
        saturday = shift(saturday, -7 if is_on and not hit.begins("THIS") else 0)
    elif hit.has("NEXT", "COMING") or (not is_on and (hit.is_deadline or hit.is_future)):
        saturday = shift(saturday, 7)
    return known((saturday, shift(saturday, 1)))


# Units --------------------------------------------------------------------------------------------


def _ago(hit: Hit) -> Reading | None:
    """Read "three days ago" (that day), "two weeks ago" (to half a week), "a month ago" (that month), "days ago"."""
    if hit.published is None:
        return UNKNOWN
    count = count_of(hit)
    if count.is_vague:
        low = shift_units(hit.published, -count.low, count.unit)
        return known((shift_units(hit.published, -count.high, count.unit), low), approximate=True)
    day = shift_units(hit.published, -count.high, count.unit)
    if count.unit == "week":
        return known((shift(day, -3), shift(day, 3)), approximate=True)
    return known(unit_of(day, count.unit), unit=count.unit, approximate=count.unit != "day")


def _last_units(hit: Hit) -> Reading | None:
    """Read "the last two days", "in recent weeks", "the next 48 hours": from then to publication, or from it on."""
    if hit.before("EVERY"):
        return None
    if hit.published is None:
        return UNKNOWN
    count = count_of(hit)
    size = count.high if count.unit == "day" else count.mean
    vague = count.is_vague or count.unit != "day"
    if hit.has("NEXT", "COMING"):
        return known((hit.published, shift_units(hit.published, size, count.unit)), approximate=vague)
    return known((shift_units(hit.published, -size, count.unit), hit.published), approximate=vague)


def _unit_which(hit: Hit) -> Reading | None:
    """Read "last week" (Monday to Sunday), "this month" (up to publication unless to come), "late last year"."""
    if hit.published is None:
        return UNKNOWN
    unit = next(name for code, name in _UNIT.items() if hit.has(code))
    step = -1 if hit.has("LAST") else 1 if hit.has("NEXT") else 0
    span = unit_of(shift_units(hit.published, step, unit), unit)
    part = hit.mod()
    if part:
        return known(part_of(span, unit, part), approximate=True)
    if step:
        return known(span, unit="day" if unit == "week" else unit)
    if hit.has("LATER") or (hit.is_future and not hit.has("EARLIER")):
        return known((hit.published, span[1]))
    return known((span[0], hit.published))


def part_of(span: Span, unit: str, part: str) -> Span:
    """Give the early, middle or late part of a week, month or year."""
    if unit == "year":
        return part_of_year(span[0].year, part)
    return part_of_week(span, part) if unit == "week" else part_of_month(span, part)


def _end_of_unit(hit: Hit) -> Reading | None:
    """Read "the end of the year", "at the start of the week"."""
    if hit.published is None:
        return UNKNOWN
    unit = next(name for code, name in _UNIT.items() if hit.has(code))
    span = part_of(unit_of(hit.published, unit), unit, hit.mod())
    if span[0] > hit.published and not (hit.is_deadline or hit.is_future):
        span = part_of(unit_of(shift_units(hit.published, -1, unit), unit), unit, hit.mod())
    return replace(known(span), approximate=True)


RELATIVE: Mapping[str, Reader] = {
    "weekday": _weekday,
    "weekday_which": _weekday_which,
    "weekday_of_week": _weekday_of_week,
    "weekday_ago": _weekday_ago,
    "weekday_offset": _weekday_offset,
    "weekday_day": _weekday_day,
    "range_weekdays": _range_weekdays,
    "today": _today,
    "this_part": _this_part,
    "day_before": _day_before,
    "weekend": _weekend,
    "ago": _ago,
    "last_units": _last_units,
    "unit_which": _unit_which,
    "end_of_unit": _end_of_unit,
}
