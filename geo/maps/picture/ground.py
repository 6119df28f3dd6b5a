"""The ground of the picture: the basemap, then control, areas, routes, front lines and flows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from matplotlib.path import Path

from geo.maps.colour import mix
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_rectangle, draw_text, text_width, to_path
from geo.maps.picture.day import Feature
from geo.maps.picture.fronts import WHOLE, draw_front, draw_zone
from geo.maps.picture.labels import Taken
from geo.maps.picture.window import Window, on_sheet
from geo.maps.style import SAME_AS_SIDE, Line, Style

MARK_EVERY, CROSS = 64.0, 4.2
# A course that may lie further off than so many pixels gets a band as wide as the doubt.
BAND_FROM = 4.0
BAND, BAND_TINTED = 0.16, 0.07  # how dense it is, on bare ground and on ground in the colours of the sides
FINE = 0.25  # in pixels: finer bends of coasts and borders are not drawn
MOST_FILLED = 0.5  # of the map


def draw_basemap(
    canvas: Canvas,
    basemap: Mapping[str, Any],
    window: Window,
    style: Style,
    *,
    tinted: bool = False,
    theatre: Sequence[str] = (),
) -> None:
    """Draw land and water, borders and roads; names come later.

    Where the ground will be ``tinted`` by who holds it, the outlines of cities stay hollow: one tint over another would
    look like a third. Countries outside of the ``theatre`` are drawn paler, if it names any.
    """
    look, box = style.basemap, window.box
    draw_rectangle(canvas, box, fill=look["water"].color, z=0)

    def layer(name: str) -> Any:
        return basemap.get(name, ())

    def put(frame: Any, z: float, **how: Any) -> None:
        if len(frame) and (path := to_path(shapely.simplify(on_sheet(frame.geometry, window), FINE))):
            draw_path(canvas, path, clip=box, z=z, **how)

    put(layer("countries"), 0.1, fill=look["land"].color, edge=look["coast"].color, width=look["coast"].width)
    # Between two countries the coast's line is none: the land covers it again, and the border is drawn for itself.
    put(layer("countries"), 0.2, fill=look["land"].color)
    if theatre and len(countries := layer("countries")):
        put(countries[~countries["iso"].isin(theatre)], 0.25, fill=look["abroad"].color)
    edge = mix(look["outline"].color, "#000000", 0.25 if tinted else 0.12)
    put(layer("outline"), 0.3, fill="none" if tinted else look["outline"].color, edge=edge, width=0.8)
    put(layer("lakes"), 0.4, fill=look["water"].color, edge=look["river"].color, width=0.7)
    put(layer("rivers"), 0.5, edge=look["river"].color, width=look["river"].width)
    put(layer("admin1"), 0.6, **_line(look["admin1"]))
    put(layer("roads"), 0.7, edge=look["road"].color, width=look["road"].width, cap="round")
    borders = layer("borders")
    if len(borders):
        put(borders[~borders["disputed"].astype(bool)], 0.8, **_line(look["border"]))
        put(borders[borders["disputed"].astype(bool)], 0.8, **_line(look["disputed"]))


def _line(look: Line) -> dict[str, Any]:
    return {"edge": look.color, "width": look.width, "dash": look.dash}


def draw_ground(
    canvas: Canvas, features: Mapping[str, Sequence[Feature]], window: Window, style: Style, taken: Taken
) -> None:
    """Draw what covers ground or runs over it; what routes and the words of flows cover is taken."""
    for feature in features["control"]:
        draw_zone(canvas, feature, window, style)
    # The large ones first, so that they do not hide the small ones.
    for feature in sorted(_once(features["areas"]), key=lambda f: (-f.geometry.area, f.id)):
        _draw_area(canvas, feature, style.areas[feature.kind], window, z=3.0)
    band = BAND_TINTED if features["control"] else BAND
    for feature in features["routes"]:
        _draw_route(canvas, feature, window, style, taken, band)
    for feature in features["front_lines"]:
        draw_front(canvas, feature, window, style)
    for feature in features["flows"]:
        _draw_flow(canvas, feature, window, style, taken)


def _once(areas: Sequence[Feature]) -> list[Feature]:
    """Leave out areas that would be painted over themselves: several events of one side in one place."""
    found: dict[tuple[Any, ...], Feature] = {}
    for area in areas:
        found.setdefault((area.kind, area.side.id, area.past, shapely.to_wkb(area.geometry)), area)
    return list(found.values())


def _color(look: Line, feature: Feature) -> str:
    color = feature.side.color if look.color == SAME_AS_SIDE else look.color
    return mix(color, "#FFFFFF", 0.45) if feature.past else color


def _draw_area(canvas: Canvas, feature: Feature, look: Line, window: Window, *, z: float) -> None:
    shape = on_sheet([feature.geometry], window)[0]
    path = to_path([shape])
    if path is None:
        return
    color, box = _color(look, feature), window.box
    if shape.area > MOST_FILLED * box.width * box.height:
        look = replace(look, fill=0.0)  # it would but tint the whole map
    # What is only proposed gets its edge alone.
    share = 0.0 if feature.unreal else look.fill
    draw_path(canvas, path, fill=color if share else "none", opacity=share, clip=box, z=z)
    if look.hatch:
        # The strokes in a paler colour than the edge: words must be read over them.
        draw_path(canvas, path, edge=mix(color, "#FFFFFF", 0.62), hatch=look.hatch, clip=box, z=z + 0.01)
    draw_path(canvas, path, edge=color, width=look.width, dash=look.dash, clip=box, z=z + 0.02)


def _draw_route(canvas: Canvas, feature: Feature, window: Window, style: Style, taken: Taken, opacity: float) -> None:
    state = style.states[feature.kind]
    scale = min(1.0, max(0.5, window.box.width / WHOLE))
    shapes = [part for part in shapely.get_parts(on_sheet([feature.geometry], window)) if part.length > 0]
    path = to_path(shapes)
    if path is None:
        return
    box, color = window.box, feature.side.color
    doubt = feature.precision_m / window.metres_per_pixel
    if doubt > BAND_FROM:
        band = to_path([shapely.union_all(shapely.buffer(shapes, doubt, quad_segs=6))])
        if band is not None:
            draw_path(canvas, band, fill=color, opacity=opacity, clip=box, z=3.9)
    draw_path(canvas, path, edge="#FFFFFF", width=(state.width + 2.6) * scale, clip=box, z=4.0, cap="round")
    draw_path(canvas, path, edge=color, width=state.width * scale, dash=state.dash, clip=box, z=4.1)
    for x, y in _along(shapes, 6.0):
        if box.holds(Box(x, y, x, y)):
            taken.add(Box(x, y, x, y).grown(4))
    if state.mark == "cross":
        for x, y in _along(shapes, MARK_EVERY):
            if box.holds(Box(x, y, x, y)):
                draw_cross(canvas, x, y, color=style.text.color, radius=CROSS * scale)


def draw_cross(canvas: Canvas, x: float, y: float, *, color: str, radius: float = CROSS, z: float = 4.2) -> None:
    """Draw the mark of a road where nothing passes."""
    r = radius
    path = Path(
        [(x - r, y - r), (x + r, y + r), (x - r, y + r), (x + r, y - r)],
        [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO],
    )
    draw_path(canvas, path, edge=color, width=2.0, halo=1.3, z=z, cap="round")


def _along(shapes: Sequence[Any], every: float) -> list[tuple[float, float]]:
    """Give points along lines, at equal steps near to the one that is asked for, at least one a line."""
    points = []
    for line in shapes:
        count = max(1, round(line.length / every))
        for i in range(count):
            point = line.interpolate((i + 0.5) / count, normalized=True)
            points.append((point.x, point.y))
    return points


def _draw_flow(canvas: Canvas, feature: Feature, window: Window, style: Style, taken: Taken) -> None:
    """Draw an arrow, slightly bent so that it is not taken for a road: the way taken is not known."""
    look = style.flows[feature.kind]
    ends = shapely.get_coordinates(on_sheet([feature.geometry], window, margin=1e5))
    if len(ends) < 2 or (length := math.dist(ends[0], ends[-1])) < 6:
        return
    color = _color(look, feature)
    a, b = np.array(ends[0]), np.array(ends[-1])
    normal = np.array([-(b - a)[1], (b - a)[0]]) / length
    middle = (a + b) / 2 + 0.16 * length * normal
    tangent = (b - middle) / math.dist(middle, b)
    head = min(13.0, 0.4 * length)
    foot = b - head * tangent
    across = np.array([-tangent[1], tangent[0]]) * head * 0.45
    curve = Path([a, middle, foot], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    tip = Path([b, foot + across, foot - across, b], closed=True)
    draw_path(canvas, curve, edge=color, width=look.width, dash=look.dash, halo=1.2, clip=window.box, z=5)
    draw_path(canvas, tip, fill=color, edge="#FFFFFF", width=0.8, clip=window.box, z=5.1)
    _name_flow(canvas, feature, (a + 2 * middle + b) / 4, window, style, taken)


def _name_flow(canvas: Canvas, feature: Feature, at: Any, window: Window, style: Style, taken: Taken) -> None:
    size = 10.5
    width = text_width(feature.label, size, bold=True)
    for left in (at[0] + 8, at[0] - 8 - width):
        box = Box(left, at[1] - size / 2, left + width, at[1] + size / 2)
        if window.box.holds(box) and taken.is_free(box):
            color = _color(style.flows[feature.kind], feature)
            draw_text(
                canvas, box.left, box.bottom - 1, feature.label, size=size, color=color, bold=True, halo=style.text.halo
            )
            taken.add(box.grown(2))
            return
