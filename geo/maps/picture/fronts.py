"""Who holds the ground: zones in the colours of the sides, striped where not sure, and the front lines between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from geo.maps.colour import mix
from geo.maps.picture.canvas import Box, Canvas, draw_path, to_path
from geo.maps.picture.day import Feature
from geo.maps.picture.window import Window, on_sheet
from geo.maps.style import Line, Style

SURE = "held"
STRIPE, STRIPE_EVERY = 1.8, 7.5
EDGE, TICK, TICK_EVERY = 2.6, 7.0, 18.0  # a front line's coloured edge, and the ticks on it
WHOLE = 560.0  # on a map so wide, in pixels, a front line has its full width
DETAIL = 0.5  # in pixels: finer bends of a front line are not drawn
# Degrees of the strokes of a hatch, by its first character, y pointing down.
_ANGLES = {"/": (-45.0,), "\\": (45.0,), "x": (45.0, -45.0), "-": (0.0,), "|": (90.0,), "+": (0.0, 90.0)}


def state_look(style: Style, state: str) -> Line:
    """Give how ground or a line in a state of control looks; what is not known looks sure."""
    return style.control_states.get(state) or style.control_states[SURE]


def draw_zone(canvas: Canvas, feature: Feature, window: Window, style: Style) -> None:
    """Draw the ground of a holder."""
    shape = on_sheet([feature.geometry], window)[0]
    draw_held(canvas, shape, feature.side.color, feature.side.hatch, feature.kind, style, clip=window.box)


def draw_held(
    canvas: Canvas,
    shape: Any,
    color: str,
    hatch: str,
    state: str,
    style: Style,
    *,
    clip: Box | None = None,
    z: float = 2.0,
) -> None:
    """Draw ground on the sheet in a side's colour, with stripes cut out of it where the state is not sure."""
    path = to_path([shape])
    if path is None:
        return
    look = state_look(style, state)
    draw_path(canvas, path, fill=color, opacity=style.control.fill * look.fill, clip=clip, z=z)
    if hatch and not look.hatch:
        draw_path(canvas, path, edge=mix(color, "#FFFFFF", 0.55), hatch=hatch, clip=clip, z=z + 0.01)
    if look.hatch and (strokes := to_path(stripes(shape, look.hatch))):
        pale = mix(style.basemap["land"].color, color, 0.06)
        draw_path(canvas, strokes, edge=pale, width=STRIPE, clip=clip, z=z + 0.02)
    edge = mix(color, "#FFFFFF", 0.55)  # quieter than a front line: the same side holds both
    draw_path(canvas, path, edge=edge, width=style.control.width, dash=look.dash, clip=clip, z=z + 0.03)


def stripes(shape: Any, hatch: str, every: float = STRIPE_EVERY) -> list[Any]:
    """Give the strokes of a hatch that lie within a shape: the same on paper and screen, whatever the resolution."""
    left, top, right, bottom = shapely.bounds(shape).tolist()
    if math.isnan(left):
        return []
    reach = math.hypot(right - left, bottom - top)
    found: list[Any] = []
    for angle in _ANGLES.get(hatch[:1], (45.0,)):
        along = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))])
        across = np.array([-along[1], along[0]])
        # Counted from the sheet's own corner, so that the strokes of two neighbours meet.
        middle = np.array([(left + right) / 2, (top + bottom) / 2])
        first = math.floor((float(middle @ across) - reach / 2) / every)
        last = math.ceil((float(middle @ across) + reach / 2) / every)
        for k in range(first, last + 1):
            base = across * k * every + along * float(middle @ along)
            line = shapely.LineString([base - along * reach, base + along * reach])
            parts = shapely.get_parts(shapely.intersection(line, shape))
            found += [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    return found


def draw_front(canvas: Canvas, feature: Feature, window: Window, style: Style) -> None:
    """Draw a front line: an edge in the colour of either side, a line between, and ticks into the ground of both."""
    colors = [side.color for side in feature.sides] or [style.text.muted] * 2
    shape = shapely.simplify(on_sheet([feature.geometry], window)[0], DETAIL)
    for line in shapely.get_parts(shape):
        if line.geom_type == "LineString" and line.length > 0:
            scale = min(1.0, max(0.5, window.box.width / WHOLE))
            draw_front_line(canvas, line, (colors[0], colors[-1]), feature.kind, style, scale=scale, clip=window.box)


def draw_front_line(
    canvas: Canvas,
    line: Any,
    colors: tuple[str, str],
    state: str,
    style: Style,
    *,
    scale: float = 1.0,
    clip: Box | None = None,
    z: float = 4.5,
) -> None:
    """Draw a front line on the sheet; the first colour lies on its left."""
    ink, width, band = style.front_lines.color, style.front_lines.width * scale, EDGE * scale
    look = style.front_lines
    dash = state_look(style, state).dash or look.dash
    whole = to_path([line])
    if whole is None:
        return
    draw_path(canvas, whole, edge="#FFFFFF", width=2 * band + width + 1.6, clip=clip, z=z)
    for color, turn in zip(colors, (1, -1), strict=True):
        # On the sheet y points down, so that what lies on the left has a negative distance.
        beside = shapely.offset_curve(line, -turn * (band + width) / 2, join_style="round", quad_segs=3)
        if path := to_path(shapely.get_parts(beside)):
            draw_path(canvas, path, edge=color, width=band, clip=clip, z=z + 0.1)
    if not dash and (path := to_path(_ticks(line, scale))):
        draw_path(canvas, path, edge=ink, width=1.1 * scale, clip=clip, z=z + 0.2)
    draw_path(canvas, whole, edge=ink, width=width, dash=dash, clip=clip, z=z + 0.3)


def _ticks(line: Any, scale: float) -> list[Any]:
    """Give the ticks, to the left and to the right in turn."""
    count = max(2, round(line.length / (TICK_EVERY * scale)))
    found = []
    for k in range(count):
        at = (k + 0.5) * line.length / count
        before, point, after = (shapely.get_coordinates(line.interpolate(at + d))[0] for d in (-1.5, 0.0, 1.5))
        step = after - before
        length = math.hypot(*step)
        if length < 0.5:  # a bend too sharp for a direction
            continue
        left = np.array([step[1], -step[0]]) / length * (1 if k % 2 == 0 else -1)
        found.append(shapely.LineString([point, point + TICK * scale * left]))
    return found


def draw_zone_sample(canvas: Canvas, style: Style, state: str, color: str, hatch: str, box: Box) -> None:
    """Draw a piece of ground in a state."""
    shape = shapely.box(box.left, box.top, box.right, box.bottom)
    draw_held(canvas, shape, color, hatch, state, style, z=8)


def draw_front_sample(
    canvas: Canvas, style: Style, state: str, colors: tuple[str, str], points: Sequence[tuple[float, float]]
) -> None:
    """Draw a piece of a front line in a state."""
    draw_front_line(canvas, shapely.LineString(points), colors, state, style, z=8)
