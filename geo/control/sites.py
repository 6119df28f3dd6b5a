"""The sites that cells are drawn about: the control points, one for each place, and the rims of known grounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import NOBODY
from geo.control.plane import DECIMALS, Plane, check_on_globe, plane_about
from geo.control.records import CONTESTED, ControlPoint, Ground
from geo.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RIM_STEPS = 16  # sites on the rim of a ground stand apart by so much of the square root of its area
_BETWEEN = "\x1f"  # no id holds the unit separator
_LEAST_INSET = 0.1  # of that step, within the rim
_MOST_INSET = 4  # of these steps: half way from the rim of a square to its middle


@dataclass(frozen=True, slots=True)
class Sites:
    """What cells are drawn about.

    Attributes
    ----------
    plane
        The plane that ``xy`` is in.
    lonlat, xy, reach
        Degrees, metres, metres of the plane; shapes (n, 2), (n, 2), (n,).
    owner, key
        Which seat each stands for, and which zone it belongs to, as numbers in ``ids`` and ``keys``, shapes (n,).
    keys
        Holder and state of each zone.
    ids, certainty
        Of each seat: the points or the ground that say who holds it, and how sure they are.
    outlines, inside
        The grounds that count, in degrees, and the sites that may own ground within each.
    """

    plane: Plane
    lonlat: Floats
    xy: Floats
    reach: Floats
    owner: Ints
    key: Ints
    keys: tuple[tuple[str, str], ...]
    ids: tuple[tuple[str, ...], ...]
    certainty: Floats
    outlines: tuple[shapely.Geometry, ...]
    inside: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class _Seats:
    """Places and who holds them: columns of one length."""

    lonlat: Floats
    keys: list[tuple[str, str]]  # holder and state
    ids: list[tuple[str, ...]]
    certainty: Floats
    reach_m: Floats
    radius_m: Floats  # how far the place itself reaches, or how blurred it is


def make_sites(
    points: Sequence[ControlPoint],
    grounds: Sequence[Ground],
    reach_m: float,
    *,
    centre: tuple[float, float] | None = None,
) -> Sites:
    """Make the sites.

    Parameters
    ----------
    points
        In any order.
    grounds
        Outlines; those without a holder and without a point inside are left out.
    reach_m
        Of the points without a reach of their own.
    centre
        Longitude and latitude of the plane's middle; that of the points if None.
    """
    seats = _seats(points, reach_m)
    outlines = sorted((g for g in grounds if not g.geometry.is_empty), key=lambda g: (g.id, shapely.to_wkb(g.geometry)))
    shapes = [_checked(g) for g in outlines]
    first_held = len(seats.keys)
    seats = _with_grounds(seats, outlines, shapes, reach_m)
    plane = plane_about(seats.lonlat, centre=centre)
    lonlat = np.column_stack([plane.near(seats.lonlat[:, 0]), seats.lonlat[:, 1]])
    shapes = [_near(shape, plane) for shape in shapes]
    inside = _inside(lonlat[:first_held], outlines, shapes, first_held)
    keys = tuple(sorted(set(seats.keys)))
    number = {key: i for i, key in enumerate(keys)}
    key = np.array([number[pair] for pair in seats.keys], dtype=np.int64)
    counted = [i for i, those in enumerate(inside) if those]
    held = [(g, i) for g, i in enumerate(counted) if outlines[i].holder]
    rim, owner, ground = _rims([(g, shapes[i], inside[i]) for g, i in held], lonlat, plane, seats.radius_m[:first_held])
    owner = np.concatenate([np.arange(len(lonlat)), owner])
    ground = np.concatenate([np.full(len(lonlat), -1), ground])
    lonlat, kept, site = _distinct(np.vstack([lonlat, rim]), len(lonlat)) if outlines else (lonlat, owner, owner)
    owners = [
        _owners_within([int(site[o]) for o in inside[i]], np.flatnonzero(ground[kept] == g), key[list(inside[i])])
        if outlines[i].holder
        else tuple(sorted({int(site[o]) for o in inside[i]}))
        for g, i in enumerate(counted)
    ]
    xy = plane.forward(lonlat)
    return Sites(
        plane, lonlat, xy, seats.reach_m[owner[kept]] * plane.scale(xy), owner[kept], key[owner[kept]], keys,
        tuple(seats.ids), seats.certainty, tuple(shapes[i] for i in counted), tuple(owners),
    )  # fmt: skip


def _owners_within(seats: list[int], rim: Ints, key: Ints) -> tuple[int, ...]:
    """Let a point that contradicts the holder of an outline take no more of it than is nearer to it than to the rim."""
    return tuple(sorted({*seats, *(rim.tolist() if len(set(key.tolist())) > 1 else ())}))


def _seats(points: Sequence[ControlPoint], reach_m: float) -> _Seats:
    """Give the places that points tell of, by longitude, then latitude."""
    lonlat = np.array([(p.lon, p.lat) for p in points], dtype=float).reshape(-1, 2)
    check_on_globe(lonlat)
    lonlat[:, 0] = np.where(np.abs(lonlat[:, 0]) == 180, 180, np.mod(lonlat[:, 0] + 180, 360) - 180)
    grid = np.round(lonlat, DECIMALS) + 0.0
    order = np.lexsort((grid[:, 1], grid[:, 0]))
    begins = np.flatnonzero((np.diff(grid[order], axis=0, prepend=np.nan) != 0).any(axis=1))
    ends = np.append(begins[1:], len(order))[: len(begins)]
    leads = [points[n] for n in order[begins].tolist()]
    for place in np.flatnonzero(ends - begins > 1).tolist():
        leads[place] = _settled([points[n] for n in order[begins[place] : ends[place]].tolist()], reach_m)
    return _Seats(
        grid[order[begins]],
        [(p.holder, p.state) for p in leads],
        [tuple(p.id.split(_BETWEEN)) for p in leads],
        np.array([p.certainty for p in leads], dtype=float),
        np.array([p.reach_m or reach_m for p in leads], dtype=float),
        np.array([p.precision_m for p in leads], dtype=float),
    )


def _settled(points: list[ControlPoint], reach_m: float) -> ControlPoint:
    """Choose who holds a place that several points tell of: the most certain, then the latest; else it is contested."""
    best = max((p.certainty, p.since or date.min) for p in points)
    chosen = [p for p in points if (p.certainty, p.since or date.min) == best]
    holders = sorted({p.holder for p in chosen})
    states = sorted({p.state for p in chosen})
    return replace(
        chosen[0],
        id=_BETWEEN.join(sorted({p.id for p in chosen})),
        holder="/".join(holders),
        state=CONTESTED if len(holders) > 1 or len(states) > 1 else states[0],
        reach_m=max(p.reach_m or reach_m for p in chosen),
    )


def _with_grounds(
    seats: _Seats, outlines: Sequence[Ground], shapes: Sequence[shapely.Geometry], reach_m: float
) -> _Seats:
    """Add a seat within each outline that names its holder."""
    held = [(g, s.representative_point()) for g, s in zip(outlines, shapes, strict=True) if g.holder]
    if not held:
        return seats
    return _Seats(
        np.vstack([seats.lonlat, [(at.x, at.y) for _, at in held]]),
        seats.keys + [(g.holder or "", g.state) for g, _ in held],
        seats.ids + [(g.id,) for g, _ in held],
        np.append(seats.certainty, np.ones(len(held))),
        np.append(seats.reach_m, np.full(len(held), reach_m)),
        np.append(seats.radius_m, np.zeros(len(held))),
    )


def _checked(ground: Ground) -> shapely.Geometry:
    shape = ground.geometry
    if shape.geom_type not in {"Polygon", "MultiPolygon"} or not shape.is_valid:
        raise InputError(
            f"the ground {ground.id!r} is no valid polygon: {shapely.is_valid_reason(shape)}", do="Repair its outline"
        )
    return shape


def _near(shape: shapely.Geometry, plane: Plane) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: np.column_stack([plane.near(xy[:, 0]), xy[:, 1]]))


def _inside(
    lonlat: Floats, grounds: Sequence[Ground], shapes: Sequence[shapely.Geometry], first_held: int
) -> list[tuple[int, ...]]:
    """Tell whose each ground is: of the points inside, and of its own seat where it names a holder."""
    if not shapes:
        return []
    found: list[list[int]] = [[] for _ in shapes]
    points, where = shapely.STRtree(list(shapes)).query(shapely.points(lonlat), predicate="intersects")
    for point, ground in zip(points.tolist(), where.tolist(), strict=True):
        found[ground].append(point)
    own = first_held
    for i, ground in enumerate(grounds):
        if ground.holder:
            found[i].append(own)
            own += 1
    return [tuple(sorted(those)) for those in found]


def _rims(
    grounds: Sequence[tuple[int, shapely.Geometry, Sequence[int]]], lonlat: Floats, plane: Plane, radius_m: Floats
) -> tuple[Floats, Ints, Ints]:
    """Put sites along the rim of grounds, so that outside of them distance counts from there.

    Each belongs to the nearest seat within. The places outside are points in the middle of what they stand for: so that
    both count from their rims, the sites lie as far within as the radius of the nearest one outside.
    """
    rims, owners = [np.empty((0, 2))], [np.empty(0, dtype=np.int64)]
    numbers = [np.empty(0, dtype=np.int64)]
    xy = plane.forward(lonlat)
    for number, shape, those in grounds:
        flat = plane.shape(shape)
        step = float(np.sqrt(flat.area)) / _RIM_STEPS
        others = np.setdiff1d(np.arange(len(radius_m)), those)
        beside = others[shapely.distance(flat, shapely.points(xy[others])).argmin()] if len(others) else NOBODY
        inset = 0.0 if beside == NOBODY else float(radius_m[beside]) / step
        core = shapely.buffer(flat, -step * min(max(inset, _LEAST_INSET), _MOST_INSET))
        core = core if not core.is_empty else shapely.buffer(flat, -step * _LEAST_INSET)
        at = shapely.get_coordinates(shapely.segmentize(shapely.boundary(core), step))
        if len(at):
            distance = ((at[:, None, :] - xy[None, list(those)]) ** 2).sum(axis=2)
            rims.append(plane.back(at))
            owners.append(np.array(those, dtype=np.int64)[distance.argmin(axis=1)])
            numbers.append(np.full(len(at), number))
    return np.vstack(rims), np.concatenate(owners), np.concatenate(numbers)


def _distinct(lonlat: Floats, seats: int) -> tuple[Floats, Ints, Ints]:
    """Leave out what stands where another one stands before it; tell what was kept, and where each seat now is."""
    grid = np.rint(lonlat * 10**DECIMALS).astype(np.int64)
    _, first, which = np.unique(grid, axis=0, return_index=True, return_inverse=True)
    kept = np.sort(first)
    place = np.empty(len(lonlat), dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return lonlat[kept], kept, place[first[which.ravel()]][:seats]


def owner_keys(sites: Sites) -> Ints:
    """Give the key of each site, and that of `NOBODY` last, so that -1 finds it."""
    return np.append(sites.key, NOBODY)
