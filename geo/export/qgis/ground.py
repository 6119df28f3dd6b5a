"""Symbols of ground in QGIS styles: areas, who holds what, and the front lines between."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from geo.export.qgis.markup import MM, defined, rgba, symbol, symbol_layer
from geo.export.qgis.symbols import (
    NEUTRAL,
    PLAIN,
    WHITE,
    faded,
    fill_layer,
    line_color,
    line_layer,
    on_line,
    side_color,
)
from geo.maps.style import SAME_AS_SIDE, Line, Style

HATCH = 0.28  # opacity of the strokes of an area, as on the pages
CONTROL_STATE = "coalesce(\"state\", 'held')"


def area_symbol(style: Style, area: Line, name: str) -> ET.Element:
    """Draw an area: a faint fill, strokes, and the edge."""
    color, by = line_color(style, area)
    edge = line_layer(area, color, by_side=by)
    return symbol(
        "fill",
        [fill_layer(color, area.fill, by_side=by), *hatching(area.hatch, color, by_side=by, alpha=HATCH), edge],
        name=name,
    )


_ANGLES = {"/": (45,), "\\": (135,), "-": (0,), "|": (90,), "x": (45, 135), "+": (0, 90)}


def hatching(
    hatch: str, color: str, *, by_side: str = "", when: str = "", width: float = 0.9, alpha: float = 1.0
) -> Iterator[ET.Element]:
    """Draw the strokes of a hatch, denser where its sign stands more often; ``when`` is a condition on the feature."""
    condition = {"enabled": when} if when else None
    distance = 21 * MM / max(len(hatch), 1)
    # Where a legend asks for no feature, what hangs on a condition is not there.
    still = 0.0 if when else alpha
    ink = f"if({when}, '{color}', '#00000000')" if when else by_side
    for angle in _ANGLES.get(hatch[:1], ()):
        stroke = Line(id="", label="", color=color, width=width)
        line = line_layer(stroke, color, alpha=still)
        if ink:
            line.append(defined({"outlineColor": faded(ink, alpha)}))
        values = {"angle": angle, "distance": distance, "distance_unit": "MM", "line_width": width * MM}
        yield symbol_layer("LinePatternFill", values, by=condition, inner=symbol("line", [line]))
    if hatch[:1] == ".":
        dot = {**PLAIN, "name": "circle", "size": 2 * width * MM, "color": rgba(color, still)}
        inner = symbol(
            "marker", [symbol_layer("SimpleMarker", dot, by={"fillColor": faded(ink, alpha)} if ink else None)]
        )
        values = {"distance_x": distance, "distance_y": distance, "distance_x_unit": "MM", "distance_y_unit": "MM"}
        yield symbol_layer("PointPatternFill", values, by=condition, inner=inner)


def control_symbol(style: Style, side: str, name: str) -> ET.Element:
    """Draw the ground of a side, with stripes cut out of it where the state that it is held in is not sure."""
    told = style.sides[side]
    layers = [fill_layer(told.color, style.control.fill), *hatching(told.hatch, told.color, width=0.5)]
    for state in style.control_states.values():
        layers += hatching(state.hatch, WHITE, when=f"{CONTROL_STATE} = '{state.id}'", width=1.6)
    return symbol("fill", [*layers, line_layer(style.control, told.color)], name=name)


EDGE, TICK, TICK_EVERY = 2.6, 7.0, 18.0  # in pixels, as in the pictures
TICKS_FROM = 300_000
"""Smallest scale (its denominator) at which front lines have ticks: on smaller ones they would run into each other."""

SLIM = f"if(coalesce(@map_scale, 1) > {TICKS_FROM}, 0.6, 1)"


def front_symbol(style: Style, state: Line, name: str) -> ET.Element:
    """Draw a front line between edges in the colours of both sides; where it is sure, with ticks to either side."""
    front = style.front_lines
    ink = Line(id="", label="", color=front.color, width=front.width, dash=state.dash or front.dash)
    beside = (EDGE + front.width) / 2
    layers = [_slim(line_layer(front, WHITE, width=2 * EDGE + front.width + 1.6), 2 * EDGE + front.width + 1.6)]
    for column, sign in (('"left_side"', -1), ('"right_side"', 1)):
        by = side_color(style, f"coalesce({column}, 'other')")
        edge = Line(id="", label="", color=SAME_AS_SIDE, width=EDGE)
        layers.append(_slim(line_layer(edge, NEUTRAL, offset=sign * beside), EDGE, sign * beside, by))
    if not ink.dash:
        layers += [_tick(front.color, anchor, begin) for anchor, begin in ((2, TICK_EVERY / 2), (0, 1.5 * TICK_EVERY))]
    return symbol("line", [*layers, _slim(line_layer(ink, front.color), front.width)], name=name)


def _slim(layer: ET.Element, width: float, offset: float = 0.0, by_side: str = "") -> ET.Element:
    """Let a line be thinner on small scales."""
    by = {"outlineWidth": f"{width * MM:.4g} * {SLIM}"}
    by |= {"offset": f"{offset * MM:.4g} * {SLIM}"} if offset else {}
    by |= {"outlineColor": by_side} if by_side else {}
    layer.append(defined(by))
    return layer


def _tick(color: str, anchor: int, begin: float) -> ET.Element:
    """Set every second tick on a line, to its left (``anchor`` 2) or right (0)."""
    values = {"name": "line", "size": TICK * MM, "size_unit": "MM", "vertical_anchor_point": anchor}
    values |= {"outline_width": 1.1 * MM, "outline_color": rgba(color), "color": rgba(color)}
    when = f"coalesce(@map_scale, 1) <= {TICKS_FROM}"
    interval = 2 * TICK_EVERY * MM
    return on_line(symbol_layer("SimpleMarker", values), "interval", interval=interval, begin=begin * MM, when=when)
