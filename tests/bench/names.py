"""Recall and time of `sitmap gazetteer search` on real spellings, beside a rapidfuzz scan over all names.

    python tests/bench/names.py            # towns of the languages' countries, as tests/gazetteer/test_variant_pairs.py
    python tests/bench/names.py --world    # towns of all countries
    python tests/bench/names.py --typos    # large towns of the theatre's languages with one slip

The gazetteer holds none of the spellings asked for. The scan is what one would do without an index: the ratio of
rapidfuzz between the query and every folded name (`process.extract`), the five best. Median and 95th percentile, one core.
"""

from __future__ import annotations

import argparse
import string
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles

from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).parents[1]))

from variant_pairs import LANGUAGES, NEAR, SAME_M, Pair, read_pairs, without_queries

from geo.crs import distance_m
from geo.gazetteer import Gazetteer
from geo.gazetteer.names import fold
from geo.gazetteer.towns import read_countries, read_towns
from geo.model import Place

Finder = Callable[[str], list[Place]]
_TYPOS, _LARGE = 300, 20_000


def scan(gazetteer: Gazetteer) -> Finder:
    """Give the alternative: a scan over all folded names."""
    rows = gazetteer.world.rows("SELECT t, key FROM terms ORDER BY t")
    keys = dict(rows)

    def find(query: str) -> list[Place]:
        best = process.extract(fold(query), keys, scorer=fuzz.ratio, limit=NEAR)
        named = gazetteer.world.names(key for key, _, _ in best)
        numbers = [n for key, _, _ in best for n, _ in named[key]]
        places = gazetteer.world.places(numbers)
        return [places[n] for n in dict.fromkeys(numbers)][:NEAR]

    return find


def measure(title: str, find: Finder, pairs: Iterable[Pair]) -> None:
    """Print recall at five and the time of a query."""
    found, times, asked = 0, [], 0
    for pair in pairs:
        begun = time.perf_counter()
        places = find(pair.query)
        times.append((time.perf_counter() - begun) * 1000)
        asked += 1
        found += any(
            place.id == pair.id or distance_m(place.lon, place.lat, pair.lon, pair.lat) <= SAME_M for place in places
        )
    p95 = quantiles(times, n=20)[-1]
    print(
        f"{title:34} recall@{NEAR} {found / asked:.3f} of {asked}   median {median(times):5.1f} ms   p95 {p95:5.1f} ms"
    )


def typos() -> list[Pair]:
    """Give names of large towns with a letter lost, added, changed or swapped, each as the hash of the name says."""
    countries = read_countries()
    towns = [
        town
        for town in read_towns()
        if town["population"] >= _LARGE
        and countries[town["countrycode"]]["languages"].split(",")[0].split("-")[0] in LANGUAGES
    ]
    towns.sort(key=lambda town: sha256(str(town["geonameid"]).encode()).hexdigest())
    pairs = []
    for town in towns[:_TYPOS]:
        name, id_ = town["name"], f"geonames:{town['geonameid']}"
        where = (town["longitude"], town["latitude"], town["countrycode"])
        pairs.append(Pair("typos", "typos", id_, name, slip(fold(name)), *where, "GeoNames"))
    return pairs


def slip(name: str) -> str:
    """Give a name with one slip."""
    number = int(sha256(name.encode()).hexdigest(), 16)
    number, at = divmod(number, len(name))
    number, kind = divmod(number, 4)
    letter = string.ascii_lowercase[number % 26]
    head, tail = name[:at], name[at:]
    return (head + tail[1:], head + letter + tail, head + letter + tail[1:], head + tail[1:2] + tail[:1] + tail[2:])[
        kind
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world", action="store_true")
    parser.add_argument("--typos", action="store_true")
    options = parser.parse_args()
    cases = [("tuning", False), ("held out", False), ("held out", True)]
    with tempfile.TemporaryDirectory() as folder:
        for number, (half, alone) in enumerate(cases):
            pairs = read_pairs(half)
            gazetteer = without_queries(Path(folder) / f"{number}.sqlite", pairs, alone=alone, world=options.world)
            asked = typos() if options.typos else pairs
            title = "one slip" if options.typos else f"{half}{', primary name only' if alone else ''}"
            find = [("search", lambda query, g=gazetteer: [hit.place for hit in g.search(query, limit=NEAR)])]
            for name, finder in (*find, ("scan", scan(gazetteer))):
                measure(f"{title}: {name}", finder, asked)
            if options.typos:
                break


if __name__ == "__main__":
    main()
