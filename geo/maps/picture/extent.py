"""What part of the world the features of a day ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely

from geo.maps.picture.day import Feature
from geo.maps.picture.window import METRES_PER_DEGREE, Bounds, cut_to

# Ground wider than this says little about where, so it does not decide what the map shows.
VAGUE_M, VERY_VAGUE_M = 20_000, 60_000
MORE_ROOM = 1.35
GROUND = frozenset({"control", "front_lines"})


def wanted_bounds(features: Mapping[str, Sequence[Feature]], theatre: Bounds | None = None) -> list[Bounds]:
    """Give the bounds of what the picture should show, leaving out what lies outside of the theatre if there is one.

    Only what is known to some kilometres counts, if there is any. What is new on the day comes first (roads, which may
    lead far away, after all else), and then what lies near it; where nothing is new, all that holds or has just been.
    Who holds the ground counts where there is nothing else: zones reach as far as places are known, and would shrink
    the day to a dot.
    """
    everything = [f for name, layer in features.items() if name not in GROUND for f in layer]
    everything = everything or [f for layer in features.values() for f in layer]
    everything = [f for f in everything if cut_to(_bounds(f), theatre)] or everything
    exact = [f for f in everything if f.precision_m < VAGUE_M and not _is_wide(f)]
    fresh = [f for f in exact if f.fresh and not f.past]
    chosen = (
        [f for f in fresh if f.layer != "routes"]
        or fresh
        or [f for f in everything if f.fresh and not f.past and f.precision_m < VERY_VAGUE_M]
        or exact
    )
    bounds = [_bounds(f) for f in chosen]
    return bounds + _near_by(bounds, [_bounds(f) for f in exact if f not in chosen])


def _bounds(feature: Feature) -> Bounds:
    west, south, east, north = shapely.bounds(feature.geometry).tolist()
    return (west, south, east, north)


def _is_wide(feature: Feature) -> bool:
    """Tell whether an area is doubt over so much ground that it says little about where."""
    _, south, _, north = _bounds(feature)
    return feature.layer == "areas" and feature.kind != "siege" and north - south > 2 * VAGUE_M / METRES_PER_DEGREE


def _near_by(bounds: Sequence[Bounds], others: Sequence[Bounds]) -> list[Bounds]:
    """Choose of the rest what needs little more room: at most `MORE_ROOM` times the width and height."""
    if not bounds:
        return []
    whole = _union(bounds)
    least = 0.1  # degrees; about a point anything within a day's walk is near
    limit = (MORE_ROOM * max(whole[2] - whole[0], least), MORE_ROOM * max(whole[3] - whole[1], least))
    chosen = []
    for other in others:
        wider = _union([whole, other])
        if wider[2] - wider[0] <= limit[0] and wider[3] - wider[1] <= limit[1]:
            chosen.append(other)
            whole = wider
    return chosen


def _union(bounds: Sequence[Bounds]) -> Bounds:
    return (
        min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds),
    )  # fmt: skip
