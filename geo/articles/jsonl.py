"""Articles as JSON Lines: ``{"id", "text", "date"?, "title"?, "source"?, "url"?}`` a line, in UTF-8."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from geo.articles.dates import iso_day, publication
from geo.errors import ArticleError
from geo.model import Article


def read_jsonl(path: str, *, published: date | None = None) -> Iterator[Article | ArticleError]:
    """Read articles from a file of JSON Lines, one at a time.

    Parameters
    ----------
    path
        The file, or ``-`` for standard input.
    published
        Publication day of all of them; it goes before the ``date`` of a line.

    Yields
    ------
    Article or ArticleError
        In the order of the lines; a line that cannot be used yields its error, and the others go on. Keys that are not
        known are passed over.
    """
    if path == "-":
        yield from parse_lines(sys.stdin.buffer, path="standard input", published=published)
        return
    try:
        with Path(path).open("rb") as lines:
            yield from parse_lines(lines, path=path, published=published)
    except OSError as error:
        yield ArticleError(f"this file cannot be read: {error.strerror}", do="Check its name and rights", path=path)


def parse_lines(
    lines: Iterable[bytes], *, path: str, published: date | None = None
) -> Iterator[Article | ArticleError]:
    """Read articles from lines of JSON; see `read_jsonl`."""
    seen: dict[str, int] = {}
    number = 0
    for number, raw in enumerate(lines, start=1):
        line = (raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw).strip()
        if not line:
            continue
        try:
            article = _article(line, path, number, published)
            if article.id in seen:
                raise _error(
                    f"the id {article.id!r} stands in line {seen[article.id]} too", "Give each its own", path, number
                )
        except ArticleError as error:
            yield error
            continue
        seen[article.id] = number
        yield article
    if not seen and not number:
        yield ArticleError("there is no article in it", do='Write {"id": …, "text": …} a line', path=path)


def _article(line: bytes, path: str, number: int, published: date | None) -> Article:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _error(
            f"this is not JSON: {error}", 'Write {"id": "…", "text": "…"} on one line, in UTF-8', path, number
        ) from error
    if not isinstance(record, dict):
        raise _error("this is JSON, but no object", 'Write {"id": "…", "text": "…"}', path, number)
    identifier = record.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier.strip():
        what = "is missing" if identifier is None else f"is {identifier!r}"
        raise _error(f'"id" {what}', "Give each article an id of its own", path, number)
    text = _string(record, "text", path, number)
    if not text.strip() or "\x00" in text:
        what = "is missing" if record.get("text") is None else "holds a NUL" if "\x00" in text else "is empty"
        raise _error(f'"text" {what}', "Leave the line out, or write the article", path, number)
    day, origin = publication([(published, "option"), (_date(record, path, number), "json")], text)
    title, source, url = (_string(record, key, path, number) for key in ("title", "source", "url"))
    return Article(identifier, text, day, origin, title, source, url)


def _date(record: dict[str, Any], path: str, number: int) -> date | None:
    value = _string(record, "date", path, number)
    day = iso_day(value)
    if value and day is None:
        raise _error(f'"date" is {value!r}, which is not a day', "Write it as 2016-09-05", path, number)
    return day


def _string(record: dict[str, Any], key: str, path: str, number: int) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _error(f'"{key}" is {value!r}', "Write it as a text in quotation marks", path, number)
    return value


def _error(what: str, do: str, path: str, line: int) -> ArticleError:
    return ArticleError(what, do=do, path=path, line=line)
