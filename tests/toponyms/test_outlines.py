import pytest
from shapely import Point

from geo.toponyms.draw import draw
from geo.toponyms.outlines import border, country, land, neighbours, province
from geo.toponyms.phrases import Phrase
from geo.toponyms.relative import outline_of
from geo.toponyms.resolve import locate


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("SY", [(37.16, 36.2), (36.3, 33.5)], [(44.4, 33.3), (37.38, 37.07)]),
        ("FR", [(2.35, 48.86), (9.1, 42.2)], [(-53, 4)]),  # with Corsica, without Guiana
        ("US", [(-100, 40), (-81, 27)], [(-150, 64), (-155.5, 19.6)]),  # without Alaska and Hawaii
        ("RU", [(37.6, 55.7), (160, 67), (187, 66)], [(-173, 66)]),  # past 180, in one piece
        ("ID", [(106.8, -6.6), (140, -3), (98.7, 3.4)], []),
    ],
)
def test_countries(code, inside, outside):
    shape = country(code)
    assert shape.is_valid
    assert all(shape.contains(Point(p)) for p in inside)
    assert not any(shape.contains(Point(p)) for p in outside)


def test_no_country_of_that_code():
    assert country("XX") is None
    assert neighbours("XX") == ()
    assert border("XX", "SY") is None


def test_borders():
    assert neighbours("UA") == ("BY", "HU", "MD", "PL", "RO", "RU", "SK")
    line = border("SY", "TR")
    assert line.equals(border("TR", "SY"))
    assert line.distance(Point(37.09, 36.65)) < 0.03  # Bab al-Salam
    assert line.distance(Point(36.68, 36.24)) < 0.03  # Bab al-Hawa
    assert border("GB", "FR") is None


def test_land_is_what_is_no_sea():
    window = (34.0, 33.0, 36.5, 35.0)
    assert land(window).contains(Point(35.9, 33.9))
    assert not land(window).intersects(Point(34.8, 33.9))


@pytest.mark.parametrize(
    ("place", "inside", "outside"),
    [
        ("iso:SY-HL", [(37.16, 36.2), (37.95, 36.53)], [(36.63, 35.93), (39.0, 35.95)]),
        ("iso:UA-63", [(36.23, 49.99), (37.3, 49.2)], [(34.55, 49.59), (37.8, 48.0)]),
        ("iso:US-KS", [(-95.7, 39.05), (-101, 39)], [(-94.5, 39.1), (-100, 41)]),
        ("iso:AF-KAN", [(65.7, 31.6)], [(64.4, 31.6)]),
    ],
)
def test_provinces(world, place, inside, outside):
    shape = province(world.get(place))
    assert shape.is_valid
    assert all(shape.contains(Point(p)) for p in inside)
    assert not any(shape.contains(Point(p)) for p in outside)


def test_a_cell_of_two_provinces_is_neither(world):
    baghdad = next(p for p in world.lookup(["Baghdad Governorate"])["Baghdad Governorate"] if p.kind == "admin1")
    assert outline_of(world, locate(baghdad, world), baghdad) is None


def test_a_part_of_a_province_lies_in_it(world):
    place = world.get("iso:SY-HL")
    anchor = locate(place, world)
    outline = outline_of(world, anchor, place)
    region, _ = draw(Phrase("part", 0, 1, "{}", bearings=(180.0,)), anchor, outline)
    assert outline.buffer(0.02).contains(region.geometry)
    assert region.lat < outline.centroid.y
