"""Phrases that are themselves entries of the atlas: "opposition districts of Aleppo" is the area that it draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.gazetteer.names import fold
from geo.model import Location
from geo.toponyms.found import Found, Reading, atlas_entries
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class _Wider:
    """A phrase around a mention, looked up whole."""

    index: int
    first: int
    last: int


_LEFT, _RIGHT = 5, 2
_INNER_GAPS = frozenset((" ", "-", "\n"))


def atlas_phrases(reading: Reading, found: Sequence[Found]) -> dict[int, Found]:
    """Mentions whose wider phrase is itself an entry of the atlas ("opposition districts of Aleppo"), by position."""
    vocabulary = _atlas_words(reading.gazetteer)
    if not vocabulary:
        return {}
    wider = {}
    for index, f in enumerate(found):
        if f.role in ("place", "metonym", "reference") and f.location is not None:
            if f.last < len(reading.tokens) and reading.tokens[f.last].lower in _unit_nouns():
                continue  # "western Aleppo province" is no part of the city
            for first in range(_reach(reading.tokens, f.first, -_LEFT, vocabulary), f.first + 1):
                for last in range(f.last, _reach(reading.tokens, f.last, _RIGHT, vocabulary) + 1):
                    if last - first > f.last - f.first:
                        wider[_Wider(index, first, last)] = _text(reading, f, first, last)
    entries = reading.gazetteer.lookup(dict.fromkeys(wider.values()))
    chosen: dict[int, Found] = {}
    for w, text in sorted(wider.items(), key=lambda item: (item[0].index, item[0].first - item[0].last)):
        place = next((p for p in entries.get(text, ()) if p.id.startswith("atlas:")), None)
        f = found[w.index]
        if (
            place is None
            or w.index in chosen
            or f.location is None
            or text == f.location.name
            or (f.location is not None and place.id == f.location.place_id)
        ):
            continue
        location = Location(
            name=place.name,
            kind=place.kind,
            lon=place.lon,
            lat=place.lat,
            precision_m=place.precision_m,
            place_id=place.id,
            geometry=reading.gazetteer.geometry(place.id),
            rule=f'"{text}" is an entry of the atlas',
        )
        chosen[w.index] = replace(f, region=location, region_first=w.first, region_last=w.last)
    return chosen


@lru_cache(maxsize=1)
def _unit_nouns() -> frozenset[str]:
    return frozenset(read_toml("relative_words.toml")["nouns"]["units"].split()) - {"district"}


@lru_cache(maxsize=8)
def _atlas_words(gazetteer: Gazetteer) -> frozenset[str]:
    """Every word of the names of the atlas."""
    return frozenset(word for p in atlas_entries(gazetteer) for n in (p.name, *p.aliases) for word in fold(n).split())


def _reach(tokens: Sequence[Token], k: int, by: int, vocabulary: frozenset[str]) -> int:
    """Give how far a phrase of known words reaches from word k, without a comma or full stop, at most ``by`` words."""
    step = 1 if by > 0 else -1
    for _ in range(abs(by)):
        if not 0 < k < len(tokens) or tokens[k].gap not in _INNER_GAPS:
            break
        if tokens[k if step > 0 else k - 1].lower not in vocabulary:
            break
        k += step
    return max(0, k)


def _text(reading: Reading, found: Found, first: int, last: int) -> str:
    """Give the words of the phrase, with the place's name in place of "the city"."""
    tokens = reading.tokens
    before = [t.text for t in tokens[first : found.first]]
    middle = [t.text for t in tokens[found.first : found.last]]
    if found.role == "reference" and found.location is not None:
        middle = [found.location.name]
        if before and before[-1].lower() == "the":
            before.pop()
    return " ".join([*before, *middle, *(t.text for t in tokens[found.last : last])])
