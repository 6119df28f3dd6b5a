"""Reports that draw on one origin: wire copy, one outlet twice, one witness cited by several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from geo.data import read_toml
from geo.model import Article, Report

_WORD = re.compile(r"\w+")
Shingles = frozenset[tuple[str, ...]]


def shingles(text: str, size: int) -> Shingles:
    """Give the runs of ``size`` words of a text, whatever their case and the marks between them (Broder 1997)."""
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def containment(a: Shingles, b: Shingles) -> float:
    """Give the share of the smaller set that the other one holds too, 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


class Copies:
    """Whether two articles are one text; what was worked out once is kept."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._shingles: dict[str, Shingles] = {}

    def _of(self, article: str) -> Shingles:
        if article not in self._shingles:
            text = self._articles[article].text if article in self._articles else ""
            self._shingles[article] = shingles(text, read_toml("merging.toml")["copies"]["article_shingle"])
        return self._shingles[article]

    def same_text(self, a: str, b: str) -> bool:
        """Tell whether one of two articles holds much of what the other one says."""
        least: float = read_toml("merging.toml")["copies"]["article_share"]
        return containment(self._of(a), self._of(b)) >= least


def rooted(reports: Sequence[Report], copies: Copies) -> tuple[Report, ...]:
    """Tell for each report which one it draws on.

    Parameters
    ----------
    reports
        Of one incident.
    copies
        Knows the texts of their articles.

    Returns
    -------
    tuple of Report
        In the order given, each with the ``root`` that it shares with those of its outlet, those whose article or quote
        holds the same text, and those that cite the same named witness: the article of the first of them.
    """
    turn = sorted(range(len(reports)), key=lambda i: _known_first(reports[i]))
    parent = list(range(len(reports)))

    def find(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for n, i in enumerate(turn):
        for j in turn[:n]:
            if find(i) != find(j) and _one_origin(reports[i], reports[j], copies):
                one, two = sorted((find(i), find(j)), key=turn.index)
                parent[two] = one
    return tuple(replace(r, root=reports[find(i)].event.article) for i, r in enumerate(reports))


def _known_first(report: Report) -> tuple[date, str, int, str]:
    event = report.event
    return report.known or date.max, event.article, event.quote_start, event.id


def _one_origin(a: Report, b: Report, copies: Copies) -> bool:
    if a.source and a.source.casefold() == b.source.casefold():
        return True
    if _one_witness(a.event.attribution, b.event.attribution):
        return True
    return _same_words(a.event.quote, b.event.quote) or copies.same_text(a.event.article, b.event.article)


def _one_witness(a: str, b: str) -> bool:
    """Tell two names of one witness: all proper words of the one are in the other."""
    names = [{w.casefold() for w in _WORD.findall(text) if w[0].isupper()} for text in (a, b)]
    return all(names) and (names[0] <= names[1] or names[1] <= names[0])


def _same_words(a: str, b: str) -> bool:
    rules = read_toml("merging.toml")["copies"]
    sets = [shingles(text, rules["quote_shingle"]) for text in (a, b)]
    long = all(len(s) + rules["quote_shingle"] > rules["least_words"] for s in sets)
    return long and containment(*sets) >= float(rules["quote_share"])
