"""The same event in several articles: what is joined, what is contested, and that the order does not matter."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_events import (
    DAY,
    ESTVA,
    ESTVARIA,
    JETS,
    LOWER_VARROW,
    QUOTE,
    REBELS,
    TALMIN,
    VARROW,
    article_of,
    day,
    killed,
    tell,
)

from geo.events.across import merge_reports
from geo.events.incident import CONTESTED, SECOND, known_by, make_incident, specificity
from geo.events.likeness import evidence, make_telling
from geo.model import Actor, Article, Report

OTHER_WORDS = "The governor called on embassies to condemn bombardment of his birthplace."
CAPTURE = {"type": "capture", "figures": ()}
IN_CITY = {"location": ESTVA, "figures": (), "quote": "Jets struck the Kelder quarter where bakers queued for flour."}
UNSAID = {"figures": (), "actors": (), "quote": OTHER_WORDS}

# what is told | how the first and the second report differ from the airstrike of `tell` | joined? | contested
CASES = [
    ("the same", {}, {}, True, ()),
    ("the same in other words, which name nobody", {}, UNSAID, True, ()),
    ("the night before", {}, {"when": day("2031-03-03")}, True, ("time",)),
    ("three days later", {}, {"when": day("2031-03-07")}, False, ()),
    ("on a day of a week that one report gives", {}, {"when": day("2031-03-01", "2031-03-07")}, True, ()),
    ("in a month that one report gives", {}, {"when": day("2031-03-01", "2031-03-31")}, False, ()),
    ("in the next village", {}, {"location": LOWER_VARROW}, True, ("place",)),
    ("in the next village, and nothing else in common", {}, {"location": LOWER_VARROW, **UNSAID}, False, ()),
    ("30 km away", {}, {"location": TALMIN}, False, ()),
    ("in the country at large", {}, {"location": ESTVARIA, **UNSAID}, False, ()),
    ("nowhere", {}, {"location": None}, False, ()),
    ("15 or 23 dead", {"figures": killed(15)}, {"figures": killed(23)}, True, ("toll",)),
    ("at least 12, then 24 dead", {"figures": killed(12, None)}, {"figures": killed(24)}, True, ()),
    ("12 or 120 dead, in other words", {}, {"figures": killed(120), "quote": OTHER_WORDS}, False, ()),
    ("by shells and not from the air", {}, {"type": "shelling"}, True, ("type",)),
    ("by shells and not from the air, in other words", {}, {"type": "shelling", **UNSAID}, False, ()),
    ("an attack, without its weapon", {}, {"type": "attack_on_civilians"}, True, ()),
    ("its dead", {}, {"type": "killing"}, True, ()),
    ("by the other side", {}, {"actors": (REBELS,)}, True, ("actors",)),
    ("by the other side, in other words", {}, {"actors": (REBELS,), "figures": (), "quote": OTHER_WORDS}, False, ()),
    ("by an army or by rebels of no known side", {"actors": (Actor("initiator", "the army"),)},
     {"actors": (Actor("initiator", "rebel fighters"),)}, True, ("actors",)),
    ("denied", {}, {"modality": "denied", "figures": ()}, True, ("modality",)),
    ("claimed", {}, {"modality": "claimed", "attribution": "residents"}, True, ()),
    ("planned, known before it happened", {"when": day("2031-03-06")}, {"modality": "planned", "when": day("2031-03-06")}, True, ()),
    ("planned, known after it happened", {}, {"modality": "planned"}, True, ("modality",)),
    ("not dated, and nothing contradicts", {}, {"when": None, **UNSAID}, False, ()),
    ("not dated, in the same words", {}, {"when": None}, True, ()),
    ("neither is dated, in the same words", {"when": None}, {"when": None}, True, ()),
    ("neither is dated, in other words", {"when": None, "figures": ()}, {"when": None, **UNSAID}, False, ()),
    ("a town taken, and the other side gone", CAPTURE, {"type": "withdrawal", "figures": ()}, False, ()),
    ("a town taken, told three days apart", CAPTURE, {**CAPTURE, "when": day("2031-03-07")}, True, ("time",)),
    ("a town taken, two days apart, in other words", CAPTURE, {**CAPTURE, "quote": OTHER_WORDS, "when": day("2031-03-06")}, False, ()),
    ("in a city, the same words", IN_CITY, IN_CITY, True, ()),
    ("in a city, in other words", IN_CITY, {**IN_CITY, "quote": OTHER_WORDS}, False, ()),
    ("in a city, in other words, as many dead", {**IN_CITY, "figures": killed(31)},
     {**IN_CITY, "quote": OTHER_WORDS, "figures": killed(31)}, True, ()),
    ("in a village, and in the city near it", {}, {"location": replace(ESTVA, lon=20.02, lat=48.03)}, True, ()),
    ("a row of a data set and a report", {"article": "set:17", "quote_start": -1}, {}, True, ()),
    ("two rows of a data set", {"article": "set:17", "quote_start": -1}, {"article": "set:18", "quote_start": -1}, False, ()),
    ("rows of two data sets", {"article": "set:17", "quote_start": -1}, {"article": "other:18", "quote_start": -1}, True, ()),
    ("twice in one article", {"article": "b", "quote_start": 400}, {}, False, ()),
]  # fmt: skip


def merged(*events, **sources):
    return merge_reports(events, [article_of(e, source=sources.get(e.article, "")) for e in events])


@pytest.mark.parametrize(("one", "two", "joined", "contested"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_two_reports(one, two, joined, contested):
    a, b = tell(**{"article": "a", **one}), tell(**{"article": "b", **two})
    found = merged(a, b)
    assert [len(i.reports) for i in found] == ([2] if joined else [1, 1])
    assert [i.contested for i in found] == ([contested] if joined else [(), ()])
    assert merged(b, a) == found


def test_the_reports_stand_side_by_side():
    """An invented strike with 15, 16 and at least 24 dead, of which one outlet tells twice."""
    first = tell("a", figures=killed(15, words="15 people"))
    second = tell("b", figures=killed(16, words="sixteen"), quote=OTHER_WORDS, attribution="residents")
    third = tell(
        "c", figures=killed(24, None, words="at least 24"), quote="Rescuers dug bodies out of the Varrow dairy market."
    )
    (incident,) = merged(third, second, first, a="The Ledger", b="Daily Ox", c="The Ledger")
    assert [r.event.figures[0].words for r in incident.reports] == ["15 people", "sixteen", "at least 24"]
    assert [(r.source, r.root) for r in incident.reports] == [
        ("The Ledger", "a"),
        ("Daily Ox", "b"),
        ("The Ledger", "a"),
    ]
    assert incident.sources == 2
    assert incident.contested == ("toll",)
    assert [(f.low, f.high, f.words) for f in incident.event.figures] == [(15, 24, "15 people; sixteen; at least 24")]
    assert incident.event.flags == ("reports disagree on toll",)
    assert incident.event.id == first.id
    assert incident.known == date(2031, 3, 5)


def test_the_leading_report_is_the_most_specific_then_the_first_known():
    vague = tell("a", location=replace(ESTVA, lon=20.02, lat=48.03), figures=())
    late, early, denial = tell("b"), tell("c"), tell("d", modality="denied")
    articles = [
        article_of(vague, date(2031, 3, 4)),
        article_of(late, date(2031, 3, 6)),
        article_of(early, date(2031, 3, 5)),
        article_of(denial, date(2031, 3, 4)),
    ]
    (incident,) = merge_reports([vague, late, early, denial], articles)
    assert [r.event.article for r in incident.reports] == ["c", "a", "d", "b"]
    assert incident.event.location == VARROW
    assert incident.event.id == vague.id, "the id is that of the first known, so that later reports do not change it"
    assert incident.known == date(2031, 3, 4)
    assert incident.contested == ("modality",)


@pytest.mark.parametrize(
    ("more", "points"),
    [
        ({}, 8),
        ({"figures": ()}, 7),
        ({"actors": (Actor("target", "shoppers"),)}, 7),
        ({"when": day("2031-03-01", "2031-03-07")}, 7),
        ({"when": None}, 6),
        ({"location": ESTVA}, 7),
        ({"location": None}, 5),
        ({"type": "clash"}, 7),
    ],
)
def test_specificity(more, points):
    assert specificity(tell("a", **more)) == points


@pytest.mark.parametrize(
    ("what", "more", "sources"),
    [
        ("two outlets", {"quote": OTHER_WORDS}, 2),
        ("the same words in two outlets", {}, 1),
        ("both cite one witness", {"quote": OTHER_WORDS, "attribution": "Varrow Watch"}, 1),
        ("both cite residents, who may be others", {"quote": OTHER_WORDS, "attribution": "residents"}, 2),
    ],
)
def test_independent_sources(what, more, sources):
    one = tell("a", attribution=more.get("attribution", "").replace("Watch", "Watch monitors"))
    (incident,) = merged(one, tell("b", **more), a="The Ledger", b="Daily Ox")
    assert incident.sources == sources, what
    sure = 1 - 0.2 * (1 - SECOND * 0.8) if sources == 2 else 0.8
    assert incident.event.confidence == pytest.approx(sure)


def test_articles_of_one_text_are_one_source():
    text = " ".join(f"word{n}" for n in range(80))
    one, two = tell("a"), tell("b", quote=OTHER_WORDS)
    articles = [article_of(one, text=f"{text} and more of its own"), article_of(two, text=f"Reuters. {text}")]
    (incident,) = merge_reports([one, two], articles)
    assert incident.sources == 1


def test_confidence_rises_with_sources_and_falls_where_they_disagree():
    events = [tell(name, quote=f"{name} {OTHER_WORDS if n % 2 else QUOTE} {name * 9}") for n, name in enumerate("abcd")]
    certainties = [
        make_incident([Report(e, root=e.article) for e in events[: n + 1]]).event.confidence for n in range(4)
    ]
    assert certainties == sorted(certainties)
    assert certainties[0] == 0.8
    other = make_incident([Report(events[0]), Report(replace(events[1], figures=killed(30)))])
    assert other.contested == ("toll",)
    assert other.event.confidence == pytest.approx(certainties[1] * CONTESTED, abs=0.001)
    assert other.event.confidence < certainties[0]


def test_a_third_report_chains_no_two_that_exclude_each_other():
    """Two strikes in villages 3 km apart, 40 dead and 3, and a report of the parish that fits either."""
    one = tell("a", figures=killed(40), quote=OTHER_WORDS)
    two = tell("b", location=LOWER_VARROW, figures=killed(3), quote="Three shepherds died under rubble of a barn.")
    both = tell("c", figures=(), quote="Jets struck", location=replace(VARROW, lon=20.02, precision_m=3000.0))
    assert all(sum(evidence(*map(_telling, pair)).values()) >= 14 for pair in ((one, both), (two, both)))
    found = merged(one, two, both)
    assert sorted(len(i.reports) for i in found) == [1, 2]
    assert {a.event.article for i in found for a in i.reports} == {"a", "b", "c"}


def _telling(event):
    return make_telling(event, date(2031, 3, 5))


def test_what_was_known_on_a_day():
    first, second = (
        tell("a", location=ESTVA, figures=()),
        tell("b", location=replace(ESTVA, name="Kelder", precision_m=900.0)),
    )
    (incident,) = merge_reports(
        [first, second], [article_of(first, DAY), article_of(second, date(2031, 3, 9), "Daily Ox")]
    )
    assert incident.event.location.name == "Kelder"
    assert known_by(incident, date(2031, 3, 3)) is None
    then = known_by(incident, date(2031, 3, 8))
    assert then.event == first
    assert (then.sources, then.contested, then.known) == (1, (), DAY)
    assert known_by(incident, date(2031, 3, 9)) == incident


KINDS = st.sampled_from(["airstrike", "shelling", "killing", "capture", "clash"])
PLACES = st.sampled_from([VARROW, LOWER_VARROW, TALMIN, ESTVA, ESTVARIA, None])
DAYS = st.none() | st.integers(0, 6).map(lambda n: day((DAY + timedelta(days=n)).isoformat()))
ACTORS = st.sampled_from([(), (JETS,), (REBELS,)])
TOLLS = st.sampled_from([(), killed(12), killed(15), killed(12, None)])
QUOTES = st.sampled_from([QUOTE, OTHER_WORDS, "Jets struck."])


@st.composite
def wars(draw):
    """Up to nine events of up to five articles, some in a data set, in an order of their own."""
    events = {}
    for n in range(draw(st.integers(1, 9))):
        imported = draw(st.booleans()) and draw(st.booleans())
        event = tell(
            f"set:{n}" if imported else draw(st.sampled_from("abcde")),
            type=draw(KINDS), location=draw(PLACES), when=draw(DAYS), actors=draw(ACTORS), figures=draw(TOLLS),
            quote=draw(QUOTES), quote_start=-1 if imported else 0,
            modality=draw(st.sampled_from(["happened", "claimed", "denied", "planned"])),
        )  # fmt: skip
        events[event.id] = event
    articles = {e.article: article_of(e, draw(st.none() | st.integers(0, 4).map(lambda n: DAY + timedelta(days=n))),
                                      draw(st.sampled_from(["", "Daily Ox"]))) for e in events.values()}  # fmt: skip
    return list(events.values()), list(articles.values())


@given(wars(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_does_not_matter_and_nothing_is_lost(war, random):
    events, articles = war
    found = merge_reports(events, articles)
    told = [r.event.id for i in found for r in i.reports]
    assert sorted(told) == sorted(e.id for e in events)
    assert len({i.event.id for i in found}) == len(found)
    random.shuffle(events)
    random.shuffle(articles)
    assert merge_reports(events, articles) == found


@given(wars())
@settings(max_examples=100, deadline=None)
def test_no_two_reports_of_one_event_exclude_each_other(war):
    events, articles = war
    published = {a.id: a.published for a in articles}
    for incident in merge_reports(events, articles):
        tellings = [make_telling(r.event, published[r.event.article]) for r in incident.reports]
        for a, b in combinations(tellings, 2):
            bits = evidence(a, b)
            assert bits is not None
            assert bits == evidence(b, a)
            assert sum(bits.values()) >= 8.5
        assert len({t.within for t in tellings}) == len(tellings)


def test_an_article_that_is_not_given_has_no_day():
    assert merge_reports([tell("a"), tell("b")], [Article("a", QUOTE)])[0].known is None
