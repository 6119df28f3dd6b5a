"""Small multiples: the same ground on several days, side by side, so that what changed is seen at a glance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from geo.errors import InputError
from geo.maps.picture.canvas import Box, Canvas, draw_text, matplotlib_defaults, new_canvas, text_width, to_bytes
from geo.maps.picture.day import Feature, all_sides, features_of
from geo.maps.picture.extent import wanted_bounds
from geo.maps.picture.furniture import draw_inset, has_inset
from geo.maps.picture.labels import shortened
from geo.maps.picture.layout import FORMATS, MARGIN, check_size
from geo.maps.picture.legend import draw_legend, legend_height, legend_items
from geo.maps.picture.panel import draw_footer, draw_title, foot_height
from geo.maps.picture.plot import Parts, draw_maps, split_events, within
from geo.maps.picture.window import Bounds, Window, choose_bounds, fit
from geo.maps.style import Style, read_style
from geo.maps.words import day_words

HEAD, DAY, GAP = 52.0, 34.0, 14.0
INSET = (112.0, 84.0)
LEAST_PANEL = (150.0, 110.0)
MOST = 24  # more are an animation
TOWNS = 14

Days = Mapping[date, Mapping[str, Sequence[Feature]]]


def render_multiples(
    layers: Mapping[str, Any],
    *,
    dates: Sequence[date],
    title: str,
    basemap: Mapping[str, Any] | None = None,
    bbox: Bounds | None = None,
    countries: Sequence[str] = (),
    style: Style | None = None,
    credits: Sequence[str] = (),
    format: str = "png",
    width_px: int = 1600,
    height_px: int = 1100,
    dpi: float = 144,
    description: str = "",
) -> bytes:
    """Draw the layers as of several days, one map a day, all of the same window and scale.

    Parameters
    ----------
    dates
        Two to 24 days.
    layers, title, basemap, bbox, countries, style, credits, format, width_px, height_px, dpi, description
        As of `geo.maps.picture.render_picture`.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where there are too few or too many days, or too little room for them.
    """
    days = sorted(set(dates))
    if not 2 <= len(days) <= MOST:
        raise InputError(
            f"{len(days)} days make no small multiples", do=f"Give 2 to {MOST} days, or make a GIF of more"
        )
    if format not in FORMATS:
        raise InputError(f"a picture cannot be {format!r}", do=f"Choose one of {', '.join(FORMATS)}")
    check_size(width_px, height_px, dpi)
    style = style or read_style(sides=all_sides(layers))
    features = {day: features_of(layers, day, style) for day in days}
    with matplotlib_defaults():
        canvas = new_canvas(width_px, height_px, dpi, font=style.text.font)
        inner = Box(MARGIN, MARGIN, canvas.width - MARGIN, canvas.height - MARGIN)
        named = [*credits, *_sources(features)]
        items = legend_items(canvas, _together(list(features.values())), style)
        aside = inner.width - INSET[0] - GAP
        legend = max(legend_height(items, aside), INSET[1] + 10)
        foot = foot_height(named, inner.width, style)
        grid = Box(inner.left, inner.top + HEAD, inner.right, inner.bottom - foot - legend - GAP)
        panels = _panels(grid, len(days))
        bounds = common_bounds(features, bbox)
        draw_title(canvas, title, f"{day_words(str(days[0]))} to {day_words(str(days[-1]))}", inner, style)
        windows = [fit(bounds, panel) for panel in panels]
        seen = _draw_days(canvas, basemap or {}, features, windows, style, tuple(countries))
        items = legend_items(canvas, _together(seen), style)
        draw_legend(canvas, items, Box(inner.left, grid.bottom, inner.left + aside, grid.bottom), style, ruled=False)
        if has_inset(windows[0]):
            corner = Box(inner.right - INSET[0], grid.bottom + 10, inner.right, grid.bottom + 10 + INSET[1])
            draw_inset(canvas, windows[0], corner, style)
        draw_footer(canvas, named, Box(inner.left, inner.bottom - foot, inner.right, inner.bottom + 4), style, {})
        return to_bytes(canvas, format, title=title, description=description)


def common_bounds(features: Days, bbox: Bounds | None) -> Bounds:
    """Choose one window for all days: that of their events and sieges, if there are any; roads may lead out of it."""
    core = [{name: day[name] for name in ("events", "areas", "flows")} for day in features.values()]
    wanted = [bounds for day in core for bounds in wanted_bounds(day, bbox)]
    wanted = wanted or [bounds for day in features.values() for bounds in wanted_bounds(day, bbox)]
    return choose_bounds(wanted, bbox)


def _draw_days(
    canvas: Canvas,
    basemap: Mapping[str, Any],
    features: Days,
    windows: Sequence[Window],
    style: Style,
    theatre: tuple[str, ...],
) -> Sequence[Mapping[str, Sequence[Feature]]]:
    """Draw the map of each day under its date; give what is seen of each."""
    seen: list[Mapping[str, Sequence[Feature]]] = []
    for i, ((day, shown), window) in enumerate(zip(features.items(), windows, strict=True)):
        on_map, _, _ = split_events(shown["events"], window)
        visible = {**shown, "events": on_map}
        parts = Parts(numbers=False, scale=not i, inset=False, detail=False, symbol=16, towns=TOWNS, theatre=theatre)
        draw_maps(canvas, basemap, visible, window, style, parts)
        box = window.box
        date_words = day_words(day.isoformat())
        draw_text(canvas, box.left, box.top - 17, date_words, size=11.5, color=style.text.color, bold=True)
        words = shortened(_new(visible["events"], style), box.width, partial(text_width, size=9))
        draw_text(canvas, box.left, box.top - 5, words, size=9, color=style.text.muted)
        seen.append(within(visible, window))
    return seen


def _new(events: Sequence[Feature], style: Style) -> str:
    """Say what is new on a day, in a line."""
    now = Counter(style.type(event.kind).label for event in events if not event.past and not event.unreal)
    ordered = sorted(now.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {number}" if number > 1 else name for name, number in ordered) or "no new event"


def _panels(grid: Box, count: int) -> list[Box]:
    """Divide the room into columns and rows whose maps are as large as can be, and no slivers."""
    best: tuple[float, list[Box]] = (0.0, [])
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        width = (grid.width - (columns - 1) * GAP) / columns
        height = (grid.height - (rows - 1) * GAP) / rows - DAY
        if width < LEAST_PANEL[0] or height < LEAST_PANEL[1]:
            continue
        # A square is worth most: a strip of the same area shows less of what lies around.
        worth = min(width, 1.5 * height) * min(height, 1.5 * width)
        if worth > best[0]:
            lefts = [grid.left + (i % columns) * (width + GAP) for i in range(count)]
            tops = [grid.top + (i // columns) * (height + DAY + GAP) + DAY for i in range(count)]
            best = (worth, [Box(x, y, x + width, y + height) for x, y in zip(lefts, tops, strict=True)])
    if not best[1]:
        raise InputError(f"there is no room for {count} maps", do="Choose a larger --size, or fewer days")
    return best[1]


def _together(days: Sequence[Mapping[str, Sequence[Feature]]]) -> dict[str, list[Feature]]:
    return {layer: [feature for day in days for feature in day[layer]] for layer in days[0]}


def _sources(features: Days) -> list[str]:
    return sorted({f.source for day in features.values() for layer in day.values() for f in layer if f.source})
