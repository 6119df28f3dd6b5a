"""Marks of an axis of time: days, weeks, months or years, as many as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geo.maps.words import MONTHS

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark: the day that it stands at, what it says, and whether a month or a year begins there."""

    day: date
    label: str
    major: bool


def time_ticks(first: date, last: date, *, most: int) -> list[Tick]:
    """Choose the marks.

    Parameters
    ----------
    first, last
        The days that the axis runs from and to, both inclusive.
    most
        How many marks there is room for.

    Returns
    -------
    list of Tick
        In order, at least one.
    """
    days = (last - first).days + 1
    for step in (1, 2, 7):
        if days / step <= max(most, 1):
            return _day_ticks(first, last, step)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in _MONTH_STEPS if months / s <= max(most, 1)), _MONTH_STEPS[-1])
    return _month_ticks(first, last, step)


def _day_ticks(first: date, last: date, step: int) -> list[Tick]:
    # Weeks begin on Monday (ISO 8601).
    begin = first + timedelta(days=(-first.weekday()) % 7) if step == 7 else first
    found: list[Tick] = []
    day = begin if begin <= last else first
    while day <= last:
        major = not found or day.month != found[-1].day.month
        words = f"{day.day} {MONTHS[day.month - 1][:3]}" if major else str(day.day)
        found.append(Tick(day, f"{words} {day.year}" if not found else words, major))
        day += timedelta(days=step)
    return found


def _month_ticks(first: date, last: date, step: int) -> list[Tick]:
    found: list[Tick] = []
    index = first.year * 12 + first.month - 1
    while (month := date(index // 12, index % 12 + 1, 1)) <= last:
        if index % step == 0 or (step > 12 and not found):
            new_year = not found or month.year != found[-1].day.year
            name = MONTHS[month.month - 1][:3]
            label = str(month.year) if step >= 12 else f"{name} {month.year}" if new_year else name
            found.append(Tick(max(month, first), label, new_year))
        index += 1
    return found or [Tick(first, str(first.year), True)]
