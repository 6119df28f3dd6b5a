"""The network of roads and corridors: places as nodes, the stretches between them as edges, with their courses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.crs import distance_m
from geo.errors import SeedError
from geo.model import Place, Route

if TYPE_CHECKING:
    import networkx as nx
    from shapely import LineString

    from geo.gazetteer import Gazetteer

FARTHEST_M = 8000.0
"""A place may lie so far from a road that is named as its own; farther off, one of the two is wrong."""
ABROAD = "country"
"""A road may lead to a country; no way leads through it, since the network knows nothing of what lies there."""
_EXTENDED = ("country", "continent", "region", "admin1", "admin2", "district", "zone", "area", "city")


@dataclass(frozen=True, slots=True)
class Edge:
    """The stretch of a route between two of the places that it links.

    Attributes
    ----------
    route
        The route.
    a, b
        Ids of the places, in the order of its course.
    course
        WGS 84, longitude first.
    km
        Length in kilometres.
    of
        Route and ends of the stretch between two links that it is a part of; empty where it is all of that.
    """

    route: Route
    a: str
    b: str
    course: LineString
    km: float
    of: tuple[str, str, str] | tuple[()] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Route and ends of the stretch between two links."""
        return self.of or (self.route.id, self.a, self.b)


@dataclass(frozen=True, slots=True)
class Network:
    """Roads and corridors as a graph.

    Attributes
    ----------
    graph
        networkx MultiGraph: place ids as nodes; each edge has an `Edge` under ``"edge"``.
    places
        The places, by the id that routes name them by.
    edges
        By route, in the order of its course.
    """

    graph: nx.MultiGraph[str]
    places: Mapping[str, Place]
    edges: tuple[Edge, ...]

    def is_abroad(self, node: str) -> bool:
        """Tell whether a node is a country."""
        return self.places[node].kind == ABROAD


def build_network(routes: Sequence[Route], gazetteer: Gazetteer) -> Network:
    """Join routes at the places that they link.

    Parameters
    ----------
    routes
        With ``links``, see `geo.routes.readers.with_links`. A route whose parts are routes too is left to these. Two
        routes meet where both link one place; that their lines cross on the map joins nothing.
    gazetteer
        Of the atlas; gives the places.

    Returns
    -------
    Network

    Raises
    ------
    SeedError
        Where a link is no place of the gazetteer, lies far from the course, or not in its order.
    """
    import networkx as nx

    whole = {route.part_of for route in routes if route.part_of}
    joined = [route for route in routes if len(route.links) > 1 and route.id not in whole]
    places = {link: _place(link, route, gazetteer) for route in joined for link in route.links}
    edges = [edge for route in joined for edge in _edges(route, places)]
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_nodes_from(sorted(places))
    for edge in edges:
        graph.add_edge(edge.a, edge.b, key=edge.route.id, edge=edge)
    return Network(graph, places, tuple(edges))


def _place(link: str, route: Route, gazetteer: Gazetteer) -> Place:
    place = gazetteer.get(link if ":" in link else f"atlas:{link}")
    if place is None:
        do = "Write the id of a place of the gazetteer, as in azaz or country:TR"
        raise SeedError(f"routes.geojson: route {route.id!r} links {link!r}, which is no place", do=do)
    return place


def _edges(route: Route, places: Mapping[str, Place]) -> list[Edge]:
    edges = []
    for (a, start), (b, end) in pairwise(positions(route, places)):
        course = course_between(route, start, end)
        edges.append(Edge(route, a, b, course, round(length_km(course), 2)))
    return edges


def course_between(route: Route, start: float, end: float) -> LineString:
    """Cut the course of a route between two distances in metres from its beginning; which may be one point."""
    from shapely import LineString
    from shapely.ops import substring

    plane = Plane(route.course)
    line: LineString = LineString(plane.to(route.course.coords))
    found = plane.back(substring(line, min(start, end), max(start, end)).coords)
    return LineString(found if len(found) > 1 else [found[0], found[0]])


def positions(route: Route, places: Mapping[str, Place]) -> list[tuple[str, float]]:
    """Find how far along the course each link lies, in metres from its beginning.

    Parameters
    ----------
    route
        With its links.
    places
        Them, by id.

    Returns
    -------
    list of tuple
        Link and metres, in order. A country, city or district lies at the end of the course that it stands at.

    Raises
    ------
    SeedError
        Where a link lies far from the course, or not in its order.
    """
    from shapely import LineString, Point

    plane = Plane(route.course)
    line = LineString(plane.to(route.course.coords))
    found: list[tuple[str, float]] = []
    for number, link in enumerate(route.links):
        place = places[link]
        at_end = place.kind in _EXTENDED and number in (0, len(route.links) - 1)
        ((x, y),) = plane.to([(place.lon, place.lat)])
        along = line.length * bool(number) if at_end else float(line.project(Point(x, y)))
        away = 0.0 if place.kind in _EXTENDED else float(line.distance(Point(x, y)))
        if away > FARTHEST_M:
            what = f"routes.geojson: route {route.id!r} links {link!r}, which lies {away / 1000:.0f} km from its course"
            raise SeedError(what, do="Mend the course, or take the place out of the links")
        before = found[-1][1] if found else 0.0
        if along < before - route.precision_m:
            what = f"routes.geojson: route {route.id!r} comes to {link!r} before {found[-1][0]!r}"
            raise SeedError(what, do="Write its links in the order of its course")
        found.append((link, max(along, before)))
    return found


class Plane:
    """A flat map in metres about the middle of a line: true to a thousandth over some hundred kilometres."""

    def __init__(self, line: LineString) -> None:
        west, south, east, north = line.bounds
        self.lon, self.lat = (west + east) / 2, (south + north) / 2
        self.x = distance_m(self.lon - 0.5, self.lat, self.lon + 0.5, self.lat)
        self.y = distance_m(self.lon, self.lat - 0.5, self.lon, self.lat + 0.5)

    def to(self, coordinates: Any) -> list[tuple[float, float]]:
        """Metres east and north of the middle, of longitudes and latitudes."""
        return [((lon - self.lon) * self.x, (lat - self.lat) * self.y) for lon, lat, *_ in coordinates]

    def back(self, coordinates: Any) -> list[tuple[float, float]]:
        """Longitudes and latitudes again."""
        return [(x / self.x + self.lon, y / self.y + self.lat) for x, y, *_ in coordinates]


def length_km(line: LineString) -> float:
    """Length of a line in kilometres, on the sphere; 0 for one that is a point."""
    points = list(line.coords)
    return math.fsum(distance_m(*a[:2], *b[:2]) for a, b in pairwise(points)) / 1000
