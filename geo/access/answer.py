"""The answer to a question of access for one day: the way, its stretches, what blocks it and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from geo.routes.passing import UNKNOWN

if TYPE_CHECKING:
    from geo.access.question import Question
    from geo.control.corridor import Width
    from geo.model import RouteReport
    from geo.routes.access import Access
    from geo.routes.passing import Condition

_INFERRED = ("inferred from who holds the places at its ends", "no report")


def answer(question: Question, on: date) -> dict[str, Any]:
    """Answer a question for one day, as JSON-like data.

    Returns
    -------
    dict
        ``from``, ``to``, ``on``, ``for``; ``reachable``; ``secure``, false also where a stretch of the way is fought
        over, under fire or called unsafe; ``via``, the names of the places and routes in the order of the way;
        ``legs``, its stretches; ``blocked_by``, what lies between where it is not reachable; ``weakest``, the riskiest
        stretch with the narrowest width of the ground around it, {} without a way; ``since``, first day since which it
        has been so; ``since_or_before``, whether nothing is known of the day before that. ``known`` is false where it
        is not reachable because nothing is reported of any stretch that blocks: ``since`` is then null.
    """
    from geo.routes.access import find_access

    found = find_access(question.roads, question.origin, question.goal, side=question.side, day=on)
    weakest = found.weakest
    return {
        "from": question.origin.place.name,
        "to": question.goal.place.name,
        "on": on.isoformat(),
        "for": question.side,
        "reachable": found.reachable,
        "secure": found.secure,
        "via": via(question, found),
        "legs": [leg(question, one) for one in legs(found)],
        "blocked_by": [leg(question, one) for one in found.blocked],
        "weakest": {**leg(question, weakest), **_width(question, weakest, on)} if weakest else {},
        "since": found.since.isoformat() if found.since and found.known else None,
        "since_or_before": found.from_start,
        "known": found.known,
    }


def via(question: Question, found: Access) -> list[str]:
    """Name the places and the routes of a way, in turn: where it changes from one route to another."""
    if not found.way:
        return []
    places = question.roads.network.places
    names = [question.origin.place.name]
    for number, one in enumerate(found.way):
        if number and one.edge.route.id != found.way[number - 1].edge.route.id:
            names.append(places[found.nodes[number]].name)
        if not number or one.edge.route.id != found.way[number - 1].edge.route.id:
            names.append(one.edge.route.name)
    return [*names, question.goal.place.name]


def legs(found: Access) -> list[Condition]:
    """Give one stretch for each state of each route that a way passes."""
    chosen: list[Condition] = []
    for one in found.way:
        last = chosen[-1] if chosen else None
        if last is None or (last.edge.route.id, last.standing, last.why) != (one.edge.route.id, one.standing, one.why):
            chosen.append(one)
    return chosen


def leg(question: Question, one: Condition) -> dict[str, Any]:
    """Write a stretch with its state and the report that it rests on as JSON-like data."""
    places, report = question.roads.network.places, one.report
    return {
        "route": one.edge.route.id,
        "name": one.edge.route.name,
        "between": [places[one.edge.a].name, places[one.edge.b].name],
        "state": one.state,
        "holder": one.holder or None,
        "why": one.why,
        "since": one.since.isoformat() if one.since else None,
        "certainty": report.certainty if report else "low",
        "stale": bool(one.standing and one.standing.stale),
        "last_told": report.seen.isoformat() if report else None,
        "basis": report.basis.words if report else _INFERRED[one.state == UNKNOWN],
        "source": (report.basis.source or None) if report else None,
        "quote": report.basis.quote if report else None,
        "differing": [_differing(claim.item) for claim in (one.standing.differing if one.standing else ())],
    }


def _differing(report: RouteReport) -> dict[str, Any]:
    basis = report.basis
    return {"state": report.state, "holder": report.holder or None, "basis": basis.words, "quote": basis.quote}


def _width(question: Question, one: Condition, on: date) -> dict[str, Any]:
    """Measure how wide the side's ground is where it is narrowest along a route; nothing where none is drawn there."""
    width = narrowest(question, one, on)
    if width is None:
        return {"width_km": None, "narrowest": None}
    return {"width_km": round(width.metres / 1000, 2), "narrowest": [round(width.lon, 5), round(width.lat, 5)]}


def narrowest(question: Question, one: Condition, on: date) -> Width | None:
    """Find where the ground of the side is narrowest along the route of a stretch.

    Parameters
    ----------
    question
        Of which side.
    one
        The stretch; its route is followed as far as it runs on the side's ground.
    on
        The day.
    """
    import shapely

    from geo.control.corridor import corridor_width
    from geo.control.scene import GROUNDS, draw, points_of, read_outlines

    holds = {hold.point.place_id: hold for hold in question.records.holds if hold.holds_on(on)}
    outlines = read_outlines(question.atlas.seeds / GROUNDS, {h.point.place_id for h in question.records.holds})
    reach_m = question.atlas.reach_m
    zones, _ = draw(points_of(holds.values(), on, reach_m=reach_m), holds, outlines, reach_m=reach_m)
    ground = shapely.union_all([zone.geometry for zone in zones if zone.holder == question.side])
    return None if ground.is_empty else corridor_width(ground, one.edge.route.course)
