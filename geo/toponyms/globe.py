"""Shapes between the globe and the plane about a point: azimuthal equidistant there, degrees of WGS 84 here.

The plane's x is east, its y north, in metres; distances and bearings from its own point are true (`geo.crs`). On the
globe, shapes that cross the antimeridian are cut there (RFC 7946, 3.1.9), and shapes that hold a pole reach up to it:
their edge runs along the parallel 90, so that a plane map in degrees fills them rightly.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon
from shapely.affinity import translate
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geo.crs import EARTH_RADIUS_M

Coordinates = NDArray[np.float64]

_WORLD = box(-180, -90, 180, 90)
_PIECES = (
    24  # an edge is drawn in at least so many pieces of the shape's width, since it is no straight line in degrees
)
_GRID = 6  # a millionth of a degree, 11 cm: the same bytes everywhere, and far below what a report can say


def to_plane(shape: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Project a shape in degrees, longitude first, to metres in the plane about a point, east first."""

    def project(points: Coordinates) -> Coordinates:
        dx, y = np.radians(points[:, 0] - lon), np.radians(points[:, 1])
        p = math.radians(lat)
        cosine = np.clip(math.sin(p) * np.sin(y) + math.cos(p) * np.cos(y) * np.cos(dx), -1, 1)
        angle = np.arccos(cosine)
        sine = np.sin(angle)
        # near the point itself the ratio is 1, and arccos loses digits: take the chord
        scale = np.where(sine > 1e-9, angle / np.where(sine > 1e-9, sine, 1), 1.0)
        east = np.cos(y) * np.sin(dx)
        north = math.cos(p) * np.sin(y) - math.sin(p) * np.cos(y) * np.cos(dx)
        return np.column_stack([east * scale, north * scale]) * EARTH_RADIUS_M

    return shapely.transform(shape, project)


def to_globe(shape: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Bring a shape in metres in the plane about a point back to degrees, cut at the antimeridian and valid.

    Parameters
    ----------
    shape
        Polygons or lines; polygons reach less than a quarter of the Earth's girth from the point.
    lon, lat
        The point.
    """
    west, south, east, north = shape.bounds
    dense = shapely.segmentize(shape, max(east - west, north - south, 1.0) / _PIECES)
    parts: list[BaseGeometry] = []
    for part in shapely.get_parts(dense):
        if isinstance(part, Polygon):
            ground = _filled(_degrees(shapely.get_coordinates(part.exterior), lon, lat), lat)
            for hole in part.interiors:
                ground = ground.difference(_filled(_degrees(shapely.get_coordinates(hole), lon, lat), lat))
            parts.append(ground)
        elif isinstance(part, LineString):
            parts.append(_cut(LineString(_unwrapped(_degrees(shapely.get_coordinates(part), lon, lat)))))
    return rounded(shapely.union_all(parts) if len(parts) > 1 else parts[0])


def _degrees(points: Coordinates, lon: float, lat: float) -> Coordinates:
    """Longitude and latitude of points of the plane, each by the great circle from its centre.

    By vectors, which hold at the poles too: the centre, and the east and the north of it.
    """
    d = np.hypot(points[:, 0], points[:, 1]) / EARTH_RADIUS_M
    t = np.arctan2(points[:, 0], points[:, 1])
    x, y = math.radians(lon), math.radians(lat)
    centre = np.array([math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)])
    east = np.array([-math.sin(x), math.cos(x), 0.0])
    north = np.array([-math.sin(y) * math.cos(x), -math.sin(y) * math.sin(x), math.cos(y)])
    ahead = np.outer(np.sin(t), east) + np.outer(np.cos(t), north)
    ground = np.outer(np.cos(d), centre) + ahead * np.sin(d)[:, None]
    turn = np.degrees(np.arctan2(ground[:, 1], ground[:, 0]))
    near = lon + (turn - lon + 180) % 360 - 180
    return np.column_stack([near, np.degrees(np.arctan2(ground[:, 2], np.hypot(ground[:, 0], ground[:, 1])))])


def to_point(east: float, north: float, lon: float, lat: float) -> tuple[float, float]:
    """Bring a point of the plane about a point back to longitude and latitude."""
    x, y = _degrees(np.array([[east, north]]), lon, lat)[0]
    return math.remainder(float(x), 360), float(y)


def ahead(lon: float, lat: float, bearing: float, metres: float) -> tuple[float, float]:
    """Give the point at a distance in a direction, as `geo.crs.destination` does, from the poles too."""
    t = math.radians(bearing)
    return to_point(metres * math.sin(t), metres * math.cos(t), lon, lat)


def _unwrapped(ring: Coordinates) -> Coordinates:
    """Longitudes without jumps along the ring."""
    return np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]])


def _filled(ring: Coordinates, lat: float) -> BaseGeometry:
    """Fill a ring of degrees; one that goes round a pole is filled up to it: the one on the side of ``lat``."""
    ring = _unwrapped(ring)
    first, last = ring[0], ring[-1]
    if abs(last[0] - first[0]) > 180:
        pole = math.copysign(90.0, lat)
        ring = np.vstack([ring, [last[0], pole], [first[0], pole]])
    polygon = Polygon(ring)
    return _cut(polygon if polygon.is_valid else polygon.buffer(0))


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """Bring a shape within 180 degrees of the prime meridian, cut where it reaches over."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    turns = range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1)
    return shapely.union_all([translate(shape, xoff=-360 * turn).intersection(_WORLD) for turn in turns])


def around(shape: BaseGeometry, lon: float) -> BaseGeometry:
    """Move the parts of a shape in degrees to within half a turn of a meridian, so that nothing jumps at 180."""
    parts = shapely.get_parts(shape)
    turns = [round((lon - p.centroid.x) / 360) for p in parts]
    if not any(turns):
        return shape  # joining the thousand islands of a country that lies right already takes longer than all else
    moved = [translate(p, xoff=360 * turn) for p, turn in zip(parts, turns, strict=True)]
    return shapely.union_all(moved) if len(moved) > 1 else moved[0]


def wrapped(shape: BaseGeometry) -> BaseGeometry:
    """Undo `around`: within -180 and 180 again, polygons alone, rounded."""
    return rounded(_cut(shape))


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Round to a millionth of a degree and keep only areas, where there are any."""

    def to_grid(points: Any) -> Any:
        return np.clip(points.round(_GRID), (-180, -90), (180, 90))

    result = shapely.transform(shape, to_grid)
    if not result.is_valid:
        result = result.buffer(0)
    areas = [p for p in shapely.get_parts(result) if isinstance(p, Polygon) and p.area > 0]
    if not areas:
        return result
    return MultiPolygon(areas) if len(areas) > 1 else areas[0]


def reach_m(shape: BaseGeometry, lon: float, lat: float) -> float:
    """Metres from a point to the farthest corner of a shape."""
    points = np.radians(shapely.get_coordinates(shape))
    y, p = points[:, 1], math.radians(lat)
    h = np.sin((y - p) / 2) ** 2 + math.cos(p) * np.cos(y) * np.sin((points[:, 0] - math.radians(lon)) / 2) ** 2
    return float(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0, 1))).max())
