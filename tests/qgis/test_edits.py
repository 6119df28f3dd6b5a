"""What an analyst edits in QGIS comes back, survives a build, and is told where an article says otherwise now."""

import json
import shutil

import pytest
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


@pytest.fixture(scope="module")
def atlas(tmp_path_factory, qgis):
    """A built atlas, its export, and the edits made in it."""
    root = tmp_path_factory.mktemp("edits") / "atlas"
    assert run("init", root).exit_code == 0
    for article in (root / "seeds" / "articles").iterdir():
        article.unlink()
    (root / "seeds" / "articles" / "week.md").write_text(REPORT)
    assert run("build", "--atlas", root, "-q").exit_code == 0
    return root


@pytest.fixture(scope="module")
def edited(atlas, qgis):
    """The GeoPackage after an hour of an analyst's work."""
    path = atlas.parent / "edit.gpkg"
    assert run("export", "--to", "gpkg", "--out", path, "--atlas", atlas, "--profile", "internal").exit_code == 0
    ids = {row["type"]: row["id"] for row in read_layers(atlas)["events"].to_dict("records")}
    orders = [
        {"layer": "events", "do": "change", "id": ids["capture"], "wkt": MOVED},
        {"layer": "events", "do": "change", "id": ids["airstrike"], "set": {"end": "2031-03-07", "edit_why": "two days long"}},
        {"layer": "events", "do": "delete", "id": ids["shelling"]},
        {"layer": "events", "do": "copy", "id": ids["capture"], "wkt": "Point (37.6 36.6)"},
        {"layer": "routes", "do": "add", "wkt": "LineString (36 35, 36.5 35.5, 37 36)", "set": {"name": "Orn road", "route": "orn", "state": "cut", "start": "2031-03-06", "edit_who": "B. Baker"}},
        {"layer": "routes", "do": "add", "wkt": "LineString (36 35, 37 36)", "set": {"name": "No state"}},
    ]  # fmt: skip
    done = qgis("edit.py", path, json.dumps(orders))
    assert all(committed for committed, _ in done.values()), done
    return path, ids


def test_the_round_trip(atlas, edited):
    path, ids = edited
    done = run(
        "import-edits",
        path,
        "--atlas",
        atlas,
        "--who",
        "A. Analyst",
        "--why",
        "seen on site",
        "--date",
        "2031-04-01",
        "--json",
    )
    told = json.loads(done.stdout)
    assert (told["change"], told["delete"], told["add"], told["conflicts"]) == (2, 1, 2, [])
    assert told["problems"] == ["a new feature of routes: say its state"]
    assert done.exit_code == 3
    written = (atlas / "seeds" / "corrections" / "2031-04-01-edit.toml").read_text()
    assert 'why = "two days long"' in written
    assert 'who = "B. Baker"' in written
    assert '"end" = "2031-03-05"' in written

    done = run("build", "--atlas", atlas, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["corrections"] == {"applied": 5, "conflicts": []}
    assert "5 applied, by A. Analyst, B. Baker" in done.stderr
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
    (route,) = layers["routes"].to_dict("records")
    assert (route["name"], route["state"], route["corrected"]["who"]) == ("Orn road", "cut", "B. Baker")

    again = run("import-edits", path, "--atlas", atlas, "--who", "A. Analyst", "--why", "seen on site", "--json")
    assert json.loads(again.stdout)["known"] == 5
    assert len(list((atlas / "seeds" / "corrections").iterdir())) == 1


def test_an_article_that_changed_is_a_conflict(atlas, edited, tmp_path):
    path, _ = edited
    other = tmp_path / "atlas"
    shutil.copytree(atlas, other)
    run("import-edits", path, "--atlas", other, "--who", "A. Analyst", "--why", "seen on site", "--date", "2031-04-01")
    article = other / "seeds" / "articles" / "week.md"
    article.write_text(
        REPORT.replace("on 5 March, killing 12", "on 8 March, killing 15").replace(
            "captured Aleppo on", "captured all of Aleppo on"
        )
    )
    done = run("build", "--atlas", other, "--json")
    assert done.exit_code == 3
    conflicts = json.loads(done.stdout)["corrections"]["conflicts"]
    assert len(conflicts) == 2
    assert all("is not built any more: its article has changed" in conflict for conflict in conflicts)
    assert all(conflict in done.stderr for conflict in conflicts)
    assert len(list((other / "seeds" / "corrections").iterdir())) == 1
