"""Facilities told by what they are: "the artillery base", "an air force college"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.crs import distance_m
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Location, Place
from geo.toponyms.found import Found, Reading, atlas_entries
from geo.toponyms.lexicon import word_set
from geo.toponyms.resolve import locate

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_MODIFIERS = 4
_MOST_FITTING = 3  # a description that fits more ("air base") tells none of them


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility of the atlas, and the sets of words that its names are made of."""

    place: Place
    names: tuple[frozenset[str], ...]


def find_facilities(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Find descriptions of facilities that the atlas knows by name.

    A noun that facilities are called by ("base", "college"; ``geo/data/place_kinds.toml``) together with the modifiers
    before it means a facility of the atlas where all modifiers are words of one of its names and the noun fits its
    kind: "an air force college" means the "Air Force Technical College". Of several, the one with the fewest other
    words in its name, then the nearest to the other places of the article. Adjectives that tell no facility from
    another ("large", "captured") are left out of the span. A noun without modifiers, or
    whose modifiers fit more than three facilities ("an air base"), is no mention.

    Parameters
    ----------
    reading
        The article.
    found
        Mentions so far; their words are not used again.

    Returns
    -------
    list of Found
        Role place.
    """
    facilities = _facilities(reading.gazetteer)
    if not facilities:
        return []
    vocabulary = frozenset(word for f in facilities for name in f.names for word in name)
    taken = {k for f in found for k in range(f.first, f.last)}
    others = [
        f.location for f in found if f.location is not None and f.role == "place" and f.location.kind != "country"
    ]
    described = []
    for k, token in enumerate(reading.tokens):
        kinds = _noun_kinds().get(_singular(token.lower))
        if kinds is None or k in taken:
            continue
        first = _first_modifier(reading, k, vocabulary, taken)
        if first == k:
            continue
        modifiers = [fold(t.text) for t in reading.tokens[first:k]]
        match = _match(facilities, modifiers, _singular(token.lower), kinds, others)
        if match is not None:
            described.append(_described(reading, first, k + 1, *match))
    return described


@lru_cache(maxsize=8)
def _facilities(gazetteer: Gazetteer) -> tuple[Facility, ...]:
    kinds = place_kinds()
    return tuple(
        Facility(p, tuple(frozenset(fold(n).split()) - word_set("facilities.skipped") for n in (p.name, *p.aliases)))
        for p in atlas_entries(gazetteer)
        if p.kind in kinds and kinds[p.kind].facility
    )


@lru_cache(maxsize=1)
def _noun_kinds() -> dict[str, frozenset[str]]:
    """Last words of the nouns of facilities, with the kinds that they may mean."""
    table: dict[str, set[str]] = {}
    for kind in place_kinds().values():
        if kind.facility:
            for noun in kind.nouns:
                table.setdefault(noun.split()[-1], set()).add(kind.name)
    return {noun: frozenset(kinds) for noun, kinds in table.items()}


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and word != "barracks" else word


def _first_modifier(reading: Reading, k: int, vocabulary: frozenset[str], taken: set[int]) -> int:
    """Where the modifiers of the noun at word k begin; k where it has none that tells."""
    first = k
    while first > 0 and k - first < _MODIFIERS:
        before = reading.tokens[first - 1]
        if first - 1 in taken or before.possessive or reading.tokens[first].gap not in (" ", "-"):
            break
        if (
            before.lower in reading.words.plain
            or before.lower in word_set("facilities.skipped")
            or fold(before.text) not in vocabulary
        ):
            break
        first -= 1
    return first


def _match(
    facilities: Sequence[Facility],
    modifiers: Sequence[str],
    noun: str,
    kinds: frozenset[str],
    others: Sequence[Location],
) -> tuple[Place, bool] | None:
    """Choose the facility; the second part tells whether it was the only one that fits as well."""
    wanted = frozenset(modifiers)
    fitting = []
    for facility in facilities:
        fits_kind = facility.place.kind in kinds
        extra = [
            len(name - wanted - {noun}) for name in facility.names if wanted <= name and (noun in name or fits_kind)
        ]
        if extra:
            fitting.append(
                (not fits_kind, min(extra), _distance(facility.place, others), facility.place.id, facility.place)
            )
    if not 0 < len(fitting) <= _MOST_FITTING:
        return None
    fitting.sort(key=lambda f: f[:4])
    return fitting[0][4], len(fitting) == 1 or fitting[1][:2] != fitting[0][:2]


def _distance(place: Place, others: Sequence[Location]) -> float:
    """Distance in metres to the nearest other place of the article, 0 where there is none."""
    return min((distance_m(place.lon, place.lat, o.lon, o.lat) for o in others), default=0.0)


def _described(reading: Reading, first: int, last: int, place: Place, only: bool) -> Found:
    words = " ".join(t.text for t in reading.tokens[first:last])
    why = "the only one of the atlas that fits" if only else "the nearest of those of the atlas that fit"
    return Found(
        first,
        last,
        "place",
        locate(place, reading.gazetteer),
        0.75 if only else 0.55,
        f'"{words}" describes {place.name}: {why}',
        place=place,
    )
