"""Names that no gazetteer here has, asked for online; what is found says so, and so does what is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from geo.model import Location, Mention
from geo.toponyms.within import UNKNOWN

if TYPE_CHECKING:
    from geo.gazetteer.online import Candidate, Finding, Geocoder, Verdict

Point = tuple[float, float]

_DESCRIBED = re.compile(r"(?:the )?(?:(?P<noun>[a-z]+(?: [a-z]+)?) of )?(?=[^a-z]|al-|an-|ar-|as-|at-|ad-|az-|el-)")
_LOCAL_M = 50_000.0  # what is larger says little of where a village lies


def unresolved(mention: Mention) -> bool:
    """Whether a mention is a name of a place that is in no gazetteer."""
    known = mention.location is not None and not mention.location.rule.startswith(UNKNOWN)
    return mention.role == "place" and not known


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
    name, text
        As it is asked for, and as it is first written.
    mentions
        How often.
    near
        Longitude and latitude of the other places of the articles that name it.
    """

    name: str
    text: str
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
    texts: dict[str, str] = {}
    near: dict[str, list[Point]] = {}
    for mentions in articles:
        points = _points(mentions)
        open_ones = [m.text for m in mentions if unresolved(m)]
        for text in open_ones:
            name = asked_name(text)
            texts.setdefault(name, text)
            counts[name] = counts.get(name, 0) + 1
        for name in dict.fromkeys(map(asked_name, open_ones)):
            near.setdefault(name, []).extend(points)
    return tuple(Question(name, texts[name], count, tuple(near[name])) for name, count in counts.items())


def _points(mentions: Iterable[Mention]) -> list[Point]:
    """Give where the places of an article lie that are no larger than a district."""
    return [
        (m.location.lon, m.location.lat)
        for m in mentions
        if m.role == "place" and m.location is not None and m.location.precision_m <= _LOCAL_M
    ]


def asked_name(text: str) -> str:
    """Give the name that is asked for: without what only describes it.

    "the village of Umm Sardin" is asked for as "Umm Sardin", since a geocoder finds no words of English in its names. A
    noun in capitals belongs to the name ("University of Aleppo").
    """
    name = " ".join(text.split())
    name = name.removesuffix("'s").removesuffix("\u2019s")
    described = _DESCRIBED.match(name)
    if described and (not described["noun"] or described["noun"] in _nouns()):
        name = name[described.end() :]
    return name


@cache
def _nouns() -> frozenset[str]:
    from geo.gazetteer.kinds import place_kinds

    return frozenset(noun for kind in place_kinds().values() for noun in kind.nouns)


def _asked(mention: Mention, geocoder: Geocoder, near: Sequence[Point], told: set[str]) -> Mention:
    from geo.gazetteer.online import judge

    name = asked_name(mention.text)
    finding = geocoder.look_up(name)
    verdict = judge(mention.text, finding.answers, theatre=geocoder.theatre, near=near)
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
