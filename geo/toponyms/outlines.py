"""Outlines of countries and provinces, borders and coasts, from the basemap (Natural Earth, ``geo/data/basemap``).

They are what half a country, the border with a neighbour and the sea off a coast are cut from. A kilometre true at the
best (see the basemap's README), which is far below what "northern Syria" can say.
"""

from __future__ import annotations

import math
from functools import lru_cache

import shapely
from shapely import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, polygonize

from geo.model import Place
from geo.toponyms.outline_file import Window, countries_in, country_shape, shapes_in

_GAP_DEG = 0.08  # the ends of province lines lie so near to the line or coast that they should meet
_TIMES = 6.0  # a cell of more than so many radii across is no province but several


@lru_cache(maxsize=64)
def country(code: str) -> BaseGeometry | None:
    """Give the outline of a country by ISO 3166-1 alpha-2 code in degrees, None where the basemap has none.

    Parts that lie more than 600 km from the rest are left out (French Guiana, Hawaii, Alaska), since no report means
    them by "southern France". Those beyond the antimeridian stand beside the others, at longitudes past 180.
    """
    return country_shape(code)


@lru_cache(maxsize=256)
def province(place: Place) -> BaseGeometry | None:
    """Give the outline of an admin-1 unit, None where the basemap's lines do not close about its point.

    The basemap has the lines between provinces alone; with the country's own outline, their ends joined where they
    nearly meet, they part the country in cells, and the unit is the cell that holds its point. A cell far larger than
    the unit's ``precision_m`` is not trusted.
    """
    point = Point(place.lon, place.lat)
    cells = _cells(place.country)
    cell = next((c for c in cells if c.contains(point)), None)
    if cell is None:
        return None
    size_m = math.sqrt(cell.area * math.cos(math.radians(place.lat)) / math.pi) * 111_195
    return cell if size_m <= _TIMES * place.precision_m else None


@lru_cache(maxsize=32)
def _cells(code: str) -> tuple[BaseGeometry, ...]:
    whole = country(code)
    if whole is None:
        return ()
    lines = [p for shape in shapes_in("admin1", whole.bounds) for p in shapely.get_parts(shape)]
    shapely.prepare(whole)
    lines = [x for x in lines if whole.intersects(x)]
    links = _links(lines, whole.boundary)
    return tuple(polygonize(shapely.union_all([whole.boundary, *lines, *links])))


def _links(lines: list[BaseGeometry], edge: BaseGeometry) -> list[BaseGeometry]:
    """Join loose ends to the nearest line, or the country's edge, where one is near."""
    tree, edges = shapely.STRtree(lines), shapely.STRtree(list(_segments(edge)))
    links = []
    for k, line in enumerate(lines):
        for end in (Point(line.coords[0]), Point(line.coords[-1])):
            near = [lines[j] for j in tree.query(end, predicate="dwithin", distance=_GAP_DEG) if j != k]
            near += [edges.geometries[j] for j in edges.query(end, predicate="dwithin", distance=_GAP_DEG)]
            if not near or any(n.distance(end) < 1e-9 for n in near):
                continue
            there = nearest_points(end, min(near, key=lambda n: (n.distance(end), n.bounds)))[1]
            beyond = (there.x + (there.x - end.x) / 100, there.y + (there.y - end.y) / 100)
            links.append(LineString([end, beyond]))
    return links


def _segments(edge: BaseGeometry) -> list[LineString]:
    """Cut an outline in short runs, so that a search among them is quick."""
    runs = []
    for piece in shapely.get_parts(edge):
        points = list(piece.coords)
        runs += [LineString(points[i : i + 17]) for i in range(0, len(points) - 1, 16)]
    return runs


@lru_cache(maxsize=128)
def border(one: str, other: str) -> BaseGeometry | None:
    """Give the land border of two countries by their codes, lines in degrees, None where they have none."""
    a, b = country(one), country(other)
    if a is None or b is None:
        return None
    shared = a.boundary.intersection(b.boundary)
    lines = [p for p in shapely.get_parts(shared) if isinstance(p, LineString) and not p.is_empty]
    if not lines:
        return None
    merged = shapely.line_merge(MultiLineString(lines))
    return merged if merged.length > 0.05 else None


@lru_cache(maxsize=128)
def neighbours(code: str) -> tuple[str, ...]:
    """Give the codes of the countries that border a country on land, in order."""
    whole = country(code)
    if whole is None:
        return ()
    return tuple(c for c in sorted(countries_in(whole.bounds)) if c != code and border(code, c) is not None)


@lru_cache(maxsize=32)
def land(window: Window) -> BaseGeometry:
    """Give the land within a window in degrees: all countries there, joined."""
    # clipping is quick and may leave a shape that touches itself, which no union takes
    parts = [shapely.clip_by_rect(p, *window) for p in shapes_in("land", window)]
    whole = [p if p.is_valid else shapely.make_valid(p) for p in parts if not p.is_empty]
    return whole[0] if len(whole) == 1 else shapely.union_all(whole)
