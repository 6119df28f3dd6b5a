import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.crs import bearing_deg, distance_m
from geo.model import Article, Location
from geo.toponyms import find_mentions
from geo.toponyms.phrases import Phrase
from geo.toponyms.relative import draw, half_angle

TELLUN = (24.2, 31.9, 6_000)

# text, span of the region, relation to the anchor: bearing, least and greatest distance of the middle in radii
REGIONS = [
    ("Strikes hit southwest of Tellun.", "southwest of Tellun", 225, (1, 2)),
    ("Strikes hit areas south-west of Tellun.", "south-west of Tellun", 225, (1, 2)),
    ("They dug in to the north of Tellun.", "to the north of Tellun", 0, (1, 2)),
    ("Troops hold the countryside north of Tellun.", "countryside north of Tellun", 0, (2.5, 5)),
    ("Troops hold the northern Tellun countryside.", "northern Tellun countryside", 0, (2.5, 5)),
    ("A convoy stopped 30 km east of Tellun.", "30 km east of Tellun", 90, (4.7, 5.3)),
    ("A convoy stopped ten miles west of Tellun.", "ten miles west of Tellun", 270, (2.5, 2.9)),
    ("Shells fell in eastern Tellun.", "eastern Tellun", 90, (0, 1)),
    ("Shells fell on the western districts of Tellun.", "western districts of Tellun", 270, (0, 1)),
    ("Shells fell on Tellun's southern suburbs.", "Tellun's southern suburbs", 180, (0, 1)),
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
    assert mention.region.lon == pytest.approx(mention.location.lon, abs=0.5)


@settings(deadline=None)
@given(
    st.floats(-180, 180),
    st.floats(-60, 60),
    st.floats(100, 100_000),
    st.sampled_from(["beyond", "countryside", "part"]),
    st.sampled_from([i * 22.5 for i in range(16)]),
)
def test_regions_scale_with_the_anchor_and_keep_to_their_cone(lon, lat, size, relation, bearing):
    anchor = Location("X", "city", lon, lat, size, "x")
    region = draw(Phrase(relation, bearing, None, 0, 1, "{}", ""), anchor)
    assert region.geometry.is_valid
    assert region.geometry.area > 0
    turn = math.remainder(bearing_deg(lon, lat, region.lon, region.lat) - bearing, 360)
    assert abs(turn) <= half_angle(bearing)
    away = distance_m(lon, lat, region.lon, region.lat)
    assert (away < max(size, 500)) == (relation == "part")


@pytest.mark.parametrize(("bearing", "angle"), [(0, 45), (90, 45), (45, 22.5), (315, 22.5), (22.5, 11.25)])
def test_cones_are_as_wide_as_their_direction_is_exact(bearing, angle):
    assert half_angle(bearing) == angle
