"""What an analyst edits in QGIS comes back, survives a build, and is told where an article says otherwise now."""

import json
import shutil

import pytest
import shapely
from click.testing import CliRunner

from geo.cli import main
from geo.layers import read_layers

REPORT = """---
title: A week on the Orn
date: 2031-03-10
source: Harn Post
---
Rebels captured Aleppo on 4 March 2031. An airstrike hit Idlib on 5 March, killing 12 people. On 6 March the army shelled Homs.
"""
MOVED = "Point (37.5 36.5)"


def run(*args):
    done = CliRunner().invoke(main, list(map(str, args)))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


WAYS = {  # what is exported, what QGIS opens, what is brought back
    "GeoPackage": ("gpkg", "edit.gpkg", "edit.gpkg", "edit.gpkg"),
    "project": ("qgis", "edit", "edit/edit.qgz", "edit"),
    "GeoJSON": ("geojson", "edit", "edit", "edit"),
}
DRAWN = "Polygon ((36.5 35.8, 36.8 35.8, 36.8 36.1, 36.5 35.8))"


@pytest.fixture(scope="module")
def built(tmp_path_factory, qgis):
    """A built atlas."""
    root = tmp_path_factory.mktemp("edits") / "atlas"
    assert run("init", root).exit_code == 0
    for article in (root / "seeds" / "articles").iterdir():
        article.unlink()
    (root / "seeds" / "articles" / "week.md").write_text(REPORT)
    assert run("build", "--atlas", root, "-q").exit_code == 0
    return root


@pytest.fixture(scope="module", params=WAYS)
def edited(request, built, qgis, tmp_path_factory):
    """An atlas, what was exported of it after an hour of an analyst's work, and the ids of its events by type."""
    to, out, opened, back = WAYS[request.param]
    folder = tmp_path_factory.mktemp("edited")
    atlas = folder / "atlas"
    shutil.copytree(built, atlas)
    assert run("export", "--to", to, "--out", folder / out, "--atlas", atlas, "--profile", "internal").exit_code == 0
    layers = read_layers(atlas)
    ids = {row["type"]: row["id"] for row in layers["events"].to_dict("records")}
    (area,) = layers["areas"]["id"][layers["areas"]["event"] == ids["airstrike"]]
    orders = [
        {"layer": "events", "do": "change", "id": ids["capture"], "wkt": MOVED},
        {"layer": "events", "do": "change", "id": ids["airstrike"], "set": {"end": "2031-03-07"}},
        {"layer": "areas", "do": "change", "id": area, "wkt": DRAWN},
        {"layer": "events", "do": "delete", "id": ids["shelling"]},
        {"layer": "events", "do": "copy", "id": ids["capture"], "wkt": "Point (37.6 36.6)"},
    ]  # fmt: skip
    if to != "geojson":  # which has no file for a layer without features, and no columns of an editor's own
        orders[1]["set"]["edit_why"] = "two days long"
        orders += [
            {"layer": "routes", "do": "add", "wkt": "LineString (36 35, 36.5 35.5, 37 36)", "set": {"name": "Orn road", "route": "orn", "state": "cut", "start": "2031-03-06", "edit_who": "B. Baker"}},
            {"layer": "routes", "do": "add", "wkt": "LineString (36 35, 37 36)", "set": {"name": "No state"}},
        ]  # fmt: skip
    done = qgis("edit.py", folder / opened, json.dumps(orders))
    assert all(committed for committed, _ in done["committed"].values()), done
    if to != "geojson":  # with the style comes what makes the clock follow at once
        assert done["shown_until"][f"events {ids['airstrike']}"] == "2031-03-08"
    return atlas, folder / back, ids


def bring_back(atlas, path, *more):
    author = ("--who", "A. Analyst", "--why", "seen on site", "--date", "2031-04-01")
    return run("import-edits", path, "--atlas", atlas, *author, *more)


def test_the_round_trip(edited):
    atlas, path, ids = edited
    drawn = path.suffix == ".gpkg" or (path / "edit.gpkg").exists()
    done = bring_back(atlas, path, "--json")
    told = json.loads(done.stdout)
    assert (told["change"], told["delete"], told["add"], told["conflicts"]) == (3, 1, 1 + drawn, [])
    assert told["problems"] == (["a new feature of routes: say its state"] if drawn else [])
    assert done.exit_code == (3 if drawn else 0)
    written = (atlas / "seeds" / "corrections" / "2031-04-01-edit.toml").read_text()
    assert ('why = "two days long"' in written, 'who = "B. Baker"' in written) == (drawn, drawn)
    assert '"end" = "2031-03-05"' in written

    done = run("build", "--atlas", atlas, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["corrections"] == {"applied": 5 + drawn, "conflicts": []}
    assert f"{5 + drawn} applied, by A. Analyst" in done.stderr
    layers = read_layers(atlas)
    events = {row["id"]: row for row in layers["events"].to_dict("records")}
    assert (events[ids["capture"]]["geometry"].x, events[ids["capture"]]["geometry"].y) == (37.5, 36.5)
    assert events[ids["capture"]]["reports"][0]["lon"] != 37.5
    assert (events[ids["airstrike"]]["end"], events[ids["airstrike"]]["corrected"]["was"]["end"]) == (
        "2031-03-07",
        "2031-03-05",
    )
    assert ids["shelling"] not in events
    assert sorted(row["type"] for row in events.values()) == ["airstrike", "capture", "capture"]
    (shape,) = layers["areas"].geometry[layers["areas"]["event"] == ids["airstrike"]]
    assert shape.equals(shapely.from_wkt(DRAWN))
    if drawn:
        (route,) = layers["routes"].to_dict("records")
        assert (route["name"], route["state"], route["corrected"]["who"]) == ("Orn road", "cut", "B. Baker")

    again = bring_back(atlas, path, "--json")
    assert json.loads(again.stdout)["known"] == 5 + drawn
    assert len(list((atlas / "seeds" / "corrections").iterdir())) == 1


def test_an_article_that_changed_is_a_conflict(edited, built, tmp_path):
    _, path, _ = edited
    other = tmp_path / "atlas"
    shutil.copytree(built, other)
    bring_back(other, path)
    article = other / "seeds" / "articles" / "week.md"
    article.write_text(
        REPORT.replace("on 5 March, killing 12", "on 8 March, killing 15").replace(
            "captured Aleppo on", "captured all of Aleppo on"
        )
    )
    done = run("build", "--atlas", other, "--json")
    assert done.exit_code == 3
    conflicts = json.loads(done.stdout)["corrections"]["conflicts"]
    assert len(conflicts) == 3
    assert all("is not built any more: its article has changed" in conflict for conflict in conflicts)
    assert all(conflict in done.stderr for conflict in conflicts)
    assert len(list((other / "seeds" / "corrections").iterdir())) == 1
