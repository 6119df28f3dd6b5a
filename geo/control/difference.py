"""What changed hands between two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.control.measure import area_m2
from geo.control.plane import DECIMALS, GRID
from geo.control.records import Zone

UNKNOWN = ""
"""The holder of ground that no zone covers."""
_SLIVER = 1.0  # metres: what is narrower comes from the drawing


@dataclass(frozen=True, slots=True)
class Change:
    """Ground that changed hands.

    Attributes
    ----------
    old, new
        Holder before and after; empty where nobody is known to have held it.
    geometry
        WGS 84.
    area_m2
        On the ellipsoid.
    """

    old: str
    new: str
    geometry: shapely.MultiPolygon
    area_m2: float


@dataclass(frozen=True, slots=True)
class Balance:
    """What one holder gained and lost, in square metres on the ellipsoid.

    Attributes
    ----------
    holder
        Who.
    before, after
        Ground on both days.
    gained, lost
        Ground that came and went; ``after - before`` is their difference.
    """

    holder: str
    before: float
    after: float
    gained: float
    lost: float


def changes(before: Sequence[Zone], after: Sequence[Zone]) -> tuple[Change, ...]:
    """Give the ground that changed hands, by old holder, then new one.

    Parameters
    ----------
    before, after
        Zones of two days, each without overlaps. A change of state alone is none.
    """
    old, new = _grounds(before), _grounds(after)
    pairs = [(a, b) for a in sorted(old) for b in sorted(new) if a != b]
    found = [_change(a, b, shapely.intersection(old[a], new[b], grid_size=GRID)) for a, b in pairs]
    whole = [shapely.union_all(list(day.values()), grid_size=GRID) for day in (old, new)]
    found += [_change(a, UNKNOWN, shapely.difference(old[a], whole[1], grid_size=GRID)) for a in sorted(old)]
    found += [_change(UNKNOWN, b, shapely.difference(new[b], whole[0], grid_size=GRID)) for b in sorted(new)]
    return tuple(sorted((c for c in found if not c.geometry.is_empty), key=lambda c: (c.old, c.new)))


def balances(before: Sequence[Zone], after: Sequence[Zone], found: Iterable[Change]) -> tuple[Balance, ...]:
    """Sum up changes by holder, sorted."""
    old, new = ({h: area_m2(g) for h, g in _grounds(day).items()} for day in (before, after))
    found = tuple(found)
    return tuple(
        Balance(
            holder,
            old.get(holder, 0.0),
            new.get(holder, 0.0),
            sum((c.area_m2 for c in found if c.new == holder), 0.0),
            sum((c.area_m2 for c in found if c.old == holder), 0.0),
        )
        for holder in sorted({*old, *new})
    )


def _grounds(zones: Sequence[Zone]) -> dict[str, Any]:
    by_holder: dict[str, list[Any]] = {}
    for zone in zones:
        by_holder.setdefault(zone.holder, []).append(zone.geometry)
    return {holder: shapely.union_all(parts, grid_size=GRID) for holder, parts in by_holder.items()}


def _change(old: str, new: str, shape: Any) -> Change:
    parts = [p for p in shapely.get_parts(shape).tolist() if p.geom_type == "Polygon" and not _is_sliver(p)]
    parts.sort(key=lambda part: part.bounds)
    whole = shapely.MultiPolygon(list(shapely.orient_polygons(parts)) if parts else [])
    rounded = shapely.transform(whole, lambda xy: np.round(xy, DECIMALS) + 0.0)
    return Change(old, new, rounded, area_m2(whole))


def _is_sliver(part: Any) -> bool:
    """Tell what is nowhere wider than a line of the drawing: area over half the perimeter, in metres."""
    metres = 111_000.0
    return bool(2 * part.area * metres < _SLIVER * part.length)
