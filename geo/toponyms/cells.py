"""Cells: what the lines between provinces, which are all that the basemap has of them, part a country in."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, polygonize

_GAP_DEG = 0.08  # the ends of province lines lie so near to the line or coast that they should meet


def cells(whole: BaseGeometry, lines: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Part a country in cells.

    Parameters
    ----------
    whole
        The outline of the country, in degrees.
    lines
        Lines between provinces; those of other countries are left out, and loose ends joined where they nearly meet.
    """
    shapely.prepare(whole)
    inside = [x for x in lines if whole.intersects(x)]
    links = _links(inside, whole.boundary)
    return list(polygonize(shapely.union_all([whole.boundary, *inside, *links])))


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
    runs: list[LineString] = []
    for piece in shapely.get_parts(edge):
        points = shapely.get_coordinates(piece)
        whole = (len(points) - 1) // 16 * 16
        runs += [shapely.linestrings(points[i : i + 17]) for i in range(0, whole, 16)]
        runs += [LineString(points[whole:])] if whole < len(points) - 1 else []
    return runs
