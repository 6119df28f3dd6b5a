"""When something was: an interval of days with its EDTF expression."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class When:
    """A time as a report gives it.

    Attributes
    ----------
    edtf
        The time in EDTF (ISO 8601-2:2019), level 1 at most.
    first, last
        First and last day, both inclusive; None for an open or unknown end.
    phrase
        The words of the report; empty where the time is inferred.
    """

    edtf: str
    first: date | None
    last: date | None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A span of an article that names a time.

    Attributes
    ----------
    start, end
        Code points in the article, half open.
    text
        The words.
    when
        The time, or None where it hangs on something unknown (no publication date, "a month earlier").
    kind
        ``"date"`` for a time of something, ``"duration"`` for a length ("48-hour", "three days of"), ``"offset"`` for a
        time that hangs on another one in the text ("a month earlier", "the following day"), ``"since"`` and ``"until"``
        for one open end.
    offset_days, unit
        Of an ``"offset"``: the days to add to the other time (negative for earlier), and the unit it was told in
        (``"day"``, ``"week"``, ``"month"``, ``"year"``), which says how exact it is.
    """

    start: int
    end: int
    text: str
    when: When | None
    kind: str = "date"
    offset_days: int = 0
    unit: str = "day"
