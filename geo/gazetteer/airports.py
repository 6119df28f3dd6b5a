"""Airports and air bases: the package airportsdata (MIT), which gathers public lists."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.kinds import place_kinds
from geo.model import Place

# Where farms have fields of their own only what airlines know (IATA) is of use; elsewhere a war may be about a strip.
_WITH_FARM_STRIPS = frozenset({"US", "BR", "AU", "CA", "DE", "FR", "VE", "CL", "ZA", "GB", "NZ", "AR", "MX"})
_NOUN = re.compile(
    r"(?: (?:International|Intl|Regional|Municipal|National|Domestic|Civil|New|Old))*"
    r" (?:Airport|Airfield|Air Base|Airbase|Aerodrome|AB|AFB|Air Force Base|Airstrip|Air Station)$"
)
_MILITARY = re.compile(r"\b(?:Air ?[Bb]ase|AB|AFB|Air Force|Naval|Military|Army)\b")
# What is left of a name without its city's, and is no name.
_PLAIN = frozenset({
    "International", "Regional", "Municipal", "National", "County", "Memorial", "Executive", "Field", "North", "South",
    "East", "West", "Central", "City", "New", "Old", "Downtown", "Metropolitan", "Metro", "State", "Island", "Glider",
    "Military", "Industrial", "Junction", "Harbour", "University", "Capital",
})  # fmt: skip
_SHORTEST = 5
_CIVIL = ("Airport", "International Airport")
_ANY = (*_CIVIL, "Airfield", "Airbase", "Air Base")  # what is the one in peace is the other in war


def airport_entries() -> Iterator[Entry]:
    """Give airports and air bases, by ICAO code.

    "Donetsk International Airport" is Donetsk Airport too, and Airfield and Air Base; "London Heathrow Airport" is
    Heathrow; the only airport of a city that airlines know has the name of the city: Latakia Airport.
    """
    rows = [row for row in _read() if row["iata"] or row["country"] not in _WITH_FARM_STRIPS]
    of_city = Counter((row["country"], row["city"]) for row in rows if row["iata"])
    for row in rows:
        kind = "airbase" if _MILITARY.search(row["name"]) else "airport"
        beside = of_city[row["country"], row["city"]] if row["iata"] and row["city"] else 0
        nouns = _CIVIL if row["country"] in _WITH_FARM_STRIPS and kind == "airport" else _ANY
        alone = beside > 1 and (row["country"] == "GB" or "International" in row["name"])
        names = [row["name"], *_full_names(row["name"], nouns)]
        names += _short_names(row["name"], row["city"], alone=alone)
        if beside == 1:
            names += _full_names(f"{row['city']} Airport", nouns)
        names = list(distinct(names))
        place = Place(
            id=f"icao:{row['icao']}",
            name=row["name"],
            kind=kind,
            lon=round(float(row["lon"]), 5),
            lat=round(float(row["lat"]), 5),
            precision_m=place_kinds()[kind].precision_m,
            aliases=tuple(names[1:]),
            country=row["country"],
            source="airportsdata",
        )
        yield Entry(place, tuple(names))


def _read() -> list[Mapping[str, str]]:
    text = files("airportsdata").joinpath("airports.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if _NOUN.search(row["name"])]
    return sorted(rows, key=lambda row: row["icao"])


def _full_names(name: str, nouns: Sequence[str]) -> list[str]:
    stem = _NOUN.sub("", name)
    return [f"{stem} {noun}" for noun in nouns]


def _short_names(name: str, city: str, *, alone: bool) -> list[str]:
    """Give the name without the city's: "Heathrow Airport", and with ``alone`` "Heathrow"."""
    stem = _NOUN.sub("", name)
    if not city or not re.match(rf"{re.escape(city)}[ /-]", stem):
        return []
    rest = stem[len(city) :].strip(" -/")
    if not rest.replace("'", "").replace(" ", "").isalpha() or rest in _PLAIN:
        return []
    names = [f"{rest} Airport", f"{rest} International Airport"]
    return [*names, rest] if alone and " " not in rest and len(rest) >= _SHORTEST else names
