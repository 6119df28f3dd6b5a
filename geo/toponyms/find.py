"""Toponyms of an article, stage by stage: recognise, gather candidates, rank, then regions and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.gazetteer.names import fold
from geo.model import Article, Mention, Place
from geo.toponyms.borders import find_borders
from geo.toponyms.facilities import find_facilities
from geo.toponyms.found import Found, Reading, to_mention
from geo.toponyms.lexicon import lexicon
from geo.toponyms.people import People, find_people
from geo.toponyms.rank import Context
from geo.toponyms.recognize import Evidence, weigh
from geo.toponyms.references import find_references
from geo.toponyms.relative import add_regions
from geo.toponyms.resolve import confidence, locate, reason, resolve, spoken_countries
from geo.toponyms.roads import find_roads
from geo.toponyms.roles import metonyms
from geo.toponyms.spans import Span, candidate_spans, longest
from geo.toponyms.tokens import Token, tokenize
from geo.toponyms.unlisted import Unlisted, find_unlisted
from geo.toponyms.variants import find_variants

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_SURE_PEOPLE = 15_000  # a town of this size keeps its name of two words from being read as a person's


def find_mentions(article: Article, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Find the places that an article names, describes or points back to.

    Parameters
    ----------
    article
        Its text is read; nothing else of it.
    gazetteer
        The world and the atlas.

    Returns
    -------
    tuple of Mention
        In text order; roles place, metonym, demonym and reference. Mentions of roles place and metonym do not overlap.
        What is surely a place and in no gazetteer has ``location`` None and a reason.
    """
    reading = Reading(article.text, tokenize(article.text), lexicon(), gazetteer)
    found = _named(reading)
    found += find_borders(reading, found)
    found += find_facilities(reading, found)
    found = metonyms(reading, _in_order(found))
    found = _in_order([*found, *find_references(reading, found)])
    found = find_roads(reading, found)
    found = add_regions(reading, found)
    return tuple(to_mention(f, article.id, reading) for f in _in_order(found))


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda f: (f.first, -f.last, f.role))


def _named(reading: Reading) -> list[Found]:
    """Names from the gazetteer, demonyms, and names by form."""
    tokens, words, gazetteer = reading.tokens, reading.words, reading.gazetteer
    spans = candidate_spans(reading.text, tokens, gazetteer, words)
    people = find_people(tokens, words, _sure_names(spans))
    demonyms = _demonyms(reading, spans)
    chosen = longest(spans, taken={*demonyms, *people.organisations})
    chosen = _with_abbreviations(reading, chosen)
    theatre = gazetteer.theatre
    countries = spoken_countries(_unpersonal(chosen, people), demonyms.values())
    evidence = weigh(tokens, chosen, people=people, words=words, countries=countries, theatre=theatre.countries)
    accepted = [e for e in evidence if e.score > 0]
    accepted += find_variants(reading, people, taken=_positions(e.span for e in accepted) | set(demonyms))
    accepted.sort(key=lambda e: e.span.first)
    known = _positions(e.span for e in accepted)
    unlisted = find_unlisted(tokens, people=people, words=words, known=known | set(demonyms))
    accepted = _without_covered(accepted, unlisted)
    ranked = resolve(accepted, _containers(tokens, accepted), Context(theatre, countries))
    found = [
        Found(
            _first_word(reading, e.span, r[0].place),
            e.span.last,
            "place",
            locate(r[0].place, gazetteer, written=e.span.name),
            confidence(e, r),
            reason(r),
            place=r[0].place,
        )
        for e, r in zip(accepted, ranked, strict=True)
    ]
    covered = _positions(e.span for e in accepted)
    found += [_without_entry(u) for u in unlisted if covered.isdisjoint(range(u.first, u.last))]
    return found + _demonym_mentions(demonyms, gazetteer)


def _first_word(reading: Reading, span: Span, place: Place) -> int:
    """Where a mention begins: "northern province of Aleppo" is a name of the governorate, not of a part of it."""
    tokens, first = reading.tokens, span.first
    if place.kind != "admin1" or first < 3 or tokens[first - 1].lower != "of":
        return first
    noun, direction = tokens[first - 2].lower, tokens[first - 3].lower
    told = direction in reading.words.directions and "admin1" in reading.words.heads_of.get(noun, ())
    return first - 3 if told else first


def _sure_names(spans: Sequence[Span]) -> frozenset[str]:
    """Folded names of two words or more that are no person's: large towns, units, countries, the atlas's own."""
    return frozenset(
        fold(s.name)
        for s in spans
        if len(s) > 1
        and any(
            p.population >= _SURE_PEOPLE or p.kind in ("country", "admin1", "region") or p.id.startswith("atlas:")
            for p in s.places
        )
    )


def _demonyms(reading: Reading, spans: Sequence[Span]) -> dict[int, str]:
    """Words that are demonyms, with their country's code; not those inside longer names ("Georgian Bay")."""
    table = reading.gazetteer.demonyms()
    inside = {k for s in spans if len(s) > 1 for k in range(s.first, s.last)}
    codes = {}
    for k, token in enumerate(reading.tokens):
        if token.capital and k not in inside:
            place_id = table.get(fold(token.text))
            if place_id:
                codes[k] = place_id.removeprefix("country:")
    return codes


def _demonym_mentions(demonyms: Mapping[int, str], gazetteer: Gazetteer) -> list[Found]:
    countries = gazetteer.countries()
    found = []
    for k, code in sorted(demonyms.items()):
        place = countries.get(code)
        location = locate(place, gazetteer) if place else None
        found.append(Found(k, k + 1, "demonym", location, 0.95, "an adjective or people of a country", place=place))
    return found


def _unpersonal(spans: Iterable[Span], people: People) -> list[Span]:
    return [s for s in spans if not any(k in people.persons for k in range(s.first, s.last))]


def _with_abbreviations(reading: Reading, chosen: Sequence[Span]) -> tuple[Span, ...]:
    """Read what stands short for a state: "Glasgow, Ky."; it gives way to no small place of that name."""
    table = read_toml("toponym_lexicon.toml")["abbreviations"]
    longer = _positions(s for s in chosen if len(s) > 1)
    added: dict[int, Span] = {}
    for k, token in enumerate(reading.tokens):
        place_id = table.get(token.lower.replace(".", "")) if token.capital and k and k not in longer else None
        place = reading.gazetteer.get(place_id) if place_id and _abbreviates(reading, k) else None
        if place is not None:
            added[k] = Span(k, k + 1, place.name, (place,))
    kept = [s for s in chosen if s.first not in added]
    return tuple(sorted([*kept, *added.values()], key=lambda s: s.first))


def _abbreviates(reading: Reading, k: int) -> bool:
    """Whether word k stands for a state: after a comma and a name, after "R-", with a full stop inside a sentence."""
    token, before = reading.tokens[k], reading.tokens[k - 1]
    if token.gap == ", " and before.capital:
        return True
    if token.gap == "-" and before.text in ("D", "R", "I"):
        return True
    following = reading.tokens[k + 1] if k + 1 < len(reading.tokens) else None
    stopped = following is not None and following.gap == ". " and following.case == "lower"
    return stopped and token.case == "title" and len(token.text) > 2


def _containers(tokens: Sequence[Token], accepted: Sequence[Evidence]) -> dict[int, tuple[Place, ...]]:
    """Entries named right after a name and a comma, by the first word of the name."""
    by_first = {e.span.first: e for e in accepted}
    containers = {}
    for e in accepted:
        following = by_first.get(e.span.last)
        if following is None:
            continue
        if tokens[e.span.last].gap in (", ", ",\n"):
            containers[e.span.first] = following.span.places
    return containers


def _without_covered(accepted: Sequence[Evidence], unlisted: Sequence[Unlisted]) -> list[Evidence]:
    """Drop the names that stand inside a longer one by form ("Aleppo" in "Aleppo Street")."""
    return [
        e
        for e in accepted
        if not any(
            u.first <= e.span.first and e.span.last <= u.last and u.last - u.first > len(e.span) for u in unlisted
        )
    ]


def _without_entry(unlisted: Unlisted) -> Found:
    return Found(
        unlisted.first, unlisted.last, "place", None, 0.5, f"{unlisted.why}, but no gazetteer entry has this name"
    )


def _positions(spans: Iterable[Span]) -> set[int]:
    return {k for s in spans for k in range(s.first, s.last)}
