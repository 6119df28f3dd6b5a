"""Names that the places around settle: spelt otherwise in the gazetteer, and close to what else the article names.

How alike a name is says little alone; that the entry lies where the article is says the rest. The reach is that of the
proximity heuristics of toponym resolution (Leidner 2007, *Toponym Resolution in Text*, section 4.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geo.crs import distance_m
from geo.model import Place
from geo.toponyms.candidates import kind_group
from geo.toponyms.found import Found, Reading
from geo.toponyms.resolve import locate

_NEAR_M = 60_000.0  # as far as a day's report of one front reaches
_FAR_M = 700_000.0  # a village so far from all else is a namesake
_ALIKE = 0.75
_SHORTEST = 4  # letters
_MOST_COUNTRIES = 3
_DOUBT = 0.6  # what is left of the confidence in a name that only its neighbours settle
_STRAY_DOUBT = 0.5


def settle(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """Give names of no entry, and those of an entry far from all else, the entry near by that is spelt nearly so.

    Parameters
    ----------
    reading
        The article.
    found
        Its names, each with its place or none.

    Returns
    -------
    list of Found
        In the same order. What stays far from all else keeps its place, with half the confidence.
    """
    anchors = {f.place.id: f.place for f in found if f.role == "place" and f.place is not None}
    settled = []
    for one in found:
        others = [p for id_, p in anchors.items() if one.place is None or id_ != one.place.id]
        if one.role == "place" and others and (one.place is None or _is_stray(one.place, others)):
            near = _spelt_nearly(reading, one, [p for p in others if one.place is None or p.id != one.place.id])
            if near is not None:
                one = _placed(reading, one, near)
            elif one.place is not None and len(others) > 1:
                one = replace(one, confidence=round(one.confidence * _STRAY_DOUBT, 2))
        settled.append(one)
    return settled


def _is_stray(place: Place, others: Sequence[Place]) -> bool:
    if place.kind == "city" or kind_group(place.kind) != "settlement":
        return False
    return len(others) > 1 and min(_away(place, p) for p in others) > _FAR_M


def _away(place: Place, other: Place) -> float:
    return distance_m(place.lon, place.lat, other.lon, other.lat) - other.precision_m


def _spelt_nearly(reading: Reading, one: Found, others: Sequence[Place]) -> Place | None:
    """Find the entry nearest to the others among those of nearly that spelling."""
    tokens = reading.tokens
    name = reading.text[tokens[one.first].start : tokens[one.last - 1].end]
    fine = [p for p in others if p.kind not in ("country", "continent", "sea", "ocean")]
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
    return min(near, key=lambda p: (away[p.id], p.id)) if near else None


def _is_new(place: Place, others: Sequence[Place]) -> bool:
    """Whether an entry is none that the article names otherwise, nor of too wide a kind."""
    return kind_group(place.kind) not in ("country", "admin", "area", "water") and all(place.id != o.id for o in others)


def _placed(reading: Reading, one: Found, place: Place) -> Found:
    tokens = reading.tokens
    name = reading.text[tokens[one.first].start : tokens[one.last - 1].end]
    why = f"spelt nearly so, and the one near the article's other places: {place.name}"
    sure = round(min(one.confidence, 1.0) * _DOUBT, 2)
    return replace(
        one, location=locate(place, reading.gazetteer, written=name), place=place, confidence=sure, reason=why
    )
