"""Whole layers out of a few records."""

from dataclasses import replace
from datetime import date

import pytest
import shapely
from sample_records import ARTICLE, EVENTS, GAZETTEER, NORTHTOWN, RECORDS, SUNDAY, TEXT, at, days, event

from geo.layers import build_layers, read_schema, unplaced_events, validate_layers
from geo.model import Article, Figure, Records


@pytest.fixture(scope="module")
def layers():
    return build_layers(RECORDS, GAZETTEER)


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_the_layers_keep_to_their_schema(layers):
    validate_layers(layers, RECORDS.articles)
    assert list(layers) == ["places", "events", "areas", "routes", "control", "front_lines", "flows", "control_points"]
    assert {name: len(frame) for name, frame in layers.items()} == {
        "places": 2, "events": 7, "areas": 5, "routes": 2, "control": 0, "front_lines": 0, "flows": 1,
        "control_points": 0,
    }  # fmt: skip
    for name, schema in read_schema().items():
        assert list(layers[name].columns) == [*schema.columns, "geometry"]
        assert layers[name].crs.to_epsg() == 4326


def test_a_place_is_told_once_with_its_first_sentence(layers):
    assert rows(layers["places"], "name", "mentions", "quote", "name_ar", "aliases") == [
        ("Northtown", 2, "Blue troops encircled Northtown in July.", "نورث", ["North Town"]),
        ("Eastham", 1, "Some 3,000 people fled from Eastham to Northtown.", None, []),
    ]


def test_events_come_by_day_and_text_and_undated_ones_first(layers):
    assert rows(layers["events"], "id", "start", "end", "edtf", "when", "label") == [
        ("e5", None, None, None, None, "Displacement (claimed): Northtown"),
        ("e6", None, None, None, None, "Ceasefire (proposed): Northtown"),
        ("e1", "2020-07-01", "2020-07-31", "2020-07", "in July", "Siege imposed: Northtown"),
        ("e2", "2020-07-05", "2020-07-05", "2020-07-05", "on 5 July", "Route closed: Mill Road"),
        ("e3", "2020-08-01", "2020-08-10", "2020-08-01/2020-08-10", "In early August", "Siege broken: Northtown"),
        ("e4", "2020-09-06", "2020-09-06", "2020-09-06", "on Sunday", "Shelling: southwest of Northtown"),
        ("e7", "2020-09-06", "2020-09-06", "2020-09-06", "on Sunday", "Siege imposed: Northtown"),
    ]
    assert layers["events"]["known"].unique().tolist() == ["2020-09-07"]


def test_a_siege_lasts_until_the_day_before_it_is_broken_and_regions_and_doubt_are_drawn(layers):
    assert rows(layers["areas"], "event", "type", "start", "end", "edtf", "holder") == [
        ("e5", "uncertainty", None, None, None, None),
        ("e1", "siege", "2020-07-01", "2020-07-31", "2020-07-01/2020-07-31", "red"),
        ("e3", "uncertainty", "2020-08-01", "2020-08-10", "2020-08-01/2020-08-10", None),
        ("e4", "region", "2020-09-06", "2020-09-06", "2020-09-06", None),
        ("e7", "siege", "2020-09-06", None, "2020-09-06/..", None),
    ]
    assert layers["areas"]["label"].tolist()[1:3] == ["Siege: Northtown", "Siege broken: Northtown"]
    assert layers["areas"].geometry.iloc[1].equals(GAZETTEER.geometry("atlas:northtown"))


def test_route_states_answer_to_the_sentence_of_their_event(layers):
    assert rows(layers["routes"], "route", "state", "holder", "start", "end", "quote") == [
        ("mill_road", "cut", "blue", "2020-07-05", "2020-07-31", "They cut the Mill Road on 5 July."),
        ("mill_road", "open", None, "2020-08-01", None, "In early August rebels broke the siege."),
    ]
    assert shapely.get_coordinates(layers["routes"].geometry.iloc[0]).tolist() == [[10.1, 50.1], [10.15, 50.15]]


def test_a_flow_is_a_straight_line_and_a_proposal_draws_none(layers):
    assert rows(layers["flows"], "event", "type", "label", "figures", "precision_m") == [
        ("e5", "displacement", "Displacement (claimed): Eastham to Northtown",
         {"displaced": 3000, "words": "Some 3,000 people"}, 1500.0),
    ]  # fmt: skip
    assert layers["flows"].geometry.iloc[0].wkt == "LINESTRING (10.3 50.12, 10.1 50.1)"


def test_events_without_a_place_are_kept_aside(layers):
    assert [(e["id"], e["place"], e["quote"], e["start"]) for e in unplaced_events(RECORDS)] == [
        ("e8", None, "Talks went on.", "2020-09-06")
    ]
    assert "geometry" not in unplaced_events(RECORDS)[0]


@pytest.mark.parametrize("modality", ["planned", "proposed", "threatened", "denied"])
def test_what_does_not_happen_draws_only_itself(modality):
    unreal = tuple(replace(e, modality=modality) for e in EVENTS)
    layers = build_layers(replace(RECORDS, events=unreal, states=()), GAZETTEER)
    assert len(layers["events"]) == 7
    assert len(layers["areas"]) == len(layers["routes"]) == len(layers["flows"]) == 0


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((), {}),
        ((Figure("killed", 12, 12, "12 people"),), {"killed": 12, "words": "12 people"}),
        ((Figure("killed", 12, None, "at least 12"),), {"killed": 12, "killed_max": None, "words": "at least 12"}),
        ((Figure("killed", 0, 24, "up to 24"),), {"killed": 24, "killed_min": 0, "words": "up to 24"}),
        ((Figure("killed", 15, 24, "15 to 24"),), {"killed": 15, "killed_max": 24, "words": "15 to 24"}),
        (
            (Figure("killed", 3, 3, "three"), Figure("injured", 9, 9, "nine"), Figure("killed", 5, 5, "five")),
            {"killed": 3, "injured": 9, "words": "three; nine"},
        ),
    ],
)
def test_figures(figures, expected):
    records = Records(articles=(ARTICLE,), events=(replace(EVENTS[0], figures=figures),))
    assert build_layers(records, GAZETTEER)["events"]["figures"].tolist() == [expected]


@pytest.mark.parametrize(
    ("what", "turns", "expected"),
    [
        ("one siege told twice stands once", [("siege_imposed", "2020-07-01"), ("siege_imposed", "2020-07-09")], [("2020-07-01", None)]),
        ("it is broken", [("siege_imposed", "2020-07-01"), ("siege_broken", "2020-08-01")], [("2020-07-01", "2020-07-31")]),
        ("order of the text does not matter", [("siege_broken", "2020-08-01"), ("siege_imposed", "2020-07-01")], [("2020-07-01", "2020-07-31")]),
        ("broken on its own first day says nothing", [("siege_imposed", "2020-07-01"), ("siege_broken", "2020-07-01")], [("2020-07-01", None)]),
        ("broken and laid again", [("siege_imposed", "2020-07-01"), ("siege_broken", "2020-08-01"), ("siege_imposed", "2020-09-01")],
         [("2020-07-01", "2020-07-31"), ("2020-09-01", None)]),
    ],
)  # fmt: skip
def test_sieges(what, turns, expected):
    quote = "Northtown was encircled again on Sunday."
    told = tuple(event(f"s{n}", kind, days(day, day, day), at(NORTHTOWN), quote) for n, (kind, day) in enumerate(turns))
    areas = build_layers(Records(articles=(ARTICLE,), events=told), GAZETTEER)["areas"]
    assert rows(areas[areas["type"] == "siege"], "start", "end") == expected, what


@pytest.mark.parametrize(
    ("place", "broken"),
    [
        (at(NORTHTOWN), True),
        (at(NORTHTOWN, place_id="atlas:province", precision_m=60000.0), True),
        (at(NORTHTOWN, place_id="atlas:quarter", precision_m=800.0), True),
        (at(NORTHTOWN, place_id="atlas:far", lon=11.0), False),
        (at(NORTHTOWN, place_id="atlas:next", lon=10.145, precision_m=2000.0), False),
    ],
)
def test_a_siege_ends_where_the_report_speaks_of_the_same_ground(place, broken):
    told = (EVENTS[0], replace(EVENTS[2], location=place))
    areas = build_layers(Records(articles=(ARTICLE,), events=told), GAZETTEER)["areas"]
    assert areas["end"][areas["type"] == "siege"].tolist() == ["2020-07-31" if broken else None]


def test_an_undated_siege_stands_from_the_day_it_was_reported():
    areas = build_layers(Records(articles=(ARTICLE,), events=(replace(EVENTS[0], when=None),)), GAZETTEER)["areas"]
    assert areas["type"].tolist() == ["siege"]
    assert areas["start"].tolist() == [ARTICLE.published.isoformat()]


@pytest.mark.parametrize(("precision", "drawn"), [(499.0, 0), (500.0, 1), (200_000.0, 1), (200_001.0, 0)])
def test_doubt_is_drawn_between_a_symbol_and_a_country(precision, drawn):
    told = event("x", "clash", SUNDAY, at(NORTHTOWN, precision_m=precision), "Talks went on.")
    assert len(build_layers(Records(articles=(ARTICLE,), events=(told,)), GAZETTEER)["areas"]) == drawn


def test_an_area_of_two_parts_is_two_features():
    parts = shapely.MultiPolygon([shapely.box(1, 1, 2, 2), shapely.box(3, 3, 4, 4)])
    told = event("x", "clash", SUNDAY, at(NORTHTOWN, geometry=parts), "Talks went on.")
    layers = build_layers(Records(articles=(ARTICLE,), events=(told,)), GAZETTEER)
    validate_layers(layers, (ARTICLE,))
    assert sorted(layers["areas"].geometry.bounds.values.tolist()) == [[1, 1, 2, 2], [3, 3, 4, 4]]


def test_the_order_of_the_records_does_not_matter(layers):
    turned = replace(RECORDS, events=RECORDS.events[::-1], states=RECORDS.states[::-1], places=RECORDS.places[::-1])
    for name, frame in build_layers(turned, GAZETTEER).items():
        assert rows(frame, "id") == rows(layers[name], "id"), name


def test_the_records_stay_as_they_are():
    before = repr(RECORDS)
    build_layers(RECORDS, GAZETTEER)
    assert repr(RECORDS) == before


def test_nothing_gives_empty_tables():
    layers = build_layers(Records(articles=(Article("a", TEXT, date(2020, 1, 1)),)), GAZETTEER)
    assert all(len(frame) == 0 for frame in layers.values())
    validate_layers(layers, ())
