"""What changed hands, and what is in doubt about it."""

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control import ControlPoint, control_zones
from geo.control.compare import as_record, compare
from geo.control.difference import balances, changes
from geo.control.files import read_zones
from geo.control.measure import area_m2, holder_areas_m2
from geo.control.probable import area_interval_m2, cell_areas_m2, front_bands, gain_interval_m2, likelihood, likelihoods
from geo.control.records import Zone
from geo.errors import InputError

DAY = date(2031, 5, 1)


def zone(holder, *bounds, state="held"):
    return Zone(holder, state, shapely.MultiPolygon([shapely.orient_polygons(shapely.box(*bounds))]))


BEFORE = [zone("red", 30, 45, 31, 46), zone("blue", 31, 45, 32, 46)]
AFTER = [zone("red", 30, 45, 31.1, 46), zone("blue", 31.1, 45, 32, 46), zone("blue", 32, 45, 32.1, 46, state="claimed")]


def test_changes_have_an_old_and_a_new_holder():
    found = changes(BEFORE, AFTER)
    assert [(c.old, c.new, c.geometry.bounds) for c in found] == [
        ("", "blue", (32, 45, 32.1, 46)),
        ("blue", "red", (31, 45, 31.1, 46)),
    ]
    strip = area_m2(shapely.box(31, 45, 31.1, 46))
    assert [c.area_m2 for c in found] == pytest.approx([strip, strip])
    sums = {b.holder: b for b in balances(BEFORE, AFTER, found)}
    assert (sums["red"].gained, sums["red"].lost) == pytest.approx((strip, 0))
    assert (sums["blue"].gained, sums["blue"].lost) == pytest.approx((strip, strip))


def test_a_change_of_state_alone_is_none():
    assert changes(BEFORE, [BEFORE[0], zone("blue", 31, 45, 32, 46, state="claimed")]) == ()
    assert changes((), ()) == ()


points = st.lists(
    st.builds(
        ControlPoint,
        id=st.sampled_from("abcdef"),
        lon=st.integers(0, 8).map(lambda n: 30 + n / 20),
        lat=st.integers(0, 8).map(lambda n: 45 + n / 20),
        holder=st.sampled_from(["red", "blue"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda p: (p.lon, p.lat),
)


@settings(deadline=None, max_examples=40)
@given(points, points)
def test_gains_less_losses_are_what_areas_differ_by(before, after):
    old, new = (control_zones(p, reach_m=8_000) for p in (before, after))
    found = changes(old, new)
    for balance in balances(old, new, found):
        assert balance.gained - balance.lost == pytest.approx(balance.after - balance.before, abs=100_000)  # slivers
    back = {(c.new, c.old): c.area_m2 for c in changes(new, old)}
    assert {(c.old, c.new): c.area_m2 for c in found} == pytest.approx(back, abs=10)


# --- probabilities ----------------------------------------------------------------------------------------------------

WEST, EAST = ControlPoint("w", 29.95, 45, "red"), ControlPoint("e", 30.05, 45, "blue")


def share_at(found, holder, lon, lat):
    ((x, y),) = found.plane.forward([[lon, lat]])
    return float(found.share[holder][np.abs(found.y - y).argmin(), np.abs(found.x - x).argmin()])


def test_one_half_lies_on_the_bisector_and_points_are_sure():
    found = likelihood([WEST, EAST], on=DAY, reach_m=10_000, step_m=100)
    assert share_at(found, "red", 30, 45) == pytest.approx(0.5, abs=0.02)
    assert share_at(found, "red", 29.95, 45) > 0.999
    assert share_at(found, "blue", 30.05, 45) > 0.999
    assert np.isnan(share_at(found, "red", 30, 45.095))
    total = found.share["red"] + found.share["blue"]
    assert np.nanmax(abs(total - 1)) < 1e-9


def test_old_and_uncertain_points_give_way():
    fresh = likelihood([WEST, EAST], on=DAY, reach_m=10_000, step_m=100)
    old = ControlPoint("w", 29.95, 45, "red", since=date(2030, 5, 1))
    vague = ControlPoint("w", 29.95, 45, "red", certainty=0.4)
    for point in (old, vague):
        found = likelihood([point, EAST], on=DAY, reach_m=10_000, step_m=100)
        assert share_at(found, "red", 30, 45) < share_at(fresh, "red", 30, 45) - 0.1
    # A half-life back counts half, tempered: 1 / (1 + 2 ** 0.78).
    half = ControlPoint("w", 29.95, 45, "red", since=date(2031, 1, 31))
    found = likelihood([half, EAST], on=DAY, reach_m=10_000, step_m=50, half_life_days=90)
    assert share_at(found, "red", 30, 45) == pytest.approx(0.368, abs=0.01)


def test_the_band_lies_about_the_line_and_widens_with_doubt_about_the_places():
    exact, blurred = (
        front_bands(
            likelihood(
                [ControlPoint(p.id, p.lon, p.lat, p.holder, precision_m=metres) for p in (WEST, EAST)],
                on=DAY,
                reach_m=10_000,
            )
        )
        for metres in (50, 3_000)
    )
    assert [(b.holder, b.low, b.high) for b in exact] == [("blue", 0.25, 0.75), ("red", 0.25, 0.75)]
    line = shapely.LineString([(30, 44.93), (30, 45.07)])
    for band in (*exact, *blurred):
        assert band.geometry.is_valid
        assert shapely.covers(band.geometry, line)
    # Between two points at distance D the band is where one is up to 3 ** (1 / 3 / 0.78) times as far as the other: 0.230 D.
    across = shapely.intersection(exact[0].geometry, shapely.LineString([(29.95, 45), (30.05, 45)])).length
    assert across == pytest.approx(0.230 * 0.1, rel=0.02)
    assert area_m2(blurred[0].geometry) > 1.15 * area_m2(exact[0].geometry)


def test_areas_lie_between_their_bounds():
    points = [WEST, EAST, ControlPoint("n", 30, 45.08, "red")]
    found = likelihood(points, on=DAY, reach_m=10_000)
    for holder, area in holder_areas_m2(control_zones(points, reach_m=10_000)).items():
        low, high = area_interval_m2(found, holder)
        assert low < area < high
    assert area_interval_m2(found, "nobody") == (0, 0)
    assert cell_areas_m2(found).sum() > 0


def test_what_stays_in_doubt_is_no_gain():
    taken = ControlPoint("n", 30, 45.08, "red")
    lost = ControlPoint("n", 30, 45.08, "blue")
    found = likelihoods(
        {
            date(2031, 5, 1): [WEST, EAST, lost],
            date(2031, 5, 2): [WEST, EAST, taken],
            date(2031, 5, 3): [WEST, EAST, taken],
        },
        reach_m=10_000,
    )
    first, second, third = found.values()
    assert gain_interval_m2(second, third, "red") == (0, 0)
    assert gain_interval_m2(second, third, "blue") == (0, 0)
    low, high = gain_interval_m2(first, second, "red")
    days = [control_zones([WEST, EAST, point], reach_m=10_000) for point in (lost, taken)]
    (change,) = changes(*days)
    assert 0 < low < change.area_m2 < high
    assert gain_interval_m2(second, first, "blue") == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"points": []}, "no control point to reckon from"),
        ({"half_life_days": 0}, "a half-life of 0 days is none"),
        ({"step_m": -5}, "a grid of -5 m is none"),
        ({"step_m": 1}, "a grid of 1 m would have"),
        ({"window": (10, 10, 11, 11)}, "no control point reaches into that window"),
    ],
)
def test_what_cannot_be_reckoned_is_said(how, message):
    how = {"points": [WEST, EAST], "on": DAY, "reach_m": 10_000, **how}
    with pytest.raises(InputError, match=message):
        likelihood(how.pop("points"), **how)


def test_a_window_cuts_the_grid():
    found = likelihood([WEST, EAST], on=DAY, reach_m=10_000, step_m=100, window=(29.99, 44.99, 30.01, 45.01))
    assert found.share["red"].shape[0] < 30


def test_different_grids_are_told():
    a, b = (likelihood([WEST, EAST], on=DAY, reach_m=10_000, step_m=step) for step in (100, 200))
    with pytest.raises(InputError, match="different grids"):
        gain_interval_m2(a, b, "red")


# --- two days side by side, and files ---------------------------------------------------------------------------------


def test_a_comparison_as_a_record():
    doubt = likelihoods({DAY: [WEST, EAST], date(2031, 5, 2): [WEST, EAST]}, reach_m=10_000)
    record = as_record(compare(BEFORE, AFTER, doubt=tuple(doubt.values()), spacing_m=500), before="one", after="two")
    assert record["before"] == "one"
    assert record["front"]["spacing_m"] == 500
    assert record["front"]["before_km"] == record["front"]["after_km"] == pytest.approx(111.14, abs=0.01)
    assert record["changes"] == [
        {"from": None, "to": "blue", "area_km2": pytest.approx(868.9, abs=1)},
        {"from": "blue", "to": "red", "area_km2": pytest.approx(868.9, abs=1)},
    ]
    assert [sorted(holder) for holder in record["holders"]] == 2 * [
        ["after_km2", "after_km2_interval", "before_km2", "gained_km2", "gained_km2_interval", "holder", "lost_km2", "lost_km2_interval"]
    ]  # fmt: skip


SQUARE = '{"type": "Polygon", "coordinates": [[[30, 45], [31, 45], [31, 46], [30, 46], [30, 45]]]}'
BOW = '{"type": "Polygon", "coordinates": [[[30, 45], [31, 46], [31, 45], [30, 46], [30, 45]]]}'
POINT = '{"type": "Point", "coordinates": [30, 45]}'


def collection(*features):
    rows = ",".join(f'{{"type": "Feature", "properties": {p}, "geometry": {g}}}' for p, g in features)
    return f'{{"type": "FeatureCollection", "features": [{rows}]}}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (collection(("{}", SQUARE)), [("occupied", "held", 1.0)]),
        (collection(('{"Holder": "red"}', SQUARE), ('{"Holder": "red"}', SQUARE), ('{"Holder": null}', SQUARE)), [("occupied", "held", 1.0), ("red", "held", 1.0)]),
        (collection(('{"side": "red", "state": "claimed"}', BOW), ('{"side": "red", "state": "held"}', POINT)), [("red", "claimed", 0.5)]),
        (collection(("{}", SQUARE), ("{}", "null")), [("occupied", "held", 1.0)]),
    ],
)  # fmt: skip
def test_zones_are_read_from_files(tmp_path, text, expected):
    path = tmp_path / "zones.geojson"
    path.write_text(text, encoding="utf-8")
    assert [(z.holder, z.state, pytest.approx(z.geometry.area)) for z in read_zones(path)] == expected


@pytest.mark.parametrize(
    ("text", "message"), [(None, "no such file"), ("[]", "cannot be read"), (collection(("{}", POINT)), "no polygon")]
)
def test_files_that_hold_no_zones_are_told(tmp_path, text, message):
    path = tmp_path / "zones.geojson"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_zones(path)
    assert error.value.path == path
