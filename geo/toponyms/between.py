"""Regions told by several places: "between A and B", "between A, B and C", "halfway from A to B", "from A to B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.crs import bearing_deg, distance_m
from geo.data import read_toml
from geo.errors import InputError
from geo.model import Location
from geo.toponyms import regions
from geo.toponyms.distances import distance_pattern, read_distance
from geo.toponyms.found import Found, Reading
from geo.toponyms.regions import Region

_FARTHEST_M = 1_000_000.0
_HALF_ANGLE = 22.5  # a road bends to either side of the line to its end
_HALFWAY_SHARE = 0.15
_ROAD_GAP = 60  # characters of "on the main road to" between two names

_KIND = r"(?:city|cities|town|towns|village|villages|districts|neighbou?rhoods|quarters?)"
_NOUN = rf"(?:(?:the\s+)?(?:[\w-]+\s+){{0,2}}{_KIND}\s+of\s+)?(?:the\s+)?"
_BETWEEN = re.compile(rf"(?:(?P<noun>\w+)\s+)?\b(?P<half>(?:half-?\s?way|midway)\s+)?between\s+{_NOUN}$", re.IGNORECASE)
_FROM = re.compile(
    rf"(?:\b(?P<half>half-?\s?way|midway)\s+|\b(?:stretch|extend|run|reach)(?:es|ed|ing|s)?\s+(?:\w+\s+)?)from\s+{_NOUN}$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"^(?:['’]s)?(?:\s+(?:city|town|village))?(?P<more>,)?\s*(?:and\s+|,\s*and\s+)?{_NOUN}$", re.IGNORECASE
)
_TO = re.compile(rf"^\s+(?:city\s+|in\s+the\s+\w+\s+)?to\s+{_NOUN}$", re.IGNORECASE)
_ON_ROAD = re.compile(
    r"^(?:,)?\s+(?:on|along)\s+the\s+(?:[\w-]+\s+){0,2}(?:road|highway|motorway|way)\s+(?:to|towards?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def between_places(reading: Reading, found: Sequence[Found]) -> dict[int, Found]:
    """Find what is told to lie between places.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions in text order.

    Returns
    -------
    dict
        By position, the first place of each phrase with its region.
    """
    told = {}
    for i, f in enumerate(found):
        if not _stands(f):
            continue
        between = _between(reading, found, i) or _from_to(reading, found, i) or _along_road(reading, found, i)
        if between is not None:
            told[i] = between
    return told


def _stands(found: Found) -> bool:
    return found.role in ("place", "reference", "metonym") and found.location is not None and found.region is None


def _between(reading: Reading, found: Sequence[Found], i: int) -> Found | None:
    first, before = found[i], _before(reading, found[i])
    match = _BETWEEN.search(before) if "between" in before.lower() else None
    if (
        match is None
        or (match["noun"] or "").lower() in read_toml("relative_words.toml")["not_between"]["nouns"].split()
    ):
        return None
    listed = [first]
    for f in found[i + 1 :]:
        gap = _gap(reading, listed[-1], f)
        if f.first < listed[-1].last or f.role == "demonym":
            continue
        if len(listed) == 4 or _NEXT.match(gap) is None or not re.search(r",|\band\b", gap) or not _stands(f):
            break
        listed.append(f)
        if re.search(r"\band\b", gap):
            return _drawn(reading, listed, match, halfway=bool(match["half"]))
    return None


def _from_to(reading: Reading, found: Sequence[Found], i: int) -> Found | None:
    """Read "halfway from A to B" and "stretching from A to B"; a journey from A to B is no region."""
    before = _before(reading, found[i])
    match = _FROM.search(before) if "from" in before.lower() else None
    if match is None:
        return None
    other = next((f for f in found[i + 1 :] if f.first >= found[i].last and _stands(f)), None)
    if other is None or _TO.match(_gap(reading, found[i], other)) is None:
        return None
    return _drawn(reading, [found[i], other], match, halfway=bool(match["half"]))


def _drawn(reading: Reading, listed: Sequence[Found], match: re.Match[str], *, halfway: bool) -> Found | None:
    places = [f.location for f in listed if f.location is not None]
    if any(p.kind in ("country", "continent") for p in places):
        return None
    points = [(p.lon, p.lat) for p in places]
    if max(distance_m(*a, *b) for a in points for b in points) > _FARTHEST_M:
        return None
    try:
        region, rule = _region(points, halfway=halfway)
    except InputError:
        return None
    names = ", ".join(p.name for p in places[:-1]) + f" and {places[-1].name}"
    name = f"{'halfway ' if halfway else ''}between {names}"
    start = (
        match.start("half")
        if match["half"]
        else match.end("noun") + 1
        if match.groupdict().get("noun")
        else match.start()
    )
    return _with(reading, listed, len(_before(reading, listed[0])) - start, region, name, rule)


def _region(points: Sequence[tuple[float, float]], *, halfway: bool) -> tuple[Region, str]:
    if len(points) > 2:
        return regions.among(points), "their hull, and a tenth of its width around it"
    (lon1, lat1), (lon2, lat2) = points
    whole = regions.between(lon1, lat1, lon2, lat2)
    if halfway:
        length = distance_m(lon1, lat1, lon2, lat2)
        return regions.disc(
            whole.lon, whole.lat, radius_m=_HALFWAY_SHARE * length
        ), "a disc about the middle, three tenths of the way wide"
    return whole, "the ground that lengthens the way from one to the other by an eighth at most"


def _along_road(reading: Reading, found: Sequence[Found], i: int) -> Found | None:
    """Read "15 km from A on the road to B": that far from A towards B."""
    anchor = found[i].location
    other = next((f for f in found[i + 1 :] if f.first >= found[i].last and _stands(f)), None)
    if other is None or other.location is None or anchor is None:
        return None
    gap = _gap(reading, found[i], other)
    if len(gap) > _ROAD_GAP or _ON_ROAD.match(gap) is None:
        return None
    away = rf"\b(?P<dist>{distance_pattern()})(?:\s+away)?\s+(?:from|outside|out\s+of)\s+{_NOUN}$"
    match = re.search(away, _before(reading, found[i]), re.IGNORECASE)
    if match is None:
        return None
    distance = read_distance(match["dist"])
    goal = other.location
    if distance is None or goal.place_id == anchor.place_id:
        return None
    there = bearing_deg(anchor.lon, anchor.lat, goal.lon, goal.lat)
    inner = max(
        1.0, distance.metres - max(distance.metres - distance.least, min(anchor.precision_m, distance.metres / 2))
    )
    outer = distance.metres + max(distance.most - distance.metres, anchor.precision_m)
    try:
        region = regions.sector(
            anchor.lon, anchor.lat, bearing=there, half_angle=_HALF_ANGLE, inner_m=inner, outer_m=outer
        )
    except InputError:
        return None
    name = f"{distance.words} from {anchor.name} towards {goal.name}"
    start = len(_before(reading, found[i])) - match.start()
    return _with(
        reading, [found[i], other], start, region, name, "a cone towards the end of the road, at that distance"
    )


def _with(reading: Reading, listed: Sequence[Found], back: int, region: Region, name: str, rule: str) -> Found:
    anchor = listed[0].location
    assert anchor is not None  # noqa: S101
    at = reading.tokens[listed[0].first].start - back
    first = next(k for k, t in enumerate(reading.tokens) if t.end > at)
    location = Location(
        name=name,
        kind="region",
        lon=round(region.lon, 6),
        lat=round(region.lat, 6),
        precision_m=round(region.precision_m),
        place_id=anchor.place_id,
        geometry=region.geometry,
        rule=rule,
    )
    return replace(listed[0], region=location, region_first=min(first, listed[0].first), region_last=listed[-1].last)


def _before(reading: Reading, found: Found) -> str:
    start = reading.tokens[found.first].start
    left = next((t.start for t in reversed(reading.tokens[max(0, found.first - 16) : found.first + 1]) if t.first), 0)
    return reading.text[max(left, start - 110) : start]


def _gap(reading: Reading, one: Found, other: Found) -> str:
    return reading.text[reading.tokens[one.last - 1].end : reading.tokens[other.first].start]
