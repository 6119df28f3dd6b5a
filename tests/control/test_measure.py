"""Areas, connected parts, the width of corridors, distances from the front."""

import pytest
import shapely

from geo.control import ControlPoint, control_zones, front_lines
from geo.control.corridor import corridor_width
from geo.control.measure import area_m2, front_distance_m, holder_areas_m2, part_at, zone_parts
from geo.control.plane import Plane
from geo.control.records import Zone
from geo.control.smooth import smooth_zones
from geo.errors import InputError

PLANE = Plane(30, 45)


def on_ground(shape):
    """Bring a shape in metres about 30 E, 45 N to degrees."""
    return shapely.transform(shape, PLANE.back)


def zone(holder, *shapes, state="held"):
    return Zone(holder, state, shapely.MultiPolygon([shapely.orient_polygons(s) for s in shapes]))


@pytest.mark.parametrize(
    ("shape", "square_metres"),
    [
        # All of the ellipsoid is 510,065,621.7 km2 (GRS 80 and WGS 84 agree to 0.1 km2): half of it, and an eighth.
        (shapely.MultiPolygon([shapely.box(w, 0, w + 90, 90) for w in (-180, -90, 0, 90)]), 510_065_621.7e6 / 2),
        (shapely.box(10, -90, 55, 90), 510_065_621.7e6 / 8),
        (on_ground(shapely.box(-5_000, -5_000, 5_000, 5_000)), 1e8),
    ],
)
def test_areas_are_those_of_the_ellipsoid(shape, square_metres):
    assert area_m2(shape) == pytest.approx(square_metres, rel=1e-5)
    assert area_m2(shapely.reverse(shape)) == pytest.approx(square_metres, rel=1e-5)


def test_web_mercator_would_be_wrong():
    square = on_ground(shapely.box(-5_000, -5_000, 5_000, 5_000))
    from pyproj import Transformer

    mercator = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    flat = shapely.transform(
        square, lambda xy: __import__("numpy").column_stack(mercator.transform(xy[:, 0], xy[:, 1]))
    )
    assert flat.area > 1.9 * area_m2(square)


# Two quarters of red, blue around and between them, and the unknown in the east.
WEST, EAST = shapely.box(0, 0, 3000, 3000), shapely.box(5000, 500, 6500, 2500)
AROUND = shapely.box(-2000, -2000, 9000, 5000)


def corridor(width):
    return shapely.box(3000, 1500 - width / 2, 5000, 1500 + width / 2)


def test_parts_that_touch_nobody_unknown_are_islands():
    blue = shapely.difference(AROUND, shapely.union_all([WEST, EAST]))
    parts = zone_parts([zone("red", *map(on_ground, (WEST, EAST))), zone("blue", on_ground(blue))])
    assert [(p.holder, p.main, p.enclosed, p.neighbours, round(p.area_m2 / 1e6)) for p in parts] == [
        ("blue", True, False, ("red",), 65),
        ("red", True, True, ("blue",), 9),
        ("red", False, True, ("blue",), 3),
    ]
    at = [PLANE.back([[x, 1500]])[0] for x in (1000, 6000, 4000, 20_000)]
    found = [part_at(parts, *p) for p in at]
    assert [p.holder if p else None for p in found] == ["red", "red", "blue", None]
    assert found[0] is not found[1]


def test_a_corridor_joins_parts_and_states_do_not_part_them():
    joined = shapely.union_all([WEST, corridor(300)])
    blue = shapely.difference(AROUND, shapely.union_all([joined, EAST]))
    # The corridor ends in the edge of EAST, which needs its corners.
    east = shapely.union_all([EAST, shapely.box(5000, 1350, 5001, 1650)])
    east = shapely.Polygon([(5000, 500), (6500, 500), (6500, 2500), (5000, 2500), (5000, 1650), (5000, 1350)])
    zones = [
        zone("red", on_ground(joined)),
        zone("red", on_ground(east), state="contested"),
        zone("blue", on_ground(blue)),
    ]
    parts = [part for part in zone_parts(zones) if part.holder == "red"]
    assert len(parts) == 1
    assert parts[0].area_m2 == pytest.approx(12.6e6, rel=1e-3)


def test_corners_do_not_connect():
    a, b = shapely.box(30, 45, 30.1, 45.1), shapely.box(30.1, 45.1, 30.2, 45.2)
    assert len(zone_parts([zone("red", a, b)])) == 2


@pytest.mark.parametrize(
    ("name", "ground", "line", "metres", "whole"),
    [
        ("straight", shapely.union_all([WEST, EAST, corridor(400)]), [(100, 1500), (6000, 1500)], 400, True),
        ("off the middle", shapely.union_all([WEST, EAST, corridor(400)]), [(100, 1400), (6000, 1400)], 400, True),
        ("aslant", shapely.union_all([WEST, EAST, corridor(400)]), [(2500, 1350), (5400, 1650)], 400, True),
        (
            "a wedge from one side",
            shapely.difference(shapely.box(0, 0, 6000, 2000), shapely.Polygon([(2900, 2000), (3100, 2000), (3000, 1100)])),
            [(100, 600), (5900, 600)], 1100, True,
        ),
        ("leaves the ground", shapely.union_all([WEST, corridor(400)]), [(100, 1500), (8000, 1500)], 400, False),
    ],
)  # fmt: skip
def test_the_narrowest_width_of_a_corridor(name, ground, line, metres, whole):
    found = corridor_width(on_ground(ground), on_ground(shapely.LineString(line)), step_m=50)
    assert found.metres == pytest.approx(metres, rel=0.03)
    assert found.whole is whole
    assert shapely.distance(on_ground(shapely.LineString(line)), shapely.Point(found.lon, found.lat)) < 2e-5
    assert shapely.length(shapely.difference(found.across, shapely.buffer(on_ground(ground), 1e-5))) == 0


def test_a_line_off_the_ground_has_no_width():
    assert corridor_width(on_ground(WEST), on_ground(shapely.LineString([(9000, 0), (9000, 900)]))) is None
    with pytest.raises(InputError, match="a step of 0 m is none"):
        corridor_width(on_ground(WEST), on_ground(shapely.LineString([(0, 0), (900, 900)])), step_m=0)


def test_distance_from_the_front():
    rows = [ControlPoint("w", 29.95, 45, "red"), ControlPoint("e", 30.05, 45, "blue")]
    fronts = front_lines(control_zones(rows, reach_m=10_000))
    # The front runs along 30 E from 44.917 to 45.083; a degree of longitude is 78,847 m at 45 N (Snyder 1987, table 3).
    assert front_distance_m(fronts, 30.02, 45) == pytest.approx(0.02 * 78_847, rel=1e-3)
    assert front_distance_m(fronts, 30, 45.3) == pytest.approx(24_100, rel=2e-2)
    with pytest.raises(InputError, match="there is no front line"):
        front_distance_m([], 30, 45)


def test_areas_by_holder_join_states():
    a, b = on_ground(shapely.box(0, 0, 1000, 1000)), on_ground(shapely.box(1000, 0, 2000, 1000))
    assert holder_areas_m2([zone("red", a), zone("red", b, state="claimed")]) == pytest.approx({"red": 2e6}, rel=1e-5)


def test_smoothing_keeps_areas_about_and_points_on_their_side():
    rows = [
        ControlPoint(f"{x}.{y}", 30 + x / 10, 45 + y / 10, ("red", "blue", "green")[(x * x + y) % 3])
        for x in range(5)
        for y in range(5)
    ]
    zones = control_zones(rows, reach_m=9_000)
    smooth = smooth_zones(zones, points=rows)
    assert shapely.coverage_is_valid([z.geometry for z in smooth])
    assert holder_areas_m2(smooth) == pytest.approx(holder_areas_m2(zones), rel=0.03)
    for row in rows:
        assert [z.holder for z in smooth if shapely.contains(z.geometry, shapely.Point(row.lon, row.lat))] == [
            row.holder
        ]


def test_smoothing_leaves_an_arc_that_would_pass_over_a_point():
    corner = shapely.Polygon([(30, 45), (30.1, 45), (30.1, 45.1)])
    rest = shapely.Polygon([(30, 45), (30.1, 45.1), (30, 45.1)])
    zones = [zone("red", corner), zone("blue", rest)]
    near = [ControlPoint("near the corner", 30.099, 45.002, "red")]
    assert smooth_zones(zones, points=near)[0].geometry.contains(shapely.Point(30.099, 45.002))
    assert not smooth_zones(zones)[0].geometry.contains(shapely.Point(30.099, 45.002))
    assert smooth_zones(()) == ()
