"""What changed hands between two days, as a picture of both side by side; and the land that a war is fought over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import shapely

from geo.control.compare import Comparison
from geo.control.difference import Change
from geo.control.records import Zone
from geo.maps.basemap import basemap, world_layers
from geo.maps.colour import mix
from geo.maps.picture.canvas import (
    Box,
    Canvas,
    draw_path,
    draw_rectangle,
    draw_text,
    matplotlib_defaults,
    new_canvas,
    text_width,
    to_bytes,
    to_path,
)
from geo.maps.picture.furniture import draw_scale_bar, scale_boxes
from geo.maps.picture.ground import draw_basemap
from geo.maps.picture.labels import Taken
from geo.maps.picture.names import draw_names
from geo.maps.picture.window import Bounds, Window, choose_bounds, fit, on_sheet
from geo.maps.style import Style, read_style

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

SIZE = (1600, 1000)
_MARGIN, _HEAD, _FOOT, _GAP = 18.0, 62.0, 84.0, 14.0
_NOTHING: Mapping[str, Sequence[Any]] = dict.fromkeys(
    ("routes", "areas", "control", "events", "front_lines", "flows"), ()
)
_ROUND = 1.0  # degrees around the ground that a territory is looked for


def territory_of(zones: Sequence[Zone]) -> shapely.Geometry:
    """Give the land of the country that most of the zones' ground lies in, up to its coast and border.

    From the packaged basemap (Natural Earth), which draws borders as they are in fact.
    """
    ground = shapely.union_all([zone.geometry for zone in zones])
    west, south, east, north = ground.bounds
    bounds = (west - _ROUND, south - _ROUND, east + _ROUND, north + _ROUND)
    countries = world_layers(bounds, ("countries",))["countries"]
    by_name: dict[str, list[Any]] = {}
    for name, shape in zip(countries["iso"].tolist(), countries.geometry.tolist(), strict=True):
        by_name.setdefault(str(name), []).append(shape)
    lands = {name: shapely.union_all(shapes) for name, shapes in sorted(by_name.items())}
    if not lands:
        return shapely.Polygon()
    return max(lands.values(), key=lambda land: float(shapely.intersection(land, ground).area))


def render_change(
    before: Sequence[Zone],
    after: Sequence[Zone],
    found: Comparison,
    *,
    days: tuple[str, str],
    title: str,
    gazetteer: Gazetteer | None = None,
    style: Style | None = None,
    credits: str = "",
    format: str = "png",
    dpi: float = 144,
) -> bytes:
    """Draw two days side by side: zones in the colours of their holders, front lines, and what changed by the second.

    Parameters
    ----------
    before, after
        Zones.
    found
        What `geo.control.compare.compare` gives for them.
    days
        What to write over each map.
    title
        Of the picture.
    gazetteer
        Where towns and roads come from; without it there are none.
    style
        The packaged one with a colour for each holder if None.
    credits
        Who made the zones.
    format, dpi
        As of `geo.maps.picture.render_picture`.

    Returns
    -------
    bytes
        The same for the same input with the same versions of matplotlib and shapely.
    """
    holders = sorted({zone.holder for zone in (*before, *after)})
    style = style or read_style(sides=holders)
    with matplotlib_defaults():
        canvas = new_canvas(*SIZE, dpi, font=style.text.font)
        top, bottom = _MARGIN + _HEAD, canvas.height - _MARGIN - _FOOT
        half = (canvas.width - 2 * _MARGIN - _GAP) / 2
        boxes = [Box(x, top, x + half, bottom) for x in (_MARGIN, _MARGIN + half + _GAP)]
        bounds = _bounds(before, after, found.changes)
        ground = basemap(fit(bounds, boxes[0]).bounds, gazetteer)
        draw_text(canvas, _MARGIN, _MARGIN + 22, title, size=20, color=style.text.color, bold=True)
        for number, (zones, day, box) in enumerate(zip((before, after), days, boxes, strict=True)):
            window = fit(bounds, box)
            draw_text(canvas, box.left, box.top - 8, day, size=13, color=style.text.accent, bold=True)
            _draw_day(canvas, zones, found.lines[number], window, style, ground)
            if number:
                _draw_changes(canvas, found.changes, window, style)
            draw_rectangle(canvas, box, fill="none", edge=style.text.color, width=1.0, z=14)
        _draw_foot(canvas, found, holders, Box(_MARGIN, bottom, canvas.width - _MARGIN, canvas.height), style, credits)
        return to_bytes(canvas, format, title=title)


def _bounds(before: Sequence[Zone], after: Sequence[Zone], changes: Sequence[Change]) -> Bounds:
    shown = [change.geometry for change in changes if change.old and change.new]
    shown = shown or [change.geometry for change in changes] or [zone.geometry for zone in (*before, *after)]
    return choose_bounds([tuple(shape.bounds) for shape in shown], None)


def _draw_day(
    canvas: Canvas,
    zones: Sequence[Zone],
    lines: Sequence[Any],
    window: Window,
    style: Style,
    ground: Mapping[str, Any],
) -> None:
    scale = scale_boxes(window)[0]
    taken = Taken()
    taken.add(scale)
    draw_basemap(canvas, ground, window, style)
    for zone in zones:
        if path := to_path(on_sheet([zone.geometry], window)):
            side = style.side(zone.holder)
            draw_path(canvas, path, fill=side.color, opacity=0.3, clip=window.box, z=2)
            if side.hatch:
                draw_path(canvas, path, edge=mix(side.color, "#FFFFFF", 0.62), hatch=side.hatch, clip=window.box, z=2.1)
    if path := to_path(on_sheet(list(lines), window)):
        look = style.front_lines
        draw_path(canvas, path, edge=look.color, width=look.width, halo=1, clip=window.box, z=4.5)
    draw_names(canvas, ground, _NOTHING, window, style, taken)
    draw_scale_bar(canvas, window, scale, style)


def _draw_changes(canvas: Canvas, changes: Sequence[Change], window: Window, style: Style) -> None:
    """Outline what changed hands, filled with the colour of who holds it now; what was given up has an edge alone."""
    for change in changes:
        path = to_path(on_sheet([change.geometry], window))
        if path is None:
            continue
        color = mix(style.side(change.new or change.old).color, "#000000", 0.3)
        draw_path(canvas, path, fill=color if change.new else "none", opacity=0.9, clip=window.box, z=4.6)
        dash = () if change.new else (3.0, 2.0)
        draw_path(canvas, path, edge=style.text.accent, width=0.9, dash=dash, clip=window.box, z=4.7)


def _draw_foot(canvas: Canvas, found: Comparison, holders: Sequence[str], box: Box, style: Style, credits: str) -> None:
    x, y = box.left, box.top + 22
    for balance in found.balances:
        side = style.side(balance.holder)
        words = f"{side.label}: +{balance.gained / 1e6:,.1f} −{balance.lost / 1e6:,.1f} km²"
        width = text_width(words, 12)
        if x + width + 30 > box.right:
            x, y = box.left, y + 19
        draw_rectangle(canvas, Box(x, y - 10, x + 18, y + 1), fill=mix(side.color, "#FFFFFF", 0.25), z=8)
        draw_text(canvas, x + 24, y, words, size=12, color=style.text.color)
        x += width + 48
    a, b = (length / 1e3 for length in found.lengths_m)
    front = f"Front line {a:,.0f} km, then {b:,.0f} km, with a vertex every {found.spacing_m / 1e3:g} km. "
    note = front + "On the right, edged: ground that changed hands; dashed: given up."
    draw_text(canvas, box.left, y + 20, note, size=11, color=style.text.muted)
    below = " ".join(part for part in (credits, style.text.caution) if part)
    draw_text(canvas, box.left, y + 37, below, size=9, color=style.text.muted)


__all__ = ["render_change", "territory_of"]
