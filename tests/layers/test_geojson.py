"""RFC 7946, the same bytes every time, and back again."""

import json
import math
from io import BytesIO

import geojson_validator
import geopandas as gpd
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sample_records import GAZETTEER, RECORDS

from geo.errors import LayerError
from geo.layers import build_layers, from_geojson, read_schema, to_geojson
from geo.layers.areas import circle
from geo.layers.shapes import tidy

SCHEMA = read_schema()
BUILT = [name for name, schema in SCHEMA.items() if schema.built]


@pytest.fixture(scope="module")
def layers():
    return build_layers(RECORDS, GAZETTEER)


def test_the_bytes_of_a_small_table():
    frame = gpd.GeoDataFrame(
        {"id": ["b", "a"], "n": [1, 2], "list": [["x"], []]},
        geometry=[shapely.Point(37.12345678, -0.00000001), shapely.box(1, 2, 3, 4).reverse()],
        crs="EPSG:4326",
    )
    assert to_geojson(frame).decode() == (
        '{"type":"FeatureCollection","features":[\n'
        '{"type":"Feature","properties":{"id":"b","n":1,"list":["x"]},"geometry":{"type":"Point","coordinates":[37.123457,0.0]}},\n'
        '{"type":"Feature","properties":{"id":"a","n":2,"list":[]},"geometry":{"type":"Polygon","coordinates":'
        "[[[3.0,2.0],[3.0,4.0],[1.0,4.0],[1.0,2.0],[3.0,2.0]]]}}\n"
        "]}\n"
    )


@pytest.mark.parametrize("name", BUILT)
def test_a_layer_is_valid_geojson_and_opens_in_a_gis(layers, name, tmp_path):
    data = to_geojson(layers[name])
    assert geojson_validator.validate_structure(json.loads(data)) == {}
    found = geojson_validator.validate_geometries(json.loads(data))
    assert (found["invalid"], found["problematic"], found["skipped_validation"]) == ({}, {}, [])
    table = pyogrio.read_dataframe(BytesIO(data))
    assert len(table) == len(layers[name])
    assert set(table.geom_type) == ({SCHEMA[name].geometry} if len(table) else set())
    assert pyogrio.read_info(BytesIO(data))["crs"] == "EPSG:4326"


@pytest.mark.parametrize("name", list(SCHEMA))
def test_what_is_written_is_what_is_read(layers, name):
    data = to_geojson(layers[name])
    again = from_geojson(data, SCHEMA[name])
    assert to_geojson(again) == data
    assert again.dtypes.tolist() == layers[name].dtypes.tolist()
    assert again.drop(columns="geometry").to_dict("records") == layers[name].drop(columns="geometry").to_dict("records")


def test_null_stays_null_and_not_nan(layers):
    event = json.loads(to_geojson(layers["events"]))["features"][0]["properties"]
    assert event["start"] is None
    assert event["attribution"] is None
    assert layers["events"]["start"].iloc[0] is None


@pytest.mark.parametrize("value", [math.nan, math.inf, [1.0, -math.inf], {"killed": math.nan}])
def test_no_number_that_json_does_not_have(value):
    frame = gpd.GeoDataFrame({"id": ["x"], "n": [value]}, geometry=[shapely.Point(1, 2)], crs="EPSG:4326")
    with pytest.raises(LayerError, match=r"feature 'x' holds NaN or infinity, which JSON cannot\. Use null for"):
        to_geojson(frame)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"type":"FeatureCollection"}', b'{"features":[{}]}', b'{"features":[null]}']
)
def test_what_is_not_geojson_is_refused(data):
    with pytest.raises(LayerError, match=r"^the events layer is not a GeoJSON FeatureCollection: .*Build it again"):
        from_geojson(data, SCHEMA["events"])


LON, LAT = st.floats(-179.999, 179.999), st.floats(-70, 70)


@given(LON, LAT, st.floats(500, 200_000))
def test_circles_are_valid_on_the_earth_and_wound_by_the_right_hand(lon, lat, radius):
    shape = tidy(circle(lon, lat, radius))
    assert shape.is_valid
    west, south, east, north = shape.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    for part in shapely.get_parts(shape):
        assert shapely.is_ccw(part.exterior)


@given(LON, LAT)
def test_tidy_is_done_once_and_for_all(lon, lat):
    once = tidy(shapely.Point(lon, lat))
    assert tidy(once).equals(once)
    assert once.distance(shapely.Point(lon, lat)) < 1e-6
