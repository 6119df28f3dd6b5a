"""The pairs of tests/gazetteer/variant_pairs.csv, and a gazetteer that has never heard of the spellings asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from geo.crs import distance_m
from geo.gazetteer import Gazetteer
from geo.gazetteer.build import compile_entries
from geo.gazetteer.entries import Entry
from geo.gazetteer.names import bare, fold
from geo.gazetteer.sources import read_sources
from geo.gazetteer.store import Store
from geo.gazetteer.towns import arabic_countries, read_countries, read_towns, town_entries
from geo.model import Place
from geo.settings import Theatre, read_atlas

PAIRS = Path(__file__).parent / "gazetteer" / "variant_pairs.csv"
LANGUAGES = ("ar", "fa", "tr", "uk", "ru")
NEAR, SAME_M = 5, 2000.0


class Pair(NamedTuple):
    half: str
    group: str
    id: str
    name: str
    query: str
    lon: float
    lat: float
    country: str
    source: str


def read_pairs(half: str = "") -> tuple[Pair, ...]:
    """Read the pairs, of one half if it is named."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        rows = [Pair(**{**row, "lon": float(row["lon"]), "lat": float(row["lat"])}) for row in csv.DictReader(lines)]
    return tuple(row for row in rows if not half or row.half == half)


def without_queries(path: Path, pairs: Iterable[Pair], *, alone: bool = False, world: bool = False) -> Gazetteer:
    """Compile a gazetteer of the towns of the pairs' languages and of the pairs' other places.

    No place of a pair has a name that folds as the query does, the Arabic article aside; with ``alone`` it has its
    primary name only. With ``world`` the towns of all countries are in it.
    """
    by_id = {pair.id: pair for pair in pairs}
    entries = (_without(entry, by_id, alone=alone) for entry in _entries(by_id, world=world))
    compile_entries(path, entries, meta={"key": "pairs"})
    return Gazetteer(Store(path), None, theatre=Theatre(), version="pairs")


def _entries(by_id: Mapping[str, Pair], *, world: bool) -> Iterator[Entry]:
    countries = read_countries()
    towns = [
        town
        for town in read_towns()
        if world or countries[town["countrycode"]]["languages"].split(",")[0].split("-")[0] in LANGUAGES
    ]
    yield from town_entries(towns, admin1={}, capitals={}, arabic=arabic_countries(countries))
    yield from read_sources(read_atlas(Path(__file__).parents[1])).entries
    for pair in by_id.values():
        if pair.id.startswith("data:"):
            place = Place(pair.id, pair.name, "town", pair.lon, pair.lat, 1000.0, country=pair.country)
            yield Entry(place, (pair.name,), arabic=True)


def _without(entry: Entry, by_id: Mapping[str, Pair], *, alone: bool) -> Entry:
    pair = by_id.get(entry.place.id)
    if pair is None:
        return entry
    asked = {fold(pair.query), bare(fold(pair.query))}
    names = (pair.name,) if alone else entry.names
    kept = tuple(name for name in names if not {fold(name), bare(fold(name))} & asked)
    aliases = tuple(name for name in entry.place.aliases if name in kept)
    arabic = entry.place.name_ar if entry.place.name_ar in kept else ""
    return replace(entry, names=kept, place=replace(entry.place, aliases=aliases, name_ar=arabic))


def is_found(gazetteer: Gazetteer, pair: Pair) -> bool:
    """Whether the place, or another entry within 2 km of it, is among the first five that the search finds."""
    places = [hit.place for hit in gazetteer.search(pair.query, limit=NEAR)]
    return any(
        place.id == pair.id or distance_m(place.lon, place.lat, pair.lon, pair.lat) <= SAME_M for place in places
    )
