"""Markdown articles: front matter between two lines of three hyphens, then the text as it is written.

The front matter is the plain part of YAML: ``key: value`` a line, values bare or in quotes, comments after ``#``. Keys
that sitmap does not know are passed over, with the lists and maps under them, so that notes made for other tools can be
read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from geo.articles.dates import iso_day
from geo.errors import ArticleError

_KEYS = ("title", "published", "source", "url")
_ALIASES = {"date": "published", "link": "url"}
_ENTRY = re.compile(r"([A-Za-z_][\w -]*):(?:[ \t](.*))?$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # str.splitlines would also split at U+2028 and its like
_HEADING = re.compile(r"\s*#[ \t]+([^\n]+)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article says of itself; empty or None where it says nothing."""

    title: str = ""
    published: date | None = None
    source: str = ""
    url: str = ""


def split_front_matter(text: str, *, path: str = "") -> tuple[FrontMatter, str]:
    """Split a Markdown article.

    Parameters
    ----------
    text
        The whole file.
    path
        For errors.

    Returns
    -------
    FrontMatter, str
        What the front matter says, and the text from its first line that is not blank, exactly as written. Without
        front matter the text is the whole file, and a heading that it begins with is its title.

    Raises
    ------
    ArticleError
        Where the front matter is not closed, or a line of it cannot be read.
    """
    lines = _LINE.findall(text)
    if not lines or lines[0].rstrip() != "---":
        heading = _HEADING.match(text)
        return FrontMatter(title=heading.group(1).strip(" #\r") if heading else ""), text
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        raise ArticleError(
            "the front matter is not closed", do="End it with a line of three hyphens, ---", path=path, line=1
        )
    body = end + 1
    while body < len(lines) and not lines[body].strip():
        body += 1
    return _front_matter(lines[1:end], path), "".join(lines[body:])


def _front_matter(lines: list[str], path: str) -> FrontMatter:
    values: dict[str, str] = {}
    for number, raw in enumerate(lines, start=2):
        line = raw.rstrip()
        if not line or line.lstrip().startswith("#") or line[0] in " \t-":  # an item of a list or map of another tool
            continue
        entry = _ENTRY.match(line)
        if entry is None:
            raise ArticleError(f"{line!r} is not a line of front matter", do="Write key: value", path=path, line=number)
        key = entry.group(1).strip().lower()
        key = _ALIASES.get(key, key)
        if key not in _KEYS:
            continue
        if key in values:
            raise ArticleError(f"{key} is given twice", do="Keep one of the two lines", path=path, line=number)
        values[key] = _value((entry.group(2) or "").strip(), key, path, number)
        if key == "published":
            _day(values[key], path, number)
    return FrontMatter(
        title=values.get("title", ""),
        published=iso_day(values.get("published", "")),
        source=values.get("source", ""),
        url=values.get("url", ""),
    )


def _value(text: str, key: str, path: str, line: int) -> str:
    if text[:1] == '"':
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(text)
        except json.JSONDecodeError as error:
            raise _bad_quotes(text, path, line) from error
        if _comment_or_nothing(text[end:]):
            return str(value)
        raise _bad_quotes(text, path, line)
    if text[:1] == "'":
        quoted = re.match(r"'((?:[^']|'')*)'(.*)", text)
        if quoted and _comment_or_nothing(quoted.group(2)):
            return quoted.group(1).replace("''", "'")
        raise _bad_quotes(text, path, line)
    if text[:1] and text[0] in "|>[{&*!":
        raise ArticleError(
            f"{key}: {text!r} is more YAML than front matter here may hold",
            do='Write it on one line, in "…"',
            path=path,
            line=line,
        )
    bare = re.split(r"(?:^|[ \t])#", text, maxsplit=1)[0].strip()
    return "" if bare in ("null", "~") else bare


def _comment_or_nothing(text: str) -> bool:
    return not text.strip() or text.lstrip().startswith("#")


def _bad_quotes(text: str, path: str, line: int) -> ArticleError:
    return ArticleError(
        f"the quotation marks of {text!r} do not match", do='Write \\" for one inside "…"', path=path, line=line
    )


def _day(value: str, path: str, line: int) -> None:
    if value and iso_day(value) is None:
        raise ArticleError(f"published: {value!r} is not a day", do="Write it as 2016-09-05", path=path, line=line)
