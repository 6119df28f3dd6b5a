"""What can be measured of zones and front lines: areas, connected parts, the width of a corridor, distances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Proj

from geo.control.cells import NOBODY
from geo.control.faces import edges_of, mesh_of, polygons
from geo.control.frontline import zone_edges
from geo.control.plane import GEOD, Plane, at_antimeridian
from geo.control.records import Front, Part, Zone
from geo.errors import InputError

_DIRECTIONS = np.radians(np.arange(-60.0, 61.0, 10.0))
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
    edges = type(edges)(edges.start, edges.end, rank[edges.left], rank[edges.right])
    shapes, keys = polygons(mesh_of(edges.where(edges.left != edges.right)))
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


@dataclass(frozen=True, slots=True)
class Width:
    """The narrowest place of a corridor.

    Attributes
    ----------
    metres
        How wide it is there, on the ellipsoid.
    lon, lat
        Where, on the line.
    across
        The straight line from side to side, WGS 84.
    whole
        Whether the line lies on the ground from end to end; otherwise the width is that of the pieces which do.
    """

    metres: float
    lon: float
    lat: float
    across: shapely.LineString
    whole: bool


def corridor_width(ground: shapely.Geometry, line: shapely.Geometry, *, step_m: float = 100.0) -> Width | None:
    """Find the narrowest width of ground along a line that runs on it.

    Parameters
    ----------
    ground
        Polygons in degrees: the ground of one holder.
    line
        LineString in degrees: the road or course.
    step_m
        At which steps along the line it is measured, in metres. There, chords of the ground are laid through the line
        at right angles to it and turned by up to 60 degrees either way, and the shortest one counts: a wedge that comes
        near from the side narrows the corridor even where no perpendicular meets it.

    Returns
    -------
    Width or None
        None where the line nowhere runs on the ground.

    Raises
    ------
    InputError
        Where the step is not above 0.
    """
    if not step_m > 0:
        raise InputError(f"a step of {step_m:g} m is none", do="Give more than 0 metres")
    middle = line.interpolate(0.5, normalized=True)
    plane = Plane(round(middle.x, 3), round(middle.y, 3))
    flat, course = plane.shape(ground), plane.shape(line)
    pieces = [p for p in shapely.get_parts(shapely.intersection(flat, course)).tolist() if p.length > 0]
    if not pieces:
        return None
    chords = [chord for piece in _joined(pieces) for chord in _chords(flat, piece, step_m)]
    at, chord = min(chords, key=lambda found: (found[1].length, found[0].x, found[0].y))
    across, (lon, lat) = shapely.transform(chord, plane.back), plane.back(np.array([[at.x, at.y]]))[0]
    whole = sum(p.length for p in pieces) >= course.length * (1 - 1e-6)
    return Width(float(GEOD.geometry_length(across)), float(lon), float(lat), across, whole)


def _joined(pieces: Sequence[Any]) -> list[Any]:
    return list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces))).tolist())


def _chords(ground: Any, piece: Any, step_m: float) -> list[tuple[Any, Any]]:
    """Give points on a piece of line with the shortest chord of the ground through each."""
    count = max(1, int(np.ceil(piece.length / step_m)))
    along = (np.arange(count) + 0.5) / count * piece.length
    at = shapely.line_interpolate_point(piece, along)
    xy, reach = shapely.get_coordinates(at), float(np.ptp(np.reshape(ground.bounds, (2, 2)), axis=0).sum())
    # The line's direction over a step, so that a kink of the drawing counts for little.
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(piece, np.minimum(along + step_m / 2, piece.length)))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(piece, np.maximum(along - step_m / 2, 0.0)))
    course = np.arctan2(ahead[:, 1] - behind[:, 1], ahead[:, 0] - behind[:, 0])
    angle = course[:, None] + np.pi / 2 + _DIRECTIONS[None]
    turn = np.stack([np.cos(angle), np.sin(angle)], axis=2) * reach
    rays = shapely.linestrings(np.stack([xy[:, None] - turn, xy[:, None] + turn], axis=2))
    shapely.prepare(ground)
    cuts = shapely.intersection(rays, ground)
    found = []
    for point, those in zip(at.tolist(), cuts, strict=True):
        parts = [part for cut in those.tolist() for part in shapely.get_parts(cut).tolist() if part.length > 0]
        near = [part for part in parts if part.distance(point) < 1e-3]
        found.append((point, min(near, key=lambda part: float(part.length))))
    return found


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
