"""Clues: what gazetteer and word lists say about the words of an article, before anything is decided."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.data import read_toml
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.found import Reading
from geo.toponyms.lexicon import Lexicon
from geo.toponyms.people import People, find_people
from geo.toponyms.recognize import Evidence, weigh
from geo.toponyms.spans import Span, candidate_spans, longest
from geo.toponyms.tokens import Token
from geo.toponyms.unlisted import Unlisted, find_unlisted

_SPEAKS_MENTIONS = 2.0  # mentions of a country at which an article speaks of it to the full 1 - 1/e
_SURE_PEOPLE = 15_000  # a town of this size keeps its name of two words from being read as a person's


@dataclass(frozen=True, slots=True)
class Clues:
    """What the rules have found out about the words of an article.

    Attributes
    ----------
    tokens
        Its words.
    words
        The word lists.
    spans
        Every run of words that the gazetteer knows, by first and last word.
    people
        Names of people and organisations.
    evidence
        What speaks for each of the longest of those runs, in text order.
    unlisted
        Names of places by their form.
    demonyms
        Country codes by the position of the demonym.
    countries
        How much the article speaks of each country, 0 to 1.
    """

    tokens: Sequence[Token]
    words: Lexicon
    spans: Mapping[tuple[int, int], Span]
    people: People
    evidence: Sequence[Evidence]
    unlisted: Sequence[Unlisted]
    demonyms: Mapping[int, str]
    countries: Mapping[str, float]


def gather(reading: Reading) -> Clues:
    """Gather the clues of an article.

    Parameters
    ----------
    reading
        The article as words.

    Returns
    -------
    Clues
        Nothing of it depends on what the tagger has learnt.
    """
    tokens, words, gazetteer = reading.tokens, reading.words, reading.gazetteer
    spans = candidate_spans(reading.text, tokens, gazetteer, words)
    people = find_people(tokens, words, _sure_names(spans))
    demonyms = _demonyms(reading, spans)
    chosen = longest(spans, taken={*demonyms, *people.organisations})
    chosen = _with_abbreviations(reading, chosen)
    countries = spoken_countries(_unpersonal(chosen, people), demonyms.values())
    evidence = weigh(
        tokens, chosen, people=people, words=words, countries=countries, theatre=gazetteer.theatre.countries
    )
    known = {k for e in evidence if e.score > 0 for k in range(e.span.first, e.span.last)}
    unlisted = find_unlisted(tokens, people=people, words=words, known=known | set(demonyms))
    by_words = {(s.first, s.last): s for s in (*spans, *chosen)}
    return Clues(tokens, words, by_words, people, evidence, unlisted, demonyms, countries)


def spoken_countries(spans: Iterable[Span], demonyms: Iterable[str]) -> dict[str, float]:
    """Tell how much an article speaks of each country.

    Parameters
    ----------
    spans
        Runs of words that the gazetteer knows.
    demonyms
        Country codes, one for each demonym in the text.

    Returns
    -------
    dict
        Code to a number from 0 to 1: ``1 - exp(-n / 2)`` for n mentions; a country and a demonym count once, an admin-1
        unit by its own name half.
    """
    counts: dict[str, float] = {}
    for code in demonyms:
        counts[code] = counts.get(code, 0.0) + 1.0
    for span in spans:
        key = fold(span.name)
        states = {p.country for p in span.places if p.kind == "country"}
        units = {p.country for p in span.places if p.kind == "admin1" and fold(p.name) == key}
        for code in states or units:
            if len(states or units) == 1:
                counts[code] = counts.get(code, 0.0) + (1.0 if states else 0.5)
    return {code: 1 - math.exp(-n / _SPEAKS_MENTIONS) for code, n in sorted(counts.items())}


def _sure_names(spans: Sequence[Span]) -> frozenset[str]:
    """Folded names of two words or more that are no person's: large towns, units, countries, the atlas's own."""
    return frozenset(
        fold(s.name)
        for s in spans
        if len(s) > 1
        and any(
            p.population >= _SURE_PEOPLE or p.kind in ("country", "admin1", "region") or p.id.startswith("atlas:")
            for p in s.places
        )
    )


def _demonyms(reading: Reading, spans: Sequence[Span]) -> dict[int, str]:
    """Words that are demonyms, with their country's code; not those inside longer names ("Georgian Bay")."""
    table = reading.gazetteer.demonyms()
    inside = {k for s in spans if len(s) > 1 for k in range(s.first, s.last)}
    codes = {}
    for k, token in enumerate(reading.tokens):
        if token.capital and k not in inside:
            place_id = table.get(fold(token.text))
            if place_id:
                codes[k] = place_id.removeprefix("country:")
    return codes


def _unpersonal(spans: Iterable[Span], people: People) -> list[Span]:
    return [s for s in spans if not any(k in people.persons for k in range(s.first, s.last))]


def _with_abbreviations(reading: Reading, chosen: Sequence[Span]) -> tuple[Span, ...]:
    """Read what stands short for a state: "Glasgow, Ky."; it gives way to no small place of that name."""
    table = read_toml("toponym_lexicon.toml")["abbreviations"]
    longer = {k for s in chosen if len(s) > 1 for k in range(s.first, s.last)}
    added: dict[int, Span] = {}
    for k, token in enumerate(reading.tokens):
        place_id = table.get(token.lower.replace(".", "")) if token.capital and k not in longer else None
        place = _abbreviated(reading, k, place_id) if place_id else None
        if place is not None:
            added[k] = Span(k, k + 1, place.name, (place,))
    kept = [s for s in chosen if s.first not in added]
    return tuple(sorted([*kept, *added.values()], key=lambda s: s.first))


def _abbreviated(reading: Reading, k: int, place_id: str) -> Place | None:
    """Give the state that word k stands for: after a comma and a name, after "R-", with a full stop in a sentence."""
    token, before = reading.tokens[k], reading.tokens[k - 1] if k else None
    following = reading.tokens[k + 1] if k + 1 < len(reading.tokens) else None
    stopped = following is not None and following.gap == ". " and following.case == "lower"
    if (
        (before is not None and token.gap == ", " and before.capital)
        or (before is not None and token.gap == "-" and before.text in ("D", "R", "I"))
        or (stopped and token.case == "title" and len(token.text) > 2)
    ):
        return reading.gazetteer.get(place_id)
    return None


def country_adjectives(clues: Clues) -> dict[str, int]:
    """Count the demonyms of each country, those of its units among them, by country code."""
    codes = Counter(code.removeprefix("iso:")[:2] for code in clues.demonyms.values() if not code.startswith("region:"))
    return dict(sorted(codes.items()))
