"""How likely each holder is, point by point, and where the line may run.

Each point votes for its holder with ``w / (d² + s²) ** 1.5``: w its weight, d the distance, s its own precision. A
holder's votes to the power of 0.78, divided by the sum of all holders', are its probability. This is inverse distance
weighting (Shepard 1968, *Proceedings of the 23rd ACM National Conference*, 517-524) with the power 3, tempered (Guo et
al. 2017, *Proceedings of Machine Learning Research* 70, 1321-1330) so that the band from .25 to .75 holds half of a
true front. Where two points of one weight and precision face each other, one half lies on their bisector, the edge of
their Voronoi cells. docs/front-lines.md tells how both numbers were chosen on published maps, and what a Gaussian
process gives on the same data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.control.plane import DECIMALS, Plane, at_antimeridian, check_no_pole, plane_about
from geo.control.records import ControlPoint, check_points, in_order
from geo.errors import InputError

Floats = NDArray[np.float64]
Window = tuple[float, float, float, float]

HALF_LIFE_DAYS = 90.0
"""After so many days without a new report a point weighs half."""
LEAST_PRECISION_M = 50.0
POWER = 3.0
TEMPER = 0.78
"""Votes are less sure than they look: to this power the band holds half of the published fronts, not two fifths."""
BAND = (0.25, 0.75)
"""Between these probabilities of a holder the line may run."""
_MOST_CELLS = 4_000_000
_CHUNK = 2_000_000


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Probabilities on a grid.

    Attributes
    ----------
    plane
        That the grid lies in.
    x, y
        Coordinates of its columns and rows in metres of the plane, shapes (m,) and (n,).
    share
        By holder, sorted: the probability at each crossing, shape (n, m); NaN beyond the reach of all points.
    """

    plane: Plane
    x: Floats
    y: Floats
    share: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Band:
    """Where the edge of a holder's ground may run.

    Attributes
    ----------
    holder
        Whose ground.
    low, high
        Probabilities at its two edges.
    geometry
        WGS 84.
    """

    holder: str
    low: float
    high: float
    geometry: shapely.MultiPolygon


def likelihood(
    points: Iterable[ControlPoint],
    *,
    on: date,
    reach_m: float,
    step_m: float | None = None,
    half_life_days: float = HALF_LIFE_DAYS,
    window: Window | None = None,
) -> Likelihood:
    """Work out how likely each holder is on a grid; as `likelihoods`, for one day."""
    days = {on: tuple(points)}
    return likelihoods(days, reach_m=reach_m, step_m=step_m, half_life_days=half_life_days, window=window)[on]


def likelihoods(
    days: Mapping[date, Iterable[ControlPoint]],
    *,
    reach_m: float,
    step_m: float | None = None,
    half_life_days: float = HALF_LIFE_DAYS,
    window: Window | None = None,
) -> dict[date, Likelihood]:
    """Work out how likely each holder is on several days, on one grid.

    Parameters
    ----------
    days
        Who holds which place on each day. A point's weight is its certainty, halved with every half-life from its own
        day to that one; points without a day, and later ones, count as new.
    reach_m
        As of `geo.control.control_zones`.
    step_m
        Width of the grid's cells in metres; a 250th of the longer side of all if None.
    half_life_days
        How long it takes until a point weighs half.
    window
        West, south, east, north in degrees, where it is to be known; all ground within reach if None.

    Raises
    ------
    InputError
        Where there is no point, a value is not right, or the grid would have more than 4,000,000 crossings.
    """
    if not half_life_days > 0:
        raise InputError(f"a half-life of {half_life_days:g} days is none", do="Give more than 0 days")
    ordered = {day: in_order(check_points(points, reach_m)) for day, points in sorted(days.items())}
    everyone = in_order({point for points in ordered.values() for point in points})
    if not everyone:
        raise InputError("there is no control point to reckon from", do="Give at least one")
    plane = plane_about(_lonlat(everyone))
    xy = plane.forward(_lonlat(everyone))
    reach = np.array([p.reach_m or reach_m for p in everyone]) * plane.scale(xy)
    x, y = _grid(xy, reach, plane, window, step_m)
    holders = sorted({p.holder for p in everyone})
    found = {}
    for day, points in ordered.items():
        share = _shares(x, y, _votes(points, plane, day, half_life_days, reach_m), _holds(points, holders))
        found[day] = Likelihood(plane, x, y, MappingProxyType({h: share[:, :, k] for k, h in enumerate(holders)}))
    return found


def _lonlat(points: Iterable[ControlPoint]) -> Floats:
    return np.array([(p.lon, p.lat) for p in points], dtype=float).reshape(-1, 2)


def _holds(points: Iterable[ControlPoint], holders: Sequence[str]) -> Floats:
    return np.array([[p.holder == holder for holder in holders] for p in points], dtype=float).reshape(-1, len(holders))


@dataclass(frozen=True, slots=True)
class _Votes:
    """Of each point: where it is, how far it reaches, how much it weighs, and how blurred it is, in the plane."""

    xy: Floats
    reach: Floats
    weight: Floats
    blur: Floats


def _votes(points: Sequence[ControlPoint], plane: Plane, day: date, half_life_days: float, reach_m: float) -> _Votes:
    xy = plane.forward(_lonlat(points))
    scale = plane.scale(xy)
    age = np.array([max(0, (day - p.since).days) if p.since else 0 for p in points])
    weight = np.array([p.certainty for p in points]) * 0.5 ** (age / half_life_days)
    blur = np.maximum(np.array([p.precision_m for p in points]), LEAST_PRECISION_M) * scale
    return _Votes(xy, np.array([p.reach_m or reach_m for p in points]) * scale, weight, blur)


def _grid(
    xy: Floats, reach: Floats, plane: Plane, window: Window | None, step_m: float | None
) -> tuple[Floats, Floats]:
    low, high = (xy - reach[:, None]).min(axis=0), (xy + reach[:, None]).max(axis=0)
    if window is not None:
        rim = shapely.segmentize(shapely.box(*window), 0.1)
        corners = plane.forward(shapely.get_coordinates(rim))
        low, high = np.maximum(low, corners.min(axis=0)), np.minimum(high, corners.max(axis=0))
        if bool(np.any(low >= high)):
            raise InputError("no control point reaches into that window", do="Choose a window that holds some")
    step = step_m if step_m is not None else float((high - low).max()) / 250
    if not step > 0:
        raise InputError(f"a grid of {step:g} m is none", do="Give more than 0 metres")
    # On round numbers, so that two days have one grid.
    first, last = np.floor(low / step).astype(int), np.ceil(high / step).astype(int)
    columns, rows = (last - first + 1).tolist()
    if columns * rows > _MOST_CELLS:
        raise InputError(
            f"a grid of {step:g} m would have {columns * rows:,} crossings", do="Choose wider cells, or a window"
        )
    return np.arange(first[0], last[0] + 1) * step, np.arange(first[1], last[1] + 1) * step


def _shares(x: Floats, y: Floats, votes: _Votes, holds: Floats) -> Floats:
    """Give the share of each holder, shape (rows, columns, holders); NaN beyond reach."""
    share = np.full((len(y), len(x), holds.shape[1]), np.nan)
    rows = max(1, _CHUNK // (len(x) * max(1, len(votes.xy))))
    across = (x[:, None] - votes.xy[None, :, 0]) ** 2
    for begin in range(0, len(y), rows):
        up = (y[begin : begin + rows, None] - votes.xy[None, :, 1]) ** 2
        square = up[:, None, :] + across[None, :, :]
        known = np.asarray((square <= votes.reach**2).any(axis=2))
        cast = ((votes.weight / (square + votes.blur**2) ** (POWER / 2)) @ holds) ** TEMPER
        part = cast / np.maximum(cast.sum(axis=2, keepdims=True), np.finfo(float).tiny)
        share[begin : begin + rows] = np.where(known[:, :, None], part, np.nan)
    return share


def front_bands(found: Likelihood, *, low: float = BAND[0], high: float = BAND[1]) -> tuple[Band, ...]:
    """Draw where the edge of each holder's ground may run: where its probability lies between two values.

    Returns
    -------
    tuple of Band
        By holder; those without one are left out. Nothing is drawn towards the unknown.
    """
    bands = []
    for holder, share in found.share.items():
        shape = contour(found, share, low, high)
        if not shape.is_empty:
            bands.append(Band(holder, low, high, shape))
    return tuple(bands)


def contour(found: Likelihood, values: Floats, low: float, high: float) -> shapely.MultiPolygon:
    """Give the ground where values on the grid lie between two, as polygons in degrees; NaN is left out."""
    from contourpy import FillType, contour_generator

    filled = contour_generator(
        found.x, found.y, np.ma.masked_invalid(values), name="serial", fill_type=FillType.OuterOffset
    ).filled(low, high)
    polygons = []
    for points, offsets in zip(*filled, strict=True):
        degrees = np.round(found.plane.back(points), DECIMALS) + 0.0
        check_no_pole(degrees[:-1], degrees[1:])
        rings = [degrees[a:b] for a, b in pairwise(offsets.tolist())]
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    whole = shapely.make_valid(shapely.union_all(polygons)) if polygons else shapely.MultiPolygon()
    return _as_multipolygon(at_antimeridian([whole])[0]) if polygons else whole


def _as_multipolygon(shape: Any) -> shapely.MultiPolygon:
    parts = [part for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(list(shapely.orient_polygons(parts)) if parts else [])


def cell_areas_m2(found: Likelihood) -> Floats:
    """Give the area on the ground of the cell about each crossing of the grid, shape (n, m)."""
    step = float(found.x[1] - found.x[0]) if len(found.x) > 1 else 0.0
    xx, yy = np.meshgrid(found.x, found.y)
    scale = found.plane.scale(np.column_stack([xx.ravel(), yy.ravel()])).reshape(xx.shape)
    return np.asarray(step**2 / scale**2)


def area_interval_m2(
    found: Likelihood, holder: str, *, low: float = BAND[0], high: float = BAND[1]
) -> tuple[float, float]:
    """Give the least and the most ground of a holder in square metres: where it is likely to 0.75, and to 0.25."""
    share, cells = found.share.get(holder), cell_areas_m2(found)
    if share is None:
        return 0.0, 0.0
    return float(cells[share >= high].sum()), float(cells[share >= low].sum())


def gain_interval_m2(
    before: Likelihood, after: Likelihood, holder: str, *, low: float = BAND[0], high: float = BAND[1]
) -> tuple[float, float]:
    """Give the least and the most ground that a holder gained, in square metres.

    What is in doubt on both days for the same reason is no gain: a place counts with the rise of its probability from
    one day to the next, ``max(0, p1 - p0)``, which is the probability that it changed hands if the doubt of both days
    is one and the same (comonotone). The least is where that is 0.75 and more, the most where it is 0.25 and more.

    Raises
    ------
    InputError
        Where the two lie on different grids.
    """
    if not _same_grid(before, after):
        raise InputError(
            "the two days lie on different grids", do="Reckon both with `likelihoods`, which lays one grid for all"
        )
    old, new = (np.nan_to_num(day.share.get(holder, np.zeros(1))) for day in (before, after))
    rise, cells = np.broadcast_to(new - old, (len(after.y), len(after.x))), cell_areas_m2(after)
    return float(cells[rise >= high].sum()), float(cells[rise >= low].sum())


def _same_grid(a: Likelihood, b: Likelihood) -> bool:
    return a.plane == b.plane and np.array_equal(a.x, b.x) and np.array_equal(a.y, b.y)
