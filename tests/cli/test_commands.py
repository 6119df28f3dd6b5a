"""The command line: whole error texts, exit codes, and what it does not load."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from geo.cli import main
from geo.cli.group import COMMANDS
from geo.cli.output import progress_bar

HEAVY = ("pandas", "geopandas", "shapely", "spacy", "matplotlib", "folium", "trafilatura", "networkx", "numpy", "geopy")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*args, stdin=None):
        return CliRunner().invoke(main, list(args), input=stdin, prog_name="sitmap")

    return invoke


@pytest.mark.parametrize(
    "code", ["import geo, geo.cli, geo.model, geo.settings", "from geo.cli import main; main(['--help'])"]
)
def test_starting_loads_nothing_heavy(code):
    tail = f"print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, atexit; atexit.register(lambda: {tail}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run, name):
    done = run(name, "--help")
    assert done.exit_code == 0, done.output
    assert f"Usage: sitmap {name}" in done.stdout
    if name != "gazetteer":
        assert f"  sitmap {name} " in done.stdout.partition("Examples:")[2] + " "


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_on_a_terminal_unless_refused(env, coloured):
    terminal, end = os.openpty()
    given = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | env
    subprocess.run(
        [sys.executable, "-c", "from geo.cli import main; main(['--help'])"], stdout=end, env=given, check=True
    )
    os.close(end)
    assert (b"\x1b[36m" in os.read(terminal, 10_000)) == coloured
    os.close(terminal)


def test_help_names_the_commands_and_the_exit_codes(run):
    done = run("--help")
    assert done.exit_code == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    assert (
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but for some articles, rows or look-ups, 4 the atlas is"
        in done.stdout
    )
    assert "_SITMAP_COMPLETE=bash_source sitmap" in done.stdout


ERRORS = [
    (["build"], 1, "Error: seeds/atlas.toml: there is no atlas here. Make one with 'sitmap init', or name its folder with --atlas.\n"),
    (["verify"], 1, "Error: seeds/atlas.toml: there is no atlas here. Make one with 'sitmap init', or name its folder with --atlas.\n"),
    (["build", "--atlas", "gone"], 2, "Error: Invalid value for '--atlas': Directory 'gone' does not exist.\n"),
    (["places", "--date", "5 Sept", "-"], 2, "Error: Invalid value for '--date': '5 Sept' is not a day. Write it as YYYY-MM-DD, for example 2016-09-04.\n"),
    (["places", "--date", "20160905", "-"], 2, "Error: Invalid value for '--date': '20160905' is not a day. Write it as YYYY-MM-DD, for example 2016-09-04.\n"),
    (["places", "--date", "2016-02-30", "-"], 2, "Error: Invalid value for '--date': '2016-02-30' is not a day. Write it as YYYY-MM-DD, for example 2016-09-04.\n"),
    (["places", "--encoding", "windows-arabic", "-"], 2, "Error: Invalid value for '--encoding': 'windows-arabic' is no encoding that Python knows. Name it as in cp1256, cp1252 or utf-16.\n"),
    (["places", "--encoding", "base64", "-"], 2, "Error: Invalid value for '--encoding': 'base64' is no encoding that Python knows. Name it as in cp1256, cp1252 or utf-16.\n"),
    (["places", "--jsonl", "gone.jsonl"], 2, "Error: Invalid value for '--jsonl': File 'gone.jsonl' does not exist.\n"),
    (["map", "--atlas", "taken", "--out", "x.tif"], 2, "Error: Invalid value for --out: 'x.tif' ends in none of .html, .png, .svg, .pdf, .gif. Say with --format what it shall be.\n"),
    (["export"], 2, "Error: Nowhere to write to. Give --out PATH: a folder for geojson or qgis, a file for gpkg or acled.\n"),
    (["export", "--out", "x"], 1, "Error: .: there are no layers here. Build them first: sitmap build.\n"),
    (["export", "--to", "dxf", "--out", "x"], 2, "Error: Invalid value for '--to': 'dxf' is not one of 'geojson', 'gpkg', 'qgis', 'kml', 'kmz', 'geoparquet', 'flatgeobuf', 'csv', 'shp-zip', 'svg', 'acled', nor an address postgresql://….\n"),
    (["init", "taken"], 1, "Error: taken: there is an atlas already. Choose another folder; nothing was changed.\n"),
    (["mpa"], 2, "Error: No such command 'mpa'."),
]  # fmt: skip


@pytest.mark.parametrize(("args", "code", "text"), ERRORS, ids=[" ".join(args) for args, _, _ in ERRORS])
def test_errors_say_what_is_wrong_and_what_to_do(run, tmp_path, args, code, text):
    (tmp_path / "taken" / "seeds").mkdir(parents=True)
    (tmp_path / "taken" / "seeds" / "atlas.toml").write_text("")
    done = run(*args)
    assert (done.exit_code, done.stdout) == (code, "")
    assert text in done.stderr
    if code == 1:
        assert done.stderr == text


SEEDS = [
    ('title = "x', 'seeds/atlas.toml: this is not TOML: Illegal character \'\\n\' (at line 1, column 11). Mend the file.'),
    ("title = 7\n", 'seeds/atlas.toml: title = 7 is not a text. Write title = "…".'),
    ('[theatre]\ncountries = "SY"\n', "seeds/atlas.toml: theatre.countries = 'SY' is not a list of two-letter codes. Write ISO 3166-1 alpha-2 codes, for example [\"SY\", \"TR\"]."),
    ('[theatre]\ncountries = ["SY", "UK"]\n', "seeds/atlas.toml: theatre.countries: no country has the code 'UK'. See ISO 3166-1."),
    ("[theatre]\nbbox = [38, 35, 36, 37]\n", "seeds/atlas.toml: theatre.bbox = [38, 35, 36, 37] is not a window on the Earth. Write west, south, east, north in degrees, for example [36.4, 35.7, 38.1, 36.9]."),
    ('[maps]\ndates = ["2016-08-10"]\n', "seeds/atlas.toml: maps.dates = ['2016-08-10'] is not a list of dates. Write them bare, for example dates = [2016-08-10, 2016-09-04]."),
    ('theatre = "SY"\n', "seeds/atlas.toml: theatre = 'SY' is not a table. Write [theatre] on a line of its own."),
    ("maps = []\n", "seeds/atlas.toml: maps = [] is not a table. Write [maps] on a line of its own."),
    ('titel = "x"\n', "seeds/atlas.toml: titel is not known here. Use one of title, description, theatre, maps, control, online, llm."),
    ('[theatre]\ncountry = "SY"\n', "seeds/atlas.toml: theatre.country is not known here. Use one of countries, bbox."),
    ("[theatre]\nbbox = [true, 35, 36, 37]\n", "seeds/atlas.toml: theatre.bbox = [True, 35, 36, 37] is not four numbers. Write west, south, east, north in degrees, for example [36.4, 35.7, 38.1, 36.9]."),
    ("\ufeff", "seeds/articles: there is no article here. Put a report there as a .md, .txt or .html file, or import events: sitmap import."),
    ("", "seeds/articles: there is no article here. Put a report there as a .md, .txt or .html file, or import events: sitmap import."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), SEEDS, ids=[text.partition(" =")[0] or "empty" for text, _ in SEEDS])
def test_errors_in_seeds_name_the_file(run, tmp_path, text, message):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "atlas.toml").write_text(text + "\n" if text == 'title = "x' else text)
    done = run("build")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"Error: {message}\n")
    assert not list((tmp_path).glob("layers/*.geojson"))


def test_a_locked_atlas(run, tmp_path):
    assert run("init", "mine").exit_code == 0
    code = f"""
import sys; from pathlib import Path; from geo.layers.files import locked
with locked(Path({str(tmp_path / "mine" / "layers")!r})):
    print("in", flush=True); sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"in\n"
        done = run("build", "--atlas", "mine")
        other.communicate(b"")
    assert (done.exit_code, done.stdout) == (4, "")
    assert (
        done.stderr == "Error: mine/layers: another process is writing here. Wait until it is done, then try again.\n"
    )


def test_ctrl_c(run, monkeypatch):
    def stop(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("geo.cli.init.resource", stop)
    done = run("init", "mine")
    assert (done.exit_code, done.stderr) == (130, "Stopped.\n")


def test_a_folder_that_cannot_be_made(run, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("init", "file/mine")
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        "",
        "Error: file/mine/seeds: the system refuses it: Not a directory. See that the name is right, that you may read and "
        "write there, and that there is room.\n",
    )


def test_a_fault_of_its_own_is_told_without_a_traceback(run, monkeypatch):
    def fail(*_args, **_options):
        raise RuntimeError("no\nluck")

    monkeypatch.setattr("geo.cli.init.resource", fail)
    done = run("init", "mine")
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        "",
        "Error: this is a fault of sitmap, not of what you gave it: RuntimeError: no luck. Please report it; with "
        "SITMAP_TRACEBACK=1 in the environment it also says where.\n",
    )
    monkeypatch.setenv("SITMAP_TRACEBACK", "1")
    assert isinstance(run("init", "mine").exception, RuntimeError)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_nobody_reads_on(tmp_path):
    line = json.dumps({"text": "Shells hit Akureyri. " * 50})
    (tmp_path / "many.jsonl").write_text("".join(f'{{"id": {n}, {line[1:]}\n' for n in range(30)))
    code = f"from geo.cli import main; main({['places', '--jsonl', str(tmp_path / 'many.jsonl')]!r})"
    done = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" | head -n 1', sys.executable, code], capture_output=True, text=True, check=True
    )
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def sitmap_in_shell(redirect, *args, **env):
    code = f"from geo.cli import main; main({list(args)!r})"
    given = [sys.executable, "-c", code]
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirect}', "sh", *given], capture_output=True, text=True, env=os.environ | env
    )


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_closed_standard_input():
    done = sitmap_in_shell("<&-", "places")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: No article." in done.stderr


def test_a_closed_standard_error(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with progress_bar() as progress:
        progress("Reading articles", 1, 2)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_console_that_has_no_arabic():
    done = sitmap_in_shell("", "gazetteer", "search", "Azaz", "--limit", "1", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u0623" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are text")
def test_a_file_name_that_is_no_text(run, tmp_path):
    name = os.fsdecode(b"report-\xe9.txt")
    (tmp_path / name).write_text("Shells hit Akureyri.")
    assert [line["doc"] for line in lines(run("places", name))] == ["report-\ufffd"]


def test_the_version(run):
    from geo import __version__

    assert run("--version").stdout == f"sitmap, version {__version__}\n"


def lines(done):
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


PLACE_MEMBERS = [
    "doc",
    "start",
    "end",
    "text",
    "name",
    "kind",
    "id",
    "lon",
    "lat",
    "precision_m",
    "confidence",
    "reason",
]
EVENT_MEMBERS = [
    "doc", "id", "type", "when", "start", "end", "place", "place_id", "lon", "lat", "precision_m", "geometry", "actors", "modality",
    "attribution", "quote", "quote_start", "quote_end", "figures", "confidence",
]  # fmt: skip
REPORT = "Police detained 12 protesters in Reykjavik on Sunday. Icelandic papers said more protests were planned in Akureyri."


@pytest.fixture
def given(tmp_path):
    (tmp_path / "only").mkdir()
    for name in ("report.txt", "only/report.txt"):
        (tmp_path / name).write_text(REPORT)
    (tmp_path / "report.jsonl").write_text(json.dumps({"id": "r1", "text": REPORT, "date": "2024-03-11"}) + "\n")


@pytest.mark.parametrize(
    ("args", "doc"),
    [(["report.txt"], "report"), (["--jsonl", "report.jsonl"], "r1"), (["-"], None), ([], None), (["only"], "report")],
    ids=str,
)
def test_places_of_articles_however_given(run, given, args, doc):
    found = lines(run("places", *args, stdin=REPORT))
    assert [line["text"] for line in found] == ["Reykjavik", "Akureyri"]
    for line in found:
        assert list(line) == PLACE_MEMBERS
        assert REPORT[line["start"] : line["end"]] == line["text"]
        assert doc is None or line["doc"] == doc
    assert (round(found[0]["lon"], 1), round(found[0]["lat"], 1)) == (-21.9, 64.1)


def test_demonyms_are_printed_when_asked_for(run, given):
    assert [line["text"] for line in lines(run("places", "report.txt", "--demonyms"))] == [
        "Reykjavik",
        "Icelandic",
        "Akureyri",
    ]


def test_events_are_dated_by_the_option_or_the_line(run, given):
    for done in (run("events", "--jsonl", "report.jsonl"), run("events", "report.txt", "--date", "2024-03-11")):
        event = lines(done)[0]
        assert list(event)[: len(EVENT_MEMBERS)] == EVENT_MEMBERS
        assert (event["type"], event["place"], event["start"], event["end"]) == (
            "detention",
            "Reykjavik",
            "2024-03-10",
            "2024-03-10",
        )
        assert REPORT[event["quote_start"] : event["quote_end"]] == event["quote"]
    assert lines(run("events", "report.txt"))[0]["start"] is None


def test_a_bad_line_does_not_stop_the_others(run, tmp_path):
    good = json.dumps({"id": "r1", "text": "Shells hit Akureyri."})
    (tmp_path / "some.jsonl").write_text(f"{good}\n{{not json\n")
    done = run("places", "--jsonl", "some.jsonl")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["text"] == "Akureyri"
    assert done.stderr.startswith("Error: some.jsonl:2: ")
    (tmp_path / "none.jsonl").write_text("{not json\n")
    assert run("places", "--jsonl", "none.jsonl").exit_code == 1
