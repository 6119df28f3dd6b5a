"""Names that are not written as the gazetteer writes them: the same key, other spellings, slips, what looks alike."""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from geo.gazetteer.build import ACRONYM
from geo.gazetteer.names import fold, skeleton, sounded
from geo.model import Place

if TYPE_CHECKING:
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.gazetteer.store import Store

_BY_SKELETON = "SELECT q.value, n FROM json_each(?) AS q JOIN skeletons ON skeletons.key = q.value"
_IN_COUNTRIES = " AND skeletons.country IN (SELECT value FROM json_each(?))"
# A name of two consonants says little: then the whole name must be more alike. rapidfuzz ratios, set by eye on the
# pairs of tests/gazetteer/test_names.py and on what a look-up of common English words finds.
_FEW, _ALIKE_FEW, _ALIKE = 2, 85.0, 70.0
_SHORTEST = 3
_WORTH = 70.0
_MOST_POSTINGS, _MOST_TERMS = 8_000, 200
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
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
        ``"exact"``, ``"spelling"`` (the same consonants), ``"one edit"`` or ``"similar"``.
    """

    place: Place
    score: float
    how: str


def variants(gazetteer: Gazetteer, names: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """Find places by other spellings; see `Gazetteer.lookup_variants`."""
    asked = {name: skeleton(name) if len(fold(name)) >= _SHORTEST else "" for name in names}
    keys = {key for key in asked.values() if _weight(key) >= _FEW}
    found = _same_consonants(gazetteer, keys, countries=gazetteer.theatre.countries)
    return {name: _alike(gazetteer, name, key, found.get(key, ())) for name, key in asked.items()}


def _alike(gazetteer: Gazetteer, name: str, key: str, places: Iterable[Place]) -> tuple[Place, ...]:
    scores = _scores(gazetteer, name, key, places)
    ranked = sorted((not id_.startswith("atlas:"), -score, id_) for id_, (score, _) in scores.items())
    return tuple(scores[id_][1] for *_, id_ in ranked)


def _scores(gazetteer: Gazetteer, name: str, key: str, places: Iterable[Place]) -> dict[str, tuple[float, Place]]:
    """Give the places that are alike enough, with their likeness; the atlas's entry for one that both know."""
    least = _ALIKE_FEW if _weight(key) <= _FEW else _ALIKE
    scores: dict[str, tuple[float, Place]] = {}
    for found in places:
        score, place = likeness(name, key, found), gazetteer.standing(found)
        if score >= max(least, scores.get(place.id, (0.0, place))[0]):
            scores[place.id] = (score, place)
    return scores


def likeness(name: str, key: str, place: Place) -> float:
    """How alike a name is to the most alike name of a place with the same skeleton: rapidfuzz ratio, 0 to 100."""
    wanted = sounded(name)
    return max(
        (fuzz.ratio(wanted, other) for other in _sounds(place.name, place.aliases, place.name_ar, key)), default=0.0
    )


@lru_cache(maxsize=16_384)
def _sounds(name: str, aliases: tuple[str, ...], name_ar: str, key: str) -> tuple[str, ...]:
    return tuple(sorted({sounded(other) for other in (name, *aliases, name_ar) if skeleton(other) == key}))


def _weight(key: str) -> int:
    """How many consonants a skeleton has."""
    return len(key.lstrip("A"))


def _same_consonants(
    gazetteer: Gazetteer, keys: Collection[str], *, countries: Collection[str] | None
) -> dict[str, list[Place]]:
    found: dict[str, dict[str, Place]] = {}
    asked = json.dumps(sorted(keys))
    queries: list[tuple[Store, list[tuple[str, int]]]] = []
    for store in gazetteer.stores():
        if countries is None or store is gazetteer.atlas:
            queries.append((store, store.rows(_BY_SKELETON, asked)))
        elif countries:
            queries.append((store, store.rows(_BY_SKELETON + _IN_COUNTRIES, asked, json.dumps(sorted(countries)))))
    for store, pairs in queries:
        places = store.places(n for _, n in pairs)
        for key, n in pairs:
            found.setdefault(key, {})[places[n].id] = places[n]
    return {key: list(group.values()) for key, group in found.items()}


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
        for hit in sorted(stage(gazetteer, query), key=lambda hit: _rank(gazetteer, hit)):
            hits.setdefault(hit.place.id, hit)
    return list(hits.values())[:limit]


def _rank(gazetteer: Gazetteer, hit: Hit) -> tuple[int, float, int, str]:
    near = 0 if hit.place.id.startswith("atlas:") else 1 if hit.place.country in gazetteer.theatre.countries else 2
    return near, -hit.score, -hit.place.population, hit.place.id


def _spellings(gazetteer: Gazetteer, query: str) -> Iterator[Hit]:
    key = skeleton(query)
    if _weight(key) < _FEW:
        return
    places = _same_consonants(gazetteer, [key], countries=None).get(key, ())
    for score, place in _scores(gazetteer, query, key, places).values():
        yield Hit(place, round(score / 100, 3), "spelling")


def _one_edit(gazetteer: Gazetteer, query: str) -> Iterator[Hit]:
    folded = fold(query)
    if len(folded) < _SHORTEST:
        return
    for store in gazetteer.stores():
        named = store.names(edits(folded))
        places = store.places(n for group in named.values() for n, _ in group)
        for key, group in named.items():
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


def _similar(gazetteer: Gazetteer, query: str) -> Iterator[Hit]:
    folded = fold(query)
    for store in gazetteer.stores():
        terms = _sharing_trigrams(store, folded)
        alike = process.extract(folded, terms, scorer=fuzz.ratio, score_cutoff=_WORTH, limit=_MOST_TERMS)
        scores = {key: score for key, score, _ in alike}
        named = store.names(scores)
        places = store.places(n for group in named.values() for n, _ in group)
        for key, group in named.items():
            for n, flags in group:
                if not flags & ACRONYM:
                    yield Hit(gazetteer.standing(places[n]), round(scores[key] / 100, 3), "similar")


def _sharing_trigrams(store: Store, folded: str) -> dict[int, str]:
    """Give the keys that share most of the query's rarer trigrams: by number, at most `_MOST_TERMS`."""
    grams = sorted({folded[i : i + 3] for i in range(len(folded) - 2)})
    counts = dict(
        store.rows("SELECT gram, count FROM grams WHERE gram IN (SELECT value FROM json_each(?))", json.dumps(grams))
    )
    shared: Counter[int] = Counter()
    postings = 0
    for gram in sorted(counts, key=lambda gram: (counts[gram], gram)):
        postings += counts[gram]
        if shared and postings > _MOST_POSTINGS:
            break
        quoted = '"' + gram.replace('"', '""') + '"'
        shared.update(n for (n,) in store.rows("SELECT rowid FROM trigrams WHERE trigrams MATCH ?", quoted))
    best = sorted(shared, key=lambda n: (-shared[n], n))[:_MOST_TERMS]
    rows = store.rows("SELECT t, key FROM terms WHERE t IN (SELECT value FROM json_each(?))", json.dumps(best))
    return dict(rows)

