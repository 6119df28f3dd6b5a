"""The picture of two days side by side, and the land that a war is fought over."""

import shapely

from geo.control.compare import compare
from geo.control.records import Zone
from geo.maps.change import render_change, territory_of


def zone(holder, *bounds):
    return Zone(holder, "held", shapely.MultiPolygon([shapely.orient_polygons(shapely.box(*bounds))]))


def test_the_territory_is_the_country_of_most_of_the_ground():
    land = territory_of([zone("red", 30, 49, 33, 50), zone("blue", 29.5, 51, 30, 52)])
    assert shapely.contains(land, shapely.Point(31, 49.5))  # Ukraine
    assert not shapely.contains(land, shapely.Point(29.7, 51.9))  # Belarus
    assert territory_of([zone("red", -40, 30, -39, 31)]).is_empty  # the open sea


def test_both_days_are_drawn_with_what_changed():
    before = [zone("red", 30, 49, 31, 50), zone("blue", 31, 49, 32, 50)]
    after = [zone("red", 30, 49, 31.3, 50), zone("blue", 31.3, 49, 32, 50)]
    drawn = [
        render_change(before, after, compare(before, after), days=("one", "two"), title="What changed", format="svg")
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    still = render_change(before, before, compare(before, before), days=("one", "two"), title="Nothing", format="png")
    assert still.startswith(b"\x89PNG")
