"""Names that the places around settle: spelt otherwise in the gazetteer, and close to what else the article names.

How alike a name is says little alone; that the entry lies where the article is says the rest. The reach is that of the
proximity heuristics of toponym resolution (Leidner 2007, *Toponym Resolution in Text*, section 4.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from geo.crs import distance_m
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.candidates import kind_group
from geo.toponyms.found import Found, Reading
from geo.toponyms.resolve import locate
from geo.toponyms.tokens import Token
from geo.toponyms.variants import KNOWN, SAME_NAME, is_called_so, is_one_name

_NEAR_M = 60_000.0  # as far as a day's report of one front reaches
_FAR_M = 700_000.0  # a town so far from all else is likely a namesake
_FAR_LITTLE_M = 200_000.0  # a village; of 22 such villages in the training half of LGL, one was the right one
_QUARTER_M = 10_000.0
_TOWN_WORDS = 6  # "in the eastern city of Vellmark"
_LIST_WORDS = 8
_WIDE = frozenset(("country", "continent", "sea", "ocean"))
_ALIKE = 0.82
_SHORTEST = 4  # letters
_MOST_COUNTRIES = 3
_DOUBT = 0.6  # what is left of the confidence in a name that only its neighbours settle
_STRAY_DOUBT = 0.5
_SAME_ALONE = 75.0  # of 100, where only countries are named: "Efrin" is Afrin, "Suleima" not Salamiyah


def settle(
    reading: Reading, found: Sequence[Found], *, respelt: Collection[int] = (), countries: Collection[str] = ()
) -> list[Found]:
    """Give names of no entry, and those of an entry far from all else, the entry near by that is spelt nearly so.

    Parameters
    ----------
    reading
        The article.
    found
        Its names, each with its place or none.
    respelt
        First words of names that were found by another spelling.
    countries
        Codes of countries that the article speaks of otherwise, by demonyms: a village there is no namesake.

    Returns
    -------
    list of Found
        In the same order. A town that is far from all else keeps its place, with half the confidence; a village, a
        byname and what is only spelt nearly so lose it. A quarter that its town does not hold ("the Harn district of
        Vellmark") lies somewhere in the town.
    """
    anchors = {f.place.id: f.place for f in found if f.role == "place" and f.place is not None}
    towns = {f.first: f for f in found if f.role == "place" and f.place is not None and _is_town(f.place)}
    theatre = frozenset(reading.gazetteer.theatre.countries)
    named = {p.country for p in anchors.values() if p.kind == "country"}
    settled = []
    for one in found:
        others = [p for id_, p in anchors.items() if one.place is None or id_ != one.place.id]
        if one.role == "place" and others:
            town = _town_of(reading, one, towns)
            if town is not None and town is not one.place:
                one = _in_town(reading, one, town)
            elif one.place is None or _is_stray(reading, one, others):
                spared = theatre if one.first in respelt else theatre.union(countries)
                one = _settled(reading, one, others, spared)
            elif one.first in respelt:
                one = _respelt(reading, one, others, theatre, named.union(countries))
            elif one.place is not None and _is_byname(reading, one) and _is_away(one.place, others):
                near = _spelt_nearly(reading, one, others)
                one = _placed(reading, one, near) if near is not None else one
        settled.append(one)
    return settled


def _settled(reading: Reading, one: Found, others: Sequence[Place], countries: Collection[str]) -> Found:
    near = _spelt_nearly(reading, one, others)
    if near is not None:
        return _placed(reading, one, near)
    if one.place is None or len(others) == 1:
        return one
    if _is_little_known(reading, one) and not _is_contained(one):
        one = _unplaced(one, set(countries) - _told(others))
    return replace(one, confidence=round(one.confidence * _STRAY_DOUBT, 2))


def _respelt(
    reading: Reading, one: Found, others: Sequence[Place], theatre: Collection[str], spoken: Collection[str]
) -> Found:
    """Keep what is spelt nearly so where it is near something else, or the spelling alone is enough for its country."""
    fine = [p for p in others if p.kind not in _WIDE]
    if one.place is None or (fine and not _is_away(one.place, fine)):
        return one
    near = _spelt_nearly(reading, one, fine)
    if near is not None:
        return _placed(reading, one, near)
    words = _text(reading, one).split()
    spellings = [" ".join(words[k:]) for k in range(len(words))]  # "Eastern Gouta" is a part of Ghouta
    least = _SAME_ALONE if not fine and one.place.kind != "village" else SAME_NAME
    known = not fine or one.place.kind in KNOWN
    known = known and any(is_called_so(name, one.place, least=least) for name in spellings)
    return one if known and one.place.country in spoken else _unplaced(one, set(theatre) - _told(others))


def _told(places: Iterable[Place]) -> set[str]:
    """Give the countries of places that are no countries: they tell more than that the article speaks of it."""
    return {p.country for p in places if p.kind not in _WIDE}


def _is_contained(one: Found) -> bool:
    """Whether the text says where the place lies: "Adra, Spain"."""
    return any(name == "in_container" and value > 0 for name, value in one.candidates[0].features)


def _unplaced(one: Found, countries: Collection[str]) -> Found:
    """Leave a name without a place: a village elsewhere in the world, or one spelt only nearly so, is a namesake.

    What the atlas knows, and what lies in one of the countries, keeps its place.
    """
    if one.place is None or one.place.id.startswith("atlas:") or one.place.country in countries:
        return one
    land = f", {one.place.country}" if one.place.country else ""
    why = f"{one.place.name} ({one.place.kind}{land}) lies too far from all else that the article names"
    return replace(one, location=None, place=None, candidates=(), reason=why)


def _town_of(reading: Reading, one: Found, towns: Mapping[int, Found]) -> Place | None:
    """Give the town of "the Harn quarter of Vellmark", "Vellmark's Harn quarter", "the Vellmark suburb of Harn"."""
    tokens, first, last = reading.tokens, one.first, one.last
    owner = next((f for f in towns.values() if f.last in (first, first - 2) and f is not one), None)
    if owner is not None and owner.last == first - 2 and _is_of(tokens, first) and _is_larger(owner.place, one.place):
        return owner.place
    noun = _quarter_noun(reading, last)
    if noun < 0 and not _is_of_quarters(reading, first):
        return None
    if owner is not None and owner.last == first and tokens[first - 1].possessive:
        return owner.place
    k = noun + 1 if noun >= 0 else _end_of_list(reading, last)
    if k >= len(tokens) or tokens[k].lower not in ("of", "in"):
        return None
    near = (towns.get(n) for n in range(k + 1, min(k + _TOWN_WORDS, len(tokens))))
    town = next((f.place for f in near if f is not None), None)
    certain = tokens[k].lower == "in" or tokens[k - 1].lower.endswith("s") or noun < 0
    return town if certain or _is_larger(town, one.place) else None


def _is_of(tokens: Sequence[Token], first: int) -> bool:
    """Whether "suburb of" or its like stands before a name."""
    return tokens[first - 1].lower == "of" and tokens[first - 2].lower in _quarter_nouns()


def _is_larger(town: Place | None, other: Place | None) -> bool:
    """Whether the first of two names is that of the town: of "the Vellmark suburb of Harn" the one with more people."""
    if town is None or other is None or not _is_town(other):
        return town is not None
    return town.population > other.population


def _quarter_noun(reading: Reading, k: int) -> int:
    """Where "quarter" stands behind a name, or "quarters" behind the list that goes on with it; -1 for nowhere."""
    tokens = reading.tokens
    if k < len(tokens) and tokens[k].lower in _quarter_nouns():
        return k
    k = _end_of_list(reading, k)
    return k if k < len(tokens) and tokens[k].lower in _quarter_nouns() and tokens[k].lower.endswith("s") else -1


def _end_of_list(reading: Reading, k: int) -> int:
    """Where a list of names that goes on at word k with a comma or "and" ends."""
    tokens = reading.tokens
    if k >= len(tokens) or (tokens[k].lower != "and" and tokens[k].gap != ", "):
        return k
    end = min(k + _LIST_WORDS, len(tokens))
    return next((n for n in range(k, end) if not _is_in_list(reading, n)), end)


def _is_in_list(reading: Reading, k: int) -> bool:
    token = reading.tokens[k]
    return token.capital or token.lower in ("and", "al", "el")


def _is_of_quarters(reading: Reading, k: int) -> bool:
    """Whether "the quarter of" stands before word k, or "the quarters of" before the list that it stands in."""
    tokens = reading.tokens
    start = k
    while start > 0 and k - start < _LIST_WORDS and _is_in_list(reading, start - 1):
        start -= 1
    if start < 2 or tokens[start - 1].lower != "of":
        return False
    noun = tokens[start - 2].lower
    return noun in _quarter_nouns() and (start == k or noun.endswith("s"))


@cache
def _quarter_nouns() -> frozenset[str]:
    nouns = [n for n in place_kinds()["neighbourhood"].nouns if " " not in n]
    return frozenset([*nouns, *(f"{n}s" for n in nouns)])


def _is_town(place: Place) -> bool:
    return place.kind in ("city", "town")


def _in_town(reading: Reading, one: Found, town: Place) -> Found:
    """Give a quarter its entry in the town, or the town where none is known there."""
    reach = 2 * town.precision_m + _QUARTER_M
    if one.place is not None and distance_m(one.place.lon, one.place.lat, town.lon, town.lat) <= reach:
        return one
    ranked = [c.place for c in one.candidates if distance_m(c.place.lon, c.place.lat, town.lon, town.lat) <= reach]
    if ranked:
        return _placed(reading, one, ranked[0])
    name = _text(reading, one)
    inside = locate(town, reading.gazetteer)
    why = f"a part of {town.name} that no gazetteer entry has: somewhere in {town.name}"
    location = replace(inside, name=f"{name}, {town.name}", kind="neighbourhood", rule=why)
    return replace(
        one, location=location, place=None, candidates=(), confidence=round(one.confidence * _DOUBT, 2), reason=why
    )


def _is_byname(reading: Reading, one: Found) -> bool:
    """Whether the one entry of a name is a village that is mostly called otherwise."""
    return one.place is not None and one.place.kind == "village" and fold(_text(reading, one)) != fold(one.place.name)


def _is_little_known(reading: Reading, one: Found) -> bool:
    """Whether the entry is a village, or a town that is mostly called otherwise: Foix, of which "Fua" is a name too."""
    if one.place is None or one.place.kind == "city":
        return False
    return one.place.kind == "village" or not is_one_name(_text(reading, one), one.place.name)


def _is_away(place: Place, others: Sequence[Place]) -> bool:
    fine = [p for p in others if p.kind not in _WIDE]
    return bool(fine) and _least_away(place, fine) > 2 * _NEAR_M


def _text(reading: Reading, one: Found) -> str:
    return reading.text[reading.tokens[one.first].start : reading.tokens[one.last - 1].end]


def _least_away(place: Place, others: Sequence[Place]) -> float:
    return min(_away(place, p) for p in others)


def _is_stray(reading: Reading, one: Found, others: Sequence[Place]) -> bool:
    if one.place is None or one.place.kind == "city" or kind_group(one.place.kind) != "settlement" or len(others) == 1:
        return False
    return _least_away(one.place, others) > (_FAR_LITTLE_M if _is_little_known(reading, one) else _FAR_M)


def _away(place: Place, other: Place) -> float:
    return distance_m(place.lon, place.lat, other.lon, other.lat) - other.precision_m


def _spelt_nearly(reading: Reading, one: Found, others: Sequence[Place]) -> Place | None:
    """Find the entry spelt most like a name among those near the others."""
    name = _text(reading, one)
    fine = [p for p in others if p.kind not in _WIDE]
    spoken = Counter(p.country for p in others if p.country)
    countries = sorted(spoken, key=lambda c: (-spoken[c], c))[:_MOST_COUNTRIES]
    if len(name) < _SHORTEST or not fine or not countries:
        return None
    alike = reading.gazetteer.lookup_variants([name], countries=countries, least=_ALIKE)[name]
    away = {
        p.id: min(distance_m(p.lon, p.lat, o.lon, o.lat) for o in fine if o.id != p.id)
        for p in alike
        if _is_new(p, others)
    }
    near = [p for p in alike if away.get(p.id, _FAR_M) <= _NEAR_M]
    return near[0] if near else None


def _is_new(place: Place, others: Sequence[Place]) -> bool:
    """Whether an entry is none that the article names otherwise, nor of too wide a kind."""
    return kind_group(place.kind) not in ("country", "admin", "area", "water") and all(place.id != o.id for o in others)


def _placed(reading: Reading, one: Found, place: Place) -> Found:
    name = _text(reading, one)
    why = f"spelt nearly so, and the one near the article's other places: {place.name}"
    sure = round(min(one.confidence, 1.0) * _DOUBT, 2)
    return replace(
        one, location=locate(place, reading.gazetteer, written=name), place=place, confidence=sure, reason=why
    )
