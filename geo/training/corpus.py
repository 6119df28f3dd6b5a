"""Annotated articles: a text with the places that people marked in it, and what the tool makes of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from geo.errors import ArticleError
from geo.gazetteer import Gazetteer
from geo.toponyms.clues import Clues, gather
from geo.toponyms.found import Reading
from geo.toponyms.lexicon import lexicon
from geo.toponyms.tokens import tokenize

_KEPT = 0.2  # of the names of an article that `with_other_names` leaves as they are
_KEPT_UNITS = 0.6  # the same of countries, units and what is called by a noun ("Main Street")
_INVENTED = 0.1  # of the new names: such as no gazetteer has
_NOUNS = frozenset(
    ["Street", "Road", "Avenue", "County", "Lake", "River", "Park", "Hospital", "School", "Airport", "University"]
)
_DO = 'Write {"id", "text", "toponyms": [{"start", "end", "lat"?, "lon"?}]} on one line, offsets in code points'
_MOST_LON, _MOST_LAT = 180, 90
_SMALL = "\"'“‘( \n\t"


@dataclass(frozen=True, slots=True)
class Marked:
    """A span that names a place, code points, half open, and where that is; None where nobody says."""

    start: int
    end: int
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its places, demonyms left out."""

    id: str
    text: str
    places: tuple[Marked, ...]


def read_corpus(path: Path, only: Iterable[str] | None = None) -> Iterator[Annotated]:
    """Read annotated articles.

    Parameters
    ----------
    path
        JSON Lines of ``{"id", "text", "toponyms": [{"start", "end", "lat"?, "lon"?, "ignore"?, "demonym"?}]}``.
    only
        Ids of the articles to read; all if None.

    Raises
    ------
    ArticleError
        Where there is no such file, or a line is no such object; blank lines are passed over.
    """
    wanted = None if only is None else frozenset(only)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ArticleError(
            f"this corpus cannot be read: {error.strerror}", do="Check its name and rights", path=path
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = _article(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            raise ArticleError(f"this is not JSON: {error}", do=_DO, path=path, line=number) from error
        except ValueError as error:
            raise ArticleError(str(error), do=_DO, path=path, line=number) from error
        if wanted is None or article.id in wanted:
            yield article


def _article(row: Any) -> Annotated:
    if not isinstance(row, dict):
        raise ValueError("this is JSON, but no object")
    for key in ("id", "text"):
        if not isinstance(row.get(key), str):
            raise ValueError(f'"{key}" is no string')
    toponyms = row.get("toponyms")
    if not isinstance(toponyms, list) or not all(isinstance(t, dict) for t in toponyms):
        raise ValueError('"toponyms" is no list of objects')
    counted = [(n, t) for n, t in enumerate(toponyms, 1) if not (t.get("ignore") or t.get("demonym"))]
    marked = (_marked(row["text"], toponym, f"toponym {n}") for n, toponym in counted)
    return Annotated(row["id"], row["text"], tuple(m for m in marked if m.start < m.end))


def _marked(text: str, toponym: Mapping[str, Any], which: str) -> Marked:
    start, end, lon, lat = (toponym.get(key) for key in ("start", "end", "lon", "lat"))
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueError(f"{which} reaches from {start!r} to {end!r}, but the text from 0 to {len(text)}")
    start, end = trimmed(text, start, end)
    if lon is None or lat is None:
        return Marked(start, end)
    if not all(type(v) in (int, float) for v in (lon, lat)) or abs(lon) > _MOST_LON or abs(lat) > _MOST_LAT:
        raise ValueError(f"{which} lies at longitude {lon!r}, latitude {lat!r}, which is no point in degrees")
    return Marked(start, end, float(lon), float(lat))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span to the name proper: no outer space or quotation mark, no leading "the", no possessive."""
    while start < end and text[start] in _SMALL:
        start += 1
    if text[start:end].casefold().startswith("the "):
        start += 4
    while end > start and text[end - 1] in " \n\t.,;:'’\"”)":
        end -= 1
    return start, end - 2 if text[start:end].endswith(("'s", "’s")) else end


def read_clues(text: str, gazetteer: Gazetteer, weights: Path | None = None) -> tuple[Reading, Clues]:
    """Give the words of a text and what is known about them."""
    reading = Reading(text, tokenize(text), lexicon(), gazetteer, weights)
    return reading, gather(reading)


def labels(article: Annotated, clues: Clues) -> list[str]:
    """Give a label for each word: ``B`` begins a place, ``I`` goes on with it, ``O`` is neither."""
    given = ["O"] * len(clues.tokens)
    for place in article.places:
        inside = [k for k, t in enumerate(clues.tokens) if t.start < place.end and t.end > place.start]
        for k in inside:
            given[k] = "B" if k == inside[0] else "I"
    return given


def with_other_names(
    article: Annotated, towns: Mapping[str, Sequence[tuple[int, str]]], gazetteer: Gazetteer, seed: str
) -> Annotated:
    """Give the article with other places: what is learnt from it is then the words around, not the names of one region.

    Parameters
    ----------
    article
        The article.
    towns
        Population and name of towns by country; all new names come from one country.
    gazetteer
        Tells which names are those of countries and units, of which more are kept.
    seed
        Makes the choice; the same seed makes the same one.
    """
    choose = random.Random(f"{seed} {article.id}")  # noqa: S311 - no secret
    ours = towns[choose.choice(sorted(towns))]
    new: dict[str, str] = {}
    parts, places, at, length = [], [], 0, 0
    for place in sorted(article.places, key=lambda p: p.start):
        if place.start < at:
            continue
        name = article.text[place.start : place.end]
        if name not in new:
            new[name] = _other(name, ours, gazetteer, choose)
        before = article.text[at : place.start]
        parts += [before, new[name]]
        start = length + len(before)
        length = start + len(new[name])
        places.append(Marked(start, length))
        at = place.end
    return Annotated(f"{article.id} {seed}", "".join([*parts, article.text[at:]]), tuple(places))


def _other(name: str, towns: Sequence[tuple[int, str]], gazetteer: Gazetteer, choose: random.Random) -> str:
    unit = any(p.kind in ("country", "admin1") for p in gazetteer.lookup([name])[name])
    kept = _KEPT_UNITS if unit or name.split()[-1] in _NOUNS else _KEPT
    if name.isupper() or choose.random() < kept:
        return name
    one, other = choose.choice(towns), choose.choice(towns)
    if choose.random() < _INVENTED:
        return _mixed(one[1], other[1])
    return max(one, other)[1] if choose.random() < 0.5 else one[1]


def _mixed(one: str, other: str) -> str:
    """Make a name that no gazetteer has and that sounds like one of the country: its unknown villages."""
    first, last = one.split(), other.split()
    if len(first) > 1 or len(last) > 1:
        return f"{first[0]} {last[-1]}"
    return one[: (len(one) + 1) // 2] + other[len(other) // 2 :]
