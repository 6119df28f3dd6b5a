"""Front lines: measured with dividers, merged, and told from coast and border."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.control import ControlPoint, control_zones, front_length_m, front_lines
from geo.control.frontline import at_spacing
from geo.control.outline import front_of_outline
from geo.control.records import Zone
from geo.errors import InputError

# A line that turns left and right every kilometre or so, 50 km long as the crow flies.
ZIGZAG = shapely.LineString([(30 + n / 80, 45 + (n % 2) / 100) for n in range(52)])


def test_a_line_gets_longer_with_shorter_steps():
    lengths = [front_length_m([ZIGZAG], spacing_m=metres) for metres in (20_000, 5_000, 1_000, 100)]
    assert lengths == sorted(lengths)
    assert lengths[0] < 0.8 * lengths[-1]
    assert front_length_m([ZIGZAG]) == pytest.approx(lengths[-1], rel=0.02)


@given(st.floats(50, 60_000))
def test_steps_are_of_one_length_and_keep_the_ends(spacing_m):
    walked = at_spacing(ZIGZAG, spacing_m)
    assert walked.coords[0] == ZIGZAG.coords[0]
    assert walked.coords[-1] == pytest.approx(ZIGZAG.coords[-1])
    assert front_length_m([walked]) <= front_length_m([ZIGZAG]) * (1 + 1e-9)
    assert max(shapely.distance(ZIGZAG, shapely.points(walked.coords))) < 1e-4


def test_a_degree_of_the_meridian_has_its_length_on_the_ellipsoid():
    # 111,132.95 m from 44.5 to 45.5 degrees north (Snyder 1987, table 3: 111,132 m about 45 degrees).
    assert front_length_m([shapely.LineString([(30, 44.5), (30, 45.5)])]) == pytest.approx(111_132, abs=2)


def test_no_spacing_is_refused():
    with pytest.raises(InputError, match="a vertex spacing of 0 m is none"):
        front_length_m([ZIGZAG], spacing_m=0)


def box(holder, *bounds, state="held"):
    shape = shapely.orient_polygons(shapely.box(*bounds))
    return Zone(holder, state, shapely.MultiPolygon([shape]))


def test_lines_run_from_meeting_to_meeting():
    # Red in the west, blue in the east, green in the south of both; the vertices where three meet end the lines.
    red = Zone("red", "held", shapely.MultiPolygon([shapely.Polygon([(0, 1), (1, 1), (1, 2), (0, 2)])]))
    blue = Zone("blue", "held", shapely.MultiPolygon([shapely.Polygon([(1, 1), (2, 1), (2, 2), (1, 2)])]))
    green = Zone("green", "held", shapely.MultiPolygon([shapely.Polygon([(0, 0), (2, 0), (2, 1), (1, 1), (0, 1)])]))
    found = {front.sides: list(front.geometry.coords) for front in front_lines([red, blue, green])}
    assert found == {
        ("blue", "red"): [(1, 2), (1, 1)],
        ("blue", "green"): [(1, 1), (2, 1)],
        ("green", "red"): [(1, 1), (0, 1)],
    }


def test_states_of_one_holder_have_no_front_between_them_but_part_it():
    zones = [
        box("red", 0, 0, 1, 1),
        box("red", 0, 1, 1, 2, state="claimed"),
        box("blue", 1, 0, 2, 1),
        box("blue", 1, 1, 2, 2),
    ]
    fronts = front_lines(
        [
            *zones[:2],
            Zone("blue", "held", shapely.MultiPolygon([shapely.Polygon([(1, 0), (2, 0), (2, 2), (1, 2), (1, 1)])])),
        ]
    )
    assert [(f.sides, f.states, list(f.geometry.coords)) for f in fronts] == [
        (("blue", "red"), ("held", "claimed"), [(1, 2), (1, 1)]),
        (("blue", "red"), ("held", "held"), [(1, 1), (1, 0)]),
    ]


def test_an_island_has_a_closed_line():
    rows = [ControlPoint("in", 30, 45, "red")] + [
        ControlPoint(f"{x}{y}", 30 + x / 10, 45 + y / 10, "blue") for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y
    ]
    (front,) = front_lines(control_zones(rows, reach_m=20_000))
    assert front.geometry.is_ring
    assert front.length_m == pytest.approx(38_000, rel=0.01)


# A land of 4 by 2 degrees with a coast all round; the south of it is held, up to a jagged line.
LAND = shapely.box(30, 45, 34, 47)
JAGGED = [(30 + n / 10, 46 + (n % 2) / 50) for n in range(41)]
HELD = shapely.Polygon([(30, 45), (34, 45), *JAGGED[::-1]])


@pytest.mark.parametrize(
    ("name", "ground"),
    {
        "coast as on the map": HELD,
        "coast drawn 3 km too far out": shapely.union(HELD, shapely.box(29.96, 44.97, 34.04, 45.99)),
        "coast drawn 3 km too far in": shapely.difference(HELD, shapely.union(shapely.box(30, 45, 34, 45.03), shapely.box(30, 45, 30.04, 45.95))),
        "in two files that overlap": shapely.MultiPolygon([shapely.intersection(HELD, shapely.box(30, 45, 32.1, 47)), shapely.intersection(HELD, shapely.box(32.1, 45, 34, 47))]),
    }.items(),
)  # fmt: skip
def test_the_front_of_an_outline_is_where_the_land_goes_on(name, ground):
    lines = front_of_outline(ground, LAND)
    assert len(lines) == 1
    whole = shapely.LineString(JAGGED)
    assert front_length_m(lines) == pytest.approx(front_length_m([whole]), rel=0.04)
    assert shapely.hausdorff_distance(lines[0], whole) < 0.12
    (x0, y0), (x1, y1) = lines[0].coords[10:12]
    assert shapely.contains(ground, shapely.Point((x0 + x1) / 2 - (y1 - y0) * 0.1, (y0 + y1) / 2 + (x1 - x0) * 0.1))


def test_a_pocket_is_a_front_all_round_and_a_speck_is_none():
    pocket, speck = shapely.box(32, 46.4, 32.2, 46.5), shapely.box(33, 46.4, 33.0005, 46.4005)
    lines = front_of_outline(shapely.MultiPolygon([HELD, pocket, speck]), LAND)
    assert len(lines) == 2
    assert sum(line.is_ring for line in lines) == 1


def test_an_outline_that_fills_the_land_has_no_front():
    assert front_of_outline(LAND, LAND) == ()
    with pytest.raises(InputError, match="there is no polygon"):
        front_of_outline(shapely.Point(30, 45), LAND)
