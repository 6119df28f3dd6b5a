"""Regions told relative to places: sectors, rings, discs and strips about an anchor, drawn on the sphere.

Directions are cones about the anchor (Frank 1991, "Qualitative spatial reasoning with cardinal directions", and 1996,
"Qualitative spatial reasoning: cardinal directions as an example", IJGIS 10(3)). Their widths follow the point-radius
method for locality descriptions (Wieczorek, Guo and Hijmans 2004, IJGIS 18(8), "direction imprecision"): *north* is 45
degrees to either side, *northeast* 22.5, *north-northeast* 11.25. Shapes are drawn point by point with great circles
from the anchor, which is the azimuthal equidistant plane about it (`geo.crs`).
"""

import math
from dataclasses import dataclass

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.affinity import translate
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geo.crs import EARTH_RADIUS_M, bearing_deg, destination, distance_m
from geo.errors import InputError

_STEP_DEG = 5.0  # arcs are drawn in chords of five degrees: 0.1 % of the radius off the circle at most
_QUARTER_M = EARTH_RADIUS_M * math.pi / 2


@dataclass(frozen=True, slots=True)
class Region:
    """A shape on the ground.

    Attributes
    ----------
    geometry
        WGS 84, longitude first; polygons that cross the antimeridian are cut there (RFC 7946, 3.1.9).
    lon, lat
        Its middle: on the axis of the cone, at the radius that halves the area between the arcs.
    precision_m
        Radius about the middle that holds the whole shape.
    """

    geometry: BaseGeometry
    lon: float
    lat: float
    precision_m: float


def sector(lon: float, lat: float, *, bearing: float, half_angle: float, inner_m: float, outer_m: float) -> Region:
    """Draw the part of a ring about an anchor that lies in a cone of directions.

    Parameters
    ----------
    lon, lat
        The anchor, degrees.
    bearing
        Axis of the cone, degrees clockwise from north.
    half_angle
        Degrees to either side of the axis, more than 0 and less than 180.
    inner_m, outer_m
        Radii in metres, ``0 <= inner_m < outer_m``, ``outer_m`` less than a quarter of the Earth's girth.

    Raises
    ------
    InputError
        Where the numbers make no shape, or the shape would reach over a pole.
    """
    _check(lat, inner_m, outer_m)
    if not 0 < half_angle < 180:
        raise InputError(f"half_angle = {half_angle} makes no cone", do="Give between 0 and 180 degrees")
    steps = max(2, math.ceil(2 * half_angle / _STEP_DEG))
    bearings = [bearing - half_angle + 2 * half_angle * i / steps for i in range(steps + 1)]
    shell = [destination(lon, lat, b, outer_m) for b in bearings]
    if inner_m:
        shell += [destination(lon, lat, b, inner_m) for b in reversed(bearings)]
    else:
        shell.append((lon, lat))
    middle = destination(lon, lat, bearing, math.sqrt((inner_m**2 + outer_m**2) / 2))
    return _region(shell, [], anchor=lon, middle=middle)


def disc(lon: float, lat: float, *, radius_m: float) -> Region:
    """Draw all that lies within a distance of an anchor; see `sector` for units and errors."""
    return ring(lon, lat, inner_m=0, outer_m=radius_m)


def ring(lon: float, lat: float, *, inner_m: float, outer_m: float) -> Region:
    """Draw all that lies between two distances from an anchor; see `sector` for units and errors."""
    _check(lat, inner_m, outer_m)
    bearings = [i * _STEP_DEG for i in range(round(360 / _STEP_DEG))]
    shell = [destination(lon, lat, b, outer_m) for b in bearings]
    hole = [destination(lon, lat, b, inner_m) for b in bearings] if inner_m else []
    return _region(shell, [hole] if hole else [], anchor=lon, middle=(lon, lat))


def strip(lon1: float, lat1: float, lon2: float, lat2: float, *, half_width_m: float) -> Region:
    """Draw the strip between two points: round caps at both, ``half_width_m`` metres to either side of the line.

    Raises
    ------
    InputError
        Where the two points are the same, or the strip would reach over a pole.
    """
    length = distance_m(lon1, lat1, lon2, lat2)
    if length < 1:
        raise InputError("both ends are the same point", do="Name two places")
    there = bearing_deg(lon1, lat1, lon2, lat2)
    middle = destination(lon1, lat1, there, length / 2)
    onward, back = bearing_deg(*middle, lon2, lat2), bearing_deg(*middle, lon1, lat1)
    _check(max(abs(lat1), abs(lat2), abs(middle[1])), 0, half_width_m)
    turns = [i * _STEP_DEG for i in range(round(180 / _STEP_DEG) + 1)]
    shell = [destination(lon2, lat2, bearing_deg(lon2, lat2, *middle) + 90 + t, half_width_m) for t in turns]
    shell += [destination(lon1, lat1, bearing_deg(lon1, lat1, *middle) + 90 + t, half_width_m) for t in turns]
    if abs(math.remainder(onward - back - 180, 360)) > 1:  # pragma: no cover - great circles are straight
        raise InputError("the two ends lie opposite each other", do="Name places nearer to each other")
    return _region(shell, [], anchor=middle[0], middle=middle)


def line(lon1: float, lat1: float, lon2: float, lat2: float) -> Region:
    """Draw the great circle between two points, with ``precision_m`` half its length.

    Raises
    ------
    InputError
        Where the two points are the same.
    """
    length = distance_m(lon1, lat1, lon2, lat2)
    if length < 1:
        raise InputError("both ends are the same point", do="Name two places")
    middle = destination(lon1, lat1, bearing_deg(lon1, lat1, lon2, lat2), length / 2)
    geometry = LineString([(lon1, lat1), (_unwrapped(middle[0], lon1), middle[1]), (_unwrapped(lon2, lon1), lat2)])
    return Region(_rounded(geometry), *middle, precision_m=length / 2)


def clip(shape: Region, outline: BaseGeometry) -> Region:
    """Keep the part of a region that lies within an outline, or the region as it is where nothing would be left."""
    kept = shape.geometry.intersection(outline)
    if kept.is_empty or kept.area <= 0:
        return shape
    if kept.geom_type == "GeometryCollection":
        kept = MultiPolygon([part for part in kept.geoms if part.geom_type == "Polygon"])
    point = kept.representative_point() if not kept.contains(kept.centroid) else kept.centroid
    reach = max(distance_m(point.x, point.y, x, y) for x, y in _corners(kept))
    return Region(_rounded(kept), point.x, point.y, reach)


def _check(lat: float, inner_m: float, outer_m: float) -> None:
    if not 0 <= inner_m < outer_m < _QUARTER_M:
        raise InputError(f"radii {inner_m} and {outer_m} m make no ring", do="Give 0 <= inner < outer < 10,000 km")
    if abs(lat) + math.degrees(outer_m / EARTH_RADIUS_M) >= 90:
        raise InputError("a region that reaches over a pole cannot be drawn", do="Give a smaller region")


def _region(
    shell: list[tuple[float, float]],
    holes: list[list[tuple[float, float]]],
    *,
    anchor: float,
    middle: tuple[float, float],
) -> Region:
    polygon = Polygon(
        [(_unwrapped(x, anchor), y) for x, y in shell],
        [[(_unwrapped(x, anchor), y) for x, y in hole] for hole in holes],
    )
    reach = max(distance_m(*middle, x, y) for x, y in shell)
    return Region(_rounded(_cut(polygon)), *middle, precision_m=reach)


def _unwrapped(lon: float, anchor: float) -> float:
    """Longitude within 180 degrees of the anchor's, so that a shape has no jump."""
    return anchor + math.remainder(lon - anchor, 360)


def _cut(polygon: Polygon) -> BaseGeometry:
    """Cut a polygon at the antimeridian where it reaches over."""
    west, _, east, _ = polygon.bounds
    if west >= -180 and east <= 180:
        return polygon
    parts = []
    for turn in (-360, 0, 360):
        part = translate(polygon, xoff=turn).intersection(box(-180, -90, 180, 90))
        pieces = part.geoms if hasattr(part, "geoms") else [part]
        parts += [p for p in pieces if p.geom_type == "Polygon" and p.area > 0]
    return MultiPolygon(parts)


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round to a millionth of a degree, 11 cm: the same bytes on every machine, and far below what a report can say."""

    def to_grid(points: object) -> object:
        return points.round(6)  # type: ignore[attr-defined]

    rounded = shapely.transform(geometry, to_grid)
    return rounded if rounded.is_valid else rounded.buffer(0)


def _corners(geometry: BaseGeometry) -> list[tuple[float, float]]:
    polygons = geometry.geoms if hasattr(geometry, "geoms") else [geometry]
    return [(x, y) for polygon in polygons for x, y in polygon.exterior.coords]
