"""``--llm``: what is read, printed, kept and told; that a build hangs on kept answers alone; and that no key gets out."""

import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from llm_server import Reply, item, says, serving

from geo.cli import main
from geo.cli.llm import choose_llm
from geo.settings import LlmSettings

ATLAS = """
[theatre]
countries = ["SE"]
bbox = [14.0, 62.0, 17.0, 64.0]

[maps]
dates = [2021-05-02]

[llm]
model = "tiny"
"""
PLACES = """id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source
ostmere,Ostmere,town,15.80,63.10,1500,,,SE,,invented
kell,Kellvik,village,15.30,62.90,800,,,SE,,invented
"""
REPORT = "Rebels captured Ostmere on Sunday. A <script>alert(1)</script> jet struck Kellvik.\n"
KEY = "sk-very-secret-0123456789"
CAPTURE = item(quote="Rebels captured Ostmere on Sunday.", place="Ostmere", time="on Sunday", initiators=["Rebels"])
STRIKE = item(
    type="airstrike", quote="jet struck Kellvik", place="Kellvik", initiators=["<script>alert(1)</script> jet"]
)
INVENTED = item(quote="Ostmere burned to the ground.", place="Ostmere")
READ = "read by a language model (tiny)"


@pytest.fixture
def server(monkeypatch, tmp_path):
    for name in ("URL", "MODEL", "KEY"):
        monkeypatch.delenv(f"SITMAP_LLM_{name}", raising=False)
    monkeypatch.setattr("geo.llm.reader.writable", lambda _cache: tmp_path)  # not the user's own answers
    with serving() as running:
        running.sends(says(CAPTURE, INVENTED, STRIKE))
        yield running


@pytest.fixture
def home(tmp_path, monkeypatch):
    seeds = tmp_path / "home" / "seeds"
    (seeds / "articles").mkdir(parents=True)
    (seeds / "gazetteer").mkdir()
    (seeds / "atlas.toml").write_text(ATLAS, encoding="utf-8")
    (seeds / "gazetteer" / "places.csv").write_text(PLACES, encoding="utf-8")
    (seeds / "articles" / "report.md").write_text(f"---\npublished: 2021-05-03\n---\n{REPORT}", encoding="utf-8")
    monkeypatch.chdir(seeds.parent)
    return seeds.parent


@pytest.fixture
def run(home, server):
    def invoke(*args, stdin=None, env=None):
        return CliRunner(env=env).invoke(main, list(args), input=stdin, prog_name="sitmap")

    return invoke


def events(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


ARTICLE = "seeds/articles/report.md"


def test_events_are_the_model_s(run, server):
    done = run("events", ARTICLE, "--llm", server.url)
    assert done.exit_code == 0, done.output
    assert [(e["type"], e["place_id"], e["flags"][0]) for e in events(done)] == [
        ("capture", "atlas:ostmere", READ), ("airstrike", "atlas:kell", READ),
    ]  # fmt: skip
    assert done.stderr == (
        "report: event left out: its quote does not stand in the article: 'Ostmere burned to the ground.'\n"
        "tiny: 2 events of 1 article taken, 1 left out, 0 articles failed.\n"
    )


def test_nobody_is_asked_without_the_option(run, server):
    done = run("events", ARTICLE, env={"SITMAP_LLM_URL": server.url, "SITMAP_LLM_MODEL": "tiny"})
    assert (done.exit_code, server.asked) == (0, [])
    assert all(READ not in e["flags"] for e in events(done))


def test_the_environment_names_what_no_option_does(run, server):
    env = {"SITMAP_LLM_URL": server.url, "SITMAP_LLM_MODEL": "other", "SITMAP_LLM_KEY": KEY}
    done = run("events", ARTICLE, "--llm", env=env)
    assert done.exit_code == 0, done.output
    (asked,) = server.asked
    assert (asked.body["model"], asked.headers["authorization"]) == ("other", f"Bearer {KEY}")


def test_a_kept_answer_is_not_asked_for_again(run, server, tmp_path):
    options = ("events", ARTICLE, "--llm", server.url, "--llm-cache", str(tmp_path / "mine"))
    first = run(*options)
    server.sends(Reply(status=500))
    assert run(*options).stdout == first.stdout
    assert len(server.asked) == len(list((tmp_path / "mine").iterdir())) == 1


def test_where_it_fails_the_rules_stand_in(run, server):
    server.sends(Reply(status=401))
    rules = run("events", ARTICLE)
    done = run("events", ARTICLE, "--llm", server.url)
    host = server.url.split("/")[2]
    assert (done.exit_code, done.stdout) == (3, rules.stdout)
    assert rules.stdout
    assert done.stderr == (
        f"Error: report: tiny at {host} refuses (HTTP 401); the rules of sitmap read it instead. Name the environment "
        "variable that holds its key with --llm-key-env.\n"
        "tiny: 0 events of 0 articles taken, 0 left out, 1 article failed.\n"
    )


def test_with_only_a_failed_article_is_left_out(run, server, home):
    (home / "b.txt").write_text("Rebels captured Kellvik.", encoding="utf-8")
    server.sends(says(CAPTURE), Reply(status=404))
    done = run("events", ARTICLE, "b.txt", "--llm", server.url, "--llm-only")
    assert (done.exit_code, len(events(done))) == (3, 1)
    assert "Error: b: tiny at " in done.stderr
    assert "; the article is left out." in done.stderr
    none = run("events", "b.txt", "--llm", server.url, "--llm-only")
    assert (none.exit_code, none.stdout) == (1, "")


def test_a_model_that_hangs(run, server):
    server.sends(Reply("{}", delay_s=5))
    done = run("events", ARTICLE, "--llm", server.url, "--llm-timeout", "0.2")
    assert done.exit_code == 3
    assert "did not answer within 0.2 s" in done.stderr


WRONG = [
    (("--llm", "report.md"), "Invalid value for '--llm': 'report.md' is no web address. Write --llm=URL, or --llm after all else for the address that is set."),
    (("--llm",), "--llm has no address, and neither SITMAP_LLM_URL nor [llm] in atlas.toml names one. Write --llm=URL."),
    (("--llm-model", "x"), "--llm-model does nothing without --llm."),
    (("--llm-only",), "--llm-only does nothing without --llm."),
    (("--llm", "http://localhost:1/v1", "--llm-key-env", "NO_SUCH_NAME"), "--llm-key-env: there is no environment variable 'NO_SUCH_NAME'."),
    (("--llm", "http://localhost:1/v1", "--llm-timeout", "0"), "Invalid value for '--llm-timeout': 0.0 is not in the range 0<x<=3600."),
]  # fmt: skip


@pytest.mark.parametrize(("options", "text"), WRONG, ids=[" ".join(options) for options, _ in WRONG])
def test_wrong_use(run, options, text):
    done = run("events", ARTICLE, *options)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == f"Error: {text}"


def test_an_extra_that_is_missing(run, server, monkeypatch):
    monkeypatch.setattr("geo.llm.answer.find_spec", lambda _name: None)
    done = run("events", ARTICLE, "--llm", server.url)
    assert (done.exit_code, done.stderr) == (
        1, "Error: reading with a language model needs jsonschema and requests. Install it: pip install 'sitmap[llm]'.\n",
    )  # fmt: skip


def test_the_help_loads_no_client():
    code = "import sys; from geo.cli import main; main(['events', '--help'], standalone_mode=False);" \
           "print([m for m in ('requests', 'jsonschema', 'geo.llm') if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# Who gets the key ----------------------------------------------------------------------------------

ENVIRONMENT = {"SITMAP_LLM_KEY": "general", "MINE": "mine"}
KEYS = [
    ({"llm": "http://a/v1"}, {}, "http://a/v1", "general"),
    ({"llm": "as set"}, {"SITMAP_LLM_URL": "http://e/v1"}, "http://e/v1", "general"),
    ({"llm": "as set"}, {}, "http://atlas/v1", ""),
    ({"llm": "as set", "llm_key_env": "MINE"}, {}, "http://atlas/v1", "mine"),
    ({"llm": "http://a/v1", "llm_key_env": "MINE"}, {}, "http://a/v1", "mine"),
]


@pytest.mark.parametrize(("given", "environment", "url", "key"), KEYS)
def test_an_atlas_decides_not_where_a_key_goes(given, environment, url, key):
    atlas = LlmSettings(url="http://atlas/v1", model="tiny")
    settings = choose_llm(given, ENVIRONMENT | environment, atlas)
    assert (settings.url, settings.key, settings.model) == (url, key, "tiny")
    assert key not in repr(settings) or not key


# Builds --------------------------------------------------------------------------------------------


def snapshot(folder):
    names = [p for part in ("seeds", "layers", "maps") for p in sorted((folder / part).rglob("*")) if p.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in names if path.name != ".lock"}


def layer(home):
    table = json.loads((home / "layers" / "events.geojson").read_text(encoding="utf-8"))
    return [feature["properties"] for feature in table["features"]]


def test_a_build_is_the_same_without_the_server(run, server, home):
    env = {"SITMAP_LLM_URL": server.url, "MY_KEY": KEY}
    done = run("build", "--quiet", "--llm", "--llm-key-env", "MY_KEY", env=env)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    first = snapshot(home)
    (record,) = (name for name in first if name.startswith("seeds/llm/"))
    manifest = json.loads(first["layers/manifest.json"])
    assert record in manifest["inputs"]
    assert [READ in p["flags"] for p in layer(home)] == [True, True]
    server.sends(Reply(status=500))
    again = run("build", "--quiet")
    assert (again.exit_code, snapshot(home)) == (0, first)
    assert run("verify", "--quiet").exit_code == 0
    assert len(server.asked) == 1
    assert all(KEY.encode() not in content for content in first.values())
    pages = [content for name, content in first.items() if name.endswith((".html", ".svg"))]
    assert pages
    assert all(b"<script>alert(1)" not in page for page in pages), "words of an article stay words"


def test_a_changed_answer_is_found_out(run, server, home):
    run("build", "--quiet", "--llm", server.url)
    (record,) = (home / "seeds" / "llm").iterdir()
    record.write_text(record.read_text(encoding="utf-8").replace("capture", "withdrawal"), encoding="utf-8")
    done = run("verify")
    assert done.exit_code == 1
    assert "different  layers/events.geojson" in done.stderr
    record.write_text("{", encoding="utf-8")
    done = run("build")
    assert done.exit_code == 1
    assert re.search(r"seeds/llm/[0-9a-f]{32}\.json: this is no kept answer of a language model", done.stderr)


def test_without_an_answer_the_rules_build_and_say_so(run, server, home):
    done = run("build", "--json")
    assert (done.exit_code, server.asked) == (3, [])
    assert (
        "Error: report: no answer of tiny is kept for it; the rules of sitmap read it instead. Ask for it with --llm.\n"
        in done.stderr
    )
    told = json.loads(done.stdout)["llm"]
    assert (told["model"], told["articles"]) == ("tiny", 0)
    assert [one["article"] for one in told["failed"]] == ["report"]
    assert READ not in layer(home)[0]["flags"]
    assert run("verify", "--quiet").exit_code == 0


def test_the_result_as_json_tells_what_is_left_out(run, server):
    done = run("build", "--quiet", "--json", "--llm", server.url)
    assert json.loads(done.stdout)["llm"] == {
        "model": "tiny",
        "articles": 1,
        "events": 2,
        "left_out": [
            {
                "article": "report",
                "part": "event",
                "why": "its quote does not stand in the article",
                "words": "'Ostmere burned to the ground.'",
            }
        ],
        "remarks": [],
        "failed": [],
    }


def test_an_atlas_without_a_model_is_built_by_the_rules(run, server, home):
    (home / "seeds" / "atlas.toml").write_text(ATLAS.partition("[llm]")[0], encoding="utf-8")
    done = run("build", "--llm", server.url)
    assert (done.exit_code, server.asked) == (2, [])
    assert "atlas.toml names no model" in done.stderr
    assert run("build", "--quiet").exit_code == 0
    assert not (home / "seeds" / "llm").exists()


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ('url = "http://a/v1"', "llm.model is missing"),
        ('model = "tiny"\nonly = "yes"', "llm.only = 'yes' is neither true nor false"),
        ('model = "tiny"\nkey = "sk"', "llm.key is not known here"),
        ('model = "tiny"\nkey_env = "HOME"', "llm.key_env is not known here"),
        ("model = 7", "model = 7 is not a text"),
    ],
)
def test_a_table_that_is_not_right(run, home, table, text):
    (home / "seeds" / "atlas.toml").write_text(f"[llm]\n{table}\n", encoding="utf-8")
    done = run("build")
    assert done.exit_code == 1
    assert f"{os.sep}atlas.toml: {text}" in done.stderr
