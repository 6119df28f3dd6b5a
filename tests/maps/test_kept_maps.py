"""Drawn maps are kept by a hash of all that they are made from, and the window that shows the layers."""

import pytest
from pandas import concat
from sample_atlas import sample_layers
from sample_records import GAZETTEER, RECORDS
from shapely import box

from geo.layers import build_layers
from geo.maps.cache import code_and_versions, forget_others, kept
from geo.maps.files import window_of


def never():
    raise AssertionError("it was made again")


def test_what_is_kept_is_not_made_again(tmp_path):
    assert kept(tmp_path / "new", "a", lambda: b"map") == b"map"
    assert kept(tmp_path / "new", "a", never) == b"map"
    assert kept(tmp_path / "new", "b", lambda: b"") == b""
    assert kept(tmp_path / "new", "b", never) == b""


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data + b"x", lambda _: b"", lambda data: b"\0" + data[1:]]
)
def test_what_is_damaged_is_made_again(tmp_path, damage):
    kept(tmp_path, "a", lambda: b"map")
    (tmp_path / "a").write_bytes(damage((tmp_path / "a").read_bytes()))
    assert kept(tmp_path, "a", lambda: b"again") == b"again"


def test_a_cache_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert kept(tmp_path / "file", "a", lambda: b"map") == b"map"
    forget_others(tmp_path / "gone", ["a"])


def test_only_the_last_build_is_kept(tmp_path):
    for key in "abc":
        kept(tmp_path, key, key.encode)
    forget_others(tmp_path, {"b"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_the_hash_of_the_code_is_one_in_a_process():
    assert code_and_versions() == code_and_versions()
    assert len(code_and_versions()) == 16


def test_the_window_holds_the_layers_with_a_margin():
    west, south, east, north = window_of(build_layers(RECORDS, GAZETTEER))
    assert west < 10.0 < 10.15 < east
    assert south < 50.0 < 50.15 < north
    assert east - west < 0.4


def test_the_window_of_nothing_is_the_world():
    layers = build_layers(type(RECORDS)(), GAZETTEER)
    assert window_of(layers) == (-180.0, -60.0, 180.0, 80.0)


def test_the_window_leaves_out_far_venues_and_whole_countries():
    layers = sample_layers()  # about Aleppo, with talks in Geneva
    assert layers["events"].total_bounds[0] < 10
    west, south, east, north = window_of(layers)
    assert (36 < west < 37, 35 < south < 36, 38 < east < 39, 36 < north < 37) == (True,) * 4
    vague = layers["areas"].iloc[:1].assign(precision_m=1_500_000.0)
    vague["geometry"] = [box(70, 20, 130, 50)]
    assert window_of(layers | {"areas": concat([layers["areas"], vague])}) == (west, south, east, north)
