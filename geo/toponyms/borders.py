"""Borders: "the Turkish border", "the border with Turkey", "Turkey's border", placed where the article is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from geo.model import Location, Place
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_CROSSING_M = 150_000.0  # a crossing this near stands for "the border" of a report about a place
_TOWN_M = 15_000.0  # a town across the border lies this near to its crossing
_SEARCH_M = (25_000.0, 50_000.0, 100_000.0, 200_000.0, 400_000.0)
_PRECISION_M = 30_000.0


def find_borders(reading: Reading, found: list[Found]) -> list[Found]:
    """Find borders that a country's name or demonym tells.

    The border of a report is where the report is: at a crossing to that country that it names; else at the crossing to
    it that lies nearest to the article's other places; else at the nearest place of that country to them.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions so far, in any order. Changed in place: a demonym that is part of a border's name ("Turkish border")
        gives way to the border, and a country whose border is meant ("Turkey's border") gets it as its region.

    Returns
    -------
    list of Found
        The borders found anew.
    """
    centre = _centre(reading.gazetteer, found)
    named = [f.place for f in found if f.place is not None and f.place.kind == "crossing"]
    borders = []
    for index, f in enumerate(list(found)):
        if f.location is None or f.location.kind != "country" or f.role == "reference":
            continue
        span = _span(reading, f)
        if span is None:
            continue
        location = _border(reading.gazetteer, f.location, centre, named)
        if location is None:
            continue
        if f.role == "demonym" and span == (f.first, f.last + 1):
            borders.append(Found(*span, "place", location, 0.7, location.rule))
        elif f.role == "place":
            found[index] = replace(f, region=location, region_first=span[0], region_last=span[1])
    covered = {k for b in borders for k in range(b.first, b.last)}
    found[:] = [f for f in found if covered.isdisjoint(range(f.first, f.last))]
    return borders


def _span(reading: Reading, country: Found) -> tuple[int, int] | None:
    """Where the words of the border stand: the noun after the country, or "border with" before it."""
    tokens, first, last = reading.tokens, country.first, country.last
    if last < len(tokens) and tokens[last].lower in word_set("regions.border") and tokens[last].gap == " ":
        return first, last + 1
    if first >= 2 and tokens[first - 1].lower == "with" and tokens[first - 2].lower in word_set("regions.border"):
        return first - 2, last
    return None


def _centre(gazetteer: Gazetteer, found: Sequence[Found]) -> tuple[float, float] | None:
    """Find the middle of what the article speaks of: medians of its places, in the theatre if any."""
    bbox, countries = gazetteer.theatre.bbox, gazetteer.theatre.countries
    places = [
        f.place
        for f in found
        if f.role == "place" and f.place is not None and f.place.kind not in ("country", "continent")
    ]
    inside = [p for p in places if bbox and bbox[0] <= p.lon <= bbox[2] and bbox[1] <= p.lat <= bbox[3]]
    near = inside or [p for p in places if p.country in countries] or places
    if near:
        return median(p.lon for p in near), median(p.lat for p in near)
    return ((bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2) if bbox else None


def _border(
    gazetteer: Gazetteer, country: Location, centre: tuple[float, float] | None, named: Sequence[Place]
) -> Location | None:
    code = country.place_id.removeprefix("country:")
    if centre is None:
        return None
    name = f"border of {country.name}"
    crossing = next((c for c in named if _leads_to(gazetteer, c, code)), None)
    if crossing is not None:
        rule = f"at {crossing.name}, a crossing that the article names"
        return _location(name, crossing.lon, crossing.lat, crossing.id, rule)
    near_crossings = gazetteer.nearby(*centre, _CROSSING_M, kinds=("crossing",))
    crossing = next((c for c in near_crossings if _leads_to(gazetteer, c, code)), None)
    if crossing is not None:
        rule = f"at {crossing.name}, the crossing nearest to the other places of the article"
        return _location(name, crossing.lon, crossing.lat, crossing.id, rule)
    for radius in _SEARCH_M:
        near = [p for p in gazetteer.nearby(*centre, radius) if p.country == code and p.kind != "country"]
        if near:
            rule = f"at {near[0].name}, the place of {country.name} nearest to the other places of the article"
            return _location(name, near[0].lon, near[0].lat, near[0].id, rule)
    return None


def _leads_to(gazetteer: Gazetteer, crossing: Place, code: str) -> bool:
    """Whether a crossing leads to a country: whether a place of it lies near."""
    return any(p.country == code for p in gazetteer.nearby(crossing.lon, crossing.lat, _TOWN_M))


def _location(name: str, lon: float, lat: float, place_id: str, rule: str) -> Location:
    return Location(name=name, kind="border", lon=lon, lat=lat, precision_m=_PRECISION_M, place_id=place_id, rule=rule)
