"""Regions told relative to places: sectors, rings, discs, bands, parts and what lies between, true on the sphere.

Directions away from a place are cones about it (Peuquet and Zhan 1987, "An algorithm to determine the directional
relationship between arbitrarily-shaped polygons in the plane", Pattern Recognition 20(1); Frank 1996, "Qualitative
spatial reasoning: cardinal directions as an example", IJGIS 10(3)). Their widths follow the point-radius method for
locality descriptions (Wieczorek, Guo and Hijmans 2004, IJGIS 18(8), "direction imprecision"): *north* is 45 degrees to
either side, *northeast* 22.5, *north-northeast* 11.25.

Directions inside a place are cuts across it, at right angles to the direction (Frank's 1992 "projection-based"
directions with a neutral zone, Journal of Visual Languages and Computing 3(4)): by area, in the cylindrical equal-area
projection true at the place's middle, where parallels and meridians are straight, so that a cut to the north follows a
parallel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geo.crs import EARTH_RADIUS_M, bearing_deg, destination, distance_m
from geo.errors import InputError
from geo.toponyms.globe import Coordinates, ahead, around, reach_m, rounded, to_globe, to_plane, to_point, wrapped

DETOUR = 1.12
"""A place between two others lengthens the way from one to the other by no more than an eighth."""

_STEP_DEG = 2.5  # arcs are drawn in chords: 0.02 % of the radius off the circle at most
_QUARTER_M = EARTH_RADIUS_M * math.pi / 2
_HALVINGS = 26  # of the way between two places: to less than a metre
_CUTS = 30  # halvings of the width of a place to find a share of its area: far below the grid


@dataclass(frozen=True, slots=True)
class Region:
    """A shape on the ground.

    Attributes
    ----------
    geometry
        WGS 84, longitude first; polygons that cross the antimeridian are cut there (RFC 7946, 3.1.9).
    lon, lat
        Where to point at: inside the shape, but for rings, whose middle is that of what they go round, since any point
        of a ring would claim a direction that nobody told.
    precision_m
        Radius about it that holds the whole shape.
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

    Returns
    -------
    Region
        Its point is on the axis, at the geometric mean of the radii, since nearer is likelier: distances told by a
        direction alone spread evenly over their logarithm. With no inner radius, at half the outer one.

    Raises
    ------
    InputError
        Where the numbers make no shape.
    """
    _check(inner_m, outer_m)
    if not 0 < half_angle < 180:
        raise InputError(f"half_angle = {half_angle} makes no cone", do="Give between 0 and 180 degrees")
    steps = max(2, math.ceil(2 * half_angle / _STEP_DEG))
    turns = [math.radians(bearing - half_angle + 2 * half_angle * i / steps) for i in range(steps + 1)]
    shell = [(outer_m * math.sin(t), outer_m * math.cos(t)) for t in turns]
    shell += [(inner_m * math.sin(t), inner_m * math.cos(t)) for t in reversed(turns)] if inner_m else [(0.0, 0.0)]
    away = math.sqrt(inner_m * outer_m) if inner_m else outer_m / 2
    return _region(Polygon(shell), (lon, lat), ahead(lon, lat, bearing, away))


def disc(lon: float, lat: float, *, radius_m: float) -> Region:
    """Draw all that lies within a distance of an anchor; see `sector` for units and errors."""
    return ring(lon, lat, inner_m=0, outer_m=radius_m)


def ring(lon: float, lat: float, *, inner_m: float, outer_m: float) -> Region:
    """Draw all that lies between two distances from an anchor; see `sector` for units and errors."""
    _check(inner_m, outer_m)
    shape = _circle(outer_m)
    return _region(shape.difference(_circle(inner_m)) if inner_m else shape, (lon, lat), (lon, lat))


def between(lon1: float, lat1: float, lon2: float, lat2: float) -> Region:
    """Draw what lies between two points: the places that lengthen the way from one to the other by an eighth at most.

    That is an ellipse with both points inside, near its ends, half as wide as it is long (`DETOUR`).

    Raises
    ------
    InputError
        Where the two points are the same, or farther apart than a quarter of the Earth's girth.
    """
    length, middle = _axis(lon1, lat1, lon2, lat2)
    steps = round(180 / _STEP_DEG)
    shell = []
    for i in range(steps):
        turn = i * 360 / steps
        far = _farthest(middle, turn, (lon1, lat1), (lon2, lat2), DETOUR * length)
        shell.append((far * math.sin(math.radians(turn)), far * math.cos(math.radians(turn))))
    return _region(Polygon(shell), middle, middle)


def _farthest(
    middle: tuple[float, float], turn: float, one: tuple[float, float], other: tuple[float, float], way_m: float
) -> float:
    """How far one can go from the middle in a direction until the way past there gets too long."""
    low, high = 0.0, way_m
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        x, y = destination(*middle, turn, half)
        low, high = (half, high) if distance_m(*one, x, y) + distance_m(x, y, *other) <= way_m else (low, half)
    return low


def among(points: Sequence[tuple[float, float]]) -> Region:
    """Draw what lies among three points or more: their hull, and a tenth of its width around it.

    Raises
    ------
    InputError
        Where all points are the same, or far apart as in `between`.
    """
    lon, lat = _mean(points)
    flat = to_plane(MultiPoint([(lon + math.remainder(x - lon, 360), y) for x, y in points]), lon, lat)
    hull = flat.convex_hull
    width = max(distance_m(*a, *b) for a in points for b in points)
    if not 1 <= width < _QUARTER_M:
        raise InputError("the points are the same, or too far apart", do="Name places near each other")
    shape = hull.buffer(width / 10)
    middle = to_point(shape.centroid.x, shape.centroid.y, lon, lat)
    return _region(shape, (lon, lat), middle)


def line(points: Sequence[tuple[float, float]]) -> Region:
    """Draw the great circles from point to point, with ``precision_m`` half the whole length.

    Raises
    ------
    InputError
        Where two points that follow each other are the same, or farther apart than a quarter of the Earth's girth.
    """
    legs = [(*a, *b) for a, b in pairwise(points)]
    lengths = [_axis(*leg)[0] for leg in legs]
    left = sum(lengths) / 2
    middle = points[0]
    for leg, length in zip(legs, lengths, strict=True):
        if left <= length:
            middle = destination(*leg[:2], bearing_deg(*leg), left)
            break
        left -= length
    unwrapped = [(middle[0] + math.remainder(x - middle[0], 360), y) for x, y in points]
    shape = to_globe(to_plane(LineString(unwrapped), *middle), *middle)
    return Region(shape, *middle, precision_m=max(sum(lengths) / 2, reach_m(shape, *middle)))


def band(course: BaseGeometry, *, half_width_m: float, lon: float, lat: float) -> Region:
    """Draw the ground within a distance of a line.

    Parameters
    ----------
    course
        Lines or polygons in degrees.
    half_width_m
        Metres to either side.
    lon, lat
        A point on or by the line, which the region points at.
    """
    shape = to_plane(around(course, lon), lon, lat).buffer(half_width_m)
    return _region(shape, (lon, lat), (lon, lat))


def moved(shape: BaseGeometry, *, bearing: float, metres: float, lon: float, lat: float) -> BaseGeometry:
    """Move a shape in degrees in a direction, true about a point by it."""
    t = math.radians(bearing)
    flat = to_plane(around(shape, lon), lon, lat)
    return to_globe(translate(flat, metres * math.sin(t), metres * math.cos(t)), lon, lat)


def part(outline: BaseGeometry, *, bearing: float, share: float) -> Region:
    """Cut off the part of a place that lies farthest in a direction.

    Parameters
    ----------
    outline
        The place, polygons in degrees.
    bearing
        The direction, degrees clockwise from north.
    share
        Of its area, more than 0 and less than 1.
    """
    middle = _middle(outline)
    flat = _levelled(around(outline, middle[0]), middle, bearing)
    whole, (west, low, east, high) = flat.area, flat.bounds
    top = high
    for _ in range(_CUTS):
        cut = (low + high) / 2
        kept = shapely.clip_by_rect(flat, west - 1, cut, east + 1, top + 1).area
        low, high = (cut, high) if kept > share * whole else (low, cut)
    kept_part = flat.intersection(shapely.box(west - 1, low, east + 1, top + 1))
    return of_outline(wrapped(_unlevelled(kept_part, middle, bearing)))


def core(outline: BaseGeometry, *, share: float) -> Region:
    """Keep the middle of a place: what lies in a circle about its middle with a share of its area."""
    middle = _middle(outline)
    flat = _levelled(around(outline, middle[0]), middle, 0)
    inner = flat.intersection(Point(0, 0).buffer(math.sqrt(share * flat.area / math.pi)))
    return of_outline(wrapped(_unlevelled(inner, middle, 0))) if not inner.is_empty else of_outline(outline)


def of_outline(shape: BaseGeometry) -> Region:
    """Make a region of a shape in degrees: its point is the centroid if that lies inside, else a point that does."""
    middle = around(shape, shapely.get_parts(shape)[0].centroid.x)
    point = middle.centroid if middle.contains(middle.centroid) else _nearest_inside(middle)
    lon = math.remainder(point.x, 360)
    return Region(rounded(shape), lon, point.y, reach_m(shape, lon, point.y))


def _nearest_inside(shape: BaseGeometry) -> Point:
    """Give a point well inside a crescent or an arc: the one nearest to its centroid, off the edge."""
    size = math.sqrt(shape.area)
    # a coast with all its corners takes a hundred times as long to shrink, for the same point
    inner = shape.simplify(0.01 * size).buffer(-0.05 * size, quad_segs=2)
    if inner.is_empty:
        return shape.representative_point()
    point = nearest_points(inner, shape.centroid)[0]
    return point if shape.contains(point) else shape.representative_point()


def within(region: Region, outline: BaseGeometry) -> Region:
    """Keep the part of a region that lies within an outline, or the region as it is where nothing would be left."""
    kept = rounded(region.geometry.intersection(outline))
    return _kept(region, kept)


def without(region: Region, outline: BaseGeometry) -> Region:
    """Keep the part of a region that lies outside an outline, or the region as it is where nothing would be left."""
    kept = rounded(region.geometry.difference(outline))
    return _kept(region, kept)


def _kept(region: Region, kept: BaseGeometry) -> Region:
    if kept.is_empty or kept.area <= 0:
        return region
    if kept.contains(Point(region.lon, region.lat)):
        return Region(kept, region.lon, region.lat, reach_m(kept, region.lon, region.lat))
    return of_outline(kept)


def _middle(outline: BaseGeometry) -> tuple[float, float]:
    largest = max(shapely.get_parts(outline), key=lambda p: p.area)
    centroid = around(outline, largest.centroid.x).centroid
    return math.remainder(centroid.x, 360), max(-85.0, min(85.0, centroid.y))


def _levelled(outline: BaseGeometry, middle: tuple[float, float], bearing: float) -> BaseGeometry:
    """Project a shape to the equal-area cylinder, in Earth radii, and turn it until a direction points up."""
    lon, c, s = middle[0], math.cos(math.radians(middle[1])), math.sin(math.radians(middle[1]))

    def project(points: Coordinates) -> Coordinates:
        import numpy as np

        x = np.radians(points[:, 0] - lon) * c
        return np.column_stack([x, (np.sin(np.radians(points[:, 1])) - s) / c])

    flat = shapely.transform(outline, project)
    return rotate(flat if flat.is_valid else flat.buffer(0), bearing, origin=(0, 0))


def _unlevelled(shape: BaseGeometry, middle: tuple[float, float], bearing: float) -> BaseGeometry:
    lon, c, s = middle[0], math.cos(math.radians(middle[1])), math.sin(math.radians(middle[1]))

    def project(points: Coordinates) -> Coordinates:
        import numpy as np

        y = np.degrees(np.arcsin(np.clip(points[:, 1] * c + s, -1, 1)))
        return np.column_stack([lon + np.degrees(points[:, 0] / c), y])

    return shapely.transform(rotate(shape, -bearing, origin=(0, 0)), project)


def _circle(radius: float) -> Polygon:
    return Polygon(radius * _unit_circle())


@cache
def _unit_circle() -> Coordinates:
    import numpy as np

    turns = [math.radians(i * _STEP_DEG) for i in range(round(360 / _STEP_DEG))]
    return np.array([(math.sin(t), math.cos(t)) for t in turns])


def _axis(lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[float, tuple[float, float]]:
    length = distance_m(lon1, lat1, lon2, lat2)
    if length < 1:
        raise InputError("both ends are the same point", do="Name two places")
    if length >= _QUARTER_M:
        raise InputError("the ends lie too far apart", do="Name places less than 10,000 km from each other")
    return length, destination(lon1, lat1, bearing_deg(lon1, lat1, lon2, lat2), length / 2)


def _mean(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Middle of points on the sphere."""
    vectors = [
        (
            math.cos(math.radians(y)) * math.cos(math.radians(x)),
            math.cos(math.radians(y)) * math.sin(math.radians(x)),
            math.sin(math.radians(y)),
        )
        for x, y in points
    ]
    a, b, c = (math.fsum(v[i] for v in vectors) for i in range(3))
    return math.degrees(math.atan2(b, a)), math.degrees(math.atan2(c, math.hypot(a, b)))


def _check(inner_m: float, outer_m: float) -> None:
    if not 0 <= inner_m < outer_m < _QUARTER_M:
        raise InputError(f"radii {inner_m} and {outer_m} m make no ring", do="Give 0 <= inner < outer < 10,000 km")


def _region(flat: BaseGeometry, origin: tuple[float, float], middle: tuple[float, float]) -> Region:
    """Bring a shape of the plane about a point to the globe."""
    shape = to_globe(flat, *origin)
    return Region(shape, *middle, precision_m=reach_m(shape, *middle))
