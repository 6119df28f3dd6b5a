"""Names of the ground itself: seas, lakes, rivers and first-level divisions, from the packaged tables of the world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely

from geo.data import read_csv
from geo.maps.picture.canvas import Box
from geo.maps.picture.window import METRES_PER_DEGREE, Window, on_sheet, point_on_sheet

# Radii on the sheet, in pixels: what is smaller has no room for its name, what is larger fills the sheet anyway.
DIVISION, SEA = (55.0, 650.0), (80.0, 5000.0)
LEAST_LAKE = 420.0  # square pixels
LEAST_RIVER = 120.0  # pixels of its course


@dataclass(frozen=True, slots=True)
class GroundName:
    """A name with its middle on the sheet; ``kind`` is ``"division"``, ``"water"`` or ``"river"``."""

    text: str
    x: float
    y: float
    kind: str


@cache
def _table(name: str) -> tuple[tuple[str, float, float, float], ...]:
    """Read names with longitude, latitude and radius in metres; the widest first."""
    rows = [
        (row["name"], float(row["lon"]), float(row["lat"]), float(row["precision_m"]))
        for row in read_csv(name)
        if row["name"] and row["precision_m"]
    ]
    return tuple(sorted(rows, key=lambda row: (-row[3], row[0])))


def ground_names(basemap: Mapping[str, Any], window: Window) -> list[GroundName]:
    """Give the names of what is seen of the world in a window, the largest first.

    Parameters
    ----------
    basemap
        With ``countries``, on which no sea is named, ``lakes`` and ``rivers``.
    window
        Of the map.
    """
    land = _land(basemap, window)
    seas = [n for n in _round(window, "seas.csv", SEA, "water") if not land.contains(shapely.Point(n.x, n.y))]
    lakes = list(_lakes(basemap, window))
    divisions = _round(window, "subdivisions.csv", DIVISION, "division")
    once: dict[str, GroundName] = {}
    for name in (*seas, *lakes, *_rivers(basemap, window), *divisions):
        once.setdefault(name.text, name)
    return list(once.values())


def _land(basemap: Mapping[str, Any], window: Window) -> Any:
    frame = basemap.get("countries", ())
    shapes = on_sheet(frame.geometry, window, margin=0) if len(frame) else []
    return shapely.union_all(shapely.make_valid(shapes)) if shapes else shapely.Polygon()


def _round(window: Window, table: str, radii: tuple[float, float], kind: str) -> Iterator[GroundName]:
    least, most = radii
    frame = window.box.grown(-8)
    for text, lon, lat, radius_m in _table(table):
        if not window.south <= lat <= window.north or not least <= radius_m / window.metres_per_pixel <= most:
            continue
        x, y = point_on_sheet(lon, lat, window)
        if frame.holds(Box(x, y, x, y)):
            yield GroundName(text, x, y, kind)


def _lakes(basemap: Mapping[str, Any], window: Window) -> Iterator[GroundName]:
    frame = basemap.get("lakes", ())
    if not len(frame) or window.metres_per_pixel > METRES_PER_DEGREE / 10:
        return
    shapes = on_sheet(frame.geometry, window, margin=0)
    found = sorted(zip(frame["name"], shapes, strict=True), key=lambda pair: (-pair[1].area, pair[0]))
    for text, shape in found:
        if text and shape.area >= LEAST_LAKE:
            point = shapely.point_on_surface(shape)
            yield GroundName(str(text), point.x, point.y, "water")


def _rivers(basemap: Mapping[str, Any], window: Window) -> Iterator[GroundName]:
    """Name each river once, in the middle of the longest stretch of it that is seen; the longest first."""
    frame = basemap.get("rivers", ())
    if not len(frame) or "name" not in frame:
        return
    longest: dict[str, Any] = {}
    for text, shape in zip(frame["name"], on_sheet(frame.geometry, window, margin=-12), strict=True):
        for part in shapely.get_parts(shape) if text else ():
            if part.length > max(LEAST_RIVER, longest[text].length if text in longest else 0.0):
                longest[str(text)] = part
    for text, part in sorted(longest.items(), key=lambda pair: (-pair[1].length, pair[0])):
        point = part.interpolate(0.5, normalized=True)
        yield GroundName(text, point.x, point.y, "river")
