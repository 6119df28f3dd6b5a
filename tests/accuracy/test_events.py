"""Events of real articles that were coded by hand, by the bench that writes the tables of docs/events.md."""

import sys

import pytest
from accuracy.swap import ROOT

from geo.events import read_actors

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import events as bench  # the bench is a script

BOOK = read_actors(ROOT / "seeds" / "actors.toml")


@pytest.fixture(scope="module")
def gazetteer(corpora, tmp_path_factory):
    return bench.atlas_of_ucdp(corpora, tmp_path_factory.mktemp("ucdp") / "atlas")


def test_development_gold(corpora, scorers, gazetteer):
    folder = corpora / "eval" / "corpora"
    docs = bench.rows(folder / "events_dev_docs.jsonl")
    told = bench.read(docs, gazetteer, BOOK)
    score = scorers["score_events"].score(bench.rows(folder / "events_dev.jsonl"), told, docs)
    assert score["strict"]["f1"] >= 0.55, score["missed"]
    assert score["type_place"]["f1"] >= 0.58
    assert score["type"]["f1"] >= 0.75
    assert score["modality_accuracy"] >= 0.85
    assert score["actor_accuracy"] >= 0.70
    assert score["quote_in_text"] == score["quote_offsets_right"] == 1.0


# kind: strict F1 of the part that nobody looks at while rules are written
@pytest.mark.parametrize(("kind", "least"), [("reports", 0.46), ("snippets", 0.66)])
def test_what_was_coded_here_and_kept_apart(kind, least, corpora, scorers, gazetteer):
    docs, gold = bench.coded(corpora, kind, "held")
    score = scorers["score_events"].score(gold, bench.read(docs, gazetteer, BOOK), docs)
    assert score["strict"]["f1"] >= least


def test_types_of_snippets(corpora, scorers, gazetteer):
    snippets = bench.rows(corpora / "eval" / "corpora" / "snippets_dev.jsonl")
    share, count, _ = scorers["score_types"].accuracy(snippets, bench.read(snippets, gazetteer, BOOK))
    assert count > 300
    assert share >= 0.87
