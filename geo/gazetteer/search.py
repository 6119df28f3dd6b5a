"""Names that are not written as the gazetteer writes them: the same key, other spellings, slips, what looks alike."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from geo.gazetteer.build import ACRONYM
from geo.gazetteer.names import fold
from geo.gazetteer.phonetic import Heard, named, same_consonants, sharing_trigrams
from geo.gazetteer.sounds import has_unwritten_vowels, likeness, neighbours, skeletons, sound, weight
from geo.model import Place

if TYPE_CHECKING:
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.gazetteer.store import Store

# How alike two names of the same consonants must be to be spellings of one; set on the tuning half of
# tests/gazetteer/variant_pairs.csv.
_SPELLING, _SIMILAR = 0.85, 0.6
# In a text, where nobody looks at the answer; a name of two consonants says little.
_SURE, _SURE_FEW, _FEW = 0.8, 0.9, 2
_SHORTEST = 3
_MOST_COMPARED = 120
_LEAST_RATIO = 40.0
_MOST_PLACES = 60
_A_POWER_OF_TEN = 0.01
"""What ten times the people count, in likeness: of names that are as alike, the one of the larger place is meant."""
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكگلمنهوي"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґ"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found.

    Attributes
    ----------
    place
        The place.
    score
        How alike its name is to the query, 0 to 1; 1 for the same key.
    how
        ``"exact"``, ``"spelling"`` (the same consonants, and alike as a whole), ``"one edit"`` or ``"similar"``.
    """

    place: Place
    score: float
    how: str


def search(gazetteer: Gazetteer, query: str, *, limit: int) -> list[Hit]:
    """Find places by a name that may be misspelt; see `Gazetteer.search`."""
    folded = fold(query)
    if not folded or limit < 1:
        return []
    hits: dict[str, Hit] = {}
    capitals = query.upper()  # so that "uk" finds the acronym too
    for place in gazetteer.lookup([capitals])[capitals]:
        hits[place.id] = Hit(place, 1.0, "exact")
    for stage in (_spellings, _one_edit, _similar):
        if len(hits) >= limit:
            break
        for hit in sorted(stage(gazetteer, folded), key=lambda hit: _rank(gazetteer, hit)):
            hits.setdefault(hit.place.id, hit)
    return list(hits.values())[:limit]


def _rank(gazetteer: Gazetteer, hit: Hit) -> tuple[int, float, str]:
    near = 0 if hit.place.id.startswith("atlas:") else 1 if hit.place.country in gazetteer.theatre.countries else 2
    return near, -hit.score - _A_POWER_OF_TEN * log10(hit.place.population + 1), hit.place.id


def _spellings(gazetteer: Gazetteer, folded: str) -> Iterator[Hit]:
    said = sound(folded)
    if len(said) < 2:
        return
    keys = skeletons(said)
    yield from _hits(gazetteer, folded, lambda store: same_consonants(store, keys), how="spelling", least=_SPELLING)


def _similar(gazetteer: Gazetteer, folded: str) -> Iterator[Hit]:
    said = sound(folded)
    keys = neighbours(skeletons(said))

    def candidates(store: Store) -> list[Heard]:
        return [*same_consonants(store, keys), *sharing_trigrams(store, said)]

    yield from _hits(gazetteer, folded, candidates, how="similar", least=_SIMILAR)


def _hits(
    gazetteer: Gazetteer, folded: str, candidates: Callable[[Store], list[Heard]], *, how: str, least: float
) -> Iterator[Hit]:
    for store in gazetteer.stores():
        scores = _scores(folded, candidates(store), least=least)
        chosen = sorted(scores, key=lambda s: (-scores[s], s))[:_MOST_PLACES]
        found = named(store, chosen)
        places = store.places(n for group in found.values() for n, _ in group)
        for s, group in found.items():
            for n, flags in group:
                if not flags & ACRONYM:
                    yield Hit(gazetteer.standing(places[n]), round(scores[s], 3), how)


def _scores(folded: str, candidates: Iterable[Heard], *, least: float) -> dict[int, float]:
    """Give the candidates that are alike enough, by number, with their likeness: at most 120 are compared closely."""
    said, unwritten = sound(folded), has_unwritten_vowels(folded)
    sounds = {one.s: one for one in candidates}
    near = process.extract(
        said,
        {s: one.sound for s, one in sounds.items()},
        scorer=fuzz.ratio,
        score_cutoff=_LEAST_RATIO,
        limit=_MOST_COMPARED,
    )
    scores = {s: likeness(said, other, unwritten=unwritten != bool(sounds[s].unwritten)) for other, _, s in near}
    return {s: score for s, score in scores.items() if score >= least}


def _one_edit(gazetteer: Gazetteer, folded: str) -> Iterator[Hit]:
    if len(folded) < _SHORTEST:
        return
    for store in gazetteer.stores():
        found = store.names(edits(folded))
        places = store.places(n for group in found.values() for n, _ in group)
        for key, group in found.items():
            score = round(1 - 1 / max(len(key), len(folded)), 3)
            for n, flags in group:
                if not flags & ACRONYM:
                    yield Hit(gazetteer.standing(places[n]), score, "one edit")


def edits(folded: str) -> set[str]:
    """Give all that is one letter more, less, other or swapped with its neighbour (Damerau), in the text's script."""
    if any("\u0600" <= c <= "\u06ff" for c in folded):
        letters = _ARABIC
    else:
        letters = _CYRILLIC if any("\u0400" <= c <= "\u04ff" for c in folded) else string.ascii_lowercase
    found: set[str] = set()
    for i in range(len(folded) + 1):
        head, tail = folded[:i], folded[i:]
        found.update(head + c + tail for c in letters + " ")
        if tail:
            found.add(head + tail[1:])
            found.update(head + c + tail[1:] for c in letters + " ")
        if len(tail) > 1:
            found.add(head + tail[1] + tail[0] + tail[2:])
    return found - {folded}


def variants(gazetteer: Gazetteer, names: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """Find places by other spellings; see `Gazetteer.lookup_variants`."""
    return {name: _variants(gazetteer, fold(name)) for name in dict.fromkeys(names)}


def _variants(gazetteer: Gazetteer, folded: str) -> tuple[Place, ...]:
    said = sound(folded)
    if len(folded) < _SHORTEST or weight(said) < _FEW:
        return ()
    least = _SURE_FEW if weight(said) <= _FEW else _SURE
    best: dict[str, tuple[bool, float, str, Place]] = {}
    for store in gazetteer.stores():
        countries = None if store is gazetteer.atlas else gazetteer.theatre.countries
        scores = _scores(folded, same_consonants(store, skeletons(said), countries=countries), least=least)
        found = named(store, scores)
        places = store.places(n for group in found.values() for n, _ in group)
        for s, group in found.items():
            for n, flags in group:
                place = places[n]
                if not flags & ACRONYM and (countries is None or place.country in countries):
                    place = gazetteer.standing(place)
                    rank = (not place.id.startswith("atlas:"), -scores[s], place.id, place)
                    best[place.id] = min(rank, best.get(place.id, rank), key=lambda one: one[:3])
    return tuple(place for *_, place in sorted(best.values(), key=lambda one: one[:3]))
