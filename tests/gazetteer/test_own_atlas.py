"""The gazetteer of this repository's atlas, as reports on it need it."""

from collections import Counter

import pytest
from seed_files import ROOT

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.gazetteer.check import check
from geo.settings import read_atlas


@pytest.fixture(scope="module")
def opened() -> Gazetteer:
    return open_gazetteer(read_atlas(ROOT))


def test_it_has_no_errors() -> None:
    entries, problems = check(read_atlas(ROOT))
    assert entries >= 120
    assert [problem.message for problem in problems if not problem.warning] == []


@pytest.mark.parametrize(
    ("name", "lon", "lat", "within_km"),
    [
        ("Bab al-Nairab", 37.1715, 36.192, 2),
        ("Bab an-Nayrab", 37.1715, 36.192, 2),
        ("Aleppo", 37.161, 36.201, 10),
        ("Aleppo Province", 37.3, 36.25, 90),
        ("Castello Road", 37.1443, 36.2574, 4),
        ("al-Castello Road", 37.1443, 36.2574, 4),
        ("Ramouseh corridor", 37.117, 36.16, 7),
        ("Bab al-Salam crossing", 37.0858, 36.6344, 5),
        ("al-Bab", 37.5157, 36.3705, 3),
        ("Azaz", 37.0476, 36.5863, 3),
        ("Tehran", 51.42, 35.694, 20),
        ("Geneva", 6.146, 46.202, 20),
        ("Syria", 38.5, 35, 350),
        ("Turkey", 35.2, 39, 800),
        ("Iran", 53.7, 32.4, 900),
        ("Russia", 97, 61.5, 4500),
    ],
)
def test_the_first_place_of_a_name(opened: Gazetteer, name: str, lon: float, lat: float, within_km: float) -> None:
    from geo.crs import distance_m

    place = opened.lookup([name])[name][0]
    assert distance_m(place.lon, place.lat, lon, lat) <= within_km * 1000, place


@pytest.mark.parametrize(
    ("spelling", "id_"),
    [
        ("Ramusa", "atlas:ramouseh"),
        ("Leiramoun", "atlas:layramoun"),
        ("Hreitan", "atlas:huraytan"),
        ("Tel Rifat", "atlas:tell_rifaat"),
        ("Khan Tooman", "atlas:khan_tuman"),
        ("Sheikh Sayid", "atlas:sheikh_saeed"),
    ],
)
def test_spellings_of_the_reports(opened: Gazetteer, spelling: str, id_: str) -> None:
    assert opened.lookup_variants([spelling])[spelling][0].id == id_


def test_each_place_is_there_once(opened: Gazetteer) -> None:
    """A place of the world that the atlas knows is not found beside its entry."""
    for place in opened.atlas_places():
        found = opened.lookup([place.name])[place.name]
        assert place in found
        twice = Counter((other.name, round(other.lon, 2), round(other.lat, 2), other.kind) for other in found)
        assert max(twice.values()) == 1, place.id


def test_routes(opened: Gazetteer) -> None:
    routes = {route.id: route for route in opened.routes()}
    assert {"castello_road", "ramouseh_corridor", "aleppo_azaz_road"} <= set(routes)
    for route in routes.values():
        assert opened.get(f"atlas:{route.id}").kind == route.kind
        assert opened.geometry(f"atlas:{route.id}").equals(route.course)
