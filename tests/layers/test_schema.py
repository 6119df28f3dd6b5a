"""The schema holds the contract, and the page that describes it says all of it."""

import pytest

from geo.layers.schema import TYPES, describe_schema, read_schema

CONTRACT = {
    "places": ("Point", "name kind aliases name_ar precision_m mentions"),
    "events": (
        "Point",
        "type label actors modality attribution figures precision_m acled_event_type acled_sub_event_type",
    ),
    "areas": ("Polygon", "type label holder"),
    "routes": ("LineString", "route name state holder precision_m"),
    "control": ("MultiPolygon", "holder side basis"),
    "front_lines": ("LineString", "sides length_km basis"),
    "flows": ("LineString", "type figures"),
}
COMMON = "id start end edtf known source article quote quote_start quote_end confidence"


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contract(name):
    geometry, own = CONTRACT[name]
    schema = read_schema()[name]
    assert schema.geometry == geometry
    assert list(schema.columns[:11]) == COMMON.split()
    assert set(own.split()) <= set(schema.columns[11:])
    assert len(set(schema.columns)) == len(schema.columns)


def test_nothing_but_the_contract():
    assert list(read_schema()) == [*CONTRACT, "control_points"]


@pytest.mark.parametrize("name", CONTRACT)
def test_properties_are_described_and_typed(name):
    for prop in read_schema()[name].properties:
        assert prop.type in TYPES
        assert prop.description.endswith(".")


def test_the_page_names_every_file_property_and_value():
    page = describe_schema()
    for schema in read_schema().values():
        assert f"## {schema.name}\n" in page
        assert (f"({schema.name}.geojson)" in page) == schema.built
        for prop in schema.properties:
            assert f"| {prop.name} | {prop.type}" in page
            assert all(value in page for value in prop.values)
