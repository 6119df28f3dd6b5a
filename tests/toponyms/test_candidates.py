"""What is told of each entry of a name, alone and beside those of other names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_names import called, entry, name_lists

from geo.crs import distance_m
from geo.settings import Theatre
from geo.toponyms.candidates import Context, holds, is_capital, kind_group
from geo.toponyms.features import FIXED, SHARED, describe, shared

NOWHERE = Context(Theatre())
SYRIA = entry("country:SY", "country", 38, 35, name="Syria", country="SY", population=20_000_000)
ALEPPO_UNIT = entry("iso:SY-HL", "admin1", 37.5, 36.3, name="Aleppo Governorate", country="SY", admin1="SY-HL", population=4_000_000)  # fmt: skip
ALEPPO = entry("geonames:1", "city", 37.16, 36.2, name="Aleppo", country="SY", admin1="SY-HL", population=2_000_000)
AZAZ = entry("geonames:2", "town", 37.04, 36.59, name="Azaz", country="SY", admin1="SY-HL", population=30_000)
PARIS = entry("geonames:3", "city", 2.35, 48.85, name="Paris", country="FR", admin1="FR-IDF", population=2_100_000)
PARIS_TX = entry("geonames:4", "town", -95.55, 33.66, name="Paris", country="US", admin1="US-TX", population=25_000)
TEXAS = entry("iso:US-TX", "admin1", -99, 31, name="Texas", country="US", admin1="US-TX", population=29_000_000)
NAIROBI = entry("geonames:5", "city", 36.8, -1.3, name="Nairobi", country="KE", admin1="KE-30", population=4_400_000)
DHIB = entry("atlas:dhib", "village", 24.5, 31.8, name="Dhib", country="LY")
DALLAS = entry("geonames:6", "city", -96.8, 32.8, name="Dallas", country="US", admin1="US-TX", population=1_300_000)


def fixed(name, place, context=NOWHERE):
    """Features of one of the entries of a name, by name of the feature, those of 0 left out."""
    row = describe([name], context).fixed[name.places.index(place)]
    return {f: round(float(v), 3) for f, v in zip(FIXED, row, strict=True) if v}


def together(names, place, context=NOWHERE, likely=None):
    """The same of the features that speak of other names, where all entries of a name are as likely."""
    candidates = describe(names, context)
    counts = np.bincount(candidates.name)[candidates.name]
    row = shared(candidates, 1 / counts if likely is None else np.array(likely))[candidates.places.index(place)]
    return {f: round(float(v), 3) for f, v in zip(SHARED, row, strict=True) if v}


# name, entry of it, what is told of the entry among other things, what is not
ALONE = [
    (called("aleppo", ALEPPO, ALEPPO_UNIT), ALEPPO, {"population": 3.301, "less_than_the_largest": -0.301, "kind_settlement": 1, "primary_name": 1}, {"seat_of_same_name", "noun"}),
    (called("aleppo", ALEPPO, ALEPPO_UNIT), ALEPPO_UNIT, {"kind_admin1": 1, "primary_name": 1, "seat_of_same_name": 1}, {"population"}),
    (called("aleppo", ALEPPO, ALEPPO_UNIT, kinds=("admin1",)), ALEPPO_UNIT, {"noun": 1}, {"other_noun", "seat_of_same_name"}),
    (called("aleppo", ALEPPO, ALEPPO_UNIT, kinds=("admin1",)), ALEPPO, {"other_noun": 1}, {"noun"}),
    (called("aleppo governorate", ALEPPO_UNIT), ALEPPO_UNIT, {"primary_name": 1}, {"seat_of_same_name"}),
    (called("paris", PARIS, PARIS_TX, containers=(TEXAS,)), PARIS_TX, {"in_container": 1}, {"not_in_container"}),
    (called("paris", PARIS, PARIS_TX, containers=(TEXAS,)), PARIS, {"not_in_container": 1}, {"in_container"}),
    (called("azaz", AZAZ, containers=(ALEPPO,)), AZAZ, {"in_container": 0.5}, {"not_in_container"}),
    (called("azaz", AZAZ, containers=(NAIROBI,)), AZAZ, {"not_in_container": 1}, {"in_container"}),
    (called("nairobi", NAIROBI), NAIROBI, {"capital": 1}, {"atlas"}),
    (called("the old name", AZAZ), AZAZ, {"byname_of_small": 1}, {"primary_name"}),
    (called("the old name", ALEPPO), ALEPPO, {}, {"primary_name", "byname_of_small"}),
    (called("dhib", DHIB), DHIB, {"atlas": 1, "population": -1}, {"theatre_country"}),
    (called("syria", SYRIA), SYRIA, {"kind_country": 1}, {"population", "capital"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "place", "told", "not_told"), ALONE, ids=[f"{c[0].key}: {c[1].id}{c[0].kinds}" for c in ALONE]
)
def test_an_entry_alone(name, place, told, not_told):
    found = fixed(name, place)
    assert found | told == found
    assert not_told.isdisjoint(found)


def test_the_theatre_counts_its_countries_and_its_window():
    context = Context(Theatre(("SY", "LY"), (36, 36, 38, 37)))
    told = {
        p.id: {"theatre_country", "theatre_window"} & fixed(called("x", p), p, context).keys()
        for p in (AZAZ, DHIB, SYRIA, PARIS)
    }
    assert told == {
        "geonames:2": {"theatre_country", "theatre_window"},
        "atlas:dhib": {"theatre_country"},
        "country:SY": set(),  # every name of a war's reports lies in it
        "geonames:3": set(),
    }


def test_a_place_beside_another_across_the_date_line():
    west, east = entry("geonames:7", lon=179.95, lat=-16.8), entry("geonames:8", lon=-179.95, lat=-16.8)
    assert fixed(called("x", west, containers=(east,)), west)["in_container"] == 0.5


# names, entry, features of which the entry has more than its rival
RIVALS = [
    ([called("paris", PARIS, PARIS_TX), called("dallas", DALLAS, positions=(3,))], PARIS_TX, PARIS, {"country_of_others", "admin1_of_others", "country_beside", "near_400", "nearest"}),
    ([called("paris", PARIS, PARIS_TX), called("texas", TEXAS, positions=(3,))], PARIS_TX, PARIS, {"unit_named", "admin1_beside"}),
    ([called("x", AZAZ, DHIB), called("syria", SYRIA, positions=(9,))], AZAZ, DHIB, {"country_named", "country_of_others"}),
    ([called("x", AZAZ, PARIS_TX), called("aleppo", ALEPPO, positions=(9,))], AZAZ, PARIS_TX, {"near_100", "near_400", "near_beside", "admin1_of_others"}),
]  # fmt: skip


@pytest.mark.parametrize(("names", "better", "worse", "features"), RIVALS, ids=[str(sorted(c[3])) for c in RIVALS])
def test_other_names_speak_for_an_entry(names, better, worse, features):
    one, other = together(names, better), together(names, worse)
    assert {f for f in SHARED if one.get(f, 0) > other.get(f, 0)} >= features


def test_a_capital_is_told_by_its_country():
    names = [called("nairobi", NAIROBI), called("x", AZAZ)]
    assert "capital_of_named" not in together(names, NAIROBI)
    assert together(names, NAIROBI, Context(Theatre(), {"KE": 1}))["capital_of_named"] == 1


def test_only_the_share_of_others_speaks_for_a_country():
    assert set(together([called("x", SYRIA, PARIS), called("azaz", AZAZ), called("aleppo", ALEPPO)], SYRIA)) == {
        "others_in_country"
    }


def test_a_unit_of_a_country_that_nobody_speaks_of():
    assert together([called("texas", TEXAS), called("azaz", AZAZ)], TEXAS)["unit_of_other_country"] == 1
    assert "unit_of_other_country" not in together([called("texas", TEXAS), called("dallas", DALLAS)], TEXAS)


def test_the_entries_of_one_name_say_nothing_for_each_other():
    twice = [called("aleppo", ALEPPO, AZAZ), called("aleppo", ALEPPO, AZAZ, kinds=("city",), positions=(7,))]
    assert set(together(twice, ALEPPO)) <= {"nearest"}
    assert together(twice, ALEPPO).get("nearest", 0) == 0


def test_nearer_in_the_text_counts_more():
    far = [
        called("paris", PARIS, PARIS_TX),
        called("dallas", DALLAS, positions=(2,)),
        called("y", PARIS, positions=(200,)),
    ]
    near = [far[0], called("dallas", DALLAS, positions=(200,)), called("y", PARIS, positions=(2,))]
    assert together(far, PARIS_TX)["country_beside"] > together(near, PARIS_TX)["country_beside"]


HOLDS = [
    (SYRIA, ALEPPO, True), (SYRIA, ALEPPO_UNIT, True), (ALEPPO_UNIT, AZAZ, True), (TEXAS, PARIS_TX, True),
    (SYRIA, SYRIA, False), (ALEPPO_UNIT, ALEPPO_UNIT, False), (ALEPPO, AZAZ, False), (TEXAS, PARIS, False),
    (entry("x", "country"), entry("y"), False), (entry("x", "admin1"), entry("y"), False),
]  # fmt: skip


@pytest.mark.parametrize(("outer", "inner", "expected"), HOLDS, ids=[f"{c[0].id} {c[1].id}" for c in HOLDS])
def test_holds(outer, inner, expected):
    assert holds(outer, inner) is expected


def test_capitals_and_groups():
    assert [is_capital(p) for p in (NAIROBI, PARIS, PARIS_TX, ALEPPO, SYRIA)] == [True, True, False, False, False]
    assert [kind_group(k) for k in ("town", "no_such_kind")] == ["settlement", ""]


@settings(deadline=None)
@given(names=name_lists(), adjectives=st.dictionaries(st.sampled_from(["SY", "US"]), st.integers(0, 5)))
def test_features_are_numbers_for_any_entries(names, adjectives):
    candidates = describe(names, Context(Theatre(("SY",), (30, 30, 40, 40)), adjectives))
    counts = np.bincount(candidates.name)[candidates.name]
    features = shared(candidates, 1 / counts)
    n = sum(len(name.places) for name in names)
    assert (candidates.fixed.shape, features.shape) == ((n, len(FIXED)), (n, len(SHARED)))
    assert np.isfinite(candidates.fixed).all()
    assert np.isfinite(features).all()
    assert (features >= 0).all()
    assert not candidates.other[candidates.name[:, None] == candidates.name].any()


@settings(deadline=None)
@given(names=name_lists())
def test_distances_are_those_on_the_ground(names):
    candidates = describe(names, NOWHERE)
    expected = [[distance_m(a.lon, a.lat, b.lon, b.lat) / 1000 for b in candidates.places] for a in candidates.places]
    np.testing.assert_allclose(candidates.away_km, expected, atol=0.001)
    np.testing.assert_array_equal(candidates.away_km, candidates.away_km.T)
