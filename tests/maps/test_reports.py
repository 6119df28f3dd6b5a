"""Several reports of one event on pages and pictures."""

from datetime import date

import pytest
from sample_records import GAZETTEER
from told_events import three_reports

from geo.events.across import merge_reports
from geo.layers import build_layers
from geo.maps.page import render_page
from geo.maps.payload import layer_features
from geo.maps.picture.day import details, features_of
from geo.maps.reports import report_cards, sources_words
from geo.maps.style import read_style
from geo.model import Records


@pytest.fixture(scope="module")
def layers():
    articles, events = three_reports()
    return build_layers(Records(articles=articles, events=events, incidents=merge_reports(events, articles)), GAZETTEER)


def test_each_report_keeps_its_claims(layers):
    (feature,) = layer_features("events", layers["events"])
    assert (feature["sources"], feature["contested"]) == (2, ["place", "toll", "modality"])
    assert [(r["source"], r["known"], r["told"]) for r in feature["reports"]] == [
        ("The Ledger", "2031-03-04", {"type": "airstrike", "time": "4 March 2031", "place": "Varrow, within 800 m",
                                      "actors": "by Estvarian jets", "toll": "15 killed"}),
        ("Daily Ox", "2031-03-05", {"type": "airstrike", "time": "4 March 2031", "place": "Lower Varrow, within 800 m",
                                    "actors": "by Estvarian jets", "toll": "23 killed"}),
        ("<b>League</b>", "2031-03-06", {"type": "airstrike", "time": "4 March 2031", "place": "Varrow, within 800 m",
                                         "actors": "by Estvarian jets"}),
    ]  # fmt: skip
    assert feature["figures"] == "15 to 23 killed"


@pytest.mark.parametrize("reports", [None, [], [{"source": "The Ledger"}], "no list"])
def test_one_report_needs_no_list(reports):
    assert report_cards({"reports": reports, "sources": 1}) == {}


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({}, ""),
        ({"sources": 1, "contested": []}, ""),
        ({"sources": 3, "contested": []}, "3 sources"),
        ({"sources": 3, "contested": ["toll"]}, "3 sources, contested"),
        ({"sources": 1, "contested": ["toll"]}, "contested"),
    ],
)
def test_how_many_sources(properties, words):
    assert sources_words(properties) == words


def test_a_page_without_scripts_lists_them_all_as_text(layers):
    articles, _ = three_reports()
    html = render_page(layers, title="Varrow", as_of=date(2031, 3, 4), articles=articles)
    plain = html[html.index('<div id="plain">') : html.index("</noscript>")]
    assert plain.count("<q>") == 3
    assert "contested: place, toll, modality" in plain
    assert "&lt;b&gt;League&lt;/b&gt;" in plain
    assert "<b>League" not in html


def test_the_list_of_a_picture_says_how_many_sources(layers):
    (told,) = features_of(layers, date(2031, 3, 4), read_style(sides={"estvaria"}))["events"]
    assert details(told, {}) == "4 March 2031 · within 800 m · 2 sources, contested"
