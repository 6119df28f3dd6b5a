"""``sitmap diff``: two files of polygons, two days of an atlas, and what cannot be compared."""

import json

import pytest
from click.testing import CliRunner

from geo.cli import main


def square(west, east, **properties):
    ring = [[west, 47], [east, 47], [east, 48], [west, 48], [west, 47]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    days = {
        "may": [square(30, 31, holder="red"), square(31, 32, holder="blue")],
        "june": [square(30, 31.1, holder="red"), square(31.1, 32, holder="blue")],
        "plain": [square(30, 31)],
        "larger": [square(30, 31.1)],
    }
    for name, features in days.items():
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "100"}).invoke(main, ["diff", *words])


def test_two_files_as_a_table(files):
    done = run("may.geojson", "june.geojson")
    assert done.exit_code == 0, done.output
    words = done.stdout.split()
    assert "red" in words
    assert "blue" in words
    assert "Front line: 111.2 km before, 111.2 km after, with a vertex every 1000 m." in done.stdout


def test_two_files_as_json_layer_and_picture(files):
    done = run("may.geojson", "june.geojson", "--json", "--out", "changed.geojson", "--picture", "changed.svg")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert (record["before"], record["after"]) == ("may", "june")
    (change,) = record["changes"]
    assert (change["from"], change["to"], round(change["area_km2"])) == ("blue", "red", 838)
    red = next(holder for holder in record["holders"] if holder["holder"] == "red")
    assert red["gained_km2"] == change["area_km2"]
    assert "gained_km2_interval" not in red
    layer = json.loads((files / "changed.geojson").read_text(encoding="utf-8"))
    (feature,) = layer["features"]
    assert feature["properties"] == {"id": "blue-red", **change, "before": "may", "after": "june"}
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert (files / "changed.svg").read_bytes().startswith(b"<?xml")


def test_the_same_bytes_again(files):
    for name in ("one", "two"):
        assert run("may.geojson", "june.geojson", "--out", f"{name}.geojson", "--picture", f"{name}.png").exit_code == 0
    for ending in ("geojson", "png"):
        assert (files / f"one.{ending}").read_bytes() == (files / f"two.{ending}").read_bytes()


def test_of_one_holder_the_front_is_where_the_country_goes_on(files):
    done = run("plain.geojson", "larger.geojson", "--json")
    record = json.loads(done.stdout)
    assert record["holders"][0]["holder"] == "occupied"
    assert 0 < record["front"]["before_km"] < 375  # the whole rim is 374.5 km


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["may.geojson", "2016-07-20"], "Give two days (YYYY-MM-DD), or two files of polygons."),
        (["2016-07-32", "2016-08-10"], "'2016-07-32' is not a day."),
        (["may.geojson", "july.geojson"], "july.geojson: there is no such file."),
        (["may.geojson", "june.geojson", "--picture", "x.gif"], "ends in neither .png nor .svg"),
        (["may.geojson", "june.geojson", "--spacing", "0"], "--spacing"),
        (["2016-07-20", "2016-08-10"], "there are no layers here"),
    ],
)
def test_what_cannot_be_compared_is_said(files, words, message):
    done = run(*words)
    assert done.exit_code in {1, 2}
    assert message in " ".join(done.output.split())
