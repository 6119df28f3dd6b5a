"""Articles from files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from geo.articles.dates import publication
from geo.articles.jsonl import read_jsonl
from geo.articles.markdown import FrontMatter, split_front_matter
from geo.articles.plaintext import check_text, decode
from geo.articles.webpage import declared_charset, read_webpage
from geo.errors import ArticleError
from geo.model import Article

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm")
_JSONL = (".jsonl", ".ndjson")
_KNOWN = (".txt", *_MARKDOWN, *_HTML, *_JSONL)
_STDIN = "stdin"


def read_articles(
    inputs: Sequence[str], *, published: date | None = None, encoding: str | None = None
) -> Iterator[Article | ArticleError]:
    """Read articles.

    Parameters
    ----------
    inputs
        Files, folders, or ``-`` for standard input. A folder gives the files in it and below with known endings (.txt,
        .md, .markdown, .html, .htm, .jsonl, .ndjson), sorted by path, without hidden files and README files. A file
        with another ending is plain text.
    published
        Publication day of those whose front matter names none.
    encoding
        Of those that have no byte order mark and are not UTF-8.

    Yields
    ------
    Article or ArticleError
        In the order given; one that cannot be read yields its error, and the others go on. The text is kept as it is
        written, line ends included; of Markdown it is what follows the front matter, of HTML the article without
        what stands around it. The publication day is the first that is known of: front matter, ``published``, JSON,
        HTML metadata, dateline, file name; ``published_from`` says which. Ids are file names without their endings;
        the second of the same name gets ``-2``.
    """
    taken: set[str] = set()
    done: set[str] = set()
    for name in inputs:
        for path in _files(name):
            if isinstance(path, ArticleError):
                yield path
                continue
            real = path if path == "-" else str(Path(path).resolve())
            if real in done:
                continue
            done.add(real)
            yield from _with_own_ids(_read(path, published, encoding), taken, is_bulk=path.lower().endswith(_JSONL))


def _with_own_ids(
    articles: Iterator[Article | ArticleError], taken: set[str], *, is_bulk: bool
) -> Iterator[Article | ArticleError]:
    for article in articles:
        if isinstance(article, ArticleError):
            yield article
        elif article.id not in taken:
            taken.add(article.id)
            yield article
        elif is_bulk:
            yield ArticleError(
                f"the id {article.id!r} is another article's too", do="Give each its own", path=article.path
            )
        else:
            number = 2
            while f"{article.id}-{number}" in taken:
                number += 1
            taken.add(f"{article.id}-{number}")
            yield replace(article, id=f"{article.id}-{number}")


def _files(name: str) -> Iterator[str | ArticleError]:
    folder = Path(name)
    if name == "-" or not folder.is_dir():
        yield name
        return
    found = []
    for where, folders, files in os.walk(name):
        folders[:] = [f for f in folders if not f.startswith(".")]
        found += [Path(where, file) for file in files if _is_article(file)]
    if not found:
        yield ArticleError(
            "there is no article in this folder", do=f"Put files there that end in {', '.join(_KNOWN)}", path=name
        )
    yield from (str(path) for path in sorted(found, key=lambda p: p.relative_to(folder).parts))


def _is_article(file: str) -> bool:
    stem, ending = os.path.splitext(file)  # noqa: PTH122  # a name, not a path
    return not file.startswith(".") and ending.lower() in _KNOWN and stem.lower() != "readme"


def _read(path: str, published: date | None, encoding: str | None) -> Iterator[Article | ArticleError]:
    if path.lower().endswith(_JSONL):
        yield from read_jsonl(path, published=published)
        return
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        yield _article(data, path, published, encoding)
    except OSError as error:
        yield ArticleError(f"this file cannot be read: {error.strerror}", do="Check its name and rights", path=path)
    except ArticleError as error:
        yield error


def _article(data: bytes, path: str, published: date | None, encoding: str | None) -> Article:
    where = "standard input" if path == "-" else path
    kind = _kind(path, data)
    declared = declared_charset(data) if kind == "html" else None
    text = decode(data, encoding=encoding, declared=declared, path=where)
    if kind == "html":
        page = read_webpage(text, path=where)
        days = [(published, "option"), (page.published, "html meta")]
        head, text = FrontMatter(title=page.title, source=page.source, url=page.url), page.text
    else:
        head, text = split_front_matter(text, path=where) if kind == "markdown" else (FrontMatter(), text)
        check_text(text, path=where)
        days = [(head.published, "front matter"), (published, "option")]
    file = Path(os.fsencode(path).decode("utf-8", "replace"))  # an id is text, even where a file's name is not
    day, origin = publication(days, text, "" if path == "-" else file.name)
    return Article(
        id=_STDIN if path == "-" else file.stem,
        text=text,
        published=day,
        published_from=origin,
        title=head.title,
        source=head.source,
        url=head.url,
        path="" if path == "-" else path,
    )


def _kind(path: str, data: bytes) -> str:
    """Tell what a file is by its ending, and standard input by how it begins."""
    if path == "-":
        start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return (
            "markdown"
            if start.startswith(b"---")
            else "html"
            if start.startswith((b"<!doctype html", b"<html"))
            else "text"
        )
    ending = Path(path).suffix.lower()
    return "markdown" if ending in _MARKDOWN else "html" if ending in _HTML else "text"
