"""``sitmap access`` and ``sitmap import --format control`` on an atlas of three villages."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli.group import main

PLACES = """id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source
harbour,Harbour,town,-21.00,63.90,900,,,IS,,a survey
millbridge,Millbridge,village,-20.90,63.90,500,,,IS,,a survey
northtown,Northtown,town,-20.80,63.90,900,,,IS,,a survey
"""
ROUTES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {
                "id": "mill_road", "name": "Mill Road", "kind": "road", "aliases": [], "precision_m": 200,
                "country": "IS", "source": "a survey", "links": ["harbour", "millbridge", "northtown"],
            },
            "geometry": {"type": "LineString", "coordinates": [[-21.0, 63.9], [-20.9, 63.9], [-20.8, 63.9]]},
        }
    ],
}  # fmt: skip
ACTORS = '[[side]]\nid = "red"\nname = "The Reds"\n\n[[side]]\nid = "blue"\nname = "The Blues"\n'
CONTROL = """place,holder,from,to,as_of,certainty,source
harbour,red,2031-05-01,,2031-05-31,high,a diary
northtown,red,2031-05-01,,2031-05-31,high,a diary
millbridge,red,2031-05-01,2031-05-09,,high,a diary
millbridge,blue,2031-05-09,,2031-05-31,high,a letter
"""
STATES = """route,between,and,state,holder,from,to,as_of,certainty,source,flags
mill_road,,,open,red,2031-05-01,2031-05-05,,high,a diary,
mill_road,,,fire_control,blue,2031-05-05,2031-05-09,,medium,a diary,
mill_road,millbridge,northtown,cut,blue,2031-05-09,,2031-05-31,high,a letter,
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    (seeds / "articles").mkdir(parents=True)
    (seeds / "gazetteer").mkdir()
    (seeds / "atlas.toml").write_text('title = "Valley"\n[theatre]\ncountries = ["IS"]\n', encoding="utf-8")
    (seeds / "actors.toml").write_text(ACTORS, encoding="utf-8")
    (seeds / "articles" / "a.md").write_text(
        "---\ntitle: A\npublished: 2031-05-20\n---\nAll was quiet.\n", encoding="utf-8"
    )
    (seeds / "gazetteer" / "places.csv").write_text(PLACES, encoding="utf-8")
    (seeds / "gazetteer" / "routes.geojson").write_text(json.dumps(ROUTES), encoding="utf-8")
    (seeds / "control.csv").write_text(CONTROL, encoding="utf-8")
    (seeds / "route_states.csv").write_text(STATES, encoding="utf-8")
    return tmp_path


def run(atlas: Path, *args: str):
    return CliRunner().invoke(main, [args[0], "--atlas", str(atlas), *args[1:]], catch_exceptions=False)


def access(atlas: Path, *args: str):
    return run(atlas, "access", "--from", "Harbour", "--to", "Northtown", *args)


def test_a_way(atlas):
    result = access(atlas, "--on", "2031-05-03", "--json")
    found = json.loads(result.stdout)
    assert (found["reachable"], found["secure"], found["for"], found["since"]) == (True, True, "red", "2031-05-01")
    assert found["via"] == ["Harbour", "Mill Road", "Northtown"]
    assert found["blocked_by"] == []
    weakest = found["weakest"]
    assert (weakest["route"], weakest["state"], weakest["quote"], weakest["basis"]) == (
        "mill_road", "open", "a diary", "seeds/route_states.csv, line 2",
    )  # fmt: skip
    assert weakest["width_km"] > 1


def test_a_block(atlas):
    found = json.loads(access(atlas, "--on", "2031-05-10", "--for", "red", "--json").stdout)
    assert (found["reachable"], found["via"], found["weakest"], found["since"]) == (False, [], {}, "2031-05-09")
    (block,) = found["blocked_by"]
    assert (block["name"], block["between"], block["why"]) == ("Mill Road", ["Millbridge", "Northtown"], "cut by blue")


@pytest.mark.parametrize("side", ["red", "The Reds", "the reds", "Red Guard", "guardsmen of the coast"])
def test_a_side_by_any_of_its_names(atlas, side):
    actors = atlas / "seeds" / "actors.toml"
    guard = '[[actor]]\nname = "Red Guard"\nside = "red"\nkind = "state"\naliases = ["guardsmen of the coast"]\n'
    actors.write_text(f"{ACTORS}\n{guard}", encoding="utf-8")
    result = access(atlas, "--on", "2031-05-06", "--for", side, "--json")
    assert json.loads(result.output)["for"] == "red"


def test_before_all_reports_nothing_is_known(atlas):
    asked = ("--on", "2030-01-01", "--for", "red")
    found = json.loads(access(atlas, *asked, "--json").output)
    assert (found["reachable"], found["known"], found["since"]) == (False, False, None)
    assert [(block["why"], block["basis"]) for block in found["blocked_by"]] == [
        ("nothing is reported of it", "no report")
    ]
    assert "for The Reds: not known to be reachable\n" in access(atlas, *asked).output


def test_a_table_that_begins_before_all_reports(atlas, tmp_path):
    over = ("--over", "2031-04-01", "2031-05-06", "--for", "red")
    rows = [json.loads(line) for line in access(atlas, *over, "--json").stdout.splitlines()]
    assert [(row["from"], row["reachable"], row["known"]) for row in rows] == [
        ("2031-04-01", False, False),
        ("2031-05-01", True, True),
        ("2031-05-05", True, True),
    ]
    assert "not known" in access(atlas, *over, "--picture", str(tmp_path / "ways.png")).stdout
    assert (tmp_path / "ways.png").read_bytes().startswith(b"\x89PNG")


def test_long_after_all_reports_it_says_when_they_were(atlas):
    told = access(atlas, "--on", "2033-01-01", "--for", "red").output
    assert "cut by blue since 2031-05-09 (high, last told 2031-05-31)" in told


def test_in_words(atlas):
    assert access(atlas, "--on", "2031-05-06").stdout.splitlines()[:3] == [
        "Northtown from Harbour on 2031-05-06, for The Reds: reachable at a risk since 2031-05-01 or before",
        "by       Harbour – Mill Road – Northtown",
        "weakest  Mill Road: under fire by blue, not held since 2031-05-05 (medium), 8.71 km wide at the narrowest",
    ]
    assert "blocked  Mill Road: cut by blue since 2031-05-09 (high)\n" in access(atlas, "--on", "2031-05-10").stdout


def test_over_time(atlas, tmp_path):
    picture = tmp_path / "ways.svg"
    result = access(atlas, "--over", "2031-05-01", "2031-05-31", "--json", "--picture", str(picture))
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["from"], row["to"], row["reachable"], row["secure"]) for row in rows] == [
        ("2031-05-01", "2031-05-04", True, True),
        ("2031-05-05", "2031-05-08", True, False),
        ("2031-05-09", "2031-05-31", False, False),
    ]
    first = picture.read_bytes()
    assert first.startswith(b"<?xml") or first.startswith(b"<svg")
    access(atlas, "--over", "2031-05-01", "2031-05-31", "--picture", str(picture))
    assert picture.read_bytes() == first


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--on", "2031-05-06", "--over", "2031-05-01", "2031-05-02"), 2, "Give a day with --on, or two with --over."),
        ((), 2, "Give a day with --on, or two with --over."),
        (("--over", "2031-05-09", "2031-05-01"), 2, "2031-05-09 is after 2031-05-01."),
        (("--on", "2031-05-06", "--picture", "x.png"), 2, "A picture shows days: give them with --over START END."),
        (("--over", "2031-05-01", "2031-05-02", "--picture", "x.gif"), 2, "'x.gif' ends in none of .png, .svg, .pdf."),
        (("--on", "6 May",), 2, "'6 May' is not a day."),
        (("--on", "2031-05-06", "--for", "green"), 1, "no side is called 'green'. Use one of red, blue."),
        (("--on", "2031-04-01",), 1, "nobody is known to hold Northtown or Harbour on 2031-04-01. Say for whom it is asked: --for red"),
    ],
)  # fmt: skip
def test_wrong_use(atlas, args, code, message):
    result = access(atlas, *args)
    assert (result.exit_code, message in result.stderr) == (code, True), result.stderr


def test_places_that_are_not_there(atlas):
    result = run(atlas, "access", "--from", "Harbour", "--to", "Nowhere at all", "--on", "2031-05-06")
    assert (result.exit_code, "no place is called 'Nowhere at all'" in result.stderr) == (1, True)
    result = run(atlas, "access", "--from", "Harbour", "--to", "Harbour", "--on", "2031-05-06")
    assert "'Harbour' and 'Harbour' are the same place on the roads. Name two places." in result.stderr


def test_an_atlas_without_roads(atlas):
    for name in ("gazetteer/routes.geojson", "route_states.csv"):
        (atlas / "seeds" / name).unlink()
    result = access(atlas, "--on", "2031-05-06")
    assert (result.exit_code, "this atlas has no roads that join places" in result.stderr) == (1, True)


MAP = "lat,lon,status,label\n63.9,-20.8,b,Northtown\n63.9,-20.7,reds,Cape\n63.9,-20.6,q,Reef\n"


def test_import_of_a_map_of_control(atlas, tmp_path):
    (tmp_path / "map.csv").write_text(MAP, encoding="utf-8")
    args = (
        "import",
        str(tmp_path / "map.csv"),
        "--format",
        "control",
        "--on",
        "2031-06-15",
        "--holder",
        "b=blue",
        "--holder",
        "reds=red",
    )
    result = run(atlas, *args, "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert (found["markers"], found["rows"], found["places"]) == (3, 2, 1)
    assert "'q' names no side (1 marker). Say whose mark it is with --holder 'q=SIDE'" in found["told"][0]
    lines = (atlas / "seeds" / "control" / "map.csv").read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == [
        "northtown,blue,2031-06-15,,2031-06-15,medium,map.csv,,,,,",
        "cape,red,2031-06-15,,2031-06-15,medium,map.csv,,Cape,-20.70000,63.90000,",
    ]
    found = json.loads(access(atlas, "--on", "2031-06-20", "--for", "blue", "--json").stdout)
    assert not found["reachable"]  # the road was cut when it was last told, and nobody has opened it


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--format", "control"), "A map shows one day: say which with --on YYYY-MM-DD."),
        (("--format", "control", "--on", "2031-06-15", "--holder", "b"), "'b' is no WORD=SIDE."),
        (
            ("--format", "control", "--on", "2031-06-15", "--holder", "b=green"),
            "no side is called 'green'. Use one of red, blue",
        ),
    ],
)
def test_wrong_use_of_import(atlas, tmp_path, args, message):
    (tmp_path / "map.csv").write_text(MAP, encoding="utf-8")
    result = run(atlas, "import", str(tmp_path / "map.csv"), *args)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
