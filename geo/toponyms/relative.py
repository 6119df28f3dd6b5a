"""Relative places: what the words around a name make of it ("southwest of Aleppo", "10 km east of X", "outskirts of").

Sizes go by the anchor's own size R, the radius ``precision_m`` of its entry, since a reporter's "north of" reaches
farther from a city than from a village (Wieczorek, Guo and Hijmans 2004, IJGIS 18(8): the extent of the named place is
part of the uncertainty of every offset from it). All radii are metres from the anchor's point:

================================  ==========================================================================
words                             region
================================  ==========================================================================
southwest of X                    cone to the southwest, from R to 2 R, at least 3 km deep
10 km east of X                   cone to the east, from 0.75 to 1.25 of the distance: round numbers in reports
                                  are good to a quarter
10 km from X                      the whole ring of that distance
countryside north of X            cone to the north, from R to 6 R, at least 5 km deep: the countryside of a city is
                                  told by its district, about five times as wide as the city
countryside of X, rural X         ring from R to 6 R
northern X, north of a country    the part of X in that direction: the cone from its middle to R, cut to its outline
outskirts, suburbs, edge of X     ring from 0.7 R to 1.5 R
near, around X                    disc of 2 R, at least 2 km
between A and B                   strip along the line between them, to either side a quarter of its length
================================  ==========================================================================

Cones are 45 degrees to either side of a cardinal direction, 22.5 of an intercardinal one, 11.25 of a secondary one
(`geo.toponyms.regions` names the literature).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.crs import distance_m
from geo.errors import InputError
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Location
from geo.toponyms.found import Found, Reading, atlas_entries
from geo.toponyms.phrases import Phrase, phrase_around
from geo.toponyms.regions import Region, clip, disc, ring, sector, strip
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_LEAST_R = 500.0
_STRIP_SHARE = 0.25
_BETWEEN_FARTHEST_M = 500_000.0


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
        The same, some with a region. Where a region cannot be drawn (it would reach over a pole) there is none.
    """
    of_atlas = _atlas_phrases(reading, found)
    return [of_atlas.get(i) or _with_region(reading, f, found) for i, f in enumerate(found)]


def half_angle(bearing: float) -> float:
    """Degrees to either side of a direction: 45 for cardinal, 22.5 for intercardinal, 11.25 for secondary ones."""
    if bearing % 90 == 0:
        return 45.0
    return 22.5 if bearing % 45 == 0 else 11.25


def draw(phrase: Phrase, anchor: Location) -> Region:
    """Draw the region of a phrase by the table at the top of this module.

    Raises
    ------
    InputError
        Where the region would reach over a pole.
    """
    lon, lat, r = anchor.lon, anchor.lat, max(anchor.precision_m, _LEAST_R)
    if phrase.relation == "near":
        return disc(lon, lat, radius_m=max(2 * r, 2_000))
    if phrase.relation == "edge":
        return ring(lon, lat, inner_m=0.7 * r, outer_m=1.5 * r)
    if phrase.relation == "part" and phrase.bearing is not None:
        return sector(lon, lat, bearing=phrase.bearing, half_angle=half_angle(phrase.bearing), inner_m=0, outer_m=r)
    inner, outer = _radii(phrase, r)
    if phrase.bearing is None:
        return ring(lon, lat, inner_m=inner, outer_m=outer)
    angle = half_angle(phrase.bearing)
    return sector(lon, lat, bearing=phrase.bearing, half_angle=angle, inner_m=inner, outer_m=outer)


def _radii(phrase: Phrase, r: float) -> tuple[float, float]:
    if phrase.metres is not None:
        return 0.75 * phrase.metres, 1.25 * phrase.metres
    if phrase.relation == "countryside":
        return r, r + max(5 * r, 5_000)
    return r, r + max(r, 3_000)


def _with_region(reading: Reading, found: Found, all_found: Sequence[Found]) -> Found:
    if found.role == "demonym" or found.location is None or not _anchors(found.location) or found.region is not None:
        return found
    between = _between(reading, found, all_found)
    if between is not None:
        return between
    phrase = phrase_around(reading, found)
    if phrase is not None and phrase.relation == "countryside" and _is_unit(found.location):
        # a province is its own countryside, its northern countryside is its north
        phrase = replace(phrase, relation="part") if phrase.bearing is not None else None
    if phrase is None:
        return found
    try:
        region = draw(phrase, found.location)
    except InputError:
        return found
    if phrase.relation == "part":
        outline = found.location.geometry or reading.gazetteer.geometry(found.location.place_id)
        region = clip(region, outline) if outline is not None and outline.area > 0 else region
    location = _location(region, phrase.name.format(found.location.name), found.location, phrase.rule)
    return replace(found, region=location, region_first=phrase.first, region_last=phrase.last)


def _anchors(location: Location) -> bool:
    """Whether directions from a place of that kind make sense: not from lines or whole continents."""
    kind = place_kinds().get(location.kind)
    return kind is None or (kind.group != "line" and kind.name != "continent")


def _is_unit(location: Location) -> bool:
    kind = place_kinds().get(location.kind)
    return kind is not None and kind.group in ("admin", "country", "region")


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


def _between(reading: Reading, found: Found, all_found: Sequence[Found]) -> Found | None:
    """Read "between A and B", found being A; not for talks between states."""
    tokens = reading.tokens
    if not found.first or tokens[found.first - 1].lower != "between" or found.location is None:
        return None
    other = next((f for f in all_found if f.first == found.last + 1 and f.role != "demonym"), None)
    if other is None or other.location is None or tokens[found.last].lower != "and":
        return None
    a, b = found.location, other.location
    length = distance_m(a.lon, a.lat, b.lon, b.lat)
    if "country" in (a.kind, b.kind) or not 1 < length < _BETWEEN_FARTHEST_M:
        return None
    try:
        region = strip(a.lon, a.lat, b.lon, b.lat, half_width_m=_STRIP_SHARE * length)
    except InputError:
        return None
    rule = "the strip between both, a quarter of their distance to either side"
    location = _location(region, f"between {a.name} and {b.name}", a, rule)
    return replace(found, region=location, region_first=found.first - 1, region_last=other.last)


@dataclass(frozen=True, slots=True)
class _Wider:
    """A phrase around a mention, looked up whole."""

    index: int
    first: int
    last: int


_LEFT, _RIGHT = 5, 2
_INNER_GAPS = frozenset((" ", "-", "\n"))


def _atlas_phrases(reading: Reading, found: Sequence[Found]) -> dict[int, Found]:
    """Mentions whose wider phrase is itself an entry of the atlas ("opposition districts of Aleppo"), by position."""
    vocabulary = _atlas_words(reading.gazetteer)
    if not vocabulary:
        return {}
    wider = {}
    for index, f in enumerate(found):
        if f.role in ("place", "metonym", "reference") and f.location is not None:
            for first in range(_reach(reading.tokens, f.first, -_LEFT, vocabulary), f.first + 1):
                for last in range(f.last, _reach(reading.tokens, f.last, _RIGHT, vocabulary) + 1):
                    if last - first > f.last - f.first:
                        wider[_Wider(index, first, last)] = _text(reading, f, first, last)
    entries = reading.gazetteer.lookup(dict.fromkeys(wider.values()))
    chosen: dict[int, Found] = {}
    for w, text in sorted(wider.items(), key=lambda item: (item[0].index, item[0].first - item[0].last)):
        place = next((p for p in entries.get(text, ()) if p.id.startswith("atlas:")), None)
        f = found[w.index]
        if (
            place is None
            or w.index in chosen
            or f.location is None
            or text == f.location.name
            or (f.location is not None and place.id == f.location.place_id)
        ):
            continue
        location = Location(
            name=place.name,
            kind=place.kind,
            lon=place.lon,
            lat=place.lat,
            precision_m=place.precision_m,
            place_id=place.id,
            geometry=reading.gazetteer.geometry(place.id),
            rule=f'"{text}" is an entry of the atlas',
        )
        chosen[w.index] = replace(f, region=location, region_first=w.first, region_last=w.last)
    return chosen


@lru_cache(maxsize=8)
def _atlas_words(gazetteer: Gazetteer) -> frozenset[str]:
    """Every word of the names of the atlas."""
    return frozenset(word for p in atlas_entries(gazetteer) for n in (p.name, *p.aliases) for word in fold(n).split())


def _reach(tokens: Sequence[Token], k: int, by: int, vocabulary: frozenset[str]) -> int:
    """Give how far a phrase of known words reaches from word k, without a comma or full stop, at most ``by`` words."""
    step = 1 if by > 0 else -1
    for _ in range(abs(by)):
        if not 0 < k < len(tokens) or tokens[k].gap not in _INNER_GAPS:
            break
        if tokens[k if step > 0 else k - 1].lower not in vocabulary:
            break
        k += step
    return max(0, k)


def _text(reading: Reading, found: Found, first: int, last: int) -> str:
    """Give the words of the phrase, with the place's name in place of "the city"."""
    tokens = reading.tokens
    before = [t.text for t in tokens[first : found.first]]
    middle = [t.text for t in tokens[found.first : found.last]]
    if found.role == "reference" and found.location is not None:
        middle = [found.location.name]
        if before and before[-1].lower() == "the":
            before.pop()
    return " ".join([*before, *middle, *(t.text for t in tokens[found.last : last])])
