"""Names that a list joins to places: "Hama and Homs", "Sarmin, Binnish and Talmenes"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from geo.toponyms.clues import Clues
from geo.toponyms.lists import capitals, member_after, member_before
from geo.toponyms.named import FORM_SURE, UNKNOWN_SURE, Named, by_rule, positions
from geo.toponyms.spans import Span
from geo.toponyms.tagger import Tagging

_KNOWN_CHANCE = 0.05  # of words of an entry that a list joins to a place
_UNKNOWN_CHANCES = (0.3, 0.1)  # of words of no entry that a list joins to one place, and to several


def known_in_lists(clues: Clues, tagging: Tagging, names: Sequence[Named]) -> list[Named]:
    """Give names for which the rules speak and which a list joins to a place: "Hama and Homs"."""
    known = {n.span.first: n.span.last for n in names}
    taken = positions(n.span for n in names)
    open_ = [
        e
        for e in clues.evidence
        if e.score > 0
        and taken.isdisjoint(range(e.span.first, e.span.last))
        and min(tagging.chance[e.span.first : e.span.last]) >= _KNOWN_CHANCE
    ]
    listed: list[Named] = []
    for evidence in (*open_, *reversed(open_)):  # forwards along a list, then back
        span = evidence.span
        if span.first not in known and _joined(clues, span.first, span.last, known):
            known[span.first] = span.last
            listed.append(by_rule(evidence))
    return listed


def unknown_in_lists(clues: Clues, tagging: Tagging, names: Sequence[Named]) -> list[Named]:
    """Give names of no entry that a list joins to places, the less likely ones to several: "Homs, Hama and Qalb"."""
    sure = [n for n in names if n.span.places or n.sure >= UNKNOWN_SURE]
    known = {n.span.first: n.span.last for n in sure}
    taken = positions(n.span for n in sure) | set(clues.demonyms) | clues.people.persons | clues.people.organisations
    runs = list(_unknown_runs(clues, taken))
    listed: list[Named] = []
    for first, last in (*runs, *reversed(runs)):  # forwards along a list, then back
        chance = min(tagging.chance[first:last])
        joined = _joined(clues, first, last, known) if first not in known and chance >= _UNKNOWN_CHANCES[1] else 0
        if joined and chance >= _UNKNOWN_CHANCES[joined > 1]:
            known[first] = last
            name = " ".join(t.text for t in clues.tokens[first:last])
            listed.append(Named(Span(first, last, name, ()), FORM_SURE, (), "in a list of places"))
    return listed


def _unknown_runs(clues: Clues, taken: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """Give the runs of capitals inside sentences that have no entry."""
    tokens, words = clues.tokens, clues.words
    for first, last in capitals(tokens):
        plain = any(t.lower in words.never or t.lower in words.common for t in tokens[first:last])
        free = taken.isdisjoint(range(first, last)) and (first, last) not in clues.spans
        if free and not plain and not tokens[first].first:
            yield first, last


def _joined(clues: Clues, first: int, last: int, known: Mapping[int, int]) -> int:
    """Count the places that a list joins to a run of words."""
    tokens, count = clues.tokens, 0
    ends = {end: start for start, end in known.items()}
    before, after = member_before(tokens, first), member_after(tokens, last)
    while before in ends:
        before, count = member_before(tokens, ends[before]), count + 1
    while after in known:
        after, count = member_after(tokens, known[after]), count + 1
    return count
