"""A plane about the points: the oblique stereographic projection, which is conformal, so that bisectors are drawn true.

Of the circles of the globe it makes circles again (Snyder 1987, *Map Projections: A Working Manual*, USGS Professional
Paper 1395, pp. 154-163), so that the Delaunay triangles of the plane are those of the globe. Lengths are multiplied
with ``1 / cos²(c / 2)`` at the angle c from the centre; reaches are multiplied with it too. What error remains in a
bisector comes from the change of that factor within a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


def plane_about(lonlat: Floats) -> Plane:
    """Choose the plane about points in degrees, shape (n, 2).

    Raises
    ------
    InputError
        Where a coordinate is not on the globe, or a point lies further than `MOST_SPAN_M` from the middle of all.
    """
    lon, lat = np.radians(np.asarray(lonlat, dtype=float)).T
    if not (np.isfinite(lonlat).all() and (np.abs(lonlat) <= (360.0, 90.0)).all()):
        bad = next(tuple(pair) for pair in np.asarray(lonlat).tolist() if not _on_globe(*pair))
        raise InputError(f"{bad} is no longitude and latitude in degrees", do="Give longitude first, then latitude")
    # The middle of the box around the points on the globe: it does not move with how many points stand where.
    ball = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    middle = (ball.min(axis=0) + ball.max(axis=0)) / 2
    length = float(np.linalg.norm(middle))
    far = np.arccos(np.clip(ball @ middle / max(length, 1e-12), -1, 1)).max() * EARTH_RADIUS_M
    if length < 0.05 or far > MOST_SPAN_M:
        raise InputError(
            "the points lie too far apart for one plane: more than 5,000 km from their middle",
            do="Draw the zones of each theatre for itself",
        )
    centre = np.degrees([np.arctan2(middle[1], middle[0]), np.arcsin(middle[2] / length)])
    return Plane(*(round(float(value), 3) for value in centre))


def _on_globe(lon: float, lat: float) -> bool:
    return bool(np.isfinite([lon, lat]).all()) and abs(lon) <= 360 and abs(lat) <= 90


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


def at_antimeridian(shape: Any) -> Any:
    """Cut polygons or lines whose longitudes pass 180 degrees there, and bring the rest round (RFC 7946 section 3.1.9).

    Edges must have a vertex at the meridian already, so that neighbours stay neighbours.
    """
    west, _, east, _ = shapely.bounds(shape)
    if not (west < -180 or east > 180):
        return shape
    return _collected([_turned(shape, turn) for turn in (-360, 0, 360)])


def _turned(shape: Any, turn: int) -> Any:
    cut = shapely.clip_by_rect(shape, -180.0 - turn, -90.0, 180.0 - turn, 90.0)
    return shapely.transform(cut, lambda xy: np.round(xy + np.array([turn, 0.0]), DECIMALS) + 0.0)


def _collected(shapes: Sequence[Any]) -> Any:
    parts = [part for shape in shapes for part in shapely.get_parts(shape) if part.length > 0]
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    return shapely.multipolygons(polygons) if polygons else shapely.multilinestrings(parts)


def unwrapped(shape: Any) -> Any:
    """Bring the parts of a shape that was cut at the antimeridian side by side again, their longitudes passing 180."""
    west, _, east, _ = shapely.bounds(shape)
    if not (west == -180 and east == 180):
        return shape
    turn: Callable[[Any], Any] = lambda xy: xy + np.array([360.0, 0.0])  # noqa: E731
    parts = [
        shapely.transform(p, turn) if shapely.bounds(p)[0] == -180 else p for p in shapely.get_parts(shape).tolist()
    ]
    return shapely.union_all(parts)
