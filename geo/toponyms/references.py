"""References: descriptions that point back to a place named elsewhere ("the city", "Syria's largest city Aleppo")."""

from __future__ import annotations

from collections.abc import Sequence

from geo.gazetteer.kinds import place_kinds
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.parts import find_parts
from geo.toponyms.roles import is_placed, is_state

_MODIFIERS = 3


def find_references(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Find nouns with "the" that mean a place named before, and parts of one (`geo.toponyms.parts`).

    The place is the last one before of a kind that the noun may mean (``[references]`` in
    ``geo/data/toponym_lexicon.toml``); for "largest city" beside a name, that name. Nouns that nothing before fits are
    left out.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions in text order.

    Returns
    -------
    list of Found
        Role reference, in text order.
    """
    taken = {k for f in found for k in range(f.first, f.last)}
    by_first = {f.first: f for f in found if f.role != "demonym"}
    by_last = {f.last: f for f in found if f.role != "demonym"}
    references = []
    for k, token in enumerate(reading.tokens):
        kinds = reading.words.references.get(token.lower)
        if kinds is None or k in taken or token.case != "lower":
            continue
        first = _first_word(reading, k, taken)
        named = _beside(reading, first, k, by_first, by_last)
        if named is not None:
            references.append(_point(_descriptive(reading, first, k), k + 1, named, 0.8, "the name beside it"))
        elif first is not None and not _goes_on(reading, k, by_first):
            before = _before(reading, found, first, kinds)
            if before is not None:
                references.append(_point(first, k + 1, before, 0.5, f"the last {_labels(kinds)} named before"))
    taken |= {k for r in references for k in range(r.first, r.last)}
    parts = find_parts(reading, found)
    return [*references, *(p for p in parts if taken.isdisjoint(range(p.first, p.last)))]


def _first_word(reading: Reading, k: int, taken: set[int]) -> int | None:
    """Where the description ending in word k begins, after its determiner; None where it has none."""
    first = k
    while first > 0 and k - first <= _MODIFIERS:
        before = reading.tokens[first - 1]
        if reading.tokens[first].gap not in (" ", "-", "\n") or first - 1 in taken:
            return None
        if before.lower in word_set("reference_words.determiners"):
            return first
        if before.lower not in word_set("reference_words.modifiers") and before.lower not in reading.words.plain:
            return None
        first -= 1
    return None


def _beside(
    reading: Reading, first: int | None, k: int, by_first: dict[int, Found], by_last: dict[int, Found]
) -> Found | None:
    """Find the name that an apposition gives: "Syria's largest city Aleppo", "Aleppo, Syria's largest city"."""
    tokens = reading.tokens
    start = k
    while (
        start > 0
        and tokens[start - 1].lower in word_set("reference_words.superlatives")
        and tokens[start].gap in (" ", "-")
    ):
        start -= 1
    if start == k and first is None:
        return None
    following = by_first.get(k + 1)
    if following is not None and tokens[k + 1].gap in (" ", ", ") and following.role == "place":
        fits = following.location is not None and following.location.kind in reading.words.references[tokens[k].lower]
        if fits and (tokens[k + 1].gap == " " or start < k):
            return following
    if start == k:
        return None
    owner = by_last.get(start)
    before = by_last.get(owner.first) if owner is not None else by_last.get(start - 1)
    position = owner.first if owner is not None else start - 1
    if before is not None and 0 < position < len(tokens) and tokens[position].gap == ", ":
        return before
    return None


def _goes_on(reading: Reading, k: int, by_first: dict[int, Found]) -> bool:
    """Whether the words after name the place or make another noun of it: "the city of Mosul", "the city council"."""
    tokens = reading.tokens
    if k + 1 >= len(tokens):
        return False
    following = tokens[k + 1]
    if following.lower == "of" and following.gap == " ":
        return any(j in by_first for j in (k + 2, k + 3))
    return following.gap == "-" or (following.gap == " " and following.lower in word_set("reference_words.compounds"))


def _descriptive(reading: Reading, first: int | None, k: int) -> int:
    """Where an apposition begins: at its superlative, or at its first modifier."""
    start = k
    while start > 0 and reading.tokens[start - 1].lower in word_set("reference_words.superlatives"):
        start -= 1
    return min(start, first) if first is not None else start


def _before(reading: Reading, found: Sequence[Found], first: int, kinds: Sequence[str]) -> Found | None:
    for f in reversed(found):
        if f.last <= first and f.role == "place" and f.location is not None and f.location.kind in kinds:
            if is_state(f.place) and not is_placed(reading, f):
                continue  # "accused Moscow" speaks of no city
            return f
    return None


def _point(first: int, last: int, named: Found, sure: float, why: str) -> Found:
    assert named.location is not None  # noqa: S101
    return Found(
        first,
        last,
        "reference",
        named.location,
        round(sure * named.confidence, 2),
        f"{why}: {named.location.name}",
        place=named.place,
    )


def _labels(kinds: Sequence[str]) -> str:
    table = place_kinds()
    return " or ".join(list(dict.fromkeys(table[k].label.lower() for k in kinds if k in table))[:2])
