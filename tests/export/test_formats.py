"""Every format: what comes out is valid, complete, whole or not there, and the same bytes each time."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import geojson_validator
import orjson
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from export_layers import HOSTILE, export_layers
from lxml import etree

from geo.errors import InputError, LayerError, SitmapError
from geo.export.parts import Source
from geo.export.run import export
from geo.export.select import Selection
from geo.layers import read_layers
from geo.layers.schema import read_schema

ROOT = Path(__file__).parents[2]
TARGETS = {
    "geojson": "share", "gpkg": "all.gpkg", "qgis": "project", "kml": "all.kml", "kmz": "all.kmz", "geoparquet": "parquet",
    "flatgeobuf": "fgb", "csv": "csv", "shp-zip": "all.zip",
}  # fmt: skip
SOURCES = {"made up": export_layers(), "Aleppo": read_layers(ROOT / "layers")}


def written(source, to, tmp_path, **options):
    return export(Source(SOURCES[source]), to, tmp_path / TARGETS[to], profile="internal", **options)


@pytest.mark.parametrize("to", TARGETS)
def test_the_same_bytes_each_time(to, tmp_path):
    first = {p.name: p.read_bytes() for p in written("made up", to, tmp_path / "1").files}
    second = {p.name: p.read_bytes() for p in written("made up", to, tmp_path / "2").files}
    assert first
    assert first == second


def test_the_same_bytes_in_another_process(tmp_path):
    code = (
        "from pathlib import Path; from export_layers import export_layers; from geo.export.parts import Source;"
        "from geo.export.run import export; export(Source(export_layers()), 'gpkg', Path('b.gpkg'), profile='internal')"
    )
    export(Source(export_layers()), "gpkg", tmp_path / "a.gpkg", profile="internal")
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(ROOT / "tests")}, check=True)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


@pytest.mark.parametrize("source", SOURCES)
def test_geojson(source, tmp_path):
    for path in written(source, "geojson", tmp_path).files:
        collection = orjson.loads(path.read_bytes())
        assert geojson_validator.validate_structure(collection) == {}
        assert "crs" not in collection
        ids = [feature["id"] for feature in collection["features"]]
        assert len(ids) == len(set(ids)) == len(SOURCES[source][path.stem])
        assert {f["geometry"]["type"] for f in collection["features"]} == {read_schema()[path.stem].geometry}
        assert all(
            -180 <= x <= 180 and -90 <= y <= 90 for f in collection["features"] for x, y in _corners(f["geometry"])
        )
        info = pyogrio.read_info(path)
        types = dict(zip(info["fields"], info["ogr_types"], strict=True))
        assert (types["shown_from"], types["shown_until"]) == ("OFTDate", "OFTDate")
        assert types["edtf"] == "OFTString" or source == "Aleppo"


def _corners(geometry):
    return shapely.get_coordinates(shapely.geometry.shape(geometry)).tolist()


@pytest.mark.parametrize("source", SOURCES)
def test_geopackage(source, tmp_path):
    (path,) = written(source, "gpkg", tmp_path).files
    for name, frame in SOURCES[source].items():
        info = pyogrio.read_info(path, layer=name)
        assert (info["features"], info["geometry_type"]) == (len(frame), read_schema()[name].geometry)
        assert dict(zip(info["fields"], info["ogr_types"], strict=True))["start"] == "OFTDate"
    db = sqlite3.connect(path)
    try:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        styled = db.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault = 1").fetchall()
        assert {name for (name,) in styled} == set(SOURCES[source])
        title, limit = db.execute(
            "SELECT title, constraint_name FROM gpkg_data_columns WHERE table_name = 'routes' AND column_name = 'state'"
        ).fetchone()
        values = db.execute("SELECT value FROM gpkg_data_column_constraints WHERE constraint_name = ?", (limit,))
        states = next(p.values for p in read_schema()["routes"].properties if p.name == "state")
        assert (title, {value for (value,) in values}) == ("State", set(states))
        indexed = {
            t for (t,) in db.execute("SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'")
        }
        assert indexed == set(SOURCES[source])
    finally:
        db.close()


@pytest.mark.parametrize("source", SOURCES)
def test_kml_keeps_to_its_schema(source, tmp_path):
    import pykml

    xsd = etree.XMLSchema(etree.parse(Path(pykml.__file__).parent / "schemas" / "ogckml22.xsd"))
    (path,) = written(source, "kml", tmp_path).files
    (packed,) = written(source, "kmz", tmp_path).files
    archive = zipfile.ZipFile(packed)
    for text in (path.read_bytes(), archive.read("doc.kml")):
        document = etree.fromstring(text)
        xsd.assertValid(document)
        names = {"k": "http://www.opengis.net/kml/2.2"}
        assert len(document.findall(".//k:Placemark", names)) == sum(map(len, SOURCES[source].values()))
    icons = {href.text for href in document.findall(".//k:href", names) if href.text.startswith("icons/")}
    assert icons == set(archive.namelist()) - {"doc.kml"}
    spans = document.findall(".//k:TimeSpan", names)
    assert source != "made up" or {tuple(child.tag.rpartition("}")[2] for child in span) for span in spans} == {
        ("begin", "end"), ("begin",), ("end",),
    }  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_geoparquet(source, tmp_path):
    import geopandas

    for path in written(source, "geoparquet", tmp_path).files:
        about = json.loads(pq.read_schema(path).metadata[b"geo"])
        column = about["columns"]["geometry"]
        assert (about["version"], about["primary_column"], column["encoding"]) == ("1.1.0", "geometry", "WKB")
        assert column["geometry_types"] == [read_schema()[path.stem].geometry]
        assert column["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
        frame = geopandas.read_parquet(path, bbox=(-180, -90, 180, 90))
        assert len(frame) == len(SOURCES[source][path.stem])
        assert frame.crs.equals("OGC:CRS84")


def test_flatgeobuf_and_shapefile_open(tmp_path):
    for path in written("made up", "flatgeobuf", tmp_path).files:
        info = pyogrio.read_info(path)
        assert (info["features"], info["geometry_type"]) == (
            len(SOURCES["made up"][path.stem]),
            read_schema()[path.stem].geometry,
        )
    (packed,) = written("made up", "shp-zip", tmp_path).files
    names = zipfile.ZipFile(packed).namelist()
    assert {n for n in names if n.endswith(".shp")} == {f"{n}.shp" for n in SOURCES["made up"]}
    frame = pyogrio.read_dataframe(f"/vsizip/{packed}/events.shp")
    assert len(frame) == len(SOURCES["made up"]["events"])
    assert max(map(len, frame.columns)) <= 10
    assert HOSTILE in set(frame["label"])
    told = list(csv.DictReader(io.StringIO(zipfile.ZipFile(packed).read("fields.csv").decode("utf-8-sig"))))
    assert {row["short name"] for row in told if row["layer"] == "events"} == set(frame.columns) - {"geometry"}


def test_csv_runs_no_formula(tmp_path):
    for path in written("made up", "csv", tmp_path).files:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        assert len(rows) == len(SOURCES["made up"][path.stem])
        for row in rows:
            shape = (
                shapely.Point(float(row["lon"]), float(row["lat"])) if "lon" in row else shapely.from_wkt(row["wkt"])
            )
            assert not shape.is_empty
            for name, cell in row.items():
                number = name in {"lon", "lat"}
                assert number or not cell.lstrip().startswith(("=", "+", "-", "@")), (name, cell)
    assert any(
        row["label"] == f"'{HOSTILE}"
        for row in csv.DictReader(io.StringIO((tmp_path / "csv/events.csv").read_text("utf-8-sig")))
    )


SELECTIONS = [
    (Selection(layers=("routes",)), {"routes": 5}),
    (Selection(layers=("events", "routes"), as_of=date(2031, 3, 6)), {"events": 3, "routes": 2}),
    (Selection(layers=("routes",), since=date(2031, 3, 6)), {"routes": 2}),
    (Selection(layers=("routes",), until=date(2031, 3, 4)), {"routes": 2}),
    (Selection(layers=("routes", "events"), bbox=(0, 0, 1, 1)), {"routes": 0, "events": 0}),
    (Selection(layers=("places", "routes"), bbox=(44.04, 33.0, 44.06, 33.06)), {"places": 2, "routes": 5}),
    (Selection(layers=("events", "flows", "areas"), types=("airstrike",)), {"events": 2, "flows": 0, "areas": 0}),
]


@pytest.mark.parametrize(("wanted", "counts"), SELECTIONS, ids=[str(w.to_dict()) for w, _ in SELECTIONS])
def test_what_is_wanted(wanted, counts, tmp_path):
    done = written("made up", "gpkg", tmp_path, wanted=wanted)
    assert done.counts == counts
    assert {name: pyogrio.read_info(done.files[0], layer=name)["features"] for name in counts} == counts


def test_a_failed_export_leaves_what_was_there(tmp_path, monkeypatch):
    target = tmp_path / "all.gpkg"
    target.write_bytes(b"mine")
    broken = {**SOURCES["made up"], "routes": SOURCES["made up"]["routes"].assign(precision_m=float("nan"))}
    with pytest.raises(LayerError):
        export(Source(broken), "geojson", tmp_path / "share", profile="internal")
    assert list((tmp_path / "share").iterdir()) == []
    monkeypatch.setattr(
        "geo.export.geopackage.qml", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(SitmapError, match="No space left"):
        export(Source(SOURCES["made up"]), "gpkg", target, profile="internal")
    assert target.read_bytes() == b"mine"
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["all.gpkg"]


REFUSED = [
    ("gpkg", ".", "this is a folder, and the format a file. Name a file, as in map.gpkg."),
    ("geojson", "file.txt", "this is a file, and the format a folder with a file a layer. Name a folder."),
    (
        "geojson",
        "x.geojson",
        "one .geojson file holds one layer, and there are 8. Name a folder, or one layer with --layers.",
    ),
    ("gpkg", "x.txt", "the name of a file of this format does not end in '.txt'. End its name in .gpkg."),
    ("gpkg", "x", "the name of a file of this format does not end in ''. End its name in .gpkg."),
    ("kml", "x.kmz", "does not end in '.kmz'. End its name in .kml, or say --to kmz."),
    ("geojson", "x.gpkg", "does not end in '.gpkg'. End its name in .geojson, or say --to gpkg."),
    ("svg", "x.svg", "a picture shows one day. Say which with --as-of YYYY-MM-DD."),
    (
        "dxf",
        "x.dxf",
        "'dxf' is no format. Use one of geojson, gpkg, qgis, kml, kmz, geoparquet, flatgeobuf, csv, shp-zip, svg.",
    ),
]


@pytest.mark.parametrize(("to", "name", "message"), REFUSED)
def test_refusals_say_what_to_do(to, name, message, tmp_path):
    (tmp_path / "file.txt").write_text("mine")
    with pytest.raises(InputError) as error:
        export(Source(SOURCES["made up"]), to, tmp_path / name, profile="internal")
    assert message.replace(" 8.", f" {len(read_schema())}.") in str(error.value)


SEA = Selection(bbox=(0.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize("to", TARGETS)
def test_nothing_is_written_whole_too(to, tmp_path):
    done = written("made up", to, tmp_path, wanted=SEA)  # where there is no land, either
    assert set(done.counts.values()) == {0}
    assert all(path.is_file() for path in done.files)
    if to == "gpkg":
        assert {pyogrio.read_info(done.files[0], layer=name)["features"] for name in read_schema()} == {0}


LAYERED = {"geojson": ".geojson", "csv": ".csv", "flatgeobuf": ".fgb", "geoparquet": ".parquet"}


@pytest.mark.parametrize(("to", "ending"), LAYERED.items())
def test_no_layer_of_an_earlier_export_is_left_among_those_of_this(to, ending, tmp_path):
    written("made up", to, tmp_path)
    folder = tmp_path / TARGETS[to]
    (folder / "mine.txt").write_text("mine")
    asked = ("events", "routes")
    done = written("made up", to, tmp_path, wanted=Selection(layers=asked, bbox=SEA.bbox))
    assert done.files == ()
    names = {path.name for path in folder.iterdir()}
    assert names == {"mine.txt", *(f"{name}{ending}" for name in read_schema() if name not in asked)}


def test_one_layer_as_one_file(tmp_path):
    for to, name in (("geojson", "r.geojson"), ("flatgeobuf", "r.fgb"), ("geoparquet", "r.parquet"), ("csv", "r.csv")):
        done = export(Source(SOURCES["made up"]), to, tmp_path / name, wanted=Selection(layers=("routes",)))
        assert done.files == (tmp_path / name,)
        assert (tmp_path / name).is_file()
