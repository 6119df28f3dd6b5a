"""Maps of others as control points: marker tables, GeoJSON, the text of a map module."""

import pytest
from valley_roads import PLACES, Gazetteer, day

from geo.control.importing import holders_in, import_markers
from geo.crs import distance_m
from geo.errors import InputError

SIDES = {"red": "red", "reds": "red", "blue": "blue", "red.svg": "red"}


class Near(Gazetteer):
    def nearby(self, lon, lat, radius_m):
        return tuple(p for p in PLACES.values() if distance_m(lon, lat, p.lon, p.lat) <= radius_m)


def imported(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return import_markers(
        path, day=day(9), holder_of=lambda w: SIDES.get(w.casefold(), ""), gazetteer=Near(), source="a map"
    )


TABLE = "lat,lon,status,label\n50.001,10.101,reds,Mill Bridge\n50.3,10.4,blue_base,The Weir\n50.3,10.4,grey,Nobody's\n"
GEOJSON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Northtown", "side": "blue"}, '
    '"geometry": {"type": "Point", "coordinates": [10.2, 50.0]}}]}'
)
MODULE = """return { marks = {
  { lat = "50.0", long = "10.2", mark = "red.svg", label = "[[Northtown, Valley|Northtown]]" },
  -- { lat = "50.4", long = "10.4", mark = "red.svg", label = "No more" },
  { lat = 50.3, long = 10.4, mark = "red.svg", label = [[Weir]] }, } }"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("map.csv", TABLE, [("mill_bridge", "red", "10.10100"), ("the_weir", "blue", "10.40000")]),
        ("map.csv", TABLE.replace(",", ";"), [("mill_bridge", "red", "10.10100"), ("the_weir", "blue", "10.40000")]),
        ("map.geojson", GEOJSON, [("northtown", "blue", "")]),
        ("map.lua", MODULE, [("northtown", "red", ""), ("weir", "red", "10.40000")]),
    ],
)
def test_formats(name, text, expected, tmp_path):
    found = imported(tmp_path, name, text)
    assert [(row[0], row[1], row[9]) for row in found.rows] == expected
    assert {(row[2], row[3], row[4], row[6]) for row in found.rows} == {("2031-05-09", "", "2031-05-09", "a map")}


def test_what_names_no_side_is_told_with_what_to_do(tmp_path):
    found = imported(tmp_path, "map.csv", TABLE)
    assert found.markers == 3
    assert found.problems == [
        f"{tmp_path / 'map.csv'}: 'grey' names no side (1 marker). Say whose mark it is with --holder 'grey=SIDE'; they are left out."
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("red", ("red",)),
        ("blue_base", ("blue",)),
        ("stable_red_blue", ("red", "blue")),
        ("Location dot blue.svg", ("blue",)),
        ("80x80-red-blue-anim.gif", ("red", "blue")),
        ("hill", ()),
    ],
)
def test_holders_in_a_status(status, expected):
    assert holders_in(status, lambda word: SIDES.get(word, "")) == expected


def test_two_holders_are_two_rows(tmp_path):
    found = imported(tmp_path, "map.csv", "lat,lon,status,label\n50.0,10.2,stable_red_blue,Northtown\n")
    assert [(row[0], row[1], row[7]) for row in found.rows] == [
        ("northtown", "red", "marked stable_red_blue"),
        ("northtown", "blue", "marked stable_red_blue"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("map.csv", "a,b\n1,2\n", r"map.csv:1: no column tells lat \(lat, latitude, y\); lon"),
        (
            "map.csv",
            "lat,lon,status\n500,1,red\n",
            r"(?s)no marker of this file names a holder:.*:2: lon '1', lat '500' is no point",
        ),
        ("map.csv", "lat,lon,status\n50,1,\n", r"(?s):2: no holder is told"),
        (
            "map.geojson",
            GEOJSON.replace("Point", "MultiPoint"),
            "(?s)no marker of this file names a holder:.*:1: there is no point to place it",
        ),
        ("map.geojson", "[", "this is no GeoJSON FeatureCollection"),
        ("map.txt", "nothing here", "there is no marker in this file"),
        ("map.csv", "lat,lon,status\n", "the file is empty"),
    ],
)
def test_errors(name, text, message, tmp_path):
    with pytest.raises(InputError, match=message):
        imported(tmp_path, name, text)
