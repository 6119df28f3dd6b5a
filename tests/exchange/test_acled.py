"""Rows of ACLED: exports of today and of years ago."""

import pytest
from exchange_files import ACLED, OLD_ACLED, acled

TIMES = [
    ("1", "2016-08-27", ("2016-08-27", "2016-08-27", "2016-08-27")),
    ("2", "2016-08-27", ("2016-08-24", "2016-08-30", "2016-08-24~/2016-08-30~")),
    ("3", "2016-02-15", ("2016-02-01", "2016-02-29", "2016-02")),
    ("3", "2016-12-31", ("2016-12-01", "2016-12-31", "2016-12")),
    ("", "27 August 2016", ("2016-08-27", "2016-08-27", "2016-08-27")),
    ("1", "", (None, None, None)),
]
PLACES = [
    ("1", "Kafr Hamra", 1000.0, "at the place named"),
    ("2", "Kafr Hamra", 15000.0, "in the part of a region about the place named"),
    ("3.0", "Aleppo", 60000.0, "somewhere in the region of which the place named is the chief one"),
    ("1", "Aleppo - Mill Quarter", 900.0, "at the place named"),
]
TYPES = [
    ("Battles", "Armed clash", ("clash", None)),
    ("Battles", "Government regains territory", ("capture", None)),
    ("Explosions/Remote violence", "Suicide bomb", ("bombing", "suicide_bombing")),
    ("Strategic developments", "Non-violent transfer of territory", ("withdrawal", None)),
    ("Protests", "Peaceful protest", ("protest", None)),
    ("Battle-No change of territory", "", ("clash", None)),
    ("Something new", "Quite new", ("other", None)),
]


def test_a_row_whole(take):
    _, lines = take(acled())
    kept = ("time_precision", "disorder_type", "event_type", "sub_event_type", "inter1", "inter2", "interaction", "civilian_targeting", "iso",
            "region", "country", "admin1", "admin2", "admin3", "geo_precision", "source_scale", "tags", "timestamp")  # fmt: skip
    assert lines == [
        {
            "id": lines[0]["id"],
            "type": "airstrike",
            "start": "2016-08-27",
            "end": "2016-08-27",
            "edtf": "2016-08-27",
            "place": "Kafr Hamra",
            "lon": 37.0791,
            "lat": 36.2526,
            "precision_m": 1000.0,
            "rule": "ACLED: at the place named",
            "actors": [
                {"role": "initiator", "name": "Military Forces of Syria (2000-2024)", "side": ""},
                {"role": "initiator", "name": "Military Forces of Russia", "side": ""},
                {"role": "target", "name": "Civilians (Syria)", "side": ""},
                {"role": "target", "name": "Valley Relief", "side": ""},
                {"role": "target", "name": "Mill Choir", "side": ""},
            ],
            "modality": "happened",
            "figures": {"killed": 3, "words": "fatalities 3"},
            "quote": "On 27 August, a jet struck the bakery of Kafr Hamra. 3 people died.",
            "known": "2016-08-29",
            "source": "Valley Wire; Mill Post",
            "article": "acled:SYR9001",
            "confidence": 1.0,
            "row": {column: ACLED[column] for column in kept},
        }
    ]


@pytest.mark.parametrize(("code", "told", "time"), TIMES)
def test_time_precision(take, code, told, time):
    line = take(acled({"time_precision": code, "event_date": told}))[1][0]
    assert tuple(line.get(key) for key in ("start", "end", "edtf")) == time


@pytest.mark.parametrize(("code", "place", "metres", "what"), PLACES)
def test_geo_precision(take, code, place, metres, what):
    line = take(acled({"geo_precision": code, "location": place}))[1][0]
    assert (line["precision_m"], line["rule"]) == (metres, f"ACLED: {what}")


@pytest.mark.parametrize(("event", "sub_event", "told"), TYPES)
def test_sub_event_types_are_ours(take, event, sub_event, told):
    line = take(acled({"event_type": event, "sub_event_type": sub_event}))[1][0]
    assert (line["type"], line.get("subtype")) == told


def test_no_fatalities_reported_is_no_figure(take):
    assert "figures" not in take(acled({"fatalities": "0"}))[1][0]


def test_an_export_of_years_ago(take):
    _, lines = take(OLD_ACLED)
    by_id = {line["article"]: line for line in lines}
    hill, fought = by_id["acled:SYR77"], by_id["acled:SYR78"]
    assert (hill["type"], hill["edtf"], hill["precision_m"]) == ("capture", "2020-05-06~/2020-05-12~", 15000.0)
    assert hill["row"]["inter1"] == "2"
    assert hill["row"]["iso3"] == "SYR"
    assert (hill["row"]["data_id"], hill["row"]["event_id_no_cnty"]) == ("7001", "77")
    assert (fought["type"], fought["edtf"], fought["figures"]["killed"]) == ("clash", "2020-05", 12)
    assert hill["known"] == "2020-05-13"


WRONG = [
    ({"event_id_cnty": ""}, "column 'event_id_cnty': the cell is empty. Give the row its event_id_cnty."),
    ({"time_precision": "7"}, "column 'time_precision': '7' is no code of precision. Write 1, 2 or 3."),
    ({"geo_precision": "0"}, "column 'geo_precision': '0' is no code of precision. Write one of 1, 2, 3."),
    (
        {"timestamp": "99999999999999999999"},
        "column 'timestamp': '99999999999999999999' is no time. Write seconds since 1970, or leave the cell empty.",
    ),
    (
        {"event_type": "", "sub_event_type": ""},
        "column 'sub_event_type': the cell is empty. Write the sub-event type of the ACLED codebook.",
    ),
]


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_a_bad_row_is_told_and_left_out(take, tmp_path, change, message):
    result, lines = take(acled({}, change))
    assert len(lines) == 1
    assert result.counts.told == [f"{tmp_path / 'data.csv'}:3: {message}"]
