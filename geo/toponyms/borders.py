"""Borders: "the Turkish border", "the Syrian-Turkish border", "Syria's border with Turkey", "its Turkish side".

A border is the line between two countries (Natural Earth's, in the basemap), drawn as a band 10 km to either side, or
to the one side that is told: the order of what states themselves call their border zone. A report that is about some
place speaks of the stretch near it: what lies within 50 km of the point of the border nearest to the report's places,
or as far as these lie from the border, whichever is more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

import shapely
from shapely import Point
from shapely.ops import nearest_points

from geo.crs import distance_m
from geo.data import read_csv, read_toml
from geo.errors import InputError
from geo.model import Location, Place
from geo.toponyms import outlines, regions
from geo.toponyms.found import Found, Reading
from geo.toponyms.globe import around, to_globe, to_plane, to_point
from geo.toponyms.lexicon import word_set

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer

_CROSSING_M = 150_000.0  # a crossing this near stands for "the border" of a report about a place
_TOWN_M = 15_000.0  # a town across the border lies this near to its crossing
_STRETCH_M = 50_000.0
_FAR_M = 500_000.0  # a report about places farther away speaks of the whole border
_BAND_M = 10_000.0
_JOINS = ("-", "–", "—", "/", " - ", " – ")


@dataclass(frozen=True, slots=True)
class _Told:
    """A border as told: whose, with whom if that is said, on whose side, and its words."""

    codes: tuple[str, ...]
    side: str
    first: int
    last: int
    members: tuple[int, ...]


def find_borders(reading: Reading, found: list[Found]) -> list[Found]:
    """Find borders that the names or demonyms of countries tell.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions so far, in any order. Changed in place: a demonym that is part of a border's name ("Turkish border",
        "Syrian-Turkish border") gives way to the border, and a country whose border is meant ("Turkey's border") gets
        it as its region.

    Returns
    -------
    list of Found
        The borders found anew.
    """
    focus = _focus(reading.gazetteer, found)
    named = [f.place for f in found if f.place is not None and f.place.kind == "crossing"]
    borders: list[Found] = []
    for told in _all_told(reading, found):
        location = _border(reading.gazetteer, told, focus, named)
        if location is None:
            continue
        demonyms = [found[m].role == "demonym" for m in told.members]
        if all(demonyms):
            borders.append(Found(told.first, told.last, "place", location, 0.7, location.rule))
        for m, demonym in zip(told.members, demonyms, strict=True):
            if not demonym and found[m].role == "place":
                found[m] = replace(found[m], region=location, region_first=told.first, region_last=told.last)
    covered = {k for b in borders for k in range(b.first, b.last)}
    found[:] = [f for f in found if f.role != "demonym" or covered.isdisjoint(range(f.first, f.last))]
    return borders


def _all_told(reading: Reading, found: Sequence[Found]) -> list[_Told]:
    """Find each border told, in text order; a country tells one at most."""
    states = [
        (f.first, f.last, i)
        for i, f in enumerate(found)
        if f.location is not None and f.location.kind == "country" and f.role in ("place", "demonym")
    ]
    by_first, by_last = {s[0]: s for s in states}, {s[1]: s for s in states}
    code = {i: found[i].location.place_id.removeprefix("country:") for _, _, i in states}  # type: ignore[union-attr]
    told: list[_Told] = []
    for k, token in enumerate(reading.tokens):
        if token.lower not in word_set("regions.border") | {"borders"} or _is_another_noun(reading, k):
            continue
        one = _at_border(reading, k, by_first, by_last, code)
        if one is not None and not any(set(one.members) & set(t.members) for t in told):
            told.append(one)
    return told


def _is_another_noun(reading: Reading, k: int) -> bool:
    """Whether what follows makes guards, a dispute, or a named town of the border."""
    tokens, words = reading.tokens, read_toml("relative_words.toml")["not_border"]
    if k + 1 >= len(tokens) or tokens[k + 1].gap not in (" ", "-"):
        return False
    following = tokens[k + 1].lower
    return following in words["nouns"].split() or (
        following in words["settlements"].split() and k + 2 < len(tokens) and tokens[k + 2].lower == "of"
    )


_State = tuple[int, int, int]


def _at_border(
    reading: Reading, k: int, by_first: dict[int, _State], by_last: dict[int, _State], code: dict[int, str]
) -> _Told | None:
    """Read the countries around the word "border" at position k."""
    tokens = reading.tokens
    first, last = k, k + 1
    sides: list[_State] = []
    side = ""
    begin = k - 1 if k and tokens[k - 1].lower == "the" else k
    if begin >= 2 and tokens[begin - 1].lower == "of" and tokens[begin - 2].lower == "side":
        told = by_last.get(begin - 2)
        if told is not None:
            side, first = code[told[2]], told[0]
            sides.append(told)
    before = by_last.get(k) if tokens[k].gap in (" ", "-") else None
    if before is not None:
        sides.append(before)
        first = min(first, before[0])
        joined = by_last.get(before[0]) if tokens[before[0]].gap in _JOINS else None
        if joined is not None:
            sides.append(joined)
            first = min(first, joined[0])
    after, end = _after(reading, k, by_first)
    sides += after
    last = max(last, end)
    codes = tuple(dict.fromkeys(code[s[2]] for s in sides))
    if not codes or (side and len(codes) > 2):
        return None
    members = tuple(dict.fromkeys(s[2] for s in sides))
    return _Told(codes[:2], side, first, last, members)


def _after(reading: Reading, k: int, by_first: dict[int, _State]) -> tuple[list[_State], int]:
    """Read "with Turkey", "between Syria and Turkey", "of Syria and Turkey" after the word "border"."""
    tokens = reading.tokens
    area = k + 1 if k + 1 < len(tokens) and tokens[k + 1].lower in ("area", "region", "zone") else k
    if area + 1 >= len(tokens) or tokens[area + 1].lower not in ("with", "between", "of", "separating"):
        return [], 0
    at = area + 2
    at += at < len(tokens) and tokens[at].lower in ("the", "neighbouring", "neighboring")
    one = by_first.get(at)
    if one is None:
        return [], 0
    and_ = one[1] < len(tokens) and tokens[one[1]].lower == "and"
    other = by_first.get(one[1] + 1) if and_ and tokens[area + 1].lower != "with" else None
    return ([one, other], other[1]) if other is not None else ([one], one[1])


def _focus(gazetteer: Gazetteer, found: Sequence[Found]) -> tuple[float, float] | None:
    """Find the middle of what the article speaks of: medians of its places, in the theatre if any."""
    bbox, countries = gazetteer.theatre.bbox, gazetteer.theatre.countries
    places = [
        f.place
        for f in found
        if f.role == "place" and f.place is not None and f.place.kind not in ("country", "continent", "region", "sea")
    ]
    inside = [p for p in places if bbox and bbox[0] <= p.lon <= bbox[2] and bbox[1] <= p.lat <= bbox[3]]
    near = inside or [p for p in places if p.country in countries] or places
    if near:
        return median(p.lon for p in near), median(p.lat for p in near)
    return ((bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2) if bbox else None


def _border(
    gazetteer: Gazetteer, told: _Told, focus: tuple[float, float] | None, named: Sequence[Place]
) -> Location | None:
    one = told.codes[0]
    other = told.codes[1] if len(told.codes) > 1 else _other_side(one, focus)
    line = outlines.border(one, other) if other else None
    if line is None:
        return None
    countries = gazetteer.countries()
    if other not in countries or one not in countries:
        return None
    point, why = _point(gazetteer, (one, other), line, focus, named)
    try:
        region, rule = _drawn(line, point, focus, told.side)
    except InputError:
        return None
    ends = sorted((one, other), key=lambda c: countries[c].name)
    if told.side:
        away = other if told.side == one else one
        name = f"{_adjective(gazetteer, told.side)} side of the border with {countries[away].name}"
    else:
        name = f"border of {countries[ends[0]].name} and {countries[ends[1]].name}"
    return Location(
        name=name,
        kind="border",
        lon=round(region.lon, 6),
        lat=round(region.lat, 6),
        precision_m=round(region.precision_m),
        place_id=countries[one].id,
        geometry=region.geometry,
        rule=f"{rule}{why}",
    )


def _adjective(gazetteer: Gazetteer, code: str) -> str:
    """Give the adjective of a country: the first of its demonyms."""
    rows = (row for row in read_csv("countries.csv") if row["alpha2"] == code and row["demonyms"])
    return next((row["demonyms"].split("|")[0] for row in rows), gazetteer.countries()[code].name)


def _other_side(code: str, focus: tuple[float, float] | None) -> str:
    """Find the country across a border of which one is told: the one the report is about, else the only neighbour."""
    across = outlines.neighbours(code)
    if focus is None:
        return across[0] if len(across) == 1 else ""
    lines = [(line.distance(Point(*focus)), other) for other in across if (line := outlines.border(code, other))]
    at_home = [other for other in across if (o := outlines.country(other)) is not None and o.contains(Point(*focus))]
    return at_home[0] if at_home else min(lines)[1] if lines else ""


def _point(
    gazetteer: Gazetteer,
    codes: tuple[str, str],
    line: BaseGeometry,
    focus: tuple[float, float] | None,
    named: Sequence[Place],
) -> tuple[tuple[float, float], str]:
    """Choose the point of a border that a report means, and say why."""
    if focus is None:
        middle = line.interpolate(0.5, normalized=True)
        return (middle.x, middle.y), ""
    near = gazetteer.nearby(*focus, _CROSSING_M, kinds=("crossing",))
    for crossing in (*named, *near):
        if _on_border(gazetteer, crossing, codes):
            what = "that the article names" if crossing in named else "nearest to the article's other places"
            return (crossing.lon, crossing.lat), f", about {crossing.name}, the crossing {what}"
    flat = to_plane(around(line, focus[0]), *focus)
    nearest = nearest_points(flat, Point(0, 0))[0]
    return to_point(nearest.x, nearest.y, *focus), ", about its point nearest to the article's other places"


def _on_border(gazetteer: Gazetteer, crossing: Place, codes: tuple[str, str]) -> bool:
    """Whether a crossing is one of these two countries: whether it lies by their border."""
    line = outlines.border(*codes)
    return line is not None and line.distance(Point(crossing.lon, crossing.lat)) * 111_195 <= _TOWN_M


def _drawn(
    line: BaseGeometry, point: tuple[float, float], focus: tuple[float, float] | None, side: str
) -> tuple[regions.Region, str]:
    """Draw the band along the stretch of a border that is meant."""
    away = distance_m(*focus, *point) if focus is not None else math.inf
    rule = "the band 10 km to either side of the border"
    if side:
        rule = "the band 10 km wide on that side of the border"
    stretch = line
    if away <= _FAR_M:
        far = max(_STRETCH_M, away)
        flat = to_plane(around(line, point[0]), *point)
        stretch = (
            to_globe(flat.intersection(Point(0, 0).buffer(far)), *point) if flat.distance(Point(0, 0)) < far else line
        )
        rule += f", within {far / 1000:.3g} km"
    return _banded(stretch.wkb, point, side), rule


@lru_cache(maxsize=256)
def _banded(stretch: bytes, point: tuple[float, float], side: str) -> regions.Region:
    region = regions.band(shapely.from_wkb(stretch), half_width_m=_BAND_M, lon=point[0], lat=point[1])
    ground = outlines.country(side) if side else None
    return regions.within(region, ground) if ground is not None else region
