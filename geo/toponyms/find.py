"""Toponyms of an article, stage by stage: clues, tagged names, ranked entries, then regions and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.model import Article, Location, Mention, Place
from geo.toponyms.borders import find_borders
from geo.toponyms.candidates import Context, Home
from geo.toponyms.clues import country_adjectives, gather
from geo.toponyms.declined import split_clitics
from geo.toponyms.facilities import find_facilities
from geo.toponyms.found import Found, Reading, to_mention
from geo.toponyms.genitives import restore_genitives
from geo.toponyms.heads import read_names
from geo.toponyms.lexicon import lexicon
from geo.toponyms.named import Named
from geo.toponyms.nearby import settle
from geo.toponyms.partial import RESPELT
from geo.toponyms.rank import Ranked
from geo.toponyms.references import find_references
from geo.toponyms.relative import add_regions
from geo.toponyms.resolve import confidence, locate, reason, resolve
from geo.toponyms.roads import find_roads
from geo.toponyms.roles import metonyms
from geo.toponyms.spans import Span
from geo.toponyms.tokens import tokenize
from geo.toponyms.within import place_within

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer


def find_mentions(article: Article, gazetteer: Gazetteer, *, weights: Path | None = None) -> tuple[Mention, ...]:
    """Find the places that an article names, describes or points back to.

    Parameters
    ----------
    article
        Its text is read; nothing else of it.
    gazetteer
        The world and the atlas.
    weights
        Folder with weights learnt by `geo.training`; None for those of the package.

    Returns
    -------
    tuple of Mention
        In text order; roles place, metonym, demonym and reference. Mentions of roles place and metonym do not overlap.
        What is surely a place and in no gazetteer has ``location`` None and a reason.
    """
    return tuple(mention for mention, _ in explain_mentions(article, gazetteer, weights=weights))


def explain_mentions(
    article: Article, gazetteer: Gazetteer, *, weights: Path | None = None, home: Home | None = None
) -> tuple[tuple[Mention, tuple[Ranked, ...]], ...]:
    """Find the mentions as `find_mentions` does, each with all entries of its name, the likeliest first.

    A ``home`` is where the other reports of its source are mostly of (`geo.toponyms.homes`).

    The entries come with the features that speak for and against them; () where a mention is no name that was looked
    up, or no gazetteer has it.
    """
    tokens = split_clitics(tokenize(article.text), gazetteer)
    tokens = restore_genitives(article.text, tokens, gazetteer)
    reading = Reading(article.text, tokens, lexicon(), gazetteer, weights)
    found = _named(reading, home)
    found += find_borders(reading, found)
    found += find_facilities(reading, found)
    found = metonyms(reading, _in_order(found))
    found = _in_order([*found, *find_references(reading, found)])
    found = find_roads(reading, found)
    found = place_within(reading, add_regions(reading, found))
    return tuple((to_mention(f, article.id, reading), f.candidates) for f in _in_order(found))


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda f: (f.first, -f.last, f.role))


def _named(reading: Reading, home: Home | None) -> list[Found]:
    """Names of places, with their entries where there are any, and demonyms."""
    clues = gather(reading)
    names = read_names(reading, clues)
    known = [n for n in names if n.span.places]
    adjectives = country_adjectives(clues)
    ranked = resolve(reading, known, Context(reading.gazetteer.theatre, adjectives, home))
    found = [
        Found(
            _first_word(reading, n.span, r[0].place),
            n.span.last,
            "place",
            _location(reading, n, r[0].place),
            confidence(n, r),
            reason(r) if not n.around_m else f"{n.why}: {reason(r)}",
            place=r[0].place,
            candidates=r,
        )
        for n, r in zip(known, ranked, strict=True)
    ]
    respelt = {n.span.first for n in known if n.why.startswith(RESPELT)}
    found += [_without_entry(n) for n in names if not n.span.places]
    found = settle(reading, found, respelt=respelt, countries=adjectives)
    return found + _demonym_mentions(clues.demonyms, reading.gazetteer)


def _location(reading: Reading, name: Named, place: Place) -> Location:
    """Locate an entry; what is only named after it lies somewhere about it."""
    location = locate(place, reading.gazetteer, written=name.span.name)
    if not name.around_m:
        return location
    return replace(location, precision_m=max(location.precision_m, name.around_m), rule=name.why)


def _first_word(reading: Reading, span: Span, place: Place) -> int:
    """Where a mention begins: "northern province of Aleppo" is a name of the governorate, not of a part of it."""
    tokens, first = reading.tokens, span.first
    if place.kind != "admin1" or first < 3 or tokens[first - 1].lower != "of":
        return first
    noun, direction = tokens[first - 2].lower, tokens[first - 3].lower
    told = direction in reading.words.directions and "admin1" in reading.words.heads_of.get(noun, ())
    return first - 3 if told else first


def _without_entry(name: Named) -> Found:
    span = name.span
    return Found(
        span.first, span.last, "place", None, round(name.sure, 2), f"{name.why}, but no gazetteer entry has this name"
    )


def _demonym_mentions(demonyms: Mapping[int, str], gazetteer: Gazetteer) -> list[Found]:
    countries = gazetteer.countries()
    found = []
    for k, code in sorted(demonyms.items()):
        place = countries.get(code)
        location = locate(place, gazetteer) if place else None
        found.append(Found(k, k + 1, "demonym", location, 0.95, "an adjective or people of a country", place=place))
    return found
