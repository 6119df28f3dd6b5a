import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo.crs import bearing_deg, distance_m
from geo.errors import InputError
from geo.toponyms.regions import clip, disc, line, ring, sector, strip

longitudes = st.floats(-180, 180)
latitudes = st.floats(-80, 80)
bearings = st.sampled_from([i * 22.5 for i in range(16)])
half_angles = st.sampled_from([11.25, 22.5, 45.0])
radii = st.floats(500, 300_000)


def _turn(one: float, other: float) -> float:
    return abs(math.remainder(one - other, 360))


@settings(deadline=None)
@given(longitudes, latitudes, bearings, half_angles, radii, st.floats(1.1, 6))
def test_every_corner_of_a_sector_lies_in_its_cone_and_between_its_radii(lon, lat, bearing, half_angle, inner, times):
    region = sector(lon, lat, bearing=bearing, half_angle=half_angle, inner_m=inner, outer_m=inner * times)
    if abs(lat) + math.degrees(inner * times / 6_371_008) >= 89:
        return
    assert region.geometry.is_valid
    assert region.geometry.area > 0
    west, _, east, _ = region.geometry.bounds
    assert (west, east) == (max(west, -180), min(east, 180))
    if region.geometry.geom_type == "Polygon":
        for x, y in region.geometry.exterior.coords:
            assert _turn(bearing_deg(lon, lat, x, y), bearing) < half_angle + 0.5
            assert inner * 0.99 < distance_m(lon, lat, x, y) < inner * times * 1.01


@settings(deadline=None)
@given(longitudes, latitudes, bearings, half_angles, radii)
def test_the_middle_of_a_sector_is_on_its_axis_and_its_radius_reaches_every_corner(
    lon, lat, bearing, half_angle, inner
):
    region = sector(lon, lat, bearing=bearing, half_angle=half_angle, inner_m=inner, outer_m=2 * inner)
    assert _turn(bearing_deg(lon, lat, region.lon, region.lat), bearing) < 0.5
    assert inner < distance_m(lon, lat, region.lon, region.lat) < 2 * inner
    parts = region.geometry.geoms if region.geometry.geom_type == "MultiPolygon" else [region.geometry]
    corners = [c for part in parts for c in part.exterior.coords]
    assert max(distance_m(region.lon, region.lat, x, y) for x, y in corners) < region.precision_m * 1.01


@settings(deadline=None)
@given(longitudes, latitudes, radii)
def test_a_disc_has_the_area_of_a_circle(lon, lat, radius):
    region = disc(lon, lat, radius_m=min(radius, 50_000))
    radius = min(radius, 50_000)
    shrunk = math.cos(math.radians(lat))
    square_metres = region.geometry.area * 111_195**2 * shrunk
    assert square_metres == pytest.approx(math.pi * radius**2, rel=0.06)


def test_a_ring_leaves_out_its_middle():
    region = ring(37.0, 36.0, inner_m=5_000, outer_m=10_000)
    assert not region.geometry.contains(Point(37.0, 36.0))
    assert region.geometry.contains(Point(37.0, 36.0 + 7_500 / 111_195))


def test_a_region_over_the_antimeridian_is_cut_there():
    region = disc(179.9, 10.0, radius_m=50_000)
    assert region.geometry.geom_type == "MultiPolygon"
    assert region.geometry.is_valid
    assert region.geometry.bounds[0] == -180
    assert region.geometry.bounds[2] == 180
    assert region.geometry.intersects(Point(-179.8, 10.0))
    assert region.geometry.intersects(Point(179.8, 10.0))


@pytest.mark.parametrize(
    ("lat", "inner", "outer", "message"),
    [
        (89.9, 0, 50_000, "a region that reaches over a pole cannot be drawn. Give a smaller region."),
        (-89.9, 0, 50_000, "a region that reaches over a pole cannot be drawn. Give a smaller region."),
        (10, 5_000, 5_000, "radii 5000 and 5000 m make no ring. Give 0 <= inner < outer < 10,000 km."),
        (10, -1, 5_000, "radii -1 and 5000 m make no ring. Give 0 <= inner < outer < 10,000 km."),
    ],
)
def test_what_cannot_be_drawn_says_so(lat, inner, outer, message):
    with pytest.raises(InputError) as caught:
        ring(0, lat, inner_m=inner, outer_m=outer)
    assert str(caught.value) == message


@settings(deadline=None)
@given(longitudes, st.floats(-70, 70), bearings, st.floats(5_000, 200_000))
def test_a_strip_holds_both_ends_and_the_middle(lon, lat, bearing, length):
    from geo.crs import destination

    other = destination(lon, lat, bearing, length)
    region = strip(lon, lat, *other, half_width_m=length / 4)
    assert region.geometry.is_valid
    for point in ((lon, lat), other, (region.lon, region.lat)):
        assert region.geometry.buffer(1e-4).intersects(Point(point))
    assert region.precision_m >= length / 2


def test_a_strip_and_a_line_need_two_ends():
    with pytest.raises(InputError, match="both ends are the same point"):
        strip(1, 2, 1, 2, half_width_m=10)
    with pytest.raises(InputError, match="both ends are the same point"):
        line(1, 2, 1, 2)


def test_clip_keeps_what_lies_inside_an_outline():
    region = sector(10, 50, bearing=0, half_angle=45, inner_m=0, outer_m=100_000)
    inside = clip(region, box(9.5, 49.5, 10.5, 50.5))
    assert inside.geometry.bounds[3] == pytest.approx(50.5)
    assert 50 < inside.lat < 50.5
    assert clip(region, box(0, 0, 1, 1)) == region
