"""Events to ACLED's columns and back: nothing is lost, and what somebody changes in the table counts."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from exchange_files import ACLED, acled, empty_atlas, ucdp
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.events import read_actors
from geo.events.taxonomy import event_types
from geo.exchange.acled import columns
from geo.exchange.acled_write import Writer
from geo.exchange.divisions import Divisions
from geo.exchange.export import export_acled
from geo.exchange.features import lines_of
from geo.exchange.line import tidy_line
from geo.exchange.run import Options, import_events
from geo.exchange.store import list_datasets, read_lines
from geo.gazetteer import open_gazetteer
from geo.layers import build_layers, unplaced_events
from geo.layers.geojson import to_geojson
from geo.model import MODALITIES
from geo.pipeline import read
from geo.settings import read_atlas

ROOT = Path(__file__).parents[2]
WRITER = Writer(Divisions())


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def there_and_back(lines, folder, *, change=None):
    """Export lines, change the table, import it; gives the table's rows and the lines by id."""
    content = export_acled(lines, WRITER, all_modalities=True).content
    rows = rows_of(content)
    if change:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns())
        writer.writeheader()
        writer.writerows({**row, **change} for row in rows)
        content = text.getvalue().encode("utf-8")
    (folder / "x.csv").write_bytes(content)
    atlas = empty_atlas(folder / "other")
    result = import_events([folder / "x.csv"], atlas, options=Options(name="x"))
    assert result.counts.bad == 0, result.counts.told
    return rows, {line["id"]: line for _, line in read_lines(list_datasets(atlas)[0])}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "=1+1",
        "'=1",
        " =1",
        "a; b",
        'a "quoted" word',
        "two\r\nlines",
        "one\nmore",
        "type=a; sitmap={}",
        "\t",
        "«ش»",
        "a,b",
    ]
)
WORDS = TEXTS.filter(bool)
DAYS = st.dates(date(1000, 1, 1), date(9000, 1, 1))


@st.composite
def times(draw):
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.sampled_from([0, 1, 6, 30, 400])))
    start, end = draw(st.sampled_from([(first, last), (first, None), (None, last), (None, None)]))
    told = {"start": start and start.isoformat(), "end": end and end.isoformat()}
    edtf = f"{start or '..'}/{end or '..'}" if start != end else start and start.isoformat()
    return {**told, "edtf": edtf, "when": draw(TEXTS)} if start or end else {}


@st.composite
def figures(draw):
    table = {}
    for kind in draw(st.lists(st.sampled_from(["killed", "injured", "civilians_killed"]), unique=True)):
        table[kind] = draw(st.integers(0, 90))
        for end in draw(st.lists(st.sampled_from(["_min", "_max"]), unique=True)):
            table[kind + end] = draw(st.integers(0, 99) | st.none())
    return {**table, "words": draw(TEXTS)} if table else {}


SQUARE = {"type": "Polygon", "coordinates": [[[37.0, 36.0], [37.5, 36.0], [37.5, 36.5], [37.0, 36.0]]]}
PLACES = st.fixed_dictionaries(
    {"lon": st.floats(-180, 180).filter(bool), "lat": st.floats(-90, 90).filter(bool), "precision_m": st.floats(0, 2e6), "place": TEXTS},
    optional={
        "place_id": WORDS, "rule": TEXTS, "geometry": st.just(SQUARE),
        "origin": st.just({"place": "Mill", "lon": 37.0, "lat": 36.0, "precision_m": 500.0}),
    },
)  # fmt: skip
ACTORS = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["initiator", "target"]), "name": WORDS, "side": st.sampled_from(["", "red"])}
    ),
    max_size=4,
)


@st.composite
def event_lines(draw):
    """A line as the layers may hold it, however odd its texts."""
    told = draw(st.fixed_dictionaries({
        "id": WORDS, "article": WORDS | st.just("acled:SYR1") | st.just("ucdp:7"), "type": st.sampled_from(list(event_types())),
        "modality": st.sampled_from(MODALITIES), "confidence": st.floats(0, 1), "quote": TEXTS, "source": TEXTS, "actors": ACTORS,
        "attribution": TEXTS, "flags": st.lists(TEXTS, max_size=2), "figures": figures(),
        "known": st.none() | DAYS.map(str), "row": st.dictionaries(WORDS | st.sampled_from(["country", "tags", "disorder_type", "iso"]), WORDS, max_size=3),
    }))  # fmt: skip
    quote = {"quote_start": 4, "quote_end": 4 + len(told["quote"])} if draw(st.booleans()) and told["quote"] else {}
    return tidy_line({**told, **draw(times()), **draw(PLACES | st.just({})), **quote})


@settings(max_examples=60, deadline=None)
@given(line=event_lines())
def test_any_event_comes_back(tmp_path_factory, line):
    rows, back = there_and_back([line], tmp_path_factory.mktemp("x"))
    assert list(rows[0]) == list(columns())
    assert back == {line["id"]: line}


@pytest.fixture(scope="module")
def own():
    """The atlas of this repository: records, layers, and its gazetteer."""
    atlas = read_atlas(ROOT)
    gazetteer = open_gazetteer(atlas)
    records = read(atlas).records
    return atlas, gazetteer, build_layers(records, gazetteer), unplaced_events(records)


def exported(own, **options):
    atlas, gazetteer, layers, unplaced = own
    writer = Writer(Divisions(gazetteer), read_actors(atlas.seeds / "actors.toml"))
    return export_acled(lines_of(layers, unplaced, gazetteer=gazetteer), writer, **options)


def test_the_seeds_of_this_repository_open_again_without_loss(own, tmp_path):
    _, gazetteer, layers, unplaced = own
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("articles"))
    (tmp_path / "seeds.csv").write_bytes(exported(own, all_modalities=True).content)
    atlas = read_atlas(tmp_path)
    result = import_events([tmp_path / "seeds.csv"], atlas, options=Options(gazetteer=gazetteer))
    assert (result.events, result.counts.bad) == (len(layers["events"]) + len(unplaced), 0)
    records = read(atlas).records
    again = build_layers(records, gazetteer)
    for name in ("events", "areas", "routes", "flows"):
        assert to_geojson(again[name]) == to_geojson(layers[name]), name
    assert unplaced_events(records) == unplaced


def test_what_the_seeds_say_in_the_columns_of_acled(own):
    rows = rows_of(exported(own).content)
    told = {row["location"]: row for row in rows}
    assert {row["country"] for row in rows} >= {"Syria", "Iran"}
    castello = told["Castello Road"]
    assert (castello["iso"], castello["region"], castello["admin1"]) == ("760", "Middle East", "Aleppo Governorate")
    assert all("modality=planned" not in row["tags"] and "modality=proposed" not in row["tags"] for row in rows)
    undated = [row for row in rows if not row["event_date"]]
    assert undated
    assert all(row["time_precision"] == row["year"] == "" for row in undated)


def test_what_nobody_says_happened_is_left_out_and_counted(own):
    done, everything = exported(own), exported(own, all_modalities=True)
    assert sum(done.unreal.values()) == everything.events - done.events > 0
    assert set(done.unreal) <= {"planned", "proposed", "threatened", "denied"}


def test_rows_of_ucdp_come_back(take, tmp_path):
    _, lines = take(
        ucdp(
            {},
            {"type_of_violence": "3", "side_b": "Civilians"},
            {"date_prec": "4", "date_end": "2016-09-20"},
            {"where_prec": "6"},
        )
    )
    rows, back = there_and_back(lines, tmp_path)
    assert back == {line["id"]: line for line in lines}
    assert (rows[0]["country"], rows[0]["admin1"], rows[0]["admin2"]) == (
        "Syria",
        "Aleppo Governorate",
        "Jabal Saman district",
    )
    assert [row["time_precision"] for row in rows] == ["1", "1", "1", "3"]
    assert rows[0]["fatalities"] == "4"


def test_a_row_of_acled_comes_back_as_it_was(take, tmp_path):
    rows, _ = there_and_back(take(acled())[1], tmp_path)
    assert rows == [ACLED]


CHANGES = [
    ({"fatalities": "7"}, {"figures": {"killed": 7, "words": "fatalities 7"}}),
    ({"event_date": "2016-08-29"}, {"start": "2016-08-29", "end": "2016-08-29", "edtf": "2016-08-29"}),
    ({"location": "Tall Nowhere"}, {"place": "Tall Nowhere"}),
    ({"latitude": "36.5"}, {"lat": 36.5}),
    ({"notes": "Mended."}, {"quote": "Mended."}),
    ({"source": "Mill Post"}, {"source": "Mill Post"}),
    ({"actor2": "Blue Front"}, {"actors": [{"role": "initiator", "name": "Government of Syria", "side": ""}, {"role": "target", "name": "Blue Front", "side": ""}]}),
    ({"event_type": "Explosions/Remote violence", "sub_event_type": "Grenade"}, {"type": "bombing", "subtype": "grenade"}),
    ({"event_date": "27 August 2016", "latitude": "36.25260", "geo_precision": "1.0"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_a_cell_that_somebody_changes_counts(take, tmp_path, change, told):
    _, [line] = take(ucdp())
    _, back = there_and_back([line], tmp_path, change=change)
    found = back[line["id"]]
    assert {key: found.get(key) for key in told} == told
    if not told:  # a table program wrote the same otherwise
        assert found == line
    assert (found["article"], found["row"]) == (line["article"], line["row"])


def test_an_event_of_several_reports_is_a_line_for_each(tmp_path):
    common = {"type": "clash", "modality": "happened", "start": "2016-08-27", "end": "2016-08-27", "edtf": "2016-08-27", "lon": 37.0, "lat": 36.0,
              "precision_m": 1000.0, "place": "Mill", "confidence": 0.8}  # fmt: skip
    one = tidy_line({**common, "id": "a", "article": "monday", "source": "Valley Wire", "quote": "They fought."})
    two = tidy_line({**common, "id": "b", "article": "tuesday", "source": "Mill Post", "quote": "Shots were heard."})
    rows, back = there_and_back([{**one, "confidence": 0.9, "row": {"x": "1"}, "reports": [one, two]}], tmp_path)
    assert len(rows) == 1
    assert back == {"a": {**one, "row": {"x": "1"}}, "b": two}


def test_no_cell_runs(own, tmp_path):
    line = tidy_line({"id": "a", "article": "a", "type": "clash", "modality": "happened", "place": "=HYPERLINK(1)", "quote": "+1", "source": "@x",
                      "actors": [{"role": "initiator", "name": "-Red", "side": ""}], "row": {"tags": "=1"}})  # fmt: skip
    for row in [*rows_of(export_acled([line], WRITER).content), *rows_of(exported(own).content)]:
        assert not [
            cell
            for cell in row.values()
            if cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and not cell[1:2].isdigit())
        ]


def test_a_timestamp_is_of_the_report_and_not_of_the_export(own):
    assert exported(own).content == exported(own).content
    rows = [row for row in rows_of(exported(own).content) if "2016-09-05" in row["tags"]]
    assert {row["timestamp"] for row in rows} == {"1473033600"}
