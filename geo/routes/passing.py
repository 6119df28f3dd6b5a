"""Who can pass a stretch of road on a day: its state and holder, seen from one side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.model import Route, RouteReport
from geo.routes.network import Edge, Network
from geo.routes.states import Stretch, is_secure
from geo.temporal.standing import Standing

HolderOf = Callable[[str, date], str]
"""Gives the side that holds a place on a day, by the place's node; empty where nobody is known to."""

OPEN, INFERRED, NOT_SAFE, CONTESTED, UNDER_FIRE, BLOCKED = range(6)
"""How risky a stretch is to pass, from open to not to be passed; up to `INFERRED` a way is secure."""
UNKNOWN = "unknown"
"""State of a stretch of which nobody reports anything and whose ends are not held by the side that asks."""


@dataclass(frozen=True, slots=True)
class Roads:
    """All that a question of access is answered from.

    Attributes
    ----------
    network
        Places and the stretches between them.
    stretches
        What stands on which stretch when, by route.
    holder_of
        Who holds a place on a day.
    """

    network: Network
    stretches: Mapping[str, tuple[Stretch, ...]]
    holder_of: HolderOf

    def days(self) -> list[date]:
        """List the days on which the state of a stretch changes, sorted."""
        from geo.temporal.standing import ONE_DAY

        found = {one.first for parts in self.stretches.values() for part in parts for one in part.standings}
        ends = {one.last for parts in self.stretches.values() for part in parts for one in part.standings if one.last}
        return sorted(found | {end + ONE_DAY for end in ends})


@dataclass(frozen=True, slots=True)
class Condition:
    """How a stretch is on a day for one side.

    Attributes
    ----------
    edge
        The stretch.
    state, holder
        One of `geo.model.STATES`, or `UNKNOWN`, and the side; see `geo.model.RouteState`.
    risk
        From `OPEN` to `BLOCKED`.
    why
        What makes it so, in words.
    standing
        What it rests on; None where it is inferred from who holds the places at its ends.
    since
        The first day of the state, whoever told it first; None where it is inferred.
    held
        Name of the place at one of its ends that another side holds, where that is what blocks it.
    """

    edge: Edge
    state: str
    holder: str
    risk: int
    why: str
    standing: Standing | None = None
    since: date | None = None
    held: str = ""

    @property
    def report(self) -> RouteReport | None:
        """The report that it rests on."""
        return self.standing.leading.item if self.standing else None


def make_roads(network: Network, stretches: Sequence[Stretch], routes: Sequence[Route], holder_of: HolderOf) -> Roads:
    """Put together what questions of access are answered from.

    What is told of a whole route counts for those of its parts of which nothing is told themselves.
    """
    by_route: dict[str, tuple[Stretch, ...]] = {}
    for stretch in stretches:
        by_route[stretch.route] = (*by_route.get(stretch.route, ()), stretch)
    for route in routes:
        if route.part_of and route.part_of in by_route:
            by_route[route.id] = (*by_route.get(route.id, ()), *by_route[route.part_of])
    return Roads(network, by_route, holder_of)


def condition(roads: Roads, edge: Edge, side: str, day: date) -> Condition:
    """Judge a stretch on a day for one side.

    Parameters
    ----------
    roads
        All that is known.
    edge
        The stretch.
    side
        Id of the side that wants to pass.
    day
        The day.

    Returns
    -------
    Condition
        An open road can be passed by its holder, one that is fought over at a risk. Fire control is not possession: who
        held the ground before can still pass, under fire. A road that is cut or closed nobody passes. Where nothing is
        reported it is open for the side that holds the places at both ends, and else unknown. A place that another side
        holds cannot be passed, unless the road itself is reported open for one's own side.
    """
    stretch, standing = _standing(roads, edge, day)
    if stretch and standing:
        found = replace(_reported(roads, edge, side, day, standing), since=stretch.since(standing))
    else:
        found = _inferred(roads, edge, side, day)
    if found.risk in (OPEN, NOT_SAFE, BLOCKED):
        return found
    for node in (edge.a, edge.b):
        holder = roads.holder_of(node, day)
        if holder and holder != side:
            name = roads.network.places[node].name
            why = f"{name} is held by {holder}"
            return replace(found, risk=BLOCKED, why=why, held=name)
    return found


def _standing(roads: Roads, edge: Edge, day: date) -> tuple[Stretch, Standing] | tuple[None, None]:
    route, a, b = edge.key
    for stretch in roads.stretches.get(route, ()):
        if _covers(stretch, edge, (a, b)) and (standing := stretch.on(day)) is not None:
            return stretch, standing
    return None, None


def _covers(stretch: Stretch, edge: Edge, ends: tuple[str, str]) -> bool:
    return stretch.route != edge.route.id or stretch.covers(edge.route.links, ends)


def _reported(roads: Roads, edge: Edge, side: str, day: date, standing: Standing) -> Condition:
    report: RouteReport = standing.leading.item
    state, holder = report.state, report.holder
    whose = f" by {holder}" if holder else ""
    if state == "fire_control" and holder != side:
        before = _held_before(roads, edge, day)
        if before in ("", side):
            return Condition(edge, state, holder, UNDER_FIRE, f"under fire{whose}, not held", standing)
        return Condition(edge, state, holder, BLOCKED, f"under fire{whose}, the ground held by {before}", standing)
    if state in ("open", "contested") and holder and holder != side:
        return Condition(edge, state, holder, BLOCKED, f"held{whose}", standing)
    if state == "open":
        if not is_secure(standing):
            return Condition(edge, state, holder, NOT_SAFE, "open, not secure", standing)
        if standing.stale:
            return Condition(edge, state, holder, INFERRED, f"open when last told, {report.seen}", standing)
        return Condition(edge, state, holder, OPEN, "open", standing)
    if state == "contested":
        return Condition(edge, state, holder, CONTESTED, "fought over", standing)
    why = {"fire_control": "covered by own fire, not held", "cut": f"cut{whose}", "closed": f"closed{whose}"}[state]
    return Condition(edge, state, holder, BLOCKED, why, standing)


def _held_before(roads: Roads, edge: Edge, day: date) -> str:
    """Give who held the ground when somebody last told it, before the fire."""
    route, a, b = edge.key
    held: list[tuple[date, str]] = []
    for stretch in roads.stretches.get(route, ()):
        if _covers(stretch, edge, (a, b)):
            for standing in stretch.standings:
                report: RouteReport = standing.leading.item
                if standing.first <= day and report.state != "fire_control":
                    held.append((standing.first, report.holder))
    return max(held)[1] if held else ""


def _inferred(roads: Roads, edge: Edge, side: str, day: date) -> Condition:
    ends = [roads.holder_of(node, day) for node in (edge.a, edge.b)]
    if ends == [side, side]:
        return Condition(edge, "open", side, INFERRED, "nothing reported; both ends are held by the side")
    return Condition(edge, UNKNOWN, "", BLOCKED, "nothing is reported of it")
