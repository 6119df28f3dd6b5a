"""What the printed page of a day says: its window, what its legend names, its sources, and the corner that is free."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.export.flat import Flat
from geo.export.qgis.renderers import drawing_of
from geo.maps.style import SAME_AS_SIDE, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

Window = tuple[float, float, float, float]
CORNERS = {"lower right": (1, 0), "upper right": (1, 1), "upper left": (0, 1)}
"""Corners of the map that an inset may take, the first that is free first; the scale stands in the fourth."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is on the printed map of a day.

    Attributes
    ----------
    day
        None for all days.
    window
        Of the map, in metres of EPSG:3857, in the shape of its frame.
    shown
        By layer: the numbers of the categories that are to be seen, in the order of its renderer.
    modalities, states
        Of the events and of the ground to be seen.
    sources
        Who told what is to be seen.
    free
        The corner of the map with the least in it, one of `CORNERS`.
    """

    day: date | None
    window: Window
    shown: Mapping[str, tuple[int, ...]]
    modalities: frozenset[str]
    states: frozenset[str]
    sources: tuple[str, ...]
    free: str


def page_of(
    flats: Mapping[str, Flat],
    style: Style,
    theatre: Window,
    day: date | None,
    *,
    shape: float,
    inset: tuple[float, float],
) -> Page:
    """Work out the page of a day.

    Parameters
    ----------
    flats
        The layers.
    style
        Of the renderers.
    theatre
        West, south, east, north in degrees: the window of the whole project.
    day
        The day; None for all.
    shape
        Height of the map's frame, over its width.
    inset
        Width and height of the inset, as shares of the frame's.
    """
    window = _framed(web_mercator(_wanted(flats, style, theatre, day) if day else theatre), shape)
    seen = {name: _seen(flat, day, window) for name, flat in flats.items()}
    shown = {name: _categories(flats[name], style, mask) for name, mask in seen.items()}
    if "control" in shown:  # where the colours of all sides are explained
        sides = {side for name, mask in seen.items() for side in _sides(flats[name], style, mask)}
        named = [category.value for category in drawing_of(flats["control"].schema, style).categories]
        shown["control"] = tuple(n for n, value in enumerate(named) if value in sides)
    sources = {s for name, mask in seen.items() for s in _values(flats[name], "source", mask) if s}
    modalities, states = (
        frozenset(_values(flats[name], column, seen[name]) if name in flats else ())
        for name, column in (("events", "modality"), ("control", "state"))
    )
    free = min(CORNERS, key=lambda corner: _crowd(flats, seen, _corner(window, corner, inset)))
    return Page(day, window, shown, modalities, states, tuple(sorted(sources)), free)


def web_mercator(box: Window) -> Window:
    """Project a window of degrees to EPSG:3857, in metres."""
    west, south, east, north = (max(-180.0, box[0]), max(-85.0, box[1]), min(180.0, box[2]), min(85.0, box[3]))
    radius = 6_378_137.0
    x = [math.radians(lon) * radius for lon in (west, east)]
    y = [radius * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) for lat in (south, north)]
    return x[0], y[0], x[1], y[1]


def degrees(box: Window) -> Window:
    """Give a window of EPSG:3857 in degrees."""
    radius = 6_378_137.0
    west, east = (math.degrees(x / radius) for x in (box[0], box[2]))
    south, north = (math.degrees(2 * math.atan(math.exp(y / radius)) - math.pi / 2) for y in (box[1], box[3]))
    return west, south, east, north


def union(boxes: Iterable[Window]) -> Window:
    """Give the window that holds all of some."""
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _wanted(flats: Mapping[str, Flat], style: Style, theatre: Window, day: date) -> Window:
    """Choose the window as the picture of that day does."""
    from geo.maps.picture.day import features_of
    from geo.maps.picture.extent import wanted_bounds
    from geo.maps.picture.window import choose_bounds

    features = features_of({name: flat.frame for name, flat in flats.items()}, day, style)
    return choose_bounds(wanted_bounds(features, theatre), theatre)


def _framed(box: Window, shape: float) -> Window:
    """Widen a window about its middle until it has the shape of the frame."""
    width = max(box[2] - box[0], (box[3] - box[1]) / shape)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x - width / 2, y - width * shape / 2, x + width / 2, y + width * shape / 2


def _seen(flat: Flat, day: date | None, window: Window) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = shapely.intersects(flat.geometry, shapely.box(*degrees(window)))
    if day and flat.schema.dated:
        pairs = zip(flat.columns["shown_from"], flat.columns["shown_until"], strict=True)
        mask = mask & np.array([first <= day.isoformat() < until for first, until in pairs], dtype=bool)
    return mask


def _values(flat: Flat, column: str, mask: NDArray[np.bool_]) -> Iterable[str]:
    if column not in {field.name for field in flat.fields}:
        return ()
    return (value for value, there in zip(flat.columns[column], mask, strict=True) if there)


def _categories(flat: Flat, style: Style, mask: NDArray[np.bool_]) -> tuple[int, ...]:
    drawing = drawing_of(flat.schema, style)
    if not drawing.column:
        return (0,) if mask.any() else ()
    there = set(_values(flat, drawing.column, mask))
    return tuple(number for number, category in enumerate(drawing.categories) if category.value in there)


def _sides(flat: Flat, style: Style, mask: NDArray[np.bool_]) -> set[str]:
    """Name the sides whose colour is to be seen in a layer."""
    looks = {"areas": style.areas, "flows": style.flows}.get(flat.schema.name)
    if looks is None:
        return {side for name in ("side", "left_side", "right_side") for side in _values(flat, name, mask) if side}
    pairs = zip(_values(flat, "type", mask), _values(flat, "side", mask), strict=True)
    return {side for kind, side in pairs if kind in looks and looks[kind].color == SAME_AS_SIDE}


def _corner(window: Window, corner: str, inset: Sequence[float]) -> Window:
    (right, up), (west, south, east, north) = CORNERS[corner], window
    width, height = (east - west) * inset[0], (north - south) * inset[1]
    x, y = east - width if right else west, north - height if up else south
    return x, y, x + width, y + height


def _crowd(flats: Mapping[str, Flat], seen: Mapping[str, NDArray[np.bool_]], corner: Window) -> int:
    """Count what an inset in a corner would hide; who holds the ground there counts little."""
    box = shapely.box(*degrees(corner))
    weights = {"control": 1, "control_points": 0, "places": 0}
    hidden = ((name, shapely.intersects(flats[name].geometry[mask], box).sum()) for name, mask in seen.items())
    return sum(weights.get(name, 5) * int(count) for name, count in hidden)
