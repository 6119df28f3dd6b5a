"""Events that several reports tell, as features and back, and the layers as they were known on a day."""

from dataclasses import replace
from datetime import date

import pytest
from sample_records import ARTICLE, EVENTS, GAZETTEER, MILL_ROAD, NORTHTOWN, RECORDS, at, days, event
from told_events import DAY, QUOTE, article_of, day, killed, tell, three_reports

from geo.errors import LayerError
from geo.events.across import merge_reports
from geo.layers import as_of, build_layers, from_geojson, known_by, read_schema, to_geojson, validate_layers
from geo.layers.incidents import read_report, report_object
from geo.model import Article, Basis, Figure, Records, Report, RouteReport
from geo.routes import derive_states


def built(events, articles, routes=()):
    incidents = merge_reports(events, articles)
    return build_layers(
        Records(
            articles=tuple(articles),
            events=tuple(events),
            incidents=incidents,
            routes=tuple(routes),
            states=derive_states([i.event for i in incidents], articles, routes),
        ),
        GAZETTEER,
    )


def same(one, two):
    return {name: to_geojson(frame) for name, frame in one.items()} == {n: to_geojson(f) for n, f in two.items()}


@pytest.fixture(scope="module")
def told():
    articles, events = three_reports()
    return built(events, articles), articles


def test_one_feature_holds_all_reports(told):
    layers, articles = told
    validate_layers(layers, articles)
    (row,) = layers["events"].to_dict("records")
    assert (row["sources"], row["contested"]) == (2, ["place", "toll", "modality"])
    assert row["figures"] == {"killed": 15, "killed_max": 23, "words": "Fifteen; At least 23"}
    assert row["flags"] == ["reports disagree on place, toll, whether it happened"]
    assert (row["article"], row["source"], row["quote"], row["known"]) == ("ledger", "The Ledger", QUOTE, "2031-03-04")
    assert [(r["source"], r["known"], r["place"], r["lon"], r["modality"], r["figures"].get("killed")) for r in row["reports"]] == [
        ("The Ledger", "2031-03-04", "Varrow", 20.0, "happened", 15),
        ("Daily Ox", "2031-03-05", "Lower Varrow", 20.04, "claimed", 23),
        ("<b>League</b>", "2031-03-06", "Varrow", 20.0, "denied", None),
    ]  # fmt: skip
    assert layers["areas"]["event"].tolist() == [row["id"]]


def test_it_survives_its_file(told):
    layers, _ = told
    again = from_geojson(to_geojson(layers["events"]), read_schema()["events"])
    assert to_geojson(again) == to_geojson(layers["events"])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"when": None, "actors": (), "figures": ()},
        {"location": None, "quote_start": -1, "modality": "denied", "attribution": "Estvaria"},
        {"figures": (Figure("killed", 12, None, "at least 12"), Figure("injured", 0, 30, "up to 30"))},
        {"figures": (Figure("killed", 8, 12, "", 10),), "flags": ("date not reported",)},
        {"when": day("2031-03-01", "2031-03-10"), "subtype": "drone_strike"},
    ],
)
def test_a_report_is_read_again_as_it_was_written(more):
    written = report_object(Report(tell("a", **more), "Daily Ox", DAY, "b"))
    assert report_object(read_report(written)) == written


def test_what_is_contested_must_be_of_the_schema(told):
    layers, articles = told
    frame = layers["events"].copy()
    frame["contested"] = [["weather"]]
    with pytest.raises(LayerError, match="contested = 'weather' is none of type, time, place, actors, toll, modality"):
        validate_layers({**layers, "events": frame}, articles)


@pytest.mark.parametrize(
    ("known", "articles"),
    [("2031-03-03", ()), ("2031-03-04", ("ledger",)), ("2031-03-05", ("ledger", "ox")), ("2031-03-06", ("ledger", "ox", "league"))],
)  # fmt: skip
def test_known_by_a_day_is_what_the_articles_of_then_give(told, known, articles):
    layers, all_articles = told
    _, events = three_reports()
    then = built([e for e in events if e.article in articles], [a for a in all_articles if a.id in articles])
    assert same(known_by(layers, date.fromisoformat(known)), then)


def test_a_later_report_that_leads_is_not_yet_known():
    vague = tell("a", location=at(NORTHTOWN, lon=20.0, lat=48.02, precision_m=5800.0), figures=())
    close = tell("b", figures=killed(12, words="12"))
    articles = [article_of(vague, date(2031, 3, 4)), article_of(close, date(2031, 3, 9), "Daily Ox")]
    layers = built([vague, close], articles)
    assert layers["events"][["place", "id", "known"]].values.tolist() == [["Varrow", vague.id, "2031-03-04"]]
    then = known_by(layers, date(2031, 3, 8))
    assert then["events"][["place", "id", "sources"]].values.tolist() == [["Northtown", vague.id, 1]]
    assert then["events"]["label"].tolist() == ["Airstrike: Northtown"]
    assert len(then["areas"]) == 0, "the area is that of the leading report, of which nobody knew"


def test_sieges_and_routes_stay_open_until_their_end_is_known():
    quote, later = "Northtown was encircled.", "The siege of Northtown was broken, and the road opened."
    first = Article("first", quote, date(2020, 7, 9))
    second = Article("second", later, date(2020, 9, 7))
    road = at(NORTHTOWN, name="Mill Road", place_id="atlas:mill_road", precision_m=300.0)
    july, august = days("2020-07-01", "2020-07-01", "2020-07-01"), days("2020-08-01", "2020-08-01", "2020-08-01")
    events = [
        event("laid", "siege_imposed", july, at(NORTHTOWN), quote, article=first),
        event("cut", "route_closed", july, road, quote, article=first),
        event("broken", "siege_broken", august, at(NORTHTOWN), later, article=second),
        event("opened", "route_opened", august, road, later, article=second),
    ]
    layers = built(events, [first, second], [MILL_ROAD])
    then = known_by(layers, date(2020, 7, 31))
    assert same(then, built(events[:2], [first], [MILL_ROAD]))
    assert same(known_by(layers, date(2020, 9, 7)), layers)
    assert as_of(then, date(2020, 8, 20))["routes"]["state"].tolist() == ["cut"]


def test_layers_of_an_earlier_version_go_by_the_day_of_the_event(told):
    layers, _ = told
    old = {**layers, "events": layers["events"].assign(reports=None)}
    assert len(known_by(old, date(2031, 3, 3))["events"]) == 0
    assert len(known_by(old, date(2031, 3, 4))["events"]) == 1


def test_what_has_no_day_of_publication_was_never_known():
    nameless = replace(ARTICLE, published=None)
    layers = build_layers(replace(RECORDS, articles=(nameless,)), GAZETTEER)
    assert {len(frame) for frame in known_by(layers, date(2030, 1, 1)).values()} == {0}
    assert len(EVENTS) == 8


def test_rows_of_the_seeds_are_known_from_their_first_day():
    told = RouteReport(
        route="mill_road",
        section=(),
        state="open",
        holder="red",
        first=date(2020, 6, 1),
        latest=date(2020, 6, 1),
        last=None,
        seen=date(2020, 9, 30),
        confidence=0.95,
        certainty="high",
        basis=Basis("seeds/route_states.csv", "seeds/route_states.csv", "a diary", 0, 7, line=2),
    )
    cut = replace(told, state="cut", holder="blue", first=date(2020, 8, 1), latest=date(2020, 8, 1))
    states = derive_states([], [], [MILL_ROAD], [told, cut])
    layers = build_layers(Records(routes=(MILL_ROAD,), states=states), GAZETTEER)
    then = known_by(layers, date(2020, 7, 1))["routes"]
    assert then[["state", "start", "end", "known"]].values.tolist() == [["open", "2020-06-01", None, None]]
    assert len(known_by(layers, date(2020, 5, 31))["routes"]) == 0
    assert same(known_by(layers, date(2021, 1, 1)), layers)
