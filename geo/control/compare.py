"""Two days side by side: who gained and lost how much, how long the front is, and between what bounds that may lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from geo.control.difference import UNKNOWN, Balance, Change, balances, changes
from geo.control.frontline import front_length_m, front_lines
from geo.control.outline import front_of_outline
from geo.control.probable import Likelihood, area_interval_m2, gain_interval_m2
from geo.control.records import Zone

SPACING_M = 1000.0
"""Vertex spacing that front lines are measured at."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two days.

    Attributes
    ----------
    changes
        Ground that changed hands.
    balances
        By holder.
    lines
        Front lines before and after, WGS 84.
    spacing_m, lengths_m
        Vertex spacing, and the lengths of the front line before and after at that spacing.
    gained, lost, areas
        By holder: the least and the most that was gained, lost, and held after, in square metres; empty where no
        control points are known that would tell.
    """

    changes: tuple[Change, ...]
    balances: tuple[Balance, ...]
    lines: tuple[tuple[shapely.LineString, ...], tuple[shapely.LineString, ...]]
    spacing_m: float
    lengths_m: tuple[float, float]
    gained: Mapping[str, Interval]
    lost: Mapping[str, Interval]
    areas: Mapping[str, Interval]


def compare(
    before: Sequence[Zone],
    after: Sequence[Zone],
    *,
    territory: shapely.Geometry | None = None,
    doubt: tuple[Likelihood, Likelihood] | None = None,
    spacing_m: float = SPACING_M,
) -> Comparison:
    """Compare two days.

    Parameters
    ----------
    before, after
        Zones of both days.
    territory
        The land that is fought over: where one holder alone is drawn, the front is told from coast and border by it.
    doubt
        Probabilities of both days on one grid; without them there are no intervals.
    spacing_m
        Vertex spacing of front lines, in metres.
    """
    changed = changes(before, after)
    sums = balances(before, after, changed)
    lines = (lines_of(before, territory), lines_of(after, territory))
    gained, lost, areas = _intervals(sums, doubt) if doubt else ({}, {}, {})
    old, new = (front_length_m(those, spacing_m=spacing_m) for those in lines)
    return Comparison(changed, sums, lines, spacing_m, (old, new), gained, lost, areas)


def lines_of(zones: Sequence[Zone], territory: shapely.Geometry | None) -> tuple[shapely.LineString, ...]:
    """Give the front lines of a day: between holders, or of the only one against the rest of a territory."""
    if len({zone.holder for zone in zones}) == 1 and territory is not None:
        return front_of_outline(shapely.union_all([zone.geometry for zone in zones]), territory)
    return tuple(front.geometry for front in front_lines(zones))


def _intervals(
    sums: Iterable[Balance], doubt: tuple[Likelihood, Likelihood]
) -> tuple[dict[str, Interval], dict[str, Interval], dict[str, Interval]]:
    """Give the bounds of what was gained, lost and held after; they hold what is drawn, which outlines had a say in."""
    old, new = doubt
    gained, lost, areas = {}, {}, {}
    for b in sums:
        gained[b.holder] = _holding(b.gained, gain_interval_m2(old, new, b.holder))
        lost[b.holder] = _holding(b.lost, gain_interval_m2(new, old, b.holder))
        areas[b.holder] = _holding(b.after, area_interval_m2(new, b.holder))
    return gained, lost, areas


def _holding(drawn: float, interval: Interval) -> Interval:
    return min(drawn, interval[0]), max(drawn, interval[1])


def as_record(found: Comparison, *, before: str, after: str) -> dict[str, Any]:
    """Give a comparison as JSON-like data: square kilometres with four decimals, kilometres with three."""
    return {
        "before": before,
        "after": after,
        "holders": [_holder(found, balance) for balance in found.balances],
        "changes": [{"from": c.old or None, "to": c.new or None, "area_km2": _km2(c.area_m2)} for c in found.changes],
        "front": {
            "spacing_m": found.spacing_m,
            "before_km": round(found.lengths_m[0] / 1e3, 3),
            "after_km": round(found.lengths_m[1] / 1e3, 3),
        },
    }


def _holder(found: Comparison, balance: Balance) -> dict[str, Any]:
    record: dict[str, Any] = {
        "holder": balance.holder,
        "before_km2": _km2(balance.before),
        "after_km2": _km2(balance.after),
        "gained_km2": _km2(balance.gained),
        "lost_km2": _km2(balance.lost),
    }
    for name, those in (("after", found.areas), ("gained", found.gained), ("lost", found.lost)):
        if balance.holder in those:
            record[f"{name}_km2_interval"] = [_km2(value) for value in those[balance.holder]]
    return record


def _km2(square_metres: float) -> float:
    return round(square_metres / 1e6, 4)


def change_rows(found: Comparison, *, before: str, after: str) -> list[dict[str, Any]]:
    """Give the changed areas as features: properties and geometry, one row for each pair of holders."""
    return [
        {
            "id": f"{c.old or 'unknown'}-{c.new or 'unknown'}",
            "from": c.old or None,
            "to": c.new or None,
            "before": before,
            "after": after,
            "area_km2": _km2(c.area_m2),
            "geometry": c.geometry,
        }
        for c in found.changes
    ]


__all__ = ["SPACING_M", "UNKNOWN", "Comparison", "as_record", "change_rows", "compare", "lines_of"]
