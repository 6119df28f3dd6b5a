"""What belongs to every map: scale bar, north arrow, frame, and the small map that tells where on Earth it is."""

from __future__ import annotations

import math
from typing import Any

import shapely
from matplotlib.path import Path

from geo.maps.basemap import world_layers
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_rectangle, draw_text, text_width, to_path
from geo.maps.picture.labels import Label, Taken, place_labels
from geo.maps.picture.window import Window, fit, on_sheet
from geo.maps.style import Style

INSET = (150.0, 112.0)
FINE = 0.35  # in pixels: finer bends of coasts are not drawn
ARROW = 30.0  # room for the north arrow
BAR = 0.22  # share of the map's width that the scale bar takes at most
# The small map shows so many times the ground of the large one, and no less than so many degrees.
WIDER, LEAST_DEGREES, MOST_DEGREES = 7.0, 9.0, 70.0


def scale_length(metres_per_pixel: float, most: float = 150.0) -> tuple[float, str]:
    """Choose a round length for a scale bar.

    Parameters
    ----------
    metres_per_pixel
        Scale of the map.
    most
        The longest bar, in pixels.

    Returns
    -------
    tuple of float and str
        Metres (1, 2 or 5 times a power of ten), and how to write them.
    """
    longest = metres_per_pixel * most
    power = 10.0 ** math.floor(math.log10(longest))
    metres = max(step * power for step in (1, 2, 5) if step * power <= longest * (1 + 1e-9))
    return metres, f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:,.0f} m"


def scale_boxes(window: Window) -> list[Box]:
    """Give the two corners in which north arrow and scale bar may stand."""
    box = window.box
    width = ARROW + BAR * box.width + 24
    return [Box(left, box.bottom - 48, left + width, box.bottom) for left in (box.left, box.right - width)]


def draw_scale_bar(canvas: Canvas, window: Window, place: Box, style: Style) -> None:
    """Draw a bar of two halves with its length, and the arrow to the north beside it."""
    _draw_north_arrow(canvas, place, style)
    metres, words = scale_length(window.metres_per_pixel, BAR * window.box.width)
    length = metres / window.metres_per_pixel
    x, y, ink = place.left + ARROW + 8, place.bottom - 14, style.text.color
    draw_rectangle(canvas, Box(x - 1.5, y - 6.5, x + length + 1.5, y + 1.5), fill="#FFFFFF", z=12)
    draw_rectangle(canvas, Box(x, y - 5, x + length, y), fill="#FFFFFF", edge=ink, width=0.9, z=12.1)
    draw_rectangle(canvas, Box(x, y - 5, x + length / 2, y), fill=ink, z=12.2)
    draw_text(canvas, x, y - 10, words, size=10, color=ink, halo=style.text.halo, z=12.3)


def _draw_north_arrow(canvas: Canvas, place: Box, style: Style) -> None:
    x, y, ink = place.left + 18, place.bottom - 14, style.text.color
    left = Path([(x, y - 22), (x - 6.5, y), (x, y - 5), (x, y - 22)], closed=True)
    right = Path([(x, y - 22), (x + 6.5, y), (x, y - 5), (x, y - 22)], closed=True)
    draw_path(canvas, right, fill="#FFFFFF", edge=ink, width=0.9, z=12)
    draw_path(canvas, left, fill=ink, edge=ink, width=0.9, z=12.1)
    draw_text(canvas, x, y - 26, "N", size=10, color=ink, bold=True, align="center", halo=style.text.halo, z=12.2)


def has_inset(window: Window) -> bool:
    """Tell whether a small map would help: not where the large one shows half a continent."""
    return WIDER * (window.north - window.south) <= MOST_DEGREES


def inset_size(window: Window) -> tuple[float, float]:
    """Width and height of the small map: smaller on a small one."""
    scale = min(1.0, 0.26 * window.box.width / INSET[0], 0.34 * window.box.height / INSET[1])
    return INSET[0] * scale, INSET[1] * scale


def _inset_window(window: Window, box: Box) -> Window:
    height = max(WIDER * (window.north - window.south), LEAST_DEGREES)
    middle_x, middle_y = (window.west + window.east) / 2, (window.south + window.north) / 2
    half = height / 2
    middle_y = min(90 - half, max(-90 + half, middle_y))
    return fit((middle_x, middle_y - half, middle_x, middle_y + half), box)


def draw_inset(canvas: Canvas, window: Window, box: Box, style: Style) -> None:
    """Draw the small map into a box: countries with their names, and where the large map lies."""
    small, look = _inset_window(window, box), style.basemap
    world = world_layers(small.bounds, ("countries", "borders"))
    draw_rectangle(canvas, box, fill=look["water"].color, z=13)
    shapes = shapely.simplify(on_sheet(world["countries"].geometry, small), FINE).tolist()
    if path := to_path(shapes):
        draw_path(canvas, path, fill=look["land"].color, clip=box, z=13.1)
        draw_path(canvas, path, edge=look["coast"].color, width=0.5, clip=box, z=13.15)
    if len(world["borders"]) and (path := to_path(shapely.simplify(on_sheet(world["borders"].geometry, small), FINE))):
        draw_path(canvas, path, edge=look["border"].color, width=0.7, clip=box, z=13.2)
    extent = _draw_extent(canvas, window, small, style)
    _name_countries(canvas, world["countries"], small, style, extent)
    draw_rectangle(canvas, box, fill="none", edge=style.text.color, width=0.9, z=13.6)


def _draw_extent(canvas: Canvas, window: Window, small: Window, style: Style) -> Box:
    frame = on_sheet([shapely.box(*window.bounds)], small)[0]
    left, top, right, bottom = shapely.bounds(frame)
    # A rectangle that would be a speck is drawn as large as can be seen.
    grow = max(0.0, (6 - (right - left)) / 2)
    extent = Box(left, top, right, bottom).grown(grow)
    draw_rectangle(canvas, extent, fill="none", edge="#FFFFFF", width=3.2, z=13.3)
    draw_rectangle(canvas, extent, fill="none", edge=style.text.accent, width=1.6, z=13.4)
    return extent


def _name_countries(canvas: Canvas, countries: Any, small: Window, style: Style, extent: Box) -> None:
    shapes = on_sheet(countries.geometry, small, margin=0)
    largest: dict[str, Any] = {}
    for name, shape in zip(countries["name"] if len(countries) else (), shapes, strict=True):
        if shape.area > 220 and (name not in largest or shape.area > largest[name].area):
            largest[name] = shape
    taken = Taken()
    taken.add(extent)
    names = sorted(largest, key=lambda name: (-largest[name].area, name))
    labels = []
    for name in names:
        point = shapely.point_on_surface(largest[name])
        labels.append(Label(name, point.x, point.y, text_width(name, 7.5), 7.5, centred=True))
    for label, box in zip(labels, place_labels(labels, small.box.grown(-2), taken), strict=True):
        if box is not None:
            draw_text(
                canvas, box.left, box.bottom - 1, label.text, size=7.5, color=style.text.muted, halo="#FFFFFF", z=13.5
            )
