"""Flat tables: what programs get that read no JSON and no null."""

import pytest
from export_layers import DAYS, export_layers

from geo.export.flat import EVER, FOREVER, flatten, next_day, title_of
from geo.layers import as_of
from geo.layers.schema import read_schema

LAYERS = export_layers()
FLATS = flatten(LAYERS)

TIMES = [  # id, shown_from, shown_until
    ("events-closed", "2031-03-04", "2031-03-07"),
    ("events-day", "2031-03-05", "2031-03-06"),
    ("events-since", "2031-03-06", FOREVER),
    ("events-until", EVER, "2031-03-06"),
    ("events-undated", FOREVER, FOREVER),
]


@pytest.mark.parametrize(("id", "first", "until"), TIMES)
def test_time_is_two_days_that_are_never_null(id, first, until):
    columns = FLATS["events"].columns
    at = columns["id"].index(id)
    assert (columns["shown_from"][at], columns["shown_until"][at]) == (first, until)


@pytest.mark.parametrize("name", list(read_schema()))
def test_the_half_open_interval_says_what_the_layer_says(name):
    from datetime import date

    columns = FLATS[name].columns
    for day in DAYS:
        pairs = zip(columns["id"], columns["shown_from"], columns["shown_until"], strict=True)
        shown = {id for id, first, until in pairs if first <= day < until}
        assert shown == set(as_of(LAYERS, date.fromisoformat(day))[name]["id"])


SIDES = [("events", "events-day", "north"), ("areas", "areas-day", "south"), ("routes", "routes-day", "north"),
         ("flows", "flows-day", "north"), ("control_points", "control_points-day", "south")]  # fmt: skip


@pytest.mark.parametrize(("name", "id", "side"), SIDES)
def test_whose_colour_it_takes(name, id, side):
    columns = FLATS[name].columns
    assert columns["side"][columns["id"].index(id)] == side


def test_a_front_line_has_a_side_on_its_left_and_one_on_its_right():
    columns = FLATS["front_lines"].columns
    assert set(zip(columns["left_side"], columns["right_side"], strict=True)) == {("north", "south")}


@pytest.mark.parametrize(
    ("day", "after"), [("2031-02-28", "2031-03-01"), ("2031-12-31", "2032-01-01"), (FOREVER, FOREVER)]
)
def test_the_day_after(day, after):
    assert next_day(day) == after


@pytest.mark.parametrize(
    ("name", "title"),
    [("precision_m", "Precision (m)"), ("length_km", "Length (km)"), ("place_id", "Place id"), ("edtf", "Time (EDTF)")],
)
def test_titles_for_people(name, title):
    assert title_of(name) == title
