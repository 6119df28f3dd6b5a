"""Imported events in a build: layers, sides, credits, and what stands in articles too."""

import csv
import gzip
import json
from datetime import date

import pytest
from exchange_files import acled, empty_atlas, ucdp

from geo.errors import SeedError
from geo.events.actors import ActorBook, KnownActor, read_actors
from geo.exchange.filters import Filter
from geo.exchange.records import credited, read_imported
from geo.exchange.run import Options, import_events
from geo.exchange.sides import side_of
from geo.layers import read_layers
from geo.model import Article
from geo.pipeline import build
from geo.verify import verify

ACTORS = """\
[[side]]
id = "state"
government = true
[[side]]
id = "front"
[[actor]]
name = "Government"
side = "state"
aliases = ["Government of Syria", "government", "Turkey"]
[[actor]]
name = "Red Front"
side = "front"
aliases = ["RF"]
"""
SIDES = [
    ("Red Front", "front"),
    ("RED FRONT", "front"),
    ("RF", "front"),
    ("rf", ""),
    ("Red Front (Valley Command)", "front"),
    ("Government of Syria", "state"),
    ("Government of Iraq", ""),
    ("Government of Turkey", "state"),
    ("Military Forces of Turkey (2016-)", "state"),
    ("Fighters of Red Front", ""),
    ("Civilians", ""),
]


@pytest.fixture
def book(tmp_path):
    (tmp_path / "actors.toml").write_text(ACTORS, encoding="utf-8")
    return read_actors(tmp_path / "actors.toml")


@pytest.mark.parametrize(("name", "side"), SIDES)
def test_sides_by_whole_names(book, name, side):
    assert side_of(name, book) == side


@pytest.mark.parametrize("folder", ["", "articles"], ids=["no folder of articles", "an empty one"])
def test_a_build_of_imported_events_alone(take, atlas, folder):
    (atlas.seeds / folder).mkdir(exist_ok=True)
    (atlas.seeds / "actors.toml").write_text(ACTORS, encoding="utf-8")
    take(ucdp({}, {"where_prec": "4", "where_coordinates": "Aleppo Governorate"}, {"latitude": "", "longitude": ""}))
    built = build(atlas)
    assert (built.articles, built.features["events"], built.features["areas"], built.unplaced) == (0, 2, 2, 1)
    assert "seeds/events/data.jsonl" in json.loads((atlas.layers / "manifest.json").read_text())["inputs"]
    layer = read_layers(atlas.root)["events"].to_dict("records")
    village = next(row for row in layer if row["place"] == "Kafr Hamra village")
    told = (
        "type",
        "start",
        "end",
        "known",
        "source",
        "article",
        "quote",
        "quote_start",
        "quote_end",
        "precision_m",
        "acled_sub_event_type",
    )
    assert [village[key] for key in told] == [
        "clash", "2016-08-27", "2016-08-27", "2016-08-28", "Valley Wire", "ucdp:101", "Guns heard about Kafr Hamra", None, None, 1000.0, "Armed clash",
    ]  # fmt: skip
    assert village["actors"] == [
        {"role": "initiator", "name": "Government of Syria", "side": "state"},
        {"role": "target", "name": "Red Front", "side": "front"},
    ]
    assert village["figures"] == {"killed": 4, "killed_min": 2, "killed_max": 9, "words": "best 4, low 2, high 9"}
    assert village["row"]["conflict_name"] == "Valley: Government"
    page = (atlas.maps / "index.html").read_text(encoding="utf-8")
    assert "Uppsala Conflict Data Program" in page
    assert (atlas.maps / "2016-08-27.png").is_file()
    checked = verify(atlas, progress=lambda *_: None)
    assert (checked.different, checked.errors) == ((), ())


def test_credits_name_title_licence_and_publisher(take, atlas):
    take(acled())
    take(ucdp(), name="ged")
    assert [(a.id, a.title, a.source, a.text) for a in credited(atlas)] == [
        ("data", "ACLED (ACLED terms of use: no redistribution)", "Armed Conflict Location & Event Data Project (ACLED), acleddata.com", ""),
        ("ged", "UCDP Georeferenced Event Dataset (CC BY 4.0)", "Uppsala Conflict Data Program", ""),
    ]  # fmt: skip


def test_an_event_that_stands_already_is_left_out(take, atlas):
    take(ucdp({}, {}), name="a")
    take(ucdp({}, {}, {}), name="b")
    events, reports = read_imported(atlas, (), ())
    assert len(events) == len({event.id for event in events}) == len(reports) == 3
    again, _ = read_imported(atlas, (), events)
    assert again == ()


@pytest.mark.parametrize(
    ("text", "article"),
    [("Shots. They fought at the mill.", "monday"), ("They fought at the mill.", "data:monday"), (None, "monday")],
)
def test_an_event_rests_on_an_article_of_the_atlas_where_its_words_stand_there(atlas, text, article):
    line = {
        "id": "a",
        "article": "monday",
        "type": "clash",
        "quote": "They fought",
        "quote_start": 7,
        "quote_end": 18,
        "known": "2016-08-29",
    }
    folder = atlas.seeds / "events"
    folder.mkdir()
    (folder / "data.jsonl").write_text('{"dataset":"data"}\n' + json.dumps(line) + "\n", encoding="utf-8")
    articles = [] if text is None else [Article("monday", text, date(2016, 8, 29))]
    [event], reports = read_imported(atlas, articles, ())
    assert event.article == article
    assert [report.id for report in reports] == ([] if article == "monday" and articles else [article])


GOOD = {"id": "a", "article": "x:1", "type": "clash"}
WRONG = [
    ("{", "the line is no JSON: "),
    ("[1]", "the line is no JSON object. Import the data again."),
    (json.dumps({**GOOD, "type": "clashes"}), "'clashes' is no type of event. Use one of airstrike"),
    (json.dumps({**GOOD, "modality": "so"}), "'so' is no modality. Use one of happened"),
    (json.dumps({"id": "a", "type": "clash"}), "there is no 'article'. Import the data again, or mend the line."),
    (
        json.dumps({**GOOD, "lon": 200, "lat": 1, "place": "Mill"}),
        "lon 200, lat 1 is not on the Earth. Write lon -180 to 180, lat -90 to 90.",
    ),
    (
        json.dumps({**GOOD, "edtf": "2016", "start": "soon"}),
        "the line cannot be read: Invalid isoformat string: 'soon'.",
    ),
    (json.dumps({**GOOD, "actors": ["Red"]}), "the line cannot be read: "),
    (json.dumps({**GOOD, "row": 7}), "the line cannot be read: "),
    (json.dumps({**GOOD, "lon": 1, "lat": 1, "geometry": {"type": "Ring"}}), "the line cannot be read: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_line_that_is_wrong_is_named(atlas, text, message):
    folder = atlas.seeds / "events"
    folder.mkdir()
    (folder / "data.jsonl").write_text(f'{{"dataset":"data"}}\n{json.dumps(GOOD)}\n{text}\n', encoding="utf-8")
    with pytest.raises(SeedError) as told:
        read_imported(atlas, (), ())
    assert told.value.message.startswith(f"{folder / 'data.jsonl'}:3: {message}")


def test_a_file_that_is_none_of_ours(atlas):
    folder = atlas.seeds / "events"
    folder.mkdir()
    (folder / "notes.jsonl").write_text('{"id":"a"}\n', encoding="utf-8")
    with pytest.raises(SeedError, match=r"notes\.jsonl:1: this is no file of imported events\."):
        read_imported(atlas, (), ())


def test_an_atlas_without_imports(tmp_path):
    assert read_imported(empty_atlas(tmp_path), (), ()) == ((), ())


def test_real_rows_of_aleppo_come_to_layers_and_maps(ged, tmp_path):
    with gzip.open(ged, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["adm_1"] == "Aleppo Governorate"]
    july = [row for row in rows if row["date_start"] <= "2016-07-31" and row["date_end"] >= "2016-07-01"]
    wanted = Filter(since=date(2016, 7, 1), until=date(2016, 7, 31), admin1=("Aleppo",))
    atlas = empty_atlas(tmp_path)
    import_events([ged], atlas, options=Options(wanted=wanted))
    built = build(atlas)
    assert built.features["events"] == len(july) > 200
    assert date(2016, 7, 10) in built.dates
    layer = read_layers(atlas.root)["events"]
    assert sorted(layer["article"]) == sorted(f"ucdp:{row['id'].removesuffix('.0')}" for row in july)
    killed = sum(figures.get("killed", 0) for figures in layer["figures"])
    assert killed == sum(round(float(row["best"])) for row in july)


def test_an_empty_book_knows_nobody():
    assert side_of("Red Front", ActorBook()) == ""
    assert side_of("Red Front", ActorBook(aliases={"red front": KnownActor("Red Front", "x", "other")})) == "x"
