"""Edits of exported files, also of files that somebody has spoilt: taken, or told, never lost and never made up."""

import sqlite3
from contextlib import closing
from datetime import date

import orjson
import pytest
from click.testing import CliRunner
from export_layers import export_layers

from geo.cli import main
from geo.errors import InputError
from geo.export.edits import Author, read_edits
from geo.export.parts import Source
from geo.export.run import export
from geo.layers import layer_files

LAYERS = export_layers()
AUTHOR = Author("A. Analyst", date(2031, 5, 1), "seen")


@pytest.fixture
def package(tmp_path):
    """A GeoPackage as exported."""
    return export(Source(LAYERS), "gpkg", tmp_path / "all.gpkg", profile="internal").files[0]


@pytest.fixture
def folder(tmp_path):
    """A folder of GeoJSON files as exported."""
    export(Source(LAYERS), "geojson", tmp_path / "share", profile="internal")
    return tmp_path / "share"


def in_package(path, *statements):
    with closing(sqlite3.connect(path)) as db, db:
        # The triggers of the spatial index ask for functions that SQLite alone does not have.
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            db.execute(statement)


def in_json(path, change):
    told = orjson.loads(path.read_bytes())
    change(told)
    path.write_bytes(orjson.dumps(told))


def found(path, layers=LAYERS):
    edits = read_edits(path, AUTHOR, layers)
    return [(one.layer, one.action, one.feature, dict(one.now)) for one in edits.corrections], edits.problems


def test_what_nobody_edits_is_no_edit(package, folder):
    assert found(package) == ([], ())
    assert found(folder) == ([], ())


DAY = "WHERE id = 'routes-day'"
EDITED = [  # what is done to the GeoPackage, and what is found
    ([f"UPDATE routes SET state = 'open' {DAY}"], [("routes", "change", "routes-day", {"state": "open"})], []),
    ([f"DELETE FROM routes {DAY}"], [("routes", "delete", "routes-day", {})], []),
    # An id that is emptied makes no other feature of it.
    ([f"UPDATE routes SET id = NULL, state = 'open' {DAY}"], [("routes", "change", "routes-day", {"state": "open"})], []),
    ([f"UPDATE routes SET id = '' {DAY}"], [], []),
    ([f"UPDATE routes SET geom = NULL {DAY}"], [], ["routes routes-day (Harn road): it has no geometry"]),
    ([f"UPDATE routes SET state = 'soft' {DAY}"], [], ["routes routes-day (Harn road): state = 'soft' is none of open, contested, fire_control, cut, closed"]),
    ([f"UPDATE routes SET quote = 'Never.' {DAY}"], [], ["routes routes-day (Harn road): quote says what the report holds; it stays"]),
    ([f"UPDATE routes SET shown_from = '2031-01-01', edit_who = 'B' {DAY}"], [], []),
    (["DROP TABLE routes", "DELETE FROM gpkg_geometry_columns WHERE table_name = 'routes'"], [],
     ["all.gpkg: the layer routes is not there any more; nothing of it is taken, and none of its features counts as deleted"]),
    (["UPDATE gpkg_geometry_columns SET srs_id = 3857 WHERE table_name = 'routes'", "DELETE FROM routes"], [],
     ["all.gpkg: the layer routes is not in degrees (EPSG:4326) any more; nothing of it is taken, and none of its features counts as deleted"]),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "corrections", "problems"), EDITED, ids=[s[0][:40] for s, _, _ in EDITED])
def test_edits_of_a_geopackage(statements, corrections, problems, package):
    in_package(package, *statements)
    told, wrong = found(package)
    assert told == corrections
    assert list(wrong) == problems


def of(told, id):
    return next(f for f in told["features"] if f["id"] == id)


def as_qgis_does(told):
    """Take the id out of the properties and write days with slashes, as GDAL does when it writes a file anew."""
    for feature in told["features"]:
        del feature["properties"]["id"]
        for name, value in feature["properties"].items():
            if isinstance(value, str) and len(value) == 10 and name != "edtf":
                feature["properties"][name] = value.replace("-", "/")


def drop_ids(told):
    for feature in told["features"]:
        feature["id"] = feature["properties"]["id"] = None


JSON = [
    (lambda told: of(told, "routes-day")["properties"].update(state="open"), [("change", "routes-day", {"state": "open"})], []),
    (as_qgis_does, [], []),
    (lambda told: (as_qgis_does(told), told["features"].remove(of(told, "routes-day"))), [("delete", "routes-day", {})], []),
    (lambda told: of(told, "routes-day").update(geometry=None), [], ["routes routes-day (Harn road): it has no geometry"]),
    (drop_ids, [], ["routes.geojson: no feature has its id any more; nothing of it is taken"]),
    # Saved anew by a program that keeps no foreign member: compared with what is built, and nothing counts as deleted.
    (lambda told: (told.pop("sitmap"), told["features"].remove(of(told, "routes-day")), of(told, "routes-since")["properties"].update(state="open")),
     [("change", "routes-since", {"state": "open"})], []),
    (lambda told: (told.pop("sitmap"), of(told, "routes-day").update(id="older")), [],
     ["routes.geojson does not say what it held, and 1 of its features are not built: export it again"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "corrections", "problems"), JSON)
def test_edits_of_geojson(change, corrections, problems, folder):
    in_json(folder / "routes.geojson", change)
    for path in (folder, folder / "routes.geojson"):
        told, wrong = found(path)
        assert told == [("routes", *one) for one in corrections]
        assert list(wrong) == problems


def test_an_edit_of_geojson_outlives_a_build(folder):
    in_json(folder / "routes.geojson", lambda told: of(told, "routes-day")["properties"].update(state="open"))
    others = {**LAYERS, "routes": LAYERS["routes"].iloc[2:].reset_index(drop=True)}
    assert found(folder, others) == ([("routes", "change", "routes-day", {"state": "open"})], ())


def test_a_folder_with_both(tmp_path):
    export(Source(LAYERS), "gpkg", tmp_path / "harn" / "all.gpkg", profile="internal")
    export(Source(LAYERS), "geojson", tmp_path / "harn" / "geojson", profile="internal")
    (tmp_path / "harn" / "other.gpkg").write_text("no database")
    (tmp_path / "harn" / "all.qgz").write_bytes(b"")
    in_package(tmp_path / "harn" / "all.gpkg", f"UPDATE routes SET state = 'open' {DAY}")
    path = tmp_path / "harn" / "geojson" / "routes.geojson"
    wanted = [("routes", "change", "routes-day", {"state": "open"})]
    in_json(path, lambda told: of(told, "routes-day")["properties"].update(state="open"))
    assert found(tmp_path / "harn") == found(tmp_path / "harn" / "all.qgz") == (wanted, ())  # the same twice is one
    in_json(path, lambda told: of(told, "routes-day")["properties"].update(state="closed"))
    told, problems = found(tmp_path / "harn")
    assert told == wanted
    assert problems == (
        "the routes feature routes-day is edited in another file of the folder, which is taken, and routes.geojson says "
        "otherwise",
    )


def metres(told):
    told["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}


REFUSED = [
    ("x.gpkg", b"no database", "this is no GeoPackage of sitmap"),
    ("rivers.geojson", b'{"features":[]}', "'rivers' is no layer. Name the file after its layer: places, events"),
    ("routes.geojson", b'{"features":', "this is no GeoJSON FeatureCollection"),
    ("routes.geojson", b'{"features":[{"type":"Feature"}]}', "this is no GeoJSON FeatureCollection"),
    ("empty/note.txt", b"", "this folder holds no export"),
]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_what_is_no_export_is_refused(name, content, message, tmp_path):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        found(path.parent if path.suffix == ".txt" else path)
    assert message in str(error.value)


def test_another_reference_system_is_refused(folder):
    in_json(folder / "routes.geojson", metres)
    with pytest.raises(InputError, match=r"3857\. Save it in WGS 84"):
        found(folder)
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}  # as GDAL writes it
    in_json(folder / "routes.geojson", lambda told: told.update(crs=named))
    assert found(folder) == ([], ())


@pytest.mark.parametrize("name", ["layers", "layers/routes.geojson"])
def test_the_built_layers_themselves_are_no_export(name, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "atlas.toml").write_text('title = "Harn"\n')
    for file, content in layer_files(LAYERS, []).items():
        path = tmp_path / "layers" / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    done = CliRunner().invoke(
        main, ["import-edits", str(tmp_path / name), "--atlas", str(tmp_path), "--who", "A", "--why", "B"]
    )
    assert done.exit_code == 1
    assert "these are the built layers themselves, which the next build overwrites" in done.output
