"""Arithmetic of days, weeks, months and years. Spans are pairs of inclusive days; weeks begin on Monday."""

from calendar import monthrange
from datetime import date

Span = tuple[date, date]


def shift(day: date, days: int) -> date:
    """Move a day, staying within the years that dates can have."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def shift_months(day: date, months: int) -> date:
    """Move a day by whole months; the 31st becomes the last day of a shorter month."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date) -> Span:
    """Give the week of a day, Monday to Sunday."""
    monday = shift(day, -day.weekday())
    return monday, shift(monday, 6)


def month_of(day: date) -> Span:
    """Give the month of a day."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def year_of(day: date) -> Span:
    """Give the year of a day."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def unit_of(day: date, unit: str) -> Span:
    """Give the week, month or year of a day; the day itself for any other unit."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return month_of(day)
    return year_of(day) if unit == "year" else (day, day)


def shift_units(day: date, count: int, unit: str) -> date:
    """Move a day by days, weeks, months or years."""
    if unit == "month":
        return shift_months(day, count)
    if unit == "year":
        return shift_months(day, 12 * count)
    return shift(day, count * (7 if unit == "week" else 1))


def part_of_month(month: Span, part: str) -> Span:
    """Give the early (1-10), middle (11-20) or late (21 to the end) part of a month."""
    first, last = month
    if part == "early":
        return first, first.replace(day=10)
    return (first.replace(day=11), first.replace(day=20)) if part == "middle" else (first.replace(day=21), last)


def part_of_week(week: Span, part: str) -> Span:
    """Give the early (Mon to Wed), middle (Tue to Thu) or late (Thu to Sun) part of a week."""
    monday, sunday = week
    if part == "early":
        return monday, shift(monday, 2)
    return (shift(monday, 1), shift(monday, 3)) if part == "middle" else (shift(monday, 3), sunday)
