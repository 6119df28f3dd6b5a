"""``--online``: what is asked, printed and written; and that nothing is asked without it."""

import json

import pytest
from click.testing import CliRunner
from geocoder_server import HTML, Reply, geonames, geonames_result, nominatim, photon, photon_collection, serving

from geo.cli import main
from geo.cli.online import choose_settings
from geo.settings import OnlineSettings

ATLAS = """
[theatre]
countries = ["SY"]
bbox = [36.4, 35.7, 38.1, 36.9]

[online]
service = "photon"
url = "{url}"
email = "desk@example.org"
"""
REPORT = "Rebels captured the village of Umm Sardin on Sunday. Shells hit the village of Qurzghal, near Aleppo.\n"
SARDIN = nominatim("Umm Sardin", 37.5, 36.25, osm="node/12")
CREDIT = (
    "Where you publish it, name © OpenStreetMap contributors, ODbL 1.0 (https://www.openstreetmap.org/copyright).\n"
)


@pytest.fixture
def server(monkeypatch, tmp_path):
    monkeypatch.setenv("no_proxy", "*")
    for name in ("SERVICE", "URL", "USER", "EMAIL", "USER_AGENT"):
        monkeypatch.delenv(f"SITMAP_ONLINE_{name}", raising=False)
    monkeypatch.setattr("geo.gazetteer.online.lookup.writable", lambda _cache: tmp_path)  # not the user's own answers
    with serving() as running:
        yield running


@pytest.fixture
def run(tmp_path, monkeypatch, server):
    home = tmp_path / "home"
    (home / "seeds" / "articles").mkdir(parents=True)
    (home / "seeds" / "atlas.toml").write_text(ATLAS.format(url=server.url), encoding="utf-8")
    (home / "seeds" / "articles" / "report.md").write_text(
        f"---\npublished: 2016-09-05\n---\n{REPORT}", encoding="utf-8"
    )
    (home / "report.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(home)

    def invoke(*args, stdin=None):
        return CliRunner().invoke(main, list(args), input=stdin, prog_name="sitmap")

    return invoke


def nominatim_at(server):
    return ["--online", "nominatim", "--online-url", server.url]


def lines(done):
    return {line["text"].removeprefix("village of "): line for line in map(json.loads, done.stdout.splitlines())}


def test_places_asks_for_what_is_not_resolved(run, server):
    server.knows({"Umm Sardin": [SARDIN]})
    done = run("places", "report.txt", *nominatim_at(server))
    assert (done.exit_code, done.stderr) == (
        0, f"Nominatim: 1 of 2 names found, 0 unfit, 1 unknown, 0 failed.\n{CREDIT}",
    )  # fmt: skip
    found = lines(done)
    sardin, unknown = found["Umm Sardin"], found["Qurzghal"]
    assert (sardin["id"], sardin["kind"], sardin["lon"], sardin["lat"], sardin["precision_m"]) == (
        "osm:node/12", "village", 37.5, 36.25, 1000.0,
    )  # fmt: skip
    assert "Nominatim knows place=village of the same name, in the theatre's window (asked on " in sardin["reason"]
    assert sardin["reason"].endswith("); © OpenStreetMap contributors, ODbL 1.0")
    assert (unknown["name"], unknown["kind"]) == ("Qurzghal, near Aleppo", "area")
    assert "; Nominatim knows no such name (asked on " in unknown["reason"]
    assert server.names == ["Umm Sardin", "Qurzghal"]
    assert server.asked[0].query["countrycodes"] == "sy"


def test_events_happen_where_the_service_says(run, server):
    server.knows({"Umm Sardin": [SARDIN]})
    done = run("events", "report.txt", "--date", "2016-09-05", *nominatim_at(server))
    assert done.exit_code == 0, done.output
    event = json.loads(done.stdout.splitlines()[0])
    assert (event["type"], event["place_id"], event["lon"]) == ("capture", "osm:node/12", 37.5)


@pytest.mark.parametrize("command", ["places", "events"])
def test_nobody_is_asked_without_the_option(run, server, command):
    assert run(command, "report.txt").exit_code == 0
    assert server.asked == []


def test_a_build_asks_nobody(run, server):
    done = run("build", "--quiet")
    assert (done.exit_code, server.asked) == (0, [])


def test_a_failure_is_told_and_makes_the_exit_code_3(run, server):
    server.sends(Reply(HTML, status=403))
    done = run("places", "report.txt", *nominatim_at(server))
    host = server.url.removeprefix("http://")
    assert (done.exit_code, done.stderr) == (
        3,
        "Nominatim: 0 of 2 names found, 0 unfit, 0 unknown, 2 failed.\n"
        f"Error: 2 names could not be asked for: Nominatim at {host} refuses (HTTP 403). See its terms of use; say who you "
        "are with --online-email or --online-user. Run it again; what was answered is kept.\n",
    )
    found = lines(done)
    assert found["Umm Sardin"]["lon"] is None
    assert found["Umm Sardin"]["reason"].endswith(
        f"; the online look-up failed: Nominatim at {host} refuses (HTTP 403)"
    )
    assert found["Qurzghal"]["reason"].endswith(
        f"; the online look-up failed: it was not asked any more, since Nominatim at {host} refuses (HTTP 403)"
    )
    assert found["Aleppo"]["lon"] is not None
    assert len(server.asked) == 1


def test_offline_takes_what_is_kept(run, server):
    server.knows({"Umm Sardin": [SARDIN]})
    first = run("places", "report.txt", *nominatim_at(server))
    again = run("places", "report.txt", *nominatim_at(server), "--offline")
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    other = run("places", *nominatim_at(server), "--offline", stdin="Shells hit the village of Marqazal.")
    assert other.exit_code == 3
    assert other.stderr == (
        "Nominatim: 0 of 1 name found, 0 unfit, 0 unknown, 1 failed.\n"
        "Error: 1 name could not be asked for: it is not among the kept answers, and --offline asks for no others. "
        "Run it again; what was answered is kept.\n"
    )
    assert len(server.asked) == 2


def test_a_text_without_open_names_asks_nobody(run, server):
    done = run("places", *nominatim_at(server), stdin="Shells hit Aleppo.")
    assert (done.exit_code, done.stderr) == (0, "Nominatim: no name had to be asked for.\n")
    done = run("places", *nominatim_at(server), stdin="Nothing happened.")
    assert (done.stdout, done.stderr) == ("", "0 places in 1 article.\nNominatim: no name had to be asked for.\n")
    assert server.asked == []


def test_the_option_alone_takes_the_service_of_the_atlas(run, server):
    server.reply = lambda name, _before: Reply(photon_collection([photon(name, 37.5, 36.25)]))
    done = run("places", "report.txt", "--online")
    assert done.exit_code == 0
    assert lines(done)["Umm Sardin"]["id"] == "osm:node/1"
    assert server.asked[0].path == "/api"
    assert server.asked[0].headers["user-agent"].endswith(" (desk@example.org)")


def test_the_environment_goes_before_the_atlas(run, server, monkeypatch):
    monkeypatch.setenv("SITMAP_ONLINE_SERVICE", "geonames")
    monkeypatch.setenv("SITMAP_ONLINE_URL", server.url)
    monkeypatch.setenv("SITMAP_ONLINE_USER", "desk")
    server.reply = lambda name, _before: Reply(geonames_result([geonames(name, 37.5, 36.25)]))
    done = run("places", "report.txt", "--online")
    assert (done.exit_code, lines(done)["Umm Sardin"]["id"]) == (0, "geonames:1")
    assert server.asked[0].query["username"] == "desk"
    assert "name GeoNames, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)" in done.stderr


HERE = OnlineSettings("photon", "http://atlas", "atlas", "atlas@a", "atlas/1")
AROUND = {"SITMAP_ONLINE_SERVICE": "nominatim", "SITMAP_ONLINE_URL": "http://env", "SITMAP_ONLINE_EMAIL": "env@a"}
MERGES = [
    ("nothing is set", {"online": "nominatim"}, {}, OnlineSettings(), OnlineSettings("nominatim")),
    ("the atlas", {"online": "as set"}, {}, HERE, HERE),
    ("another service than the atlas's", {"online": "nominatim"}, {}, HERE, OnlineSettings("nominatim")),
    ("the environment", {"online": "as set"}, AROUND, HERE, OnlineSettings("nominatim", "http://env", email="env@a")),
    ("the environment is of another service", {"online": "photon"}, AROUND, HERE, HERE),
    ("a user of the environment", {"online": "as set"}, {"SITMAP_ONLINE_USER": "me"}, HERE, OnlineSettings("photon", "http://atlas", "me", "atlas@a", "atlas/1")),
    ("options", {"online": "photon", "online_url": "http://o", "online_user_agent": "o/1"}, AROUND, HERE, OnlineSettings("photon", "http://o", "atlas", "atlas@a", "o/1")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "environment", "atlas", "merged"), [m[1:] for m in MERGES], ids=[m[0] for m in MERGES]
)
def test_options_go_before_the_environment_and_that_before_the_atlas(given, environment, atlas, merged):
    assert choose_settings(given, environment, atlas) == merged


WRONG = [
    (["places", "--offline", "report.txt"], 2, "Error: --offline does nothing without --online.\n"),
    (["places", "--online-url", "http://x", "report.txt"], 2, "Error: --online-url does nothing without --online.\n"),
    (["places", "--online", "report.txt"], 2, "Error: Invalid value for '--online': 'report.txt' is none of nominatim, photon, geonames. Write --online=SERVICE, or --online after all else for the one of atlas.toml.\n"),
    (["places", "report.txt", "--online=geonames"], 1, "Error: GeoNames wants a user name. Make one at https://www.geonames.org/login, enable its web services there, and give it with --online-user NAME, as SITMAP_ONLINE_USER, or as user under [online] in seeds/atlas.toml.\n"),
    (["places", "report.txt", "--online=nominatim", "--online-url", "here"], 1, "Error: 'here' is no web address. Write where the geocoder runs, for example https://nominatim.example.org.\n"),
    (["gazetteer", "resolve"], 2, "Error: No service. Say whom to ask: --online nominatim, photon, geonames.\n"),
    (["gazetteer", "resolve", "--online", "--only", "Aleppo"], 2, "Error: Invalid value for --only: 'Aleppo' is no name that is in no gazetteer.\n"),
    (["gazetteer", "resolve", "--online", "--take", "osm:node/9"], 2, "Error: Invalid value for --take: no place among the answers has the id 'osm:node/9'.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "code", "text"), WRONG, ids=[" ".join(args) for args, _, _ in WRONG])
def test_wrong_use(run, server, args, code, text):
    server.sends(Reply(photon_collection([])))
    done = run(*args)
    assert (done.exit_code, done.stdout) == (code, "")
    assert text in done.stderr


def test_no_service_at_all(run, server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("places", "home/report.txt", "--online")
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "Error: --online names no service, and no [online] in atlas.toml does. Write --online=nominatim|photon|geonames.\n"
    )


SETTINGS = [
    ('service = "google"', "online.service = 'google' is not known here. Use one of nominatim, photon, geonames."),
    ("service = 7", 'service = 7 is not a text. Write service = "…".'),
    ('key = "x"', "online.key is not known here. Use one of service, url, user, email, user_agent."),
]


@pytest.mark.parametrize(("line", "text"), SETTINGS)
def test_wrong_settings_of_the_atlas(run, tmp_path, line, text):
    (tmp_path / "home" / "seeds" / "atlas.toml").write_text(f"[online]\n{line}\n")
    assert run("places", "report.txt").stderr == f"Error: seeds/atlas.toml: {text}\n"


def test_search_shows_what_the_service_knows_and_why_not(run, server):
    server.knows({"Umm Sardin": [nominatim("Sardin", 37, 36, feature="shop=mall", osm="node/3"), SARDIN]})
    done = run("gazetteer", "search", "Umm", "Sardin", "--limit", "1", *nominatim_at(server))
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines() if "osm:" in line]
    assert rows == [
        ["take", "Umm", "Sardin", "village", "SY", "37.5000,", "36.2500", "1000", "m", "osm:node/12"],
        ["no", "Sardin:", "'Sardin'", "is", "no", "place", "but", "shop=mall", "SY", "37.0000,", "36.0000", "0", "m", "osm:node/3"],
    ]  # fmt: skip
    done = run("gazetteer", "search", "Umm", "Sardin", "--limit", "1", "--json", *nominatim_at(server))
    found = [line for line in map(json.loads, done.stdout.splitlines()) if line["how"] == "nominatim"]
    assert [(line["id"], line["taken"], line["refused"]) for line in found] == [
        ("osm:node/12", True, None),
        ("osm:node/3", False, "'Sardin' is no place but shop=mall"),
    ]


def test_resolve_shows_then_writes_and_a_build_knows(run, server, tmp_path):
    file = tmp_path / "home" / "seeds" / "gazetteer" / "online.csv"
    server.knows({"Umm Sardin": [SARDIN], "Qurzghal": [nominatim("Qurzghal", 47, 36, country="iq", osm="node/5")]})
    done = run("gazetteer", "resolve", *nominatim_at(server))
    assert (done.exit_code, file.exists()) == (0, False)
    assert [line.split()[:4] for line in done.stdout.splitlines() if "osm:" in line] == [
        ["Umm", "Sardin", "1", "take"],
        ["Qurzghal", "1", "no", "Qurzghal:"],
    ]
    assert done.stderr == (
        "Nothing is written. Check the answers; --write adds 1 place to the atlas.\n"
        f"Nominatim: 1 of 2 names found, 1 unfit, 0 unknown, 0 failed.\n{CREDIT}"
    )
    done = run("gazetteer", "resolve", *nominatim_at(server), "--write", "--offline")
    assert done.stderr.startswith("seeds/gazetteer/online.csv: 1 place added (umm_sardin).\n")
    assert len(file.read_text().splitlines()) == 2
    found = lines(run("places", "report.txt"))
    assert (found["Umm Sardin"]["id"], found["Qurzghal"]["id"]) == ("atlas:umm_sardin", "geonames:170063")
    assert run("gazetteer", "check").stderr == "1 entry, 0 errors, 0 warnings.\n"
    taken = run("gazetteer", "resolve", "--take", "osm:node/5", "--write", "--only", "qurzghal", *nominatim_at(server))
    assert taken.stderr.startswith("seeds/gazetteer/online.csv: 1 place added (qurzghal).\n")
    done = run("gazetteer", "resolve", *nominatim_at(server))
    assert done.stderr == (
        "Every name of these articles is in a gazetteer here.\nNominatim: no name had to be asked for.\n"
    )
    assert server.names == ["Umm Sardin", "Qurzghal"]


def test_resolve_as_json_of_given_articles(run, server):
    server.sends(Reply(status=400))
    done = run("gazetteer", "resolve", "--json", "report.txt", *nominatim_at(server))
    assert done.exit_code == 3
    host = server.url.removeprefix("http://")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {
            "name": name,
            "mentions": 1,
            "outcome": "failed",
            "why": f"Nominatim at {host} does not take the request (HTTP 400)",
            "asked": None,
            "candidates": [],
        }
        for name in ("Umm Sardin", "Qurzghal")
    ]
