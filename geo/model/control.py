"""Control: who holds a place from when to when, and what that rests on."""

from dataclasses import dataclass
from datetime import date

CERTAINTIES = ("high", "medium", "low")
"""How sure a row of the seeds is, in words."""
CONTROL_STATES = ("held", "contested", "claimed", "inferred")
"""Held: reported so. Contested: reports of these days name several holders. Claimed: only somebody's word for it.
Inferred: worked out, of low certainty, or not reported for long."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement answers to: a sentence of an article, or a row of a table.

    Attributes
    ----------
    article
        Id of the article, or name of the file of rows.
    source
        Who published it; of a row whom the table is after.
    quote, quote_start, quote_end
        ``text[quote_start:quote_end] == quote`` of the article's or file's text; -1 where there is no text at hand.
    known
        Day of publication; None of a row.
    event
        Id of the event that it was told by, or empty.
    line
        Of a row: where it stands in the file, counted from 1; else 0.
    """

    article: str
    source: str
    quote: str
    quote_start: int
    quote_end: int
    known: date | None = None
    event: str = ""
    line: int = 0

    @property
    def words(self) -> str:
        """The sentence or row in a few words: ``event 1f2e`` or ``seeds/control.csv, line 57``."""
        return f"seeds/{self.article}, line {self.line}" if self.line else f"event {self.event}"


@dataclass(frozen=True, slots=True)
class HoldReport:
    """What one report says of who holds a place.

    Attributes
    ----------
    place_id
        The gazetteer entry, or ``control:`` and the id of a point that only the table of control points has.
    holder
        Id of the side; empty where the report says that somebody left and not who came.
    first, latest
        The first day on which it may have begun, and the last; equal where it is dated to the day.
    last
        The last day, inclusive, where the report tells it; None where it says nothing of an end.
    seen
        The last day that the report vouches for.
    confidence, certainty
        From 0 to 1, and one of `CERTAINTIES`.
    basis
        The sentence or row.
    note
        A remark of the row.
    """

    place_id: str
    holder: str
    first: date
    latest: date
    last: date | None
    seen: date
    confidence: float
    certainty: str
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A place whose holder is known on some day.

    Attributes
    ----------
    place_id, name, kind
        As in the gazetteer.
    lon, lat
        WGS 84 degrees.
    precision_m
        Radius in metres within which it lies.
    """

    place_id: str
    name: str
    kind: str
    lon: float
    lat: float
    precision_m: float


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds a place from one day to another.

    Attributes
    ----------
    point
        The place.
    holder
        Id of the side; empty where nobody is known to hold it.
    first, last
        Both inclusive; ``last`` is None while no later report says otherwise.
    leading
        The report that leads.
    agreeing, differing
        The others of these days, the surest first.
    stale_from
        The first day on which nobody has vouched for it for too long; None where that is not within its days.
    besieged_by
        Id of the side that besieges it; ``"?"`` where the report does not name it; empty where nobody does.
    """

    point: HeldPlace
    holder: str
    first: date
    last: date | None
    leading: HoldReport
    agreeing: tuple[HoldReport, ...] = ()
    differing: tuple[HoldReport, ...] = ()
    stale_from: date | None = None
    besieged_by: str = ""

    @property
    def contested(self) -> bool:
        """Whether reports of these days name another holder."""
        return bool(self.differing)

    def holds_on(self, day: date) -> bool:
        """Tell whether the day lies within it, both ends included."""
        return self.first <= day and (self.last is None or day <= self.last)
