"""Nouns that several names share: "Cooke, Grayson and Love counties", "the provinces of Hama and Homs"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from geo.gazetteer.names import fold
from geo.toponyms.clues import Clues
from geo.toponyms.found import Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.lists import member_after, member_before
from geo.toponyms.named import Named
from geo.toponyms.names import find_names
from geo.toponyms.spans import Span, adjacent

_PARTIES = ("D", "R", "I")
_LONGEST_RUN = 4
_SURE = 0.8  # that what an entry with the noun has, and stands in such a list, is that entry
_FEWEST = 2  # names that share a noun before it; "the Syrian provinces" has one capital


def read_names(reading: Reading, clues: Clues) -> list[Named]:
    """Find the names of an article, each with all that it may mean: what the ranking chooses from, and learns from."""
    return add_counties(reading, share_nouns(reading, find_names(reading, clues)))


def share_nouns(reading: Reading, names: Sequence[Named]) -> list[Named]:
    """Read a list with its noun: each name is that of a county where "counties" closes or opens the list.

    Parameters
    ----------
    reading
        The article.
    names
        Names found so far, in text order, not overlapping.

    Returns
    -------
    list of Named
        In text order. A listed name has the kinds of the noun, and the entries "Love County" has where there are such;
        what recognition has missed is a name where it has such entries.
    """
    known = {n.span.first: n for n in names}
    for noun, spans in _lists(reading, {n.span.last: n.span.first for n in names}):
        kinds = reading.words.heads_of[noun]
        full = {at: f"{' '.join(t.text for t in reading.tokens[slice(*at)])} {noun.title()}" for at in spans}
        units = reading.gazetteer.lookup(full.values())
        for first, last in spans:
            places = tuple(p for p in units[full[first, last]] if p.kind in kinds)
            name = known.get(first)
            if name is None and places:
                text = full[first, last].rpartition(" ")[0]
                known[first] = Named(Span(first, last, text, places), _SURE, kinds, f'"{noun}" goes with it')
            elif name is not None and (not name.kinds or (places and not set(name.kinds) & set(kinds))):
                own = tuple(p for p in name.span.places if p.kind in kinds)
                meant = tuple(dict.fromkeys((*places, *own))) or name.span.places
                known[first] = replace(name, kinds=kinds, span=replace(name.span, places=meant))
    return sorted(known.values(), key=lambda n: n.span.first)


def add_counties(reading: Reading, names: Sequence[Named]) -> list[Named]:
    """Let a bare name mean a county too: where the article names "Hall County", in "Hall Sheriff" and in "D-Hall".

    Parameters
    ----------
    reading
        The article.
    names
        Names found so far.

    Returns
    -------
    list of Named
        The same, with more entries; which of them is meant is for the ranking to say.
    """
    full = {fold(n.span.name) for n in names}
    bare = [n for n in names if not n.kinds and _may_be_county(reading, n.span, full)]
    found = reading.gazetteer.lookup(dict.fromkeys(f"{n.span.name} County" for n in bare))
    more = {n.span.first: tuple(p for p in found[f"{n.span.name} County"] if p.kind == "admin2") for n in bare}
    return [
        replace(n, span=replace(n.span, places=tuple(dict.fromkeys((*n.span.places, *more.get(n.span.first, ()))))))
        for n in names
    ]


def _may_be_county(reading: Reading, span: Span, full: Collection[str]) -> bool:
    tokens = reading.tokens
    if f"{fold(span.name)} county" in full:
        return True
    after = tokens[span.last] if span.last < len(tokens) else None
    if after is not None and adjacent(after, tokens[span.last - 1]) and after.capital:
        return after.lower in word_set("proper.county_offices")
    return tokens[span.first].gap == "-" and span.first > 0 and tokens[span.first - 1].text in _PARTIES


def _lists(reading: Reading, known: Mapping[int, int]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Give each plural noun in the singular, with the spans of the names that it stands behind, or with "of" before."""
    tokens = reading.tokens
    first_of = {first: last for last, first in known.items()}
    for k, token in enumerate(tokens):
        noun = _singular(token.lower)
        if noun not in reading.words.heads_of:
            continue
        if k + 1 < len(tokens) and tokens[k + 1].lower == "of":
            spans = list(_forwards(reading, k + 2, first_of))
        else:
            spans = list(_backwards(reading, k, known))
        if len(spans) >= _FEWEST:
            yield noun, spans


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") else ""


def _backwards(reading: Reading, end: int, known: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Go back along "A, B and C", whose last name ends at ``end``."""
    tokens = reading.tokens
    while end > 0 and tokens[end - 1].capital:  # -1 where the list began
        first = known.get(end, end)
        while first == end or (end not in known and _goes_on(reading, first) and end - first < _LONGEST_RUN):
            first -= 1
        if not any(first < last < end for last in known):
            yield first, end
        end = member_before(tokens, first)


def _forwards(reading: Reading, first: int, known: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Go on along "A, B and C", whose first name begins at ``first``."""
    tokens = reading.tokens
    while 0 <= first < len(tokens) and tokens[first].capital:
        last = known.get(first, first + 1)
        while first not in known and last < len(tokens) and _goes_on(reading, last) and last - first < _LONGEST_RUN:
            last += 1
        yield first, last
        first = member_after(tokens, last)


def _goes_on(reading: Reading, k: int) -> bool:
    """Whether word k goes on with the capital before it."""
    token, before = reading.tokens[k], reading.tokens[k - 1]
    return k > 0 and token.capital and before.capital and token.gap in (" ", "-") and not before.possessive
