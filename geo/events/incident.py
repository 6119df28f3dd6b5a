"""One event out of all its reports: which one leads, what they disagree on, how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from geo.data import read_toml
from geo.events.likeness import are_apart, are_others, share_a_day
from geo.model import CONTESTABLE, UNREAL, Event, Figure, Incident, Report

SURE = 0.99
"""No number of reports makes an event surer than this."""
SECOND = 0.5
"""Share of the doubt that another source of full confidence removes: papers read each other and the same agencies."""
CONTESTED = 0.85
"""What is left of the confidence for each thing that the reports disagree on."""
_POINT_M, _TOWN_M, _REGION_M = 1_000, 6_000, 50_000
_WEEK = 7
_AND = "; "
_IN_WORDS = {"modality": "whether it happened"}


def make_incident(reports: Sequence[Report]) -> Incident:
    """Put the reports of one event side by side.

    Parameters
    ----------
    reports
        At least one, in any order, with their roots; those without one are their own.

    Returns
    -------
    Incident
        The leading report is one that tells the event as a fact before one that does not, of these the most specific
        (`specificity`), then the one that was known first, then by article and place in the text.
    """
    told = tuple(r if r.root else replace(r, root=r.event.article) for r in sorted(reports, key=_known_first))
    lead = min(told, key=lambda r: (r.event.modality in UNREAL, -specificity(r.event), *_known_first(r)))
    like = [r for r in told if (r.event.modality in UNREAL) == (lead.event.modality in UNREAL)]
    contested = _contested(told, like)
    event = lead.event
    if len(told) > 1:
        flag = (f"reports disagree on {', '.join(_IN_WORDS.get(c, c) for c in contested)}",) if contested else ()
        event = replace(
            event,
            id=told[0].event.id,
            figures=_figures([r.event for r in (lead, *(r for r in like if r is not lead))]),
            confidence=_confidence(like, len(contested)),
            flags=(*event.flags, *flag),
        )
    return Incident(
        event=event,
        reports=(lead, *(r for r in told if r is not lead)),
        contested=contested,
        sources=len({r.root for r in like}),
        known=min((r.known for r in like if r.known), default=None),
    )


def known_by(incident: Incident, day: date) -> Incident | None:
    """Give the incident as it was known at the end of a day, by the reports published until then; None before any."""
    reports = [report for report in incident.reports if report.known is not None and report.known <= day]
    return make_incident(reports) if reports else None


def _known_first(report: Report) -> tuple[date, str, int, str]:
    event = report.event
    return report.known or date.max, event.article, event.quote_start, event.id


def specificity(event: Event) -> int:
    """Count how closely an event is told.

    Place within 1 km 3, 6 km 2, 50 km 1; one day 2, one week 1; initiator, toll, and a type that names weapon or means
    1 each.
    """
    location, when = event.location, event.when
    score = sum(location.precision_m <= metres for metres in (_POINT_M, _TOWN_M, _REGION_M)) if location else 0
    if when and when.first and when.last:
        score += ((when.last - when.first).days < _WEEK) + (when.last == when.first)
    score += any(actor.role == "initiator" for actor in event.actors) + bool(event.figures)
    return score + (event.type not in _general())


def _general() -> frozenset[str]:
    return frozenset(read_toml("merging.toml")["type"]["general_types"])


def _contested(told: Sequence[Report], like: Sequence[Report]) -> tuple[str, ...]:
    """List what the reports exclude each other on; one that only says less contests nothing."""
    pairs = [(a.event, b.event) for a, b in combinations(like, 2)]
    found = {
        "type": len({r.event.type for r in like} - _general()) > 1,
        "time": not all(share_a_day(a.when, b.when) for a, b in pairs),
        "place": any(a.location and b.location and are_apart(a.location, b.location) for a, b in pairs),
        "actors": any(_excludes(a, b, role) for a, b in pairs for role in ("initiator", "target")),
        "toll": any(_counts_differ(a, b) for a, b in pairs),
        "modality": _is_disputed(told, like),
    }
    return tuple(name for name in CONTESTABLE if found[name])


def _excludes(a: Event, b: Event, role: str) -> bool:
    """Tell two tellings that name others; of those struck only sides count, as one report lists more of them."""
    one, two = (tuple(x for x in e.actors if x.role == role and (x.side or role == "initiator")) for e in (a, b))
    return bool(one and two) and are_others(one, two)


def _counts_differ(a: Event, b: Event) -> bool:
    one, two = counted(a), counted(b)
    return any(are_disjoint(one[kind], two[kind]) for kind in one.keys() & two.keys())


def are_disjoint(a: Figure, b: Figure) -> bool:
    """Tell two numbers that cannot both be right: "15" and "23"; but "at least 15" leaves room for 23."""
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def _is_disputed(told: Sequence[Report], like: Sequence[Report]) -> bool:
    """Tell whether one denies it that others tell, or speaks of it as ahead after others told that it was."""
    denied = {r.event.modality == "denied" for r in told}
    if len(denied) > 1:
        return True
    over = min((r.event.when.last for r in like if r.event.when and r.event.when.last), default=None)
    late = [r for r in told if r not in like and r.known is not None]
    return over is not None and any(r.known > over for r in late if r.known)


def counted(event: Event) -> dict[str, Figure]:
    """Give the numbers of an event by kind; of two of a kind the first counts."""
    return {f.kind: f for f in reversed(event.figures)}


def _figures(events: Sequence[Event]) -> tuple[Figure, ...]:
    """Put the numbers of all reports together, with the words of all."""
    told = [counted(event) for event in events]
    kinds = sorted({kind for figures in told for kind in figures})
    words = dict.fromkeys(w for event in events for f in event.figures for w in f.words.split(_AND) if w)
    merged = [_figure([figures[kind] for figures in told if kind in figures]) for kind in kinds]
    return tuple(replace(f, words="" if n else _AND.join(words)) for n, f in enumerate(merged))


def _figure(figures: Sequence[Figure]) -> Figure:
    """Give what all numbers leave room for; where they exclude each other, from the least to the most stated."""
    if len({(f.low, f.high, f.best) for f in figures}) == 1:
        return figures[0]
    if any(are_disjoint(a, b) for a, b in combinations(figures, 2)):
        stated = [f.stated for f in figures]
        return Figure(figures[0].kind, min(stated), max(stated), "")
    ends = [f.high for f in figures if f.high is not None]
    return Figure(figures[0].kind, max(f.low for f in figures), min(ends, default=None), "")


def _confidence(reports: Sequence[Report], contested: int) -> float:
    """Give the confidence of what several sources tell, each by the surest of its reports.

    ``1 - (1 - c1) (1 - c2 / 2) (1 - c3 / 2) …``, the surest first, at most `SURE`; times `CONTESTED` for each thing
    that is contested.
    """
    best: dict[str, float] = {}
    for report in reports:
        best[report.root] = max(best.get(report.root, 0.0), report.event.confidence)
    first, *others = sorted(best.values(), reverse=True)
    doubt = 1 - first
    for other in others:
        doubt *= 1 - SECOND * other
    return round(max(first, min(SURE, 1 - doubt)) * CONTESTED**contested, 3)
