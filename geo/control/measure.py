"""What can be measured of zones and front lines: areas, connected parts, distances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from pyproj import Proj

from geo.control.cells import NOBODY
from geo.control.faces import mesh_of_numbered, polygons
from geo.control.frontline import zone_edges
from geo.control.plane import GEOD, at_antimeridian
from geo.control.records import Front, Part, Zone
from geo.control.shared import edges_of
from geo.errors import InputError

_ON_RIM = 1e-7  # degrees


def area_m2(shape: shapely.Geometry) -> float:
    """Give the area of polygons in degrees on the ellipsoid WGS 84, their edges taken as geodesics (Karney 2013)."""
    parts = shapely.get_parts(shapely.orient_polygons(shape)).tolist()
    return float(sum(GEOD.geometry_area_perimeter(part)[0] for part in parts if part.geom_type == "Polygon"))


def holder_areas_m2(zones: Sequence[Zone]) -> dict[str, float]:
    """Give the area of each holder, in whatever states, in square metres on the ellipsoid."""
    found: dict[str, float] = {}
    for zone in zones:
        found[zone.holder] = found.get(zone.holder, 0.0) + area_m2(zone.geometry)
    return dict(sorted(found.items()))


def zone_parts(zones: Sequence[Zone]) -> tuple[Part, ...]:
    """Give the connected parts of each holder's ground.

    Parameters
    ----------
    zones
        A valid coverage.

    Returns
    -------
    tuple of Part
        By holder, the largest first. Ground of several states is one if it shares an edge; what meets at a corner alone
        is not connected.
    """
    holders = sorted({zone.holder for zone in zones})
    rank = np.array([*(holders.index(zone.holder) for zone in zones), NOBODY])
    edges = zone_edges(zones)
    edges = replace(edges, left=rank[edges.left], right=rank[edges.right])
    shapes, keys = polygons(mesh_of_numbered(edges.where(edges.left != edges.right)))
    beside, open_ = _surroundings(shapes)
    found = []
    for number, (whole, key) in enumerate(zip(at_antimeridian(shapes.tolist()), keys.tolist(), strict=True)):
        near = tuple(sorted({holders[int(keys[other])] for other in beside.get(number, ())}))
        found.append(Part(holders[key], whole, area_m2(whole), False, number not in open_, near))
    found.sort(key=lambda part: (part.holder, -part.area_m2, part.geometry.bounds))
    firsts = {part.holder: number for number, part in reversed(list(enumerate(found)))}
    return tuple(
        Part(p.holder, p.geometry, p.area_m2, firsts[p.holder] == number, p.enclosed, p.neighbours)
        for number, p in enumerate(found)
    )


def _surroundings(shapes: Any) -> tuple[dict[int, set[int]], set[int]]:
    """Tell which polygons share an edge, and which ones have nobody beside their outer rim."""
    edges = edges_of(shapes, np.arange(len(shapes)))
    beside: dict[int, set[int]] = {}
    rim: dict[int, list[int]] = {}
    for n, (a, b) in enumerate(zip(edges.left.tolist(), edges.right.tolist(), strict=True)):
        if NOBODY in (a, b):
            rim.setdefault(max(a, b), []).append(n)
        else:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
    middle = (edges.start + edges.end) / 2
    open_ = {
        number
        for number, those in rim.items()
        if shapely.dwithin(shapely.get_exterior_ring(shapes[number]), shapely.points(middle[those]), _ON_RIM).any()
    }
    return beside, open_


def part_at(parts: Sequence[Part], lon: float, lat: float) -> Part | None:
    """Find the part that a point in degrees lies in; two points in one part are connected on their holder's ground."""
    point = shapely.Point(lon, lat)
    return next((part for part in parts if shapely.intersects(part.geometry, point)), None)


def front_distance_m(fronts: Iterable[Front], lon: float, lat: float) -> float:
    """Give the distance from a place to the nearest front line, in metres.

    In the azimuthal equidistant plane about the place, where distances from it are true (Snyder 1987, p. 191).

    Parameters
    ----------
    fronts
        At least one.
    lon, lat
        The place, WGS 84 degrees.

    Raises
    ------
    InputError
        Where there is no front line.
    """
    proj = Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")

    def flat(lonlat: Any) -> Any:
        return np.column_stack(proj(lonlat[:, 0], lonlat[:, 1]))

    lines = [shapely.transform(shapely.segmentize(front.geometry, 0.05), flat) for front in fronts]
    if not lines:
        raise InputError(
            "there is no front line to be near to", do="Give the front lines of a day on which there is one"
        )
    return float(shapely.distance(shapely.Point(0, 0), lines).min())
