"""Articles from files and folders: what is read, in which order, and what goes wrong alone."""

import io
from datetime import date
from types import SimpleNamespace

import pytest

from geo.articles import read_articles
from geo.errors import ArticleError
from geo.model import Article

REPORT = "The army retook the depot on Sunday.\n"


def read(*inputs, **options):
    return list(read_articles([str(i) for i in inputs], **options))


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_plain_text_is_kept_as_it_is(tmp_path):
    text = "  First line\r\n\r\nSecond — line… \n"
    path = write(tmp_path / "depot.txt", text)
    assert read(path) == [Article(id="depot", text=text, path=str(path))]


def test_a_markdown_article_is_what_follows_its_front_matter(tmp_path):
    path = write(
        tmp_path / "depot.md",
        '---\ntitle: "Depot: taken"\npublished: 2016-09-05 # by hand\nsource: a wire\nurl: https://example.org/a#b\n---\n\n# Depot\n'
        + REPORT,
    )
    assert read(path) == [
        Article(
            id="depot",
            text="# Depot\n" + REPORT,
            published=date(2016, 9, 5),
            published_from="front matter",
            title="Depot: taken",
            source="a wire",
            url="https://example.org/a#b",
            path=str(path),
        )
    ]


def test_a_folder_gives_its_articles_sorted_and_nothing_else(tmp_path):
    for name in (
        "b.txt",
        "a.md",
        "c/d.html",
        "c/a.markdown",
        ".hidden.md",
        ".git/x.md",
        "README.md",
        "readme.txt",
        "x.pdf",
    ):
        write(tmp_path / name, f"<html><body><p>{REPORT}</p></body></html>" if name.endswith("html") else REPORT)
    write(tmp_path / "z.jsonl", '{"id": "j1", "text": "One."}\n{"id": "j2", "text": "Two."}\n')
    assert [a.id for a in read(tmp_path)] == ["a", "b", "a-2", "d", "j1", "j2"]


def test_the_same_file_is_read_once_and_the_same_name_twice(tmp_path):
    one, two = write(tmp_path / "a.txt", REPORT), write(tmp_path / "other" / "a.txt", REPORT)
    assert [a.id for a in read(one, two, one, tmp_path)] == ["a", "a-2"]


def test_one_bad_article_does_not_stop_the_others(tmp_path):
    good = write(tmp_path / "good.txt", REPORT)
    bad = [
        (
            tmp_path / "none.txt",
            None,
            "this file cannot be read: No such file or directory. Check its name and rights.",
        ),
        (tmp_path / "empty.md", b"", "there is no text in it. Leave it out, or write the article."),
        (
            tmp_path / "only.md",
            b"---\ntitle: x\n---\n\n",
            "there is no text in it. Leave it out, or write the article.",
        ),
        (tmp_path / "a.pdf", b"%PDF-1.7 \xe2\xe3", "this is a PDF, not a text. Extract its text first."),
        (
            tmp_path / "nul.txt",
            b"ab\x00cd",
            "this is no plain text: it holds the control character U+0000 at 2. Leave it out, extract its text first, or name "
            "its encoding with --encoding.",
        ),
        (
            tmp_path / "elf.bin",
            b"\x7fELF\x00\xff\xfe",
            "this is a binary file, not a text. Leave it out, or extract its text first.",
        ),
    ]
    for path, data, _ in bad:
        if data is not None:
            path.write_bytes(data)
    results = read(*(path for path, _, _ in bad), good)
    assert [r.id for r in results if isinstance(r, Article)] == ["good"]
    assert [r.message for r in results if isinstance(r, ArticleError)] == [f"{path}: {what}" for path, _, what in bad]


def test_a_folder_without_articles_is_an_error(tmp_path):
    (error,) = read(tmp_path)
    assert isinstance(error, ArticleError)
    assert error.what == "there is no article in this folder"


# Encodings -----------------------------------------------------------------------------------------------------------

ARABIC = "قصف حي في حلب"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_8_and_byte_order_marks_are_known(tmp_path, encoding):
    (article,) = read(write(tmp_path / "a.txt", ARABIC, encoding))
    assert article.text == ARABIC


def test_big_endian_byte_order_marks_are_known(tmp_path):
    for encoding in ("utf-16-be", "utf-32-be"):
        (article,) = read(write(tmp_path / f"{encoding}.txt", "\ufeff" + ARABIC, encoding))
        assert article.text == ARABIC


def test_another_encoding_is_named_never_guessed(tmp_path):
    path = write(tmp_path / "a.txt", "Line one\n" + ARABIC, "cp1256")
    (error,) = read(path)
    assert error.message == (
        f"{path}:2: this is not UTF-8: byte 0xde at 9. Name its encoding, as in --encoding cp1256 (Arabic) or cp1252 "
        "(Western European), or save it as UTF-8."
    )
    (article,) = read(path, encoding="cp1256")
    assert article.text == "Line one\n" + ARABIC


def test_utf_8_stays_utf_8_where_others_are_cp1256(tmp_path):
    write(tmp_path / "a.txt", ARABIC)
    write(tmp_path / "b.txt", ARABIC, "cp1256")
    assert [a.text for a in read(tmp_path, encoding="cp1256")] == [ARABIC, ARABIC]


def test_utf_16_without_a_mark_is_read_where_it_is_named(tmp_path):
    path = write(tmp_path / "a.txt", REPORT, "utf-16-le")
    assert isinstance(read(path)[0], ArticleError)
    assert read(path, encoding="utf-16-le")[0].text == REPORT


@pytest.mark.parametrize(
    ("encoding", "what"),
    [("klingon", "'klingon' is no encoding that Python knows"), ("ascii", "this is not ascii")],
)
def test_a_wrong_encoding_is_an_error(tmp_path, encoding, what):
    (error,) = read(write(tmp_path / "a.txt", ARABIC, "cp1256"), encoding=encoding)
    assert error.what.startswith(what)


# Standard input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text", "title"),
    [
        (b"\xef\xbb\xbfPlain text.", "Plain text.", ""),
        (b"---\ntitle: T\n---\nMarked text.", "Marked text.", "T"),
        (b"<!DOCTYPE html><html><head><title>T</title></head><body><p>Page text.</p></body></html>", "Page text.", "T"),
    ],
)
def test_standard_input_is_known_by_how_it_begins(monkeypatch, data, text, title):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    (article,) = read("-")
    assert (article.id, article.text, article.title, article.path) == ("stdin", text, title, "")
