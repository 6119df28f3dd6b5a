"""Relative places: what the words around a name make of it ("southwest of Aleppo", "10 km east of X", "outskirts of").

Sizes go by the anchor's own size R, the radius ``precision_m`` of its entry, since a reporter's "north of" reaches
farther from a city than from a village (Wieczorek, Guo and Hijmans 2004, IJGIS 18(8): the extent of the named place is
part of the uncertainty of every offset from it), and by its kind, since "near" a town is more than "near" a hospital
(Derungs and Purves 2016, Spatial Cognition and Computation 16(4): nearness depends on the scale of what is named). The
reaches N, D and C in the table are those of `geo.toponyms.draw.REACHES`. All radii are metres from the anchor's point:

================================  ==========================================================================
words                             region
================================  ==========================================================================
southwest of X                    cone to the southwest, from R to 4 R, at least D deep
10 km east of X                   cone to the east at that distance, give or take a quarter and R
10 km from X                      the whole ring of that distance, give or take a quarter and R
within 10 km of X                 disc of that radius, beyond R for a distance less than R
two hours' drive from X           ring at 43 km for each hour, give or take two fifths
countryside north of X            cone to the north, from R to 6 R, at least C deep: the countryside of a city is
                                  told by its district, many times as wide as the city
countryside of X, rural X         ring from R to 6 R, at least C deep
northern X, north of a country    two fifths of X, by area, that lie farthest in that direction; of a city the half
northern half, far north, tip     the half, the sixth, the tenth of X that lies farthest in that direction
central X, the heart of X         disc of half R; for a country or province the third about its middle
outskirts, edge, entrance of X    ring from 0.7 R to 2 R; "northern outskirts" the cone of it
suburbs of X                      ring from 0.7 R to 3 R; "northern suburbs" the cone of it
near, around X                    disc of R and as much again, at least R + N
outside X, ringing X              the same without X itself
on the road to X                  ring from R to 6 R, at least C deep
off the coast of X                the sea within 100 km of a country, within 30 km of a town; at the distance told
the coast of X                    the land of X within 20 km of the sea
between A and B                   the places that lengthen the way from A to B by an eighth at most: an ellipse
between A, B and C                their hull, and a tenth of its width around it
along a road or river             the ground within 5 km of its course
================================  ==========================================================================

Cones are 45 degrees to either side of a cardinal direction, 22.5 of an intercardinal one, 11.25 of a secondary one;
parts are cut across the direction (`geo.toponyms.regions` names the literature). "Northern X province" is the whole
province where X lies in the north of its country, since news tells so where a province is. "From A to B" is a journey
and no region, unless a verb says that something stretches there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from geo.crs import distance_m
from geo.data import read_toml
from geo.errors import InputError
from geo.gazetteer.kinds import place_kinds
from geo.model import Location, Place
from geo.toponyms import outlines
from geo.toponyms.atlas_phrases import atlas_phrases
from geo.toponyms.between import between_places
from geo.toponyms.draw import draw, is_unit
from geo.toponyms.found import Found, Reading
from geo.toponyms.phrase_patterns import adjective
from geo.toponyms.phrases import Phrase, phrase_around
from geo.toponyms.regions import Region
from geo.toponyms.resolve import locate

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer

_OF_TOWNS = ("beyond", "within", "countryside", "edge", "suburbs", "near", "outside", "approach")
_LIES_IN = 0.25  # of the way from the middle of a country to its edge, for a province to lie in its north


def add_regions(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Give each mention the region that the words around it speak of.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions in text order.

    Returns
    -------
    list of Found
        The same, some with a region. A place of no gazetteer that is told by another ("Umm Sardin, 12 km north of
        Qasr") has the other's region for its own.
    """
    of_atlas = atlas_phrases(reading, found)
    told = between_places(reading, found)
    inside = _covered(found, told)
    with_regions = [
        of_atlas.get(i) or told.get(i) or (f if i in inside else _with_region(reading, f)) for i, f in enumerate(found)
    ]
    return [_told_by_next(reading, f, with_regions[i + 1 :]) for i, f in enumerate(with_regions)]


def _covered(found: Sequence[Found], told: Mapping[int, Found]) -> set[int]:
    """Positions of the mentions inside the words of such a region: "B" in "15 km from A on the road to B"."""
    spans = [(t.region_first, t.region_last) for t in told.values()]
    return {i for i, f in enumerate(found) if any(first <= f.first and f.last <= last for first, last in spans)}


def _with_region(reading: Reading, found: Found) -> Found:
    anchor = found.location
    if found.role == "demonym" or anchor is None or found.region is not None or not _anchors(anchor):
        return found
    phrase = phrase_around(reading, found)
    if phrase is None:
        return found
    place = found.place
    if phrase.relation in _OF_TOWNS and anchor.kind in ("admin1", "admin2"):
        town = _town_of(reading, found)
        if town is not None:
            place, anchor = town, locate(town, reading.gazetteer)
    meant = _meant(reading.gazetteer, phrase, anchor, place)
    if meant is None:
        return found
    phrase = meant
    try:
        # what is told is drawn once, wherever it stands
        region, rule = _draw_cached(reading.gazetteer, replace(phrase, first=0, last=0, name=""), anchor, place)
    except InputError:
        return found
    location = _location(region, phrase.name.format(anchor.name), anchor, rule)
    return replace(found, region=location, region_first=phrase.first, region_last=phrase.last)


def _town_of(reading: Reading, found: Found) -> Place | None:
    """Find the town that a province is named after: "10 km from Homs" is told of the city."""
    tokens, unit = reading.tokens, found.place
    if unit is None or (found.last < len(tokens) and tokens[found.last].lower in _unit_nouns()):
        return None
    if found.first >= 2 and tokens[found.first - 1].lower == "of" and tokens[found.first - 2].lower in _unit_nouns():
        return None  # "the province of Homs" is the province
    name = reading.text[tokens[found.first].start : tokens[found.last - 1].end]
    towns = reading.gazetteer.lookup([name])[name]
    near = 4 * unit.precision_m
    return next(
        (
            t
            for t in towns
            if t.kind in ("city", "town")
            and t.country == unit.country
            and distance_m(t.lon, t.lat, unit.lon, unit.lat) < near
        ),
        None,
    )


@lru_cache(maxsize=1)
def _unit_nouns() -> frozenset[str]:
    return frozenset(read_toml("relative_words.toml")["nouns"]["units"].split())


def _meant(gazetteer: Gazetteer, phrase: Phrase, anchor: Location, place: Place | None) -> Phrase | None:
    """Say what a phrase means for a place of that kind, None where it makes no region of it."""
    if (phrase.relation == "along") != _is_line(anchor) or anchor.kind == "border":
        return None  # a border is a band along its line already
    if phrase.relation == "unit":
        return None if _lies_in(gazetteer, place, phrase.bearings) else replace(phrase, relation="part")
    if is_unit(anchor):
        if phrase.relation == "countryside":
            # a province is its own countryside, its northern countryside is its north
            name = f"{' and '.join(map(adjective, phrase.bearings))} {{}}"
            return replace(phrase, relation="part", name=name) if phrase.bearings else None
        if phrase.relation in ("near", "outside", "edge", "suburbs", "approach"):
            return None  # "near Iraq", "the gates of Europe": no ground that one could draw
    return phrase


def _lies_in(gazetteer: Gazetteer, place: Place | None, bearings: Sequence[float]) -> bool:
    """Whether a province lies on that side of its country, so that the direction tells where it is."""
    country = gazetteer.countries().get(place.country) if place is not None and place.kind != "country" else None
    whole = outlines.country(country.country) if country is not None else None
    if place is None or whole is None:
        return False
    west, south, east, north = whole.bounds
    x = (place.lon - (west + east) / 2) / ((east - west) / 2)
    y = (place.lat - (south + north) / 2) / ((north - south) / 2)
    return all(x * math.sin(math.radians(b)) + y * math.cos(math.radians(b)) > _LIES_IN for b in bearings)


def _anchors(location: Location) -> bool:
    """Whether regions can be told of a place of that kind: not of whole continents."""
    return location.kind != "continent"


def _is_line(location: Location) -> bool:
    kind = place_kinds().get(location.kind)
    return kind is not None and (kind.group == "line" or kind.name == "river")


@lru_cache(maxsize=1024)
def _draw_cached(gazetteer: Gazetteer, phrase: Phrase, anchor: Location, place: Place | None) -> tuple[Region, str]:
    return draw(phrase, anchor, outline_of(gazetteer, anchor, place))


def outline_of(gazetteer: Gazetteer, anchor: Location, place: Place | None) -> BaseGeometry | None:
    """Give the polygon of a place: the gazetteer's, else the basemap's for a country or a province; None if unknown."""
    known = anchor.geometry if anchor.geometry is not None else gazetteer.geometry(anchor.place_id)
    if known is not None and known.area > 0:
        return known
    if anchor.kind == "country":
        return outlines.country(anchor.place_id.removeprefix("country:"))
    if place is None or place.kind != "admin1":
        return None
    cell = outlines.province(place)
    if cell is None:
        return None
    others = gazetteer.nearby(place.lon, place.lat, 4 * place.precision_m, kinds=("admin1",))
    inside = [p for p in others if p.id != place.id and cell.contains(shapely.Point(p.lon, p.lat))]
    return None if inside else cell


def _location(region: Region, name: str, anchor: Location, rule: str) -> Location:
    return Location(
        name=name,
        kind="region",
        lon=round(region.lon, 6),
        lat=round(region.lat, 6),
        precision_m=round(region.precision_m),
        place_id=anchor.place_id,
        geometry=region.geometry,
        rule=rule,
    )


_APPOSED = re.compile(
    r"^(?:,|\s+\()?\s*(?:(?:which\s+)?(?:is|was|lies|lay)\s+)?(?:(?:a|an|the)\s+(?:[\w-]+\s+){0,4})?"
    r"(?:(?:located|situated|lying|in|on)\s+)?$"
)


def _told_by_next(reading: Reading, found: Found, later: Sequence[Found]) -> Found:
    """Give a place of no gazetteer the region that is told right after it."""
    if found.location is not None or found.region is not None or found.role != "place":
        return found
    other = next((f for f in later if f.region is not None and f.region_first >= found.last), None)
    if other is None or other.region_first - found.last > 8:
        return found
    gap = reading.text[reading.tokens[found.last - 1].end : reading.tokens[other.region_first].start]
    if not _APPOSED.match(gap):
        return found
    return replace(found, region=other.region, region_first=found.first, region_last=other.region_last)
