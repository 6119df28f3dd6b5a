"""The front line in a given outline of control: its boundary without what runs along a coast or a border.

Published outlines, such as DeepState's, end at the coast and at the state border as well as at the front. Coast and
border come from another map, which lies some kilometres off in places, so that they cannot be taken away line by line:
a front is where the country that is fought over goes on beyond the boundary.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.plane import DECIMALS, plane_about
from geo.errors import InputError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_STEP_M = 250.0
_AROUND = 2  # steps either way that the direction of the boundary is taken from


def front_of_outline(
    ground: shapely.Geometry,
    territory: shapely.Geometry,
    *,
    outward_m: float = 5_000.0,
    least_m: float = 5_000.0,
) -> tuple[shapely.LineString, ...]:
    """Give the parts of an outline's boundary that are a front line.

    At every 250 m a line is laid from the boundary straight outward. Where all of it lies on the territory, the
    boundary is a front.

    Parameters
    ----------
    ground
        Polygons in degrees, which may overlap.
    territory
        Polygons in degrees: the land that is fought over, up to its coast and its border.
    outward_m
        How long that line is: as far as the two maps may disagree about coast and border. A front that faces a border
        at a shorter distance is not told from it.
    least_m
        Shorter runs are left out, and shorter gaps in a run are closed: where a spit or an inlet leads astray.

    Returns
    -------
    tuple of LineString
        WGS 84, the ground on their left, on the boundary's own vertices between their ends; by west end, then south.

    Raises
    ------
    InputError
        Where the ground is no polygon.
    """
    parts = [part for part in shapely.get_parts(ground).tolist() if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        raise InputError(
            "there is no polygon to take the front line from", do="Give polygons of the ground that is held"
        )
    whole = shapely.orient_polygons(shapely.union_all(parts))
    plane = plane_about(shapely.get_coordinates(whole))
    land = plane.shape(shapely.intersection(territory, shapely.buffer(shapely.box(*whole.bounds), 1.0)))
    found = []
    for ring in shapely.get_rings(shapely.get_parts(plane.shape(whole))).tolist():
        points = shapely.get_coordinates(shapely.segmentize(ring, _STEP_M))
        length = np.hypot(*np.diff(points, axis=0).T)
        if length.sum() < 2 * _STEP_M:  # a speck of the drawing
            continue
        free = _free(points, land, outward_m)
        free = _cleaned(free, length, least_m)
        found += [points[run] for run in _runs(free)]
    lines = [shapely.LineString(np.round(plane.back(line), DECIMALS) + 0.0) for line in found]
    return tuple(sorted(lines, key=lambda line: (line.bounds, line.length)))


def _free(points: Floats, land: Any, outward_m: float) -> Flags:
    """Tell the steps of a closed ring, the ground on its left, beyond which the land goes on."""
    ring = points[:-1]
    count = len(ring)
    here = np.arange(count)
    ahead, behind = ring[(here + 1 + _AROUND) % count], ring[(here - _AROUND) % count]
    along = ahead - behind
    size = np.hypot(along[:, 0], along[:, 1])[:, None]
    out = np.column_stack([along[:, 1], -along[:, 0]]) / np.maximum(size, 1e-9)
    middle = (ring + points[1:]) / 2
    across = shapely.linestrings(np.stack([middle, middle + outward_m * out], axis=1))
    shapely.prepare(land)
    return np.asarray(shapely.covers(land, across), dtype=bool)


def _cleaned(free: Flags, length: Floats, least_m: float) -> Flags:
    """Close short gaps, then leave out short runs."""
    for value in (False, True):
        free = free.copy()
        for run in _steps(free, value):
            if len(run) < len(free) and length[run].sum() < least_m:
                free[run] = not value
    return free


def _steps(free: Flags, value: bool) -> list[NDArray[np.int64]]:
    """Give the runs of steps of a closed ring that have a value."""
    here = np.flatnonzero(free == value)
    if not len(here):
        return []
    runs = np.split(here, np.flatnonzero(np.diff(here) > 1) + 1)
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == len(free) - 1:
        runs[0] = np.concatenate([runs.pop(), runs[0]])
    return runs


def _runs(free: Flags) -> list[NDArray[np.int64]]:
    """Give the vertices of each run: one more than it has steps."""
    return [np.append(run, (run[-1] + 1) % len(free)) for run in _steps(free, True)]
