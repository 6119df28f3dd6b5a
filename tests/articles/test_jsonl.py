import io
import json
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import read_jsonl
from geo.articles.jsonl import parse_lines
from geo.errors import ArticleError
from geo.model import Article

GOOD = b'{"id": "good", "text": "It fell."}\n'
BAD = [
    # line, what is wrong with it
    (b"not json", "this is not JSON"),
    (b'{"id": "a", "text": "x"', "this is not JSON"),
    (b'{"id": "a", "text": "\xff"}', "this is not JSON"),
    (b'{"id": "a", "text": "\\ud800"}', "this is not JSON"),
    (b"[1]", "this is JSON, but no object"),
    (b'{"text": "x"}', '"id" is missing'),
    (b'{"id": "", "text": "x"}', "\"id\" is ''"),
    (b'{"id": true, "text": "x"}', '"id" is True'),
    (b'{"id": "a"}', '"text" is missing'),
    (b'{"id": "a", "text": " "}', '"text" is empty'),
    (b'{"id": "a", "text": "x\\u0000"}', '"text" holds a NUL'),
    (b'{"id": "a", "text": 5}', '"text" is 5'),
    (b'{"id": "a", "text": "x", "date": "5 Sept"}', "\"date\" is '5 Sept', which is not a day"),
    (b'{"id": "a", "text": "x", "title": []}', '"title" is []'),
    (b'{"id": "good", "text": "x"}', "the id 'good' stands in line 1 too"),
]


def test_all_that_a_line_may_hold(tmp_path):
    path = tmp_path / "docs.jsonl"
    record = {
        "id": 7,
        "text": "قصف 😀",
        "date": "2016-09-05T10:00",
        "title": "T",
        "source": "S",
        "url": "U",
        "more": [1],
    }
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(record).encode() + b"\r\n\n" + GOOD.strip())
    assert list(read_jsonl(str(path))) == [
        Article("7", "قصف 😀", date(2016, 9, 5), "json", "T", "S", "U"),
        Article("good", "It fell."),
    ]


@pytest.mark.parametrize(("line", "what"), BAD)
def test_a_bad_line_is_named_and_the_others_go_on(line, what):
    first, error, last = parse_lines([GOOD, line + b"\n", b'{"id": "z", "text": "Last."}'], path="docs.jsonl")
    assert (first.id, last.id) == ("good", "z")
    assert isinstance(error, ArticleError)
    assert error.what.startswith(what)
    assert error.message.startswith("docs.jsonl:2: ")


def test_a_missing_file_and_an_empty_one(tmp_path):
    (missing,) = read_jsonl(str(tmp_path / "none.jsonl"))
    assert missing.what == "this file cannot be read: No such file or directory"
    (folder,) = read_jsonl(str(tmp_path))
    assert folder.what == "this file cannot be read: Is a directory"
    (tmp_path / "empty.jsonl").touch()
    (empty,) = read_jsonl(str(tmp_path / "empty.jsonl"))
    assert empty.what == "there is no article in it"


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD)))
    assert [a.id for a in read_jsonl("-", published=date(2016, 9, 5))] == ["good"]


def test_lines_are_read_one_at_a_time():
    def lines():
        yield GOOD
        raise AssertionError("read ahead")

    assert next(parse_lines(lines(), path="-")).id == "good"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: t.strip() and "\x00" not in t))
def test_the_text_comes_through_unchanged(text):
    (article,) = parse_lines([json.dumps({"id": "a", "text": text}).encode()], path="-")
    assert article.text == text
