"""Countries and demonyms: tables of ``geo/data/``."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from geo.data import read_csv
from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.features import FEATURE_TABLES, split_cell
from geo.gazetteer.names import fold
from geo.model import Place


def country_entries(population: Mapping[str, int]) -> Iterator[Entry]:
    """Give the countries of ``geo/data/countries.csv``.

    Parameters
    ----------
    population
        Inhabitants by ISO 3166-1 alpha-2 code.
    """
    others = {row["alpha2"]: split_cell(row["names"]) for row in read_csv("country_names.csv")}
    for row in read_csv("countries.csv"):
        code = row["alpha2"]
        place = Place(
            id=f"country:{code}",
            name=row["name"],
            kind="country",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision_m=float(row["precision_m"]),
            aliases=split_cell(row["aliases"]),
            name_ar=row["name_ar"],
            country=code,
            population=population.get(code, 0),
            source="sitmap countries.csv",
        )
        yield Entry(place, distinct((place.name, *place.aliases, place.name_ar, *others.get(code, ()))))


@cache
def demonyms() -> Mapping[str, str]:
    """Give the place id by folded demonym: ``syrian`` is ``country:SY``, ``texan`` is ``iso:US-TX``.

    A country goes before its parts, and both before a region. Where two countries share one (Congolese), it is the one
    that comes first in the alphabet of codes.
    """
    table: dict[str, str] = {}
    for row in read_csv("countries.csv"):
        for word in split_cell(row["demonyms"]):
            table.setdefault(fold(word), f"country:{row['alpha2']}")
    for row in read_csv("subdivision_names.csv"):
        for word in split_cell(row["demonyms"]):
            table.setdefault(fold(word), f"iso:{row['code']}")
    for row in (row for name in FEATURE_TABLES for row in read_csv(name)):
        for word in split_cell(row["demonyms"]):
            table.setdefault(fold(word), f"region:{row['id']}")
    return MappingProxyType(dict(sorted(table.items())))


@cache
def country_codes() -> frozenset[str]:
    """Give the alpha-2 codes of all countries."""
    return frozenset(row["alpha2"] for row in read_csv("countries.csv"))
