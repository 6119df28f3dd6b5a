"""The map of a picture: what lies within its window, drawn from the ground up, with a detail where events crowd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.path import Path

from geo.maps.basemap import world_layers
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_rectangle, draw_text, layer_above
from geo.maps.picture.corners import corner_boxes, quietest
from geo.maps.picture.crowd import draw_rings, gather, is_crowded
from geo.maps.picture.day import Feature
from geo.maps.picture.detail import detail_window, draw_leaders, source_box
from geo.maps.picture.furniture import draw_inset, draw_scale_bar, has_inset, inset_size, scale_boxes
from geo.maps.picture.ground import draw_basemap, draw_ground
from geo.maps.picture.labels import Taken, place_symbols
from geo.maps.picture.names import MOST_TOWNS, draw_names
from geo.maps.picture.symbols import draw_symbol
from geo.maps.picture.window import Window, on_sheet, point_on_sheet
from geo.maps.style import Style

WIDE = 0.6  # an event known no better than to this share of the map has no place on it


@dataclass(frozen=True, slots=True)
class Parts:
    """What a map has beside the ground and what was reported.

    Attributes
    ----------
    numbers
        Whether events bear the number they have in the list.
    scale, inset, detail
        Scale bar with north arrow, the small map, and the crowded part drawn larger.
    symbol
        Size of the symbols in CSS pixels.
    towns
        How many are named at most.
    theatre
        Countries that the map is about, ISO 3166-1 alpha-2: the others are drawn paler. None for all alike.
    """

    numbers: bool = True
    scale: bool = True
    inset: bool = True
    detail: bool = True
    symbol: float = 22.0
    towns: int = MOST_TOWNS
    theatre: tuple[str, ...] = ()


def split_events(events: Sequence[Feature], window: Window) -> tuple[list[Feature], list[Feature], list[Feature]]:
    """Tell the events on the map from those over wider ground and those elsewhere, in the order of the list.

    What is said of a whole province gets no pin: it would stand in the middle of it, where nothing was reported.
    """
    ordered = sorted(events, key=lambda f: (f.past, not f.unreal and f.undated, f.unreal))
    reach = window.metres_per_pixel * max(window.box.width, window.box.height)
    wide = [event for event in ordered if event.precision_m > WIDE * reach and _reaches(event, window)]
    rest = [event for event in ordered if event not in wide]
    on_map = [event for event in rest if _is_on(event, window)]
    return on_map, wide, [event for event in rest if event not in on_map]


def within(features: Mapping[str, Sequence[Feature]], window: Window) -> dict[str, list[Feature]]:
    """Leave out what the frame cuts off."""
    found = {}
    for layer, those in features.items():
        shapes = on_sheet([feature.geometry for feature in those], window, margin=0)
        found[layer] = [f for f, shape in zip(those, shapes, strict=True) if not shape.is_empty]
    return found


def _reaches(event: Feature, window: Window) -> bool:
    x, y = point_on_sheet(event.geometry.x, event.geometry.y, window)
    return window.box.grown(event.precision_m / window.metres_per_pixel).holds(Box(x, y, x, y))


def _is_on(event: Feature, window: Window) -> bool:
    x, y = point_on_sheet(event.geometry.x, event.geometry.y, window)
    return window.box.grown(-2).holds(Box(x, y, x, y))


def draw_maps(
    canvas: Canvas,
    basemap: Mapping[str, Any],
    features: Mapping[str, Sequence[Feature]],
    window: Window,
    style: Style,
    parts: Parts | None = None,
) -> None:
    """Draw the map, and where events crowd a detail of it."""
    parts = parts or Parts()
    scale = [quietest(scale_boxes(window), features, window)] if parts.scale else []
    inset = []
    if parts.inset and has_inset(window):
        inset.append(quietest(corner_boxes(window.box, inset_size(window), scale), features, window))
    blocked = [*scale, *inset]
    numbered = [(str(i) if parts.numbers else "", event) for i, event in enumerate(features["events"], 1)]
    crowded = is_crowded(len(numbered), window.box, parts.symbol)
    detail = detail_window(features, window, blocked) if parts.detail and not crowded else None
    if detail is None:
        _draw_map(canvas, basemap, features, numbered, window, style, parts, scale, blocked)
    else:
        source = source_box(detail, window)
        larger = [pair for pair in numbered if _is_on(pair[1], detail)]
        rest = [pair for pair in numbered if pair not in larger]
        blocked.append(detail.box.grown(3))
        _draw_map(canvas, basemap, features, rest, window, style, parts, scale, [*blocked, source])
        above = layer_above(canvas)
        draw_leaders(above, source, detail.box, style)
        bar = scale_boxes(detail)[:1]
        _draw_map(above, basemap, features, larger, detail, style, parts, bar, bar)
        draw_rectangle(above, detail.box, fill="none", edge=style.text.accent, width=1.6, z=15)
    top = layer_above(canvas)
    for box in inset:
        draw_inset(top, window, box, style)
    draw_rectangle(top, window.box, fill="none", edge=style.text.color, width=1.0, z=14)


def _draw_map(
    canvas: Canvas,
    basemap: Mapping[str, Any],
    features: Mapping[str, Sequence[Feature]],
    numbered: Sequence[tuple[str, Feature]],
    window: Window,
    style: Style,
    parts: Parts,
    scale: Sequence[Box],
    blocked: Sequence[Box],
) -> None:
    """Draw a window of the world with its features; labels and symbols stay off the scale bar and what is blocked."""
    taken = Taken()
    for box in blocked:
        taken.add(box)
    # The world as far as this window reaches: the atlas's basemap ends where its theatre does.
    ground = {**basemap, **world_layers(window.bounds)}
    draw_basemap(canvas, ground, window, style, tinted=bool(features["control"]), theatre=parts.theatre)
    _draw_events(canvas, numbered, window, style, taken, parts.symbol)
    draw_ground(canvas, features, window, style, taken)
    draw_names(canvas, ground, features, window, style, taken, towns=parts.towns)
    for box in scale:
        draw_scale_bar(canvas, window, box, style)


def _draw_events(
    canvas: Canvas,
    numbered: Sequence[tuple[str, Feature]],
    window: Window,
    style: Style,
    taken: Taken,
    size: float,
) -> None:
    points = [point_on_sheet(event.geometry.x, event.geometry.y, window) for _, event in numbered]
    if is_crowded(len(numbered), window.box, size):
        alone, groups = gather(points)
        draw_rings(canvas, [event for _, event in numbered], points, groups, window.box, style, taken)
        # Symbols without numbers: a ring has none, so that the list beside the map could not go by them.
        numbered, points = [("", numbered[i][1]) for i in alone], [points[i] for i in alone]
    boxes = place_symbols(points, size + 3, window.box.grown(-2), taken)
    for i, ((number, event), (x, y), box) in enumerate(zip(numbered, points, boxes, strict=True)):
        at, z = ((box.left + box.right) / 2, (box.top + box.bottom) / 2), 8 + i / 100
        if at != (x, y):
            # A line to where it truly is, with a dot there.
            draw_path(canvas, Path([(x, y), at]), edge=style.text.color, width=0.9, halo=0.8, z=7, clip=window.box)
            draw_path(canvas, Path.circle((x, y), 2.0), fill=style.text.color, z=7.1, clip=window.box)
        draw_symbol(
            canvas, style, *at,
            type=event.kind, subtype=event.subtype, side=event.side,
            modality=event.modality or style.modalities["happened"], size=size, past=event.past, z=z,
        )  # fmt: skip
        if number:
            _draw_number(canvas, number, (box.right - 2, box.top + 3), style, z + 0.005)


def _draw_number(canvas: Canvas, number: str, at: tuple[float, float], style: Style, z: float) -> None:
    ink = style.text.color
    draw_path(canvas, Path.circle(at, 6.4), fill="#FFFFFF", edge=ink, width=0.8, z=z)
    size = 8.5 if len(number) < 2 else 7.5
    draw_text(canvas, at[0], at[1] + 3, number, size=size, color=ink, bold=True, align="center", z=z + 0.001)
