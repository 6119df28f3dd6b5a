"""The narrowest width of a corridor: how near the ground on the left of a road comes to that on its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.plane import GEOD, Plane
from geo.errors import InputError

_TOUCHES = 0.01  # metres


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

    The line, and its ends drawn out straight, part the ground in two. What bounds the ground on the left, holes in it
    among that, and what bounds it on the right are nearest to each other at the narrowest place; whoever holds the
    ground is cut off there first. Bounds before the line's beginning and behind its end do not count.

    Parameters
    ----------
    ground
        Polygons in degrees: the ground of one holder.
    line
        LineString in degrees: the road or course.
    step_m
        To how many metres along it the beginning and the end of the line are told from what lies beside it.

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
    found = []
    on_ground = 0.0
    for part in shapely.get_parts(flat).tolist():
        pieces = shapely.get_parts(shapely.line_merge(shapely.intersection(part, course))).tolist()
        for piece in pieces:
            if piece.geom_type == "LineString" and piece.length > 0:
                on_ground += piece.length
                found.append((piece, _narrowest(part, _along(piece, course), step_m)))
    chords = [(piece, chord) for piece, chord in found if chord is not None]
    if not chords:
        return None
    piece, chord = min(chords, key=lambda pair: (pair[1].length, pair[1].bounds))
    at = shapely.get_coordinates(shapely.shortest_line(piece, chord))[:1]
    across, (lon, lat) = shapely.transform(chord, plane.back), plane.back(at)[0]
    whole = on_ground >= course.length * (1 - 1e-6)
    return Width(float(GEOD.geometry_length(across)), float(lon), float(lat), across, whole)


def _along(piece: Any, course: Any) -> Any:
    """Give a piece of a line in the line's own direction."""
    first, last = (course.project(shapely.Point(piece.coords[end])) for end in (0, -1))
    return piece if first <= last else shapely.reverse(piece)


def _narrowest(ground: Any, piece: Any, step_m: float) -> Any:
    """Give the shortest line between the bounds of a polygon on either side of a piece of line; None without two."""
    through = _drawn_out(ground, piece)
    faces = shapely.get_parts(
        shapely.polygonize(shapely.get_parts(shapely.union_all([shapely.boundary(ground), through])).tolist())
    )
    sides: dict[bool, list[Any]] = {True: [], False: []}
    for face in faces[shapely.contains(shapely.buffer(ground, _TOUCHES), faces)].tolist():
        side = _side(face, through)
        if side:
            sides[side > 0] += _walls(face, through, piece, step_m)
    left, right = (shapely.union_all(sides[side]) for side in (True, False))
    return None if left.is_empty or right.is_empty else shapely.shortest_line(left, right)


def _drawn_out(ground: Any, piece: Any) -> Any:
    """Draw both ends of a piece of line out straight to the edge of the ground."""
    points = shapely.get_coordinates(piece)
    far = float(np.ptp(np.reshape(ground.bounds, (2, 2)), axis=0).sum()) + piece.length
    ends = []
    for end, before in ((points[0], points[1]), (points[-1], points[-2])):
        away = end + (end - before) / np.hypot(*(end - before)) * far
        parts = shapely.get_parts(shapely.intersection(shapely.LineString([end, away]), ground))
        near = [p for p in parts.tolist() if p.length > 0 and p.distance(shapely.Point(end)) < _TOUCHES]
        # A little further than the edge, so that the lines meet.
        length = near[0].length + 1.0 if near else 1.0
        ends.append(end + (away - end) / far * length)
    return shapely.LineString(np.vstack([ends[0][None], points, ends[1][None]]))


def _side(face: Any, through: Any) -> float:
    """Tell whether a face lies on the left of a line (above 0) or on its right, by how its rim runs along the line."""
    points = shapely.get_coordinates(shapely.orient_polygons(face).exterior)
    on_line = shapely.distance(through, shapely.points(points)) < _TOUCHES
    both = on_line[:-1] & on_line[1:]
    return float(np.diff(shapely.line_locate_point(through, shapely.points(points)))[both].sum())


def _walls(face: Any, through: Any, piece: Any, step_m: float) -> Sequence[Any]:
    """Give the bounds of a face that lie beside a piece of line, neither before its beginning nor behind its end."""
    rings = shapely.get_rings(shapely.segmentize(face, step_m))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    shapes = shapely.points(points)
    beside = _inside(shapely.line_locate_point(piece, shapes), float(piece.length))
    on_line = shapely.distance(through, shapes) < _TOUCHES
    one_ring = ring[:-1] == ring[1:]
    kept = one_ring & beside[:-1] & beside[1:] & ~(on_line[:-1] & on_line[1:])
    return list(shapely.linestrings(np.stack([points[:-1][kept], points[1:][kept]], axis=1)))


def _inside(along: NDArray[np.float64], length: float) -> NDArray[np.bool_]:
    return np.asarray((along > _TOUCHES) & (along < length - _TOUCHES))
