"""Quiet corners: where on the map furniture hides least of what the map is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from geo.maps.picture.canvas import Box
from geo.maps.picture.day import Feature
from geo.maps.picture.window import Window, on_sheet, point_on_sheet

GAP = 8.0
# How much it weighs if all of a feature of the layer is hidden; an event is never hidden in part.
WEIGHTS = {"events": 1.0, "routes": 0.9, "flows": 0.9, "front_lines": 0.9, "areas": 0.4}
# A vague event is said of so much ground that its middle means little.
VAGUE_WEIGHT = 0.5


def quietest(corners: Sequence[Box], features: Mapping[str, Sequence[Feature]], window: Window) -> Box:
    """Choose the corner that hides least, the first one of equals."""
    return min(corners, key=lambda corner: round(hidden(features, window, corner), 2))


def hidden(features: Mapping[str, Sequence[Feature]], window: Window, corner: Box) -> float:
    """Tell how much of what the map is about lies in a rectangle.

    Parameters
    ----------
    features
        What the map shows, by layer.
    window
        Of the map.
    corner
        In CSS pixels.

    Returns
    -------
    float
        0 for nothing; an event there counts 1, a route or an area by how much of its visible part lies there.
    """
    cost = 0.0
    within = shapely.box(corner.left, corner.top, corner.right, corner.bottom)
    for layer, weight in WEIGHTS.items():
        for feature in features.get(layer, ()):
            share = _share(feature, window, corner, within)
            cost += share * weight * (VAGUE_WEIGHT if feature.past else 1)
    return cost


def _share(feature: Feature, window: Window, corner: Box, within: Any) -> float:
    if feature.layer == "events":
        x, y = point_on_sheet(feature.geometry.x, feature.geometry.y, window)
        return float(corner.grown(12).holds(Box(x, y, x, y)))
    shape = on_sheet([feature.geometry], window, margin=0)[0]
    whole = shape.area or shape.length
    if not whole:
        return 0.0
    part = shapely.intersection(shapely.make_valid(shape), within)
    return float((part.area if shape.area else part.length) / whole)


def corner_boxes(box: Box, size: tuple[float, float], blocked: Sequence[Box], *, inset: float = 0) -> list[Box]:
    """Give the corners of a map, top right first, each moved along its side past what stands there.

    Parameters
    ----------
    box
        The map.
    size
        Width and height of what is to stand in a corner.
    blocked
        What stands there already.
    inset
        How far it stays from the map's edge.
    """
    width, height = size
    edge = box.grown(-inset)
    corners = []
    for right in (True, False):
        left = edge.right - width if right else edge.left
        there = [b for b in blocked if b.left < left + width and b.right > left]
        top = max([edge.top, *(b.bottom + GAP for b in there if b.top < box.top + 10)])
        bottom = min([edge.bottom, *(b.top - GAP for b in there if b.bottom > box.bottom - 10)])
        corners.append(Box(left, top, left + width, top + height))
        corners.append(Box(left, bottom - height, left + width, bottom))
    return [corner for corner in corners if box.grown(0.5).holds(corner)]
