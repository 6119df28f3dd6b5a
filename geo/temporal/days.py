"""Readers of explicit days, alone and in ranges."""

from __future__ import annotations

from collections.abc import Mapping

from geo.temporal.anchor import UNKNOWN, Reading, known, nearest_date
from geo.temporal.calendar import shift_months, week_of
from geo.temporal.hit import Hit, Reader
from geo.temporal.tokens import make_date, numeric_date

_BEFORE_DAY = ("ON", "SINCE", "UNTIL", "BY", "FROM", "BETWEEN", "THE", "OF")
_JOINTS = ("TO", "HYPHEN", "UNTIL", "THROUGH", "AND", "OR")
MONTH_CLASSES = ("MONTH", "MONTH_ABBR", "MONTH_WEAK", "MONTH_VERB")


def _numeric(hit: Hit) -> Reading | None:
    day = numeric_date(hit.words("NUMERIC")[0])
    return known((day, day)) if day else None


def _range_numeric(hit: Hit) -> Reading | None:
    first, last = (numeric_date(word) for word in hit.words("NUMERIC"))
    if first is None or last is None or first > last or (hit.has("AND") and not hit.before("BETWEEN")):
        return None
    return known((first, last))


def _day(hit: Hit) -> Reading | None:
    """Read "27 August 2016", "the 4th of August", "27-Aug-2016"."""
    if hit.has("ORDWORD") and not hit.has("OF"):
        return None
    if hit.has("MONTH_VERB") and not (hit.gives_year() or hit.before(*_BEFORE_DAY) or hit.has("WEEKDAY", "OF")):
        return None  # "15 may have died"
    return None if is_count_of_year(hit) else _resolved(hit, hit.days()[0], hit.months()[0])


def _day_mdy(hit: Hit) -> Reading | None:
    """Read "August 27, 2016", "Sept 4", "August 4th"."""
    if is_count_of_year(hit):
        return None
    if not hit.gives_year() and hit.has("DAY"):
        if hit.before("IN") or (hit.is_counted() and not hit.before("ON")):
            return None  # "in August 15 people"
        if hit.has("MONTH_VERB") and not hit.before(*_BEFORE_DAY):
            return None  # "may 5 …"
    return _resolved(hit, hit.days()[0], hit.months()[0])


def is_count_of_year(hit: Hit) -> bool:
    """Tell whether what looks like the year of a date counts something: "July 5 2000 people"."""
    return hit.is_counted() and hit.has("YEAR") and not hit.has("COMMA")


def _resolved(hit: Hit, day: int, month: int) -> Reading | None:
    if hit.gives_year():
        year = hit.named_year()
        if year is None:
            return UNKNOWN
        found = make_date(year, month, day)
        return known((found, found)) if found else None
    if make_date(2000, month, day) is None:  # a leap year: no such day at all
        return None
    if hit.published is None:
        return UNKNOWN
    found = nearest_date(month, day, hit.published, future=hit.is_future, deadline=hit.is_deadline)
    return known((found, found)) if found else UNKNOWN


def _day_short(hit: Hit) -> Reading | None:
    """Read "9-May-20"."""
    year = hit.tokens.word(hit.end - 1)
    if len(year) != 2:
        return None
    found = make_date(int(year) + (2000 if int(year) < 70 else 1900), hit.months()[0], hit.days()[0])
    return known((found, found)) if found else None


def _range_days(hit: Hit) -> Reading | None:
    """Read "3 to 6 February", "5-6 August", "3, 4 and 5 September 2016"."""
    if hit.has("MONTH_VERB") and not (hit.gives_year() or hit.before(*_BEFORE_DAY)):
        return None
    if hit.has("ORDWORD") and not hit.has("OF"):
        return None
    return _range_in_month(hit)


def _range_days_mdy(hit: Hit) -> Reading | None:
    """Read "August 5-6, 2016", "July 25 and 27"."""
    if hit.before("IN") or (hit.is_counted() and not hit.has("COMMA")):
        return None
    if hit.has("MONTH_VERB") and not (hit.gives_year() or hit.before(*_BEFORE_DAY)):
        return None
    return _range_in_month(hit)


def _range_in_month(hit: Hit) -> Reading | None:
    ranges = hit.words("RANGE")
    days = [int(d) for d in _split_range(ranges[0])] if ranges else hit.days()
    last = _resolved(hit, days[-1], hit.months()[0])
    if last is None or last.last is None:
        return last
    first = make_date(last.last.year, last.last.month, days[0])
    return known((first, last.last)) if first and first < last.last else None


def _split_range(word: str) -> list[str]:
    for mark in "/–—.:":
        word = word.replace(mark, "-")
    return word.split("-")


def _range_full(hit: Hit) -> Reading | None:
    """Read "27 July to 2 August 2016", "July 27 - August 2"."""
    if hit.has("AND") and not hit.before("BETWEEN"):
        return None
    left, right = halves(hit)
    last = _resolved(right, right.days()[0], right.months()[0])
    if last is None or last.last is None:
        return last
    if left.gives_year():
        first = _resolved(left, left.days()[0], left.months()[0])
        day = first.first if first else None
    else:
        day = nearest_date(left.months()[0], left.days()[0], last.last, future=False)
    return known((day, last.last)) if day and day <= last.last else None


def halves(hit: Hit) -> tuple[Hit, Hit]:
    """Split a range at the joint between its two dates."""
    months = hit.places(*MONTH_CLASSES)
    joint = [i for i in hit.places(*_JOINTS) if months[0] < i < months[-1]]
    # "August-15" has no joint of its own; the last one before the second date is.
    middle = [i for i in joint if hit.tokens.codes[i + 1] != hit.tokens.codes[i]][-1]
    return hit.part(hit.start, middle), hit.part(middle + 1, hit.end)


def _the_nth(hit: Hit) -> Reading | None:
    """Read "on the 4th" where nothing that could be counted follows."""
    if not hit.after(
        "DOT", "COMMA", "STOP", "AND", "IN", "AFTER", "BEFORE", "TO", "BREAK", "BY", "AT"
    ) and hit.end < len(hit.tokens.codes):
        return None
    if hit.published is None:
        return UNKNOWN
    step = 1 if hit.is_future else -1
    for months in range(0, 3 * step, step):
        month = shift_months(hit.published.replace(day=1), months)
        found = make_date(month.year, month.month, hit.days()[0])
        if found and (found - hit.published).days * step >= 0:
            return known((found, found))
    return UNKNOWN


def _week_of(hit: Hit) -> Reading | None:
    day = _resolved(hit, hit.days()[0], hit.months()[0])
    return known(week_of(day.first)) if day and day.first else day


DAYS: Mapping[str, Reader] = {
    "numeric": _numeric,
    "range_numeric": _range_numeric,
    "day": _day,
    "day_mdy": _day_mdy,
    "day_short": _day_short,
    "range_days": _range_days,
    "range_days_mdy": _range_days_mdy,
    "range_full": _range_full,
    "the_nth": _the_nth,
    "week_of": _week_of,
}
