"""Vertices and edges that areas share: found by their coordinates, which are the very same on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import NOBODY, Edges
from geo.control.plane import GRID

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SHORT = 3.1 * GRID
_NAMES = 1e7  # vertices closer than 1e-7 degrees are one


@dataclass(frozen=True, slots=True)
class Numbered:
    """Edges between numbered vertices, each once, by their lower vertex, then the higher one.

    Attributes
    ----------
    points
        Coordinates of the vertices, shape (m, 2), by x, then y.
    low, high
        Vertices of each edge, shape (n,).
    left, right
        Keys on either side as one goes from the lower vertex to the higher one, shape (n,).
    """

    points: Floats
    low: Ints
    high: Ints
    left: Ints
    right: Ints

    def where(self, wanted: NDArray[np.bool_]) -> Numbered:
        """Give some of the edges."""
        return Numbered(self.points, self.low[wanted], self.high[wanted], self.left[wanted], self.right[wanted])

    @property
    def edges(self) -> Edges:
        """The same with coordinates."""
        return Edges(self.points[self.low], self.points[self.high], self.left, self.right)


def name_vertices(points: Floats) -> tuple[Floats, Ints]:
    """Give the distinct points, shape (m, 2), by x, then y, and for each point its number among them."""
    grid = np.rint(points * _NAMES).astype(np.int64)
    packed = (grid[:, 0] << 31) + grid[:, 1]  # 360e7 * 2**31 fits 63 bits, and 90e7 fits 30
    _, first, number = np.unique(packed, return_index=True, return_inverse=True)
    return points[first], number.astype(np.int64)


def contracted(points: Floats, count: int) -> Floats:
    """Draw the ends of very short edges together, which rounding could have turned round.

    Parameters
    ----------
    points
        Beginnings, then ends of edges in degrees, shape (2 count, 2).
    count
        How many edges there are.

    Returns
    -------
    array
        The same points; those joined by edges of up to three steps of the grid become the first of them by x, then y.
    """
    short = np.flatnonzero(
        (np.abs(points[:count] - points[count:]).max(axis=1) <= _SHORT) & (points[:count] != points[count:]).any(axis=1)
    )
    if not len(short):
        return points
    vertices, number = name_vertices(points)
    a, b = number[short], number[count + short]
    first = np.arange(len(vertices))
    while True:
        lower = first.copy()
        np.minimum.at(lower, a, first[b])
        np.minimum.at(lower, b, first[a])
        if (lower == first).all():
            return np.asarray(vertices[first[number]])
        first = lower


def numbered(edges: Edges) -> Numbered:
    """Give edges, each of them there once, numbers for their vertices; those of no length are left out."""
    points, number = name_vertices(np.vstack([edges.start, edges.end]))
    a, b = number[: len(edges)], number[len(edges) :]
    turned = a > b
    low, high = np.where(turned, b, a), np.where(turned, a, b)
    left, right = np.where(turned, edges.right, edges.left), np.where(turned, edges.left, edges.right)
    kept = np.flatnonzero(low != high)
    kept = kept[np.lexsort((high[kept], low[kept]))]
    return Numbered(points, low[kept], high[kept], left[kept], right[kept])


def shared_edges(shapes: NDArray[Any], keys: Ints) -> Numbered:
    """Give the edges between polygons, each once, with the key on either side.

    Parameters
    ----------
    shapes
        Polygons or MultiPolygons whose shared edges have the same vertices.
    keys
        Key of each, shape (n,); edges between two of the same key are left out.
    """
    parts, owner = shapely.get_parts(shapely.force_2d(shapes), return_index=True)
    rings, part = shapely.get_rings(shapely.orient_polygons(parts) if len(parts) else parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points, number = name_vertices(points)
    inside = np.flatnonzero((np.diff(ring) == 0) & (np.diff(number) != 0))
    left = np.asarray(keys, dtype=np.int64)[owner[part[ring[inside]]]]
    return _paired(points, number[inside], number[inside + 1], left)


def _paired(points: Floats, a: Ints, b: Ints, left: Ints) -> Numbered:
    """Join each edge to the one that runs back along it: its left is the other's right."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.argsort(low * np.int64(len(points)) + high, kind="stable")
    low, high, left, up = low[order], high[order], left[order], (a < b)[order]
    first = np.flatnonzero((np.diff(low, prepend=-1) != 0) | (np.diff(high, prepend=-1) != 0))
    edge = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(low))))
    sides = np.full((2, len(first)), NOBODY)
    sides[0, edge[up]] = left[up]
    sides[1, edge[~up]] = left[~up]
    found = Numbered(points, low[first], high[first], sides[0], sides[1])
    return found.where(sides[0] != sides[1])


def edges_of(shapes: NDArray[Any], keys: Ints) -> Edges:
    """Give the edges between polygons as `shared_edges` does, with coordinates."""
    return shared_edges(shapes, keys).edges
