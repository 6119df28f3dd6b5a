"""Which entry of a name is meant, and how sure that is."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_names import called, entry, name_lists

from geo.data import read_toml
from geo.model import Article
from geo.settings import Theatre
from geo.toponyms.candidates import Context, Name
from geo.toponyms.features import FIXED, SHARED, describe
from geo.toponyms.find import find_mentions
from geo.toponyms.names import find_names
from geo.toponyms.rank import FILE, Ranked, likelihood, read_weights, resolve_all, weigh_together, with_hand_set
from geo.toponyms.resolve import confidence, gather_names, reason, resolve
from geo.training.corpus import read_clues

NOWHERE = Context(Theatre())

# text, what is asked for, the place that it is
MEANT = [
    ("A fire broke out in Paris on Monday.", "Paris", "geonames:2988507"),
    ("A fire broke out in Paris, Texas.", "Paris", "geonames:4717560"),
    ("He left London, Ontario, for Windsor.", "London", "geonames:6058560"),
    ("Shells fell on Tripoli. Ships left Misrata and Benghazi.", "Tripoli", "geonames:2210247"),
    ("Clashes went on in Tripoli, north of Beirut, in Lebanon.", "Tripoli", "geonames:266826"),
    ("Gunmen held Georgia's road from Tbilisi to Gori.", "Georgia", "country:GE"),
    ("Atlanta and Savannah, in Georgia, were flooded.", "Georgia", "iso:US-GA"),
    ("Rebels left Homs after the battle of Hama.", "Homs", "geonames:169577"),
    ("Police in Birmingham, Alabama, closed a road.", "Birmingham", "geonames:4049979"),
    ("Police in Birmingham and Coventry closed a road.", "Birmingham", "geonames:2655603"),
    ("Troops in Goma and Bukavu feared rebels.", "Goma", "geonames:216281"),
    ("Militias fought in Sanaa, in Yemen.", "Sanaa", "geonames:71137"),
    ("They crossed the Dnipro near Kherson.", "Kherson", "geonames:706448"),
    ("A convoy was struck near Salem in the western part of Virginia.", "Salem", "geonames:4784112"),
    ("A convoy was struck near Salem (in northern New Hampshire).", "Salem", "geonames:5092268"),
    ("Raids on the city of Marib, in Yemen, killed ten.", "Marib", "geonames:72968"),
    # one village does not move a capital
    ("A bomb hit a market in Damascus. The Damascus office for Mills was damaged.", "Damascus", "geonames:170654"),
]


@pytest.mark.parametrize(("text", "name", "place"), MEANT, ids=[case[0] for case in MEANT])
def test_which_place_is_meant(world, text, name, place):
    found = {m.text: m.location and m.location.place_id for m in find_mentions(Article("a", text), world)}
    assert found[name] == place


# the names beside it decide, not the larger place alone
SMALL = entry("geonames:2", lon=40.0, lat=10.0, name="Arun", country="ET", admin1="ET-OR", population=20_000)
LARGE = entry("geonames:1", "city", lon=-100.0, lat=40.0, name="Arun", country="US", admin1="US-KS", population=60_000)
NEAR = [
    entry(f"geonames:{k}", lon=40 + k / 50, lat=10.1, name=f"Near{k}", country="ET", admin1="ET-OR", population=50_000)
    for k in range(3, 8)
]
CONTEXTS = [
    ("alone", [], Context(Theatre()), "geonames:1"),
    ("its neighbours", [called(p.name.lower(), p, positions=(k,)) for k, p in enumerate(NEAR)], NOWHERE, "geonames:2"),
    ("the theatre", [], Context(Theatre(("ET",), (38.0, 8.0, 42.0, 12.0))), "geonames:2"),
]


@pytest.mark.parametrize(("names", "context", "expected"), [c[1:] for c in CONTEXTS], ids=[c[0] for c in CONTEXTS])
def test_what_decides(names, context, expected):
    name = called("arun", LARGE, SMALL)
    (first, second) = resolve_all([name, *names], context)[name]
    assert first.place.id == expected
    assert first.score > second.score
    assert first.share + second.share == pytest.approx(1)


def test_a_noun_or_the_place_after_the_comma_decides():
    unit = entry("iso:ET-AR", "admin1", 40.5, 10.5, name="Arun Region", country="ET", admin1="ET-OR", population=90_000)
    for name, expected in (
        (called("arun", SMALL, unit), SMALL),
        (called("arun", SMALL, unit, kinds=("admin1",)), unit),
        (called("arun", LARGE, SMALL, containers=(entry("country:ET", "country", country="ET"),)), SMALL),
    ):
        assert resolve_all([name], NOWHERE)[name][0].place == expected


def test_equal_scores_go_by_population_then_by_id():
    twins = [entry(f"geonames:{k}", lon=1.0, lat=1.0, name="Arun", population=n) for k, n in ((2, 0), (1, 0), (3, 90))]
    name = called("arun", *twins)
    assert [r.place.id for r in resolve_all([name], NOWHERE)[name]] == ["geonames:3", "geonames:1", "geonames:2"]


def test_no_names_have_no_entries():
    assert resolve_all([], NOWHERE) == {}


@settings(deadline=None)
@given(names=name_lists(), shift=st.floats(-1e6, 1e6), seed=st.integers(0, 99))
def test_likelihoods_of_a_name_sum_to_one_wherever_scores_begin(names, shift, seed):
    candidates = describe(names, NOWHERE)
    scores = np.random.default_rng(seed).normal(scale=30, size=len(candidates.places))
    likely = likelihood(candidates, scores)
    assert ((likely >= 0) & (likely <= 1)).all()
    np.testing.assert_allclose(np.bincount(candidates.name, likely), 1)
    np.testing.assert_allclose(likelihood(candidates, scores + shift), likely, atol=1e-8)
    np.testing.assert_allclose(likelihood(candidates, scores * 1e6).sum(), candidates.names)  # no overflow


@settings(deadline=None)
@given(names=name_lists())
def test_weighing_gives_numbers_and_shares(names):
    features, likely = weigh_together(describe(names, NOWHERE), read_weights())
    assert np.isfinite(features).all()
    ranked = resolve_all(names, NOWHERE)
    assert list(ranked) == names
    for name, entries in ranked.items():
        assert sorted(r.place.id for r in entries) == sorted(p.id for p in name.places)
        assert sum(r.share for r in entries) == pytest.approx(1)
        scores = [round(r.score, 6) for r in entries]
        assert scores == sorted(scores, reverse=True)
        assert all(f in (*FIXED, *SHARED) for r in entries for f, _ in r.features)
    assert likely.sum() == pytest.approx(len(names))


@settings(deadline=None)
@given(names=name_lists(), seed=st.integers(0, 999))
def test_the_order_of_names_and_entries_does_not_matter(names, seed):
    shuffle = random.Random(seed)
    mixed = []
    for name in shuffle.sample(names, len(names)):
        places = tuple(shuffle.sample(name.places, len(name.places)))
        mixed.append(Name(name.key, name.kinds, places, name.containers, name.positions))
    by_key = {name.key: entries for name, entries in resolve_all(mixed, NOWHERE).items()}
    for name, entries in resolve_all(names, NOWHERE).items():
        assert [r.place.id for r in by_key[name.key]] == [r.place.id for r in entries]
        assert [r.share for r in by_key[name.key]] == pytest.approx([r.share for r in entries], abs=1e-6)


@settings(deadline=None)
@given(names=name_lists())
def test_the_same_names_rank_the_same(names):
    assert resolve_all(names, NOWHERE) == resolve_all(names, NOWHERE)


def test_weights_learnt_and_by_hand_are_added():
    weights = with_hand_set({"alone": {"population": 2.0, "atlas": 1.0}, "together": {"near_25": 3.0}})
    by_hand = read_toml("toponym_weights.toml")["by_hand"]
    alone = dict(zip(FIXED, weights.alone, strict=True))
    together = dict(zip((*FIXED, *SHARED), weights.together, strict=True))
    assert (alone["population"], alone["atlas"], alone["capital"]) == (2.0, 1.0 + by_hand["atlas"], 0.0)
    assert (together["near_25"], together["atlas"], together["nearest"]) == (3.0, by_hand["atlas"], 0.0)


def test_each_weight_is_that_of_a_feature():
    learnt = read_toml(FILE)
    assert set(learnt["alone"]) <= set(FIXED)
    assert set(learnt["together"]) <= {*FIXED, *SHARED}
    assert set(read_toml("toponym_weights.toml")["by_hand"]) <= set(FIXED)


def test_weights_of_a_folder_go_before_those_of_the_package(tmp_path):
    (tmp_path / FILE).write_text("[alone]\npopulation = -1.0\n[together]\npopulation = -1.0\n", encoding="utf-8")
    name = called("arun", LARGE, SMALL)
    assert resolve_all([name], NOWHERE)[name][0].place == LARGE
    assert resolve_all([name], NOWHERE, tmp_path)[name][0].place == SMALL


# text, key, kinds, containers and positions of each name
GATHERED = [
    ("Goma fell. They left Goma.", [("goma", (), [], (0, 4))]),
    ("They left Paris, Texas.", [("paris", (), ["iso:US-TX"], (2,)), ("texas", (), [], (3,))]),
    ("It rained in Paris, Texas. Paris slept.", [("paris", (), ["iso:US-TX"], (3, 5)), ("texas", (), [], (4,))]),
    ("Envoys of Kenya, Uganda met.", [("kenya", (), [], (2,)), ("uganda", (), [], (3,))]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GATHERED, ids=[case[0] for case in GATHERED])
def test_an_article_uses_each_name_in_one_sense(world, text, expected):
    reading, clues = read_clues(text, world)
    names, keys = gather_names(reading, [n for n in find_names(reading, clues) if n.span.places])
    found = [
        (n.key, n.kinds, [p.id for p in n.containers if p.kind in ("admin1", "country")], n.positions)
        for n in names.values()
    ]
    assert found == expected
    assert set(keys) == set(names)


def test_all_mentions_of_a_name_are_one_place(world):
    text = "Rain fell on Tripoli. Beirut and Sidon, in Lebanon, were dry. Tripoli slept."
    reading, clues = read_clues(text, world)
    named = [n for n in find_names(reading, clues) if n.span.places]
    ranked = resolve(reading, named, NOWHERE)
    tripoli = [r[0].place.id for n, r in zip(named, ranked, strict=True) if n.span.name == "Tripoli"]
    assert tripoli == ["geonames:266826"] * 2
    assert all(0 < confidence(n, r) <= n.sure + 0.005 for n, r in zip(named, ranked, strict=True))


# entries with what each feature adds to their scores, what is said of the first
REASONS = [
    ([(LARGE, {"primary_name": 1.0})], "the only entry of that name"),
    ([(LARGE, {}), (SMALL, {})], "likeliest of 2 entries: by a little; next Arun (town, ET)"),
    ([(LARGE, {"near_25": 0.5, "near_100": 0.5, "noun": 0.1, "in_container": -1.0}), (SMALL, {})], "likeliest of 2 entries: near other places of the article; next Arun (town, ET)"),
    ([(LARGE, {"primary_name": 2.0, "noun": 1.0}), (SMALL, {"primary_name": 2.0}), (SMALL, {})], "likeliest of 3 entries: of the kind that the noun says; next Arun (town, ET)"),
    ([(SMALL, {"noun": 0.5, "unit_named": 0.8}), (entry("region:x", "region", name="Sahel"), {})], "likeliest of 2 entries: in a province that the article names, of the kind that the noun says; next Sahel (region)"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "words"), REASONS, ids=[case[1] for case in REASONS])
def test_reason(entries, words):
    assert reason([Ranked(place, 1.0, 0.5, tuple(features.items())) for place, features in entries]) == words
