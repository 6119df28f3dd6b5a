"""What the ranker learns from invented names whose right entries are given."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_names import called, entry

from geo.settings import Theatre
from geo.toponyms.candidates import Context
from geo.toponyms.features import FIXED, SHARED, describe
from geo.toponyms.rank import weigh_together, with_hand_set
from geo.training.ranker import Example, balanced, train_ranker

HERE = ("ET", 40.0, 10.0)
FAR = ("US", -100.0, 40.0)


def town(number: int, where: tuple[str, float, float], people: int, name: str):
    country, lon, lat = where
    return entry(f"geonames:{number}", "town", lon + number / 100, lat, name=name, country=country, admin1=f"{country}-1", population=people)  # fmt: skip


def example(names, right, weight=None) -> Example:
    candidates = describe(names, Context(Theatre()))
    told = np.ones(len(names)) if weight is None else np.array(weight, dtype=float)
    return Example(candidates, np.array([float(p.id in right) for p in candidates.places]), told)


def article(number: int, right: tuple[str, float, float], large: int, small: int) -> Example:
    """A name with a large entry far away and a small one here, beside the only entry of another name, which lies here."""
    far, here = town(10 * number, FAR, large, "Arun"), town(10 * number + 1, HERE, small, "Arun")
    beside = town(10 * number + 2, HERE, 5_000, "Beside")
    meant = far if right is FAR else here
    return example([called("arun", far, here), called("beside", beside, positions=(2,))], {meant.id, beside.id})


NEIGHBOURS = [article(k, HERE, 90_000 + 10_000 * k, 5_000) for k in range(20)]
LARGEST = [
    example(
        [called("arun", town(2 * k, FAR, 90_000 + 500 * k, "Arun"), town(2 * k + 1, HERE, 5_000, "Arun"))],
        {f"geonames:{2 * k}"},
    )
    for k in range(20)
]


@pytest.fixture(scope="module", autouse=True)
def _scipy():
    pytest.importorskip("scipy")


def test_the_larger_is_learnt_from_articles_that_mean_the_larger():
    learnt = train_ranker(LARGEST)
    assert learnt["alone"]["population"] + learnt["alone"]["less_than_the_largest"] > 0.5
    assert {w for f, w in learnt["together"].items() if f in SHARED and f.startswith("near_")} == {0.0}


def test_the_neighbours_are_learnt_from_articles_that_mean_them():
    learnt = train_ranker(NEIGHBOURS)["together"]
    assert sum(learnt[f] for f in SHARED if f.startswith(("near_", "country_", "admin1_"))) > 1
    assert learnt["population"] + learnt["less_than_the_largest"] < 0.5


@pytest.mark.parametrize("taught", [LARGEST, NEIGHBOURS, [*LARGEST, *NEIGHBOURS]], ids=["larger", "nearer", "both"])
def test_what_is_learnt_ranks_what_it_was_learnt_from(taught):
    weights = with_hand_set(train_ranker(taught))
    for one in taught:
        _, likely = weigh_together(one.candidates, weights)
        best = [
            max(np.flatnonzero(one.candidates.name == k), key=lambda i: likely[i]) for k in range(one.candidates.names)
        ]
        assert one.right[best].all()


def test_the_same_examples_teach_the_same():
    assert train_ranker([*LARGEST, *NEIGHBOURS]) == train_ranker([*LARGEST, *NEIGHBOURS])


def test_tables_have_each_feature_but_those_set_by_hand():
    learnt = train_ranker(LARGEST)
    by_hand = {"atlas", "theatre_country", "theatre_window"}
    assert list(learnt) == ["alone", "together"]
    assert set(learnt["alone"]) == set(FIXED) - by_hand
    assert set(learnt["together"]) == {*FIXED, *SHARED} - by_hand
    assert all(weight == round(weight, 3) for table in learnt.values() for weight in table.values())


def test_a_feature_counts_only_the_way_it_is_meant_to():
    # here the smaller, farther entry, not in the place after the comma, is always called right
    here = entry("country:ET", "country", *HERE[1:], country="ET")
    perverse = [
        example([called("arun", town(10 * k, FAR, 5_000, "Brun"), town(10 * k + 1, HERE, 90_000, "Arun"), containers=(here,))], {f"geonames:{10 * k}"})
        for k in range(20)
    ]  # fmt: skip
    learnt = train_ranker(perverse)
    for table in learnt.values():
        assert all(table[f] >= 0 for f in ("population", "primary_name", "in_container", "less_than_the_largest"))
        assert all(table[f] <= 0 for f in ("not_in_container", "byname_of_small", "other_noun", "seat_of_same_name"))


def test_names_that_nobody_placed_teach_nothing():
    untold = [Example(e.candidates, 1 - e.right, np.zeros(e.candidates.names)) for e in LARGEST]
    assert train_ranker([*LARGEST, *untold]) == train_ranker(LARGEST)


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.lists(st.sampled_from([0.0, 1.0, 1.5]), max_size=6), max_size=4))
def test_corpora_count_alike(sizes):
    name = called("arun", town(1, HERE, 5_000, "Arun"))
    corpora = [[example([name], {"geonames:1"}, [weight]) for weight in corpus] for corpus in sizes]
    taught = balanced(corpora)
    told = [corpus for corpus in sizes if sum(corpus)]
    assert len(taught) == sum(map(len, told))
    assert sum(float(e.weight.sum()) for e in taught) == pytest.approx(sum(map(sum, told)))
    sums, at = [], 0
    for corpus in told:
        sums.append(sum(float(e.weight.sum()) for e in taught[at : at + len(corpus)]))
        at += len(corpus)
    assert sums == pytest.approx(sums[:1] * len(sums))
