"""The detail: where events crowd on a small part of the map, that part is drawn again, larger, in a quiet corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely
from matplotlib.path import Path

from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_rectangle
from geo.maps.picture.corners import GAP, corner_boxes, hidden
from geo.maps.picture.day import Feature
from geo.maps.picture.window import Bounds, Window, choose_bounds, fit, on_sheet, point_on_sheet
from geo.maps.style import Style

CROWD = 3  # events at so many places within reach make a crowd
REACH = 72.0  # in pixels: three symbols side by side
SHARE = 0.47  # of the map's width and height that the detail takes
LEAST_ZOOM = 1.8
MOST_HIDDEN = 1.0  # a corner that hides more than an event is not quiet


def detail_window(features: Mapping[str, Sequence[Feature]], window: Window, blocked: Sequence[Box]) -> Window | None:
    """Choose the part of a map to be drawn larger, and where.

    Parameters
    ----------
    features
        What the map shows.
    window
        Of the map.
    blocked
        Where furniture stands.

    Returns
    -------
    Window or None
        None where no events crowd, where it would not be larger by far, or where no corner is quiet.
    """
    crowd = _crowd(features["events"], window)
    if not crowd:
        return None
    bounds = [_bounds(feature) for feature in crowd]
    bounds += [b for f in features["areas"] if f.kind == "siege" and (b := _near(f, crowd, window))]
    bounds += [b for f in features["routes"] if f.fresh and (b := _near(f, crowd, window))]
    size = (SHARE * window.box.width, SHARE * window.box.height)
    best: tuple[float, Window] | None = None
    others = {**features, "events": [event for event in features["events"] if event not in crowd]}
    for corner in corner_boxes(window.box, size, blocked):
        detail = fit(_padded(choose_bounds(bounds, None)), corner)
        source = source_box(detail, window)
        if window.metres_per_pixel / detail.metres_per_pixel < LEAST_ZOOM or source.overlaps(corner.grown(GAP)):
            continue
        cost = hidden(others, window, corner)
        if best is None or cost < best[0]:
            best = (cost, detail)
    return best[1] if best is not None and best[0] < MOST_HIDDEN else None


def _padded(bounds: Bounds) -> Bounds:
    """Leave room for symbols and names around the crowd."""
    west, south, east, north = bounds
    x, y = 0.08 * (east - west), 0.08 * (north - south)
    return (west - x, south - y, east + x, north + y)


def source_box(detail: Window, window: Window) -> Box:
    """Give the rectangle on the map that the detail shows."""
    left, top, right, bottom = shapely.bounds(on_sheet([shapely.box(*detail.bounds)], window)[0]).tolist()
    return Box(left, top, right, bottom)


def _crowd(events: Sequence[Feature], window: Window) -> list[Feature]:
    """Give the events within reach of the one that has most of them around it."""
    # A vague event is nowhere in particular: to draw it larger would say more than is known.
    exact = [event for event in events if event.precision_m / window.metres_per_pixel < REACH]
    points = [point_on_sheet(event.geometry.x, event.geometry.y, window) for event in exact]
    best: list[Feature] = []
    most = CROWD - 1
    for x, y in points:
        near = [i for i, (px, py) in enumerate(points) if (px - x) ** 2 + (py - y) ** 2 <= REACH**2]
        # What lies on one and the same point is no easier to see in a larger map.
        if (places := len({points[i] for i in near})) > most:
            best, most = [exact[i] for i in near], places
    return best


def _bounds(feature: Feature) -> Bounds:
    west, south, east, north = shapely.bounds(feature.geometry).tolist()
    return (west, south, east, north)


def _near(feature: Feature, crowd: Sequence[Feature], window: Window) -> Bounds | None:
    """Give the bounds of a feature that lies with the crowd and is not much larger."""
    shape = on_sheet([feature.geometry], window)[0]
    left, top, right, bottom = shapely.bounds(shape).tolist()
    if not (right - left <= 1.6 * REACH and bottom - top <= 1.6 * REACH):
        return None
    box = Box(left, top, right, bottom).grown(REACH / 2)
    points = [point_on_sheet(event.geometry.x, event.geometry.y, window) for event in crowd]
    if not any(box.holds(Box(x, y, x, y)) for x, y in points):
        return None
    return _bounds(feature)


def draw_leaders(canvas: Canvas, source: Box, detail: Box, style: Style) -> None:
    """Frame the part that the detail shows, and tie both together."""
    for box in (source, detail):
        draw_rectangle(canvas, box, fill="none", edge="#FFFFFF", width=4, z=0)
    draw_rectangle(canvas, source, fill="none", edge=style.text.accent, width=1.6, z=0.1)
    x = (source.left, detail.right) if detail.right < source.left else (source.right, detail.left)
    if source.right < detail.left or detail.right < source.left:
        for a, b in ((source.top, detail.top), (source.bottom, detail.bottom)):
            draw_path(canvas, Path([(x[0], a), (x[1], b)]), edge=style.text.accent, width=0.7, halo=0.8, z=0.05)
    else:
        y = (source.top, detail.bottom) if detail.bottom < source.top else (source.bottom, detail.top)
        for c, d in ((source.left, detail.left), (source.right, detail.right)):
            draw_path(canvas, Path([(c, y[0]), (d, y[1])]), edge=style.text.accent, width=0.7, halo=0.8, z=0.05)
