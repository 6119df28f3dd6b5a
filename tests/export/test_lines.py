"""The JSON lines of ``sitmap places`` and ``sitmap events``, whole."""

from dataclasses import replace

from sample_records import EASTHAM, EVENTS, NORTHTOWN, SOUTHWEST, at, mention
from told_events import three_reports

from geo.events.across import merge_reports
from geo.export.lines import EVENT_COLUMNS, PLACE_COLUMNS, event_line, incident_line, mention_line


def test_a_resolved_mention():
    assert mention_line(mention(NORTHTOWN, 1, "Northtown")) == {
        "doc": "valley", "start": 22, "end": 31, "text": "Northtown", "name": "Northtown", "kind": "town",
        "id": "atlas:northtown", "lon": 10.1, "lat": 50.1, "precision_m": 1500.0, "confidence": 0.9,
        "reason": "only one of that name",
    }  # fmt: skip


def test_a_mention_that_is_not_resolved_keeps_its_line():
    line = mention_line(mention(None, 1, "Talks"))
    assert {key: line[key] for key in ("name", "kind", "id", "lon", "lat", "precision_m")} == dict.fromkeys(
        ("name", "kind", "id", "lon", "lat", "precision_m")
    )
    assert line["reason"] == "only one of that name"


def test_a_mention_inside_a_region():
    region = at(NORTHTOWN, name="southwest of Northtown", lon=10.04, lat=50.04, rule="up to 6 km", geometry=SOUTHWEST)
    line = mention_line(replace(mention(NORTHTOWN, 2, "Northtown"), region=region, region_start=5, region_end=31))
    assert line["lon"] == 10.1
    assert line["region"] == {
        "start": 5, "end": 31, "name": "southwest of Northtown", "lon": 10.04, "lat": 50.04, "precision_m": 1500.0,
        "rule": "up to 6 km",
    }  # fmt: skip


def test_an_event_in_a_region():
    line = event_line(EVENTS[3])
    assert tuple(line) == EVENT_COLUMNS
    assert line == {
        "doc": "valley", "id": "e4", "type": "shelling", "when": "2020-09-06", "start": "2020-09-06", "end": "2020-09-06",
        "place": "southwest of Northtown", "place_id": "atlas:northtown", "lon": 10.04, "lat": 50.04, "precision_m": 4000.0,
        "geometry": {"type": "Polygon", "coordinates": (((10.08, 50.0), (10.08, 50.08), (10.0, 50.08), (10.0, 50.0), (10.08, 50.0)),)},
        "actors": [], "modality": "happened", "attribution": None,
        "quote": "Shells fell southwest of Northtown on Sunday, killing at least 12 people.",
        "quote_start": 115, "quote_end": 188,
        "figures": {"killed": 12, "killed_max": None, "words": "at least 12 people"}, "confidence": 0.8, "subtype": "", "flags": [],
    }  # fmt: skip


def test_an_event_without_place_and_time():
    line = event_line(replace(EVENTS[7], when=None))
    unknown = ("when", "start", "end", "place", "place_id", "lon", "lat", "precision_m", "geometry", "attribution")
    assert {key: line[key] for key in unknown} == dict.fromkeys(unknown)


def test_every_line_has_the_same_members_in_the_same_order():
    assert tuple(mention_line(mention(EASTHAM, 1, "Eastham"))) == PLACE_COLUMNS[:-1]
    assert all(tuple(event_line(event)) == EVENT_COLUMNS for event in EVENTS)


def test_a_merged_event_has_the_leading_line_and_all_reports():
    articles, events = three_reports()
    (incident,) = merge_reports(events, articles)
    line = incident_line(incident)
    assert [key for key in line if key not in event_line(incident.event)] == [
        "known",
        "sources",
        "contested",
        "reports",
    ]
    assert (line["doc"], line["known"], line["sources"]) == ("ledger", "2031-03-04", 2)
    assert line["contested"] == ["place", "toll", "modality"]
    assert line["figures"] == {"killed": 15, "killed_max": 23, "words": "Fifteen; At least 23"}
    assert [(r["article"], r["source"]) for r in line["reports"]] == [
        ("ledger", "The Ledger"),
        ("ox", "Daily Ox"),
        ("league", "<b>League</b>"),
    ]
