"""Spelling variants: capitalised words that no entry has, but an entry of the atlas or the theatre nearly has.

Without atlas and theatre it must be a city or a province of a country that the article speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.found import Reading, atlas_entries
from geo.toponyms.people import People
from geo.toponyms.recognize import Evidence, weigh, weights
from geo.toponyms.spans import Span, adjacent, longest

_SHORTEST = 4  # letters; the consonants of shorter words fit too many names
_LONGEST = 3  # words
_CHANCE = 0.1  # less likely words are not looked up
KNOWN = ("city", "admin1")
"""Kinds whose names are told by their letters alone."""

SAME_NAME = 85.0  # of 100: Grafenwoehr is Grafenwöhr, "Raqa" is Raqqa; "Fua" is not Foix, "Dubuk" not Dubuque


def find_variants(
    reading: Reading, people: People, *, taken: Collection[int], chance: Sequence[float], spoken: Sequence[str]
) -> list[Evidence]:
    """Find names that are spelt otherwise in the gazetteer ("Ramusa" for "Ramouseh").

    Only where the article's words speak for a place, since a spelling variant alone says little; only entries of the
    atlas and of the theatre's countries, and without a theatre cities and provinces of the countries spoken of.

    Parameters
    ----------
    reading
        The article.
    people
        Names of people and organisations.
    taken
        Words that are spoken for.
    chance
        How likely each word is a part of a place's name, for the tagger.
    spoken
        Codes of the countries that the article speaks of.

    Returns
    -------
    list of Evidence
        In text order.
    """
    gazetteer = reading.gazetteer
    at_stake = bool(gazetteer.theatre.countries or atlas_entries(gazetteer))
    if not at_stake and not spoken:
        return []
    runs = [run for k in range(len(reading.tokens)) for run in _unknown_runs(reading, k, people, taken)]
    runs = [(first, last) for first, last in runs if max(chance[first:last]) >= _CHANCE]
    names = {run: reading.text[reading.tokens[run[0]].start : reading.tokens[run[1] - 1].end] for run in runs}
    exact = gazetteer.lookup(dict.fromkeys(names.values()))
    names = {run: name for run, name in names.items() if not exact[name]}
    found = dict(gazetteer.lookup_variants(dict.fromkeys(names.values()), countries=() if at_stake else spoken))
    owners = {name: name[:-1] for name in names.values() if name.endswith("s")}
    plain = gazetteer.lookup(dict.fromkeys(owners.values()))
    found |= {name: plain[owner] for name, owner in owners.items() if plain.get(owner)}  # "Estvars army": no apostrophe
    if not at_stake:
        found = {
            name: tuple(p for p in places if p.country in spoken and p.kind in KNOWN and is_called_so(name, p))
            for name, places in found.items()
        }
    spans = longest(Span(*run, name, found[name]) for run, name in names.items() if found.get(name))
    evidence = weigh(
        reading.tokens, spans, people=people, words=reading.words, countries={}, theatre=gazetteer.theatre.countries
    )
    less = weights()["spelling_variant"]
    return [replace(e, score=e.score + less) for e in evidence if e.score + less > 0]


def is_called_so(name: str, place: Place, *, least: float = SAME_NAME) -> bool:
    """Whether a name is a spelling of one that a place has."""
    return any(is_one_name(name, known, least=least) for known in (place.name, *place.aliases))


def is_one_name(name: str, other: str, *, least: float = SAME_NAME) -> bool:
    """Whether two names are so alike, of 100, that they are spellings of one."""
    return fuzz.ratio(fold(name), fold(other)) >= least


def _unknown_runs(reading: Reading, k: int, people: People, taken: Collection[int]) -> list[tuple[int, int]]:
    tokens, words = reading.tokens, reading.words
    if not tokens[k].capital or (k and tokens[k - 1].capital and adjacent(tokens[k], tokens[k - 1])):
        return []
    start = k - 1 if k and tokens[k].gap == "-" and tokens[k - 1].lower in ("al", "el") else k
    runs = []
    for last in range(k + 1, min(k + _LONGEST, len(tokens)) + 1):
        token = tokens[last - 1]
        if last - 1 in taken or last - 1 in people.persons or last - 1 in people.organisations:
            break
        if last - 1 > k and not adjacent(token, tokens[last - 2]):
            break
        if token.lower in words.never or token.lower in words.common or token.headline or token.case == "upper":
            break
        if not token.capital and token.lower not in ("al", "el", "as", "ar", "an", "ash"):
            break
        if token.capital and sum(len(t.text) for t in tokens[k:last]) >= _SHORTEST:
            runs.append((start, last))
    return runs
