"""``sitmap import``: what it prints where, and its exit codes."""

import json

import pytest
from click.testing import CliRunner
from exchange_files import INCIDENTS, MAPPING, acled, empty_atlas, ucdp

from geo.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    empty_atlas(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "ged.csv").write_text(
        ucdp({}, {"best": "x"}, {"date_start": "2017-01-01", "date_end": "2017-01-01"}), encoding="utf-8"
    )
    (tmp_path / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    (tmp_path / "incidents.toml").write_text(MAPPING, encoding="utf-8")
    return lambda *args: CliRunner().invoke(main, args, prog_name="sitmap")


def shown(text):
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_an_import_tells_what_became_of_the_rows_and_ends_with_3_where_some_are_bad(run):
    done = run("import", "ged.csv", "--until", "2016-12-31")
    assert (done.exit_code, done.stdout) == (3, "")
    assert shown(done.stderr) == [
        "Error: ged.csv:3: column 'best': 'x' is no number of people. Write digits alone, or leave the cell empty.",
        "ged",
        "format ucdp",
        "rows 3",
        "events 1",
        "bad rows 1",
        "left out 1 of other days",
        "licence CC BY 4.0",
        "name the source Uppsala Conflict Data Program, UCDP Georeferenced Event Dataset",
        "written to seeds/events/ged.jsonl",
    ]


def test_an_import_speaks_json(run):
    done = run(
        "import", "incidents.csv", "--mapping", "incidents.toml", "--name", "valley", "--json", "--quiet", "--dry-run"
    )
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["dataset"], told["events"], told["path"], told["guessed"], told["told"]) == ("valley", 2, None, [], [])
    assert told["columns"]["quote"] == "Remarks"


def test_guesses_are_told(run, tmp_path):
    (tmp_path / "t.csv").write_text("date,place,lat,lon,type\n2016-08-01,Mill,36,37,clash\n", encoding="utf-8")
    done = run("import", "t.csv", "--format", "csv")
    assert done.exit_code == 0
    assert "guessed date from date, place from place, lat from lat, lon from lon, type from type" in shown(done.stderr)


def test_list_and_remove(run):
    assert shown(run("import", "--list").stderr) == ["No events are imported in seeds/events."]
    run("import", "ged.csv")
    listed = run("import", "--list")
    assert (listed.exit_code, [line.split()[:3] for line in shown(listed.stdout)][2:]) == (0, [["ged", "ucdp", "2"]])
    assert json.loads(run("import", "--list", "--json").stdout)["licence"] == "CC BY 4.0"
    removed = run("import", "--remove", "ged")
    assert (removed.exit_code, removed.stderr) == (0, "Removed seeds/events/ged.jsonl.\n")
    again = run("import", "--remove", "ged")
    assert (again.exit_code, again.stderr) == (
        1,
        "Error: seeds/events: no imported data set is called 'ged'. There is nothing yet.\n",
    )


WRONG = [
    (["import"], 2, "Error: Name files to import, or give --list, or --remove NAME.\n"),
    (["import", "ged.csv", "--list"], 2, "Error: Name files to import, or give --list, or --remove NAME.\n"),
    (["import", "none.csv"], 1, "Error: none.csv: there is no such file. See that the name is right.\n"),
    (["import", "ged.csv", "--country", "ZZ"], 2, "no country has the code 'ZZ'"),
    (["import", "ged.csv", "--bbox", "1,2,3"], 2, "'1,2,3' is no window on the Earth. Write west,south,east,north"),
    (["import", "ged.csv", "--bbox", "38,35,36,37"], 2, "'38,35,36,37' is no window on the Earth."),
    (["import", "ged.csv", "--types", "war"], 2, "'war' is no type of event. Use any of airstrike"),
    (["import", "ged.csv", "--since", "2016"], 2, "'2016' is not a day."),
    (["import", "ged.csv", "--admin1", "Nowhere"], 1, "there is no event to import: 3 rows were read; 1 are bad"),
    (["import", "ged.csv", "--name", "A B"], 1, "'A B' cannot be the name of a data set."),
    (["import", "ged.csv", "--mapping", "ged.csv"], 1, "ged.csv: this is not TOML"),
]


@pytest.mark.parametrize(("args", "code", "text"), WRONG, ids=[" ".join(args) for args, _, _ in WRONG])
def test_errors_say_what_is_wrong_and_what_to_do(run, args, code, text):
    done = run(*args)
    assert (done.exit_code, done.stdout) == (code, "")
    assert text in " ".join(done.stderr.split()) + "\n"


def test_to_the_columns_of_acled_and_back(run, tmp_path):
    (tmp_path / "syr.csv").write_text(acled({}, {"event_date": "2016-09-01"}), encoding="utf-8")
    assert run("import", "syr.csv").exit_code == 0
    assert run("build", "--quiet").exit_code == 0
    first = (tmp_path / "layers" / "events.geojson").read_bytes()
    done = run("export", "--to", "acled", "--out", "out.csv")
    assert (done.exit_code, done.stderr) == (0, "2 events in out.csv.\n")
    run("import", "--remove", "syr")
    assert run("import", "out.csv").exit_code == 0
    assert run("build", "--quiet").exit_code == 0
    assert (tmp_path / "layers" / "events.geojson").read_bytes() == first
    one = run("export", "--to", "acled", "--out", "-", "--since", "2016-09-01")
    assert one.stdout_bytes.count(b"\r\n") == 2
    assert one.stderr == "1 event.\nLeft out: 1 of other days.\n"


EXPORTS = [
    (["--to", "acled", "--out", "."], 2, ". is a folder: ACLED's columns are one file."),
    (["--to", "acled", "--out", "x.csv", "--only", "areas"], 2, "ACLED's columns hold events alone"),
    (["--to", "geojson", "--out", "x", "--all"], 2, "--all is for --to acled."),
    (["--to", "geojson", "--out", "-"], 1, "-: this format is no stream."),
    (["--to", "acled", "--out", "x.csv", "--as-of", "2016-01-01", "--since", "2016-01-01"], 2, "--as-of is one day"),
]


@pytest.mark.parametrize(("args", "code", "text"), EXPORTS, ids=[" ".join(args) for args, _, _ in EXPORTS])
def test_exports_that_cannot_be(run, args, code, text):
    run("import", "ged.csv")
    run("build", "--quiet")
    done = run("export", *args)
    assert done.exit_code == code
    assert text in " ".join(done.stderr.split())
