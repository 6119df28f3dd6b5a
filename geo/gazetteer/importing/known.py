"""What is known already of the places of an import: the entries of the world and of earlier imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geo.crs import distance_m
from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.kinds import compatible
from geo.gazetteer.names import fold
from geo.model import Place

_BESIDE_M = 10_000.0
_NEIGHBOURS, _NEIGHBOUR_M = 3, 30_000.0


@dataclass(frozen=True, slots=True)
class Index:
    """The world's countries, subdivisions and regions: what it keeps under ids of its own, not GeoNames'.

    Attributes
    ----------
    by_id
        The places by id.
    by_name
        The same by folded name.
    """

    by_id: Mapping[str, Place]
    by_name: Mapping[str, tuple[Place, ...]]


def own_entries(world: Gazetteer) -> Index:
    """Index the entries of the world that have no id of GeoNames."""
    places = world.world.where("id NOT LIKE 'geonames:%'").values()
    by_name: dict[str, dict[str, Place]] = {}
    for place in places:
        for name in (place.name, *place.aliases, place.name_ar):
            by_name.setdefault(fold(name), {})[place.id] = place
    by_name.pop("", None)
    return Index({place.id: place for place in places}, {key: tuple(group.values()) for key, group in by_name.items()})


def find_own(place: Place, names: Iterable[str], index: Index) -> Place | None:
    """Find the world's own entry of a place of GeoNames: a county, a sea, a range.

    Two are the same where a name agrees, the kinds may be one place's, the countries do not differ, and the points lie
    no further apart than the radius of the world's entry and 10 km; the nearest of several.
    """
    found = {}
    for name in names:
        for other in index.by_name.get(fold(name), ()):
            away = distance_m(place.lon, place.lat, other.lon, other.lat)
            agree = not (place.country and other.country) or place.country == other.country
            if agree and away <= other.precision_m + _BESIDE_M and compatible(place.kind, other.kind):
                found[away, other.id] = other
    return found[min(found)] if found else None


def adopt(entry: Entry, known: Place) -> Entry:
    """Give a known place the names of an entry that is the same place."""
    place = entry.place
    shown = tuple(name for name in (*known.aliases, place.name, *place.aliases) if name != known.name)
    return replace(
        entry,
        place=replace(
            known,
            aliases=distinct(shown),
            name_ar=known.name_ar or place.name_ar,
            population=known.population or place.population,
            source=f"{known.source}; names: {place.source}",
        ),
        names=distinct((known.name, *known.aliases, known.name_ar, *entry.names)),
    )


def located(entry: Entry, known: Gazetteer) -> Entry:
    """Give an entry without a country that of the places about it, and likewise the first-level code.

    Only where the three nearest within 30 km agree: near a border nothing is guessed at.
    """
    place = entry.place
    if place.country and place.admin1:
        return entry
    around = known.nearby(place.lon, place.lat, _NEIGHBOUR_M, kinds=("city", "town", "village"))
    nearest = [p for p in around if not place.country or p.country == place.country][:_NEIGHBOURS]
    countries = {p.country for p in nearest}
    codes = {p.admin1 for p in nearest}
    if len(nearest) < _NEIGHBOURS or len(countries) > 1:
        return entry
    return replace(
        entry,
        place=replace(
            place,
            country=place.country or countries.pop(),
            admin1=place.admin1 or (codes.pop() if len(codes) == 1 else ""),
        ),
    )
