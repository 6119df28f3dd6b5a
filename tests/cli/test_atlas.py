"""From ``sitmap init`` to a verified atlas, and what a failure leaves behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap

import geojson_validator
import pyogrio
import pytest
from click.testing import CliRunner

import geo
from geo.cli import main


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args], prog_name="sitmap")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    atlas = tmp_path_factory.mktemp("atlas") / "mine"
    done = run("init", atlas, "--title", 'The "ring" road')
    assert (done.exit_code, done.stdout) == (0, "")
    done = run("build", "--atlas", atlas, "--json")
    assert done.exit_code == 0, done.output
    return atlas, json.loads(done.stdout)


@pytest.fixture
def atlas(built, tmp_path):
    shutil.copytree(built[0], tmp_path / "mine")
    return tmp_path / "mine"


def snapshot(folder, *parts):
    files = (path for part in parts for path in sorted((folder / part).rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_init_does_not_touch_what_is_there(atlas):
    before = snapshot(atlas, "seeds")
    assert run("init", atlas).exit_code == 1
    assert snapshot(atlas, "seeds") == before


def test_a_new_atlas_builds(built):
    atlas, told = built
    assert told["errors"] == []
    assert told["articles"] == 1
    assert told["features"]["events"] >= 2
    assert told["features"]["places"] >= 3
    assert "2024-03-09" in told["dates"]
    assert sorted(told["files"]) == sorted(n for n in snapshot(atlas, "layers", "maps") if not n.endswith(".lock"))
    for day in told["dates"]:
        assert {f"maps/{day}.{kind}" for kind in ("html", "png", "svg")} <= set(told["files"])


def test_its_layers_open_in_a_gis(built):
    for path in sorted((built[0] / "layers").glob("*.geojson")):
        assert geojson_validator.validate_structure(json.loads(path.read_bytes())) == {}
        assert len(pyogrio.read_dataframe(path)) == built[1]["features"][path.stem]


def test_its_layers_are_read_back(built):
    layers = geo.read_layers(built[0])
    assert {name: len(frame) for name, frame in layers.items()} == built[1]["features"]
    text = (built[0] / "seeds/articles/example.md").read_text().partition("---\n")[2].partition("---\n")[2]
    assert all(quote in text for quote in layers["events"]["quote"])


def test_two_builds_give_the_same_bytes_and_verify_says_so(atlas, tmp_path):
    assert run("build", "--atlas", atlas, "--out", tmp_path / "again", "--quiet").exit_code == 0
    again = snapshot(tmp_path / "again", "layers", "maps")
    assert again == snapshot(atlas, "layers", "maps")
    done = run("verify", "--atlas", atlas, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "same": sorted(name for name in again if not name.endswith(".lock")), "skipped": {}, "different": {},
    }  # fmt: skip


def change(path):
    path.write_bytes(path.read_bytes().replace(b"Selfoss", b"Selfuss") + b"\n")


def test_verify_names_what_differs(atlas):
    for name in ("layers/events.geojson", "maps/2024-03-09.png", "maps/2024-03-09.html"):
        change(atlas / name)
    for name in ("layers/places.geojson", "maps/index.html", "maps/2024-03-10.svg"):
        (atlas / name).unlink()
    shutil.copy(atlas / "layers/flows.geojson", atlas / "layers/mine.geojson")
    before = snapshot(atlas, "seeds", "layers", "maps")
    done = run("verify", "--atlas", atlas, "--quiet")
    assert done.exit_code == 1
    assert done.stderr == (
        "different  layers/events.geojson: the bytes differ\n"
        "different  layers/mine.geojson: a build does not make it\n"
        "different  layers/places.geojson: it is missing\n"
        "different  maps/2024-03-09.html: the bytes differ\n"
        "different  maps/2024-03-09.png: the bytes differ\n"
        "different  maps/2024-03-10.svg: it is missing\n"
    )
    assert snapshot(atlas, "seeds", "layers", "maps") == before


def test_verify_sees_changed_seeds(atlas):
    change(atlas / "seeds/articles/example.md")
    done = run("verify", "--atlas", atlas, "--json")
    assert done.exit_code == 1
    different = json.loads(done.stdout)["different"]
    assert different["layers/events.geojson"] == "the bytes differ"
    assert different["layers/manifest.json"].startswith(
        "a build notes other inputs: seeds/articles/example.md; other outputs: "
    )


def test_a_build_mends_a_broken_manifest(atlas):
    path = atlas / "layers/manifest.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert run("verify", "--atlas", atlas).exit_code == 1
    assert run("build", "--atlas", atlas, "--quiet").exit_code == 0
    assert path.read_bytes() == whole


def test_verify_takes_absent_pages_as_not_built_yet(atlas):
    (atlas / "maps/index.html").unlink()
    done = run("verify", "--atlas", atlas)
    assert done.exit_code == 0, done.output
    assert "skipped    maps/index.html: it is not there; sitmap build makes it\n" in done.stderr


def test_verify_skips_pictures_of_other_versions(atlas):
    path = atlas / "layers/manifest.json"
    path.write_text(path.read_text().replace('"matplotlib": "', '"matplotlib": "0.'))
    picture = next((atlas / "maps").glob("*.png"))
    picture.write_bytes(b"other")
    done = run("verify", "--atlas", atlas)
    assert done.exit_code == 0, done.output
    assert f"skipped    maps/{picture.name}: made with other versions: matplotlib\n" in done.stderr
    assert "skipped    layers/manifest.json: made with other versions: matplotlib\n" in done.stderr
    assert "same       layers/events.geojson\n" in done.stderr


def test_a_bad_article_is_told_and_the_others_built(atlas):
    (atlas / "seeds/articles/bad.md").write_bytes(b"---\npublished: soon\n---\nShells hit Selfoss.\n")
    done = run("build", "--atlas", atlas)
    assert done.exit_code == 3
    assert f"Error: {atlas}/seeds/articles/bad.md" in done.stderr
    assert len(geo.read_layers(atlas)["events"]) >= 2


def test_maps_of_dates_that_are_gone_go_too_and_foreign_files_stay(atlas):
    (atlas / "maps/mine.txt").write_text("keep me")
    before = set(snapshot(atlas, "maps"))
    seeds = atlas / "seeds/atlas.toml"
    seeds.write_text(seeds.read_text() + "\n[maps]\ndates = [2024-03-10]\n")
    assert run("build", "--atlas", atlas).exit_code == 0
    after = set(snapshot(atlas, "maps"))
    assert "maps/2024-03-09.png" in before - after
    assert {"maps/mine.txt", "maps/2024-03-10.png", "maps/index.html"} <= after


def test_a_build_that_fails_leaves_what_was_there(atlas):
    before = snapshot(atlas, "layers", "maps")
    (atlas / "seeds/gazetteer/places.csv").write_text("id,name\nx,y\n")
    done = run("build", "--atlas", atlas)
    assert done.exit_code == 1
    assert "places.csv" in done.stderr
    assert snapshot(atlas, "layers", "maps") == before


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_build_that_is_killed_leaves_what_was_there(atlas):
    before = snapshot(atlas, "layers", "maps")
    article = atlas / "seeds/articles/example.md"
    article.write_text(article.read_text().replace("four", "five"))
    code = textwrap.dedent(f"""
        import os
        from geo.layers import files
        seen = []
        def stop(path, content, write=files._write):
            seen.append(path)
            if len(seen) == 4:
                os.kill(os.getpid(), {signal.SIGKILL.value})
            write(path, content)
        files._write = stop
        import geo
        geo.build({str(atlas)!r})
    """)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    left = snapshot(atlas, "layers", "maps")
    assert {name: data for name, data in left.items() if not name.endswith(".new")} == before
    assert run("build", "--atlas", atlas).exit_code == 0
    after = snapshot(atlas, "layers", "maps")
    assert not [name for name in after if name.endswith(".new")]
    assert after["layers/events.geojson"] != before["layers/events.geojson"]
    assert run("verify", "--atlas", atlas).exit_code == 0


@pytest.mark.parametrize(
    ("args", "name", "begins"),
    [
        (["--as-of", "2024-03-09"], "2024-03-09.html", b"<!DOCTYPE html>"),
        (["--as-of", "2024-03-09", "--out", "x.png"], "x.png", b"\x89PNG"),
        (["--as-of", "2024-03-09", "--out", "x.svg"], "x.svg", b"<?xml"),
        (
            [
                "--as-of",
                "2024-03-09",
                "--size",
                "120x90mm",
                "--dpi",
                "100",
                "--title",
                "One",
                "--no-list",
                "--out",
                "x.pdf",
            ],
            "x.pdf",
            b"%PDF",
        ),
        (
            [
                "--view",
                "multiples",
                "--dates",
                "2024-03-09,2024-03-12",
                "--size",
                "800x500",
                "--dpi",
                "96",
                "--out",
                "y.png",
            ],
            "y.png",
            b"\x89PNG",
        ),
        (["--view", "timeline", "--format", "svg"], "timeline.svg", b"<?xml"),
        (["--view", "style", "--size", "600x1", "--dpi", "96"], "style.png", b"\x89PNG"),
        (["--dates", "2024-03-09,2024-03-12", "--out", "z.gif"], "z.gif", b"GIF89a"),
        (["--out", "all.html"], "all.html", b"<!DOCTYPE html>"),
    ],
)
def test_one_map(atlas, tmp_path, monkeypatch, args, name, begins):
    monkeypatch.chdir(tmp_path)
    done = run("map", "--atlas", atlas, *args)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{name}\n")
    assert (tmp_path / name).read_bytes().lower().startswith(begins.lower())


def test_a_picture_needs_a_day(atlas):
    done = run("map", "--atlas", atlas, "--out", "x.png")
    assert (done.exit_code, done.stderr) == (1, "Error: a picture shows one day. Say which with --as-of YYYY-MM-DD.\n")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--size", "huge", "--as-of", "2024-03-09"], "'huge' is no size. Write it as"),
        (["--dpi", "0"], "0.0 is not in the range"),
        (["--dates", "2024-03-09,soon"], "'soon' is not a day."),
        (["--view", "timeline", "--format", "html"], "a timeline is a picture: png, svg or pdf, not html."),
    ],
)
def test_a_picture_that_cannot_be(atlas, args, message):
    done = run("map", "--atlas", atlas, *args)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())


SECRETS = ("Audarson", "63.9512", "aud_hospital")
WAYS = [
    ["map", "--as-of", "2024-03-09", "--out", "a.html"],
    ["embed", "--as-of", "2024-03-09", "--size", "600x450", "--dpi", "96", "--out", "site"],
]


@pytest.mark.parametrize("args", WAYS, ids=["page", "embedded"])
@pytest.mark.parametrize("profile", ["internal", "public"])
def test_a_public_map_does_not_tell_where_a_hospital_is(tmp_path, monkeypatch, args, profile):
    monkeypatch.chdir(tmp_path)
    assert run("init", "own").exit_code == 0
    with (tmp_path / "own/seeds/gazetteer/places.csv").open("a", encoding="utf-8") as places:
        places.write("aud_hospital,Audarson Hospital,hospital,-21.1034,63.9512,150,,,IS,IS-8,invented\n")
    (tmp_path / "own/seeds/articles/second.md").write_text(
        "---\ntitle: Near Audarson Hospital\npublished: 2024-03-11\nsource: An invented example\n---\n"
        "Shelling hit Audarson Hospital on Saturday, March 9, and killed two people.\n",
        encoding="utf-8",
    )
    assert run("build", "--atlas", "own", "--quiet").exit_code == 0
    assert run(*args, "--atlas", "own", "--profile", profile).exit_code == 0
    written = [path for path in tmp_path.rglob("*") if path.is_file() and "own" not in path.parts]
    told = {secret for path in written for secret in SECRETS if secret.encode() in path.read_bytes()}
    assert not told if profile == "public" else "Audarson" in told


def test_embed_writes_its_files_and_prints_the_snippet(atlas, tmp_path):
    args = ["--atlas", atlas, "--as-of", "2024-03-09", "--size", "600x450", "--dpi", "96", "--out", tmp_path / "site"]
    done = run("embed", *args, "--name", "day", "--prefix", "maps/", "--as", "markdown")
    assert done.exit_code == 0
    names = [f"day{ending}" for ending in (".html", ".png", ".pdf", ".embed.html", ".md", ".qmd", ".tex", ".txt")]
    assert done.stderr.splitlines() == [str(tmp_path / "site" / name) for name in names]
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == sorted(names)
    assert done.stdout == (tmp_path / "site" / "day.md").read_text(encoding="utf-8")
    assert run("embed", "--atlas", atlas).exit_code == 2


def test_export_as_of_a_day(atlas, tmp_path):
    args = ["--layers", atlas / "layers", "--out", tmp_path / "share", "--only", "events", "--as-of"]
    assert run("export", *args, "2024-03-09").exit_code == 0
    assert len(pyogrio.read_dataframe(tmp_path / "share" / "events.geojson")) >= 1
    assert run("export", *args[:2], "--only", "rivers", "--out", tmp_path).exit_code == 2
