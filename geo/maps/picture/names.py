"""Names on the map: of countries, areas, routes and towns, where they hide nothing of more weight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.path import Path

from geo.maps.colour import readable
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_text, text_width
from geo.maps.picture.day import Feature
from geo.maps.picture.labels import Label, Taken, place_labels
from geo.maps.picture.natural import ground_names
from geo.maps.picture.window import Window, on_sheet, point_on_sheet
from geo.maps.style import Style

# Size in pixels, bold, italic by the rank of a town.
RANKS = {1: (14.0, True, False), 2: (11.0, False, False), 3: (9.0, False, True), 4: (9.0, False, False)}
# The widest map, in metres a pixel, on which a place of a rank is named: a quarter only where a city fills the sheet.
NAMED_TO = {1: 5000.0, 2: 400.0, 3: 60.0, 4: 90.0}
MOST_TOWNS = 70
# Metres a pixel from which a map shows a country rather than a region, and the letters of its cities by people.
COUNTRYWIDE = 250.0
CITIES = ((1_000_000, (14.0, True, False)), (300_000, (12.0, True, False)), (0, (10.0, False, False)))
CITY_DOT = 3.4
LEAST_DEPTH, MOST_PLACES = 9.0, 40  # a side is named so many pixels within its ground, and at so many places tried
# A city is named even where symbols crowd around its middle; a town only beside its dot.
LED_FROM = 20.0  # pixels
FAR, NEAR = (0.0, 12.0, 26.0, 44.0, 62.0), (0.0,)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its looks; ``dot`` is the radius of the dot that marks its place, 0 for none."""

    label: Label
    size: float
    color: str
    bold: bool = False
    italic: bool = False
    dot: float = 0.0


def draw_names(
    canvas: Canvas,
    basemap: Mapping[str, Any],
    features: Mapping[str, Sequence[Feature]],
    window: Window,
    style: Style,
    taken: Taken,
    *,
    towns: int = MOST_TOWNS,
) -> None:
    """Write the names that find room, those of so many towns at most, and put a dot where each named town lies."""
    settled = _towns(basemap, window, style, towns)
    names = [name for name in settled if name.dot >= CITY_DOT]
    names += [*_route_names(features, window, style), *_area_names(features, window, style)]
    names += [name for name in settled if name.dot < CITY_DOT]
    names += [*_countries(basemap, window, style), *_natural(basemap, window, style)]
    frame = window.box.grown(-3)
    sides = [_placed(places, frame, taken) for places in _zone_names(features, window, style)]
    boxes = place_labels([name.label for name in names], frame, taken)
    for name, box in [*(pair for pair in sides if pair), *zip(names, boxes, strict=True)]:
        if box is None:
            continue
        if name.dot:
            _leader(canvas, name, box, window, style)
            _dot(canvas, name, window, style)
        draw_text(
            canvas,
            box.left,
            box.bottom - 0.12 * name.size,
            name.label.text,
            size=name.size,
            color=name.color,
            bold=name.bold,
            italic=name.italic,
            halo=style.text.halo,
            z=6,
        )


def _placed(places: Sequence[Name], frame: Box, taken: Taken) -> tuple[Name, Box] | None:
    """Choose the first place that has room."""
    for name in places:
        (box,) = place_labels([name.label], frame, taken)
        if box is not None:
            return name, box
    return None


def _name(text: str, x: float, y: float, size: float, color: str, **looks: Any) -> Name:
    gap, centred, reach = looks.pop("gap", 5.0), looks.pop("centred", False), looks.pop("reach", (0.0, 12.0))
    width = text_width(text, size, bold=looks.get("bold", False), italic=looks.get("italic", False))
    return Name(Label(text, x, y, width, 0.95 * size, gap, centred, reach, looks.get("dot", 0.0)), size, color, **looks)


def _dot(canvas: Canvas, name: Name, window: Window, style: Style) -> None:
    circle = Path.circle((name.label.x, name.label.y), name.dot)
    draw_path(canvas, circle, fill="#FFFFFF", edge=style.basemap["town"].color, width=1.1, clip=window.box, z=5.5)


def _leader(canvas: Canvas, name: Name, box: Box, window: Window, style: Style) -> None:
    """Lead from a name to its dot, where it had to go so far from it that a reader would look for it elsewhere."""
    x, y = name.label.x, name.label.y
    end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    if math.hypot(end[0] - x, end[1] - y) < LED_FROM:
        return
    line = Path([(x, y), end])
    for color, width in ((style.text.halo, 2.6), (style.basemap["town"].color, 0.9)):
        draw_path(canvas, line, edge=color, width=width, clip=window.box, z=5.4)


def _towns(basemap: Mapping[str, Any], window: Window, style: Style, most: int) -> list[Name]:
    frame = basemap.get("towns", ())
    found = []
    for row in frame.itertuples() if len(frame) else ():
        rank = min(max(int(row.rank), 1), 4)
        x, y = point_on_sheet(row.geometry.x, row.geometry.y, window)
        if window.metres_per_pixel > NAMED_TO[rank] or not window.box.holds(Box(x, y, x, y)):
            continue
        size, bold, italic = _letters(rank, int(row.population), window)
        quarter = row.kind == "neighbourhood"
        color = style.text.muted if rank > 2 else style.text.color
        dot = 0.0 if quarter else {1: CITY_DOT, 2: 2.4}.get(rank, 1.8)
        found.append(
            _name(
                str(row.name), x, y, size, color,
                bold=bold, italic=italic and quarter, dot=dot, gap=2 + max(dot, 1.5), centred=quarter,
                reach=FAR if dot >= CITY_DOT else NEAR,
            )
        )  # fmt: skip
        if len(found) == most:
            break
    return found


def _letters(rank: int, population: int, window: Window) -> tuple[float, bool, bool]:
    """Give size, bold and italic of a town's name; on a map of a country, cities by how many live there."""
    if rank > 1 or window.metres_per_pixel < COUNTRYWIDE:
        return RANKS[rank]
    return next(letters for least, letters in CITIES if population >= least)


def _route_names(features: Mapping[str, Sequence[Feature]], window: Window, style: Style) -> list[Name]:
    names = []
    for feature in _once(features["routes"]):
        parts = [p for p in shapely.get_parts(on_sheet([feature.geometry], window, margin=0)) if p.length > 20]
        if parts:
            middle = max(parts, key=lambda p: p.length).interpolate(0.5, normalized=True)
            names.append(
                _name(
                    feature.label, middle.x, middle.y, 10.5, style.text.color, bold=True, gap=8, reach=(0.0, 8.0, 18.0)
                )
            )
    return names


def _zone_names(features: Mapping[str, Sequence[Feature]], window: Window, style: Style) -> list[list[Name]]:
    """Name each side, at whichever of several places in its ground has room: in grey, colour alone would not do."""
    grounds: dict[str, list[Any]] = {}
    for feature in features["control"]:
        grounds.setdefault(feature.side.id, []).extend(on_sheet([feature.geometry], window, margin=0))
    box = window.box
    columns, rows = (np.linspace(low, high, 15)[1:-1] for low, high in ((box.left, box.right), (box.top, box.bottom)))
    points = shapely.points([(x, y) for y in rows for x in columns])
    found = []
    for side, shapes in sorted(grounds.items()):
        ground = shapely.union_all(shapely.make_valid(shapes))
        inside = points[shapely.contains(ground, points)]
        depth = shapely.distance(inside, shapely.boundary(ground))
        best = inside[np.argsort(-depth, kind="stable")][:MOST_PLACES]
        label, color = style.side(side).label, readable(style.side(side).color)
        places = [_name(label, p.x, p.y, 12, color, bold=True, italic=True, centred=True) for p in best]
        found.append([place for place, d in zip(places, -np.sort(-depth), strict=False) if d >= LEAST_DEPTH])
    return found


def _area_names(features: Mapping[str, Sequence[Feature]], window: Window, style: Style) -> list[Name]:
    names = []
    for feature in _once(f for f in features["areas"] if f.kind == "siege"):
        shape = on_sheet([feature.geometry], window, margin=0)[0]
        if not shape.is_empty:
            point = shapely.point_on_surface(shape)
            # "Siege imposed: eastern Aleppo": on the map the hatch says the first half.
            text = feature.label.rpartition(": ")[2]
            names.append(_name(text, point.x, point.y, 10, style.areas["siege"].color, bold=True, centred=True))
    return names


def _countries(basemap: Mapping[str, Any], window: Window, style: Style) -> list[Name]:
    frame = basemap.get("countries", ())
    if not len(frame):
        return []
    shapes = on_sheet(frame.geometry, window, margin=0)
    sheet = window.box.width * window.box.height
    # The largest piece of each country; none that is a sliver on the sheet.
    largest: dict[str, Any] = {}
    for name, shape in zip(frame["name"], shapes, strict=True):
        if shape.area > 0.02 * sheet and (name not in largest or shape.area > largest[name].area):
            largest[name] = shape
    if len(largest) < 2:
        return []
    names = []
    for text, shape in sorted(largest.items()):
        point = shapely.point_on_surface(shape)
        spaced = " ".join(text.upper())
        names.append(_name(spaced, point.x, point.y, 11, style.basemap["border"].color, centred=True))
    return names


def _natural(basemap: Mapping[str, Any], window: Window, style: Style) -> list[Name]:
    """Name waters in the colour of rivers, divisions in that of their borders, dark enough to be read."""
    water = readable(style.basemap["river"].color, style.basemap["water"].color, 3.0)
    division = readable(style.basemap["admin1"].color, style.basemap["land"].color, 3.0)
    return [
        _name(found.text, found.x, found.y, 9.5, water, italic=True, centred=found.kind == "water")
        if found.kind != "division"
        else _name(" ".join(found.text.upper()), found.x, found.y, 8, division, centred=True)
        for found in ground_names(basemap, window)
    ]


def _once(features: Any) -> list[Feature]:
    """Leave out features that bear a name that stands already."""
    found: dict[str, Feature] = {}
    for feature in features:
        found.setdefault(feature.label, feature)
    return list(found.values())
