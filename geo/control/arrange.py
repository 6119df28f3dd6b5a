"""Zones among outlines: grounds that are known, barriers that no cell crosses, an extent that all ends at.

All lines are noded on the grid of 1e-6 degrees with snap rounding (Hobby 1999, *Computational Geometry* 13), so that
faces fit together exactly; each face then gets the site that it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import NOBODY, Edges, cell_edges, lines
from geo.control.plane import DECIMALS, GRID, Plane
from geo.control.shared import edges_of
from geo.control.sites import Sites, owner_keys

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_ON_LINE = 2 * GRID  # how far from a barrier, in degrees, the midpoint of its own edge may lie after rounding
_NEAR = 10 * GRID  # how near, in degrees, lines come to edges that are noded with them
_EVERYWHERE = 50.0  # reach, in sizes of an area, of cells that are drawn within that area alone


@dataclass(frozen=True, slots=True)
class Faces:
    """Polygons that fit together, in degrees, and the site that each belongs to, or `NOBODY`."""

    shapes: NDArray[Any]
    site: Ints


def arrange(
    sites: Sites, edges: Edges, *, extent: shapely.Geometry | None, barriers: Sequence[shapely.Geometry]
) -> Faces:
    """Fit cells between outlines.

    Parameters
    ----------
    sites, edges
        The sites, and the edges of their cells in degrees.
    extent
        Polygon in degrees that all ends at; None for none.
    barriers
        Lines and polygons in degrees. A piece of a cell that a line cuts off from its site goes to the nearest of the
        sites on its own side, within that one's reach; what a polygon covers belongs to nobody.

    Returns
    -------
    Faces
        Of which those without a site cover ground beyond reach and beyond the extent, too.
    """
    key = owner_keys(sites)
    walls = shapely.union_all([shapely.boundary(b) if b.area > 0 else b for b in barriers]) if barriers else None
    differ = key[edges.left] != key[edges.right]
    if walls is not None:
        differ |= _of_touched_cells(edges, walls)
    cells = lines(edges.where(differ))
    drawn = [shapely.boundary(ground) for ground in sites.outlines]
    drawn += [line for g, own in zip(sites.outlines, sites.inside, strict=True) for line in _bisectors(sites, g, own)]
    drawn += [shapely.boundary(extent)] if extent is not None else []
    water = [b for b in barriers if b.area > 0]
    if walls is None:
        shapes = _faces(cells, drawn, sites.outlines)
        return Faces(shapes, _without(_owners(sites, shapes), shapes, extent, water))
    drawn.append(walls)
    shapes = _faces(cells, drawn, sites.outlines)
    cut_off = _cut_off(sites, shapes, _owners(sites, shapes), walls)
    drawn += [line for ground, own in cut_off for line in _cells_within(sites, ground, own)]
    shapes = _faces(cells, drawn, (*sites.outlines, *(ground for ground, _ in cut_off)))
    site = _adopted(sites, shapes, _owners(sites, shapes), cut_off)
    return Faces(shapes, _without(site, shapes, extent, water))


def _faces(cells: NDArray[Any], drawn: Sequence[shapely.Geometry], grounds: Sequence[shapely.Geometry]) -> NDArray[Any]:
    """Node lines and give the faces between them.

    Edges of cells meet at their ends alone: only those near other lines, or in grounds that other lines run in, need
    to be noded.
    """
    tree = shapely.STRtree(cells)
    others = np.array([*shapely.get_parts(np.array(drawn, dtype=object)), *grounds], dtype=object)
    near = np.zeros(len(cells), dtype=bool)
    near[tree.query(others, predicate="dwithin", distance=_NEAR)[1]] = True
    noded = shapely.get_parts(shapely.union_all([*drawn, *cells[near]], grid_size=GRID))
    # Snapping gives the same degrees in other last digits.
    noded = shapely.transform(noded, lambda xy: np.round(xy, DECIMALS) + 0.0)
    shapes = shapely.get_parts(shapely.polygonize(np.concatenate([noded, cells[~near]])))
    west, south, east, north = shapely.bounds(shapes).T
    return np.asarray(shapes[np.lexsort((north, east, south, west))])


def _of_touched_cells(edges: Edges, walls: shapely.Geometry) -> Flags:
    """Tell the edges of cells that a wall enters."""
    shapely.prepare(walls)
    crossed = shapely.intersects(walls, lines(edges))
    touched = np.zeros(max(edges.left.max(), edges.right.max()) + 2, dtype=bool)
    touched[edges.left[crossed]] = touched[edges.right[crossed]] = True
    touched[NOBODY] = False
    return np.asarray(touched[edges.left] | touched[edges.right])


def _owners(sites: Sites, shapes: NDArray[Any]) -> Ints:
    """Find the site of each face: that of its ground, else the nearest one, if it is within reach."""
    at = _flat(sites.plane, shapes)
    _, site = shapely.STRtree(shapely.points(sites.xy)).query_nearest(shapely.points(at), all_matches=False)
    far = np.hypot(*(at - sites.xy[site]).T) > sites.reach[site]
    site = np.where(far, NOBODY, site)
    if sites.outlines:
        face, ground = shapely.STRtree(list(sites.outlines)).query(_inner_points(shapes), predicate="within")
        # Where outlines overlap, those who own either may own the face.
        owners: dict[int, set[int]] = {}
        for f, g in zip(face.tolist(), ground.tolist(), strict=True):
            owners.setdefault(f, set()).update(sites.inside[g])
        for f, those in sorted(owners.items()):
            site[f] = _nearest(sites, at[f], sorted(those))
    return site


def _nearest(sites: Sites, at: NDArray[np.float64], those: Sequence[int]) -> int:
    chosen = np.array(those)
    return int(chosen[((sites.xy[chosen] - at) ** 2).sum(axis=1).argmin()])


def _inner_points(shapes: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(shapely.point_on_surface(shapes))


def _flat(plane: Plane, shapes: NDArray[Any]) -> NDArray[np.float64]:
    return plane.forward(shapely.get_coordinates(_inner_points(shapes)))


def _bisectors(sites: Sites, ground: shapely.Geometry, own: Sequence[int]) -> list[shapely.Geometry]:
    """Give the lines between those who share a ground, within it."""
    chosen = np.array(sorted(own), dtype=np.int64)
    if len(set(sites.key[chosen].tolist())) < 2:
        return []
    flat = sites.plane.shape(ground)
    around = np.vstack([sites.xy[chosen], shapely.get_coordinates(flat)])
    reach = np.full(len(chosen), _EVERYWHERE * max(1.0, float(np.ptp(around, axis=0).max())))
    edges = cell_edges(sites.xy[chosen], reach)
    key = sites.key[chosen]
    between = (edges.left != NOBODY) & (edges.right != NOBODY)
    found = edges.where(between & (key[edges.left] != key[edges.right]))
    return _clipped(lines(found), ground, sites.plane)


def _cells_within(sites: Sites, ground: shapely.Geometry, own: Sequence[int]) -> list[shapely.Geometry]:
    """Give the edges of some sites' cells, those of their reach among them, within ground."""
    if not own:
        return []
    chosen = np.array(sorted(own), dtype=np.int64)
    key = np.append(sites.key[chosen], NOBODY)
    edges = cell_edges(sites.xy[chosen], sites.reach[chosen])
    found = edges.where(key[edges.left] != key[edges.right])
    return _clipped(lines(found), ground, sites.plane)


def _clipped(found: NDArray[Any], ground: shapely.Geometry, plane: Plane) -> list[shapely.Geometry]:
    # A narrow polygon can cross itself once it is in the plane.
    flat = shapely.buffer(plane.shape(ground), 0.0)
    back = shapely.transform(shapely.intersection(found, flat), plane.back)
    return [line for line in shapely.get_parts(back).tolist() if line.length > 0]


def _cut_off(
    sites: Sites, shapes: NDArray[Any], site: Ints, walls: shapely.Geometry
) -> list[tuple[shapely.Geometry, tuple[int, ...]]]:
    """Find the ground that walls cut off from its owner, and who stands on its side of them."""
    open_edges = _open_edges(shapes, walls)
    owner = np.where(site == NOBODY, -1, sites.owner[site])
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(shapes)))
    same = owner[open_edges.left] == owner[open_edges.right]
    pairs = np.column_stack([open_edges.left, open_edges.right])
    graph.add_edges_from(pairs[same].tolist())
    seats = _faces_of_sites(sites, shapes)
    lost = np.zeros(len(shapes), dtype=bool)
    for group in nx.connected_components(graph):
        some = owner[next(iter(group))]
        lost[list(group)] = some != -1 and not any(some in seats.get(face, ()) for face in group)
    strays: nx.Graph[int] = nx.Graph()
    strays.add_nodes_from(np.flatnonzero(lost).tolist())
    strays.add_edges_from(pairs[lost[pairs].all(axis=1)].tolist())
    beside: dict[int, set[int]] = {}
    for a, b in pairs[lost[pairs].any(axis=1) & ~lost[pairs].all(axis=1)].tolist():
        stray, firm = (a, b) if lost[a] else (b, a)
        if site[firm] != NOBODY:
            beside.setdefault(stray, set()).add(int(site[firm]))
    groups = sorted(sorted(group) for group in nx.connected_components(strays))
    return [
        (shapely.union_all(shapes[group]), tuple(sorted(set().union(*(beside.get(face, set()) for face in group)))))
        for group in groups
    ]


def _open_edges(shapes: NDArray[Any], walls: shapely.Geometry) -> Edges:
    """Give the edges between two faces, numbered, that do not lie on a wall."""
    edges = edges_of(shapes, np.arange(len(shapes)))
    edges = edges.where((edges.left != NOBODY) & (edges.right != NOBODY))
    shapely.prepare(walls)
    return edges.where(~shapely.dwithin(walls, shapely.points((edges.start + edges.end) / 2), _ON_LINE))


def _faces_of_sites(sites: Sites, shapes: NDArray[Any]) -> dict[int, set[int]]:
    """Tell which owners have a site in each face."""
    found: dict[int, set[int]] = {}
    site, face = shapely.STRtree(shapes).query(shapely.points(sites.lonlat), predicate="intersects")
    for s, f in zip(site.tolist(), face.tolist(), strict=True):
        found.setdefault(f, set()).add(int(sites.owner[s]))
    return found


def _adopted(
    sites: Sites, shapes: NDArray[Any], site: Ints, cut_off: Sequence[tuple[shapely.Geometry, tuple[int, ...]]]
) -> Ints:
    """Give the ground that was cut off to the nearest of those on its side, or to nobody."""
    site = site.copy()
    at, points = _flat(sites.plane, shapes), _inner_points(shapes)
    tree = shapely.STRtree(points)
    for ground, own in cut_off:
        for face in tree.query(ground, predicate="intersects").tolist():
            nearest = _nearest(sites, at[face], own) if own else NOBODY
            far = nearest == NOBODY or np.hypot(*(at[face] - sites.xy[nearest])) > sites.reach[nearest]
            site[face] = NOBODY if far else nearest
    return site


def _without(
    site: Ints, shapes: NDArray[Any], extent: shapely.Geometry | None, water: Sequence[shapely.Geometry]
) -> Ints:
    """Leave ground beyond the extent, and under water, to nobody."""
    points = _inner_points(shapes)
    dry = np.ones(len(shapes), dtype=bool)
    if extent is not None:
        shapely.prepare(extent)
        dry &= shapely.contains(extent, points)
    for lake in water:
        dry &= ~shapely.contains(lake, points)
    return np.where(dry, site, NOBODY)
