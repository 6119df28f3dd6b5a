"""What the validators of each format say: GDAL's, geojson-validator, the schema of KML, geoparquet-validator."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import geojson_validator
import orjson
import pykml
import pytest
from exchange_files import empty_atlas
from export_layers import export_layers
from lxml import etree

from geo.exchange.run import import_events
from geo.export.parts import Source
from geo.export.run import export
from geo.gazetteer import open_gazetteer
from geo.layers import build_layers, read_layers
from geo.pipeline import read

ROOT = Path(__file__).parents[2]
SYSTEM = "/usr/bin/python3"  # GDAL's scripts belong to it
GPKG = [SYSTEM, "-m", "osgeo_utils.samples.validate_gpkg"]
UCDP = Path(os.environ.get("SITMAP_CORPORA", ROOT.parent / "shared")) / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
NAMES = {"geojson": "g", "gpkg": "all.gpkg", "kml": "all.kml", "kmz": "all.kmz", "geoparquet": "p", "flatgeobuf": "f", "shp-zip": "all.zip"}  # fmt: skip


def missing(why):
    """Skip, but where everything must be installed."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


def ucdp(folder):
    """The events of UCDP that lie where the development corpora do; they are not in here."""
    if not UCDP.is_file():
        pytest.skip(f"there is no {UCDP}; set SITMAP_CORPORA")
    atlas = empty_atlas(folder)
    import_events([UCDP], atlas)
    return build_layers(read(atlas).records, open_gazetteer(atlas))


@pytest.fixture(scope="module", params=["made up", "Aleppo", "UCDP"])
def exported(request, tmp_path_factory):
    """Layers, and the folder with all that is exported of them."""
    folder = tmp_path_factory.mktemp("valid")
    sources = {
        "made up": export_layers,
        "Aleppo": lambda: read_layers(ROOT / "layers"),
        "UCDP": lambda: ucdp(folder / "atlas"),
    }
    layers = sources[request.param]()
    for to, name in NAMES.items():
        export(Source(layers), to, folder / name, profile="internal")
    return layers, folder


def test_ucdp_is_whole(exported, request):
    layers, _ = exported
    if "UCDP" in request.node.name:
        assert len(layers["events"]) == 16_566


def test_geojson(exported):
    layers, folder = exported
    for path in (folder / "g").iterdir():
        collection = orjson.loads(path.read_bytes())
        assert geojson_validator.validate_structure(collection) == {}
        told = geojson_validator.validate_geometries(collection)
        assert told["invalid"] == {}
        # What the validator does not look at.
        ids = [feature["id"] for feature in collection["features"]]
        assert len(ids) == len(set(ids)) == len(layers[path.stem])
        assert "crs" not in collection


def validate_gpkg(path):
    if subprocess.run([SYSTEM, "-c", "import osgeo_utils"], check=False, capture_output=True).returncode:
        missing("there is no validate_gpkg (Debian: apt-get install python3-gdal)")
    return subprocess.run([*GPKG, str(path)], check=False, capture_output=True, text=True)


def test_geopackage(exported):
    _, folder = exported
    done = validate_gpkg(folder / "all.gpkg")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_validator_of_geopackages_sees_what_is_wrong(tmp_path):
    (path,) = export(Source(export_layers()), "gpkg", tmp_path / "all.gpkg", profile="internal").files
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE gpkg_geometry_columns SET srs_id = 12345 WHERE table_name = 'routes'")
    assert validate_gpkg(path).returncode != 0


def test_ogrinfo_reads_all_without_a_word(exported):
    layers, folder = exported
    if not shutil.which("ogrinfo"):
        missing("there is no ogrinfo (Debian: apt-get install gdal-bin)")
    there = {name: len(frame) for name, frame in layers.items() if len(frame)}
    for path in [folder / "all.gpkg", f"/vsizip/{folder}/all.zip", folder / "all.kml", folder / "all.kmz"]:
        done = ogrinfo(path)
        assert done.stderr == "", path
        counts = [int(line.partition(":")[2]) for line in done.stdout.splitlines() if line.startswith("Feature Count")]
        assert sum(counts) >= sum(there.values()), path  # the GeoPackage has a table of styles, too
    for path in [*(folder / "g").iterdir(), *(folder / "f").iterdir()]:
        done = ogrinfo(path)
        assert done.stderr == "", path
        assert f"Feature Count: {there[path.stem]}" in done.stdout, path


def ogrinfo(path):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(["ogrinfo", "-ro", "-so", "-al", str(path)], check=True, capture_output=True, text=True, env=environment)  # fmt: skip


def test_kml_keeps_to_its_schema(exported):
    layers, folder = exported
    xsd = etree.XMLSchema(etree.parse(Path(pykml.__file__).parent / "schemas" / "ogckml22.xsd"))
    packed = zipfile.ZipFile(folder / "all.kmz").read("doc.kml")
    for text in ((folder / "all.kml").read_bytes(), packed):
        document = etree.fromstring(text, etree.XMLParser(huge_tree=True))
        xsd.assertValid(document)
        assert len(document.findall(".//{*}Placemark")) == sum(map(len, layers.values()))


def test_geoparquet(exported):
    layers, folder = exported
    program = Path(sys.executable).with_name("geoparquet-validator")
    if not program.exists():
        missing("there is no geoparquet-validator: pip install '.[test]'")
    command = [program, "check", "--json", folder / "p"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    checked = json.loads(done.stdout)
    assert {Path(one["file"]).stem for one in checked} == {name for name, frame in layers.items() if len(frame)}
    statuses = [outcome["status"] for one in checked for outcome in one["outcomes"]]
    assert "fail" not in statuses
    assert statuses.count("pass") >= 20 * len(checked)
