"""Names that no gazetteer has, somewhere within what the text says they lie in: "Khuneida in Raqqa province"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from geo.model import Place
from geo.toponyms.candidates import holds, kind_group
from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.spans import adjacent

_AND = frozenset(("and", "or", "&", "but", "as"))
_OPENS = (", ", ",\n", " (")
_INTO = (" ", ", ", " (")
_WORDS = 7  # "in the western part of the southern province of"
_WIDEST_M = 300_000.0  # a name somewhere in a larger place is nowhere
UNKNOWN = "no gazetteer entry has this name: "
"""What the rule of a location begins with that only says what holds the place."""

_AROUND_M = 25_000.0  # how far a village lies from the town that it is told by; the UCDP's "near", see `draw.REACHES`
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
    holding = [f for f in found if f.role == "place" and f.place is not None and _may_hold(f.place)]
    known = _Known(
        {f.first: f for f in holding} | {f.region_first: f for f in holding if f.region is not None},
        {f.last: f for f in holding},
        frozenset(f.last for f in found if f.role == "place"),
    )
    return [
        _within(reading, f, container)
        if f.role == "place" and f.location is None and (container := _container(reading, f, known))
        else f
        for f in found
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What may hold a place by its first word (or its region's) and by its last, and where names end."""

    by_first: Mapping[int, Found]
    by_last: Mapping[int, Found]
    ends: Collection[int]


def _may_hold(place: Place) -> bool:
    return kind_group(place.kind) in ("admin", "region", "settlement", "area") and place.precision_m <= _WIDEST_M


def _within(reading: Reading, one: Found, container: Found) -> Found:
    outer = container.where
    if outer is None:
        return one
    name = reading.text[reading.tokens[one.first].start : reading.tokens[one.last - 1].end]
    why = f"{UNKNOWN}somewhere in {outer.name}, where the text says it lies"
    precision = outer.precision_m
    if container.region is None and _is_town(container) and not _is_in_town(reading, one):
        precision = max(precision, _AROUND_M)  # a village "in Idlib" is one about it, or in the province of that name
        why = f"{UNKNOWN}about {outer.name}, where the text says it lies"
    location = replace(outer, name=f"{name}, {outer.name}", kind="area", precision_m=precision, rule=why)
    sure = round(min(one.confidence, container.confidence) * _DOUBT, 2)
    return replace(one, location=location, confidence=sure, reason=why)


def _is_town(found: Found) -> bool:
    return found.place is not None and kind_group(found.place.kind) == "settlement"


def _is_in_town(reading: Reading, one: Found) -> bool:
    """Whether a name is that of a street or the like, which a town holds."""
    return reading.tokens[one.last - 1].lower in reading.words.proper_last


def _container(reading: Reading, one: Found, found: _Known) -> Found | None:
    tokens, words, last = reading.tokens, reading.words, one.last
    before = found.by_last.get(one.first - 2)
    if before is not None and tokens[one.first - 1].lower == "of" and tokens[one.first - 2].lower in words.heads_of:
        return before if adjacent(tokens[one.first - 2], tokens[one.first - 3]) else None
    after = said_in(reading, last, found.by_first)
    if after < 0:
        return None
    outer = found.by_first[after]
    return outer if tokens[after].gap not in _OPENS or _is_closed(reading, one, outer, found) else None


def said_in(reading: Reading, k: int, names: Collection[int]) -> int:
    """Give the first word of the name that is said to hold the one that ends before word k, -1 if none is.

    "X, Y", "X (Y)", "X village, Y", "X in the north of Y province": what names begin is given.
    """
    tokens, words = reading.tokens, reading.words
    if k < len(tokens) and tokens[k].lower in words.heads_of and adjacent(tokens[k], tokens[k - 1]) and k not in names:
        k += 1
    if k >= len(tokens):
        return -1
    if k in names and tokens[k].gap in _OPENS:
        return k
    if tokens[k].lower != "in" or tokens[k].gap not in _INTO:
        return -1
    for n in range(k + 1, min(k + _WORDS + 1, len(tokens))):
        if tokens[n].first or tokens[n].gap != " ":
            return -1
        if n in names:
            return n
        if tokens[n].lower not in words.heads_of and not _leads_on(reading, n):
            return -1
    return -1


def _is_closed(reading: Reading, one: Found, outer: Found, found: _Known) -> bool:
    """Whether Y of "X, Y" ends there: no list goes on ("X, Y and Z") or came before ("W, X, Y"), no clause begins."""
    tokens, last = reading.tokens, outer.last
    if tokens[one.first].gap == ", " and one.first in found.ends:
        return False
    if last >= len(tokens) or tokens[last].first:
        return True
    after = tokens[last]
    if after.lower in _AND and last + 1 < len(tokens) and (tokens[last + 1].capital or _is_town(outer)):
        return False
    if after.gap == ", " and last in found.by_first:
        wider, inner = found.by_first[last].place, outer.place
        return wider is not None and inner is not None and holds(wider, inner)
    return after.gap not in (" ", "-") or after.lower in reading.words.heads_of or not _is_town(outer)


def _leads_on(reading: Reading, k: int) -> bool:
    lower = reading.tokens[k].lower
    return lower in reading.words.directions or lower in word_set("within.words")
