"""Rounder zones: the shared edges are cut at their corners once for both sides, so that nothing opens between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import Edges
from geo.control.faces import Mesh, chains, mesh_of, mesh_of_numbered, polygons
from geo.control.frontline import zone_edges
from geo.control.plane import DECIMALS, at_antimeridian
from geo.control.records import ControlPoint, Zone

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def smooth_zones(zones: Sequence[Zone], *, points: Iterable[ControlPoint] = (), rounds: int = 2) -> tuple[Zone, ...]:
    """Round the corners of zones.

    Each line between two zones, or between one and the unknown, is an arc from one meeting of three to the next. Its
    corners are cut at a quarter and three quarters of its edges (Chaikin 1974, *Computer Graphics and Image Processing*
    3), its ends stay. An arc that would then cross another one, or leave a control point on the wrong side, stays as it
    was.

    Parameters
    ----------
    zones
        A valid coverage.
    points
        That must stay in the zone that they lie in.
    rounds
        How often corners are cut.

    Returns
    -------
    tuple of Zone
        The same zones, a valid coverage again.
    """
    if not zones:
        return ()
    mesh = mesh_of_numbered(zone_edges(zones))
    arcs, sides = _arcs(mesh)
    curved = [_chaikin(arc, rounds) for arc in arcs]
    at = np.array([(p.lon, p.lat) for p in points], dtype=float).reshape(-1, 2)
    bent = np.ones(len(arcs), dtype=bool)
    while bent.any():
        chosen = [c if b else a for a, c, b in zip(arcs, curved, bent.tolist(), strict=True)]
        bad = _broken(arcs, chosen, bent, at)
        if not bad.any():
            return _rebuilt(zones, chosen, sides) or tuple(zones)
        bent &= ~bad
    return tuple(zones)


def _arcs(mesh: Mesh) -> tuple[list[Floats], list[tuple[int, int]]]:
    """Give the lines between meetings of three faces or more, each once, with the zones on its left and right."""
    other = mesh.other
    forward = (mesh.key > other) | ((mesh.key == other) & (mesh.tail < mesh.head))
    degree = np.bincount(mesh.tail, minlength=len(mesh.points))
    linked = forward & (mesh.key[mesh.after] == mesh.key) & (other[mesh.after] == other) & (degree[mesh.head] == 2)
    order, begins = chains(mesh.after, linked)
    ends = np.append(begins[1:], len(order))
    arcs, sides = [], []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        run = order[begin:end]
        if forward[run[0]]:
            arcs.append(mesh.points[np.append(mesh.tail[run], mesh.head[run[-1]])])
            sides.append((int(mesh.key[run[0]]), int(other[run[0]])))
    return arcs, sides


def _chaikin(arc: Floats, rounds: int) -> Floats:
    closed = bool((arc[0] == arc[-1]).all())
    for _ in range(rounds):
        if len(arc) < 3:
            break
        near, far = 0.75 * arc[:-1] + 0.25 * arc[1:], 0.25 * arc[:-1] + 0.75 * arc[1:]
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        arc = np.vstack([cut, cut[:1]]) if closed else np.vstack([arc[:1], cut[1:-1], arc[-1:]])
    rounded = np.round(arc, DECIMALS) + 0.0
    moved = np.append(True, (np.diff(rounded, axis=0) != 0).any(axis=1))
    return np.asarray(rounded[moved], dtype=float)


def _broken(arcs: Sequence[Floats], chosen: Sequence[Floats], bent: NDArray[np.bool_], points: Floats) -> Any:
    """Tell the bent arcs that collapse, cross another one or themselves, or pass over a point as they bend."""
    whole = np.array([len(arc) > 1 for arc in chosen])
    lines = np.array([shapely.LineString(c if w else ()) for c, w in zip(chosen, whole.tolist(), strict=True)])
    bad = ~whole | ~shapely.is_simple(lines)
    a, b = shapely.STRtree(lines).query(lines, predicate="intersects")
    a, b = a[a < b], b[a < b]
    # Arcs may share their ends alone: in the nine-intersection model (Egenhofer and Franzosa 1991) they touch.
    crossing = ~shapely.touches(lines[a], lines[b])
    bad[a[crossing]] = bad[b[crossing]] = True
    if len(points):
        swept = [
            shapely.make_valid(shapely.Polygon(np.vstack([arc, new[::-1]]))) if b else shapely.Polygon()
            for arc, new, b in zip(arcs, chosen, (bent & whole).tolist(), strict=True)
        ]
        _, over = shapely.STRtree(swept).query(shapely.points(points), predicate="intersects")
        bad[over] = True
    return bad & bent


def _rebuilt(
    zones: Sequence[Zone], arcs: Sequence[Floats], sides: Sequence[tuple[int, int]]
) -> tuple[Zone, ...] | None:
    """Make zones of arcs again; None where they do not fit."""
    steps = np.array([len(arc) - 1 for arc in arcs])
    start, end = np.vstack([arc[:-1] for arc in arcs]), np.vstack([arc[1:] for arc in arcs])
    left, right = np.repeat(np.array(sides, dtype=np.int64), steps, axis=0).T
    shapes, keys = polygons(mesh_of(Edges(start, end, left, right)))
    wholes = [shapely.multipolygons(shapes[keys == number]) for number in range(len(zones))]
    if not (shapely.is_valid(wholes).all() and shapely.coverage_is_valid(wholes)):
        return None
    return tuple(replace(z, geometry=w) for z, w in zip(zones, at_antimeridian(wholes), strict=True))
