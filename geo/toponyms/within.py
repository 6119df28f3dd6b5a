"""Names that no gazetteer has, somewhere within what the text says they lie in: "Khuneida in Raqqa province"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.model import Place
from geo.toponyms.candidates import holds, kind_group
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.spans import adjacent

_AND = frozenset(("and", "or"))
_WORDS = 7  # "in the western part of the southern province of"
_WIDEST_M = 300_000.0  # a name somewhere in a larger place is nowhere
UNKNOWN = "no gazetteer entry has this name: "
"""What the rule of a location begins with that only says what holds the place."""

_DOUBT = 0.6  # what is left of the confidence in a name that only its container places


def place_within(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Give names without an entry the province, the county or the town that they are said to lie in.

    Parameters
    ----------
    reading
        The article.
    found
        Its names, each with its location or none, and the regions that the words around them speak of.

    Returns
    -------
    list of Found
        In the same order. "X, Y", "X village in (the north of) Y" and "the Y village of X" place X somewhere in Y, or
        in its north, with that precision; what lies in no known place, or in a country, stays without a location.
    """
    known = [f for f in found if f.role == "place" and f.place is not None and _may_hold(f.place)]
    by_first = {f.first: f for f in known} | {f.region_first: f for f in known if f.region is not None}
    by_last = {f.last: f for f in known}
    return [
        _within(reading, f, container)
        if f.role == "place" and f.location is None and (container := _container(reading, f, by_first, by_last))
        else f
        for f in found
    ]


def _may_hold(place: Place) -> bool:
    return kind_group(place.kind) in ("admin", "region", "settlement", "area") and place.precision_m <= _WIDEST_M


def _within(reading: Reading, one: Found, container: Found) -> Found:
    outer = container.where
    if outer is None:
        return one
    name = reading.text[reading.tokens[one.first].start : reading.tokens[one.last - 1].end]
    why = f"{UNKNOWN}somewhere in {outer.name}, where the text says it lies"
    location = replace(outer, name=f"{name}, {outer.name}", kind="area", rule=why)
    sure = round(min(one.confidence, container.confidence) * _DOUBT, 2)
    return replace(one, location=location, confidence=sure, reason=why)


def _container(
    reading: Reading, one: Found, by_first: Mapping[int, Found], by_last: Mapping[int, Found]
) -> Found | None:
    tokens, words, last = reading.tokens, reading.words, one.last
    if one.first >= 2 and tokens[one.first - 1].lower == "of" and tokens[one.first - 2].lower in words.heads_of:
        before = by_last.get(one.first - 2)
        if before is not None:
            return before
    if last < len(tokens) and tokens[last].gap == ", " and last in by_first:
        return None if _is_list(reading, one, by_first[last], by_first, by_last) else by_first[last]
    if last < len(tokens) and tokens[last].lower in words.heads_of and adjacent(tokens[last], tokens[last - 1]):
        last += 1  # "X village in Y"
    if last >= len(tokens) or tokens[last].lower != "in" or tokens[last].gap not in (" ", ", "):
        return None
    for k in range(last + 1, min(last + _WORDS + 1, len(tokens))):
        if k in by_first:
            return by_first[k]
        if tokens[k].lower not in words.heads_of and not _leads_on(reading, k):
            return None
    return None


def _is_list(
    reading: Reading, one: Found, next_: Found, by_first: Mapping[int, Found], by_last: Mapping[int, Found]
) -> bool:
    """Whether "X, Y" goes on as a list ("X, Y and Z"), or came from one ("W, X, Y"), and not with what holds Y."""
    tokens, last = reading.tokens, next_.last
    if tokens[one.first].gap == ", " and one.first in by_last:
        return True
    if last >= len(tokens):
        return False
    if tokens[last].gap == ", " and last in by_first:
        outer, inner = by_first[last].place, next_.place
        return outer is None or inner is None or not holds(outer, inner)
    return tokens[last].lower in _AND


def _leads_on(reading: Reading, k: int) -> bool:
    lower = reading.tokens[k].lower
    return lower in reading.words.directions or lower in word_set("within.words")
