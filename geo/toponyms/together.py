"""Reports read together: those of one source help to tell which places the others mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geo.model import Article, Mention
from geo.toponyms.find import explain_mentions
from geo.toponyms.homes import find_homes, is_moved, traces
from geo.toponyms.rank import Ranked

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

Explained = tuple[tuple[Mention, tuple[Ranked, ...]], ...]

AT_ONCE = 500
"""So many reports are held at once, and learn from each other."""


def explain_together(
    articles: Iterable[Article], gazetteer: Gazetteer, *, weights: Path | None = None
) -> Iterator[tuple[Article, Explained]]:
    """Find the mentions of reports as `explain_mentions` does, those of one source in the light of its others.

    Where the gazetteer has a theatre, that says better which places are meant; a report whose source is not known is
    read alone.

    Parameters
    ----------
    articles
        In any order; of a stream with sources so many are held at once as `AT_ONCE`.
    gazetteer
        The world and the atlas.
    weights
        As in `explain_mentions`.

    Yields
    ------
    tuple
        Each article with its mentions, in the order given.
    """
    stream = iter(articles)
    if gazetteer.theatre.countries or gazetteer.theatre.bbox:
        yield from ((article, explain_mentions(article, gazetteer, weights=weights)) for article in stream)
        return
    for article in stream:
        if not source_of(article):
            yield article, explain_mentions(article, gazetteer, weights=weights)
            continue
        yield from _explain([article, *islice(stream, AT_ONCE - 1)], gazetteer, weights)


def source_of(article: Article) -> str:
    """Name the source of an article: as it says, else the host of its address; empty where neither is known."""
    return article.source.casefold() or (urlsplit(article.url).hostname or "").removeprefix("www.")


def _explain(
    articles: list[Article], gazetteer: Gazetteer, weights: Path | None
) -> Iterator[tuple[Article, Explained]]:
    found = [explain_mentions(article, gazetteer, weights=weights) for article in articles]
    of_source: dict[str, list[int]] = {}
    for k, article in enumerate(articles):
        if source := source_of(article):
            of_source.setdefault(source, []).append(k)
    for numbers in of_source.values():
        homes = find_homes([traces(ranked for _, ranked in found[k]) for k in numbers])
        for k, home in zip(numbers, homes, strict=True):
            if home and is_moved((ranked for _, ranked in found[k]), home, weights):
                found[k] = explain_mentions(articles[k], gazetteer, weights=weights, home=home)
    yield from zip(articles, found, strict=True)
