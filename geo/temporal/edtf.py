"""Days to EDTF expressions and back (ISO 8601-2:2019; Library of Congress, Extended Date/Time Format)."""

from calendar import monthrange
from datetime import date
from typing import Any

from geo.errors import InputError
from geo.model import When

_WINTER = 24  # level 1 seasons: 21 spring, 22 summer, 23 autumn, 24 winter


def edtf_of(first: date | None, last: date | None, *, approximate: bool = False, unit: str = "day") -> str:
    """Write a time in EDTF, level 1 at most.

    Parameters
    ----------
    first, last
        First and last day, both inclusive; None for an open end.
    approximate
        Whether the words were vague; written ``~`` on each given end.
    unit
        ``"day"``, ``"month"`` or ``"year"``: the unit that the words spoke in. Whole months and years are written short
        (``2016-07``) only in their own unit, since "1 to 31 July" says more than "July".

    Returns
    -------
    str
        For example ``2016-08-27``, ``2016-09-03/2016-09-04``, ``2016-08-01~/2016-08-10~``, ``2016-07`` or
        ``../2016-07-20``.

    Raises
    ------
    ValueError
        Where both ends are open, or the first day is after the last.
    """
    if first is None and last is None:
        raise ValueError("a time needs one end at least")
    if first is not None and last is not None and first > last:
        raise ValueError(f"{first} is after {last}")
    mark = "~" if approximate else ""
    start = _end_text(first, unit, is_first=True)
    stop = _end_text(last, unit, is_first=False)
    if start is None or stop is None:
        start, stop = _end_text(first, "day", is_first=True), _end_text(last, "day", is_first=False)
    if start == stop:
        return f"{start}{mark}"
    return "/".join(text if text == ".." else text + mark for text in (str(start), str(stop)))


def _end_text(day: date | None, unit: str, *, is_first: bool) -> str | None:
    """Write one end in its unit; None where the unit does not begin or end on that day."""
    if day is None:
        return ".."
    if unit == "month":
        return day.isoformat()[:7] if day.day == (1 if is_first else monthrange(day.year, day.month)[1]) else None
    if unit == "year":
        return f"{day.year:04d}" if (day.month, day.day) == ((1, 1) if is_first else (12, 31)) else None
    return day.isoformat()


def parse_edtf(text: str) -> When:
    """Read an EDTF expression into inclusive days.

    Parameters
    ----------
    text
        EDTF, levels 0 to 2. Uncertain and unspecified parts widen the interval: ``2016-08-XX`` is all of August.
        A winter (``2016-24``) runs from December to the end of February of the next year.

    Returns
    -------
    When
        With ``edtf`` the text without outer white space; ``first`` or ``last`` None where that end is open or unknown.

    Raises
    ------
    InputError
        Where the text is not EDTF or lies outside the years 1 to 9999.
    """
    from edtf import parse_edtf as parse  # takes a quarter of a second to load
    from edtf.parser.edtf_exceptions import EDTFParseException

    text = text.strip()
    try:
        parsed = parse(text)
        first, last = _first_day(parsed, text), _last_day(parsed, text)
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError) as error:
        raise InputError(
            f"{text!r} is not an EDTF time that sitmap can read",
            do="Write for example 2016-08-27, 2016-08, 2016-08-01/2016-08-10 or 2016-08~",
        ) from error
    return When(edtf=text, first=first, last=last)


def _first_day(parsed: Any, text: str) -> date | None:
    start = text.partition("/")[0]
    return None if "/" in text and start in ("", "..") else _day(parsed.lower_strict())


def _last_day(parsed: Any, text: str) -> date | None:
    _, slash, stop = text.partition("/")
    if slash and stop in ("", ".."):
        return None
    day = _day(parsed.upper_strict())
    tail = (stop or text).rstrip("?~%")
    if tail.endswith(f"-{_WINTER}") and tail.count("-") == 1:  # the package ends a winter with its December
        return date(day.year + 1, 2, monthrange(day.year + 1, 2)[1])
    return day


def _day(value: Any) -> date:
    return date(value.tm_year, value.tm_mon, value.tm_mday)
