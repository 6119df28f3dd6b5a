"""``sitmap gazetteer``: what it prints where, and its exit codes."""

import json

import pytest
from click.testing import CliRunner

from geo.cli import main

ATLAS = '[theatre]\ncountries = ["SY"]\nbbox = [36.4, 35.7, 38.1, 36.9]\n'
HEADER = "id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source\n"
ROW = "ramouseh,Ramouseh,neighbourhood,37.13,36.153,1800,Ramousa,الراموسة,SY,SY-HL,a survey\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*args, rows=None):
        if rows is not None:
            folder = tmp_path / "seeds" / "gazetteer"
            folder.mkdir(parents=True)
            (tmp_path / "seeds" / "atlas.toml").write_text(ATLAS)
            (folder / "places.csv").write_text(HEADER + rows, encoding="utf-8")
        return CliRunner().invoke(main, ["gazetteer", *args], prog_name="sitmap")

    return invoke


def test_search_prints_a_table_row_a_line(run):
    done = run("search", "Ramusa", rows=ROW)
    assert done.exit_code == 0
    (row,) = (line.split() for line in done.stdout.splitlines() if "atlas:" in line)
    assert row == [
        "spelling",
        "variant",
        "Ramouseh",
        "الراموسة",
        "neighbourhood",
        "SY-HL",
        "37.1300,",
        "36.1530",
        "atlas:ramouseh",
    ]


def test_search_joins_its_words_and_speaks_json(run):
    done = run("search", "Dayr", "az", "Zawr", "--limit", "2", "--json")
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["id"], line["score"], line["how"]) for line in lines] == [
        ("geonames:170794", 1.0, "exact"),
        ("iso:SY-DY", 1.0, "exact"),
    ]


def test_search_without_result(run):
    done = run("search", "Xqvbnmlkjhgf")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "No place is called 'Xqvbnmlkjhgf' or anything like it.\n"


def test_search_for_nothing(run):
    done = run("search", " ", "")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("Error: The name is empty. Write the one that you look for.\n")


def test_show(run):
    done = run("show", "ramouseh", "--json", rows=ROW)
    assert done.exit_code == 0
    shown = json.loads(done.stdout)
    assert (shown["id"], shown["precision_m"], shown["aliases"], shown["geometry"]) == (
        "atlas:ramouseh", 1800.0, ["Ramousa"], None,
    )  # fmt: skip
    table = run("show", "atlas:ramouseh").stdout
    assert [line.split(None, 1)[0] for line in table.splitlines() if line.strip()][2:5] == ["id", "name", "kind"]


def test_show_what_is_not_there(run):
    done = run("show", "nowhere")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == ("Error: there is no place 'nowhere'. Look for its id with 'sitmap gazetteer search NAME'.\n")


def test_check_passes(run):
    done = run("check", rows=ROW)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "1 entry, 0 errors, 0 warnings.\n"


def test_check_tells_all_and_fails(run):
    done = run("check", rows="a,A,town,36.2,37.1,,,,,,s\nb,Damascus,city,36.29,33.51,,,,SY,,s\n")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "error: seeds/gazetteer/places.csv:2: lon 36.2, lat 37.1 lies outside the theatre, and inside it when swapped. "
        "Write lon 37.1, lat 36.2.",
        "warning: seeds/gazetteer/places.csv:3: Damascus at lon 36.29, lat 33.51 lies outside the theatre's window. "
        "Check the coordinates, or widen theatre.bbox in atlas.toml.",
    ]
    assert done.stderr == "1 entry, 1 error, 1 warning.\n"
    found = [json.loads(line) for line in run("check", "--json").stdout.splitlines()]
    assert [(line["kind"], line["path"], line["line"]) for line in found] == [
        ("error", "seeds/gazetteer/places.csv", 2),
        ("warning", "seeds/gazetteer/places.csv", 3),
    ]


def test_check_without_an_atlas(run):
    done = run("check")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: seeds/atlas.toml: there is no atlas here. Make one with 'sitmap init', or name its folder with --atlas.\n"
    )


def test_a_wrong_atlas_stops_a_search(run):
    done = run("search", "Aleppo", rows="a,A,vilage,37.1,36.2,,,,,,s\n")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.endswith(
        "Error: seeds/gazetteer/places.csv:2: kind 'vilage' is unknown. Perhaps 'village' is meant.\n"
    )
