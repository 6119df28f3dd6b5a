"""Reports read together: the others of a source tell where its bare names lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import open_gazetteer
from geo.model import Article
from geo.toponyms import explain_mentions, explain_together
from geo.toponyms.homes import LEAST_SUPPORT, find_homes
from geo.toponyms.together import AT_ONCE, source_of

LOCAL = (
    "The board of McMinn County met in Etowah, Tennessee, on Monday.",
    "A bridge near Riceville, Tennessee, was closed; the way to Cleveland, Tennessee, stays open.",
    "Firemen from Sweetwater, Tennessee, helped in Decatur, Tennessee.",
)
ABROAD = (
    "The court in Lima, Peru, heard two witnesses.",
    "Snow fell on Oslo, Norway.",
    "A ferry left Busan, South Korea, at noon.",
)
BARE = "The mayor of Athens spoke to the board."


def reports(texts, source="", url=""):
    return [Article(f"{source or url or 'none'}-{k}", text, source=source, url=url) for k, text in enumerate(texts)]


def where(articles, gazetteer):
    """Country and admin-1 of each place named Athens, by article."""
    return {
        article.id: mention.location.lon < 0
        for article, found in explain_together(articles, gazetteer)
        for mention, _ in found
        if mention.text == "Athens"
    }


CASES = [
    ("alone", reports([BARE], "Valley Courier"), False),
    ("among others of its source", reports([*LOCAL, BARE], "Valley Courier"), True),
    ("first of its source", reports([BARE, *LOCAL], "Valley Courier"), True),
    ("of one site", reports([*LOCAL, BARE], url="https://www.valley.example/news"), True),
    ("of a source that reports from all over", reports([*ABROAD, LOCAL[0], BARE], "Agency"), False),
    ("of another source", [*reports(LOCAL, "Valley Courier"), *reports([BARE], "Agency")], False),
    ("of no source", reports([*LOCAL, BARE]), False),
]


@pytest.mark.parametrize(("articles", "american"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_bare_name_means_what_its_paper_is_of(world, articles, american):
    assert list(where(articles, world).values()) == [american]


def test_a_theatre_says_it_better():
    greece = open_gazetteer(None, countries=["GR"])
    assert list(where(reports([*LOCAL, BARE], "Valley Courier"), greece).values()) == [False]


def test_a_told_country_says_it_better(world):
    told = [*LOCAL, "The mayor of Athens, Greece, spoke."]
    assert list(where(reports(told, "Valley Courier"), world).values()) == [False]


def test_why_it_won_is_told(world):
    *_, (_, found) = explain_together(reports([*LOCAL, BARE], "Valley Courier"), world)
    (mention,) = [mention for mention, _ in found if mention.text == "Athens"]
    assert "where other reports of its source are of" in mention.reason


def test_without_sources_nothing_waits(world):
    def endless():
        while True:
            yield Article("one", BARE)

    assert next(explain_together(endless(), world))[1] == explain_mentions(Article("one", BARE), world)


def test_of_a_stream_with_sources_so_many_are_held(world):
    taken = []

    def stream():
        for k in range(3 * AT_ONCE):
            taken.append(k)
            yield Article(str(k), "Nothing.", source="Valley Courier")

    next(explain_together(stream(), world))
    assert len(taken) == AT_ONCE


POINT = st.tuples(st.floats(-180, 180), st.floats(-85, 85), st.floats(0.03, 1))
REPORT = st.lists(POINT, max_size=5).map(lambda rows: np.array(rows, dtype=float).reshape(-1, 3))


@given(st.lists(REPORT, max_size=6))
def test_no_report_is_witness_for_itself(told):
    homes = find_homes(told)
    assert len(homes) == len(told)
    for k, home in enumerate(homes):
        assert home is None or (LEAST_SUPPORT <= home.support < 1 and any(len(o) for i, o in enumerate(told) if i != k))
        changed = [*told[:k], np.zeros((0, 3)), *told[k + 1 :]]
        alone = find_homes(changed)[k]
        if home and alone:
            assert alone.support == pytest.approx(home.support, abs=1e-5)


def test_sources_by_name_and_by_site():
    assert source_of(Article("a", "t", source="Valley Courier")) == source_of(
        Article("b", "t", source="valley courier")
    )
    assert source_of(Article("a", "t", url="https://www.valley.example/x")) == "valley.example"
    assert source_of(Article("a", "t")) == ""
