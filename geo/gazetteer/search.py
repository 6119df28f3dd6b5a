"""Names that are not written as the gazetteer writes them: the same key, other spellings, slips, what looks alike."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from geo.gazetteer.build import ACRONYM
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.gazetteer.phonetic import Heard, named, nearly_as_long, same_consonants, sharing_trigrams
from geo.gazetteer.sounds import has_unwritten_vowels, likeness, neighbours, skeletons, sound, weight
from geo.model import Place

if TYPE_CHECKING:
    from geo.gazetteer.gazetteer import Gazetteer

# How alike names of the same consonants must be to be spellings of one, and any two to be shown at all. These and the
# order of the hits are set on the tuning half of tests/gazetteer/variant_pairs.csv (docs/names.md).
_SPELLING, _SIMILAR = 0.85, 0.6
_BETTER = {"spelling": 0.0, "one edit": 0.09, "similar": -0.03, "atlas": 0.1, "theatre": 0.05}
_A_POWER_OF_TEN = 0.01  # what ten times the people count
# In a text, where nobody looks at the answer; a name of two consonants says little.
_SURE, _SURE_FEW, _FEW = 0.92, 0.96, 2
_SHORTEST = 3
_LEAST_RATIO, _MOST_COMPARED, _MOST_PLACES = 50.0, 40, 40
_ENOUGH = 20  # spellings of the same consonants, beside which nothing else is looked for
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
        ``"exact"``, ``"spelling"`` (the same consonants, and alike as a whole), ``"one edit"`` (a letter too many, too
        few or wrong, or two swapped) or ``"similar"``.
    """

    place: Place
    score: float
    how: str


def search(gazetteer: Gazetteer, query: str, *, limit: int) -> list[Hit]:
    """Find places by a name that may be misspelt; see `Gazetteer.search`."""
    folded = fold(query)
    if not folded or limit < 1:
        return []
    capitals = query.upper()  # so that "uk" finds the acronym too
    exact = sorted(gazetteer.lookup([capitals])[capitals], key=lambda place: not _is_near(gazetteer, place))
    hits = [Hit(place, 1.0, "exact") for place in exact]
    if len(hits) < limit:
        known = {hit.place.id for hit in hits}
        found = (*_by_sound(gazetteer, folded), *_one_edit(gazetteer, folded), *_without_noun(gazetteer, folded))
        others = [hit for hit in _best(found) if hit.place.id not in known]
        hits += sorted(others, key=lambda hit: _rank(gazetteer, hit))
    return hits[:limit]


def _is_near(gazetteer: Gazetteer, place: Place) -> bool:
    return place.id.startswith("atlas:") or place.country in gazetteer.theatre.countries


def _best(hits: Iterable[Hit]) -> Iterable[Hit]:
    """Give each place once, with its highest score and the most telling way it was found."""
    best: dict[str, Hit] = {}
    for hit in hits:
        other = best.get(hit.place.id, hit)
        how = min(hit.how, other.how, key=tuple(_BETTER).index)
        best[hit.place.id] = Hit(hit.place, max(hit.score, other.score), how)
    return best.values()


def _without_noun(gazetteer: Gazetteer, folded: str) -> Iterator[Hit]:
    """Give the places of a name after which a noun stands that is no part of it: "Sarmin village"."""
    name, _, noun = folded.rpartition(" ")
    if name and any(noun in kind.nouns for kind in place_kinds().values()):
        for place in gazetteer.lookup([name])[name]:
            yield Hit(place, 1.0, "similar")


def _rank(gazetteer: Gazetteer, hit: Hit) -> tuple[float, str]:
    place = hit.place
    better = _BETTER[hit.how] + _A_POWER_OF_TEN * log10(place.population + 1)
    if place.id.startswith("atlas:"):
        better += _BETTER["atlas"]
    elif place.country in gazetteer.theatre.countries:
        better += _BETTER["theatre"]
    return -hit.score - better, place.id


def _by_sound(gazetteer: Gazetteer, folded: str) -> Iterator[Hit]:
    """Give places whose names have the same consonants, all but one of them, or many of the same letters.

    Where enough spellings have the same consonants, as in files of the whole world, the rest is not looked for.
    """
    said = sound(folded)
    if len(said) < 2:
        return
    keys = skeletons(said)
    nearly = neighbours(keys)
    spellings = 0
    for store in gazetteer.stores():
        scores = _scores(folded, same_consonants(store, keys))
        alike = {s for s, score in scores.items() if score >= _SPELLING}
        spellings += len(alike)
        if spellings < _ENOUGH:
            others = [*nearly_as_long(store, nearly, said), *sharing_trigrams(store, said)]
            for s, score in _scores(folded, others).items():
                scores.setdefault(s, score)
        chosen = sorted(scores, key=lambda s: (-scores[s], s))[:_MOST_PLACES]
        found = named(store, chosen)
        places = gazetteer.standing_of(store.places(n for group in found.values() for n, _ in group))
        for s, group in found.items():
            how = "spelling" if s in alike else "similar"
            for n, flags in group:
                if not flags & ACRONYM:
                    yield Hit(places[n], round(scores[s], 3), how)


def _scores(folded: str, candidates: Iterable[Heard], *, least: float = _SIMILAR) -> dict[int, float]:
    """Give the candidates that are alike enough, by number, with their likeness: only the likeliest are compared."""
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
        places = gazetteer.standing_of(store.places(n for group in found.values() for n, _ in group))
        for key, group in found.items():
            score = round(1.0 - 1.0 / max(len(key), len(folded)), 3)
            for n, flags in group:
                if not flags & ACRONYM:
                    yield Hit(places[n], score, "one edit")


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


def variants(
    gazetteer: Gazetteer, names: Iterable[str], countries: Collection[str], least: float = 0.0
) -> dict[str, tuple[Place, ...]]:
    """Find places by other spellings; see `Gazetteer.lookup_variants`."""
    return {name: _variants(gazetteer, fold(name), countries, least) for name in dict.fromkeys(names)}


def _variants(gazetteer: Gazetteer, folded: str, within: Collection[str], least: float) -> tuple[Place, ...]:
    said = sound(folded)
    if len(folded) < _SHORTEST or weight(said) < _FEW:
        return ()
    few = weight(said) <= _FEW
    least = max(least, _SURE_FEW) if few else least or _SURE
    best: dict[str, tuple[bool, float, str, Place]] = {}
    for store in gazetteer.stores():
        countries = None if store is gazetteer.atlas else within
        scores = _scores(folded, same_consonants(store, skeletons(said), countries=countries), least=least)
        found = named(store, scores)
        places = store.places(n for group in found.values() for n, _ in group)
        standing = gazetteer.standing_of(places)
        for s, group in found.items():
            for n, flags in group:
                if not flags & ACRONYM and (countries is None or places[n].country in countries):
                    place = standing[n]
                    rank = (not place.id.startswith("atlas:"), -scores[s], place.id, place)
                    best[place.id] = min(rank, best.get(place.id, rank), key=lambda one: one[:3])
    return tuple(place for *_, place in sorted(best.values(), key=lambda one: one[:3]))
