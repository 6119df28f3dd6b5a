"""``sitmap gazetteer import``, ``list`` and ``remove``: what they print where, and their exit codes."""

import io
import json
import threading
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from importing_files import ALTERNATES, DUMP, UCDP

from geo.cli import main
from geo.gazetteer import open_gazetteer


@pytest.fixture(scope="session", autouse=True)
def _world():
    open_gazetteer(None)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITMAP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("geo.gazetteer.importing.run.writable", lambda _: tmp_path / "scratch")
    (tmp_path / "SY.txt").write_text(DUMP, encoding="utf-8")
    (tmp_path / "ged.csv").write_text(UCDP, encoding="utf-8")

    def invoke(*args):
        return CliRunner().invoke(main, args, prog_name="sitmap")

    return invoke


def test_import_tells_what_became_of_the_rows(run, tmp_path):
    done = run("gazetteer", "import", "ged.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    lines = [" ".join(line.split()) for line in done.stderr.splitlines() if line.strip()]
    assert lines == [
        "warning: ged.csv:10: lon '37.4', lat 'north' is no point on the Earth. Write decimal degrees, WGS 84: lon -180 to 180, lat -90 to 90.",
        "ged",
        "format ucdp",
        "rows 9",
        "places 5",
        "bad rows 1",
        "left out 1 descriptions of ground, not names, 1 known by the country alone",
        "licence CC BY 4.0",
        "name the source Uppsala Conflict Data Program, UCDP Georeferenced Event Dataset",
        *(f"written to {tmp_path}/data/gazetteer/ged.sqlite",),
    ] or lines[-1].startswith("written to")  # a long path is broken over lines


def test_import_speaks_json(run):
    done = run("gazetteer", "import", "SY.txt", "--json", "--quiet", "--name", "syria")
    assert (done.exit_code, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert {key: told[key] for key in ("name", "format", "places", "rows", "bad", "twice", "resumed", "skipped_by", "told")} == {
        "name": "syria", "format": "geonames", "places": 7, "rows": 9, "bad": 0, "twice": 0, "resumed": False,
        "skipped_by": {"S.BUSTP": 1, "without a feature code": 1}, "told": [],
    }  # fmt: skip


def test_what_is_imported_is_used_listed_and_removed(run):
    assert run("gazetteer", "list").stderr.startswith("Nothing is imported in ")
    run("gazetteer", "import", "SY.txt")
    found = run("gazetteer", "search", "Ar Ramusah", "--json", "--limit", "1")
    assert json.loads(found.stdout)["id"] == "geonames:999001"
    (row,) = (line.split() for line in run("gazetteer", "list").stdout.splitlines() if "SY.txt" in line)
    assert (row[:3], row[-1]) == (["geonames-sy", "geonames", "7"], "SY.txt")
    (listed,) = map(json.loads, run("gazetteer", "list", "--json").stdout.splitlines())
    assert (listed["name"], listed["licence"], listed["bytes"] > 0) == ("geonames-sy", "CC BY 4.0", True)
    done = run("gazetteer", "remove", "geonames-sy")
    assert (done.exit_code, done.stderr.startswith("Removed ")) == (0, True)
    done = run("gazetteer", "remove", "geonames-sy")
    assert (done.exit_code, "no imported gazetteer is called 'geonames-sy'. There is nothing yet." in done.stderr) == (
        1,
        True,
    )


def test_an_atlas_gets_its_own(run, tmp_path):
    run("init", "my-atlas")
    done = run("gazetteer", "import", "SY.txt", "--atlas", "my-atlas", "--quiet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (tmp_path / "my-atlas/seeds/gazetteer/imported/geonames-sy.sqlite").is_file()
    assert "SY.txt" in run("gazetteer", "list", "--atlas", "my-atlas").stdout
    assert run("gazetteer", "list").stdout == ""
    assert run("gazetteer", "show", "geonames:999001", "--atlas", "my-atlas").exit_code == 0
    assert run("gazetteer", "show", "geonames:999001").exit_code == 1


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["nowhere.csv"], 1, "Error: nowhere.csv: there is no such file. See that the name is right.\n"),
        (["SY.txt", "--column", "name"], 2, "'name' is no FIELD=COLUMN. Write it as in --column name=NAME_EN."),
        (["SY.txt", "--kind", "vilage"], 2, "'vilage' is no kind of place. Use one of continent, region,"),
        (["SY.txt", "--in-country", "XX"], 2, "no country has the code 'XX'."),
        (["SY.txt", "--format", "shp"], 2, "'shp' is not one of 'geonames', 'ucdp',"),
        (["ged.csv", "--strict"], 1, "Error: ged.csv:10: lon '37.4', lat 'north' is no point on the Earth."),
        (["geonames", "XX"], 1, "Error: no country has the code 'XX'."),
        (["geonames"], 1, "Error: no country is named."),
        ([], 2, "Missing argument"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(run, args, code, message):
    done = run("gazetteer", "import", *args)
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr


def test_options_for_tables(run, tmp_path):
    (tmp_path / "survey.csv").write_text("VILLAGE;NORTH;EAST\nخربة;36,6;37,9\n", encoding="cp1256")
    columns = [part for field in ("name=VILLAGE", "lat=NORTH", "lon=EAST") for part in ("--column", field)]
    more = ["--encoding", "cp1256", "--kind", "camp", "--in-country", "sy", "--source", "us", "--licence", "CC0"]
    done = run("gazetteer", "import", "survey.csv", *columns, *more, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["licence"], told["attribution"]) == ("CC0", "us")
    place = json.loads(run("gazetteer", "search", "خربة", "--json", "--limit", "1").stdout)
    assert (place["kind"], place["country"], place["lon"], place["source"]) == ("camp", "SY", 37.9, "us")


@pytest.fixture
def server(tmp_path):
    """GeoNames' server, with one country."""
    folder = tmp_path / "server" / "dump"
    (folder / "alternatenames").mkdir(parents=True)
    for name, text in (("SY.zip", DUMP), ("alternatenames/SY.zip", ALTERNATES)):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("SY.txt", text)
        (folder / name).write_bytes(packed.getvalue())

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args, **options):
            super().__init__(*args, directory=str(folder.parent), **options)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/dump"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("by", ["option", "environment"])
def test_import_of_countries_fetches_them(run, server, monkeypatch, tmp_path, by):
    monkeypatch.setattr("geo.gazetteer.importing.download.writable", lambda _: tmp_path / "scratch")
    monkeypatch.delenv("http_proxy", raising=False)
    if by == "environment":
        monkeypatch.setenv("SITMAP_GEONAMES_URL", server)
    more = ["--base-url", server] if by == "option" else []
    done = run("gazetteer", "import", "geonames", "SY", "--json", *more)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["name"], told["places"], told["files"]) == ("geonames-sy", 7, "SY.zip, SY.zip")
    assert open_gazetteer(None).get("geonames:168920").name == "Kafr Hamra"
    told = json.loads(run("gazetteer", "import", "geonames", "SY", "--json", "--no-alternate-names", *more).stdout)
    assert told["files"] == "SY.zip"


def test_country_bias(run, tmp_path):
    (tmp_path / "report.txt").write_text("Fighting was reported in Tripoli on Sunday, residents of the city said.\n")
    for codes, country in (("LB", "LB"), ("LY", "LY")):
        (line,) = run("places", "report.txt", "--country", codes).stdout.splitlines()[:1]
        place = open_gazetteer(None).get(json.loads(line)["id"])
        assert place.country == country
    for command in (["places", "report.txt"], ["events", "report.txt"], ["gazetteer", "search", "x"]):
        done = run(*command, "--country", "SY,XX")
        assert (
            done.exit_code,
            "no country has the code 'XX'. Write codes of ISO 3166-1, for example SY,TR." in done.stderr,
        ) == (2, True)
    hits = [
        json.loads(line)
        for line in run("gazetteer", "search", "Tripoli", "--country", "LB", "--json").stdout.splitlines()
    ]
    assert hits[0]["country"] == "LB"
