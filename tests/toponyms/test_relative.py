import math
import re

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.crs import bearing_deg, distance_m
from geo.model import Article, Location
from geo.toponyms import find_mentions
from geo.toponyms.distances import distance_pattern, read_distance
from geo.toponyms.draw import draw, half_angle
from geo.toponyms.outlines import country
from geo.toponyms.phrases import Phrase

TELLUN = (24.2, 31.9, 6_000)

# text, span of the region, relation to the anchor: bearing, least and greatest distance of the middle in radii
REGIONS = [
    ("Strikes hit southwest of Tellun.", "southwest of Tellun", 225, (1, 2.1)),
    ("Strikes hit areas south-west of Tellun.", "south-west of Tellun", 225, (1, 2)),
    ("They dug in to the north of Tellun.", "to the north of Tellun", 0, (1, 2)),
    ("Troops hold the countryside north of Tellun.", "countryside north of Tellun", 0, (1.5, 5)),
    ("Troops hold the northern Tellun countryside.", "northern Tellun countryside", 0, (1.5, 5)),
    ("A convoy stopped 30 km east of Tellun.", "30 km east of Tellun", 90, (4.5, 5.3)),
    ("A convoy stopped ten miles west of Tellun.", "ten miles west of Tellun", 270, (2.3, 2.9)),
    ("Shells fell in eastern Tellun.", "eastern Tellun", 90, (0, 1)),
    ("Shells fell on the western districts of Tellun.", "western districts of Tellun", 270, (0, 1)),
    ("Shells fell on Tellun's southern suburbs.", "Tellun's southern suburbs", 180, (1, 2)),
    ("They camped near Tellun.", "near Tellun", None, (0, 0)),
    ("They camped on the outskirts of Tellun.", "outskirts of Tellun", None, (0, 0)),
    ("They camped in rural Tellun.", "rural Tellun", None, (0, 0)),
    ("They camped 20 km from Tellun.", "20 km from Tellun", None, (0, 0)),
    ("Rebels hold Tellun. Jets struck southwest of the city.", "southwest of the city", 225, (1, 2)),
]


@pytest.mark.parametrize(("text", "words", "bearing", "radii"), REGIONS, ids=[case[0] for case in REGIONS])
def test_regions_relative_to_a_city(theatre, text, words, bearing, radii):
    (mention,) = [m for m in find_mentions(Article("a", text), theatre) if m.region is not None]
    lon, lat, r = TELLUN
    region = mention.region
    assert text[mention.region_start : mention.region_end] == words
    assert mention.location.place_id == region.place_id == "atlas:tellun"
    assert region.kind == "region"
    assert region.geometry.is_valid
    away = distance_m(lon, lat, region.lon, region.lat) / r
    assert radii[0] <= away <= radii[1] + 1e-6
    if bearing is not None:
        assert abs(math.remainder(bearing_deg(lon, lat, region.lon, region.lat) - bearing, 360)) < 1


def test_between_two_places(theatre):
    text = "Fighting raged between Qasr Dhib and Ghuraybah."
    mention = next(m for m in find_mentions(Article("a", text), theatre) if m.region is not None)
    assert text[mention.region_start : mention.region_end] == "between Qasr Dhib and Ghuraybah"
    assert mention.region.geometry.contains(Point(24.65, 31.75))


NO_REGION = [
    "Talks between Libya and Egypt began.",
    "They entered Tellun.",
    "Troops crossed the northern province of Tellun.",
    "North Korea spoke.",
]


@pytest.mark.parametrize("text", NO_REGION)
def test_no_region_where_none_is_told(theatre, text):
    assert all(m.region is None for m in find_mentions(Article("a", text), theatre))


def test_a_phrase_that_the_atlas_knows_is_its_area(theatre):
    text = "They shelled the harbour districts of Tellun."
    (mention,) = [m for m in find_mentions(Article("a", text), theatre) if m.text == "Tellun"]
    assert mention.region.place_id == "atlas:harbour"
    assert mention.region.geometry.geom_type == "Polygon"
    assert text[mention.region_start : mention.region_end] == "harbour districts of Tellun"


def test_part_of_a_state_lies_in_it(world):
    (mention,) = find_mentions(Article("a", "Snow fell in northern Italy."), world)
    assert (mention.text, mention.location.place_id) == ("Italy", "country:IT")
    assert mention.region.lat > mention.location.lat
    assert country("IT").buffer(0.02).contains(mention.region.geometry)


longitudes, latitudes = st.floats(-180, 180), st.floats(-75, 75)
bearings = st.sampled_from([i * 22.5 for i in range(16)])
relations = st.sampled_from(["beyond", "countryside", "part", "edge", "suburbs"])


def _draw_by_rule(relation, lon, lat, size, bearing=None, distance=None, kind="city"):
    anchor = Location("X", kind, lon, lat, size, "x")
    phrase = Phrase(relation, 0, 1, "{}", bearings=() if bearing is None else (bearing,), distance=distance)
    return draw(phrase, anchor)


def _draw(*args, **kwargs):
    return _draw_by_rule(*args, **kwargs)[0]


@settings(deadline=None)
@given(longitudes, latitudes, st.floats(100, 100_000), relations, bearings)
def test_regions_keep_to_their_cone_and_hold_their_own_point(lon, lat, size, relation, bearing):
    region = _draw(relation, lon, lat, size, bearing)
    assert region.geometry.is_valid
    assert region.geometry.intersects(Point(region.lon, region.lat))
    turn = math.remainder(bearing_deg(lon, lat, region.lon, region.lat) - bearing, 360)
    assert abs(turn) <= half_angle(bearing)
    away = distance_m(lon, lat, region.lon, region.lat)
    assert (away < max(size, 500)) == (relation == "part")


@settings(deadline=None)
@given(longitudes, latitudes, st.floats(100, 50_000), relations, bearings)
def test_regions_grow_with_the_precision_of_the_anchor(lon, lat, size, relation, bearing):
    (small, _), (large, rule) = (_draw_by_rule(relation, lon, lat, s, bearing) for s in (size, 2 * size + 1000))
    assume("on land" not in rule)  # what reaches the sea loses it
    reach = [max(distance_m(lon, lat, x, y) for x, y in shapely.get_coordinates(r.geometry)) for r in (small, large)]
    assert reach[0] < reach[1]
    # regions about an edge have a largest size: never smaller, but for rounded coordinates
    assert large.geometry.area > small.geometry.area * 0.999


@settings(deadline=None)
@given(longitudes, latitudes, st.floats(100, 10_000), bearings, st.integers(1, 400))
def test_a_told_distance_is_kept_to_a_quarter_and_the_size_of_the_place(lon, lat, size, bearing, km):
    distance = read_distance(f"{km} km")
    told = 1000 * km + (max(size, 500) if 1000 * km < max(size, 500) else 0)
    slack = math.hypot(250 * km, max(size, 500)) * 1.01 + 1
    for region in (_draw("beyond", lon, lat, size, bearing, distance), _draw("beyond", lon, lat, size, None, distance)):
        if region.geometry.bounds[0] == -180 or abs(lat) + km / 111 > 88:
            continue
        for x, y in shapely.get_coordinates(region.geometry):
            away = distance_m(lon, lat, x, y)
            assert told - slack <= away <= told + slack or (told <= slack and away == pytest.approx(0, abs=1))


@pytest.mark.parametrize("lat", [90, 89.99, -90])
@pytest.mark.parametrize("relation", ["beyond", "countryside", "near", "edge", "part", "core", "outside", "suburbs"])
def test_poles_and_the_antimeridian_do_not_raise(relation, lat):
    for lon in (-180, 0, 180):
        assert _draw(relation, lon, lat, 5_000, 90.0 if relation != "near" else None).geometry.is_valid


DISTANCES = [
    ("10 km", 7_500, 12_500),
    ("some 12 miles (19 km)", 14_484, 24_140),
    ("10 to 15 km", 9_000, 16_500),
    ("a few kilometres", 1_800, 5_500),
    ("several miles", 4_345, 17_703),
    ("up to 20 km", 0, 20_000),
    ("less than 50 kilometers", 25_000, 50_000),
    ("no more than 50 km", 37_500, 62_500),
    ("more than 100 km", 100_000, 150_000),
    ("two hours' drive", 51_600, 120_400),
    ("a 30-minute drive", 12_900, 30_100),
    ("half a mile", 603, 1_006),
    ("1,200 metres", 900, 1_500),
    ("2.5 km", 1_875, 3_125),
    ("40 nautical miles", 55_560, 92_600),
]


@pytest.mark.parametrize(("text", "least", "most"), DISTANCES)
def test_distances(text, least, most):
    assert re.fullmatch(distance_pattern(), text, re.IGNORECASE)
    distance = read_distance(text)
    assert (round(distance.least), round(distance.most)) == (pytest.approx(least, abs=2), pytest.approx(most, abs=2))


def test_no_distance_of_nothing():
    assert read_distance("0 km") is None


@pytest.mark.parametrize(("bearing", "angle"), [(0, 45), (90, 45), (45, 22.5), (315, 22.5), (22.5, 11.25)])
def test_cones_are_as_wide_as_their_direction_is_exact(bearing, angle):
    assert half_angle(bearing) == angle
