"""Readers of months and of parts of months and years, alone and in ranges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from geo.data import read_toml
from geo.temporal.anchor import UNKNOWN, Reading, known, nearest_month
from geo.temporal.calendar import Span, month_of, part_of_month, shift, shift_months
from geo.temporal.days import MONTH_CLASSES, halves, is_count_of_year
from geo.temporal.hit import Hit, Reader
from geo.temporal.tokens import OTHER, make_date

_IN_TIME = ("IN", "SINCE", "UNTIL", "BY", "FROM", "BETWEEN", "INTO", "THROUGH")
_NAMES = ("april", "june", "august")  # months that are people's names too


def _iso_month(hit: Hit) -> Reading | None:
    year, month = hit.words("ISO_MONTH")[0][:4], hit.words("ISO_MONTH")[0][-2:]
    first = make_date(int(year), int(month), 1)
    return known(month_of(first), unit="month") if first else None


def _month(hit: Hit) -> Reading | None:
    """Read "July", "July 2016", "mid-July", "the end of August last year"."""
    if not _is_month(hit) or is_count_of_year(hit):
        return None
    span = _month_span(hit)
    if span is None:
        return UNKNOWN
    return known(span, unit="day" if hit.mod() else "month", approximate=bool(hit.mod()))


def _is_month(hit: Hit) -> bool:
    """Tell whether a month name stands for a month: "may", "dec" and people's names need more than the name."""
    if hit.gives_year() or hit.mod() or hit.has("THE"):
        return True
    if hit.before(*_IN_TIME):
        return not hit.has("MONTH_VERB") or hit.before("IN", "SINCE", "UNTIL")
    word, following = hit.tokens.word(hit.end - 1), hit.tokens.word(hit.end)
    if hit.has("MONTH"):
        return word.lower() not in _NAMES or not following[:1].isupper() or hit.before("THE", "OF", "ON")
    is_adjective = hit.before("THE") and following.islower() and hit.tokens.code(hit.end) == OTHER
    return hit.has("MONTH_WEAK") and word[0].isupper() and (is_adjective or hit.before("OF"))


def _month_span(hit: Hit) -> Span | None:
    month, part = hit.months()[0], hit.mod()
    if hit.gives_year():
        year = hit.named_year()
        first = make_date(year, month, 1) if year is not None else None
        return _part(month_of(first), part) if first else None
    if hit.published is None:
        return None
    deadline = hit.is_deadline
    span = nearest_month(month, hit.published, future=hit.is_future, deadline=deadline)
    if span and part and _part(span, part)[0] > hit.published and not (deadline or hit.is_future):
        span = month_of(shift_months(span[0], -12))  # "late September" in a report of 5 September
    return _part(span, part) if span else None


def _part(month: Span, part: str) -> Span:
    return part_of_month(month, part) if part else month


def _last_month(hit: Hit) -> Reading | None:
    """Read "last July", "next March", "this August"."""
    if hit.gives_year() or (hit.has("MONTH_VERB") and not hit.has("LAST", "NEXT")):
        return None
    if hit.published is None:
        return UNKNOWN
    current = hit.published.replace(day=1)
    first = date(hit.published.year, hit.months()[0], 1)
    if hit.has("LAST", "PAST") and first >= current:
        first = shift_months(first, -12)
    if hit.has("NEXT", "COMING") and first <= current:
        first = shift_months(first, 12)
    return known(month_of(first), unit="month")


def _mod_to_mod(hit: Hit) -> Reading | None:
    """Read "early to mid-July"."""
    parts = [
        {"EARLY": "early", "MIDDLE": "middle", "LATE": "late"}[n] for n in ("EARLY", "MIDDLE", "LATE") if hit.has(n)
    ]
    whole = _month_span(hit.part(hit.places(*MONTH_CLASSES)[0], hit.end))
    if whole is None:
        return UNKNOWN
    return known((part_of_month(whole, parts[0])[0], part_of_month(whole, parts[-1])[1]), approximate=True)


def _range_months(hit: Hit) -> Reading | None:
    """Read "from July to September", "July 2015 to March 2016", "late July or early August"."""
    left, right = halves(hit)
    first_month, last_month = left.months()[0], right.months()[0]
    is_list = hit.has("AND", "OR") and not hit.before("BETWEEN")
    if (is_list and last_month - first_month not in (1, -11)) or (hit.has("MONTH_VERB") and not hit.gives_year()):
        return None
    last = _month_span(right)
    if last is None:
        return UNKNOWN
    if left.gives_year():
        first = _month_span(left)
    else:
        near = nearest_month(first_month, last[1], future=False)
        first = _part(near, left.mod()) if near else None
    if first is None or first[0] > last[1]:
        return None
    vague = bool(left.mod() or right.mod())
    return known((first[0], last[1]), unit="day" if vague else "month", approximate=vague)


def _part_of_period(hit: Hit) -> Reading | None:
    """Read "the first half of 2016", "the last week of July", "the first two weeks of August"."""
    of = hit.places("OF")[0]
    head, tail = hit.part(hit.start, of), hit.part(of + 1, hit.end)
    whole = _period(tail)
    if whole is None:
        return UNKNOWN
    numbers = read_toml("time.toml")["numbers"]
    at = head.places("LAST", "ORDWORD", "ORDINAL")[0]
    counts = head.part(at + 1, of).words("DAY", "NUMWORD")
    count = (numbers.get(counts[0]) or int(counts[0])) if counts else 0
    nth = -1 if head.has("LAST") else head.part(at, at + 1).days()[0]
    span = _slice(whole, head, nth, count)
    return known(span, approximate=head.has("VAGUE") or not (count or head.has("DAY1"))) if span else None


def _period(tail: Hit) -> Span | None:
    if tail.months():
        return _month_span(tail)
    if tail.has("MONTH1"):
        if tail.published is None or tail.has("THAT", "SAME", "PREVIOUS", "FOLLOWING"):
            return None
        step = -1 if tail.has("LAST") else 1 if tail.has("NEXT") else 0
        return month_of(shift_months(tail.published, step))
    year = tail.named_year()
    return (date(year, 1, 1), date(year, 12, 31)) if year is not None and 1900 <= year <= 2099 else None


def _slice(whole: Span, head: Hit, nth: int, count: int) -> Span | None:
    """Cut the nth of something out of a period, the last where ``nth`` is -1."""
    first, last = whole
    is_year = (last - first).days > 31
    if head.has("HALF", "QUARTER") and is_year:
        months, parts = (6, 2) if head.has("HALF") else (3, 4)
        index = parts - 1 if nth == -1 else nth - 1
        start = shift_months(first, months * index)
        return (start, shift(shift_months(start, months), -1)) if 0 <= index < parts else None
    if head.has("HALF"):
        middle = first.replace(day=15)
        return (first, middle) if nth == 1 else (shift(middle, 1), last)
    if head.has("MONTHS"):
        end = shift(shift_months(first, count or 3), -1)
        return (first, min(end, last)) if nth != -1 else (shift_months(shift(last, 1), -(count or 3)), last)
    size = 7 if head.has("WEEK1", "WEEKS") else 1
    days = size * (count or (1 if head.has("WEEK1", "DAY1") else 14 // size if size == 7 else 5))
    if nth == -1:
        return max(first, shift(last, 1 - days)), last
    start = shift(first, size * (nth - 1))
    return (start, min(shift(start, days - 1), last)) if start <= last else None


MONTHS: Mapping[str, Reader] = {
    "iso_month": _iso_month,
    "month": _month,
    "last_month": _last_month,
    "mod_to_mod": _mod_to_mod,
    "range_months": _range_months,
    "part_of_period": _part_of_period,
}
