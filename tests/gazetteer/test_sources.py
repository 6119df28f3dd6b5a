import json

import pytest
from gazetteer_files import HEADER, THEATRE, collection, feature

from geo.errors import GazetteerError
from geo.gazetteer.problems import raise_errors
from geo.gazetteer.sources import read_sources

GOOD = "ramouseh,Ramouseh,neighbourhood,37.13,36.153,1800,Ramousa|Ramusa,الراموسة,SY,SY-HL,a survey"
LINE = [[37.17, 36.25], [37.14, 36.257], [37.115, 36.235]]
RING = [[[37.1, 36.1], [37.2, 36.1], [37.2, 36.2], [37.1, 36.2], [37.1, 36.1]]]

WRONG_ROWS = {
    "coordinates swapped": (
        "a,A,town,36.2,37.1,,,,,,s",
        "2: lon 36.2, lat 37.1 lies outside the theatre, and inside it when swapped. Write lon 37.1, lat 36.2.",
    ),
    "off the Earth": (
        "a,A,town,37.1,96.2,,,,,,s",
        "2: lon 37.1, lat 96.2 is not on the Earth. lon is -180 to 180, lat -90 to 90.",
    ),
    "no number": (
        "a,A,town,east,36.2,,,,,,s",
        "2: lon 'east' is not a number. Write decimal degrees, for example 37.1612.",
    ),
    "not a finite number": (
        "a,A,town,37.1,nan,,,,,,s",
        "2: lat 'nan' is not a number. Write decimal degrees, for example 37.1612.",
    ),
    "unknown kind": ("a,A,vilage,37.1,36.2,,,,,,s", "2: kind 'vilage' is unknown. Perhaps 'village' is meant."),
    "bad id": (
        "A-1,A,town,37.1,36.2,,,,,,s",
        "2: id 'A-1' is not right. Use lower-case letters, digits and _, for example bab_nairab.",
    ),
    "no name": ("a,,town,37.1,36.2,,,,,,s", "2: name is empty. Name the entry."),
    "no source": ("a,A,town,37.1,36.2,,,,,,", "2: source is empty. Say where the entry comes from."),
    "precision of zero": (
        "a,A,town,37.1,36.2,0,,,,,s",
        "2: precision_m '0' is not a radius in metres. Write a number above 0, or leave it empty for that of the kind.",
    ),
    "Arabic name in Latin": (
        "a,A,town,37.1,36.2,,,Halab,,,s",
        "2: name_ar 'Halab' is not in Arabic script. Put other names into aliases.",
    ),
    "country in lower case": ("a,A,town,37.1,36.2,,,,sy,,s", "2: country 'sy' is unknown. Perhaps 'SY' is meant."),
    "admin1 without hyphen": (
        "a,A,town,37.1,36.2,,,,SY,SYHL,s",
        "2: admin1 'SYHL' is unknown. Perhaps SY-HL",
    ),
    "admin1 of another country": (
        "a,A,town,37.1,36.2,,,,TR,SY-HL,s",
        "2: admin1 SY-HL does not lie in country TR. Mend one of the two.",
    ),
    "a cell too many": (
        "a,A,town,37.1,36.2,,,,,,s,more",
        '2: the row has 12 cells, the header 11. Put text with commas into "…".',
    ),
}

WRONG_FEATURES = {
    "no JSON": ("{", "routes.geojson:1: this is not JSON"),
    "no collection": ("[]", "routes.geojson:1: this is not a GeoJSON FeatureCollection"),
    "another reference system": (
        '{"type": "FeatureCollection",\n "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},\n "features": []}',
        "routes.geojson:2: the coordinates are in urn:ogc:def:crs:EPSG::3857, not in WGS 84. "
        "Save the layer in WGS 84 (EPSG:4326), for example with ogr2ogr -t_srs EPSG:4326.",
    ),
    "a reference system that says nothing": (
        '{"type": "FeatureCollection", "features": [], "crs": {"type": "link"}}',
        "routes.geojson:1: the coordinates are in {'type': 'link'}, not in WGS 84.",
    ),
    "a point": (
        collection(feature("Point", [37.1, 36.2], id="r", name="R")),
        "routes.geojson:5: the geometry is Point, not a LineString. Draw a route as one line of two points and more.",
    ),
    "one point": (
        collection(feature("LineString", [[37.1, 36.2]], id="r", name="R")),
        "routes.geojson:5: the geometry cannot be read",
    ),
    "twice the same point": (
        collection(feature("LineString", [[37.1, 36.2], [37.1, 36.2]], id="r", name="R")),
        "routes.geojson:5: the geometry is not valid",
    ),
    "a swapped point": (
        collection(feature("LineString", [[37.1, 36.2], [36.3, 37.2]], id="r", name="R")),
        "routes.geojson:5: lon 36.3, lat 37.2 lies outside the theatre, and inside it when swapped. "
        "Write lon 37.2, lat 36.3.",
    ),
    "aliases as a text": (
        collection(feature("LineString", LINE, id="r", name="R", aliases="a|b")),
        "routes.geojson:5: aliases 'a|b' is not a list of names",
    ),
}


def messages(atlas) -> list[str]:
    return [problem.message.partition("seeds/gazetteer/")[2] for problem in read_sources(atlas).problems]


def test_a_row_becomes_a_place(write_atlas) -> None:
    sources = read_sources(write_atlas("# a comment", GOOD))
    assert sources.problems == ()
    (entry,) = sources.entries
    place = entry.place
    assert (place.id, place.name, place.kind, place.lon, place.lat) == (
        "atlas:ramouseh", "Ramouseh", "neighbourhood", 37.13, 36.153,
    )  # fmt: skip
    assert (place.precision_m, place.aliases, place.name_ar) == (1800.0, ("Ramousa", "Ramusa"), "الراموسة")
    assert (place.country, place.admin1, place.source) == ("SY", "SY-HL", "a survey")
    assert entry.names == ("Ramouseh", "Ramousa", "Ramusa", "الراموسة")
    assert sources.lines["atlas:ramouseh"][1] == 3


def test_precision_is_that_of_the_kind_where_none_is_given(write_atlas) -> None:
    (entry,) = read_sources(write_atlas("a,A,crossing,37.1,36.6,,,,,,s")).entries
    assert entry.place.precision_m == 800


@pytest.mark.parametrize(("row", "message"), WRONG_ROWS.values(), ids=WRONG_ROWS)
def test_wrong_rows(write_atlas, row: str, message: str) -> None:
    (told,) = messages(write_atlas(row))
    assert told.startswith(f"places.csv:{message}")


@pytest.mark.parametrize(("text", "message"), WRONG_FEATURES.values(), ids=WRONG_FEATURES)
def test_wrong_features(write_atlas, text: str, message: str) -> None:
    (told,) = messages(write_atlas(routes=text))
    assert told.startswith(message)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("id,name,kind,lon,lat", "places.csv:1: the columns source are missing. The columns are " + HEADER + "."),
        (HEADER + ",colour", "places.csv:1: the columns 'colour' are unknown. The columns are " + HEADER + "."),
        (HEADER + ",lon", "places.csv:1: the columns lon stand twice. Leave one of each."),
    ],
)
def test_wrong_headers(write_atlas, header: str, message: str) -> None:
    assert messages(write_atlas(header=header)) == [message]


def test_a_file_that_is_not_utf_8(write_atlas) -> None:
    atlas = write_atlas()
    path = atlas.seeds / "gazetteer" / "places.csv"
    path.write_bytes((HEADER + "\n").encode() + b"a,Alep\xe9,town,37.1,36.2,,,,,,s\n")
    assert messages(atlas)[0] == "places.csv:2: this is not UTF-8: byte 0xe9. Save the file as UTF-8."


def test_an_id_stands_once_in_all_files(write_atlas) -> None:
    atlas = write_atlas(GOOD, routes=collection(feature("LineString", LINE, id="ramouseh", name="Ramouseh road")))
    assert messages(atlas) == [
        "routes.geojson:5: id 'ramouseh' stands already in places.csv:2. Give each entry an id of its own."
    ]


def test_all_that_is_wrong_is_told_at_once(write_atlas) -> None:
    atlas = write_atlas("a,,town,36.2,37.1,,,,,,", GOOD, "b,B,vilage,37.1,36.2,,,,,,s")
    with pytest.raises(GazetteerError) as caught:
        raise_errors(read_sources(atlas).problems)
    lines = str(caught.value).splitlines()
    assert lines[0] == "the gazetteer of the atlas has 4 errors:"
    assert [line.rpartition("/")[2].split(": ")[0] for line in lines[1:]] == [
        "places.csv:2", "places.csv:2", "places.csv:2", "places.csv:4",
    ]  # fmt: skip


def test_a_route_is_a_place_halfway_along_it(write_atlas) -> None:
    route = feature(
        "LineString", LINE, id="castello", name="Castello Road", precision_m=100, country="SY", aliases=["C"]
    )
    sources = read_sources(write_atlas(routes=collection(route)))
    assert sources.routes == {"atlas:castello": 100.0}
    (entry,) = sources.entries
    assert (entry.place.kind, entry.place.aliases) == ("road", ("C",))
    assert (entry.place.lon, entry.place.lat) == pytest.approx((37.139, 36.256), abs=1e-3)
    assert 3100 < entry.place.precision_m < 3900  # half of the course, and 100 m


@pytest.mark.parametrize(
    "crs",
    [
        None,
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        {"type": "name", "properties": {"name": "EPSG:4326"}},
    ],
)
def test_the_member_crs_may_say_wgs_84(write_atlas, crs) -> None:
    features = json.loads(collection(feature("LineString", LINE, id="r", name="R")))
    assert messages(write_atlas(routes=json.dumps({**features, "crs": crs}))) == []


def test_an_area_reaches_to_its_corners(write_atlas) -> None:
    area = feature("Polygon", RING, id="east", name="East", kind="district", precision_m=500)
    (entry,) = read_sources(write_atlas(areas=collection(area))).entries
    assert (entry.place.lon, entry.place.lat) == (37.15, 36.15)
    assert 7600 < entry.place.precision_m < 7800
    bow = feature("Polygon", [[[37.1, 36.1], [37.2, 36.2], [37.2, 36.1], [37.1, 36.2], [37.1, 36.1]]], id="b", name="B")
    assert "Self-intersection" in messages(write_atlas(areas=collection(bow)))[0]


def test_an_atlas_without_gazetteer(write_atlas) -> None:
    atlas = write_atlas()
    (atlas.seeds / "gazetteer" / "places.csv").unlink()
    assert read_sources(atlas).entries == ()
    assert atlas.theatre == THEATRE
