"""README.md and docs/ against the program: what they show is what it prints, and what they name is there.

After a change that moves an output or a table, ``SITMAP_RENEW=1 pytest tests/docs`` writes the pages anew; read the
difference before it is committed.
"""

import os
import re
import shlex
import shutil
import tomllib
from datetime import date

import click
import llm_server
import pyogrio
import pytest
from geocoder_server import nominatim, serving

from docs.blocks import PROMPTS, ROOT, blocks, pages, prose, read_lines, steps
from docs.compare import matches, renewed, tidy
from docs.run import problems_of, run_line, run_python
from docs.tables import MARK, TABLES
from geo.cli import main
from geo.cli.group import COMMANDS
from geo.gazetteer import open_gazetteer
from geo.layers import as_of, build_layers, read_layers, write_layers
from geo.layers.schema import describe_schema
from geo.pipeline import draw_scenes, read
from geo.settings import read_atlas

RENEW = bool(os.environ.get("SITMAP_RENEW"))
LANGUAGES = {"", "console", "csv", "html", "json", "markdown", "pycon", "python", "sh", "text", "toml"}
PAGES = pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
PAGES_WITH_OUTPUTS = pytest.mark.parametrize(
    "page",
    [p for p in pages() if any(b.language in PROMPTS for b in blocks(read_lines(p)))],
    ids=lambda page: page.name,
)

ALEPPO = {"country_code": "sy", "ISO3166-2-lvl4": "SY-HL"}
UMM_SARDIN = [
    nominatim("Umm Sardin", 37.45, 36.0, osm="node/12", namedetails={"name": "أم سردين"}, address=ALEPPO),
    nominatim("Sardin", 37.1, 36.2, osm="node/13", feature="shop=bakery", address=ALEPPO),
    nominatim("Umm Sardin", 44.0, 35.0, osm="node/14", country="iq"),
]

RAMOUSEH = [
    llm_server.item(
        type="shelling",
        quote="Government troops shelled villages southwest of Aleppo on Sunday, residents said.",
        place="villages southwest of Aleppo",
        time="on Sunday",
        initiators=["Government troops"],
        modality="claimed",
        attribution="residents",
    ),
    llm_server.item(quote="Rebels took Qurzghal, a blog claims.", place="Qurzghal", modality="claimed"),
    llm_server.item(quote="The army vowed to retake Ramouseh within days.", place="Ramouseh", modality="planned"),
    llm_server.item(
        quote="By nightfall the crossing at Ramouseh was theirs",
        place="Ramouseh",
        time="on Sunday night",
        initiators=["Rebels"],
        figures=[{"kind": "killed", "words": "at least 12 people"}],
    ),
]
SELFOSS = [
    llm_server.item(
        type="protest",
        quote="Farmers blocked the Olfusa Bridge at Selfoss on Saturday, March 9, in a protest over fuel prices.",
        place="Olfusa Bridge",
        time="on Saturday, March 9",
        initiators=["Farmers"],
    ),
    llm_server.item(
        type="detention",
        quote="Police detained four protesters in Reykjavik on Sunday.",
        place="Reykjavik",
        time="on Sunday",
        initiators=["Police"],
        targets=["protesters"],
        figures=[{"kind": "detained", "words": "four protesters"}],
    ),
]

_LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|a)[^>]+(?:src|href)=\"([^\"]+)\"")
_INLINE = re.compile(r"(?<!`)`(sitmap(?: [^`]*)?)`")
_FILE = re.compile(r"`([\w.-]+)` says: \"([^\"]+)\"")
_ERROR = re.compile(r"error: ", re.IGNORECASE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.fixture(scope="session")
def built(request, tmp_path_factory):
    """This repository's atlas with its layers; maps take longer, and no page needs them.

    It lies in pytest's cache, always at one path, so that maps which a page builds are found drawn the next time.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    cache = getattr(request.config, "cache", None)
    home = cache.mkdir(f"sitmap-docs-{worker}") if cache else tmp_path_factory.mktemp("sitmap-docs")
    for name in ("aleppo", "kept"):
        shutil.rmtree(home / name, ignore_errors=True)
    shutil.copytree(ROOT / "seeds", home / "kept" / "seeds")
    atlas = read_atlas(home / "kept")
    gazetteer, records = open_gazetteer(atlas), read(atlas).records
    layers = build_layers(records, gazetteer, scenes=draw_scenes(atlas, records))
    write_layers(layers, atlas.layers, articles=(*records.reports, *records.articles))
    return home


@pytest.fixture
def atlas(built, monkeypatch):
    """Stand in a fresh copy of the built atlas."""
    folder = built / "aleppo"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built / "kept", folder)
    monkeypatch.chdir(folder)
    for name, value in {"COLUMNS": "100", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def geocoder(tmp_path, monkeypatch):
    """What docs/online.md asks: a server on this machine, with kept answers of its own."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr("geo.gazetteer.online.lookup.writable", lambda _cache: tmp_path)
    with serving() as server:
        monkeypatch.setenv("SITMAP_ONLINE_URL", server.url)
        server.knows({"Umm Sardin": UMM_SARDIN})
        yield server


@pytest.fixture
def language_model(tmp_path, monkeypatch):
    """What docs/llm.md asks: a server on this machine, with kept answers of its own."""
    monkeypatch.setattr("geo.llm.reader.writable", lambda _cache: tmp_path)
    with llm_server.serving() as server:
        monkeypatch.setenv("SITMAP_LLM_URL", server.url)
        monkeypatch.setenv("SITMAP_LLM_MODEL", "tiny")
        server.reply = lambda asked, _before: llm_server.says(*(SELFOSS if "Selfoss" in asked.article else RAMOUSEH))
        yield server


@PAGES_WITH_OUTPUTS
def test_commands_print_what_the_page_shows(page, atlas, geocoder, language_model):
    lines = read_lines(page)
    for name, text in _FILE.findall(prose(lines)):
        (atlas / name).write_text(f"{text}\n", encoding="utf-8")
    changed = [(step, printed) for step, printed in _run(blocks(lines), atlas) if not matches(step.expected, printed)]
    if RENEW:
        _write(page, lines, changed)
        return
    for step, printed in changed:
        where = f"{page.name}:{step.first}: {step.source}"
        assert [where, *step.expected] == [where, *renewed(step.expected, printed)], "see SITMAP_RENEW in this file"


def _run(found, folder):
    names = {}
    for block in found:
        if block.file:
            (folder / block.file).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        for step in steps(block) if block.language in PROMPTS else ():
            printed = run_line(step.source) if block.language == "console" else run_python(step.source, names)
            shown = [line for line in tidy(printed) if _ERROR.match(line)]
            assert not shown or any(map(_ERROR.match, step.expected)), f"{step.source}: {shown[0]}"
            yield step, tidy(printed)
        os.chdir(folder)


def _write(page, lines, changed):
    for step, printed in reversed(changed):
        lines[step.first : step.last] = renewed(step.expected, printed)
    if changed:
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")


@PAGES
def test_tables_are_those_of_the_data_files(page):
    text = page.read_text(encoding="utf-8")
    right = MARK.sub(lambda mark: f"{mark[1]}{TABLES[mark['name']]()}{mark[4]}", text)
    if RENEW and text != right:
        page.write_text(right, encoding="utf-8")
        return
    assert text == right, "see SITMAP_RENEW in this file"
    assert text.count("<!-- table:") == len(MARK.findall(text)), "a table has no end mark"


def test_every_table_is_shown():
    shown = {mark["name"] for page in pages() for mark in MARK.finditer(page.read_text(encoding="utf-8"))}
    assert shown == set(TABLES)


def test_the_layers_describe_themselves():
    assert (ROOT / "layers" / "README.md").read_text(encoding="utf-8") == describe_schema()


def spoken(page):
    """Give the sitmap command lines of a page, run or not, with where they stand."""
    lines = read_lines(page)
    found = [(page.name, words) for words in _INLINE.findall(prose(lines))]
    for block in blocks(lines):
        sources = [s.source for s in steps(block)] if block.language == "console" else block.lines
        if block.language in ("console", "sh", ""):
            for number, source in enumerate(sources):
                calls = re.split(r" \| | && |; ", source.partition("  #")[0])
                found += [(f"{page.name}:{block.first + number + 1}", c) for c in calls if c.split()[:1] == ["sitmap"]]
    return found


@PAGES
def test_commands_and_options_exist(page):
    said = {f"{where}: {line}": problems_of(shlex.split(line.partition(" > ")[0])) for where, line in spoken(page)}
    assert {line: problem for line, problem in said.items() if problem} == {}


def every_command():
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())


def test_every_command_and_option_is_documented():
    lines = [line for page in pages()[1:] for _, line in spoken(page)]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages()[1:])
    missing = []
    for name, command in every_command():
        if not any(f"{line} ".startswith(f"sitmap {name} ") for line in lines):
            missing.append(f"sitmap {name}")
        options = [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)]
        missing += [
            f"sitmap {name} {option}" for option in options if f"`{option}" not in text and f" {option}" not in text
        ]
    assert missing == []


@PAGES
def test_blocks_are_marked(page):
    assert {block.language for block in blocks(read_lines(page))} <= LANGUAGES


@PAGES
def test_links_and_pictures_exist(page):
    targets = [a or b for a, b in _LINK.findall(prose(read_lines(page)))]
    gone = []
    for target in targets:
        if re.match(r"[a-z]+:", target) or re.fullmatch(r"(?:\.\./)?maps/[^/]+\.html", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            gone.append(target)
    assert gone == []


def _anchors(page):
    """Give the anchors of a page as GitHub makes them."""
    headings = _HEADING.findall(prose(read_lines(page)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in pages()[1:] if f"docs/{page.name}" not in readme] == []


def test_the_filter_for_qgis_gives_what_holds_on_a_day(atlas):
    texts = ["\n".join(block.lines) for block in blocks(read_lines(ROOT / "docs" / "layers.md"))]
    where = next(text for text in texts if text.startswith('("start" '))
    there = as_of(read_layers(atlas), date(2016, 9, 4))
    assert min(len(there[name]) for name in ("areas", "events", "routes")) > 0
    for name in ("areas", "events", "routes"):
        found = pyogrio.read_dataframe(atlas / "layers" / f"{name}.geojson", where=where)
        assert sorted(found["id"]) == sorted(there[name]["id"])


@PAGES
def test_toml_can_be_read(page):
    for block in blocks(read_lines(page)):
        if block.language == "toml":
            tomllib.loads("\n".join(block.lines))
