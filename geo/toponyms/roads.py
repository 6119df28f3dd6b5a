"""Roads told by their ends: "the Aleppo-Damascus highway", "the main supply route linking the city to Turkey"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.crs import distance_m
from geo.errors import InputError
from geo.model import Location, Route
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.regions import line
from geo.toponyms.resolve import locate

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_APART = 9  # words between the two ends, so that "the city - the largest before the war - to Turkey" holds together
_END_M = 15_000.0  # an end of a course lies this near to a place, beyond the place's own size, to be its end
_BORDER_M = 20_000.0
_FARTHEST_M = 1_000_000.0
_JOINS = ("-", "–", "—", "/", " - ", " – ")


def find_roads(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Find roads by the two places that they join.

    "A-B road", "A-B-C highway" and "road from A to B" mean the route of the atlas whose course ends near both ends; a
    country is an end where one of its places lies within 20 km of the end of the course. Where the atlas has no such
    route, the road is the line from place to place, which is exact to half its length.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions in text order, references among them.

    Returns
    -------
    list of Found
        The same in text order, with the roads as references.
    """
    roads = []
    for k, token in enumerate(reading.tokens):
        if token.lower not in word_set("roads.nouns"):
            continue
        road = _hyphenated(reading, k, found) or _linking(reading, k, found)
        if road is not None:
            roads.append(road)
    covered = {k for road in roads for k in range(road.first, road.last)}
    kept = [f for f in found if f.role != "reference" or covered.isdisjoint(range(f.first, f.last))]
    return sorted([*kept, *roads], key=lambda f: (f.first, -f.last))


def _hyphenated(reading: Reading, k: int, found: Sequence[Found]) -> Found | None:
    """Read "the A-B road", "the A-B-C highway" and "the A to B road", the noun being word k."""
    last = next((f for f in found if f.last == k and f.role in ("place", "metonym")), None)
    if last is None or reading.tokens[k].gap != " ":
        return None
    chain = [last]
    while (before := _joined_before(reading, chain[0], found)) is not None:
        chain.insert(0, before)
    return _road(reading, chain[0].first, k + 1, chain) if len(chain) > 1 else None


def _joined_before(reading: Reading, following: Found, found: Sequence[Found]) -> Found | None:
    tokens, at = reading.tokens, following.first
    for f in found:
        if f.role not in ("place", "metonym") or f.location is None:
            continue
        if f.last == at and tokens[at].gap in _JOINS:
            return f
        if f.last == at - 1 and tokens[at - 1].lower == "to":
            return f
    return None


def _linking(reading: Reading, k: int, found: Sequence[Found]) -> Found | None:
    """Read "the road linking A to B", the noun being word k."""
    tokens = reading.tokens
    if k + 1 >= len(tokens) or tokens[k + 1].lower not in word_set("roads.links") or tokens[k + 1].gap != " ":
        return None
    ends = [
        f for f in found if f.first > k + 1 and f.role in ("place", "reference", "metonym") and f.location is not None
    ]
    one = next((f for f in ends if f.first - k <= 4), None)
    if one is None:
        return None
    other = next(
        (
            f
            for f in ends
            if f.first >= one.last + 1
            and f.first - one.last <= _APART
            and (
                tokens[f.first - 1].lower in word_set("roads.to")
                or (tokens[f.first - 1].lower == "the" and tokens[f.first - 2].lower in word_set("roads.to"))
            )
            and not any(t.first for t in tokens[one.last : f.first])
        ),
        None,
    )
    if other is None:
        return None
    first = k
    while (
        first > 0
        and k - first < 3
        and tokens[first].gap in (" ", "-")
        and tokens[first - 1].lower in word_set("roads.modifiers")
    ):
        first -= 1
    return _road(reading, first, k + 1, [one, other])


def _road(reading: Reading, first: int, last: int, stops: Sequence[Found]) -> Found | None:
    places = [f.location for f in stops if f.location is not None]
    if len(places) != len(stops):
        return None
    names = " to ".join(p.name for p in places)
    route = _route(reading.gazetteer, places[0], places[-1])
    if route is not None:
        place = reading.gazetteer.get(f"atlas:{route.id.removeprefix('atlas:')}")
        if place is not None:
            location = locate(place, reading.gazetteer)
            return Found(first, last, "reference", location, 0.7, f"the route of the atlas from {names}", place=place)
    straight = _straight(places)
    if straight is None:
        return None
    return Found(
        first, last, "reference", straight, 0.4, f"the line from {names}, since no route of the atlas joins them"
    )


def _route(gazetteer: Gazetteer, one: Location, other: Location) -> Route | None:
    """Find the route whose ends lie nearest to both places, if both are near enough."""
    fitting = []
    for route in gazetteer.routes():
        ends = (route.course.coords[0][:2], route.course.coords[-1][:2])
        for start, end in (ends, ends[::-1]):
            here, there = _gap(gazetteer, start, one), _gap(gazetteer, end, other)
            if here is not None and there is not None:
                fitting.append((here + there, route.id, route))
    return min(fitting, key=lambda f: f[:2])[2] if fitting else None


def _gap(gazetteer: Gazetteer, end: tuple[float, float], place: Location) -> float | None:
    """Metres from the end of a course to a place, None where it is no end there."""
    if place.kind == "country":
        code = place.place_id.removeprefix("country:")
        near = [p for p in gazetteer.nearby(*end, _BORDER_M) if p.country == code and p.kind != "country"]
        return distance_m(*end, near[0].lon, near[0].lat) if near else None
    metres = max(0.0, distance_m(*end, place.lon, place.lat) - place.precision_m)
    return metres if metres <= _END_M else None


def _straight(places: Sequence[Location]) -> Location | None:
    far = max(distance_m(a.lon, a.lat, b.lon, b.lat) for a in places for b in places)
    if any(p.kind == "country" for p in places) or far > _FARTHEST_M:
        return None
    try:
        drawn = line([(p.lon, p.lat) for p in places])
    except InputError:
        return None
    return Location(
        name=f"road from {' to '.join(p.name for p in places)}",
        kind="road",
        lon=round(drawn.lon, 6),
        lat=round(drawn.lat, 6),
        precision_m=round(drawn.precision_m),
        place_id=places[0].place_id,
        geometry=drawn.geometry,
        rule="the straight line between its two ends" if len(places) == 2 else "the straight lines from town to town",
    )
