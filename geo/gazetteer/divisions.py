"""Points, radii, codes and names in use of subdivisions: ``subdivisions.csv`` and ``subdivision_names.csv``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from geo.data import read_csv


@dataclass(frozen=True, slots=True)
class Division:
    """What the table tells of a subdivision.

    Attributes
    ----------
    code, geonames
        In ISO 3166-2, and in GeoNames (``SY.09``; empty where it has none).
    name, name_ar
        In English and Arabic, empty where not known.
    lon, lat
        WGS 84 degrees; GeoNames' own point where it could be had, else the middle of the area.
    precision_m
        Radius of about its extent in metres, or None.
    country
        The alpha-2 code where the subdivision is a country of ISO 3166-1 too (``PF``), else empty.
    """

    code: str
    geonames: str
    name: str
    name_ar: str
    lon: float
    lat: float
    precision_m: float | None
    country: str


@cache
def divisions() -> Mapping[str, Division]:
    """Give all subdivisions by ISO 3166-2 code."""
    table = {
        row["code"]: Division(
            code=row["code"],
            geonames=row["geonames"],
            name=row["name"],
            name_ar=row["name_ar"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision_m=float(row["precision_m"]) if row["precision_m"] else None,
            country=row["point"].partition(":")[2],
        )
        for row in read_csv("subdivisions.csv")
    }
    return MappingProxyType(table)


@cache
def geonames_codes() -> Mapping[tuple[str, str], str]:
    """Give the ISO 3166-2 code by country and GeoNames' code of a first-level subdivision: ``("SY", "09")``."""
    codes = {}
    for code, division in divisions().items():
        country, _, own = division.geonames.partition(".")
        if own and "." not in own:
            codes[country, own] = code
    return MappingProxyType(codes)


@cache
def used_names() -> Mapping[str, Mapping[str, str]]:
    """Give the rows of ``subdivision_names.csv`` by ISO 3166-2 code: what newspapers call a subdivision."""
    return MappingProxyType({row["code"]: row for row in read_csv("subdivision_names.csv")})


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Give place ids by the abbreviation that is printed after a town: ``Tex.`` is ``iso:US-TX``, ``WA`` is two.

    Case and full stops count: some are words or titles otherwise ("Ill.", "Miss.", "IN", "OR").
    """
    table: dict[str, tuple[str, ...]] = {}
    for code, row in used_names().items():
        for short in row["abbreviations"].split("|"):
            if short:
                table[short] = (*table.get(short, ()), f"iso:{code}")
    return MappingProxyType(table)
