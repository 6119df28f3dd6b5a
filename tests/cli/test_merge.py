"""``sitmap events --merge``: what several articles tell of one event, on one line."""

import json

import pytest
from click.testing import CliRunner
from sample_records import GAZETTEER
from told_events import three_reports

from geo.cli import main
from geo.events.across import merge_reports
from geo.layers import build_layers, write_layers
from geo.model import Records

REPORTS = (
    {"id": "b", "date": "2024-03-12", "source": "Second Post", "text": "A car bomb killed 14 people on a quay in Reykjavik on Sunday."},
    {"id": "a", "date": "2024-03-11", "source": "First Post", "text": "A car bomb on a quay in Reykjavik killed 12 people on Sunday."},
    {"id": "c", "date": "2024-03-11", "source": "Third Post", "text": "Police detained 12 protesters in Akureyri on Sunday."},
)  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, list(args), prog_name="sitmap")


@pytest.mark.parametrize("turned", [False, True])
def test_one_line_an_event_whatever_the_order(run, tmp_path, turned):
    (tmp_path / "reports.jsonl").write_text("\n".join(json.dumps(r) for r in (REPORTS[::-1] if turned else REPORTS)))
    found = [json.loads(line) for line in run("events", "--jsonl", "reports.jsonl", "--merge").stdout.splitlines()]
    assert [(e["type"], e["place"], e["sources"], e["contested"], e["known"]) for e in found] == [
        ("bombing", "Reykjavik", 2, ["toll"], "2024-03-11"),
        ("detention", "Akureyri", 1, [], "2024-03-11"),
    ]
    assert [(r["article"], r["source"], r["figures"]["killed"]) for r in found[0]["reports"]] == [
        ("a", "First Post", 12),
        ("b", "Second Post", 14),
    ]
    for event in found:
        for report in event["reports"]:
            text = next(r["text"] for r in REPORTS if r["id"] == report["article"])
            assert text[report["quote_start"] : report["quote_end"]] == report["quote"]


def test_without_the_option_each_article_has_its_own(run, tmp_path):
    (tmp_path / "reports.jsonl").write_text("\n".join(map(json.dumps, REPORTS)))
    found = [json.loads(line) for line in run("events", "--jsonl", "reports.jsonl").stdout.splitlines()]
    assert [event["doc"] for event in found] == ["b", "a", "c"]
    assert not any("reports" in event for event in found)


def test_no_event_is_told(run, tmp_path):
    (tmp_path / "calm.txt").write_text("It rained.")
    done = run("events", "calm.txt", "--merge")
    assert (done.stdout, done.exit_code) == ("", 0)
    assert "0 events in 1 article." in done.stderr


def test_export_of_what_was_known_by_a_day(run, tmp_path):
    articles, events = three_reports()
    records = Records(articles=articles, events=events, incidents=merge_reports(events, articles))
    write_layers(build_layers(records, GAZETTEER), tmp_path / "layers", articles=articles)
    done = run("export", "--out", "share", "--layers", "layers", "--known-by", "2031-03-05", "--only", "events")
    assert done.exit_code == 0, done.output
    (feature,) = json.loads((tmp_path / "share/events.geojson").read_text())["features"]
    assert [r["article"] for r in feature["properties"]["reports"]] == ["ledger", "ox"]
    assert feature["properties"]["contested"] == ["place", "toll"]
    refused = run("export", "--to", "acled", "--out", "x.csv", "--layers", "layers", "--known-by", "2031-03-05")
    assert (refused.exit_code, "--known-by is not for --to acled." in refused.output) == (2, True)
