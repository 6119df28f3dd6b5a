"""The sites that cells are drawn about: the control points, one for each place, and the rims of known grounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.cells import NOBODY
from geo.control.plane import DECIMALS, Plane, plane_about
from geo.control.records import CONTESTED, ControlPoint, Ground
from geo.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RIM_STEPS = 16  # sites on the rim of a ground stand apart by so much of the square root of its area
_INSET = 0.1  # of that step, within the rim


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
class _Seat:
    """A place and who holds it, before it has a number."""

    lon: float
    lat: float
    holder: str
    state: str
    ids: tuple[str, ...]
    certainty: float
    reach_m: float


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
        Sorted.
    grounds
        Outlines; those without a holder and without a point inside are left out.
    reach_m
        Of the points without a reach of their own.
    centre
        Longitude and latitude of the plane's middle; that of the points if None.
    """
    seats = [_seat(list(group), reach_m) for _, group in groupby(points, key=_place)]
    seats.sort(key=lambda s: (s.lon, s.lat))
    outlines = sorted((g for g in grounds if not g.geometry.is_empty), key=lambda g: (g.id, shapely.to_wkb(g.geometry)))
    held = [_ground_seat(g, reach_m) for g in outlines if g.holder]
    everyone = [*seats, *held]
    lonlat = np.array([(s.lon, s.lat) for s in everyone], dtype=float)
    plane = plane_about(lonlat, centre=centre)
    lonlat[:, 0] = plane.near(lonlat[:, 0])
    shapes = [_near(_checked(g), plane) for g in outlines]
    inside = _inside(lonlat[: len(seats)], outlines, shapes, len(seats))
    keys = tuple(sorted({(s.holder, s.state) for s in everyone}))
    number = {key: i for i, key in enumerate(keys)}
    key = np.array([number[s.holder, s.state] for s in everyone], dtype=np.int64)
    counted = [i for i, those in enumerate(inside) if those]
    held_grounds = [(g, i) for g, i in enumerate(counted) if outlines[i].holder]
    rim, owner, ground = _rims([(g, shapes[i], inside[i]) for g, i in held_grounds], lonlat, plane)
    owner = np.concatenate([np.arange(len(everyone)), owner])
    lonlat, kept, site = _distinct(np.vstack([lonlat, rim]))
    ground = np.concatenate([np.full(len(everyone), -1), ground])
    owners = [
        _owners_within([int(site[o]) for o in inside[i]], np.flatnonzero(ground[kept] == g), key[list(inside[i])])
        if outlines[i].holder
        else tuple(sorted({int(site[o]) for o in inside[i]}))
        for g, i in enumerate(counted)
    ]
    xy = plane.forward(lonlat)
    reach = np.array([s.reach_m for s in everyone])[owner[kept]] * plane.scale(xy)
    return Sites(
        plane, lonlat, xy, reach, owner[kept], key[owner[kept]], keys, tuple(s.ids for s in everyone),
        np.array([s.certainty for s in everyone]), tuple(shapes[i] for i in counted), tuple(owners),
    )  # fmt: skip


def _owners_within(seats: list[int], rim: Ints, key: Ints) -> tuple[int, ...]:
    """Let a point that contradicts the holder of an outline take no more of it than is nearer to it than to the rim."""
    return tuple(sorted({*seats, *(rim.tolist() if len(set(key.tolist())) > 1 else ())}))


def _place(point: ControlPoint) -> tuple[float, float]:
    lon = round((point.lon + 180) % 360 - 180, DECIMALS) if -180 <= point.lon <= 180 else point.lon
    return lon, round(point.lat, DECIMALS)


def _seat(points: list[ControlPoint], reach_m: float) -> _Seat:
    """Choose who holds a place that several points tell of: the most certain, then the latest; else it is contested."""
    best = max((p.certainty, p.since or date.min) for p in points)
    chosen = [p for p in points if (p.certainty, p.since or date.min) == best]
    holders = sorted({p.holder for p in chosen})
    states = sorted({p.state for p in chosen})
    disputed = len(holders) > 1 or len(states) > 1
    lon, lat = _place(points[0])
    return _Seat(
        lon, lat, "/".join(holders), CONTESTED if disputed else states[0], tuple(sorted({p.id for p in chosen})),
        best[0], max(p.reach_m or reach_m for p in chosen),
    )  # fmt: skip


def _ground_seat(ground: Ground, reach_m: float) -> _Seat:
    at = _checked(ground).representative_point()
    return _Seat(at.x, at.y, ground.holder or "", ground.state, (ground.id,), 1.0, reach_m)


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
    grounds: Sequence[tuple[int, shapely.Geometry, Sequence[int]]], lonlat: Floats, plane: Plane
) -> tuple[Floats, Ints, Ints]:
    """Put sites along the rim of grounds, so that outside of them distance counts from there.

    Each belongs to the nearest seat within.
    """
    rims, owners = [np.empty((0, 2))], [np.empty(0, dtype=np.int64)]
    numbers = [np.empty(0, dtype=np.int64)]
    xy = plane.forward(lonlat)
    for number, shape, those in grounds:
        flat = plane.shape(shape)
        step = float(np.sqrt(flat.area)) / _RIM_STEPS
        core = shapely.buffer(flat, -_INSET * step)
        at = shapely.get_coordinates(shapely.segmentize(shapely.boundary(core), step))
        if len(at):
            distance = ((at[:, None, :] - xy[None, list(those)]) ** 2).sum(axis=2)
            rims.append(plane.back(at))
            owners.append(np.array(those, dtype=np.int64)[distance.argmin(axis=1)])
            numbers.append(np.full(len(at), number))
    return np.vstack(rims), np.concatenate(owners), np.concatenate(numbers)


def _distinct(lonlat: Floats) -> tuple[Floats, Ints, Ints]:
    """Leave out what stands where another one stands before it; tell what was kept, and where each now is."""
    grid = np.rint(lonlat * 10**DECIMALS).astype(np.int64)
    _, first, which = np.unique(grid, axis=0, return_index=True, return_inverse=True)
    kept = np.sort(first)
    place = np.empty(len(lonlat), dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return lonlat[kept], kept, place[first[which.ravel()]]


def owner_keys(sites: Sites) -> Ints:
    """Give the key of each site, and that of `NOBODY` last, so that -1 finds it."""
    return np.append(sites.key, NOBODY)
