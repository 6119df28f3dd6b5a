"""When an article was published, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from geo.model import TimeExpression
from geo.temporal import find_times

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.,+Z -]*)?$")
_IN_NAME = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)"), (1, 3, 4)),
    (re.compile(r"(?<!\d)(\d\d)([-_.])(\d\d)\2((?:19|20)\d\d)(?!\d)"), (4, 3, 1)),
)
_HEAD_LINES = 12  # a date of its own stands in the head of an article
_HEAD_CHARS = 160
# What may lead to it, as in "Last updated on".
_LEAD = re.compile(
    r"\W*(?:(?:first |last |date of )?(?:published|posted|publication|date|issued|updated?|released)"
    r"(?: (?:on|at|in))?\b\W*)*",
    re.IGNORECASE,
)
# Clock times and time zones beside it
_CLOCK = re.compile(
    r"\b(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|[ap]\.?m\b\.?|gmt|utc|bst|cet|es?t|edt|local time|at)|[+-]\d{2}:?\d{2}",
    re.IGNORECASE,
)
# What begins a sentence of its own: "5 September 2016 was the day" begins with no date line
_IS_NEW = re.compile(r"\W*(?:[A-Z]|\d|$)")
# "ALEPPO, Syria, " before a date, " (Reuters) — " after it
_PLACE = re.compile(r"\W*[A-Z][A-Z.’'‑-]+(?:[ /][A-Z.’'‑-]+){0,4}(?:,? [A-Z][\w. ’'-]{1,30}){0,3}[,(–—-]? *$")
_AGENCY = re.compile(r" *(?:\([^()\n]{2,40}\) *(?:[-–—:]|$)?|[-–—]+ )")


def iso_day(text: str) -> date | None:
    """Read ``2016-09-05``, with or without a time of day behind it; None where it is no such day."""
    match = _ISO.match(text.strip())
    try:
        return date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        return None


def day_in_name(name: str) -> date | None:
    """Read the first day in a file's name: ``2016-09-05-…``, ``20160905``, ``05-09-2016`` (day first)."""
    for pattern, order in _IN_NAME:
        for match in pattern.finditer(name):
            year, month, day = (int(match.group(i)) for i in order)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def day_in_head(text: str, near: date | None = None) -> date | None:
    """Find the date that an article carries in its head.

    Parameters
    ----------
    text
        The article.
    near
        A day known from elsewhere, to give a dateline without a year its year.

    Returns
    -------
    date or None
        From a line that holds a date and nothing else but "published", a clock time and the like; from a dateline
        ("ALEPPO, Syria, Sept. 4, 2016 (Reuters) —"); or from a date that the whole text begins with.
    """
    lines = [line for line in text[:4000].splitlines() if line.strip()][:_HEAD_LINES]
    for number, line in enumerate(lines):
        head = line.strip()[:_HEAD_CHARS]
        day = _day_of_line(head, find_times(head, near), is_first=number == 0, is_whole=len(line.strip()) == len(head))
        if day:
            return day
    return None


def _day_of_line(line: str, times: Sequence[TimeExpression], *, is_first: bool, is_whole: bool) -> date | None:
    for time in times:
        when = time.when
        if (
            time.kind != "date"
            or when is None
            or when.first is None
            or when.first != when.last
            or not re.search(r"\d", time.text)
        ):
            continue
        before, after = line[: time.start], line[time.end :]
        if is_whole and _is_nothing(before, after):
            return when.first
        if _PLACE.match(before) and _AGENCY.match(after):
            return when.first
        if is_first and _LEAD.fullmatch(before) and (before.strip() or _IS_NEW.match(after)):
            return when.first
    return None


def _is_nothing(before: str, after: str) -> bool:
    rest = _CLOCK.sub(" ", before[_end_of_lead(before) :]) + _CLOCK.sub(" ", after[_end_of_lead(after) :])
    return not re.search(r"\w", rest)


def _end_of_lead(text: str) -> int:
    lead = _LEAD.match(text)
    return lead.end() if lead else 0


def publication(candidates: Sequence[tuple[date | None, str]], text: str, name: str = "") -> tuple[date | None, str]:
    """Choose the publication day of an article.

    Parameters
    ----------
    candidates
        Days with where they come from, the strongest first.
    text
        The article, for its dateline.
    name
        Its file's name, for a day in it.

    Returns
    -------
    date or None, str
        The day and where it comes from; None and an empty text where nothing tells it.
    """
    for day, origin in candidates:
        if day is not None:
            return day, origin
    named = day_in_name(name)
    day = day_in_head(text, named)
    if day is not None:
        return day, "dateline"
    return (named, "file name") if named is not None else (None, "")
