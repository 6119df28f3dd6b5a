"""Where a way begins and ends: from the name of a place to the nodes of the network that stand for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.crs import distance_m
from geo.errors import InputError
from geo.model import Place
from geo.routes.network import Edge, Network, Plane, course_between, length_km

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

REACH_M = 5000.0
"""A place that no route links is reached from the nearest road within this distance."""
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class End:
    """An end of a way.

    Attributes
    ----------
    place
        What was asked for.
    nodes
        The nodes that stand for it, sorted: itself, those inside its outline, or the nearest point of a road.
    """

    place: Place
    nodes: tuple[str, ...]


def find_end(name: str, network: Network, gazetteer: Gazetteer) -> tuple[End, Network]:
    """Find the nodes of a place.

    Parameters
    ----------
    name
        As people write it, or its id in the gazetteer.
    network
        Of the atlas.
    gazetteer
        Of the atlas.

    Returns
    -------
    tuple of End and Network
        The network with a node more where the place lies by a road and no route links it.

    Raises
    ------
    InputError
        Where no place has that name, or no road comes near it.
    """
    place = _place(name, network, gazetteer)
    ids = {network.places[node].id: node for node in network.places}
    nodes = {ids[place.id]} if place.id in ids else set()
    nodes |= _inside(place, network, gazetteer)
    if nodes:
        return End(place, tuple(sorted(nodes))), network
    wider = _joined(place, network)
    return End(place, (place.id,)), wider


def _place(name: str, network: Network, gazetteer: Gazetteer) -> Place:
    by_id = gazetteer.get(name) or gazetteer.get(f"atlas:{name}") if name.strip() else None
    if by_id is not None:
        return by_id
    linked = {place.id for place in network.places.values()}
    exact = gazetteer.lookup([name])[name] if name.strip() else ()
    if exact:
        return next((place for place in exact if place.id in linked), exact[0])
    hits = gazetteer.search(name, limit=3) if name.strip() else []
    own = [hit for hit in hits if hit.place.id in linked or hit.place.id.startswith("atlas:")]
    # Of the whole world some place is always spelt alike: a guess must be of the atlas.
    if own and own[0].score >= _SURE and own[0].how == "spelling":
        return own[0].place
    near = ", ".join(dict.fromkeys(hit.place.name for hit in own))
    do = f"Perhaps one of these is meant: {near}" if near else "Look it up with: sitmap gazetteer search"
    raise InputError(f"no place is called {name!r}", do=do)


def _inside(place: Place, network: Network, gazetteer: Gazetteer) -> set[str]:
    """Give the nodes inside the outline of a place; of a city without one those within its radius."""
    from shapely import Point, contains_xy, prepare

    if place.kind == "country":
        return set()
    outline = gazetteer.geometry(place.id)
    if outline is not None and outline.area > 0:
        prepare(outline)
        return {n for n, p in network.places.items() if contains_xy(outline, p.lon, p.lat)}
    if place.kind == "city" and isinstance(outline, Point | None):
        near = network.places.items()
        return {n for n, p in near if distance_m(place.lon, place.lat, p.lon, p.lat) <= place.precision_m}
    return set()


def _joined(place: Place, network: Network) -> Network:
    """Give the network with a place joined to the nearest point of a road."""
    from shapely import LineString, Point

    best: tuple[float, float, Edge] | None = None
    for edge in network.edges:
        plane = Plane(edge.course)
        line = LineString(plane.to(edge.course.coords))
        ((x, y),) = plane.to([(place.lon, place.lat)])
        away = float(line.distance(Point(x, y)))
        if best is None or away < best[0]:
            best = (away, float(line.project(Point(x, y))), edge)
    if best is None or best[0] > REACH_M:
        what = f"{place.name} lies by no road of this atlas"
        if best is not None:
            what += f": the nearest, {best[2].route.name}, is {best[0] / 1000:.0f} km off"
        do = "Ask for a place that a route links, or add the road to seeds/gazetteer/routes.geojson"
        raise InputError(what, do=do)
    _, along, edge = best
    bare = replace(edge.route, course=edge.course)
    total = length_km(edge.course) * 1000
    halves = (course_between(bare, 0, along), course_between(bare, along, max(total * 2, along)))
    first = Edge(edge.route, edge.a, place.id, halves[0], round(length_km(halves[0]), 2), of=edge.key)
    second = Edge(edge.route, place.id, edge.b, halves[1], round(length_km(halves[1]), 2), of=edge.key)
    graph = network.graph.copy()
    graph.remove_edge(edge.a, edge.b, key=edge.route.id)
    for half in (first, second):
        graph.add_edge(half.a, half.b, key=edge.route.id, edge=half)
    edges = tuple(part for one in network.edges for part in ((first, second) if one is edge else (one,)))
    return Network(graph, {**network.places, place.id: place}, edges)
