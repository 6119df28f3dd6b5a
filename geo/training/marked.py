"""Articles written for training, with the places marked in the text: ``in [Paris|US-TX], in [Texas|US-TX]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from geo.errors import ArticleError
from geo.gazetteer import Gazetteer
from geo.gazetteer.divisions import abbreviations
from geo.model import Place
from geo.training.corpus import Annotated, Marked

_HEAD = re.compile(r"^=== *(\S+) *$", re.MULTILINE)
_MARK = re.compile(r"\[([^\[\]|\n]+)\|([^\[\]|\n]*)\]")
_POINT = re.compile(r"@(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_ANY = "*"
_TOWNS = frozenset({"city", "town", "village", "quarter"})
_DO = (
    "Write [name|US-TX], [name|SY], [name|US-NY:town], [name|*] for a sea or a region of several countries, "
    "[name|@LAT,LON] for what no gazetteer has, [name|] for what has no point"
)


def read_marked(path: Path, gazetteer: Gazetteer) -> Iterator[Annotated]:
    """Read articles with marked places.

    Parameters
    ----------
    path
        Text; each article begins with a line ``=== ID``. A mark ``[name|where]`` holds the name as the article has it
        and an ISO 3166-1 or 3166-2 code, where needed with ``:town`` or another kind of place behind it; ``*``: the
        gazetteer's first; ``@LAT,LON``, degrees; or nothing, for a name without a point (streets).
    gazetteer
        Gives the points.

    Raises
    ------
    ArticleError
        Where there is no such file, an id stands twice, a mark is not closed, or the gazetteer has no such place there.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"these articles cannot be read: {error}", do="Check the file", path=path) from error
    heads = list(_HEAD.finditer(raw))
    before = raw[: heads[0].start()] if heads else raw
    if before.strip() or not heads:
        raise ArticleError("no article begins here", do="Begin each with a line === ID", path=path, line=1)
    ends = [*(head.start() for head in heads[1:]), len(raw)]
    seen: set[str] = set()
    for head, end in zip(heads, ends, strict=True):
        line = raw.count("\n", 0, head.start()) + 1
        if head[1] in seen:
            raise ArticleError(f"the id {head[1]!r} stands twice", do="Give each article its own", path=path, line=line)
        seen.add(head[1])
        start = head.end() + 1
        yield _article(head[1], raw[start:end].rstrip() + "\n", gazetteer, path, line + 1)


def _article(id: str, raw: str, gazetteer: Gazetteer, path: Path, first: int) -> Annotated:
    parts: list[str] = []
    places: list[Marked] = []
    at = length = 0
    for mark in _MARK.finditer(raw):
        before, (name, where) = raw[at : mark.start()], mark.groups()
        line = first + raw.count("\n", 0, mark.start())
        start = length + len(before)
        places.append(_placed(start, name, where.strip(), gazetteer, path, line))
        parts += [before, name]
        length, at = start + len(name), mark.end()
    text = "".join([*parts, raw[at:]])
    left = re.search(r"[\[\]|]", text)
    if left:
        line = first + text.count("\n", 0, left.start())
        raise ArticleError(f"the text of {id!r} has a stray {left[0]!r}", do=_DO, path=path, line=line)
    return Annotated(id, text, tuple(places))


def _placed(start: int, name: str, where: str, gazetteer: Gazetteer, path: Path, line: int) -> Marked:
    end = start + len(name)
    if not where:
        return Marked(start, end)
    point = _POINT.fullmatch(where)
    if point:
        return Marked(start, end, float(point[2]), float(point[1]))
    short = (gazetteer.get(id) for id in abbreviations().get(name, ()))
    place = _meant([*(p for p in short if p is not None), *gazetteer.lookup([name])[name]], where)
    if place is None:
        raise ArticleError(f"the gazetteer has no {name!r} in {where!r}", do=_DO, path=path, line=line)
    return Marked(start, end, place.lon, place.lat)


def _meant(places: Sequence[Place], where: str) -> Place | None:
    code, _, kind = where.partition(":")
    kinds = _TOWNS if kind == "town" else {kind} if kind else None
    fitting = [p for p in places if kinds is None or p.kind in kinds]
    if code == _ANY:
        return next(iter(sorted(fitting, key=lambda p: p.kind in (*_TOWNS, "admin1", "admin2"))), None)
    of_code = [p for p in fitting if p.id in (f"iso:{code}", f"country:{code}")]
    return next(iter([*of_code, *(p for p in fitting if code in (p.admin1, p.country))]), None)
