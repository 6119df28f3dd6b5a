import subprocess
import sys
from pathlib import Path

import pytest
from gazetteer_files import collection, feature

from geo.crs import distance_m
from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer
from geo.settings import Theatre

LINE = [[37.17, 36.25], [37.14, 36.257], [37.115, 36.235]]
RING = [[[37.1, 36.1], [37.2, 36.1], [37.2, 36.2], [37.1, 36.2], [37.1, 36.1]]]
ROWS = (
    "ramouseh,Ramouseh,neighbourhood,37.13,36.153,1800,Ramousa,الراموسة,SY,SY-HL,s",
    "bab_nairab,Bab al-Nairab,neighbourhood,37.1715,36.192,700,,باب النيرب,SY,SY-HL,s",
    "nayrab,an-Nayrab,village,37.2254,36.1686,1200,al-Nairab,النيرب,SY,SY-HL,s",
    "azaz,Azaz,town,37.0476,36.5863,2000,,أعزاز,SY,,s",
    "bab,al-Bab,town,37.5157,36.3705,1000,,الباب,SY,SY-HL,s",
    "gate,The Gate,landmark,37.16,36.2,100,Bab,,SY,,s",
    "bab_hawa,Bab al-Hawa,crossing,36.69,36.24,800,,باب الهوى,SY,,s",
)


@pytest.fixture
def opened(write_atlas):
    atlas = write_atlas(
        *ROWS,
        routes=collection(feature("LineString", LINE, id="castello", name="Castello Road", precision_m=100)),
        areas=collection(
            feature("Polygon", RING, id="governorate", name="Aleppo Governorate", kind="admin1", country="SY")
        ),
    )
    return open_gazetteer(atlas)


def ids(gazetteer, name: str) -> list[str]:
    return [place.id for place in gazetteer.lookup([name])[name]]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ramouseh", "atlas:ramouseh"),
        ("ar-Ramouseh", "atlas:ramouseh"),
        ("AL RAMOUSA", "atlas:ramouseh"),
        ("الراموسة", "atlas:ramouseh"),
        ("Bab an-Nairab", "atlas:bab_nairab"),
        ("Bab al Nairab", "atlas:bab_nairab"),
        ("Bab Alnairab", "atlas:bab_nairab"),
        ("Nayrab", "atlas:nayrab"),
        ("al-Castello Road", "atlas:castello"),
        ("Albab", "atlas:bab"),
        ("el-Bab", "atlas:bab"),
        ("Aleppo", "geonames:170063"),
        ("Homs", "geonames:169577"),
        ("Syria", "country:SY"),
    ],
)
def test_lookup(opened, name: str, first: str) -> None:
    assert ids(opened, name)[0] == first


def test_a_gate_is_no_town(opened) -> None:
    assert "atlas:bab" not in ids(opened, "Bab")[:1]
    assert ids(opened, "Bab")[0] == "atlas:gate"
    assert "atlas:gate" not in ids(opened, "al-Bab")
    assert "atlas:nayrab" not in ids(opened, "Bab al-Nairab")


def test_what_nobody_knows(opened) -> None:
    assert opened.lookup(["Nowhere at all", "", "—", "  "]) == {"Nowhere at all": (), "": (), "—": (), "  ": ()}
    assert opened.lookup([]) == {}


def test_acronyms_are_found_in_capitals_only(world) -> None:
    assert ids(world, "US")[0] == "country:US"
    assert ids(world, "U.S.")[0] == "country:US"
    assert "country:US" not in ids(world, "us")
    assert "country:US" not in ids(world, "Us")
    assert "geonames:170063" in ids(world, "ALP")
    assert "geonames:170063" not in ids(world, "Alp")


def test_a_province_counts_without_its_town_of_that_name(world) -> None:
    found = world.lookup(["Aleppo", "Texas", "Oklahoma", "Tripoli"])
    assert [place.kind for place in found["Aleppo"][:2]] == ["city", "admin1"]
    assert (found["Texas"][0].id, found["Oklahoma"][0].id) == ("iso:US-TX", "iso:US-OK")
    assert found["Tripoli"][0].kind == "city"


def test_places_are_ordered_by_population(world) -> None:
    found = [place for place in world.lookup(["Tripoli"])["Tripoli"] if place.kind != "admin1"]
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)
    assert {place.country for place in found} >= {"LY", "LB"}


def test_an_entry_stands_for_a_place_of_the_world(opened) -> None:
    assert ids(opened, "Azaz") == ["atlas:azaz"]
    place = opened.get("geonames:172082")
    assert place.id == "atlas:azaz"
    assert (place.population > 10_000, place.admin1, "I‘zāz" in place.aliases) == (True, "SY-HL", True)
    assert opened.get("iso:SY-HL").id == "atlas:governorate"
    assert ids(opened, "Halab Governorate") == ["atlas:governorate"]
    # The world's own name does not put the governorate of the atlas before the city.
    assert ids(opened, "Aleppo") == ["geonames:170063", "atlas:governorate"]
    assert [place.id for place in opened.nearby(37.0476, 36.5863, 500)] == ["atlas:azaz"]


def test_variants(opened) -> None:
    asked = ("Ramusa", "Bab an-Neirab", "Nerab", "Dayr az Zur", "Kerry", "Obama", "US", "Xq")
    found = opened.lookup_variants(asked)
    assert tuple(found) == asked
    assert found["Ramusa"][0].id == "atlas:ramouseh"
    assert found["Bab an-Neirab"][0].id == "atlas:bab_nairab"
    assert found["Nerab"][0].id == "atlas:nayrab"
    assert found["Dayr az Zur"][0].id == "geonames:170794"
    assert found["Obama"] == found["US"] == found["Xq"] == ()
    assert all(place.country == "SY" for places in found.values() for place in places)


def test_variants_need_a_theatre(world) -> None:
    assert world.lookup_variants(["Dayr az Zur"]) == {"Dayr az Zur": ()}


def test_geometry_and_routes(opened) -> None:
    assert opened.geometry("atlas:castello").geom_type == "LineString"
    assert opened.geometry("atlas:castello").coords[0] == (37.17, 36.25)
    assert opened.geometry("atlas:governorate").geom_type == "Polygon"
    assert opened.geometry("atlas:azaz") is None
    assert opened.geometry("nowhere") is None
    (route,) = opened.routes()
    assert (route.id, route.name, route.kind, route.precision_m, route.source) == (
        "castello", "Castello Road", "road", 100.0, "a test",
    )  # fmt: skip
    assert [place.id for place in opened.atlas_places()][:2] == ["atlas:ramouseh", "atlas:bab_nairab"]
    assert len(opened.atlas_places()) == len(ROWS) + 2


def test_nearby(opened) -> None:
    found = opened.nearby(37.1612, 36.2012, 20_000)
    away = [distance_m(37.1612, 36.2012, place.lon, place.lat) for place in found]
    assert away == sorted(away)
    assert away[-1] <= 20_000
    assert {"geonames:170063", "atlas:ramouseh", "atlas:nayrab"} <= {place.id for place in found}
    villages = opened.nearby(37.1612, 36.2012, 20_000, kinds=("village",))
    assert villages == tuple(place for place in found if place.kind == "village")
    assert opened.nearby(37.1612, 36.2012, 0, kinds=("town",)) == ()


@pytest.mark.parametrize(
    ("lon", "lat", "id_"), [(179.99, -16.8, ""), (-179.99, -16.8, ""), (0.0, 89.9, ""), (0.0, -90.0, "")]
)
def test_nearby_crosses_the_antimeridian_and_the_poles(world, lon: float, lat: float, id_: str) -> None:
    radius = 400_000.0
    everywhere = world.world.where("1").values()
    expected = {p.id for p in everywhere if distance_m(lon, lat, p.lon, p.lat) <= radius}
    assert {place.id for place in world.nearby(lon, lat, radius)} == expected
    assert not id_


def test_countries(world) -> None:
    countries = world.countries()
    assert len(countries) == 250
    assert countries["SY"].name == "Syria"
    assert world.demonyms()["syrian"] == countries["SY"].id
    assert world.get("country:SY") == countries["SY"]
    assert world.get("geonames:170063").name_ar == "حلب"
    assert world.get("nowhere") is None


def test_the_version_follows_the_sources_and_not_the_folder(write_atlas, tmp_path: Path, world) -> None:
    one = open_gazetteer(write_atlas(*ROWS[:1])).version
    (tmp_path / "atlas").rename(tmp_path / "moved")
    other = open_gazetteer(write_atlas(*ROWS[:1])).version
    more = open_gazetteer(write_atlas(*ROWS[:2])).version
    elsewhere = open_gazetteer(write_atlas(*ROWS[:2], theatre=Theatre(countries=("TR",)))).version
    assert one == other
    assert len({one, more, elsewhere, world.version}) == 4


def test_a_wrong_atlas_is_refused(write_atlas) -> None:
    with pytest.raises(GazetteerError, match=r"places\.csv:2: kind 'vilage' is unknown\. Perhaps 'village' is meant"):
        open_gazetteer(write_atlas("b,B,vilage,37.1,36.2,,,,,,s"))


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_a_forked_process_reads_too() -> None:
    code = (
        "import os\n"
        "from geo.gazetteer import open_gazetteer\n"
        "gazetteer = open_gazetteer(None)\n"
        "gazetteer.lookup(['Aleppo'])\n"
        "child = os.fork()\n"
        "assert gazetteer.lookup(['Homs'])['Homs'][0].country == 'SY'\n"
        "if child: assert os.waitpid(child, 0)[1] == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
