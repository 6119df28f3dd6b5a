"""A plane about the points: the oblique stereographic projection, which is conformal, so that bisectors are drawn true.

Of the circles of the globe it makes circles again (Snyder 1987, *Map Projections: A Working Manual*, USGS Professional
Paper 1395, pp. 154-163), so that the Delaunay triangles of the plane are those of the globe. Lengths are multiplied
with ``1 / cos²(c / 2)`` at the angle c from the centre; reaches are multiplied with it too. What error remains in a
bisector comes from the change of that factor within a cell: between points 10 km apart it is 2 cm at 100 km from the
centre and 16 cm at 1,000 km.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj

from geo.crs import EARTH_RADIUS_M
from geo.errors import InputError

Floats = NDArray[np.float64]

DECIMALS = 6
"""Of a coordinate in degrees: a tenth of a metre, the grid on which vertices of zones lie."""
GRID = 10.0**-DECIMALS
MOST_SPAN_M = 5_000_000.0
"""How far a point may lie from the middle of all points: there lengths are 17 % too long in the plane."""
GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane in metres about a centre.

    Attributes
    ----------
    lon, lat
        Its centre, WGS 84 degrees.
    """

    lon: float
    lat: float

    def forward(self, lonlat: Floats) -> Floats:
        """Bring degrees, shape (n, 2), into the plane."""
        lon, lat = np.asarray(lonlat, dtype=float).T
        return np.column_stack(self._proj()(lon, lat))

    def back(self, xy: Floats) -> Floats:
        """Bring points of the plane, shape (n, 2), to degrees, unrounded.

        Longitudes lie within 180 degrees of the centre's, and so may pass 180.
        """
        x, y = np.asarray(xy, dtype=float).T
        lon, lat = self._proj()(x, y, inverse=True)
        return np.column_stack([self.near(np.asarray(lon)), lat])

    def near(self, lon: Floats) -> Floats:
        """Give longitudes within 180 degrees of the centre's."""
        return np.asarray(self.lon + np.mod(lon - self.lon + 180.0, 360.0) - 180.0)

    def scale(self, xy: Floats) -> Floats:
        """Tell by how much lengths about points of the plane are too long there, shape (n,)."""
        return np.asarray(1.0 + (np.asarray(xy) ** 2).sum(axis=1) / (2 * EARTH_RADIUS_M) ** 2)

    def shape(self, geometry: shapely.Geometry) -> Any:
        """Bring a geometry in degrees into the plane."""
        return shapely.transform(geometry, self.forward)

    def _proj(self) -> Proj:
        return Proj(proj="stere", lat_0=self.lat, lon_0=self.lon, ellps="WGS84")


def plane_about(lonlat: Floats, *, centre: tuple[float, float] | None = None) -> Plane:
    """Choose the plane about points in degrees, shape (n, 2), or about a centre that they lie around.

    Raises
    ------
    InputError
        Where a coordinate is not on the globe, or a point lies further than `MOST_SPAN_M` from the middle of all.
    """
    check_on_globe(lonlat)
    lon, lat = np.radians(np.asarray(lonlat, dtype=float)).T
    # The middle of the box around the points on the globe: it does not move with how many points stand where.
    ball = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    middle = (ball.min(axis=0) + ball.max(axis=0)) / 2 if centre is None else _on_ball(*centre)
    length = float(np.linalg.norm(middle))
    far = np.arccos(np.clip(ball @ middle / max(length, 1e-12), -1, 1)).max() * EARTH_RADIUS_M
    if length < 0.05 or far > MOST_SPAN_M:
        raise InputError(
            "the points lie too far apart for one plane: more than 5,000 km from their middle",
            do="Draw the zones of each theatre for itself",
        )
    at = np.degrees([np.arctan2(middle[1], middle[0]), np.arcsin(middle[2] / length)])
    return Plane(*(round(float(value), 3) for value in at))


def _on_ball(lon: float, lat: float) -> Floats:
    x, y = np.radians(lon), np.radians(lat)
    return np.array([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def check_on_globe(lonlat: Floats) -> None:
    """Refuse what is no longitude and latitude in degrees, shape (n, 2).

    Raises
    ------
    InputError
        Where a number is missing, a longitude beyond 360 or a latitude beyond 90.
    """
    good = (np.abs(lonlat) <= (360.0, 90.0)).all(axis=1)  # false for NaN
    if not good.all():
        bad = tuple(np.asarray(lonlat)[~good][0].tolist())
        raise InputError(f"{bad} is no longitude and latitude in degrees", do="Give longitude first, then latitude")


def check_no_pole(start: Floats, end: Floats) -> None:
    """Refuse edges in degrees, shape (n, 2) each, that pass the meridian behind the plane: they go round a pole.

    Raises
    ------
    InputError
        Where one does.
    """
    if len(start) and (np.abs(start[:, 0] - end[:, 0]) > 180).any():
        raise InputError(
            "the ground reaches over or round a pole, where longitudes end",
            do="Take a shorter reach, or leave out the points beside the pole",
        )


def at_antimeridian(shapes: Sequence[Any]) -> list[Any]:
    """Cut polygons whose longitudes pass 180 degrees there, and bring the rest round (RFC 7946 section 3.1.9).

    Edges must have a vertex at the meridian already; all vertices there are put into all edges along it, so that
    neighbours share theirs.
    """
    west, _, east, _ = shapely.total_bounds(list(shapes))
    if not (west < -180 or east > 180):
        return list(shapes)
    points = shapely.get_coordinates(list(shapes))
    stops = np.unique(points[np.abs(points[:, 0]) == 180.0, 1])
    return [_cut(shape, stops) for shape in shapes]


def _cut(shape: Any, stops: Floats) -> Any:
    cut = [
        shapely.transform(shapely.clip_by_rect(shape, -180.0 - turn, -90.0, 180.0 - turn, 90.0), _turn(turn))
        for turn in (-360.0, 0.0, 360.0)
    ]
    parts = [part for side in cut for part in shapely.get_parts(side) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.multipolygons([_noded(part, stops) for part in parts])


def _noded(polygon: Any, stops: Floats) -> Any:
    rings = []
    for ring in shapely.get_rings(polygon).tolist():
        points = shapely.get_coordinates(ring)
        more = [points[:1]]
        for a, b in pairwise(points):
            if abs(a[0]) == 180.0 and a[0] == b[0]:
                between = stops[(stops > min(a[1], b[1])) & (stops < max(a[1], b[1]))]
                between = between if a[1] < b[1] else between[::-1]
                more.append(np.column_stack([np.full(len(between), a[0]), between]))
            more.append(b[None])
        rings.append(np.vstack(more))
    return shapely.Polygon(rings[0], rings[1:])


def line_at_antimeridian(line: shapely.LineString) -> list[shapely.LineString]:
    """Cut a line as `at_antimeridian` does polygons, into one line or more."""
    points = shapely.get_coordinates(line)
    middle = (points[1:, 0] + points[:-1, 0]) / 2
    # A piece on the meridian itself stays on the side where it is.
    turns = np.where(middle > 180, -360.0, np.where(middle < -180, 360.0, 0.0))
    if not turns.any():
        return [line]
    begins = np.append(np.flatnonzero(np.diff(turns, prepend=np.nan) != 0), len(turns))
    return [shapely.LineString(_turn(turns[a])(points[a : b + 1])) for a, b in pairwise(begins.tolist())]


def _turn(degrees: float) -> Callable[[Floats], Floats]:
    def turned(xy: Floats) -> Floats:
        return np.asarray(np.round(xy + np.array([degrees, 0.0]), DECIMALS) + 0.0)

    return turned


def unwrapped(shapes: Sequence[Any]) -> Any:
    """Bring shapes that were cut at the antimeridian side by side again: longitudes of its eastern side pass 180."""
    found = np.array(list(shapes), dtype=object)
    if not len(found) or not (shapely.total_bounds(found)[0] == -180 and shapely.total_bounds(found)[2] == 180):
        return found

    parts, owner = shapely.get_parts(found, return_index=True)
    west = shapely.bounds(parts)[:, 0] < 0
    parts[west] = shapely.transform(parts[west], _turn(360.0))
    return np.asarray([shapely.multipolygons(parts[owner == number]) for number in range(len(found))])
