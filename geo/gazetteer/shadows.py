"""Entries of an atlas that are places of the world too: the atlas wins, and takes over what it does not tell itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from geo.crs import distance_m
from geo.gazetteer.entries import Entry
from geo.gazetteer.kinds import compatible
from geo.model import Place

_BESIDE_M = 10_000.0

Lookup = Callable[[Iterable[str]], Mapping[str, tuple[Place, ...]]]


def shadow(entries: Iterable[Entry], lookup: Lookup) -> tuple[tuple[Entry, ...], dict[str, str]]:
    """Find the places of the world that entries of an atlas stand for.

    Parameters
    ----------
    entries
        The entries of the atlas.
    lookup
        Finds places of the world by name.

    Returns
    -------
    tuple
        The entries, with population, aliases, Arabic name, country and admin-1 code taken over where they lack them;
        and by id of a place of the world the id of the entry that stands for it.

    Notes
    -----
    Two are the same place where a name agrees, the kinds may be one place's, the countries do not differ, and the
    points lie no further apart than the entry's radius and 10 km. Of several entries the nearest stands for a place of
    the world. The names taken over are found in the world's file, as names of the world: the governorate of an atlas is
    not put before the city because ISO 3166-2 calls both by one name.
    """
    listed = tuple(entries)
    found = lookup(name for entry in listed for name in entry.names)
    nearest: dict[str, tuple[float, str, Place]] = {}
    for entry in listed:
        for world in distinct_places(found[name] for name in entry.names):
            away = distance_m(entry.place.lon, entry.place.lat, world.lon, world.lat)
            if _same(entry.place, world, away):
                claim = (away, entry.place.id, world)
                nearest[world.id] = min(claim, nearest.get(world.id, claim), key=lambda c: c[:2])
    taken: dict[str, list[Place]] = {}
    for _, entry_id, world in sorted(nearest.values(), key=lambda c: (c[1], -c[2].population, c[0], c[2].id)):
        taken.setdefault(entry_id, []).append(world)
    completed = tuple(_complete(entry, taken.get(entry.place.id, [])) for entry in listed)
    return completed, {world_id: entry_id for world_id, (_, entry_id, _) in sorted(nearest.items())}


def distinct_places(groups: Iterable[tuple[Place, ...]]) -> tuple[Place, ...]:
    """Give the places of several groups, each once, in order."""
    return tuple({place.id: place for group in groups for place in group}.values())


def _same(entry: Place, world: Place, away_m: float) -> bool:
    return (
        compatible(entry.kind, world.kind)
        and away_m <= entry.precision_m + _BESIDE_M
        and (not entry.country or not world.country or entry.country == world.country)
    )


def _complete(entry: Entry, worlds: Iterable[Place]) -> Entry:
    place = entry.place
    for world in worlds:
        place = replace(
            place,
            aliases=place.aliases or tuple(name for name in (world.name, *world.aliases) if name != place.name),
            name_ar=place.name_ar or world.name_ar,
            country=place.country or world.country,
            admin1=place.admin1 or world.admin1,
            population=place.population or world.population,
        )
    return replace(entry, place=place)
