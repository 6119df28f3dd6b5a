"""Zones and front lines against published maps that nothing here was made from: true between the points, not at them alone.

`tests/control/data/isw_front_2024-07-31.geojson` is the front west of Donetsk as the Institute for the Study of War and the
Critical Threats Project drew it on 31 July 2024. Who holds the places that our zones are drawn from is told by another map,
that of DeepState of 6 August 2024; how near these two come to each other is what can be reached at all. The quarters of
Aleppo are outlines of the Center for Spatial Research and of UN-Habitat.
"""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.control import ControlPoint, control_zones, front_lines
from geo.control.files import read_zones
from geo.control.plane import Plane
from geo.control.scene import draw, points_of, read_outlines, scene_on
from geo.gazetteer.towns import read_towns
from geo.pipeline import draw_scenes, read
from geo.settings import read_atlas

ROOT = Path(__file__).parents[2]
PLANE = Plane(37.4, 47.9)
FAR_M = 80_000
DAYS = [date(2016, 3, 1), date(2016, 7, 20), date(2016, 8, 10), date(2016, 9, 20)]


@pytest.fixture(scope="module")
def published():
    """The published line in the plane, its pieces joined, and the ground east and south of it."""
    path = ROOT / "tests" / "control" / "data" / "isw_front_2024-07-31.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    lines = [PLANE.shape(shapely.LineString(feature["geometry"]["coordinates"])) for feature in features]
    points = np.vstack([shapely.get_coordinates(line) for line in lines])
    first, last = points[0], points[-1]
    far = np.add([last, first, first], [(FAR_M, 0), (FAR_M, -FAR_M), (0, -FAR_M)])
    return shapely.union_all(lines), shapely.LineString(points), shapely.make_valid(shapely.Polygon([*points, *far]))


@pytest.fixture(scope="module")
def other_map(corpora):
    path = corpora / "data" / "deepstate" / "20240806.geojson"
    if not path.is_file():
        pytest.skip(f"no outline at {path}")
    return read_zones(path)[0].geometry


def apart_m(front, drawn):
    """Distances of a published line from a drawn one, every 250 m."""
    along = shapely.points(shapely.get_coordinates(shapely.segmentize(front, 250)))
    return shapely.distance(drawn, along)


def right_share(published, held, belt_m):
    """Share of the ground within a distance of the published line that polygons in degrees leave on its side of that."""
    _, whole, ground = published
    steps = np.arange(-40_000, 40_000, 500)
    x, y = np.meshgrid(steps, steps)
    at = shapely.points(x.ravel(), y.ravel())
    along = shapely.line_locate_point(whole, at)
    near = (shapely.distance(whole, at) < belt_m) & (along > 1) & (along < whole.length - 1)
    lonlat = PLANE.back(shapely.get_coordinates(at[near])).T
    return (shapely.contains_xy(held, *lonlat) == shapely.intersects(ground, at[near])).mean()


def drawn_from(lonlat, other_map):
    held = shapely.contains_xy(other_map, *lonlat.T)
    points = [
        ControlPoint(str(n), *at, "held" if h else "other")
        for n, (at, h) in enumerate(zip(lonlat.tolist(), held.tolist(), strict=True))
    ]
    zones = control_zones(points, reach_m=25_000)
    (ground,) = [zone.geometry for zone in zones if zone.holder == "held"]
    return ground, PLANE.shape(shapely.union_all([line.geometry for line in front_lines(zones)]))


def test_how_near_two_published_maps_come_to_each_other(published, other_map):
    assert np.median(apart_m(published[0], shapely.boundary(PLANE.shape(other_map)))) == pytest.approx(690, abs=50)
    assert right_share(published, other_map, 10_000) == pytest.approx(0.926, abs=0.01)


def test_zones_from_the_towns_of_the_gazetteer(published, other_map):
    lonlat = np.array([(town["longitude"], town["latitude"]) for town in read_towns() if town["countrycode"] == "UA"])
    near = shapely.dwithin(published[0], shapely.points(PLANE.forward(lonlat)), 60_000)
    ground, drawn = drawn_from(lonlat[near], other_map)
    # Twenty towns stand within 10 km of these 62 km of front.
    assert np.median(apart_m(published[0], drawn)) < 3_000
    assert right_share(published, ground, 10_000) > 0.77


@pytest.mark.parametrize(
    ("spacing_m", "median_m", "share"), [(2_000, 750, 0.90), (3_000, 1_000, 0.88), (5_000, 1_900, 0.85)]
)
def test_zones_from_places_strewn_by_lot(published, other_map, spacing_m, median_m, share):
    rng = np.random.default_rng(0)
    count = int((100_000 / spacing_m) ** 2)
    ground, drawn = drawn_from(PLANE.back(rng.uniform(-50_000, 50_000, (count, 2))), other_map)
    assert np.median(apart_m(published[0], drawn)) < median_m
    assert right_share(published, ground, 10_000) > share


# --- the quarters of Aleppo -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atlas():
    return read_atlas(ROOT)


@pytest.fixture(scope="module")
def records(atlas):
    return read(atlas).records


def quarters(corpora, name):
    features = json.loads((corpora / "data" / "aleppo" / name).read_text(encoding="utf-8"))
    features = features.get("features") or [one["feature"] for one in features.values()]
    return [shapely.make_valid(shapely.geometry.shape(feature["geometry"])) for feature in features]


def with_one_holder(outlines, points):
    """Outlines that points of one holder alone stand in, and that holder."""
    tree = shapely.STRtree(outlines)
    holders = {}
    for point in points:
        for number in tree.query(shapely.Point(point.lon, point.lat), predicate="intersects").tolist():
            holders.setdefault(number, set()).add(point.holder)
    return [(outlines[number], *those) for number, those in sorted(holders.items()) if len(those) == 1]


@pytest.mark.parametrize(
    ("name", "count", "share"), [("neighbourhoods_csr.json", 70, 0.965), ("neighbourhoods_unhabitat.geojson", 55, 0.93)]
)
def test_quarters_as_a_whole_are_their_holders(corpora, atlas, records, name, count, share):
    outlines = quarters(corpora, name)
    scenes = draw_scenes(atlas, records)
    for day in DAYS:
        scene = scene_on(scenes, day)
        points = points_of(scene.holds.values(), day, reach_m=atlas.reach_m)
        known = with_one_holder(outlines, points)
        assert len(known) > count
        right = sum(
            shapely.intersection(shape, zone.geometry).area
            for shape, holder in known
            for zone in scene.zones
            if holder in zone.holder.split("/")
        )
        assert right / sum(shape.area for shape, _ in known) > share, day


@pytest.mark.parametrize("day", DAYS[1:2])
def test_each_place_by_the_others(atlas, records, day):
    """Left out in turn: most places are nearer to one of another side than a town of a quiet country ever is."""
    holds = {hold.point.place_id: hold for hold in records.holds if hold.holds_on(day)}
    outlines = read_outlines(atlas.seeds / "grounds.geojson", holds)
    points = points_of(holds.values(), day, reach_m=atlas.reach_m)
    right = wrong = 0
    for left_out in points:
        rest = [point for point in points if point.id != left_out.id]
        others = [outline for outline in outlines if outline.place_id != left_out.id]
        zones, _ = draw(rest, holds, others, reach_m=atlas.reach_m)
        at = shapely.Point(left_out.lon, left_out.lat)
        holders = [zone.holder for zone in zones if shapely.intersects(zone.geometry, at)]
        right += left_out.holder in holders
        wrong += bool(holders) and left_out.holder not in holders
    assert right / (right + wrong) > 0.75
