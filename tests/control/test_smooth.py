"""Smoothing: a valid coverage stays one, and every point stays on its side."""

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control import ControlPoint, control_zones, front_lines
from geo.control.smooth import smooth_zones

steps = st.integers(-8, 8).map(lambda n: n / 20)


@st.composite
def scattered(draw, lon):
    places = draw(st.lists(st.tuples(steps, steps), min_size=1, max_size=20, unique=True))
    holders = draw(st.lists(st.sampled_from(["red", "blue", "green"]), min_size=len(places), max_size=len(places)))
    return [
        ControlPoint(str(n), (lon + x + 180) % 360 - 180, 45 + y, holder)
        for n, ((x, y), holder) in enumerate(zip(places, holders, strict=True))
    ]


@settings(deadline=None, max_examples=60)
@given(st.one_of(scattered(30), scattered(180)), st.integers(1, 3))
def test_smooth_zones_are_a_coverage_and_points_keep_their_side(points, rounds):
    zones = control_zones(points, reach_m=9_000)
    smooth = smooth_zones(zones, points=points, rounds=rounds)
    assert [(z.holder, z.state, z.points) for z in smooth] == [(z.holder, z.state, z.points) for z in zones]
    shapes = [zone.geometry for zone in smooth]
    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    for point in points:
        at = shapely.Point(point.lon, point.lat)
        assert [z.holder for z in smooth if shapely.intersects(z.geometry, at)] == [point.holder]
    assert {front.sides for front in front_lines(smooth)} == {front.sides for front in front_lines(zones)}


def test_corners_are_cut():
    rows = [ControlPoint(str(n), 30 + n / 10, 45 + n % 2 / 20, ("red", "blue")[n % 2]) for n in range(6)]
    zones = control_zones(rows, reach_m=20_000)
    smooth = smooth_zones(zones, points=rows)
    before, after = (sum(f.length_m for f in front_lines(day)) for day in (zones, smooth))
    assert after < before
    vertices = [sum(len(shapely.get_coordinates(z.geometry)) for z in day) for day in (zones, smooth)]
    assert vertices[1] > vertices[0]
