"""Accepted answers as rows of an atlas."""

from datetime import date

import pytest
from gazetteer_files import HEADER
from geocoder_server import geonames, nominatim

from geo.errors import GazetteerError
from geo.gazetteer.check import check
from geo.gazetteer.online.answers import read_answers
from geo.gazetteer.online.record import Accepted, add_answers
from geo.settings import Atlas

DAY = date(2024, 5, 1)


def accepted(query, raw, service="nominatim"):
    (answer,) = read_answers(service, [raw])
    return Accepted(query, answer, DAY)


SARDIN = accepted(
    "Um Sardin",
    nominatim(
        "Umm Sardin", 37.5000004, 36.25, osm="node/12", namedetails={"name": "أم سردين", "alt_name": "Sardin, the old;A|B"},
        address={"country_code": "sy", "ISO3166-2-lvl4": "SY-HL"},
    ),
)  # fmt: skip
ROW = (
    'umm_sardin,Umm Sardin,village,37.5,36.25,1000,"Um Sardin|Sardin, the old|A/B",أم سردين,SY,SY-HL,'
    "\"Nominatim: osm:node/12, © OpenStreetMap contributors, ODbL 1.0; asked for 'Um Sardin' on 2024-05-01\"\n"
)


@pytest.fixture
def atlas(tmp_path):
    return Atlas(root=tmp_path, title="A test")


def path_of(atlas):
    return atlas.seeds / "gazetteer" / "online.csv"


def test_a_row_says_where_it_comes_from(atlas):
    path, ids = add_answers(atlas, [SARDIN])
    assert (path, ids) == (path_of(atlas), ("umm_sardin",))
    assert path.read_text(encoding="utf-8") == f"{HEADER}\n{ROW}"
    assert check(atlas) == (1, ())
    assert [p.name for p in path.parent.iterdir()] == ["online.csv"]


def test_rows_are_added_below_those_that_are_there(atlas):
    path_of(atlas).parent.mkdir(parents=True)
    path_of(atlas).write_text(
        "# ours\nname,id,kind,lat,lon,source,precision_m\nX,umm_sardin,town,1,2,s,5", encoding="utf-8"
    )
    (path_of(atlas).parent / "places.csv").write_text(f"{HEADER}\numm_sardin_2,Y,town,3,3,,,,,,s\n", encoding="utf-8")
    other = accepted("Q", geonames("!!!", 3, 3, id=4), "geonames")
    _, ids = add_answers(atlas, [SARDIN, other])
    assert ids == ("umm_sardin_3", "place")
    assert path_of(atlas).read_text(encoding="utf-8") == (
        "# ours\nname,id,kind,lat,lon,source,precision_m\nX,umm_sardin,town,1,2,s,5\n"
        "Umm Sardin,umm_sardin_3,village,36.25,37.5,"
        "\"Nominatim: osm:node/12, © OpenStreetMap contributors, ODbL 1.0; asked for 'Um Sardin' on 2024-05-01\",1000\n"
        "!!!,place,village,3.0,3.0,\"GeoNames: geonames:4, GeoNames, CC BY 4.0; asked for 'Q' on 2024-05-01\",1000\n"
    )
    assert [problem for problem in check(atlas)[1] if not problem.warning] == []


def test_two_names_of_one_place_give_one_row(atlas):
    second = Accepted("Sardin", SARDIN.answer, DAY)
    _, ids = add_answers(atlas, [SARDIN, second])
    assert ids == ("umm_sardin",)
    text = path_of(atlas).read_text(encoding="utf-8")
    assert "asked for 'Um Sardin', 'Sardin' on 2024-05-01" in text
    assert '"Um Sardin|Sardin|Sardin, the old|A/B"' in text


def test_a_province_that_iso_does_not_know_is_left_out(atlas):
    add_answers(atlas, [accepted("A", nominatim("A", 1, 2, address={"country_code": "sy", "ISO3166-2-lvl4": "SY-QQ"}))])
    assert check(atlas)[1] == ()


def test_nothing_accepted_writes_nothing(atlas):
    assert add_answers(atlas, []) == (path_of(atlas), ())
    assert not path_of(atlas).exists()


def test_a_wrong_file_is_not_added_to(atlas):
    path_of(atlas).parent.mkdir(parents=True)
    path_of(atlas).write_text("id,name\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="the columns kind, lon, lat, source are missing"):
        add_answers(atlas, [SARDIN])
    assert path_of(atlas).read_text() == "id,name\n"
