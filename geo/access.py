"""Questions of access to an atlas: who can get where on a day, by which way, and what blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import InputError

if TYPE_CHECKING:
    from geo.control.corridor import Width
    from geo.gazetteer import Gazetteer
    from geo.model import Records, RouteReport
    from geo.routes.access import Access
    from geo.routes.ends import End
    from geo.routes.network import Edge
    from geo.routes.passing import Condition, Roads
    from geo.routes.states import Stretch
    from geo.settings import Atlas


@dataclass(frozen=True, slots=True)
class Question:
    """A question of access, with all that it is answered from.

    Attributes
    ----------
    atlas, records, gazetteer
        What was read.
    roads
        Routes, their states, and who holds the places.
    origin, goal
        From where to where.
    side
        Id of the side that wants to pass.
    sides
        Names of the sides by id.
    """

    atlas: Atlas
    records: Records
    gazetteer: Gazetteer
    roads: Roads
    origin: End
    goal: End
    side: str
    sides: dict[str, str]


def ask(atlas: Atlas, origin: str, goal: str, *, on: date, side: str = "", records: Records | None = None) -> Question:
    """Put a question of access.

    Parameters
    ----------
    atlas
        Its articles and seeds are read.
    origin, goal
        Names of places, or ids of the gazetteer.
    on
        The day, which decides for whom it is asked where ``side`` is empty.
    side
        Id of a side of the atlas; if empty, the side that holds the goal on the day, or else the origin.
    records
        What was read of the atlas; it is read now if None.

    Returns
    -------
    Question

    Raises
    ------
    InputError
        Where a place is not known or no road comes near it, the side is none of the atlas, or nobody is known to hold
        either place.
    SeedError
        Where a seed file is not right.
    """
    from geo.control.holders import holder_lookup
    from geo.events import read_actors
    from geo.gazetteer import open_gazetteer
    from geo.pipeline import read
    from geo.routes.ends import find_end
    from geo.routes.network import build_network
    from geo.routes.passing import make_roads
    from geo.routes.states import stretches_of

    sides = {id: known.name for id, known in read_actors(atlas.seeds / "actors.toml").sides.items()}
    if side and side not in sides:
        raise InputError(f"no side is called {side!r}", do=f"Use one of {', '.join(sides)}")
    gazetteer, records = open_gazetteer(atlas), records or read(atlas).records
    network = build_network(records.routes, gazetteer)
    if not network.edges:
        do = "Draw them in seeds/gazetteer/routes.geojson, each with links, the ids of the places that it joins"
        raise InputError("this atlas has no roads that join places", do=do)
    start, network = find_end(origin, network, gazetteer)
    end, network = find_end(goal, network, gazetteer)
    if start.nodes == end.nodes:
        raise InputError(f"{origin!r} and {goal!r} are the same place on the roads", do="Name two places")
    holder_of = holder_lookup(records.holds, network.places, gazetteer.geometry)
    roads = make_roads(network, stretches_of(records), records.routes, holder_of)
    whose = side or _holder(roads, end, on) or _holder(roads, start, on)
    if not whose:
        what = f"nobody is known to hold {end.place.name} or {start.place.name} on {on}"
        raise InputError(what, do=f"Say for whom it is asked: --for {' or --for '.join(sides)}")
    return Question(atlas, records, gazetteer, roads, start, end, whose, sides)


def _holder(roads: Roads, end: End, on: date) -> str:
    held = [holder for node in end.nodes if (holder := roads.holder_of(node, on))]
    return max(sorted(set(held)), key=held.count, default="")


def answer(question: Question, on: date) -> dict[str, Any]:
    """Answer a question for one day, as JSON-like data.

    Returns
    -------
    dict
        ``from``, ``to``, ``on``, ``for``; ``reachable``; ``secure``, false also where a stretch of the way is fought
        over, under fire or called unsafe; ``via``, the names of the places and routes in the order of the way;
        ``legs``, its stretches; ``blocked_by``, what lies between where it is not reachable; ``weakest``, the riskiest
        stretch with the narrowest width of the ground around it, {} without a way; ``since``, first day since which it
        has been so; ``since_or_before``, whether nothing is known of the day before that.
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
        "since": found.since.isoformat() if found.since else None,
        "since_or_before": found.from_start,
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
        "basis": report.basis.words if report else "inferred from who holds the places at its ends",
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


def table(question: Question, first: date, last: date) -> list[dict[str, Any]]:
    """Answer a question for a span of days: one row for each change.

    Returns
    -------
    list of dict
        ``from`` and ``to``, the first and last day, both inclusive; ``reachable``, ``secure``, ``via``; ``weakest``
        and ``blocked_by`` in words.
    """
    from geo.routes.access import access_over
    from geo.temporal.standing import ONE_DAY

    found = access_over(question.roads, question.origin, question.goal, side=question.side, first=first, last=last)
    ends = [*(one.day - ONE_DAY for one in found[1:]), last]
    return [
        {
            "from": one.day.isoformat(),
            "to": end.isoformat(),
            "reachable": one.reachable,
            "secure": one.secure,
            "via": via(question, one),
            "weakest": _words(one.weakest) if one.weakest else "",
            "blocked_by": [_words(block) for block in one.blocked],
        }
        for one, end in zip(found, ends, strict=True)
    ]


def _words(one: Condition) -> str:
    return f"{one.edge.route.name}: {one.why}"


def ribbons(question: Question, first: date, last: date) -> list[dict[str, Any]]:
    """Give the history of each stretch of road that the answers of a span of days speak of, to be drawn as a ribbon.

    Returns
    -------
    list of dict
        ``label``, and ``spans``: ``first`` and ``last`` day (inclusive, within the span asked for), ``state``,
        ``holder``, ``secure``, ``stale``, and ``differs``, whether another report says otherwise. The first row is the
        answer itself, its states ``open``, ``contested`` (reachable at a risk) and ``closed`` (not reachable).
    """
    from geo.routes.access import access_over
    from geo.routes.states import is_secure

    found = access_over(question.roads, question.origin, question.goal, side=question.side, first=first, last=last)
    ends = [*(one.day for one in found[1:]), None]
    answers: list[dict[str, Any]] = []
    for one, end in zip(found, ends, strict=True):
        span = _answer_span(question, one, end, last)
        if answers and answers[-1]["state"] == span["state"]:
            answers[-1] = {**answers[-1], "last": span["last"]}
        else:
            answers.append(span)
    rows = [{"label": "", "spans": answers}]
    spoken = {condition.edge.key: condition.edge for one in found for condition in (*one.way, *one.blocked)}
    told: dict[tuple[str, ...], dict[str, Any]] = {}
    for edge in spoken.values():
        for stretch in question.roads.stretches.get(edge.route.id, ()):
            if stretch.route != edge.route.id or not stretch.covers(edge.route.links, edge.key[1:]):
                continue
            spans = [
                {
                    "first": max(one.first, first),
                    "last": min(one.last or last, last),
                    "state": one.leading.item.state,
                    "holder": one.leading.item.holder,
                    "secure": is_secure(one),
                    "stale": one.stale,
                    "differs": bool(one.differing),
                }
                for one in stretch.standings
                if one.first <= last and (one.last is None or one.last >= first)
            ]
            if spans:
                told.setdefault(
                    (stretch.route, *stretch.section), {"label": _label(question, edge, stretch), "spans": spans}
                )
    return [*rows, *told.values()]


def _answer_span(question: Question, one: Access, after: date | None, last: date) -> dict[str, Any]:
    from geo.temporal.standing import ONE_DAY

    state = "closed" if not one.reachable else "open" if one.secure else "contested"
    return {
        "first": one.day, "last": after - ONE_DAY if after else last, "state": state, "holder": question.side,
        "secure": one.secure, "stale": False, "differs": False,
    }  # fmt: skip


def _label(question: Question, edge: Edge, stretch: Stretch) -> str:
    if not stretch.section:
        return edge.route.name
    places = question.roads.network.places
    return f"{edge.route.name}: {' to '.join(places[end].name for end in stretch.section)}"
