"""An incident: one event as all reports tell it, side by side."""

from dataclasses import dataclass
from datetime import date

from geo.model.event import Event

CONTESTABLE = ("type", "time", "place", "actors", "toll", "modality")
"""What reports of one event may disagree on."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one article tells of an event.

    Attributes
    ----------
    event
        The telling: type, time, place, actors, figures, quote.
    source
        Who published the article, or empty.
    known
        Publication day, None if unknown.
    root
        Id of the article that first told what this one repeats: itself, unless it comes from the same outlet, holds the
        same text or cites the same witness. Reports of one root are one source.
    """

    event: Event
    source: str = ""
    known: date | None = None
    root: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """One event as all reports tell it.

    Attributes
    ----------
    event
        The event to show: what the leading report tells, with the numbers of all, its confidence by how many sources
        agree, a flag for what is contested, and the id of the report that was known first.
    reports
        All reports, the leading one first, then by publication and place in the text. None is averaged away.
    contested
        Those of `CONTESTABLE` that the reports disagree on.
    sources
        How many independent sources tell it as the leading report does; one that denies it is none of them.
    known
        First publication of a report that tells it as the leading one does: as a fact, or as not a fact.
    """

    event: Event
    reports: tuple[Report, ...]
    contested: tuple[str, ...] = ()
    sources: int = 1
    known: date | None = None
