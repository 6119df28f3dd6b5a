"""Zones and control points of a day, back from the layers."""

from datetime import date

import geopandas
import pandas as pd
import pytest
import shapely

from geo.errors import InputError
from geo.layers.zones import points_on, zones_on

SQUARES = [shapely.box(30, 45, 31, 46), shapely.box(31, 45, 32, 46), shapely.box(33, 45, 34, 46)]


def table(columns, shapes):
    columns = {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


@pytest.fixture
def layers():
    control = table(
        {
            "holder": ["red", "red", "blue"],
            "state": ["held", "held", "claimed"],
            "start": ["2031-05-01", "2031-05-01", "2031-05-03"],
            "end": ["2031-05-02", None, None],
        },
        [shapely.MultiPolygon([square]) for square in SQUARES],
    )
    points = table(
        {
            "place_id": ["a", "b", "c"],
            "holder": ["red", None, "blue"],
            "state": ["held", "held", "claimed"],
            "confidence": [0.9, 0.5, 0.4],
            "precision_m": [300.0, 300.0, 500.0],
            "start": ["2031-05-01", "2031-05-01", "2031-05-03"],
            "end": [None, None, None],
        },
        shapely.points([(30.5, 45.5), (31.5, 45.5), (33.5, 45.5)]),
    )
    return {"control": control, "control_points": points}


def test_zones_of_a_day(layers):
    first, third = zones_on(layers, date(2031, 5, 2)), zones_on(layers, date(2031, 5, 3))
    assert [(z.holder, z.state, len(z.geometry.geoms)) for z in first] == [("red", "held", 2)]
    assert [(z.holder, z.state, len(z.geometry.geoms)) for z in third] == [("blue", "claimed", 1), ("red", "held", 1)]


def test_points_of_a_day(layers):
    assert [(p.id, p.holder, p.certainty, p.since) for p in points_on(layers, date(2031, 5, 3))] == [
        ("a", "red", 0.9, date(2031, 5, 1)),
        ("c", "blue", 0.4, date(2031, 5, 3)),
    ]


def test_a_day_before_all_is_told(layers):
    with pytest.raises(InputError, match="do not tell who held what on 2031-04-30"):
        zones_on(layers, date(2031, 4, 30))
    assert points_on({}, date(2031, 5, 3)) == ()
