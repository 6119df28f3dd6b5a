"""An animated GIF: the same ground day after day, with a bar that tells which day it is."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from geo.errors import InputError
from geo.maps.picture.canvas import Box, Canvas, draw_rectangle, matplotlib_defaults, new_canvas, to_bytes
from geo.maps.picture.day import Feature, all_sides, features_of
from geo.maps.picture.layout import MARGIN, check_size
from geo.maps.picture.legend import draw_legend, legend_height, legend_items
from geo.maps.picture.multiples import common_bounds
from geo.maps.picture.panel import draw_footer, draw_title, foot_height
from geo.maps.picture.plot import Parts, draw_maps, split_events
from geo.maps.picture.window import Bounds, fit
from geo.maps.style import Style, read_style
from geo.maps.words import day_words

MOST = 120
COLORS = 128
MILLISECONDS, LAST_MILLISECONDS = 1400, 3000
HEAD, BAR = 56.0, 5.0


def render_animation(
    layers: Mapping[str, Any],
    *,
    dates: Sequence[date],
    title: str,
    basemap: Mapping[str, Any] | None = None,
    bbox: Bounds | None = None,
    countries: Sequence[str] = (),
    style: Style | None = None,
    credits: Sequence[str] = (),
    width_px: int = 900,
    height_px: int = 700,
    dpi: float = 96,
    milliseconds: int = MILLISECONDS,
    description: str = "",
) -> bytes:
    """Draw the layers as of several days, one after the other, all of the same window and scale.

    Parameters
    ----------
    dates
        Two to 120 days.
    milliseconds
        How long a day stands, at least 100; the last one stands for 3 seconds.
    layers, title, basemap, bbox, countries, style, credits, width_px, height_px, dpi, description
        As of `geo.maps.picture.render_picture`.

    Returns
    -------
    bytes
        GIF that repeats for ever.

    Raises
    ------
    InputError
        Where there are too few or too many days, or the size leaves no room.
    """
    days = sorted(set(dates))
    if not 2 <= len(days) <= MOST:
        raise InputError(f"{len(days)} days make no animation", do=f"Give 2 to {MOST} days")
    if milliseconds < 100:
        raise InputError(f"{milliseconds} ms are too short", do="Give at least 100: what flickers faster can harm")
    check_size(width_px, height_px, dpi)
    style = style or read_style(sides=all_sides(layers))
    features = {day: features_of(layers, day, style) for day in days}
    named = [*credits, *sorted({f.source for day in features.values() for fs in day.values() for f in fs if f.source})]
    bounds = common_bounds(features, bbox)
    everything = {layer: [f for day in features.values() for f in day[layer]] for layer in features[days[0]]}
    parts = Parts(numbers=False, detail=False, theatre=tuple(countries))
    frames = []
    with matplotlib_defaults():
        for number, day in enumerate(days):
            canvas = new_canvas(width_px, height_px, dpi, font=style.text.font)
            _draw_frame(canvas, basemap or {}, features[day], everything, bounds, title, day, named, style, parts)
            _draw_progress(canvas, number, len(days), style)
            frames.append(to_bytes(canvas, "png", title=title))
    return _gif(frames, milliseconds, description or title)


def _draw_frame(
    canvas: Canvas,
    basemap: Mapping[str, Any],
    shown: Mapping[str, Sequence[Feature]],
    everything: Mapping[str, Sequence[Feature]],
    bounds: Bounds,
    title: str,
    day: date,
    named: Sequence[str],
    style: Style,
    parts: Parts,
) -> None:
    # The legend is that of all days, so that nothing jumps.
    inner = Box(MARGIN, MARGIN, canvas.width - MARGIN, canvas.height - MARGIN)
    items = legend_items(canvas, everything, style)
    legend, foot = legend_height(items, inner.width), foot_height(named, inner.width, style)
    chart = Box(inner.left, inner.top + HEAD, inner.right, inner.bottom - legend - foot)
    if chart.height < 120:
        raise InputError("there is no room for the map above its legend", do="Choose a larger --size")
    window = fit(bounds, chart)
    on_map, _, _ = split_events(shown["events"], window)
    draw_title(canvas, title, day_words(day.isoformat()), inner, style)
    draw_maps(canvas, basemap, {**shown, "events": on_map}, window, style, parts)
    draw_legend(canvas, items, Box(inner.left, chart.bottom, inner.right, inner.bottom), style, ruled=False)
    draw_footer(canvas, named, Box(inner.left, 0, inner.right, inner.bottom + 4), style, {})


def _draw_progress(canvas: Canvas, number: int, count: int, style: Style) -> None:
    """Draw which of the days it is, at the upper edge."""
    width = canvas.width / count
    for i in range(count):
        color = style.text.accent if i == number else style.basemap["admin1"].color if i < number else "#EEEEEE"
        draw_rectangle(canvas, Box(i * width, 0, (i + 1) * width - 1, BAR), fill=color, z=1)


def _gif(frames: Sequence[bytes], milliseconds: int, comment: str) -> bytes:
    from PIL import Image

    images = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in frames]
    # One palette for all frames, taken from all of them, so that no colour changes when the day does.
    width, height = images[0].size
    sheet = Image.new("RGB", (width, height * len(images)))
    for i, image in enumerate(images):
        sheet.paste(image, (0, i * height))
    palette = sheet.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    drawn = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    buffer = io.BytesIO()
    durations = [milliseconds] * (len(drawn) - 1) + [max(milliseconds, LAST_MILLISECONDS)]
    drawn[0].save(
        buffer, "GIF", save_all=True, append_images=drawn[1:], duration=durations, loop=0, optimize=False,
        comment=comment.encode("utf-8")[:255],
    )  # fmt: skip
    return buffer.getvalue()
