"""From what an expression says to the days that it means, seen from the day of publication or from another time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from geo.data import read_toml
from geo.model import TimeExpression, When
from geo.temporal.calendar import Span, shift, shift_units, unit_of
from geo.temporal.edtf import edtf_of
from geo.temporal.tokens import make_date

# A deadline so near before the reader is still to come: "by 15 September" in a report of 5 September.
_NEAR_DAYS = 60
_HALF_WEEK = 3
_WEEKDAY = re.compile("|".join(read_toml("time.toml")["calendar"]["weekdays"]), re.IGNORECASE)
_WHOLE_UNIT = re.compile(r"\b(?:that|same|previous|preceding|prior|following|ensuing|subsequent|next)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means.

    Attributes
    ----------
    first, last
        Inclusive days; both None where it cannot be known.
    kind
        As in `TimeExpression`.
    unit
        The unit that the words spoke in: ``"day"``, ``"week"``, ``"month"`` or ``"year"``.
    approximate
        Whether the words were vague.
    offset_days
        Of an offset: days to add to the other time.
    """

    first: date | None = None
    last: date | None = None
    kind: str = "date"
    unit: str = "day"
    approximate: bool = False
    offset_days: int = 0

    def when(self, phrase: str) -> When | None:
        """Give the time with the words it was told in; None where it is not known."""
        if self.first is None and self.last is None:
            return None
        edtf = edtf_of(self.first, self.last, approximate=self.approximate, unit=self.unit)
        return When(edtf, self.first, self.last, phrase)


UNKNOWN = Reading()


def known(span: Span | None, *, unit: str = "day", approximate: bool = False) -> Reading:
    """Read a span of days; None where it cannot be known."""
    return Reading(*span, unit=unit, approximate=approximate) if span else UNKNOWN


def open_since(reading: Reading) -> Reading:
    """Turn a time into one that begins then and is still open."""
    return replace(reading, kind="since", last=None)


def open_until(reading: Reading, *, before: bool = False) -> Reading:
    """Turn a time into one that ends then, or the day before it begins."""
    last = reading.last
    if before and reading.first is not None:
        last = shift(reading.first, -1)
        return replace(reading, kind="until", first=None, last=last, unit="day")
    return replace(reading, kind="until", first=None, last=last)


def nearest_date(month: int, day: int, published: date, *, future: bool, deadline: bool = False) -> date | None:
    """Give the year to a day and month: the last such day up to publication, or the first after it if it is to come."""
    # Leap days come every four years, but for eight about 1900 and 2100.
    years = range(published.year - 8, published.year + 9)
    days = [d for year in years if (d := make_date(year, month, day))]
    past, coming = [d for d in days if d <= published], [d for d in days if d >= published]
    if coming and (future or (deadline and (coming[0] - published).days <= _NEAR_DAYS)):
        return coming[0]
    return past[-1] if past else None


def nearest_month(month: int, published: date, *, future: bool, deadline: bool = False) -> Span | None:
    """Give the year to a month: the last one that began by publication, or the first that ends after it."""
    spans = [unit_of(d, "month") for year in (-1, 0, 1) if (d := make_date(published.year + year, month, 1))]
    past, coming = [s for s in spans if s[0] <= published], [s for s in spans if s[1] >= published]
    if coming and (future or (deadline and (coming[0][0] - published).days <= _NEAR_DAYS)):
        return coming[0]
    return past[-1] if past else None


def nearest_weekday(weekday: int, published: date, *, future: bool, strict: bool = False) -> date:
    """Give the last such weekday up to publication, or the first from it on; ``strict`` leaves publication day out."""
    if future:
        ahead = (weekday - published.weekday()) % 7
        return shift(published, ahead or (7 if strict else 0))
    back = (published.weekday() - weekday) % 7
    return shift(published, -(back or (7 if strict else 0)))


def apply_offset(expression: TimeExpression, reference: When) -> When:
    """Work out a time that hangs on another one.

    Parameters
    ----------
    expression
        An expression of kind ``"offset"``: "a month earlier", "the following day".
    reference
        The time it hangs on.

    Returns
    -------
    When
        Days are counted exactly, weeks to within three days (whole weeks for "the following week"), months and years as
        whole months and years: a month before early August 2016 is July 2016. Both ends inclusive; a reference with
        an open end keeps it open.

    Raises
    ------
    ValueError
        Where the expression is no offset, or the reference has no end at all.
    """
    if expression.kind != "offset":
        raise ValueError(f"{expression.text!r} does not hang on another time")
    if reference.first is None and reference.last is None:
        raise ValueError(f"{reference.edtf!r} has no day that {expression.text!r} could hang on")
    weekday = _WEEKDAY.search(expression.text)
    if weekday:
        return _weekday_from(weekday.group(), expression, reference)
    unit = expression.unit
    count = round(expression.offset_days / {"week": 7, "month": 30.4375, "year": 365.25}.get(unit, 1))
    first, last = (None if d is None else shift_units(d, count, unit) for d in (reference.first, reference.last))
    if unit in ("month", "year") or (unit == "week" and _WHOLE_UNIT.search(expression.text)):
        first, last = first and unit_of(first, unit)[0], last and unit_of(last, unit)[1]
    elif unit == "week":
        first, last = first and shift(first, -_HALF_WEEK), last and shift(last, _HALF_WEEK)
    vague = unit != "day" or "~" in reference.edtf
    return When(edtf_of(first, last, approximate=vague, unit=unit), first, last, expression.text)


def _weekday_from(name: str, expression: TimeExpression, reference: When) -> When:
    """Work out "the following Monday": the first one after, or the last one before, the other time."""
    names = [weekday.lower() for weekday in read_toml("time.toml")["calendar"]["weekdays"]]
    future = expression.offset_days > 0
    edge = (reference.last or reference.first) if future else (reference.first or reference.last)
    assert edge is not None  # noqa: S101  # checked by the caller
    day = nearest_weekday(names.index(name.lower()), edge, future=future, strict=True)
    return When(day.isoformat(), day, day, expression.text)
