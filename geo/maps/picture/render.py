"""A picture of the layers as of a day: title, map, numbered events, legend, scale, sources and caution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matplotlib.path import Path

from geo.errors import InputError
from geo.maps.basemap import world_layers
from geo.maps.picture.canvas import (
    Box,
    Canvas,
    draw_path,
    draw_rectangle,
    draw_text,
    layer_above,
    matplotlib_defaults,
    new_canvas,
    to_bytes,
)
from geo.maps.picture.corners import corner_boxes, quietest
from geo.maps.picture.day import (
    Feature,
    all_sides,
    features_of,
    source_marks,
    unplaced_features,
    wanted_bounds,
)
from geo.maps.picture.detail import detail_window, draw_leaders, source_box
from geo.maps.picture.furniture import (
    INSET,
    draw_inset,
    draw_scale_bar,
    has_inset,
    scale_boxes,
)
from geo.maps.picture.ground import draw_basemap, draw_ground
from geo.maps.picture.labels import Taken, place_symbols
from geo.maps.picture.legend import draw_legend, legend_height, legend_items
from geo.maps.picture.listing import Entry, Section, draw_sections
from geo.maps.picture.names import draw_names
from geo.maps.picture.panel import draw_footer, draw_title
from geo.maps.picture.symbols import draw_symbol
from geo.maps.picture.window import Bounds, Window, choose_bounds, fit, on_sheet, point_on_sheet
from geo.maps.shown import RECENT_DAYS
from geo.maps.style import Style, read_style
from geo.maps.words import day_words

FORMATS = ("png", "svg")
MARGIN, HEAD, FOOT, PANEL, GUTTER = 18.0, 52.0, 42.0, 318.0, 16.0
SYMBOL = 22.0
WIDE = 0.6  # an event known no better than to this share of the map has no place on it


def render_picture(
    layers: Mapping[str, Any],
    *,
    as_of: date,
    title: str,
    basemap: Mapping[str, Any] | None = None,
    bbox: Bounds | None = None,
    style: Style | None = None,
    sources: Sequence[str] = (),
    credits: Sequence[str] = (),
    unplaced: Sequence[Mapping[str, Any]] = (),
    format: str = "png",
    width_px: int = 1600,
    height_px: int = 1100,
    dpi: float = 144,
    recent_days: int = RECENT_DAYS,
) -> bytes:
    """Draw the layers as of a day.

    Parameters
    ----------
    layers
        GeoDataFrames by name, features of all days, WGS 84, longitude first; those that are missing count as empty.
    as_of
        The day.
    title
        Of the picture.
    basemap
        What `geo.maps.basemap.basemap` gives for ``bbox``; without it there are no towns and no roads.
    bbox
        West, south, east, north in degrees: the theatre. The picture shows the part of it that the features of the day
        need; what lies outside is named in the list.
    style
        The packaged one with a colour for each side of the layers if None.
    sources
        Who is named as source; those of the features shown if empty.
    credits
        Data sets that must be named with it.
    unplaced
        Properties of events that are nowhere on the map.
    format
        ``"png"`` or ``"svg"``.
    width_px, height_px, dpi
        Size in device pixels, and how many of them make an inch: text is 96/dpi times smaller in a larger picture.
    recent_days
        How many days, its own last one included, an event stays on the map.

    Returns
    -------
    bytes
        The same for the same input with the same versions of matplotlib and shapely.

    Raises
    ------
    InputError
        Where the format is neither, or the size is too small for the words around the map.
    """
    _check(format, width_px, height_px, dpi)
    style = style or read_style(sides=all_sides(layers))
    features = features_of(layers, as_of, style, recent_days=recent_days)
    with matplotlib_defaults():
        canvas = new_canvas(width_px, height_px, dpi, font=style.text.font)
        map_box = Box(MARGIN, MARGIN + HEAD, canvas.width - MARGIN - PANEL - GUTTER, canvas.height - MARGIN - FOOT)
        window = fit(choose_bounds(wanted_bounds(features), bbox), map_box)
        on_map, wide, elsewhere = _split(features["events"], window)
        visible = {**features, "events": on_map}
        _draw_maps(canvas, basemap or {}, visible, window, style)
        head = Box(MARGIN, MARGIN, canvas.width - MARGIN, MARGIN + HEAD)
        draw_title(canvas, title, day_words(as_of.isoformat()), head, style)
        named = list(sources) or _sources(features)
        marks = source_marks(named)
        elsewhere += unplaced_features(unplaced, as_of, style, recent_days=recent_days)
        sections = _sections(visible, wide, elsewhere, recent_days)
        _draw_panel(canvas, sections, _within(visible, window), map_box, style, marks)
        foot = Box(MARGIN, map_box.bottom, canvas.width - MARGIN, canvas.height - MARGIN + 4)
        draw_footer(canvas, [*credits, *named], foot, style, marks)
        return to_bytes(canvas, format, title=f"{title}, {day_words(as_of.isoformat())}")


def _check(format: str, width_px: int, height_px: int, dpi: float) -> None:
    if format not in FORMATS:
        raise InputError(f"a picture cannot be {format!r}", do="Choose png or svg")
    if not dpi > 0 or width_px * 96 / dpi < 640 or height_px * 96 / dpi < 420:
        raise InputError(
            f"{width_px} by {height_px} pixels at {dpi:g} dpi leave no room for the map",
            do="Choose at least 640 by 420 pixels for each 96 dpi",
        )


def _split(events: Sequence[Feature], window: Window) -> tuple[list[Feature], list[Feature], list[Feature]]:
    """Tell the events on the map from those over wider ground and those elsewhere, in the order of the list.

    What is said of a whole province gets no pin: it would stand in the middle of it, where nothing was reported.
    """
    ordered = sorted(events, key=lambda f: (f.past, not f.unreal and f.undated, f.unreal))
    reach = window.metres_per_pixel * max(window.box.width, window.box.height)
    wide = [event for event in ordered if event.precision_m > WIDE * reach and _reaches(event, window)]
    rest = [event for event in ordered if event not in wide]
    on_map = [event for event in rest if _is_on(event, window)]
    return on_map, wide, [event for event in rest if event not in on_map]


def _within(features: Mapping[str, Sequence[Feature]], window: Window) -> dict[str, list[Feature]]:
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


def _draw_maps(
    canvas: Canvas, basemap: Mapping[str, Any], features: Mapping[str, Sequence[Feature]], window: Window, style: Style
) -> None:
    """Draw the map, and where events crowd a detail of it."""
    scale = quietest(scale_boxes(window), features, window)
    blocked = [scale]
    if has_inset(window):
        blocked.append(quietest(corner_boxes(window.box, INSET, blocked), features, window))
    inset = blocked[1:]
    detail = detail_window(features, window, blocked)
    numbered = [(str(number), event) for number, event in enumerate(features["events"], 1)]
    if detail is None:
        _draw_map(canvas, basemap, features, numbered, window, style, scale, blocked)
    else:
        source = source_box(detail, window)
        larger = [(number, event) for number, event in numbered if _is_on(event, detail)]
        rest = [pair for pair in numbered if pair not in larger]
        blocked.append(detail.box.grown(3))
        _draw_map(canvas, basemap, features, rest, window, style, scale, [*blocked, source])
        above = layer_above(canvas)
        draw_leaders(above, source, detail.box, style)
        _draw_map(above, basemap, features, larger, detail, style, scale_boxes(detail)[0], [])
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
    scale: Box,
    blocked: Sequence[Box],
) -> None:
    """Draw a window of the world with its features; labels and symbols stay off the scale bar and what is blocked."""
    taken = Taken()
    for box in [scale, *blocked]:
        taken.add(box)
    # The world as far as this window reaches: the atlas's basemap ends where its theatre does.
    draw_basemap(canvas, {**basemap, **world_layers(window.bounds)}, window, style)
    _draw_events(canvas, numbered, window, style, taken)
    draw_ground(canvas, features, window, style, taken)
    draw_names(canvas, basemap, features, window, style, taken)
    draw_scale_bar(canvas, window, scale, style)


def _draw_events(
    canvas: Canvas, numbered: Sequence[tuple[str, Feature]], window: Window, style: Style, taken: Taken
) -> None:
    points = [point_on_sheet(event.geometry.x, event.geometry.y, window) for _, event in numbered]
    boxes = place_symbols(points, SYMBOL + 3, window.box.grown(-2), taken)
    for (number, event), (x, y), box in zip(numbered, points, boxes, strict=True):
        at = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        if at != (x, y):
            # A line to where it truly is, with a dot there.
            draw_path(canvas, Path([(x, y), at]), edge=style.text.color, width=0.9, halo=0.8, z=7, clip=window.box)
            draw_path(canvas, Path.circle((x, y), 2.0), fill=style.text.color, z=7.1, clip=window.box)
        draw_symbol(
            canvas, style, *at,
            type=event.kind, side=event.side, modality=event.modality or style.modalities["happened"],
            size=SYMBOL, past=event.past, z=8 + int(number) / 100,
        )  # fmt: skip
        badge = (box.right - 2, box.top + 3)
        draw_path(
            canvas,
            Path.circle(badge, 6.4),
            fill="#FFFFFF",
            edge=style.text.color,
            width=0.8,
            z=8.005 + int(number) / 100,
        )
        draw_text(
            canvas, badge[0], badge[1] + 3, number,
            size=8.5 if len(number) < 2 else 7.5, color=style.text.color, bold=True, align="center",
            z=8.006 + int(number) / 100,
        )  # fmt: skip


def _sections(
    features: Mapping[str, Sequence[Feature]],
    wide: Sequence[Feature],
    elsewhere: Sequence[Feature],
    recent_days: int,
) -> list[Section]:
    numbered = [Entry(str(number), event) for number, event in enumerate(features["events"], 1)]
    now = [entry for entry in numbered if not entry.feature.past]
    real = [entry for entry in now if not entry.feature.unreal]
    lasting = [*features["routes"], *(area for area in features["areas"] if area.kind == "siege")]
    return [
        Section("On this day", tuple(e for e in real if not e.feature.undated)),
        Section("Routes and sieges", tuple(Entry("", feature) for feature in lasting)),
        Section("Proposed or planned, not done", tuple(e for e in now if e.feature.unreal)),
        Section("Reported on this day, without a date", tuple(e for e in real if e.feature.undated)),
        Section("Over a wide area", tuple(Entry("", event) for event in wide)),
        Section(f"In the {recent_days} days before", tuple(e for e in numbered if e.feature.past)),
        Section("Not on this map", tuple(Entry("", event) for event in elsewhere)),
    ]


def _draw_panel(
    canvas: Canvas,
    sections: Sequence[Section],
    visible: Mapping[str, Sequence[Feature]],
    map_box: Box,
    style: Style,
    marks: Mapping[str, str],
) -> None:
    left, right = map_box.right + GUTTER, canvas.width - MARGIN
    items = legend_items(canvas, visible, style)
    top = map_box.bottom - legend_height(items)
    draw_legend(canvas, items, Box(left, top, right, map_box.bottom), style)
    draw_sections(canvas, sections, Box(left, map_box.top, right, top - 6), style, marks)


def _sources(features: Mapping[str, Sequence[Feature]]) -> list[str]:
    return sorted({feature.source for layer in features.values() for feature in layer if feature.source})
