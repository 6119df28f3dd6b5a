"""A picture of the layers as of a day: title, map, numbered events, legend, scale, sources and caution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from geo.errors import InputError
from geo.maps.picture.canvas import Canvas, matplotlib_defaults, new_canvas, to_bytes
from geo.maps.picture.crowd import is_crowded
from geo.maps.picture.day import (
    Feature,
    all_sides,
    features_of,
    source_marks,
    unplaced_features,
)
from geo.maps.picture.extent import wanted_bounds
from geo.maps.picture.layout import FORMATS, Layout, check_size, lay_out
from geo.maps.picture.legend import Item, draw_legend, legend_height, legend_items, ring_item
from geo.maps.picture.listing import Entry, Section, draw_sections
from geo.maps.picture.panel import draw_footer, draw_title
from geo.maps.picture.plot import Parts, draw_maps, split_events, within
from geo.maps.picture.window import Bounds, choose_bounds, fit
from geo.maps.shown import RECENT_DAYS
from geo.maps.style import Style, read_style
from geo.maps.words import day_words

# Routes in the list, fewer the more events there are; all of them bear their name on the map.
LEAST_ROUTES, MOST_LISTED = 4, 13


def render_picture(
    layers: Mapping[str, Any],
    *,
    as_of: date,
    title: str,
    basemap: Mapping[str, Any] | None = None,
    bbox: Bounds | None = None,
    countries: Sequence[str] = (),
    style: Style | None = None,
    sources: Sequence[str] = (),
    credits: Sequence[str] = (),
    unplaced: Sequence[Mapping[str, Any]] = (),
    format: str = "png",
    width_px: int = 1600,
    height_px: int = 1100,
    dpi: float = 144,
    listing: bool = True,
    description: str = "",
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
    countries
        The theatre's, ISO 3166-1 alpha-2: the others are drawn paler. None for all alike.
    style
        The packaged one with a colour for each side of the layers if None.
    sources
        Who is named as source; those of the features shown if empty.
    credits
        Data sets that must be named with it.
    unplaced
        Properties of events that are nowhere on the map.
    format
        ``"png"``, ``"svg"`` or ``"pdf"``.
    width_px, height_px, dpi
        Size in device pixels, and how many of them make an inch: text is 96/dpi times smaller in a larger picture. The
        list stands beside the map on a wide sheet and below it on a high one; a small sheet has the map alone.
    listing
        Whether to list the events.
    description
        Of the picture in words, for its metadata.
    recent_days
        How many days, its own last one included, an event stays on the map.

    Returns
    -------
    bytes
        The same for the same input with the same versions of matplotlib and shapely.

    Raises
    ------
    InputError
        Where the format is none of these, or the size leaves no room for a map.
    """
    if format not in FORMATS:
        raise InputError(f"a picture cannot be {format!r}", do="Choose png, svg or pdf")
    check_size(width_px, height_px, dpi)
    style = style or read_style(sides=all_sides(layers))
    features = features_of(layers, as_of, style, recent_days=recent_days)
    with matplotlib_defaults():
        canvas = new_canvas(width_px, height_px, dpi, font=style.text.font)
        most = legend_items(canvas, features, style)
        layout = lay_out(canvas.width, canvas.height, partial(legend_height, most), listing=listing)
        window = fit(choose_bounds(wanted_bounds(features, bbox), bbox), layout.chart)
        on_map, wide, elsewhere = split_events(features["events"], window)
        visible = {**features, "events": on_map}
        parts = Parts(numbers=not layout.small, theatre=tuple(countries))
        draw_maps(canvas, basemap or {}, visible, window, style, parts)
        draw_title(canvas, title, day_words(as_of.isoformat()), layout.head, style)
        named = list(sources) or _sources(features)
        marks = source_marks(named) if layout.lists else {}
        elsewhere += unplaced_features(unplaced, as_of, style, recent_days=recent_days)
        seen = {**within(visible, window), "events": on_map}
        items = legend_items(canvas, seen, style)
        if crowded := is_crowded(len(on_map), window.box, parts.symbol):
            items.append(ring_item(canvas, style))
        sections = _sections(seen, wide, elsewhere, recent_days, numbers=not crowded)
        _draw_panel(canvas, layout, sections, items, style, marks)
        draw_footer(canvas, [*credits, *named], layout.foot, style, marks)
        return to_bytes(canvas, format, title=f"{title}, {day_words(as_of.isoformat())}", description=description)


def _sections(
    features: Mapping[str, Sequence[Feature]],
    wide: Sequence[Feature],
    elsewhere: Sequence[Feature],
    recent_days: int,
    *,
    numbers: bool,
) -> list[Section]:
    numbered = [Entry(str(number) if numbers else "", event) for number, event in enumerate(features["events"], 1)]
    now = [entry for entry in numbered if not entry.feature.past]
    real = [entry for entry in now if not entry.feature.unreal]
    lasting = _lasting(features)
    return [
        Section("On this day", tuple(e for e in real if not e.feature.undated)),
        Section("Routes and sieges", tuple(Entry("", feature) for feature in lasting)),
        Section("Proposed or planned, not done", tuple(e for e in now if e.feature.unreal)),
        Section("Reported on this day, without a date", tuple(e for e in real if e.feature.undated)),
        Section("Over a wide area", tuple(Entry("", event) for event in wide)),
        Section(f"In the {recent_days} days before", tuple(e for e in numbered if e.feature.past)),
        Section("Not on this map", tuple(Entry("", event) for event in elsewhere)),
    ]


def _lasting(features: Mapping[str, Sequence[Feature]]) -> list[Feature]:
    """Give the sieges and the states of routes, each once: what is new first, then where nothing passes."""
    sieges = [area for area in features["areas"] if area.kind == "siege"]
    once = {(f.label, f.kind, f.side.id): f for f in reversed(features["routes"])}
    routes = sorted(once.values(), key=lambda f: (not f.fresh, f.kind == "open", f.label))
    return [*routes[: max(LEAST_ROUTES, MOST_LISTED - len(features["events"]))], *sieges]


def _draw_panel(
    canvas: Canvas,
    layout: Layout,
    sections: Sequence[Section],
    items: Sequence[Item],
    style: Style,
    marks: Mapping[str, str],
) -> None:
    legend = layout.legend
    height = legend_height(items, legend.width)
    if not layout.lists:
        draw_legend(canvas, items, replace(legend, bottom=legend.top + height), style, ruled=False)
        return
    top = legend.bottom - height
    draw_legend(canvas, items, replace(legend, top=top), style)
    columns = [replace(column, bottom=top - 6) for column in layout.lists]
    draw_sections(canvas, sections, columns, style, marks)


def _sources(features: Mapping[str, Sequence[Feature]]) -> list[str]:
    return sorted({feature.source for layer in features.values() for feature in layer if feature.source})
