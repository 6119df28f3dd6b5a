"""The layers of control, out of who holds the places of an invented valley."""

from datetime import date

import pytest
from valley_roads import ARTICLE, PLACES, ROUTES, day, event, holds, says

from geo.control.holders import find_holds
from geo.control.scene import Outline, scene_on, scenes
from geo.layers import as_of, build_layers, from_geojson, read_schema, to_geojson, validate_layers
from geo.model import Article, HeldPlace, Records
from geo.routes import derive_states

POINTS = {p.id: HeldPlace(p.id, p.name, p.kind, p.lon, p.lat, p.precision_m) for p in PLACES.values()}
ROWS = [
    holds("harbour", "red", 1, 31),
    holds("millbridge", "red", 1, 8),
    holds("millbridge", "blue", 9, 31, certainty="low"),
    holds("northtown", "red", 1, 31),
    holds("eastham", "blue", 1, 31),
]
STATES = [
    says("mill_road", "open", "red", 1, 8),
    says("mill_road", "cut", "blue", 9, 31, between=("harbour", "millbridge")),
]


class Gazetteer:
    def get(self, place_id):
        return next((p for p in PLACES.values() if p.id == place_id), None)

    def geometry(self, place_id):
        return None


@pytest.fixture(scope="module")
def layers():
    found = find_holds(ROWS, POINTS)
    texts = {report.basis.quote for hold in found for report in (hold.leading, *hold.agreeing, *hold.differing)}
    texts |= {report.basis.quote for report in STATES}
    files = Article("table.csv", max(texts, key=len))
    records = Records(
        reports=(files,), holds=found, routes=ROUTES, states=derive_states([], [], ROUTES, STATES), articles=()
    )
    return build_layers(records, Gazetteer(), scenes=scenes(found, reach_m=6000))


def rows(frame, *columns):
    return sorted(frame[list(columns)].itertuples(index=False, name=None), key=str)


def test_zones_last_as_long_as_their_shape(layers):
    control = layers["control"]
    assert list(control.geom_type.unique()) == ["MultiPolygon"]
    assert rows(as_of(layers, day(5))["control"], "holder", "side", "state", "start", "end", "points") == [
        ("blue", "blue", "held", "2031-05-01", "2031-05-31", 1),
        ("red", "red", "held", "2031-05-01", "2031-05-08", 3),
    ]
    assert rows(as_of(layers, day(9))["control"], "holder", "state", "start", "end", "points", "certainty") == [
        ("blue", "held", "2031-05-01", "2031-05-31", 1, "high"),
        ("blue", "inferred", "2031-05-09", "2031-05-31", 1, "low"),
        ("red", "held", "2031-05-09", "2031-05-31", 1, "high"),
        ("red", "held", "2031-05-09", "2031-05-31", 1, "high"),
    ]
    (red,) = control[(control["holder"] == "red") & (control["end"] == "2031-05-08")].itertuples()
    assert red.basis == "3 control points (3 high); the newest Northtown, 2031-05-01"
    assert 150 < red.area_km2 < 300


def test_front_lines_lie_between_zones(layers):
    def lines(number):
        frame = as_of(layers, day(number))["front_lines"]
        return sorted((sorted(r.sides), r.state, r.start, r.end) for r in frame.itertuples())

    south = (["blue", "red"], "held", "2031-05-01", "2031-05-31")
    mill = (["blue", "red"], "inferred", "2031-05-09", "2031-05-31")
    assert (lines(5), lines(9)) == ([south], [south, mill, mill])
    by_mill = as_of(layers, day(9))["front_lines"].query("state == 'inferred'")
    assert all(8 < km < 13 for km in by_mill["length_km"])
    assert all("Millbridge" in basis for basis in by_mill["basis"])


def test_control_points_answer_to_their_rows(layers):
    points = layers["control_points"]
    mill = points[points["place_id"] == "atlas:millbridge"]
    assert rows(mill, "holder", "start", "end", "state", "certainty", "basis", "quote") == [
        ("blue", "2031-05-09", "2031-05-31", "inferred", "low", "seeds/table.csv, line 2", "millbridge blue 9"),
        ("red", "2031-05-01", "2031-05-08", "held", "high", "seeds/table.csv, line 2", "millbridge red 1"),
    ]


def test_a_stretch_of_a_route_is_drawn_alone(layers):
    routes = layers["routes"]
    assert rows(routes, "route", "section", "state", "start", "end", "standing", "event") == [
        ("mill_road", "Harbour to Millbridge", "cut", "2031-05-09", "2031-05-31", "leads", None),
        ("mill_road", "Harbour to Millbridge", "open", "2031-05-01", "2031-05-08", "leads", None),
        ("mill_road", "Millbridge to Northtown", "open", "2031-05-01", "2031-05-08", "leads", None),
    ]
    (cut,) = routes[routes["state"] == "cut"].geometry
    assert [(round(x, 3), round(y, 3)) for x, y in cut.coords] == [(10.0, 50.0), (10.1, 50.0)]


def test_they_keep_to_their_schema_and_come_back_from_the_file(layers):
    for name in ("control", "front_lines", "control_points", "routes"):
        schema = read_schema()[name]
        again = from_geojson(to_geojson(layers[name]), schema)
        assert to_geojson(again) == to_geojson(layers[name])
        assert layers[name]["id"].is_unique


def test_a_quote_must_stand_in_its_file():
    found = find_holds([holds("harbour", "red", 1, 31)], POINTS)
    records = Records(reports=(Article("table.csv", "harbour red 1"),), holds=found)
    layers = build_layers(records, Gazetteer(), scenes=scenes(found, reach_m=6000))
    validate_layers(layers, records.reports)
    with pytest.raises(Exception, match="does not stand at"):
        validate_layers(layers, [Article("table.csv", "something else")])


def test_a_capture_is_drawn_from_its_day_on():
    told = event("capture", "millbridge", 12, side="blue")
    found = find_holds([holds("harbour", "red", 1, 31)], POINTS, [told], [ARTICLE])
    drawn = scenes(found, reach_m=6000)
    assert [sorted(z.holder for z in scene_on(drawn, day(n)).zones) for n in (11, 12)] == [["red"], ["blue", "red"]]
    assert scene_on(drawn, date(2031, 4, 30)) is None


def test_a_known_outline_is_the_ground_of_its_place():
    from shapely import Point, box

    found = find_holds([holds("harbour", "red", 1, 31), holds("millbridge", "blue", 1, 31)], POINTS)
    wide = Outline("atlas:millbridge", box(10.02, 49.98, 10.12, 50.02), "a map")
    near_harbour = Point(10.03, 50.0)
    for outlines, holder in (((), "red"), ((wide,), "blue")):
        (scene,) = [s for s in scenes(found, reach_m=6000, outlines=outlines) if s.first == day(1)]
        assert [z.holder for z in scene.zones if z.geometry.covers(near_harbour)] == [holder]
