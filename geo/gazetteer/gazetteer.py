"""The gazetteer as the rest of sitmap uses it: the world, what was imported and an atlas as one, the atlas first."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.crs import EARTH_RADIUS_M, distance_m
from geo.gazetteer import countries
from geo.gazetteer.build import ACRONYM, LOOSE
from geo.gazetteer.names import bare, fold
from geo.gazetteer.search import Hit, search, variants
from geo.gazetteer.store import Store
from geo.model import Place, Route
from geo.settings import Theatre

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


Named = tuple[Place, int, bool]
"""A place, the flags of the name it was found by, and whether that is a name in the atlas."""

_CACHED = 20_000
_UNITS = ("admin1", "admin2")


class Gazetteer:
    """Places of the world, of imported gazetteers and of an atlas; where several know one, one entry stands for all.

    That is the atlas's, else the imported one, else the world's. An imported entry stands for another where it has the
    same id, or where its file says that the two are one place.

    Parameters
    ----------
    world, atlas
        The compiled files; ``atlas`` is None without an atlas.
    theatre
        Where the war of the atlas is fought.
    version
        Hash of all sources and code.
    imported
        The compiled files of imported gazetteers; of two that know a place, the first stands.
    """

    def __init__(
        self, world: Store, atlas: Store | None, *, theatre: Theatre, version: str, imported: Sequence[Store] = ()
    ) -> None:
        self.world, self.atlas, self.imported = world, atlas, tuple(imported)
        self.theatre, self.version = theatre, version
        self._stood: dict[str, Place | None] = {}
        self._looked_up: dict[str, tuple[Place, ...]] = {}
        self._varied: dict[tuple[str, tuple[str, ...], float], tuple[Place, ...]] = {}

    def lookup(self, names: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        """Find places by name.

        Parameters
        ----------
        names
            As they are written in a text.

        Returns
        -------
        dict
            By name as given, the places with a name of the same folded key, () if there is none: those that the atlas
            calls so first, then by population, the largest first, then by id. A governorate or province counts without
            the people of its town of that name: Aleppo is the city, Texas the state. The Arabic article does not count
            among Arabic names (see `geo.gazetteer.names.bare`); a short name in capitals ("US") is not found by lower
            case ("us").
        """
        asked = dict.fromkeys(names)
        missing = {name: fold(name) for name in asked if name not in self._looked_up}
        if missing:
            keys = {key for folded in missing.values() for key in (folded, bare(folded)) if key}
            found = self._named(keys)
            if len(self._looked_up) + len(missing) > _CACHED:
                self._looked_up = {name: self._looked_up[name] for name in asked if name not in missing}
            self._looked_up.update((name, _matching(name, folded, found)) for name, folded in missing.items())
        return {name: self._looked_up[name] for name in asked}

    def _named(self, keys: Collection[str]) -> dict[str, list[Named]]:
        """Give the places by key; of one that several know the entry that stands, under the names of all."""
        found: dict[str, list[Named]] = {}
        for store in self.stores():
            named = store.names(keys)
            places = store.places(n for group in named.values() for n, _ in group)
            own = store is self.atlas
            standing = places if own else self.standing_of(places)
            for key, group in named.items():
                found.setdefault(key, []).extend((standing[n], flags, own) for n, flags in group)
        return found

    def lookup_variants(
        self, names: Iterable[str], *, countries: Collection[str] = (), least: float = 0.0
    ) -> dict[str, tuple[Place, ...]]:
        """Find places by other spellings of their names, among those of the atlas and of some countries.

        Parameters
        ----------
        names
            As they are written in a text.
        countries
            ISO 3166-1 alpha-2 codes; those of the theatre if there are none.
        least
            How alike the names must be as a whole, 0 to 1; 0 for what is sure enough without any other sign.

        Returns
        -------
        dict
            By name as given, the places with a name of the same consonants that is also alike as a whole, () if there
            is none: those of the atlas first, then the most alike first.
        """
        within = tuple(countries or self.theatre.countries)
        asked = {name: (name, within, least) for name in names}
        missing = [name for name, key in asked.items() if key not in self._varied]
        if len(self._varied) + len(missing) > _CACHED:
            self._varied, missing = {}, list(asked)
        for name, places in variants(self, missing, within, least).items():
            self._varied[asked[name]] = places
        return {name: self._varied[key] for name, key in asked.items()}

    def standing(self, place: Place) -> Place:
        """Give the entry that stands for a place: of the atlas, or imported, or that place."""
        return self.standing_of({0: place})[0]

    def standing_of(self, places: Mapping[int, Place]) -> Mapping[int, Place]:
        """Give the entries that stand for places, by the same numbers."""
        if self.imported:
            stood = self._imported({place.id for place in places.values()})
            places = {n: stood[place.id] or place for n, place in places.items()}
        if self.atlas is None:
            return places
        numbers = {n: self._shadows[place.id] for n, place in places.items() if place.id in self._shadows}
        own = self.atlas.places(numbers.values())
        return {n: own[numbers[n]] if n in numbers else place for n, place in places.items()}

    def _imported(self, ids: Collection[str]) -> Mapping[str, Place | None]:
        """Give the imported entries that stand for ids; None for ids that no import knows."""
        if len(self._stood) + len(ids) > _CACHED:
            self._stood = {}
        missing = {id_ for id_ in ids if id_ not in self._stood}
        # What a file says of other files goes before what two files have under one id.
        for table in ("shadows", "places"):
            for store in self.imported:
                if missing:
                    found = store.standing(missing, table=table)
                    self._stood.update(found)
                    missing -= found.keys()
        self._stood.update(dict.fromkeys(missing))
        return self._stood

    @cached_property
    def _shadows(self) -> Mapping[str, int]:
        return dict(self.atlas.rows("SELECT id, n FROM shadows")) if self.atlas is not None else {}

    def get(self, id: str) -> Place | None:
        """Give the place of an id, or None; that of a place for which another entry stands gives that entry."""
        for store in self.stores():
            for place in store.where("id = ?", id).values():
                return self.standing(place)
        return None

    def geometry(self, id: str) -> "BaseGeometry | None":
        """Give the line or polygon of a place in WGS 84, longitude first; None where only a point is known."""
        from shapely import from_wkb

        for store in self.stores():
            for (wkb,) in store.rows("SELECT geometry FROM places WHERE id = ?", id):
                return from_wkb(wkb) if wkb else None
        return None

    def search(self, query: str, *, limit: int = 10) -> list[Hit]:
        """Find places by a name that may be misspelt, best first.

        Parameters
        ----------
        query
            A name in any script.
        limit
            How many at most.
        """
        return search(self, query, limit=limit)

    def nearby(self, lon: float, lat: float, radius_m: float, *, kinds: Collection[str] = ()) -> tuple[Place, ...]:
        """Give the places about a point, nearest first.

        Parameters
        ----------
        lon, lat
            The point, WGS 84 degrees.
        radius_m
            How far they may lie, the end included.
        kinds
            Only these kinds; all if empty.
        """
        degrees = math.degrees(radius_m / EARTH_RADIUS_M)
        found: dict[str, tuple[float, Place]] = {}
        wanted = sorted(kinds)
        condition = "lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
        condition += f" AND kind IN ({','.join('?' * len(wanted))})" if wanted else ""
        for west, east in _spans(lon, lat, degrees):
            for store in self.stores():
                window = (lat - degrees, lat + degrees, west, east)
                places = store.where(condition, *window, *wanted)
                standing = places if store is self.atlas else self.standing_of(places)
                for n, place in places.items():
                    away = distance_m(lon, lat, place.lon, place.lat)
                    if away <= radius_m and standing[n] == place:
                        found[place.id] = (away, place)
        return tuple(place for _, place in sorted(found.values(), key=lambda one: (one[0], one[1].id)))

    def atlas_places(self) -> tuple[Place, ...]:
        """Give all entries of the atlas in the order of its files."""
        return tuple(self.atlas.where("1").values()) if self.atlas is not None else ()

    def routes(self) -> tuple[Route, ...]:
        """Give the routes of the atlas in the order of its file."""
        from shapely import from_wkb

        if self.atlas is None:
            return ()
        rows = self.atlas.rows(
            "SELECT id, name, kind, geometry, routes.precision_m, source FROM places JOIN routes USING (n) ORDER BY n"
        )
        return tuple(
            Route(id_.partition(":")[2], name, kind, from_wkb(wkb), precision_m, source)
            for id_, name, kind, wkb, precision_m, source in rows
        )

    def demonyms(self) -> Mapping[str, str]:
        """Give the place id by folded demonym (``syrian`` is ``country:SY``)."""
        return countries.demonyms()

    def countries(self) -> Mapping[str, Place]:
        """Give the countries by ISO 3166-1 alpha-2 code."""
        return self._countries

    @cached_property
    def _countries(self) -> Mapping[str, Place]:
        places = map(self.standing, self.world.where("kind = 'country'").values())
        return MappingProxyType({place.country: place for place in sorted(places, key=lambda place: place.country)})

    def stores(self) -> tuple[Store, ...]:
        """Give the compiled files: the atlas's, the imported ones, the world's."""
        return (*(() if self.atlas is None else (self.atlas,)), *self.imported, self.world)


def _matching(name: str, folded: str, found: Mapping[str, list[Named]]) -> tuple[Place, ...]:
    capitals = name == name.upper()
    places: dict[str, tuple[bool, Place]] = {}
    for key in dict.fromkeys((folded, bare(folded))):
        for place, flags, own in found.get(key, ()):
            if (key == folded or flags & LOOSE) and (capitals or not flags & ACRONYM):
                places.setdefault(place.id, (not own, place))
    seats: dict[str, int] = {}
    for _, place in places.values():
        if place.admin1 and place.kind not in _UNITS:
            seats[place.admin1] = max(place.population, seats.get(place.admin1, 0))

    def order(entry: tuple[bool, Place]) -> tuple[bool, int, str]:
        other, place = entry
        without = seats.get(place.admin1, 0) if place.kind in _UNITS else 0
        return other, without - place.population, place.id

    return tuple(place for _, place in sorted(places.values(), key=order))


def _spans(lon: float, lat: float, degrees: float) -> tuple[tuple[float, float], ...]:
    """Give the longitudes that a circle of so many degrees may reach, cut at the antimeridian."""
    if abs(lat) + degrees >= 90:
        return ((-180.0, 180.0),)
    # The meridian touches the circle where sin(dlon) = sin(degrees) / cos(lat).
    width = math.degrees(math.asin(min(1.0, math.sin(math.radians(degrees)) / math.cos(math.radians(lat)))))
    west, east = lon - width, lon + width
    if west < -180:
        return (-180.0, east), (west + 360, 180.0)
    if east > 180:
        return (west, 180.0), (-180.0, east - 360)
    return ((west, east),)
