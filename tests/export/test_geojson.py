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
        assert path.read_bytes() == to_geojson(layers[path.stem])
        assert geojson_validator.validate_structure(orjson.loads(path.read_bytes())) == {}
        assert len(pyogrio.read_dataframe(path)) == len(layers[path.stem])
