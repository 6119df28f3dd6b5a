from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer
from geo.gazetteer.importing.columns import delimiter_of, event_format, find_columns
from geo.gazetteer.importing.fields import Maker, kind_of_name, read_country, read_kind, read_point
from geo.gazetteer.importing.inputs import find_input
from geo.gazetteer.importing.known import Index
from geo.gazetteer.importing.options import Options
from geo.gazetteer.importing.problems import Counts, Sink
from geo.gazetteer.importing.table import read_table

PLAIN = "name,lat,lon\nKhirbat Nowhere,36.6,37.9\n"

TABLES = {
    "plain": PLAIN,
    "with a mark in front": "\ufeff" + PLAIN,
    "comments before the header": "# by us\n\n" + PLAIN,
    "upper case and other words": "PLACE_NAME,Latitude,LONGITUDE\nKhirbat Nowhere,36.6,37.9\n",
    "semicolons and decimal commas": "Name;Y;X\nKhirbat Nowhere;36,6;37,9\n",
    "tabs": "name\tlat\tlon\nKhirbat Nowhere\t36.6\t37.9\n",
    "bars": "name|lat|lon\nKhirbat Nowhere|36.6|37.9\n",
    "both in one": 'name,coordinates\nKhirbat Nowhere,"36.6, 37.9"\n',
    "WKT": "name,wkt\nKhirbat Nowhere,POINT (37.9 36.6)\n",
    "quotation marks over lines": 'name,note,lat,lon\nKhirbat Nowhere,"two\nlines",36.6,37.9\n',
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_tables_without_options(imported, text: str) -> None:
    result, opened = imported("places.csv", text)
    (place,) = opened.lookup(["Khirbat Nowhere"])["Khirbat Nowhere"]
    assert (place.lon, place.lat, place.kind, place.precision_m, place.country) == (37.9, 36.6, "village", 1000.0, "SY")
    assert place.id.startswith("places:khirbat_nowhere_")
    assert (result.meta["format"], result.counts.bad, result.counts.guessed) == ("csv", 0, {"village": 1})


def test_all_columns(imported) -> None:
    header = "pcode,name_en,name_ar,name:ru,alt_names,type,x,y,radius_m,iso3,adm1_en,pop,source"
    row = "C1001,Khirbat Nowhere,خربة,Хирбат,Kherbet;Khirba,hamlet,37.9,36.6,400,SYR,Aleppo Governorate,1200,a survey"
    _, opened = imported("villages.csv", f"{header}\n{row}\n")
    place = opened.get("villages:c1001")
    assert (place.name, place.name_ar, place.aliases) == ("Khirbat Nowhere", "خربة", ("Kherbet", "Khirba"))
    assert (place.kind, place.precision_m, place.country, place.admin1, place.population, place.source) == (
        "village", 400.0, "SY", "SY-HL", 1200, "a survey",
    )  # fmt: skip
    assert opened.lookup(["Хирбат"])["Хирбат"] == (place,)


def test_columns_that_are_told(imported) -> None:
    text = "VILLAGE,NORTH,EAST,name\nKhirbat Nowhere,36.6,37.9,of the enumerator\n"
    told = {"name": "village", "lat": "NORTH", "lon": "East"}
    _, opened = imported(
        "survey.csv", text, columns=told, kind="camp", country="SY", source="us", licence="CC0", name="mine"
    )
    (place,) = opened.lookup(["Khirbat Nowhere"])["Khirbat Nowhere"]
    assert (place.kind, place.source, place.id.partition(":")[0]) == ("camp", "us", "mine")
    (one,) = opened.imported
    assert dict(one.rows("SELECT key, value FROM meta"))["licence"] == "CC0"


def test_another_encoding(imported) -> None:
    text = "name,lat,lon\nخربة,36.6,37.9\n".encode("cp1256")
    with pytest.raises(
        GazetteerError,
        match=r"places\.csv:2: this is not UTF-8: byte 0xce\. Name its encoding, as in --encoding cp1256",
    ):
        imported("places.csv", text)
    _, opened = imported("places.csv", text, encoding="cp1256")
    assert opened.lookup(["خربة"])["خربة"][0].name_ar == "خربة"


WRONG = {
    "no name": ("place_id,lat,lon\n1,36,37\n", "no column tells the name of a place. Name it with --column, as in --column name=COLUMN; the columns are place_id, lat, lon."),
    "no point": ("name,lat\nA,36\n", "no columns tell longitude and latitude. Name it with --column, as in --column lat=COLUMN; the columns are name, lat."),
    "no rows": ("name,lat,lon\n", "places.csv: no place could be read: 0 rows were read. See that it is the right file, and name the columns with --column where they are others."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_tables_that_cannot_be_read(imported, data, text: str, message: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        imported("places.csv", text)
    assert str(caught.value) == message
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"nam": "x"}, "no field is called 'nam'. Name one of id, name, name_ar,"),
        ({"name": "title"}, "there is no column 'title'. The columns are name, lat, lon."),
    ],
)
def test_columns_that_are_not_there(imported, columns, message: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        imported("places.csv", PLAIN, columns=columns)
    assert str(caught.value).startswith(message)


BAD = {
    "a cell too many": ("B,36.5,37.5,more", "the row has 4 cells, the header 3. Put text with the delimiter into"),
    "a latitude that is none": ("B,north,37.5", "lon '37.5', lat 'north' is no point on the Earth."),
    "off the Earth": ("B,36.5,375", "lon '375', lat '36.5' is no point on the Earth."),
    "no point": ("B,0,0", "lon 0, lat 0 stands for a point that is not known."),
    "no name": (",36.5,37.5", "the name '' is none. Give the place a name."),
    "a name without letters": ("123,36.5,37.5", "the name '123' is none. Give the place a name."),
}


@pytest.mark.parametrize(("row", "what"), BAD.values(), ids=BAD)
def test_bad_rows(imported, row: str, what: str) -> None:
    text = f"{PLAIN}{row}\nDar Nowhere,36.7,37.8\n"
    result, opened = imported("places.csv", text)
    assert (result.meta["places"], result.counts.bad, result.counts.rows <= 3) == ("2", 1, True)
    assert result.counts.told[0].startswith(f"places.csv:3: {what}")
    with pytest.raises(GazetteerError, match=r"places\.csv:3: "):
        imported("places.csv", text, strict=True)
    assert opened.lookup(["Dar Nowhere"])["Dar Nowhere"]


def test_a_point_that_lies_in_its_country_only_when_swapped(imported) -> None:
    result, _ = imported("places.csv", "name,lat,lon,country\nA,13.4,52.5,DE\nB,52.5,13.4,DE\n")
    assert result.counts.told == [
        "places.csv:2: lon 52.5, lat 13.4 lies in Germany only when swapped. Write lon 13.4, lat 52.5."
    ]


def test_an_entry_stands_for_the_worlds(imported) -> None:
    before = open_gazetteer(None).get("geonames:172082")
    _, opened = imported("mine.csv", "id,name,kind,lat,lon\nazaz,Azaz,town,36.5863,37.0476\n")
    place = opened.get("geonames:172082")
    assert (place.id, place.lat, place.population, place.admin1) == ("mine:azaz", 36.5863, before.population, "SY-HL")
    assert [p.id for p in opened.lookup(["Azaz"])["Azaz"]] == ["mine:azaz"]
    assert [p.id for p in opened.nearby(37.0476, 36.5863, 500)] == ["mine:azaz"]


def test_a_country_is_guessed_only_where_all_about_agree(imported) -> None:
    rows = "Inside,36.2,37.5\nAt the border,36.62,37.06\nAt sea,34.0,30.0\n"
    _, opened = imported("mine.csv", f"name,lat,lon\n{rows}")
    found = {place.name: place.country for place in opened.imported[0].where("1").values()}
    assert found == {"Inside": "SY", "At the border": "", "At sea": ""}


def test_an_id_of_its_own_follows_from_name_and_point(imported) -> None:
    _, opened = imported("mine.csv", "name,lat,lon\nخربة,36.6,37.9\nخربة,35.0,36.9\n")
    ids = [place.id for place in opened.imported[0].where("1").values()]
    assert len(set(ids)) == 2
    assert all(id_.startswith("mine:place_") for id_ in ids)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("hamlet", "village"), ("Refugee Camp", "camp"), ("CITY", "city"), ("military base", "military_base"), ("oblast", "admin1"), ("?", ""), ("", "")],
)  # fmt: skip
def test_kinds(word: str, kind: str) -> None:
    assert read_kind(word) == kind


def test_kinds_of_names() -> None:
    names = ("Handarat Camp", "Bab al-Hawa Border Crossing", "Camp", "Kafr Hamra", "Tishrin Dam")
    assert [kind_of_name(name) for name in names] == ["camp", "crossing", "", "", "dam"]


@pytest.mark.parametrize("text", ["SY", "sy", "SYR", "760", "Syria", "Syrian Arab Republic", "سوريا"])
def test_countries(text: str) -> None:
    assert read_country(text) == "SY"
    assert read_country("Nowhere") == read_country("") == ""


@pytest.mark.parametrize(
    ("fields", "point"),
    [
        ({"lon": "37.9", "lat": "36.6"}, (37.9, 36.6)),
        ({"lon": "37,9", "lat": "-36,6"}, (37.9, -36.6)),
        ({"point": "36.6, 37.9"}, (37.9, 36.6)),
        ({"point": "(36.6 37.9)"}, (37.9, 36.6)),
        ({"point": "POINT(37.9 36.6)"}, (37.9, 36.6)),
        ({"point": "Point Z (37.9 36.6 300)"}, (37.9, 36.6)),
        ({"point": "36.6"}, None),
        ({"lon": "nan", "lat": "36.6"}, None),
        ({"lon": "inf", "lat": "36.6"}, None),
        ({}, None),
    ],
)
def test_points(fields, point) -> None:
    assert read_point(fields) == point


def test_columns_and_data_sets_are_told_by_their_names() -> None:
    assert find_columns(["OBJECTID", "NAME_EN", "POINT_X", "POINT_Y"], told={}) == {
        "name": "NAME_EN", "lon": "POINT_X", "lat": "POINT_Y",
    }  # fmt: skip
    assert event_format(["Where_Prec", "where coordinates", "latitude", "longitude"]) == "ucdp"
    assert event_format(["name", "lat", "lon"]) == ""
    assert delimiter_of("a;b,c;d") == ";"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=80), st.text(alphabet='ab1.,;"\n\r\t#é', max_size=60).map(str.encode)))
def test_no_table_does_worse_than_be_refused(tmp_path, body: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"name,lat,lon\n" + body)
    counts = Counts()
    maker = Maker("x", Options(), Index({}, {}))
    try:
        found = list(read_table(find_input(path), Sink(path, counts), maker, tell=lambda *_: None))
    except GazetteerError as error:
        assert "x.csv:" in str(error)  # noqa: PT017  # a table may also be right
        return
    assert all(entry.place.name and line > 1 for line, entry in found)


def test_an_empty_file(run, data) -> None:
    Path("places.csv").touch()
    with pytest.raises(GazetteerError, match=r"places\.csv: the file is empty"):
        run("places.csv")
