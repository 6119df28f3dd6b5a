"""Zones: a valid coverage of the ground within reach, whatever the points."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control import ControlPoint, Ground, control_zones, front_lines
from geo.control.measure import area_m2
from geo.control.plane import GEOD
from geo.errors import InputError

HOLDERS = ("red", "blue", "green")


def points(*rows):
    return [ControlPoint(str(n), lon, lat, holder) for n, (lon, lat, holder) in enumerate(rows)]


def holder_at(zones, lon, lat):
    found = {z.holder for z in zones if shapely.intersects(z.geometry, shapely.Point(lon, lat))}
    return "/".join(sorted(found))


def shapes(zones):
    return [zone.geometry for zone in zones]


def fits(zones):
    return all(s.is_valid for s in shapes(zones)) and bool(shapely.coverage_is_valid(shapes(zones)))


# Fine and coarse steps: points on one grid line, at one place and on one circle are drawn often.
degrees = st.one_of(st.integers(-8, 8).map(lambda n: n / 20), st.floats(-0.4, 0.4).map(lambda x: round(x, 4)))
some_points = st.lists(
    st.builds(
        ControlPoint,
        id=st.sampled_from("abcdefghij"),
        lon=degrees.map(lambda x: 30 + x),
        lat=degrees.map(lambda y: 45 + y),
        holder=st.sampled_from(HOLDERS),
        certainty=st.sampled_from([0.5, 0.9]),
        reach_m=st.sampled_from([None, None, None, 3_000.0, 15_000.0]),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None, max_examples=150)
@given(some_points, st.randoms(use_true_random=False))
def test_zones_are_a_coverage_whatever_the_order(given_points, shuffler):
    zones = control_zones(given_points, reach_m=12_000)
    assert fits(zones)
    shuffled = given_points[:]
    shuffler.shuffle(shuffled)
    again = control_zones(shuffled, reach_m=12_000)
    assert [z.geometry.wkb for z in again] == [z.geometry.wkb for z in zones]
    assert [(z.holder, z.state, z.points, z.certainty) for z in again] == [
        (z.holder, z.state, z.points, z.certainty) for z in zones
    ]


@settings(deadline=None, max_examples=100)
@given(some_points)
def test_every_point_lies_in_the_zone_of_its_holder(given_points):
    zones = control_zones(given_points, reach_m=12_000)
    places = {}
    for p in given_points:
        places.setdefault((p.lon, p.lat), []).append(p)
    for (lon, lat), those in places.items():
        best = max(p.certainty for p in those)
        holders = "/".join(sorted({p.holder for p in those if p.certainty == best}))
        inside = [z.holder for z in zones if shapely.contains(z.geometry, shapely.Point(lon, lat))]
        assert inside == [holders]


@settings(deadline=None, max_examples=60)
@given(some_points)
def test_ground_belongs_to_the_nearest_point_within_reach_and_to_nobody_else(given_points):
    distinct = {(p.lon, p.lat): ControlPoint(p.id, p.lon, p.lat, p.holder) for p in given_points}
    places = list(distinct.values())
    zones = control_zones(places, reach_m=12_000)
    rng = np.random.default_rng(len(places))
    for lon, lat in rng.uniform((29.4, 44.4), (30.6, 45.6), (60, 2)):
        _, _, metres = GEOD.inv(
            np.full(len(places), lon), np.full(len(places), lat), [p.lon for p in places], [p.lat for p in places]
        )
        order = np.argsort(metres)
        near, distance = places[order[0]], metres[order[0]]
        rival = next((metres[i] for i in order if places[i].holder != near.holder), np.inf)
        if abs(distance - 12_000) < 40 or rival - distance < 5:  # on a line, or on a chord of the circle
            continue
        assert holder_at(zones, lon, lat) == (near.holder if distance < 12_000 else "")


@settings(deadline=None, max_examples=60)
@given(some_points)
def test_zones_cover_their_extent_once(given_points):
    extent = shapely.Polygon([(29.5, 44.6), (30.6, 44.5), (30.5, 45.5), (29.6, 45.4)])
    zones = control_zones(given_points, reach_m=250_000, extent=extent)
    assert fits(zones)
    whole = shapely.union_all(shapes(zones))
    assert sum(s.area for s in shapes(zones)) == pytest.approx(whole.area, rel=1e-9)
    reached = control_zones([p for p in given_points if p.reach_m is None], reach_m=250_000, extent=extent)
    if reached:
        assert shapely.union_all(shapes(reached)).area == pytest.approx(extent.area, rel=1e-6)


@settings(deadline=None, max_examples=60)
@given(some_points)
def test_front_lines_are_the_shared_boundary(given_points):
    zones = control_zones(given_points, reach_m=12_000)
    fronts = front_lines(zones)
    drawn = sum(front.geometry.length for front in fronts)
    shared = sum(
        shapely.intersection(a.geometry.boundary, b.geometry.boundary).length
        for n, a in enumerate(zones)
        for b in zones[:n]
        if a.holder != b.holder
    )
    assert drawn == pytest.approx(shared, abs=1e-9)
    by_holder = {h: shapely.union_all([z.geometry for z in zones if z.holder == h]) for h in {z.holder for z in zones}}
    for front in fronts:
        assert front.sides[0] < front.sides[1]
        for side in front.sides:
            assert (
                shapely.hausdorff_distance(
                    front.geometry, shapely.intersection(front.geometry, by_holder[side].boundary)
                )
                < 1e-9
            )
        # The first side lies on the left of the line.
        (x0, y0), (x1, y1) = front.geometry.coords[:2]
        left = shapely.Point((x0 + x1) / 2 - (y1 - y0) * 1e-3, (y0 + y1) / 2 + (x1 - x0) * 1e-3)
        assert by_holder[front.sides[0]].distance(left) <= by_holder[front.sides[1]].distance(left)


CIRCLE_KM2 = 3.14159 * 10**2

DEGENERATE = {
    "one point": (points((30, 45, "red")), {"red": CIRCLE_KM2}),
    "one point twice": (points((30, 45, "red"), (30, 45, "red")), {"red": CIRCLE_KM2}),
    "two holders at one point": (points((30, 45, "red"), (30, 45, "blue")), {"blue/red": CIRCLE_KM2}),
    "one holder": (points((30, 45, "red"), (31, 45, "red")), {"red": 2 * CIRCLE_KM2}),
    "two that meet": (points((30, 45, "red"), (30.1, 45, "blue")), None),
    "a row": (
        points((30, 45, "red"), (30.5, 45, "blue"), (31, 45, "red")),
        {"red": 2 * CIRCLE_KM2, "blue": CIRCLE_KM2},
    ),
    "a row in step": (points(*[(30 + n / 10, 45, HOLDERS[n % 3]) for n in range(7)]), None),
    "a square grid": (points(*[(30 + n % 6 / 10, 45 + n // 6 / 10, HOLDERS[n % 2]) for n in range(36)]), None),
    "two a hand apart": (points((30, 45, "red"), (30.000002, 45, "blue")), None),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_points_give_right_zones(name):
    given_points, areas = DEGENERATE[name]
    zones = control_zones(given_points, reach_m=10_000)
    assert fits(zones)
    if areas:
        assert {z.holder: area_m2(z.geometry) / 1e6 for z in zones} == pytest.approx(areas, rel=4e-3)
    else:
        assert {z.holder for z in zones} == {p.holder for p in given_points}


def test_no_points_no_zones():
    assert control_zones([], reach_m=10_000) == ()


def test_of_two_reports_of_a_place_the_surer_one_counts_then_the_later_one():
    from datetime import date

    sure = ControlPoint("a", 30, 45, "red", certainty=0.9, since=date(2031, 5, 1))
    later = ControlPoint("b", 30, 45, "blue", certainty=0.9, since=date(2031, 5, 2))
    vague = ControlPoint("c", 30, 45, "green", certainty=0.5, since=date(2031, 6, 1))
    assert [z.holder for z in control_zones([sure, vague], reach_m=1000)] == ["red"]
    assert [(z.holder, z.points) for z in control_zones([sure, later, vague], reach_m=1000)] == [("blue", ("b",))]


def test_across_the_antimeridian():
    here = control_zones(points((-0.05, 45, "red"), (0.05, 45, "blue"), (0, 45.1, "red")), reach_m=20_000)
    there = control_zones(points((179.95, 45, "red"), (-179.95, 45, "blue"), (180, 45.1, "red")), reach_m=20_000)
    assert fits(there)
    for a, b in zip(here, there, strict=True):
        assert area_m2(b.geometry) == pytest.approx(area_m2(a.geometry), rel=1e-6)
        assert b.geometry.bounds[0] >= -180
        assert b.geometry.bounds[2] <= 180
    assert holder_at(there, -179.95, 45) == "blue"
    assert holder_at(there, 179.9, 45) == "red"
    lengths = [sum(f.length_m for f in front_lines(zones)) for zones in (here, there)]
    assert lengths[1] == pytest.approx(lengths[0], rel=1e-5)
    assert not any(abs(f.geometry.bounds[2] - f.geometry.bounds[0]) > 1 for f in front_lines(there))


@pytest.mark.parametrize(
    ("given_points", "reach_m", "message"),
    [
        (points((10, 89.9, "red"), (170, 89.9, "blue")), 50_000, "pole"),
        (points((0, 90, "red")), 50_000, "pole"),
        (points((0, 0, "red"), (120, 0, "blue"), (-120, 0, "green")), 50_000, "too far apart"),
        (points((500, 45, "red")), 50_000, "no longitude and latitude"),
        (points((30, float("nan"), "red")), 50_000, "no longitude and latitude"),
        (points((30, 45, "")), 50_000, "has no holder"),
        (points((30, 45, "red")), 0, "the reach of all points is 0 m"),
        (points((30, 45, "red")), float("inf"), "inf m"),
        ([ControlPoint("x", 30, 45, "red", certainty=1.5)], 1000, "certain to 1.5"),
        ([ControlPoint("x", 30, 45, "red", reach_m=-1)], 1000, "the reach of the control point 'x'"),
    ],
)
def test_what_cannot_be_drawn_is_said(given_points, reach_m, message):
    with pytest.raises(InputError, match=message):
        control_zones(given_points, reach_m=reach_m)


def test_beside_a_pole_zones_are_right():
    zones = control_zones(points((10, 89, "red"), (12, 89, "blue")), reach_m=10_000)
    assert fits(zones)
    assert sum(area_m2(s) for s in shapes(zones)) < 2 * CIRCLE_KM2 * 1e6


# --- outlines ---------------------------------------------------------------------------------------------------------

RIVER = shapely.LineString([(30.05, 44), (30.05, 46)])


def test_a_cell_does_not_leak_across_a_barrier():
    rows = points((30.0, 45, "red"), (30.2, 45, "blue"), (30.2, 45.3, "blue"))
    free = control_zones(rows, reach_m=40_000)
    walled = control_zones(rows, reach_m=40_000, barriers=[RIVER])
    assert holder_at(free, 30.08, 45) == "red"
    assert holder_at(walled, 30.08, 45) == "blue"
    assert holder_at(walled, 30.03, 45.25) == "red"
    assert holder_at(free, 30.03, 45.25) == "blue"
    assert fits(walled)
    between = [f.geometry for f in front_lines(walled)]
    assert (
        shapely.hausdorff_distance(
            shapely.union_all(between), shapely.intersection(RIVER, shapely.union_all(between).envelope.buffer(1e-5))
        )
        < 0.1
    )


def test_behind_a_barrier_with_nobody_there_is_nobodys():
    walled = control_zones(points((30.0, 45, "red")), reach_m=40_000, barriers=[RIVER])
    assert holder_at(walled, 30.1, 45) == ""
    assert holder_at(walled, 30.04, 45) == "red"


def test_round_the_end_of_a_barrier_the_nearest_on_that_side_takes_over():
    spit = shapely.LineString([(30.05, 44.9), (30.05, 46)])  # open to the south
    rows = points((30.0, 45.1, "red"), (30.3, 45.1, "blue"), (30.0, 44.8, "red"))
    zones = control_zones(rows, reach_m=60_000, barriers=[spit])
    assert fits(zones)
    assert holder_at(zones, 30.1, 45.2) == "blue"
    assert holder_at(zones, 30.02, 45.2) == "red"


def test_a_lake_is_nobodys():
    lake = shapely.box(30.02, 44.98, 30.08, 45.02)
    zones = control_zones(points((30.0, 45, "red"), (30.1, 45, "blue")), reach_m=20_000, barriers=[lake])
    assert fits(zones)
    assert holder_at(zones, 30.05, 45) == ""
    assert holder_at(zones, 30.05, 45.05) == "blue/red"


def test_a_known_outline_is_whole():
    quarter = shapely.Polygon([(30.0, 45.0), (30.04, 45.0), (30.04, 45.03), (30.0, 45.03)])
    rows = points((30.005, 45.005, "red"), (30.06, 45.02, "blue"))
    plain = control_zones(rows, reach_m=10_000)
    outlined = control_zones(rows, reach_m=10_000, grounds=[Ground("quarter", quarter)])
    assert holder_at(plain, 30.038, 45.02) == "blue"
    assert holder_at(outlined, 30.038, 45.02) == "red"
    assert fits(outlined)
    red = next(z.geometry for z in outlined if z.holder == "red")
    assert shapely.difference(quarter, red).area < 1e-9


def test_an_outline_that_two_hold_is_shared_between_them():
    quarter = shapely.box(30.0, 45.0, 30.04, 45.04)
    rows = points((30.01, 45.02, "red"), (30.03, 45.02, "blue"), (30.05, 45.02, "green"))
    zones = control_zones(rows, reach_m=10_000, grounds=[Ground("quarter", quarter)])
    assert fits(zones)
    assert [holder_at(zones, x, 45.02) for x in (30.019, 30.021, 30.039, 30.041)] == ["red", "blue", "blue", "green"]


def test_an_outline_with_a_holder_needs_no_point_and_one_with_neither_is_left_out():
    base = Ground("base", shapely.box(30.0, 45.0, 30.02, 45.02), holder="red")
    empty = Ground("empty", shapely.box(30.5, 45.0, 30.52, 45.02))
    zones = control_zones([], reach_m=1_000, grounds=[base, empty])
    assert [(z.holder, z.points) for z in zones] == [("red", ("base",))]
    assert area_m2(zones[0].geometry) > area_m2(base.geometry)  # and what is within reach of its rim
    assert holder_at(zones, 30.51, 45.01) == ""


def test_a_point_that_contradicts_an_outline_takes_its_own_cell_of_it():
    base = Ground("base", shapely.box(30.0, 45.0, 30.1, 45.1), holder="red")
    zones = control_zones(points((30.02, 45.05, "blue")), reach_m=1_000, grounds=[base])
    assert fits(zones)
    assert holder_at(zones, 30.02, 45.05) == "blue"
    assert holder_at(zones, 30.08, 45.05) == "red"


@pytest.mark.parametrize(("radius_m", "share"), [(0.0, 0.5), (400.0, 0.6)])
def test_an_outline_and_a_place_beside_it_both_count_from_their_rims(radius_m, share):
    """Half way between them, where the place is a mere point; farther from its middle by half of what it is wide."""
    quarter = shapely.box(30.0, 45.0, 30.025, 45.018)  # some 2 by 2 km
    beside = ControlPoint("b", 30.05, 45.009, "blue", precision_m=radius_m)  # 2 km from its rim
    zones = control_zones([beside], reach_m=10_000, grounds=[Ground("quarter", quarter, holder="red")])
    (blue,) = [zone.geometry for zone in zones if zone.holder == "blue"]
    way = shapely.LineString([(30.05, 45.009), (30.025, 45.009)])
    assert shapely.intersection(blue, way).length / way.length == pytest.approx(share, abs=0.03)


def test_a_broken_outline_is_refused():
    bow = shapely.Polygon([(30, 45), (30.1, 45.1), (30.1, 45), (30, 45.1)])
    with pytest.raises(InputError, match="'bow' is no valid polygon"):
        control_zones(points((30, 45, "red")), reach_m=1_000, grounds=[Ground("bow", bow)])


@settings(deadline=None, max_examples=40)
@given(some_points, st.lists(st.tuples(degrees, degrees), min_size=2, max_size=6, unique=True))
def test_zones_among_outlines_are_a_coverage_whatever_the_order(given_points, corners):
    river = shapely.LineString([(30 + x, 45 + y) for x, y in corners])
    grounds = [
        Ground("west", shapely.box(29.8, 44.9, 30.0, 45.1)),
        Ground("east", shapely.box(30.0, 44.9, 30.15, 45.2), holder="green"),
    ]
    how = {"reach_m": 12_000, "barriers": [river], "grounds": grounds, "extent": shapely.box(29.7, 44.7, 30.3, 45.3)}
    zones = control_zones(given_points, **how)
    again = control_zones(given_points[::-1], **{**how, "grounds": grounds[::-1]})
    assert fits(zones)
    assert [z.geometry.wkb for z in again] == [z.geometry.wkb for z in zones]
