"""Access: whether a side can get from one place to another on a day, by which way, and what blocks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.routes.ends import End
from geo.routes.passing import BLOCKED, INFERRED, OPEN, UNKNOWN, Condition, Roads, condition

if TYPE_CHECKING:
    import networkx as nx

_FROM, _TO = "\0from", "\0to"


@dataclass(frozen=True, slots=True)
class Access:
    """The answer to a question of access.

    Attributes
    ----------
    origin, goal
        From where to where.
    day, side
        When, and for whom; the id of a side.
    way
        The stretches to pass, in order, of the safest way, and of ways as safe of the shortest; empty if there is none.
    nodes
        The nodes that it passes, in order.
    reachable
        Whether there is a way.
    blocked
        Where there is none: what lies between the smaller of the two parts of the network and the other, one stretch
        of each state of a route that lies on some way; the newest first, and of two alike the one that leaves fewer
        others.
    since
        The first day since which it has been so without a break; None where nothing is known at all.
    from_start
        Whether that is the first day of which anything is known, so that it may have been so before.
    """

    origin: End
    goal: End
    day: date
    side: str
    way: tuple[Condition, ...] = ()
    nodes: tuple[str, ...] = ()
    reachable: bool = False
    blocked: tuple[Condition, ...] = ()
    since: date | None = None
    from_start: bool = False

    @property
    def weakest(self) -> Condition | None:
        """The stretch that is riskiest to pass; of those the one that is known least surely, then of the longest."""
        km: dict[tuple[str, int], float] = {}
        for one in self.way:
            key = (one.edge.route.id, one.risk)
            km[key] = km.get(key, 0.0) + one.edge.km

        def weakness(one: Condition) -> tuple[int, float, float]:
            confidence = one.standing.leading.confidence if one.standing else 0.0
            return one.risk, -confidence, km[one.edge.route.id, one.risk]

        return max(self.way, key=weakness, default=None)

    @property
    def known(self) -> bool:
        """Whether reports tell it: not where there is no way and nothing is told of any stretch that blocks."""
        return self.reachable or any(one.state != UNKNOWN for one in self.blocked)

    @property
    def secure(self) -> bool:
        """Whether it is reachable by roads that are open, and none of them unsafe, under fire or fought over."""
        return self.reachable and all(one.risk <= INFERRED for one in self.way)


def find_access(roads: Roads, origin: End, goal: End, *, side: str, day: date) -> Access:
    """Answer a question of access for one day.

    Parameters
    ----------
    roads
        All that is known of roads and of who holds places.
    origin, goal
        The ends, by `geo.routes.ends.find_end`.
    side
        Id of the side that wants to pass.
    day
        The day.

    Returns
    -------
    Access
    """
    answer = _answer(roads, origin, goal, side, day)
    turns = [one for one in roads.days() if one <= day]
    since, from_start = day, not turns
    for turn in reversed(turns):
        if _answer(roads, origin, goal, side, turn).reachable != answer.reachable:
            break
        since, from_start = turn, turn == turns[0]
    return Access(
        origin, goal, day, side, answer.way, answer.nodes, answer.reachable, answer.blocked, since, from_start
    )


def access_over(roads: Roads, origin: End, goal: End, *, side: str, first: date, last: date) -> tuple[Access, ...]:
    """Answer it for a span of days: one answer for each change, whose ``day`` is the first of its days.

    Parameters
    ----------
    roads, origin, goal, side
        As in `find_access`.
    first, last
        First and last day, both inclusive.

    Returns
    -------
    tuple of Access
        In order of days; ``since`` is None.
    """
    found: list[Access] = []
    for day in [first, *(one for one in roads.days() if first < one <= last)]:
        answer = _answer(roads, origin, goal, side, day)
        if not found or _gist(found[-1]) != _gist(answer):
            found.append(answer)
    return tuple(found)


def _gist(answer: Access) -> tuple[object, ...]:
    weakest = answer.weakest
    return (
        answer.reachable,
        tuple(dict.fromkeys(one.edge.route.id for one in answer.way)),
        (weakest.risk, weakest.edge.route.id, weakest.state) if weakest else None,
        tuple((one.edge.route.id, one.state, one.holder) for one in answer.blocked),
    )


def _answer(roads: Roads, origin: End, goal: End, side: str, day: date) -> Access:
    conditions = [condition(roads, edge, side, day) for edge in roads.network.edges]
    ends = {*origin.nodes, *goal.nodes}
    reported = {frozenset((c.edge.a, c.edge.b)) for c in conditions if c.standing}
    usable = [
        c
        for c in conditions
        if not _leads_through_abroad(roads, c, ends)
        and (c.standing or frozenset((c.edge.a, c.edge.b)) not in reported)  # what is told goes before what is inferred
    ]
    found = _safest(usable, _own(roads, origin, side, day), _own(roads, goal, side, day))
    if found is None:
        return Access(origin, goal, day, side, blocked=_blocks(usable, origin.nodes, goal.nodes))
    nodes, way = found
    return Access(origin, goal, day, side, way, nodes, reachable=True)


def _own(roads: Roads, end: End, side: str, day: date) -> tuple[str, ...]:
    """Give the nodes of an end that the side holds, where another side holds others: of a divided city its own part."""
    holders = {node: roads.holder_of(node, day) for node in end.nodes}
    if side not in holders.values():
        return end.nodes
    return tuple(node for node in end.nodes if holders[node] in ("", side))


def _leads_through_abroad(roads: Roads, one: Condition, ends: Iterable[str]) -> bool:
    return any(roads.network.is_abroad(node) and node not in ends for node in (one.edge.a, one.edge.b))


def _safest(
    conditions: Sequence[Condition], origin: Sequence[str], goal: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Condition, ...]] | None:
    import networkx as nx

    for most in sorted({one.risk for one in conditions if one.risk < BLOCKED} | {OPEN}):
        graph = _graph([one for one in conditions if one.risk <= most], origin, goal)
        try:
            path = nx.shortest_path(graph, _FROM, _TO, weight="km")
        except nx.NetworkXNoPath:
            continue
        nodes = path[1:-1]
        return tuple(nodes), tuple(graph.edges[a, b]["one"] for a, b in pairwise(nodes))
    return None


def _graph(conditions: Sequence[Condition], origin: Sequence[str], goal: Sequence[str]) -> nx.Graph[str]:
    """Make a graph with one edge between two nodes: of parallel stretches the safest, shortest, best known."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((_FROM, _TO))
    ordered = sorted(conditions, key=lambda c: (c.risk, c.edge.km, c.edge.route.precision_m, c.edge.route.id))
    for one in ordered:
        if not graph.has_edge(one.edge.a, one.edge.b):
            graph.add_edge(one.edge.a, one.edge.b, km=one.edge.km, one=one)
    graph.add_edges_from(((_FROM, node) for node in origin), km=0.0)
    graph.add_edges_from(((node, _TO) for node in goal), km=0.0)
    return graph


def _blocks(conditions: Sequence[Condition], origin: Sequence[str], goal: Sequence[str]) -> tuple[Condition, ...]:
    """Find what blocks the ways: see `Access.blocked`.

    The parts of the network that can be passed become one node each, and so do the blocked stretches of one state of a
    route that hang together; what lies next to the smaller part and on a way to the other, blocks.
    """
    import networkx as nx

    free: nx.Graph[str] = nx.Graph()
    free.add_nodes_from(sorted({n for c in conditions for n in (c.edge.a, c.edge.b)} | {*origin, *goal}))
    free.add_edges_from((c.edge.a, c.edge.b) for c in conditions if c.risk < BLOCKED)
    free.add_edges_from(pairwise(origin))
    free.add_edges_from(pairwise(goal))
    part = {node: number for number, nodes in enumerate(nx.connected_components(free)) for node in nodes}
    groups = _groups([c for c in conditions if c.risk == BLOCKED])
    ways: nx.Graph[tuple[str, int]] = nx.Graph()
    ways.add_nodes_from(("part", number) for number in part.values())
    for number, group in enumerate(groups):
        for one in group:
            ways.add_edges_from((("block", number), ("part", part[node])) for node in (one.edge.a, one.edge.b))
    small, large = sorted((part[goal[0]], part[origin[0]]), key=lambda n: sum(p == n for p in part.values()))
    near = sorted(ways.neighbors(("part", small)))
    ways.remove_node(("part", small))
    away = nx.single_source_shortest_path_length(ways, ("part", large)) if ("part", large) in ways else {}

    def order(number: tuple[str, int]) -> tuple[int, int, int]:
        since = groups[number[1]][0].since
        return -since.toordinal() if since else 0, away[number], number[1]

    reaching = sorted((n for n in near if n in away), key=order)
    return tuple(_first(groups[number], part, small) for _, number in reaching)


def _groups(blocked: Sequence[Condition]) -> list[list[Condition]]:
    """Put blocked stretches together that follow one another on a route and rest on the same."""
    groups: list[list[Condition]] = []
    for one in blocked:
        last = groups[-1][-1] if groups else None
        same = last and (last.edge.route.id, last.standing, last.why) == (one.edge.route.id, one.standing, one.why)
        if same and last and last.edge.b == one.edge.a:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _first(group: Sequence[Condition], part: Mapping[str, int], small: int) -> Condition:
    return next(one for one in group if small in (part[one.edge.a], part[one.edge.b]))
