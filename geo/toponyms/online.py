"""Names that no gazetteer here has, asked for online; what is found says so, and so does what is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.model import Location, Mention

if TYPE_CHECKING:
    from geo.gazetteer.online import Candidate, Finding, Geocoder, Verdict

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
    near = [
        (m.location.lon, m.location.lat)
        for m in mentions
        if m.role == "place" and m.location is not None and m.location.precision_m <= _LOCAL_M
    ]
    told: set[str] = set()
    return tuple(_asked(m, geocoder, near, told) if unresolved(m) else m for m in mentions)


def names_of(mentions: Iterable[Mention]) -> dict[str, int]:
    """Count the names that are not resolved, in the order in which they first stand."""
    counts: dict[str, int] = {}
    for mention in mentions:
        if unresolved(mention):
            name = " ".join(mention.text.split())
            counts[name] = counts.get(name, 0) + 1
    return counts


def _asked(mention: Mention, geocoder: Geocoder, near: Sequence[tuple[float, float]], told: set[str]) -> Mention:
    from geo.gazetteer.online import judge

    finding = geocoder.look_up(mention.text)
    verdict = judge(mention.text, finding.answers, theatre=geocoder.theatre, near=near)
    name = " ".join(mention.text.split())
    if name not in told:
        told.add(name)
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
        return f"{label} was of no help: {finding.failure}"
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
