"""Which part of the world a picture shows, and where a longitude and a latitude come to lie on the sheet.

The projection is equirectangular with the middle parallel of the window true to scale (Snyder 1987, USGS Professional
Paper 1395, p. 90): north is up, lengths along the meridians and along the middle parallel are true.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.crs import EARTH_RADIUS_M
from geo.maps.picture.canvas import Box

Bounds = tuple[float, float, float, float]

METRES_PER_DEGREE = math.radians(1) * EARTH_RADIUS_M
LEAST_WIDTH_M = 12_000
# Near the poles the projection would stretch without end.
LEAST_COSINE = 0.05


@dataclass(frozen=True, slots=True)
class Window:
    """A window of the world on a rectangle of the sheet.

    Attributes
    ----------
    west, south, east, north
        WGS 84 degrees; east may pass 180.
    box
        Where it is drawn, in CSS pixels.
    """

    west: float
    south: float
    east: float
    north: float
    box: Box

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north in degrees."""
        return (self.west, self.south, self.east, self.north)

    @property
    def metres_per_pixel(self) -> float:
        """How many metres a CSS pixel is, along the meridians and the middle parallel."""
        return (self.north - self.south) * METRES_PER_DEGREE / self.box.height


def fit(bounds: Bounds, box: Box) -> Window:
    """Widen bounds until they have the shape of the box, and lay them on it."""
    west, south, east, north = bounds
    middle = ((west + east) / 2, (south + north) / 2)
    squeeze = max(LEAST_COSINE, math.cos(math.radians(middle[1])))
    height = max(north - south, (east - west) * squeeze * box.height / box.width)
    # The world is 360 degrees round; a window that went further would show a place twice.
    height = min(height, 360 * squeeze * box.height / box.width)
    width = height / squeeze * box.width / box.height
    return Window(middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2, box)


def choose_bounds(wanted: Sequence[Bounds], theatre: Bounds | None) -> Bounds:
    """Choose what to show: all that is wanted within the theatre with a margin, else the theatre, else the world.

    Parameters
    ----------
    wanted
        Bounds of the features of the day; those outside of the theatre are left out, those that reach out are cut.
    theatre
        What the atlas looks at; None where it names none.

    Returns
    -------
    tuple of float
        West, south, east, north in degrees; east passes 180 where the theatre does.
    """
    inside = [cut for bounds in wanted if (cut := cut_to(bounds, theatre))]
    if not inside:
        return _onward(theatre) if theatre else (-180.0, -60.0, 180.0, 80.0)
    west, south = min(b[0] for b in inside), min(b[1] for b in inside)
    east, north = max(b[2] for b in inside), max(b[3] for b in inside)
    squeeze = max(LEAST_COSINE, math.cos(math.radians((south + north) / 2)))
    least = LEAST_WIDTH_M / METRES_PER_DEGREE
    margin = 0.09 * max((east - west) * squeeze, north - south)
    pad_y = max(margin, (least - (north - south)) / 2)
    pad_x = max(margin, (least - (east - west) * squeeze) / 2) / squeeze
    return (west - pad_x, max(-90.0, south - pad_y), east + pad_x, min(90.0, north + pad_y))


def _onward(bounds: Bounds) -> Bounds:
    """Let the east run on past 180 where it lies west of the west."""
    west, south, east, north = bounds
    return (west, south, east if east >= west else east + 360, north)


def cut_to(bounds: Bounds, theatre: Bounds | None) -> Bounds | None:
    """Cut bounds to the theatre; None where they lie outside of it."""
    if theatre is None:
        return bounds
    theatre = _onward(theatre)
    west, south, east, north = bounds
    turn = 360 * math.ceil((theatre[0] - east) / 360) if east < theatre[0] else 0
    west, east = max(west + turn, theatre[0]), min(east + turn, theatre[2])
    south, north = max(south, theatre[1]), min(north, theatre[3])
    return (west, south, east, north) if west <= east and south <= north else None


def on_sheet(geometries: Sequence[Any], window: Window, *, margin: float = 40) -> list[Any]:
    """Bring geometries from WGS 84 onto the sheet, cut to the window and so many pixels around it.

    Longitudes are taken round the world where the window needs it, but a line is never cut at the antimeridian.
    """
    box = window.box
    scale_x = box.width / (window.east - window.west)
    scale_y = box.height / (window.north - window.south)

    def project(points: Any) -> Any:
        x = box.left + (points[:, 0] - window.west) * scale_x
        y = box.top + (window.north - points[:, 1]) * scale_y
        return np.column_stack([x, y])

    edge = box.grown(margin)
    shapes = []
    for geometry in geometries:
        turned = _turned(geometry, window)
        flat = shapely.transform(turned, project)
        shapes.append(shapely.clip_by_rect(flat, edge.left, edge.top, edge.right, edge.bottom))
    return shapes


def point_on_sheet(lon: float, lat: float, window: Window) -> tuple[float, float]:
    """Bring a point onto the sheet."""
    box = window.box
    lon += _turns(lon, lon, window)
    x = box.left + (lon - window.west) * box.width / (window.east - window.west)
    return x, box.top + (window.north - lat) * box.height / (window.north - window.south)


def _turned(geometry: Any, window: Window) -> Any:
    west, _, east, _ = shapely.bounds(geometry)
    turn = _turns(west, east, window)
    return shapely.transform(geometry, lambda points: points + np.array([turn, 0.0])) if turn else geometry


def _turns(west: float, east: float, window: Window) -> float:
    if math.isnan(west):
        return 0
    if east < window.west and west + 360 <= window.east:
        return 360
    if west > window.east and east - 360 >= window.west:
        return -360
    return 0
