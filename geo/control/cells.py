"""The edges of bounded Voronoi cells: ground goes to the nearest point, and to nobody beyond the reach of all points.

Voronoi (1908) cells of point observations are what Thiessen (1911, *Monthly Weather Review* 39) drew about rain gauges.
They are read off the Delaunay triangulation here, as edges with a site on their left and right, so that cells of one
holder need never be built and joined again. Everything is in the plane of `geo.control.plane`, in metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY = -1
"""The site, or the key, of ground beyond the reach of all points."""
CIRCLE_STEPS = 64
"""Corners of a full circle of reach; its edge lies up to 0.12 % of the radius within the true circle."""
_FAR = 8.0  # the frame of far points lies so many times the span and the reach away


@dataclass(frozen=True, slots=True)
class Edges:
    """Straight edges between areas.

    Attributes
    ----------
    start, end
        Coordinates, shape (n, 2).
    left, right
        Number of the site or of the key on either side as one goes from start to end, shape (n,); `NOBODY` for none.
    """

    start: Floats
    end: Floats
    left: Ints
    right: Ints

    def __len__(self) -> int:
        return len(self.left)

    def where(self, wanted: Flags) -> Edges:
        """Give some of the edges."""
        return Edges(self.start[wanted], self.end[wanted], self.left[wanted], self.right[wanted])


@dataclass(frozen=True, slots=True)
class _Mesh:
    """Delaunay edges i < j with the triangle to the left of i -> j and to the right of it."""

    i: Ints
    j: Ints
    left: Ints
    right: Ints
    centres: Floats  # of the circles around the triangles, (m, 2)
    radii: Floats  # (m,)

    def where(self, wanted: Flags) -> _Mesh:
        """Give some of the edges."""
        return _Mesh(self.i[wanted], self.j[wanted], self.left[wanted], self.right[wanted], self.centres, self.radii)


def cell_edges(sites: Floats, reach: Floats, *, key: Ints | None = None) -> Edges:
    """Give the edges of the Voronoi cells of sites, each cell cut to the circle of its site's reach.

    Parameters
    ----------
    sites
        Distinct points of the plane, shape (n, 2), n >= 1.
    reach
        Radius of each site's circle, shape (n,), finite and above 0.
    key
        To which zone each belongs, shape (n,): most edges between two of one zone are left out where it is given.

    Returns
    -------
    Edges
        Each edge once, between two sites or between a site and `NOBODY`. Where two neighbours' reaches differ, the edge
        has a vertex where the shorter one ends.
    """
    mesh = _delaunay(sites, float(reach.max()))
    least = np.minimum(reach[mesh.i], reach[mesh.j])
    within = (mesh.radii[mesh.left] <= least) & (mesh.radii[mesh.right] <= least)
    whole, rough = mesh.where(within), mesh.where(~within)
    pieces, first, second = _pieces(sites, reach, rough)
    touched = np.zeros(len(sites), dtype=bool)
    touched[whole.i] = touched[whole.j] = True
    arcs = _arcs(sites, reach, rough, first, second, touched)
    if key is not None:
        whole = whole.where(key[whole.i] != key[whole.j])
    plain = Edges(whole.centres[whole.right], whole.centres[whole.left], whole.i, whole.j)
    return _joined(plain, pieces, arcs)


def _delaunay(sites: Floats, reach: float) -> _Mesh:
    count = len(sites)
    middle = (sites.min(axis=0) + sites.max(axis=0)) / 2
    far = _FAR * (float(np.ptp(sites, axis=0).max()) + reach)
    # A frame of far points closes the cells of the rim beyond their reach, and makes a point or a row of them regular.
    frame = middle + far * np.array([(-1.0, -0.9), (1.1, -1.0), (1.0, 1.05), (-1.05, 1.0)])
    points = np.vstack([sites, frame])
    shape = shapely.delaunay_triangles(shapely.LineString(points))
    corners = shapely.get_coordinates(shape).reshape(-1, 4, 2)[:, :3]
    order, names = _sorted_complex(points)
    triangles = order[np.searchsorted(names, _complex(corners.reshape(-1, 2)))].reshape(-1, 3)
    # Their order is GEOS's own: let it depend on the points alone.
    triangles = triangles[np.lexsort(np.sort(triangles, axis=1).T)]
    a, b, c = (points[triangles[:, k]] for k in range(3))
    turned = _cross(b - a, c - a) < 0
    triangles[turned] = triangles[turned][:, ::-1]
    centres, radii = _circles(points[triangles[:, 0]], points[triangles[:, 1]], points[triangles[:, 2]])
    tail, head = triangles.ravel(), np.roll(triangles, -1, axis=1).ravel()
    triangle = np.repeat(np.arange(len(triangles)), 3)
    inner = (tail < count) & (head < count)
    tail, head, triangle = tail[inner], head[inner], triangle[inner]
    # Each edge of two sites lies between two triangles, thanks to the frame.
    forward = tail < head
    ahead, back = _by_pair(tail, head, forward, len(points)), _by_pair(head, tail, ~forward, len(points))
    return _Mesh(tail[ahead], head[ahead], triangle[ahead], triangle[back], centres, radii)


def _by_pair(low: Ints, high: Ints, wanted: Flags, count: int) -> Ints:
    index = np.flatnonzero(wanted)
    return index[np.argsort(low[index] * count + high[index], kind="stable")]


def _complex(points: Floats) -> NDArray[np.complex128]:
    """Give points as complex numbers, which numpy orders by x, then y."""
    return np.ascontiguousarray(points + 0.0).view(np.complex128).ravel()


def _sorted_complex(points: Floats) -> tuple[Ints, NDArray[np.complex128]]:
    names = _complex(points)
    order = np.argsort(names, kind="stable")
    return order, names[order]


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _circles(a: Floats, b: Floats, c: Floats) -> tuple[Floats, Floats]:
    """Give centres and radii of the circles around triangles, worked out from their first corner."""
    ab, ac = b - a, c - a
    bb, cc = (ab**2).sum(axis=1), (ac**2).sum(axis=1)
    twice = 2 * _cross(ab, ac)
    x = (ac[:, 1] * bb - ab[:, 1] * cc) / twice
    y = (ab[:, 0] * cc - ac[:, 0] * bb) / twice
    return a + np.column_stack([x, y]), np.hypot(x, y)


@dataclass(frozen=True, slots=True)
class _Side:
    """What of each edge one of its two sites reaches: from ``low`` to ``high`` along the bisector, 0 in the middle."""

    low: Floats
    high: Floats
    low_in: Flags  # its right end, a corner of the cell, is within reach
    high_in: Flags
    some: Flags  # anything of the edge is within reach


def _side(reach: Floats, half: Floats, ends: tuple[Floats, Floats], radii: tuple[Floats, Floats]) -> _Side:
    """Cut edges at a site's reach; all its corners are judged by the circle's radius, so that neighbours agree."""
    low_in, high_in = radii[0] <= reach, radii[1] <= reach
    cut = np.sqrt(np.maximum(reach**2 - half**2, 0.0))
    through = (half < reach) & (ends[0] < 0) & (ends[1] > 0)
    some = low_in | high_in | through
    return _Side(np.where(low_in, ends[0], -cut), np.where(high_in, ends[1], cut), low_in, high_in, some)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where the edges end that one of their sites reaches, and the flags of `_Side`."""

    low: Floats
    high: Floats
    side: _Side


def _pieces(sites: Floats, reach: Floats, mesh: _Mesh) -> tuple[Edges, _Cuts, _Cuts]:
    """Give the edges between cells, and for the sites i and j what of them they reach."""
    a, b = sites[mesh.i], sites[mesh.j]
    middle, along = (a + b) / 2, b - a
    distance = np.hypot(along[:, 0], along[:, 1])
    across = np.column_stack([-along[:, 1], along[:, 0]]) / distance[:, None]
    centres = mesh.centres[mesh.right], mesh.centres[mesh.left]
    ends = tuple(((centre - middle) * across).sum(axis=1) for centre in centres)
    radii = mesh.radii[mesh.right], mesh.radii[mesh.left]

    def cut(of: Ints) -> _Cuts:
        side = _side(reach[of], distance / 2, (ends[0], ends[1]), radii)
        low = np.where(side.low_in[:, None], centres[0], middle + side.low[:, None] * across)
        high = np.where(side.high_in[:, None], centres[1], middle + side.high[:, None] * across)
        return _Cuts(low, high, side)

    first, second = cut(mesh.i), cut(mesh.j)
    return _shared(mesh, reach[mesh.i] >= reach[mesh.j], first, second), first, second


def _shared(mesh: _Mesh, longer: Flags, first: _Cuts, second: _Cuts) -> Edges:
    """Lay the reaches of both sites on each edge: what both reach, and what only the one with the longer reach does."""
    both = first.side.some & second.side.some
    any_ = first.side.some | second.side.some
    pick = longer[:, None]
    wide_low, wide_high = np.where(pick, first.low, second.low), np.where(pick, first.high, second.high)
    slim_low, slim_high = np.where(pick, second.low, first.low), np.where(pick, second.high, first.high)
    left, right = np.where(longer, mesh.i, NOBODY), np.where(longer, NOBODY, mesh.j)
    alone = Edges(wide_low, np.where(both[:, None], slim_low, wide_high), left, right).where(any_)
    above = Edges(slim_high, wide_high, left, right).where(both)
    return _joined(Edges(slim_low, slim_high, mesh.i, mesh.j).where(both), alone, above)


def _joined(*parts: Edges) -> Edges:
    """Put edges together, without those that have no length or the same on both sides."""
    start, end = np.vstack([p.start for p in parts]), np.vstack([p.end for p in parts])
    left, right = np.concatenate([p.left for p in parts]), np.concatenate([p.right for p in parts])
    return Edges(start, end, left, right).where((left != right) & (start != end).any(axis=1))


def _arcs(sites: Floats, reach: Floats, mesh: _Mesh, first: _Cuts, second: _Cuts, touched: Flags) -> Edges:
    """Give the edges on the circles of reach, with the site on their left; whole circles of sites not touched."""
    # Going round cell i against the clock its edge is passed upwards, going round cell j downwards.
    out = [
        (mesh.i, first.high, first.side.some & ~first.side.high_in),
        (mesh.j, second.low, second.side.some & ~second.side.low_in),
    ]
    back = [
        (mesh.i, first.low, first.side.some & ~first.side.low_in),
        (mesh.j, second.high, second.side.some & ~second.side.high_in),
    ]
    leave, enter = _around(sites, out), _around(sites, back)
    touched = touched.copy()
    for of, cuts in ((mesh.i, first), (mesh.j, second)):
        touched[of[cuts.side.some]] = True
    return _joined(_open_arcs(sites, reach, leave, enter), _circles_of(sites, reach, np.flatnonzero(~touched)))


Crossings = tuple[Ints, Floats, Floats]
"""Of crossings of cells' edges with circles of reach: site, angle in [0, 2 pi), coordinates; by site, then angle."""


def _around(sites: Floats, groups: list[tuple[Ints, Floats, Flags]]) -> Crossings:
    of = np.concatenate([site[some] for site, _, some in groups])
    at = np.vstack([points[some] for _, points, some in groups])
    offset = at - sites[of]
    angle = np.mod(np.arctan2(offset[:, 1], offset[:, 0]), 2 * np.pi)
    order = np.lexsort((angle, of))
    return of[order], angle[order], at[order]


def _open_arcs(sites: Floats, reach: Floats, leave: Crossings, enter: Crossings) -> Edges:
    """Join where each cell's rim leaves the circle with where it comes back next, against the clock."""
    of, begin, at = leave
    turn = 4 * np.pi
    places = np.searchsorted(enter[0] * turn + enter[1], of * turn + begin, side="right")
    last = np.searchsorted(enter[0], of, side="right")
    wrapped = places >= last
    places = np.where(wrapped, np.searchsorted(enter[0], of, side="left"), places)
    places = np.minimum(places, max(0, len(enter[0]) - 1))
    finish = enter[1][places] + np.where(wrapped, 2 * np.pi, 0.0)
    return _steps(sites, reach, of, begin, finish, at, enter[2][places])


def _steps(sites: Floats, reach: Floats, of: Ints, begin: Floats, finish: Floats, first: Floats, last: Floats) -> Edges:
    """Draw arcs as chords between the corners of the full circle that lie on them."""
    step = 2 * np.pi / CIRCLE_STEPS
    low, high = np.floor(begin / step).astype(np.int64) + 1, np.ceil(finish / step).astype(np.int64) - 1
    inner = np.maximum(high - low + 1, 0)
    total = int((inner + 2).sum())
    arc = np.repeat(np.arange(len(of)), inner + 2)
    begins = np.cumsum(inner + 2) - (inner + 2)
    place = np.arange(total) - begins[arc]
    points = _corners(sites, reach, of[arc], low[arc] + place - 1)
    points[begins] = first
    points[begins + inner + 1] = last
    within = np.flatnonzero(place < inner[arc] + 1)
    owner = of[arc[within]]
    return Edges(points[within], points[within + 1], owner, np.full(len(within), NOBODY))


def _corners(sites: Floats, reach: Floats, of: Ints, number: Ints) -> Floats:
    angle = 2 * np.pi / CIRCLE_STEPS * np.mod(number, CIRCLE_STEPS)
    return np.asarray(sites[of] + reach[of][:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))


def _circles_of(sites: Floats, reach: Floats, of: Ints) -> Edges:
    owner = np.repeat(of, CIRCLE_STEPS)
    number = np.tile(np.arange(CIRCLE_STEPS), len(of))
    start, end = _corners(sites, reach, owner, number), _corners(sites, reach, owner, number + 1)
    return Edges(start, end, owner, np.full(len(owner), NOBODY))


def lines(edges: Edges) -> NDArray[Any]:
    """Give each edge as a LineString."""
    return np.asarray(shapely.linestrings(np.stack([edges.start, edges.end], axis=1)))
