"""Corrections: written and read alike, applied where what they correct is as it was, told where it is not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from export_layers import LINE, export_layers
from hypothesis import given
from hypothesis import strategies as st
from sample_records import GAZETTEER, RECORDS

from geo.corrections import (
    Corrected,
    Correction,
    authors,
    correct_incidents,
    correct_layers,
    dump_corrections,
    read_corrections,
)
from geo.corrections.rows import same
from geo.errors import SeedError
from geo.events.across import merge_reports
from geo.layers import build_layers, validate_layers

LAYERS = export_layers()
MAY = date(2031, 5, 1)


def correction(action="change", layer="routes", feature="routes-closed", **given):
    told = {"was": {}, "now": {}, "rests_on": {"article": "week", "quote": f"It was so: {feature}."}, **given}
    return Correction(layer, action, feature, "A. Analyst", MAY, "after the survey", **told)


def applied(*corrections):
    return correct_layers(LAYERS, Corrected((), rest=corrections))


def found(frame, id):
    rows = [row for row in frame.to_dict("records") if row["id"] == id]
    return rows[0] if rows else None


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30).filter(lambda t: t.strip())


@given(TEXTS, TEXTS, st.dates(date(1990, 1, 1)), st.one_of(st.none(), TEXTS))
def test_what_is_written_reads_back(tmp_path_factory, who, why, when, holder):
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "corrections").mkdir()
    one = correction(
        was={"state": "cut", "geometry": LINE, "flags": []},
        now={
            "state": "open",
            "holder": holder,
            "flags": ["not secure", why],
            "geometry": shapely.LineString([(1.5, 2), (3, 4.25)]),
        },
    )
    one = replace(one, who=who, why=why, when=when)
    (folder / "corrections" / "x.toml").write_text(dump_corrections([one]), encoding="utf-8", newline="")
    (back,) = read_corrections(folder)
    assert (back.who, back.why, back.when, back.line) == (who, why, when, 3)
    for name in ("was", "now"):
        assert getattr(back, name).keys() == getattr(one, name).keys()
        assert all(same(value, getattr(back, name)[key]) for key, value in getattr(one, name).items())


BROKEN = [
    ('[[correction]]\nlayer = "rivers"', "corrections/x.toml:1: layer = 'rivers' is no layer."),
    ('[[correction]]\nlayer = "routes"\naction = "move"', "corrections/x.toml:1: action = 'move' is not known. Use one of change, delete, add."),
    ('[[correction]]\nlayer = "routes"\naction = "delete"\nwhen = "May"', "when = 'May' is no day. Write it bare, for example when = 2024-05-01."),
    ('[[correction]]\nlayer = "routes"\naction = "delete"\nwhen = 2031-05-01\nfeature = "x"\nwho = ""', "who is missing."),
    ('\n\n[[correction]]\nlayer = "routes"\naction = "change"\nwhen = 2031-05-01\nfeature = "x"\nwho = "A"\nwhy = "B"\n[correction.now]\ngeometry = "LINE"', "corrections/x.toml:3: a value cannot be read"),
    ("[[correction]", "corrections/x.toml: this is not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_file_says_where(text, message, tmp_path):
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "x.toml").write_text(text)
    with pytest.raises(SeedError) as error:
        read_corrections(tmp_path)
    assert message in str(error.value)


def test_a_change_is_made_and_marked():
    made, outcome = applied(
        correction(was={"state": "cut", "end": "2031-03-06"}, now={"state": "open", "end": "2031-03-08"})
    )
    row = found(made["routes"], "routes-closed")
    assert (row["state"], row["end"], row["edtf"]) == ("open", "2031-03-08", "2031-03-04/2031-03-08")
    assert row["corrected"] == {
        "who": "A. Analyst", "when": "2031-05-01", "why": "after the survey", "action": "change",
        "was": {"state": "cut", "end": "2031-03-06"},
    }  # fmt: skip
    assert (len(outcome.applied), outcome.conflicts) == (1, ())
    assert found(made["routes"], "routes-day")["corrected"] is None
    assert found(LAYERS["routes"], "routes-closed")["state"] == "cut"


def test_a_feature_is_deleted_and_another_added():
    one = correction("delete")
    two = correction(
        "add", feature="new", now={"geometry": LINE, "state": "closed", "name": "Wall road", "start": "2031-03-05"}
    )
    made, outcome = applied(one, two)
    assert len(outcome.applied) == 2
    assert found(made["routes"], "routes-closed") is None
    row = found(made["routes"], "new")
    assert (row["name"], row["edtf"], row["quote"], row["source"]) == (
        "Wall road",
        "2031-03-05/..",
        "after the survey",
        "A. Analyst",
    )
    validate_layers({"routes": made["routes"][made["routes"]["id"] == "new"]}, authors([two]))


def test_the_later_of_two_corrections_of_one_export_counts():
    first = correction(was={"state": "cut"}, now={"state": "open"})
    made, outcome = applied(first, correction(was={"state": "cut"}, now={"state": "closed"}))
    assert (found(made["routes"], "routes-closed")["state"], len(outcome.applied)) == ("closed", 2)


CONFLICTS = [
    (correction(was={"state": "open"}, now={"state": "closed"}), "state of the routes feature routes-closed is 'cut' now, and was 'open' when A. Analyst corrected it"),
    (correction(feature="gone", now={"state": "open"}), "the routes feature gone (It was so: gone.) is not built any more: its article has changed"),
    (correction("delete", feature="gone", rests_on={"article": "month", "name": "Old road"}), "the routes feature gone (Old road) is not built any more: nothing rests on its article any more"),
    (correction("add", feature="routes-day", now={"geometry": LINE, "state": "open"}), "the feature routes-day is there already"),
    (correction("change", was={"geometry": shapely.LineString([(0, 0), (1, 1)])}, now={"geometry": LINE.reverse()}), "geometry of the routes feature routes-closed is LINESTRING (44 33"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "what"), CONFLICTS)
def test_a_conflict_is_told_and_changes_nothing(one, what):
    made, outcome = applied(replace(one, path=Path("seeds/corrections/x.toml"), line=3))
    (conflict,) = outcome.conflicts
    assert conflict.what.startswith(what)
    assert conflict.message.startswith("seeds/corrections/x.toml:3: ")
    assert outcome.applied == ()
    assert set(made["routes"]["id"]) == set(LAYERS["routes"]["id"])
    assert found(made["routes"], "routes-closed")["state"] == "cut"


def test_what_changed_its_id_alone_is_followed():
    one = correction(
        feature="earlier-id",
        rests_on={"article": "week", "quote": "It was so: routes-day."},
        was={"state": "cut"},
        now={"state": "open"},
    )
    made, outcome = applied(one)
    assert outcome.conflicts == ()
    assert found(made["routes"], "routes-day")["state"] == "open"


def incidents():
    return merge_reports(RECORDS.events, (*RECORDS.reports, *RECORDS.articles))


def test_what_rests_on_an_event_follows_it():
    whole = incidents()
    layers = build_layers(replace(RECORDS, incidents=whole), GAZETTEER)
    row = next(
        r for r in layers["events"].to_dict("records") if r["id"] in set(layers["areas"]["event"]) and r["start"]
    )
    moved = shapely.Point(row["geometry"].x + 0.2, row["geometry"].y)
    one = Correction(
        "events",
        "change",
        row["id"],
        "A. Analyst",
        MAY,
        "seen",
        {"geometry": row["geometry"]},
        {"geometry": moved, "end": "2031-12-31"},
    )
    corrected = correct_incidents(whole, [one])
    made, outcome = correct_layers(build_layers(replace(RECORDS, incidents=corrected.incidents), GAZETTEER), corrected)
    after = found(made["events"], row["id"])
    assert same(after["geometry"], moved)
    assert (after["end"], after["corrected"]["who"]) == ("2031-12-31", "A. Analyst")
    assert after["reports"] == row["reports"]
    areas = made["areas"][made["areas"]["event"] == row["id"]]
    assert not areas.equals(layers["areas"][layers["areas"]["event"] == row["id"]])
    assert len(outcome.applied) == 1

    gone = correct_incidents(whole, [replace(one, action="delete", now={})])
    made, _ = correct_layers(build_layers(replace(RECORDS, incidents=gone.incidents), GAZETTEER), gone)
    assert found(made["events"], row["id"]) is None
    assert row["id"] not in set(made["areas"]["event"])
