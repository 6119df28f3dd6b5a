"""What holds on a day, and the days worth a map."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sample_records import ARTICLE, EVENTS, GAZETTEER, RECORDS, event

from geo.layers import as_of, build_layers, key_dates
from geo.model import Article, Records, When


@pytest.fixture(scope="module")
def layers():
    return build_layers(RECORDS, GAZETTEER)


@pytest.mark.parametrize(
    ("day", "events", "sieges", "states"),
    [
        ("2020-06-30", [], 0, []),
        ("2020-07-01", ["e1"], 1, []),
        ("2020-07-05", ["e1", "e2"], 1, ["cut"]),
        ("2020-07-31", ["e1"], 1, ["cut"]),
        ("2020-08-01", ["e3"], 0, ["open"]),
        ("2020-08-10", ["e3"], 0, ["open"]),
        ("2020-08-11", [], 0, ["open"]),
        ("2020-09-06", ["e4", "e7"], 1, ["open"]),
        ("2030-01-01", [], 1, ["open"]),
    ],
)
def test_both_ends_of_an_interval_count_and_null_is_open(layers, day, events, sieges, states):
    shown = as_of(layers, date.fromisoformat(day))
    assert shown["events"]["id"].tolist() == events
    assert (shown["areas"]["type"] == "siege").sum() == sieges
    assert shown["routes"]["state"].tolist() == states
    assert len(shown["places"]) == 2
    assert list(shown) == list(layers)


def test_an_open_beginning():
    told = replace(EVENTS[3], when=When("../2020-07-01", None, date(2020, 7, 1)))
    layers = build_layers(Records(articles=(ARTICLE,), events=(told,)), GAZETTEER)
    assert [len(as_of(layers, date(2020, 7, day))["events"]) for day in (1, 2)] == [1, 0]


def test_key_dates_are_the_last_days_of_events_and_the_first_of_changes(layers):
    assert [day.isoformat() for day in key_dates(layers)] == [
        "2020-07-01", "2020-07-05", "2020-07-31", "2020-08-01", "2020-08-10", "2020-09-06",
    ]  # fmt: skip
    assert [day.isoformat() for day in key_dates(layers, most=4)] == [
        "2020-07-01",
        "2020-07-05",
        "2020-08-01",
        "2020-09-06",
    ]


def test_no_map_of_the_future_and_none_of_proposals():
    article = Article("a", "Shells fell.", date(2020, 1, 10))
    told = [
        event(
            f"e{n}",
            "shelling",
            When("", day, day),
            EVENTS[3].location,
            "Shells fell.",
            article=article,
            modality=modality,
        )
        for n, (day, modality) in enumerate(
            [(date(2020, 1, 10), "happened"), (date(2020, 1, 11), "happened"), (date(2020, 1, 9), "planned")]
        )
    ]
    assert key_dates(build_layers(Records(articles=(article,), events=tuple(told)), GAZETTEER)) == (date(2020, 1, 10),)


def test_no_more_maps_than_one_leafs_through():
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(40)]
    told = tuple(
        event(f"e{n}", "shelling", When("", day, day), EVENTS[3].location, EVENTS[3].quote)
        for n, day in enumerate(days)
    )
    assert key_dates(build_layers(Records(articles=(ARTICLE,), events=told), GAZETTEER)) == tuple(days[-12:])
