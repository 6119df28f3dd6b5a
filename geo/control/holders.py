"""Who holds a place from when to when: intervals of the seeds' table, and what articles tell on top of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from geo.events.basis import certainty_of, event_basis, event_days
from geo.model import UNREAL, Article, Event, HeldPlace, Hold, HoldReport, Location, Place
from geo.temporal.standing import ONE_DAY, Claim, Standing, standings

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STALE_DAYS = 60
"""After so many days without a report who holds a place is told as stale: villages are named once in a month or two."""
UNNAMED = "?"
"""Besieged by a side that the report does not name."""
MOST_PRECISE_M = 3000.0
"""An event that is placed less exactly than this says of no one place who holds it."""
MOST = 2 / 3
"""An area is held by the side that holds so much of the places inside it."""
CLAIMED = 0.6
"""What a claim counts for, beside what is told as a fact."""
_LEFT = 0.8
_NO_PLACES = frozenset(
    {"region", "continent", "country", "admin1", "admin2", "sea", "river", "lake", "border", "front", "zone",
     "road", "corridor", "railway", "mountain", "island"}
)  # fmt: skip


def find_holds(
    reports: Sequence[HoldReport],
    places: Mapping[str, HeldPlace],
    events: Iterable[Event] = (),
    articles: Sequence[Article] = (),
) -> tuple[Hold, ...]:
    """Work out who holds which place from when to when.

    Parameters
    ----------
    reports
        Rows of the table of control points.
    places
        The places of these rows, by id.
    events
        Of any type. A capture gives a place to the side that takes it, a withdrawal takes it from the side that leaves,
        a siege marks it until it is broken; those that are not facts change nothing, and claims count for less.
    articles
        Of the events: an undated one counts from the day its article was published.

    Returns
    -------
    tuple of Hold
        By place id, then day. Each rests on a row or a sentence; reports that name another holder stand beside the one
        that leads, by the rules of `geo.temporal.standing`.
    """
    published = {article.id: article for article in articles}
    told = [event for event in events if event.modality not in UNREAL and _place_of(event.location)]
    known = dict(places)
    found = [*reports, *_from_events(told, published)]
    for event in told:
        if event.location and event.location.place_id not in known:
            known[event.location.place_id] = _held_place(event.location)
    by_place: dict[str, list[HoldReport]] = {}
    for report in found:
        by_place.setdefault(report.place_id, []).append(report)
    sieges = _sieges(told, published)
    return tuple(
        hold
        for place_id in sorted(by_place)
        for hold in _holds(known[place_id], by_place[place_id], sieges.get(place_id, ()))
    )


def holders_on(holds: Iterable[Hold], day: date) -> dict[str, Hold]:
    """Give what stands on a day, by place id."""
    return {hold.point.place_id: hold for hold in holds if hold.holds_on(day)}


def holder_lookup(
    holds: Iterable[Hold], nodes: Mapping[str, Place], outline_of: Callable[[str], BaseGeometry | None]
) -> Callable[[str, date], str]:
    """Make the function that says which side holds a place on a day.

    Parameters
    ----------
    holds
        Of all places.
    nodes
        The places that may be asked for, by the name they are asked by.
    outline_of
        Gives the outline of a place by its id, WGS 84, longitude first, or None.

    Returns
    -------
    callable
        Of a node and a day; gives the id of a side, or an empty text. An area is held by the side that holds at least
        `MOST` of the places inside it.
    """
    by_place: dict[str, list[Hold]] = {}
    for hold in holds:
        by_place.setdefault(hold.point.place_id, []).append(hold)
    inside = {node: _places_of(place, by_place, outline_of(place.id)) for node, place in nodes.items()}

    @cache
    def holder(node: str, day: date) -> str:
        found = [hold.holder for name in inside.get(node, ()) for hold in by_place[name] if hold.holds_on(day)]
        counted = Counter(found).most_common(1)
        return counted[0][0] if counted and counted[0][1] >= MOST * len(found) else ""

    return holder


def _places_of(place: Place, by_place: Mapping[str, Sequence[Hold]], outline: BaseGeometry | None) -> tuple[str, ...]:
    """Give the ids of the places that say who holds a place: itself, or for an area those inside it."""
    if place.id in by_place:
        return (place.id,)
    if outline is None or not outline.area:
        return ()
    from shapely import contains_xy, prepare

    prepare(outline)
    points = {name: by_place[name][0].point for name in sorted(by_place)}
    return tuple(name for name, point in points.items() if contains_xy(outline, point.lon, point.lat))


def _place_of(location: Location | None) -> bool:
    """Whether a location is one place that can be held: no region told relative to it, no road, and known well."""
    return (
        location is not None
        and bool(location.place_id)
        and not location.rule
        and location.kind not in _NO_PLACES
        and location.precision_m <= MOST_PRECISE_M
    )


def _held_place(location: Location) -> HeldPlace:
    return HeldPlace(location.place_id, location.name, location.kind, location.lon, location.lat, location.precision_m)


def _from_events(events: Sequence[Event], published: Mapping[str, Article]) -> list[HoldReport]:
    found = []
    for event in events:
        side = next((actor.side for actor in event.actors if actor.role == "initiator" and actor.side), "")
        days = event_days(event, published)
        if event.type not in ("capture", "withdrawal") or not side or days is None or event.location is None:
            continue
        if event.modality == "ongoing" and event.type == "capture":
            continue  # being taken is not taken
        confidence = event.confidence * (CLAIMED if event.modality == "claimed" else 1.0)
        holder = side if event.type == "capture" else ""
        found.append(
            HoldReport(
                place_id=event.location.place_id,
                holder=holder,
                first=days[0],
                latest=days[1],
                last=None,
                seen=days[1],
                confidence=round(confidence * (1.0 if holder else _LEFT), 3),
                certainty=certainty_of(confidence),
                basis=event_basis(event, published),
            )
        )
    return found


def _sieges(events: Sequence[Event], published: Mapping[str, Article]) -> dict[str, tuple[tuple[date, str], ...]]:
    """Give the days on which a siege of a place begins (with the side that lays it) or ends (with nobody)."""
    turns: dict[str, set[tuple[date, str]]] = {}
    for event in events:
        days = event_days(event, published)
        if event.type not in ("siege_imposed", "siege_broken") or days is None or event.location is None:
            continue
        side = next((actor.side for actor in event.actors if actor.role == "initiator" and actor.side), UNNAMED)
        by = side if event.type == "siege_imposed" else ""
        turns.setdefault(event.location.place_id, set()).add((days[0], by))
    return {place_id: tuple(sorted(found)) for place_id, found in turns.items()}


def _holds(point: HeldPlace, reports: Sequence[HoldReport], sieges: Sequence[tuple[date, str]]) -> list[Hold]:
    claims = [
        Claim(
            value=(report.holder,),
            first=report.first,
            latest=report.latest,
            last=report.last,
            seen=report.seen,
            confidence=report.confidence,
            item=report,
            quoted=bool(report.basis.event),
        )
        for report in reports
    ]
    found: list[Hold] = []
    for standing in standings(claims, stale_days=STALE_DAYS):
        for part, by in _besieged(standing, sieges):
            hold, before = _hold(point, part, by), found[-1] if found else None
            if before and before.last and before.last + ONE_DAY == hold.first and _goes_on(before, hold):
                found[-1] = replace(before, last=hold.last, stale_from=before.stale_from or hold.stale_from)
            else:
                found.append(hold)
    return found


def _goes_on(before: Hold, hold: Hold) -> bool:
    def says(one: Hold) -> tuple[HoldReport | tuple[HoldReport, ...] | str, ...]:
        return one.leading, one.agreeing, one.differing, one.besieged_by

    return says(before) == says(hold)


def _hold(point: HeldPlace, standing: Standing, besieged_by: str) -> Hold:
    leading: HoldReport = standing.leading.item
    return Hold(
        point=point,
        holder=leading.holder,
        first=standing.first,
        last=standing.last,
        leading=leading,
        agreeing=tuple(claim.item for claim in standing.agreeing),
        differing=tuple(claim.item for claim in standing.differing),
        stale_from=standing.first if standing.stale else None,
        besieged_by=besieged_by if besieged_by != leading.holder else "",
    )


def _besieged(standing: Standing, sieges: Sequence[tuple[date, str]]) -> list[tuple[Standing, str]]:
    """Cut an interval where a siege begins or ends within it."""
    inside = [turn for turn in sieges if standing.holds_on(turn[0]) and turn[0] > standing.first]
    before = [by for day, by in sieges if day <= standing.first]
    parts, by, first = [], before[-1] if before else "", standing.first
    for day, next_by in inside:
        if day > first:
            parts.append((replace(standing, first=first, last=day - ONE_DAY), by))
        first, by = day, next_by
    return [*parts, (replace(standing, first=first), by)]
