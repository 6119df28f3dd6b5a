"""Export writes what ``layers/`` holds, layer by layer."""

import geojson_validator
import orjson
import pyogrio
from sample_records import GAZETTEER, RECORDS

from geo.export.geojson import export_geojson
from geo.layers import build_layers, to_geojson


def test_layers_that_hold_something_are_written(tmp_path):
    layers = build_layers(RECORDS, GAZETTEER)
    files = export_geojson(layers, tmp_path / "share")
    assert [path.name for path in files] == [f"{n}.geojson" for n in ("places", "events", "areas", "routes", "flows")]
    assert sorted(path.name for path in (tmp_path / "share").iterdir()) == sorted(path.name for path in files)
    for path in files:
        ours, built = orjson.loads(path.read_bytes()), orjson.loads(to_geojson(layers[path.stem]))
        for feature, of_layer in zip(ours["features"], built["features"], strict=True):
            assert feature["geometry"] == of_layer["geometry"]
            assert {n: feature["properties"][n] for n in of_layer["properties"]} == of_layer["properties"]
            assert feature["id"] == feature["properties"]["id"]
        assert geojson_validator.validate_structure(ours) == {}
        assert len(pyogrio.read_dataframe(path)) == len(layers[path.stem])
