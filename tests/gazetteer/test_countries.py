from collections import Counter

import pytest

from geo.crs import distance_m
from geo.data import read_csv
from geo.gazetteer.countries import country_entries, demonyms
from geo.gazetteer.entries import script
from geo.gazetteer.names import fold
from geo.gazetteer.towns import read_countries, read_towns

GONE = {"AN", "CS"}  # countries of the past that GeoNames keeps
SHARED = {"congo", "saint martin", "st martin"}  # names that two countries bear


def test_no_country_is_missing() -> None:
    codes = [row["alpha2"] for row in read_csv("countries.csv")]
    assert codes == sorted(set(codes), key=codes.index)
    assert set(codes) == set(read_countries()) - GONE
    assert len(codes) == 250


def test_every_point_lies_by_its_country() -> None:
    towns = {}
    for town in read_towns():
        towns.setdefault(town["countrycode"], []).append((town["longitude"], town["latitude"]))
    for row in read_csv("countries.csv"):
        lon, lat = float(row["lon"]), float(row["lat"])
        places = towns.get(row["alpha2"], [])
        away = min((distance_m(lon, lat, *place) for place in places), default=0.0)
        assert away <= max(1.1 * float(row["precision_m"]), 60_000), row["alpha2"]


def test_rows_are_complete() -> None:
    facts = read_countries()
    for row in read_csv("countries.csv"):
        assert row["alpha3"] == facts[row["alpha2"]]["iso3"]
        assert row["name"]
        assert script(row["name_ar"]) == "arabic"
        assert float(row["precision_m"]) >= 2000


def test_a_name_means_one_country() -> None:
    counts = Counter(
        key
        for entry in country_entries({})
        for key in {fold(name) for name in (entry.place.name, *entry.place.aliases)}
    )
    assert {key for key, count in counts.items() if count > 1} <= SHARED


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("UK", "country:GB"),
        ("Britain", "country:GB"),
        ("U.S.", "country:US"),
        ("USA", "country:US"),
        ("America", "country:US"),
        ("Türkiye", "country:TR"),
        ("Turkey", "country:TR"),
        ("DR Congo", "country:CD"),
        ("Ivory Coast", "country:CI"),
        ("Burma", "country:MM"),
        ("Holland", "country:NL"),
        ("Kosovo", "country:XK"),
        ("سوريا", "country:SY"),
        ("the Balkans", "region:balkans"),
        ("Persian Gulf", "region:persian_gulf"),
    ],
)
def test_names_in_use(world, name: str, id_: str) -> None:
    assert world.lookup([name])[name][0].id == id_


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("syrian", "country:SY"),
        ("syrians", "country:SY"),
        ("british", "country:GB"),
        ("dutch", "country:NL"),
        ("turks", "country:TR"),
        ("congolese", "country:CD"),
        ("iraqi", "country:IQ"),
        ("european", "region:europe"),
        ("monegasque", "country:MC"),
    ],
)
def test_demonyms(word: str, id_: str) -> None:
    assert demonyms()[word] == id_
