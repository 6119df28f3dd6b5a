"""From edges with a key on either side to polygons and lines, every shared edge with the very same vertices.

The edges become a doubly connected edge list (Muller and Preparata 1978; de Berg et al. 2008, *Computational Geometry*,
section 2.2): around each vertex the edges are in the order of their angles, so that each half-edge knows the next one
of the face on its left. All of it is arrays; the work is that of sorting, n log n.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import NOBODY, Edges
from geo.control.shared import Numbered, numbered

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mesh:
    """Half-edges: number h and h + n go the two ways along edge h.

    Attributes
    ----------
    points
        Coordinates of the vertices, shape (m, 2), by x, then y.
    tail, head
        Vertices, shape (2 n,).
    key
        Key of the face on the left, shape (2 n,).
    after
        The next half-edge of that face, shape (2 n,).
    """

    points: Floats
    tail: Ints
    head: Ints
    key: Ints
    after: Ints

    @property
    def other(self) -> Ints:
        """Key of the face on the right, shape (2 n,)."""
        return np.roll(self.key, len(self.key) // 2)


def mesh_of(edges: Edges) -> Mesh:
    """Join edges at their vertices.

    Parameters
    ----------
    edges
        That meet at their ends alone; in any order, each once. Those of no length are left out.
    """
    return mesh_of_numbered(numbered(edges))


def mesh_of_numbered(edges: Numbered) -> Mesh:
    """Join edges whose vertices have numbers."""
    tail, head = np.concatenate([edges.low, edges.high]), np.concatenate([edges.high, edges.low])
    key = np.concatenate([edges.left, edges.right])
    return Mesh(edges.points, tail, head, key, _after(edges.points, tail, head))


def _after(points: Floats, tail: Ints, head: Ints) -> Ints:
    """Find the next half-edge of the face on the left: the first one clockwise from where it came."""
    if not len(tail):
        return tail
    offset = points[head] - points[tail]
    order = np.lexsort((np.arctan2(offset[:, 1], offset[:, 0]), tail))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    vertex = tail[order]
    first = np.flatnonzero(np.diff(vertex, prepend=-1))
    last = np.append(first[1:], len(vertex)) - 1
    before = np.arange(len(order)) - 1
    before[first] = last
    twin = np.roll(np.arange(len(tail)), len(tail) // 2)
    return np.asarray(order[before[place[twin]]])


def chains(after: Ints, linked: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Follow links to their ends.

    Parameters
    ----------
    after
        For each item the next one; a permutation.
    linked
        Whether the link to the next one counts.

    Returns
    -------
    tuple of arrays
        The items, chain by chain, in turn, and where each chain begins. A closed chain begins with its lowest item; an
        open one with the one that no link leads to. Chains are in the order of their first items.
    """
    items = np.arange(len(after))
    if not len(after):
        return items, items
    open_before = np.ones(len(after), dtype=bool)
    open_before[after[linked]] = False
    # Pointer jumping backwards (Wyllie 1979): twice as far each time, to the first item or to the lowest of a circle.
    before = np.empty_like(after)
    before[after] = items
    before = np.where(open_before, items, before)
    lowest, jump = np.where(open_before, items - len(after), items), before
    while True:
        lower = np.minimum(lowest, lowest[jump])
        if (lower == lowest).all():
            break
        lowest, jump = lower, jump[jump]
    first = np.where(lowest < 0, lowest + len(after), lowest)
    before = np.where(first == items, items, before)
    steps, jump = (before != items).astype(np.int64), before
    while True:
        further = steps + steps[jump]
        if (further == steps).all():
            break
        steps, jump = further, jump[jump]
    order = np.lexsort((steps, first))
    return order, np.flatnonzero(np.diff(first[order], prepend=-1))


def polygons(mesh: Mesh) -> tuple[NDArray[Any], Ints]:
    """Give the faces that have a key.

    Returns
    -------
    tuple of arrays
        Polygons, their shells against the clock and their holes with it (RFC 7946 section 3.1.6), each ring from its
        lowest vertex on; and their keys. By key, then lowest vertex.
    """
    wanted = mesh.key != NOBODY
    order, begins = chains(mesh.after, wanted)
    keep = wanted[order]
    ring = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(order))))[keep]
    vertex, key = mesh.tail[order][keep], mesh.key[order][keep]
    vertex, ring, key = _untangled(vertex, ring, key)
    if not len(vertex):
        return np.array([], dtype=object), np.array([], dtype=np.int64)
    begins = np.flatnonzero(np.diff(ring, prepend=-1))
    vertex = _turned_to_lowest(vertex, begins)
    return _nested(mesh.points, vertex, begins, key[begins])


def _untangled(vertex: Ints, ring: Ints, key: Ints) -> tuple[Ints, Ints, Ints]:
    """Split rings that pass a vertex twice there: a polygon may touch itself, a ring may not."""
    order = np.lexsort((vertex, ring))
    twice = np.flatnonzero((np.diff(vertex[order]) == 0) & (np.diff(ring[order]) == 0))
    if not len(twice):
        return vertex, ring, key
    tangled = np.isin(ring, ring[order[twice]])
    rings: list[list[int]] = []
    keys: list[int] = []
    at = np.flatnonzero(tangled)
    for run in np.split(at, np.flatnonzero(np.diff(ring[at])) + 1):
        for loop in _loops(vertex[run].tolist()):
            rings.append(loop)
            keys.append(int(key[run[0]]))
    count = np.array([len(loop) for loop in rings])
    more = np.array([v for loop in rings for v in loop], dtype=np.int64)
    numbers = np.repeat(np.arange(len(rings)) + int(ring.max()) + 1, count)
    free = ~tangled
    return (
        np.concatenate([vertex[free], more]),
        np.concatenate([ring[free], numbers]),
        np.concatenate([key[free], np.repeat(np.array(keys, dtype=np.int64), count)]),
    )


def _loops(walk: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    path: list[int] = []
    place: dict[int, int] = {}
    for vertex in walk:
        if vertex in place:
            start = place[vertex]
            found.append(path[start:])
            for passed in path[start:]:
                del place[passed]
            del path[start:]
        place[vertex] = len(path)
        path.append(vertex)
    return [loop for loop in [*found, path] if len(loop) > 2]


def _turned_to_lowest(vertex: Ints, begins: Ints) -> Ints:
    lengths = np.diff(np.append(begins, len(vertex)))
    ring = np.repeat(np.arange(len(begins)), lengths)
    low = np.minimum.reduceat(vertex, begins)
    at = np.flatnonzero(vertex == low[ring]) - begins
    place = np.arange(len(vertex)) - begins[ring]
    return np.asarray(vertex[begins[ring] + (place + at[ring]) % lengths[ring]])


def _nested(points: Floats, vertex: Ints, begins: Ints, key: Ints) -> tuple[NDArray[Any], Ints]:
    """Put the rings that run with the clock into the polygons that they are holes of."""
    lengths = np.diff(np.append(begins, len(vertex)))
    ring = np.repeat(np.arange(len(begins)), lengths)
    xy = points[vertex]
    onward = np.arange(len(vertex)) + 1
    onward[begins + lengths - 1] = begins
    near = xy - xy[begins][ring]  # the products of large numbers would lose digits
    area = np.add.reduceat(near[:, 0] * near[onward, 1] - near[onward, 0] * near[:, 1], begins)
    shell = np.flatnonzero(area > 0)
    shell = shell[np.lexsort((vertex[begins[shell]], key[shell]))]
    hole = np.flatnonzero(area < 0)
    rings = shapely.linearrings(xy, indices=ring)
    if not len(hole):
        return shapely.polygons(rings[shell]), key[shell]
    middle = (xy[begins[hole]] + xy[onward[begins[hole]]]) / 2
    owner = _owners(rings[shell], key[shell], area[shell], middle, key[hole])
    known = owner >= 0
    hole, owner = hole[known], owner[known]
    index = np.concatenate([np.arange(len(shell)), owner])
    inner = np.concatenate([np.full(len(shell), -1), vertex[begins[hole]]])
    order = np.lexsort((inner, index))
    return shapely.polygons(rings[np.concatenate([shell, hole])][order], indices=index[order]), key[shell]


def _owners(shells: NDArray[Any], key: Ints, area: Floats, middle: Floats, key_of_hole: Ints) -> Ints:
    """Find the smallest shell of the same key around each hole, by a point in the midst of one of the hole's edges."""
    disks = shapely.polygons(shells)
    point, found = shapely.STRtree(disks).query(shapely.points(middle), predicate="within")
    same = key_of_hole[point] == key[found]
    point, found = point[same], found[same]
    order = np.lexsort((area[found], point))
    point, found = point[order], found[order]
    first = np.flatnonzero(np.diff(point, prepend=-1))
    owner = np.full(len(middle), -1)
    owner[point[first]] = found[first]
    return owner
