"""Regions are true on the sphere: at any latitude, across the antimeridian and over the poles."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from geo.crs import bearing_deg, destination, distance_m
from geo.errors import InputError
from geo.toponyms.regions import (
    DETOUR,
    among,
    band,
    between,
    core,
    disc,
    line,
    moved,
    of_outline,
    part,
    ring,
    sector,
    within,
    without,
)

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
inhabited = st.floats(-75, 75)
bearings = st.sampled_from([i * 22.5 for i in range(16)])
half_angles = st.sampled_from([11.25, 22.5, 45.0])
radii = st.floats(500, 300_000)
shares = st.sampled_from([0.1, 1 / 6, 0.4, 0.5])


def _turn(one, other):
    return abs(math.remainder(one - other, 360))


def _near(lon, lat):
    """Longitudes within 180 degrees of another, so that shapes at the antimeridian can be compared."""
    return lambda shape: shapely.union_all(
        [shapely.affinity.translate(p, 360 * round((lon - p.centroid.x) / 360)) for p in shapely.get_parts(shape)]
    )


def _corners(shape):
    """Corners, without those that the antimeridian or a pole cut."""
    return [(x, y) for x, y in shapely.get_coordinates(shape) if abs(x) < 180 and abs(y) < 90]


def _is_whole(region):
    west, south, east, north = region.geometry.bounds
    assert region.geometry.is_valid
    assert region.geometry.area > 0
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    assert max(distance_m(region.lon, region.lat, x, y) for x, y in _corners(region.geometry)) <= region.precision_m + 1


@settings(deadline=None)
@given(longitudes, latitudes, bearings, half_angles, radii, st.floats(1.1, 6))
def test_every_corner_of_a_sector_lies_in_its_cone_and_between_its_radii(lon, lat, bearing, half_angle, inner, times):
    region = sector(lon, lat, bearing=bearing, half_angle=half_angle, inner_m=inner, outer_m=inner * times)
    _is_whole(region)
    if abs(lat) + math.degrees(inner * times / 6_371_008) > 89:
        return  # a bearing says nothing at a pole
    for x, y in _corners(region.geometry):
        assert _turn(bearing_deg(lon, lat, x, y), bearing) < half_angle + 0.5
        assert inner * 0.99 < distance_m(lon, lat, x, y) < inner * times * 1.01


@settings(deadline=None)
@given(longitudes, inhabited, bearings, half_angles, radii, st.floats(1.1, 6))
def test_a_sector_holds_its_own_point_which_lies_on_its_axis(lon, lat, bearing, half_angle, inner, times):
    region = sector(lon, lat, bearing=bearing, half_angle=half_angle, inner_m=inner, outer_m=inner * times)
    assert region.geometry.intersects(Point(region.lon, region.lat))
    assert _turn(bearing_deg(lon, lat, region.lon, region.lat), bearing) < 0.1
    assert distance_m(lon, lat, region.lon, region.lat) == pytest.approx(inner * math.sqrt(times), rel=1e-3)


@settings(deadline=None)
@given(longitudes, latitudes, radii)
def test_a_disc_has_the_area_of_a_circle_and_holds_its_anchor(lon, lat, radius):
    region = disc(lon, lat, radius_m=radius)
    _is_whole(region)
    metres = shapely.transform(
        region.geometry,
        lambda p: p * [math.pi / 180, 0] * 6_371_008.8 + shapely.get_coordinates(_sines(p)) * [0, 6_371_008.8],
    )
    cap = 2 * math.pi * 6_371_008.8**2 * (1 - math.cos(radius / 6_371_008.8))
    if abs(lat) < 85:
        assert metres.area == pytest.approx(cap, rel=0.02)
    assert region.geometry.buffer(1e-6).intersects(Point(math.remainder(lon, 360), lat))


def _sines(points):
    return shapely.points([(0, math.sin(math.radians(y))) for _, y in points])


@settings(deadline=None)
@given(longitudes, latitudes, radii, st.floats(1.1, 6))
def test_a_ring_lies_at_its_distance_and_leaves_out_its_middle(lon, lat, inner, times):
    region = ring(lon, lat, inner_m=inner, outer_m=inner * times)
    _is_whole(region)
    assert (region.lon, region.lat) == (lon, lat)
    assert not region.geometry.contains(Point(lon, lat))
    if abs(lat) < 80:
        for turn in (0, 77, 180, 271):
            assert region.geometry.intersects(Point(destination(lon, lat, turn, inner * (1 + times) / 2)))


@settings(deadline=None)
@given(longitudes, inhabited, st.floats(0, 360), st.floats(2_000, 800_000))
def test_between_lengthens_the_way_by_an_eighth_at_most_and_holds_both_ends(lon, lat, bearing, length):
    other = destination(lon, lat, bearing, length)
    region = between(lon, lat, *other)
    _is_whole(region)
    length = distance_m(lon, lat, *other)
    for x, y in _corners(region.geometry):
        assert distance_m(lon, lat, x, y) + distance_m(x, y, *other) < DETOUR * length * 1.005
    for point in ((lon, lat), other, (region.lon, region.lat)):
        assert region.geometry.intersects(Point(point))


@settings(deadline=None)
@given(
    longitudes, inhabited, st.lists(st.tuples(st.floats(0, 360), st.floats(10_000, 300_000)), min_size=2, max_size=3)
)
def test_among_holds_every_place(lon, lat, others):
    points = [(lon, lat), *(destination(lon, lat, *other) for other in others)]
    region = among(points)
    _is_whole(region)
    assert all(region.geometry.intersects(Point(p)) for p in points)
    assert region.geometry.intersects(Point(region.lon, region.lat))


@settings(deadline=None)
@given(longitudes, inhabited, bearings, shares, st.floats(5_000, 500_000))
def test_a_part_lies_in_its_place_has_its_share_and_its_own_point(lon, lat, bearing, share, radius):
    place = disc(lon, lat, radius_m=radius)
    region = part(place.geometry, bearing=bearing, share=share)
    assert region.geometry.is_valid
    assert region.geometry.intersects(Point(region.lon, region.lat))
    grown = _near(lon, lat)(place.geometry).buffer(place.geometry.bounds[3] * 0 + 2e-3 + radius / 111e3 * 0.01)
    assert grown.contains(_near(lon, lat)(region.geometry))
    if radius < 50_000:
        assert region.geometry.area == pytest.approx(share * place.geometry.area, rel=0.05)
        assert _turn(bearing_deg(lon, lat, region.lon, region.lat), bearing) < 8


def test_opposite_halves_make_the_whole():
    place = disc(37, 36, radius_m=80_000).geometry
    north, south = (part(place, bearing=b, share=0.5).geometry for b in (0, 180))
    assert north.intersection(south).area < 0.001 * place.area
    assert north.union(south).area == pytest.approx(place.area, rel=0.001)


@settings(deadline=None)
@given(longitudes, inhabited, st.floats(5_000, 500_000))
def test_the_core_of_a_place_lies_about_its_middle(lon, lat, radius):
    region = core(disc(lon, lat, radius_m=radius).geometry, share=1 / 3)
    assert region.geometry.is_valid
    assert distance_m(lon, lat, region.lon, region.lat) < 0.1 * radius
    assert region.precision_m < radius


@settings(deadline=None)
@given(longitudes, inhabited, st.floats(0, 360), st.floats(20_000, 400_000), st.floats(1_000, 20_000))
def test_a_band_goes_along_its_line(lon, lat, bearing, length, width):
    far = destination(lon, lat, bearing, length)
    course = LineString([(lon, lat), (lon + math.remainder(far[0] - lon, 360), far[1])])
    region = band(course, half_width_m=width, lon=lon, lat=lat)
    _is_whole(region)
    assert region.geometry.intersects(Point(lon, lat))
    side = destination(lon, lat, bearing + 90, 1.1 * width)
    assert not region.geometry.intersects(Point(side))


@settings(deadline=None)
@given(st.floats(-360, 360), st.floats(-60, 60), bearings, half_angles, radii)
def test_moving_the_anchor_along_its_parallel_moves_the_area_alike(by, lat, bearing, half_angle, inner):
    here = sector(10, lat, bearing=bearing, half_angle=half_angle, inner_m=inner, outer_m=2 * inner)
    there = sector(
        math.remainder(10 + by, 360), lat, bearing=bearing, half_angle=half_angle, inner_m=inner, outer_m=2 * inner
    )
    assert there.lat == pytest.approx(here.lat, abs=1e-6)
    assert _turn(there.lon, here.lon + by) < 1e-6
    assert there.precision_m == pytest.approx(here.precision_m, rel=0.01)
    assert there.geometry.area == pytest.approx(here.geometry.area, rel=1e-3)


def test_a_region_over_the_antimeridian_is_cut_there():
    region = disc(179.9, 10.0, radius_m=50_000)
    assert region.geometry.geom_type == "MultiPolygon"
    assert region.geometry.is_valid
    assert region.geometry.bounds[0] == -180
    assert region.geometry.bounds[2] == 180
    assert region.geometry.intersects(Point(-179.8, 10.0))
    assert region.geometry.intersects(Point(179.8, 10.0))


@pytest.mark.parametrize("lat", [90, 89.9, -89.9, -90])
def test_a_region_over_a_pole_reaches_up_to_it(lat):
    region = disc(20, lat, radius_m=50_000)
    assert region.geometry.is_valid
    assert region.geometry.bounds[0] == -180
    assert region.geometry.bounds[2] == 180
    assert abs(region.geometry.bounds[3 if lat > 0 else 1]) == 90
    assert all(region.geometry.buffer(1e-6).intersects(Point(x, math.copysign(89.95, lat))) for x in (-170, 0, 20, 170))
    hole = ring(20, lat, inner_m=30_000, outer_m=50_000)
    assert not hole.geometry.intersects(Point(20, math.copysign(89.98, lat)))


@pytest.mark.parametrize(
    ("inner", "outer", "message"),
    [
        (5_000, 5_000, "radii 5000 and 5000 m make no ring. Give 0 <= inner < outer < 10,000 km."),
        (-1, 5_000, "radii -1 and 5000 m make no ring. Give 0 <= inner < outer < 10,000 km."),
        (0, 2e7, "radii 0 and 20000000.0 m make no ring. Give 0 <= inner < outer < 10,000 km."),
    ],
)
def test_what_cannot_be_drawn_says_so(inner, outer, message):
    with pytest.raises(InputError) as caught:
        ring(0, 10, inner_m=inner, outer_m=outer)
    assert str(caught.value) == message


def test_two_places_must_be_two_and_not_worlds_apart():
    for draw in (lambda: between(1, 2, 1, 2), lambda: line([(1, 2), (1, 2)])):
        with pytest.raises(InputError, match="both ends are the same point"):
            draw()
    with pytest.raises(InputError, match="too far apart"):
        between(0, 0, 170, 0)


def test_a_line_goes_through_its_stops_and_points_at_its_middle():
    road = line([(36.3, 33.5), (36.7, 34.7), (37.2, 36.2)])
    assert road.geometry.distance(Point(36.7, 34.7)) < 0.01
    assert road.geometry.distance(Point(road.lon, road.lat)) < 0.01
    assert road.precision_m == pytest.approx(155_000, rel=0.02)


def test_within_and_without_keep_what_lies_inside_and_outside():
    region = sector(10, 50, bearing=0, half_angle=45, inner_m=0, outer_m=100_000)
    inside = within(region, box(9.5, 49.5, 10.5, 50.5))
    assert inside.geometry.bounds[3] == pytest.approx(50.5)
    assert 50 < inside.lat < 50.5
    assert without(region, box(9.5, 49.5, 10.5, 50.5)).geometry.area < region.geometry.area
    assert within(region, box(0, 0, 1, 1)) == region
    assert without(region, box(0, 0, 90, 90)) == region


def test_moved_moves_by_metres():
    there = moved(box(10, 50, 10.1, 50.1), bearing=90, metres=20_000, lon=10, lat=50)
    assert distance_m(10.05, 50.05, there.centroid.x, there.centroid.y) == pytest.approx(20_000, rel=0.001)


def test_a_crescent_points_at_a_point_of_its_own():
    crescent = disc(0, 0, radius_m=10_000).geometry.difference(disc(0.05, 0, radius_m=9_000).geometry)
    assert crescent.contains(Point(of_outline(crescent).lon, of_outline(crescent).lat))
