"""What people give by mistake to the commands that read articles: whole error texts, exit codes, clean standard output."""

import pytest
from click.testing import CliRunner

from geo.cli import main

FILES = {
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "latin.txt": b"caf\xe9",
    "control.txt": b"Shells hit \x00Azaz.",
    "report.pdf": b"%PDF-1.7\n",
    "open.md": b"---\ntitle: x\nShells hit Azaz.\n",
    "day.md": b"---\npublished: soon\n---\nShells hit Azaz.\n",
    "nothing.txt": b"Nothing happened.\n",
    "empty.jsonl": b"",
    "no-text.jsonl": b'{"id": "a"}\n',
    "no-id.jsonl": b'{"text": "Shells hit Azaz."}\n',
    "number.jsonl": b'{"id": "a", "text": 7}\n',
    "list.jsonl": b"[1]\n",
    "half.jsonl": b'{"id": "a", "text": "x"\n',
    "day.jsonl": b'{"id": "a", "text": "x", "date": "5 Sept"}\n',
    "folder/notes.docx": b"PK",
}
USAGE = "Usage: sitmap {command} [OPTIONS] [ARTICLE]...\nTry 'sitmap {command} --help' for help.\n\n"
DAY = "is not a day. Write it as YYYY-MM-DD, for example 2016-09-04.\n"
NO_TEXT = "there is no text in it. Leave it out, or write the article.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return lambda *args, stdin=None: CliRunner().invoke(main, list(args), input=stdin, prog_name="sitmap")


ERRORS = [
    (["gone.txt"], "Error: gone.txt: this file cannot be read: No such file or directory. Check its name and rights.\n"),
    (["empty.txt"], f"Error: empty.txt: {NO_TEXT}"),
    (["blank.txt"], f"Error: blank.txt: {NO_TEXT}"),
    (["latin.txt"], "Error: latin.txt:1: this is not UTF-8: byte 0xe9 at 3. Name its encoding, as in --encoding cp1256 (Arabic) or cp1252 (Western European), or save it as UTF-8.\n"),
    (["control.txt"], "Error: control.txt: this is no plain text: it holds the control character U+0000 at 11. Leave it out, extract its text first, or name its encoding with --encoding.\n"),
    (["report.pdf"], "Error: report.pdf: this is a PDF, not a text. Extract its text first.\n"),
    (["open.md"], "Error: open.md:1: the front matter is not closed. End it with a line of three hyphens, ---.\n"),
    (["day.md"], "Error: day.md:2: published: 'soon' is not a day. Write it as 2016-09-05.\n"),
    (["folder"], "Error: folder: there is no article in this folder. Put files there that end in .txt, .md, .markdown, .html, .htm, .jsonl, .ndjson.\n"),
    (["--jsonl", "empty.jsonl"], 'Error: empty.jsonl: there is no article in it. Write {"id": …, "text": …} a line.\n'),
    (["--jsonl", "no-text.jsonl"], 'Error: no-text.jsonl:1: "text" is missing. Leave the line out, or write the article.\n'),
    (["--jsonl", "no-id.jsonl"], 'Error: no-id.jsonl:1: "id" is missing. Give each article an id of its own.\n'),
    (["--jsonl", "number.jsonl"], 'Error: number.jsonl:1: "text" is 7. Write it as a text in quotation marks.\n'),
    (["--jsonl", "list.jsonl"], 'Error: list.jsonl:1: this is JSON, but no object. Write {"id": "…", "text": "…"}.\n'),
    (["--jsonl", "day.jsonl"], "Error: day.jsonl:1: \"date\" is '5 Sept', which is not a day. Write it as 2016-09-05.\n"),
    (["gone.txt", "empty.txt"], f"Error: gone.txt: this file cannot be read: No such file or directory. Check its name and rights.\nError: empty.txt: {NO_TEXT}"),
    (["-"], f"Error: standard input: {NO_TEXT}"),
    ([], f"Error: standard input: {NO_TEXT}"),
]  # fmt: skip


@pytest.mark.parametrize("command", ["places", "events"])
@pytest.mark.parametrize(("args", "text"), ERRORS, ids=[" ".join(args) or "nothing" for args, _ in ERRORS])
def test_articles_that_cannot_be_read(run, command, args, text):
    done = run(command, *args, stdin="")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", text)


def test_half_a_line_of_json(run):
    done = run("places", "--jsonl", "half.jsonl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: half.jsonl:1: this is not JSON: ")
    assert done.stderr.endswith('. Write {"id": "…", "text": "…"} on one line, in UTF-8.\n')


OPTIONS = [
    (["--date", "yesterday"], f"Error: Invalid value for '--date': 'yesterday' {DAY}"),
    (["--date", "2016-9-5"], f"Error: Invalid value for '--date': '2016-9-5' {DAY}"),
    (["--date", ""], f"Error: Invalid value for '--date': '' {DAY}"),
    (["--encoding", "windows-arabic"], "Error: Invalid value for '--encoding': 'windows-arabic' is no encoding that Python knows. Name it as in cp1256, cp1252 or utf-16.\n"),
    (["--atlas", "gone"], "Error: Invalid value for '--atlas': Directory 'gone' does not exist.\n"),
    (["--atlas", "nothing.txt"], "Error: Invalid value for '--atlas': Directory 'nothing.txt' is a file.\n"),
    (["--jsonl", "folder"], "Error: Invalid value for '--jsonl': File 'folder' is a directory.\n"),
]  # fmt: skip


@pytest.mark.parametrize("command", ["places", "events"])
@pytest.mark.parametrize(("args", "text"), OPTIONS, ids=[" ".join(args) for args, _ in OPTIONS])
def test_options_that_mean_nothing(run, command, args, text):
    done = run(command, *args, "nothing.txt")
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", USAGE.format(command=command) + text)


def test_an_atlas_that_is_none(run):
    done = run("places", "--atlas", "folder", "nothing.txt")
    assert (done.exit_code, done.stdout, done.stderr) == (
        1,
        "",
        "Error: folder/seeds/atlas.toml: there is no atlas here. Make one with 'sitmap init', or name its folder with "
        "--atlas.\n",
    )


@pytest.mark.parametrize(("command", "noun"), [("places", "places"), ("events", "events")])
def test_nothing_found_is_told(run, command, noun):
    done = run(command, "nothing.txt")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"0 {noun} in 1 article.\n")
    done = run(command, "nothing.txt", "-", stdin="Nothing at all.")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"0 {noun} in 2 articles.\n")


def test_something_found_is_told_by_itself(run):
    done = run("places", stdin="Shells hit Akureyri.")
    assert (done.exit_code, done.stderr, len(done.stdout.splitlines())) == (0, "", 1)
