"""Outlines of countries and provinces, borders and coasts, from the basemap (Natural Earth, ``geo/data/basemap``).

They are what half a country, the border with a neighbour and the sea off a coast are cut from. A kilometre true at the
best (see the basemap's README), which is far below what "northern Syria" can say.
"""

from __future__ import annotations

import math
from functools import lru_cache

import shapely
from shapely import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.model import Place
from geo.toponyms.outline_file import SIMPLE_DEG, Window, cells_about, countries_in, country_shape, shapes_in

_TIMES = 6.0  # a cell of more than so many radii across is no province but several


@lru_cache(maxsize=256)
def country(code: str) -> BaseGeometry | None:
    """Give the outline of a country by ISO 3166-1 alpha-2 code in degrees, None where the basemap has none.

    Parts that lie more than 600 km from the rest are left out (French Guiana, Hawaii, Alaska), since no report means
    them by "southern France". Those beyond the antimeridian stand beside the others, at longitudes past 180.
    """
    return country_shape(code)


@lru_cache(maxsize=256)
def _coarse(code: str) -> BaseGeometry | None:
    return country_shape(code, layer="coarse")


def coarse(outline: BaseGeometry, code: str) -> BaseGeometry:
    """Give an outline without its small corners; that of the country of a code is known so already."""
    known = _coarse(code) if code and outline is country(code) else None
    return known if known is not None else outline.simplify(SIMPLE_DEG)


@lru_cache(maxsize=256)
def province(place: Place) -> BaseGeometry | None:
    """Give the outline of an admin-1 unit, None where the basemap's lines do not close about its point.

    The unit is the cell of its country (`geo.toponyms.cells`) that holds its point. A cell far larger than the unit's
    ``precision_m`` is not trusted.
    """
    point = Point(place.lon, place.lat)
    cell = next((c for c in cells_about(place.country, place.lon, place.lat) if c.contains(point)), None)
    if cell is None:
        return None
    size_m = math.sqrt(cell.area * math.cos(math.radians(place.lat)) / math.pi) * 111_195
    return cell if size_m <= _TIMES * place.precision_m else None


@lru_cache(maxsize=128)
def border(one: str, other: str) -> BaseGeometry | None:
    """Give the land border of two countries by their codes, lines in degrees, None where they have none."""
    a, b = country(one), country(other)
    if a is None or b is None:
        return None
    shared = a.boundary.intersection(b.boundary)
    lines = [p for p in shapely.get_parts(shared) if isinstance(p, LineString) and not p.is_empty]
    if not lines:
        return None
    merged = shapely.line_merge(MultiLineString(lines))
    return merged if merged.length > 0.05 else None


@lru_cache(maxsize=128)
def neighbours(code: str) -> tuple[str, ...]:
    """Give the codes of the countries that border a country on land, in order."""
    whole = country(code)
    if whole is None:
        return ()
    return tuple(c for c in sorted(countries_in(whole.bounds)) if c != code and border(code, c) is not None)


@lru_cache(maxsize=32)
def land(window: Window) -> BaseGeometry:
    """Give the land within a window in degrees: all countries there, joined."""
    # clipping is quick and may leave a shape that touches itself, which no union takes
    parts = [shapely.clip_by_rect(p, *window) for p in shapes_in("land", window)]
    whole = [p if p.is_valid else shapely.make_valid(p) for p in parts if not p.is_empty]
    return whole[0] if len(whole) == 1 else shapely.union_all(whole)
