"""Names that no entry has as a whole: abbreviations, "North London", "Gwinnett" for its county, "Kharkiv Airport"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo.gazetteer.divisions import abbreviations
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.candidates import kind_group
from geo.toponyms.clues import Clues
from geo.toponyms.found import Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.spans import Span

_NAMESAKE_PEOPLE = 15_000  # places of this size give their names to what lies in them
_AROUND_M = 25_000.0  # airports, dams and camps lie this far from the city that they are called after
_SPOKEN, _MOST_COUNTRIES = 0.35, 3  # countries of which the article speaks as much as one mention says
_SHORTEST = 4  # letters
_COUNTY_COUNTRY = "US"
RESPELT = "another spelling of"


@dataclass(frozen=True, slots=True)
class Partial:
    """Entries that a name means by a part of it.

    Attributes
    ----------
    places
        The entries.
    why
        How they were found, for readers.
    around_m
        How far from the entry the place may lie, in metres; 0 where the entry is the place itself.
    """

    places: tuple[Place, ...]
    why: str
    around_m: float = 0.0


def find_partial(reading: Reading, clues: Clues, span: Span) -> Partial | None:
    """Find what a name of no entry means.

    Parameters
    ----------
    reading, clues
        The article and what is known about its words.
    span
        A name that has no entries.

    Returns
    -------
    Partial or None
        The state that it abbreviates; else the entries of the name without the words that tell a part of a place
        ("North", "Greater"); else the county of that name; else what is spelt nearly so in the countries that the
        article speaks of; else the place after which a facility or a unit is named.
    """
    gazetteer = reading.gazetteer
    short = _abbreviated(span.name)
    if short:
        places = tuple(p for p in map(gazetteer.get, short) if p is not None)
        return Partial(places, f'"{span.name}" is short for it')
    words = span.name.split()
    first = next((k for k, w in enumerate(words) if w.lower().strip(".") not in word_set("partial.parts")), 0)
    rest, county = " ".join(words[first:]), f"{span.name} County"
    found = gazetteer.lookup(dict.fromkeys((rest, county)))
    if first and found[rest]:
        return Partial(found[rest], f'a part of what "{rest}" names')
    counties = tuple(p for p in found[county] if p.kind == "admin2" and p.country == _COUNTY_COUNTRY)
    if counties:
        return Partial(counties, "a county of that name")
    return _spelt_otherwise(reading, clues, rest) or _named_after(clues, span)


def spoken_of(reading: Reading, clues: Clues) -> tuple[str, ...]:
    """Give the codes of the countries of the theatre, or of those that the article speaks of most."""
    spoken = sorted(clues.countries, key=lambda code: (-clues.countries[code], code))
    told = tuple(reading.gazetteer.theatre.countries) or tuple(c for c in spoken if clues.countries[c] >= _SPOKEN)
    return told[:_MOST_COUNTRIES]


def _spelt_otherwise(reading: Reading, clues: Clues, name: str) -> Partial | None:
    """Find "Raqa" for Raqqa where the article speaks of Syria."""
    countries = spoken_of(reading, clues)
    if not countries or len(name) < _SHORTEST:
        return None
    places = reading.gazetteer.lookup_variants([name], countries=countries)[name]
    return Partial(places, f'{RESPELT} "{name}"') if places else None


def _abbreviated(name: str) -> tuple[str, ...]:
    table = abbreviations()
    return table.get(name) or table.get(f"{name}.") or ()


def _named_after(clues: Clues, span: Span) -> Partial | None:
    noun = fold(span.name.split()[-1])
    if noun not in _nouns():
        return None
    # without its noun: some town is called Airport
    inside = [s for (first, last), s in clues.spans.items() if span.first <= first and last < span.last]
    for part in sorted(inside, key=lambda s: (-len(s), s.first)):
        places = tuple(p for p in part.places if _gives_names(p))
        if places:
            return Partial(places, f'named after {part.name}; no gazetteer entry has "{span.name}"', _AROUND_M)
    return None


@cache
def _nouns() -> frozenset[str]:
    """Last words of the nouns of facilities and administrative units; streets are named after far towns."""
    kinds = [k for k in place_kinds().values() if k.facility or k.group == "admin"]
    return frozenset(noun.split()[-1] for kind in kinds for noun in kind.nouns)


def _gives_names(place: Place) -> bool:
    return place.kind == "admin1" or (kind_group(place.kind) == "settlement" and place.population >= _NAMESAKE_PEOPLE)
