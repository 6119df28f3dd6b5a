"""Names that no gazetteer here has, asked for online; what is found says so, and so does what is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.model import Location, Mention

if TYPE_CHECKING:
    from geo.gazetteer.online import Candidate, Finding, Geocoder, Verdict

Point = tuple[float, float]

_LOCAL_M = 50_000.0  # what is larger says little of where a village lies


def unresolved(mention: Mention) -> bool:
    """Whether a mention is a name of a place that is in no gazetteer."""
    return mention.role == "place" and mention.location is None


def resolve_online(mentions: Sequence[Mention], geocoder: Geocoder) -> tuple[Mention, ...]:
    """Ask an online geocoder for the names of an article that are not resolved.

    Parameters
    ----------
    mentions
        Of one article, as `find_mentions` gave them.
    geocoder
        Asked once for a name; its ``tally`` counts the names found, unfit, unknown and failed.

    Returns
    -------
    tuple of Mention
        The same, in the same order. What was found has a location, whose ``rule`` names the service and whom to
        credit; what was not keeps its line, with a reason that tells "unknown" from "the service failed".
    """
    near = _points(mentions)
    told: set[str] = set()
    return tuple(_asked(m, geocoder, near, told) if unresolved(m) else m for m in mentions)


@dataclass(frozen=True, slots=True)
class Question:
    """A name that is in no gazetteer.

    Attributes
    ----------
    name
        As it is first written.
    mentions
        How often.
    near
        Longitude and latitude of the other places of the articles that name it.
    """

    name: str
    mentions: int
    near: tuple[Point, ...]


def open_questions(articles: Iterable[Sequence[Mention]]) -> tuple[Question, ...]:
    """Collect the names that are in no gazetteer, in the order in which they first stand.

    Parameters
    ----------
    articles
        The mentions of each article.
    """
    counts: dict[str, int] = {}
    near: dict[str, list[Point]] = {}
    for mentions in articles:
        points = _points(mentions)
        names = [_name(m) for m in mentions if unresolved(m)]
        for name in names:
            counts[name] = counts.get(name, 0) + 1
        for name in dict.fromkeys(names):
            near.setdefault(name, []).extend(points)
    return tuple(Question(name, count, tuple(near[name])) for name, count in counts.items())


def _points(mentions: Iterable[Mention]) -> list[Point]:
    """Give where the places of an article lie that are no larger than a district."""
    return [
        (m.location.lon, m.location.lat)
        for m in mentions
        if m.role == "place" and m.location is not None and m.location.precision_m <= _LOCAL_M
    ]


def _name(mention: Mention) -> str:
    return " ".join(mention.text.split())


def _asked(mention: Mention, geocoder: Geocoder, near: Sequence[Point], told: set[str]) -> Mention:
    from geo.gazetteer.online import judge

    finding = geocoder.look_up(mention.text)
    verdict = judge(mention.text, finding.answers, theatre=geocoder.theatre, near=near)
    if _name(mention) not in told:
        told.add(_name(mention))
        geocoder.tally[outcome(finding, verdict)] += 1
    reason = f"{mention.reason}; {explain(finding, verdict, geocoder)}"
    if verdict.chosen is None:
        return replace(mention, reason=reason)
    sure = min(mention.confidence, 1.0) * verdict.chosen.likeness
    return replace(mention, location=location_of(verdict.chosen, geocoder), confidence=round(sure, 2), reason=reason)


def outcome(finding: Finding, verdict: Verdict) -> str:
    """Tell in a word what came of a name: ``"found"``, ``"unfit"``, ``"unknown"`` or ``"failed"``."""
    if finding.failure:
        return "failed"
    if verdict.chosen is not None:
        return "found"
    return "unfit" if finding.answers else "unknown"


def explain(finding: Finding, verdict: Verdict, geocoder: Geocoder) -> str:
    """Say what the service answered and when, or that it failed."""
    label = geocoder.service.label
    if finding.failure:
        return f"the online look-up failed: {finding.failure}"
    credit = f"; {geocoder.service.credit}" if verdict.chosen is not None else ""
    return f"{label} {verdict.why} (asked on {finding.asked}){credit}"


def location_of(candidate: Candidate, geocoder: Geocoder) -> Location:
    """Give the location of an answer."""
    place = candidate.answer.place
    return Location(
        name=place.name,
        kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        precision_m=place.precision_m,
        place_id=place.id,
        rule=f"{geocoder.service.label}, {geocoder.service.credit}",
    )
