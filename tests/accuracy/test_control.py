"""Zones and front lines against published outlines of control (DeepState, four days), which are not in here.

Towns near the front, each held by whom the outline says, are all that the zones are drawn from; what lies between the towns
is compared with the outline.
"""

from datetime import date

import numpy as np
import pytest
import shapely

from geo.control import ControlPoint, control_zones, front_bands, front_length_m, front_lines, likelihood
from geo.control.difference import balances, changes
from geo.control.files import read_zones
from geo.control.measure import area_m2
from geo.control.outline import front_of_outline
from geo.control.plane import Plane
from geo.gazetteer.towns import read_towns
from geo.maps.change import territory_of

PLANE = Plane(36, 48)
NEAR_M = 60_000


@pytest.fixture(scope="module")
def outlines(corpora):
    folder = corpora / "data" / "deepstate"
    if not folder.is_dir():
        pytest.skip(f"no outlines at {folder}")
    return {path.stem: read_zones(path) for path in sorted(folder.glob("*.geojson"))}


@pytest.mark.parametrize(("day", "km2"), [("20240806", 109_527.1), ("20240807", 109_531.9)])
def test_areas(outlines, day, km2):
    assert area_m2(outlines[day][0].geometry) / 1e6 == pytest.approx(km2, rel=1e-3)


@pytest.mark.parametrize(
    ("before", "after", "gained", "lost"),
    [("20240806", "20240807", 4.8, 0.0), ("20240708", "20260822", 7_659.6, 25.6)],
)
def test_gains_and_losses(outlines, before, after, gained, lost):
    old, new = outlines[before], outlines[after]
    (sums,) = balances(old, new, changes(old, new))
    assert sums.gained / 1e6 == pytest.approx(gained, rel=1e-3, abs=0.05)
    assert sums.lost / 1e6 == pytest.approx(lost, rel=1e-3, abs=0.05)


def test_the_front_leaves_out_coast_and_border(outlines):
    lines = front_of_outline(outlines["20240807"][0].geometry, territory_of(outlines["20240807"]))
    assert front_length_m(lines) == pytest.approx(1_056_000, rel=0.02)
    # From the estuary of the Dnipro to the border by Kupiansk in one piece, and two salients by Kharkiv.
    long = [line for line in lines if front_length_m([line]) > 10_000]
    assert sorted(round(front_length_m([line]) / 1e3, -1) for line in long) == [10, 30, 1010]
    boundary = sum(
        front_length_m([ring]) for ring in shapely.get_rings(shapely.get_parts(outlines["20240807"][0].geometry))
    )
    assert boundary > 3 * front_length_m(lines)


def front_and_towns(outline, land):
    """The true front in the plane, and the towns near it, each held by whom the outline says."""
    front = PLANE.shape(shapely.union_all(list(front_of_outline(outline, land))))
    shapely.prepare(front)
    towns = [town for town in read_towns() if town["countrycode"] == "UA"]
    lonlat = np.array([(town["longitude"], town["latitude"]) for town in towns])
    near = shapely.dwithin(front, shapely.points(PLANE.forward(lonlat)), NEAR_M)
    held = shapely.contains_xy(outline, *lonlat.T)
    return front, [
        ControlPoint(str(n), *lonlat[n].tolist(), "held" if held[n] else "other") for n in np.flatnonzero(near).tolist()
    ]


@pytest.mark.parametrize("day", ["20240807", "20260822"])
def test_zones_from_towns_are_true_between_the_towns(outlines, day):
    outline = outlines[day][0].geometry
    land = territory_of(outlines[day])
    front, points = front_and_towns(outline, land)
    zones = control_zones(points, reach_m=25_000)
    drawn = PLANE.shape(shapely.union_all([line.geometry for line in front_lines(zones)]))
    along = shapely.points(shapely.get_coordinates(shapely.segmentize(front, 500)))
    # The towns stand 5 to 10 km apart: a line between them cannot be truer than a part of that.
    assert np.median(shapely.distance(drawn, along)) < 3_500
    assert agreement(zones, outline, land, front, 30_000) > 0.92
    assert agreement(zones, outline, land, front, 15_000) > 0.85


def agreement(zones, outline, land, front, metres):
    """Share of the country's ground within a distance of the front that the zones give to the right side, where they give any."""
    west, south, east, north = front.bounds
    x, y = np.meshgrid(np.arange(west, east, 4_000), np.arange(south, north, 4_000))
    at = np.column_stack([x.ravel(), y.ravel()])
    lonlat = PLANE.back(at[shapely.dwithin(front, shapely.points(at), metres)]).T
    ours = {zone.holder: shapely.contains_xy(zone.geometry, *lonlat) for zone in zones}
    truth = shapely.contains_xy(outline, *lonlat)
    known = (ours["held"] | ours["other"]) & (truth | shapely.contains_xy(land, *lonlat))
    return (ours["held"] == truth)[known].mean()


@pytest.mark.parametrize("day", ["20240807", "20260822"])
def test_the_band_of_doubt_holds_half_of_the_true_front(outlines, day):
    """How votes are tempered was chosen on the first of these days; the second one is two years later."""
    front, points = front_and_towns(outlines[day][0].geometry, territory_of(outlines[day]))
    found = likelihood(points, on=date(2026, 8, 22), reach_m=25_000, step_m=1_000)
    along = shapely.get_coordinates(shapely.segmentize(front, 500))
    assert within(front_bands(found), along) == pytest.approx(0.50, abs=0.04)
    assert within(front_bands(found, low=0.1, high=0.9), along) == pytest.approx(0.76, abs=0.04)


def within(bands, along):
    """Share of points of the plane, shape (n, 2), that lie in the band of one holder; that of the other is the same."""
    (band,) = [band.geometry for band in bands if band.holder == "held"]
    return shapely.contains_xy(band, *PLANE.back(along).T).mean()
