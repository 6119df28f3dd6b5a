"""Zones of control: from who holds which place to who holds the ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.arrange import arrange
from geo.control.cells import NOBODY, Edges, cell_edges
from geo.control.faces import mesh_of, polygons
from geo.control.plane import DECIMALS, Plane, at_antimeridian, check_no_pole
from geo.control.records import ControlPoint, Ground, Zone, check_points
from geo.control.shared import contracted, edges_of
from geo.control.sites import Sites, make_sites, owner_keys

_LONG_EDGE_M = 10_000.0  # a straight line in degrees of that length strays 1.5 m from a straight one in the plane
_CHECKED = 40_000  # edges up to which the fit of all zones is checked as a whole


def control_zones(
    points: Iterable[ControlPoint],
    *,
    reach_m: float,
    extent: shapely.Geometry | None = None,
    barriers: Sequence[shapely.Geometry] = (),
    grounds: Sequence[Ground] = (),
    centre: tuple[float, float] | None = None,
) -> tuple[Zone, ...]:
    """Draw who holds the ground around and between points of which it is known.

    Ground belongs to the nearest point (Voronoi cells on a conformal plane about all points) and to nobody beyond that
    point's reach; cells of one holder and state are one zone.

    Parameters
    ----------
    points
        Who holds which place; in any order. Of several at one place (to 1e-6 degrees) the most certain counts, then the
        latest; where they still disagree, the place is contested, its holder all their names with ``/`` between.
    reach_m
        How far from a point the ground counts as its holder's, in metres: beyond it is unknown. A point's own reach
        goes before.
    extent
        Polygon that nothing is drawn beyond.
    barriers
        Lines that no cell crosses, such as rivers; polygons, such as lakes, which belong to nobody.
    grounds
        Known outlines. Ground inside belongs to the points inside, whatever their reach, else to the outline's holder;
        outside of one that names a holder, distance counts from its rim. Outlines with neither a holder nor a point
        inside are left out.
    centre
        Longitude and latitude of the plane's middle; that of the points if None. With one centre for several days,
        ground about which nothing changed keeps its vertices to the last digit.

    Returns
    -------
    tuple of Zone
        By holder, then state. Zones share edges vertex by vertex, without gap or overlap between them: they are a valid
        coverage (`shapely.coverage_is_valid`). The same for the same input in any order.

    Raises
    ------
    InputError
        Where a point or an outline is not right, all lie too far apart for one plane, or a zone reaches round a pole.
    """
    checked = check_points(points, reach_m)
    if not checked and not any(ground.holder for ground in grounds):
        return ()
    sites = make_sites(checked, tuple(grounds), reach_m, centre=centre)
    if extent is None and not len(barriers) and not sites.outlines:
        found = _plain(sites)
    else:
        near = [_near(b, sites.plane) for b in barriers]
        found = _arranged(sites, None if extent is None else _near(extent, sites.plane), near)
    return _records(sites, *found)


Found = tuple[NDArray[Any], NDArray[np.int64]]
"""Polygons in degrees, longitudes near the plane's centre, and their keys."""


def _plain(sites: Sites) -> Found:
    """Join cells by leaving out the edges between those of one key."""
    key = owner_keys(sites)
    cells = cell_edges(sites.xy, sites.reach, key=sites.key)
    keyed = Edges(cells.start, cells.end, key[cells.left], key[cells.right])
    edges = _in_degrees(sites.plane, keyed.where(keyed.left != keyed.right))
    found = _dissolved(sites.plane, edges)
    if _fits(found[0], len(edges)):
        return found
    # Rounding moved a vertex across an edge: node all of them anew.
    return _arranged(sites, None, ())


def _arranged(sites: Sites, extent: shapely.Geometry | None, barriers: Sequence[shapely.Geometry]) -> Found:
    edges = cell_edges(sites.xy, sites.reach, key=None if len(barriers) else sites.key)
    faces = arrange(sites, _in_degrees(sites.plane, edges), extent=extent, barriers=barriers)
    owned = faces.site != NOBODY
    return _dissolved(sites.plane, edges_of(faces.shapes[owned], sites.key[faces.site[owned]]))


def _dissolved(plane: Plane, edges: Edges) -> Found:
    return polygons(mesh_of(_split_at_antimeridian(plane, edges)))


def _fits(shapes: NDArray[Any], edges: int) -> bool:
    whole = bool(shapely.is_valid(shapes).all())
    return whole and (edges > _CHECKED or bool(shapely.coverage_is_valid(shapes)))


def _in_degrees(plane: Plane, edges: Edges) -> Edges:
    """Bring edges onto the grid of degrees, those that are long in steps."""
    length = np.hypot(*(edges.end - edges.start).T)
    steps = np.maximum(1, np.ceil(length / _LONG_EDGE_M)).astype(np.int64)
    if (steps > 1).any():
        edge = np.repeat(np.arange(len(edges)), steps)
        # From the same end for both neighbours, so that they agree on the vertices between.
        place = np.arange(len(edge)) - np.repeat(np.cumsum(steps) - steps, steps)
        share, more = (place / steps[edge])[:, None], ((place + 1) / steps[edge])[:, None]
        span = (edges.end - edges.start)[edge]
        start = edges.start[edge] + share * span
        end = np.where(more == 1, edges.end[edge], edges.start[edge] + more * span)
        edges = Edges(start, end, edges.left[edge], edges.right[edge])
    both = np.vstack([edges.start, edges.end])
    _, first, which = np.unique(
        np.ascontiguousarray(both + 0.0).view(np.complex128).ravel(), return_index=True, return_inverse=True
    )
    degrees = (np.round(plane.back(both[first]), DECIMALS) + 0.0)[which.ravel()]
    check_no_pole(degrees[: len(edges)], degrees[len(edges) :])
    degrees = contracted(degrees, len(edges))
    start, end = degrees[: len(edges)], degrees[len(edges) :]
    return Edges(start, end, edges.left, edges.right).where((start != end).any(axis=1))


def _split_at_antimeridian(plane: Plane, edges: Edges) -> Edges:
    """Put a vertex on the antimeridian where an edge crosses it."""
    for meridian in (-180.0, 180.0):
        a, b = edges.start[:, 0] - meridian, edges.end[:, 0] - meridian
        crossing = a * b < 0
        if abs(plane.lon - meridian) > 180 or not crossing.any():
            continue
        rest, cut = edges.where(~crossing), edges.where(crossing)
        share = (a[crossing] / (a[crossing] - b[crossing]))[:, None]
        middle = np.round(cut.start + share * (cut.end - cut.start), DECIMALS)
        middle[:, 0] = meridian
        edges = Edges(
            np.vstack([rest.start, cut.start, middle]), np.vstack([rest.end, middle, cut.end]),
            np.concatenate([rest.left, cut.left, cut.left]), np.concatenate([rest.right, cut.right, cut.right]),
        )  # fmt: skip
    return edges


def _near(shape: shapely.Geometry, plane: Plane) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: np.column_stack([plane.near(xy[:, 0]), xy[:, 1]]))


def _records(sites: Sites, shapes: NDArray[Any], keys: NDArray[np.int64]) -> tuple[Zone, ...]:
    seat_key = np.full(len(sites.ids), NOBODY)
    seat_key[sites.owner] = sites.key
    wholes = at_antimeridian([shapely.multipolygons(shapes[keys == n]) for n in range(len(sites.keys))])
    result = []
    for number, ((holder, state), whole) in enumerate(zip(sites.keys, wholes, strict=True)):
        if not whole.is_empty:
            seats = np.flatnonzero(seat_key == number)
            ids = tuple(sorted(set(chain.from_iterable([sites.ids[seat] for seat in seats.tolist()]))))
            result.append(Zone(holder, state, whole, ids, round(float(sites.certainty[seats].mean()), 3)))
    return tuple(result)
