"""Front lines: the edges that the zones of two holders share, and how long they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import NOBODY
from geo.control.faces import Mesh, chains, mesh_of_numbered
from geo.control.plane import GEOD, line_at_antimeridian, unwrapped
from geo.control.records import Front, Zone
from geo.control.shared import Numbered, shared_edges
from geo.errors import InputError


def front_lines(zones: Sequence[Zone]) -> tuple[Front, ...]:
    """Give the lines between the zones of different holders.

    Parameters
    ----------
    zones
        A valid coverage, as `geo.control.control_zones` makes it, of one or more states a holder.

    Returns
    -------
    tuple of Front
        Their vertices are those of the shared edges. A line runs on until a third holder, the unknown, or another state
        of its zones begins. By sides, states, then place; the first side lies on the left. Lines that close end where
        they begin. Cut at the antimeridian.
    """
    edges = zone_edges(zones)
    holder = [zone.holder for zone in zones]
    first = _between_holders(edges, holder)
    mesh = mesh_of_numbered(first)
    runs, begins = _runs(mesh, holder)
    return tuple(_fronts(mesh, runs, begins, zones))


def zone_edges(zones: Sequence[Zone]) -> Numbered:
    """Give the edges between zones, in degrees, with the number of the zone on either side."""
    return shared_edges(unwrapped([zone.geometry for zone in zones]), np.arange(len(zones)))


def _between_holders(edges: Numbered, holder: Sequence[str]) -> Numbered:
    """Keep the edges between two holders."""
    _, rank = np.unique([*holder, ""], return_inverse=True)
    rank = np.append(rank[:-1], NOBODY)
    known = (edges.left != NOBODY) & (edges.right != NOBODY)
    return edges.where(known & (rank[edges.left] != rank[edges.right]))


def _runs(mesh: Mesh, holder: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Follow half-edges that have the first of two holders on their left, as long as both zones stay the same."""
    _, rank = np.unique(list(holder), return_inverse=True) if len(holder) else (None, np.empty(0, dtype=np.int64))
    other = mesh.other
    forward = rank[mesh.key] < rank[other] if len(mesh.key) else np.empty(0, dtype=bool)
    linked = forward & (mesh.key[mesh.after] == mesh.key) & (other[mesh.after] == other)
    order, begins = chains(mesh.after, linked)
    kept = forward[order]
    run = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(order))))[kept]
    return order[kept], np.flatnonzero(np.diff(run, prepend=-1))


def _fronts(mesh: Mesh, runs: NDArray[np.int64], begins: NDArray[np.int64], zones: Sequence[Zone]) -> Iterable[Front]:
    if not len(runs):
        return
    ends = np.append(begins[1:], len(runs)) - 1
    which = np.repeat(np.arange(len(begins)), ends - begins + 1)
    # Each run's vertices: the tail of every half-edge, and the head of the last one.
    vertex = np.insert(mesh.tail[runs], ends + 1, mesh.head[runs[ends]])
    line = np.insert(which, ends + 1, np.arange(len(begins)))
    shapes = shapely.linestrings(mesh.points[vertex], indices=line)
    left, right = mesh.key[runs[begins]], mesh.other[runs[begins]]
    lengths = _lengths(mesh.points[vertex], line, len(begins))
    order = _order(zones, left, right, mesh.tail[runs[begins]], mesh.head[runs[ends]], lengths)
    inside = bool((np.abs(mesh.points[:, 0]) <= 180).all())
    sorted_runs = (column[order].tolist() for column in (left, right, shapes, lengths))
    for a, b, shape, length in zip(*sorted_runs, strict=True):
        sides, states = (zones[a].holder, zones[b].holder), (zones[a].state, zones[b].state)
        if inside:
            yield Front(sides, states, shape, length)
            continue
        for part in line_at_antimeridian(shape):
            yield Front(sides, states, part, line_length_m(part))


def _order(zones: Sequence[Zone], left: Any, right: Any, first: Any, last: Any, lengths: Any) -> Any:
    """Order lines by sides, states, then place; vertices are numbered by place."""
    rank = {
        pair: n
        for n, pair in enumerate(
            sorted(
                set(zip(left.tolist(), right.tolist(), strict=True)),
                key=lambda p: (zones[p[0]].holder, zones[p[1]].holder, zones[p[0]].state, zones[p[1]].state),
            )
        )
    }
    pairs = np.array([rank[p] for p in zip(left.tolist(), right.tolist(), strict=True)])
    return np.lexsort((lengths, last, first, pairs))


def _lengths(points: NDArray[np.float64], line: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    within = np.flatnonzero(np.diff(line) == 0)
    a, b = points[within], points[within + 1]
    _, _, metres = GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    return np.asarray(np.bincount(line[within], weights=metres, minlength=count), dtype=float)


def line_length_m(line: shapely.Geometry) -> float:
    """Give the length of lines in degrees on the ellipsoid WGS 84, along all their vertices."""
    return float(GEOD.geometry_length(line))


def at_spacing(line: shapely.Geometry, spacing_m: float) -> shapely.Geometry:
    """Walk along a line with steps of equal length, as with dividers on a map.

    Parameters
    ----------
    line
        LineString in degrees.
    spacing_m
        Distance between vertices along the line, in metres; the last step is what is left.

    Returns
    -------
    LineString
        From the line's first point to its last; detail finer than the spacing is gone.

    Raises
    ------
    InputError
        Where the spacing is not above 0.
    """
    if not spacing_m > 0:
        raise InputError(f"a vertex spacing of {spacing_m:g} m is none", do="Give more than 0 metres")
    points = shapely.get_coordinates(line)
    _, _, metres = GEOD.inv(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1])
    along = np.concatenate([[0.0], np.cumsum(metres)])
    stops = np.append(np.arange(0.0, along[-1], spacing_m), along[-1])
    at = [np.interp(stops, along, points[:, k]) for k in range(2)]
    return shapely.LineString(np.column_stack(at))


def front_length_m(lines: Iterable[shapely.Geometry], *, spacing_m: float | None = None) -> float:
    """Give the length of lines at a vertex spacing, in metres on the ellipsoid.

    The length of a front line, like that of a coast, grows as it is measured with shorter steps (Richardson 1961,
    *General Systems Yearbook* 6; Mandelbrot 1967, *Science* 156, 636-638): lengths compare at one spacing alone.

    Parameters
    ----------
    lines
        In degrees.
    spacing_m
        As of `at_spacing`; None for all vertices that are there.
    """
    parts = [part for line in lines for part in shapely.get_parts(line).tolist()]
    if spacing_m is not None:
        parts = [at_spacing(part, spacing_m) for part in parts]
    return sum(line_length_m(part) for part in parts)
