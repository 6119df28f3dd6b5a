"""The public profile: protected places coarse, their names nowhere, the last days held back."""

from datetime import date

import orjson
import pytest
import shapely
from export_layers import export_layers, row
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import distance_m
from geo.export.care import CELL_DEGREES, cell_radius_m, coarse_point, public
from geo.export.parts import Source
from geo.export.run import export
from geo.layers.frames import make_frame
from geo.layers.schema import read_schema

LATER = date(2040, 1, 1)


def test_no_output_tells_where_a_hospital_is(tmp_path):
    for to, name in (
        ("geojson", "g"),
        ("gpkg", "a.gpkg"),
        ("kml", "a.kml"),
        ("csv", "c"),
        ("qgis", "q"),
        ("flatgeobuf", "f"),
    ):
        for path in export(Source(export_layers()), to, tmp_path / name, today=LATER).files:
            content = path.read_bytes()
            for secret in (b"Sina", "سينا".encode(), b"atlas:sina", b"44.0512", b"33.0487"):
                assert secret not in content, (path.name, secret)


def test_what_is_coarse_says_so():
    layers, care = public(export_layers(), today=LATER)
    event = next(r for r in layers["events"].to_dict("records") if r["id"] == "e-hospital")
    assert event["label"] == "Airstrike: [hospital or clinic]"
    assert (event["quote"], event["quote_start"]) == ("Jets hit [hospital or clinic].", None)
    assert event["precision_m"] == cell_radius_m(33.05)
    assert (event["geometry"].x, event["geometry"].y) == (44.05, 33.05)
    assert care.coarse == 2
    assert "2 features" in care.words


def test_the_input_stays_and_the_rest_with_it():
    before = export_layers()
    layers, _ = public(before, today=LATER)
    assert layers["routes"] is before["routes"]
    assert "Sina Hospital" in set(before["events"]["place"])


@pytest.mark.parametrize(
    ("today", "delay", "kept"),
    [
        (date(2031, 3, 9), 3, False), (date(2031, 3, 11), 3, False), (date(2031, 3, 12), 3, True), (date(2031, 3, 9), 0, True),
        (date(2031, 3, 7), 3, True),  # published the day after tomorrow: the clock is wrong, or it is a tale
    ],
)  # fmt: skip
def test_the_last_days_are_held_back(today, delay, kept):
    schema = read_schema()["routes"]
    frame = make_frame(schema, [row("routes", "r", "2031-01-04", None, shapely.LineString([(1, 1), (2, 2)]))])
    layers, care = public({"routes": frame}, today=today, delay_days=delay)
    assert (len(layers["routes"]) == 1, care.held_back) == (kept, 0 if kept else 1)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_cell_holds_its_points(lon, lat):
    x, y = coarse_point(lon, lat)
    assert abs(x - lon) <= CELL_DEGREES / 2 + 1e-6
    assert abs(y - lat) <= CELL_DEGREES / 2 + 1e-6
    assert distance_m(lon, lat, x, y) <= cell_radius_m(y) + 1
    assert coarse_point(x, y) == (x, y)


def test_the_profile_stands_in_the_file(tmp_path):
    import sqlite3

    for profile in ("public", "internal"):
        (path,) = export(
            Source(export_layers()), "gpkg", tmp_path / f"{profile}.gpkg", profile=profile, today=LATER
        ).files
        db = sqlite3.connect(path)
        about = orjson.loads(db.execute("SELECT metadata FROM gpkg_metadata WHERE id = 1").fetchone()[0])
        db.close()
        assert about["profile"] == profile
        assert about["notice"].startswith(f"Profile {profile}")
