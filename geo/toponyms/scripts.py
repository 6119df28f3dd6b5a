"""Names in Arabic and Cyrillic script, and with Turkish case endings: in such texts, and inside English ones.

What the recognition of English goes by, capitals and English words around, is not there, or is not the same. Runs of
words that the gazetteer knows, as they stand or as the base form of what stands there (`inflection`), are weighed by
their entries and by the words before them; weights and words lie in ``geo/data/scripts.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.data import read_toml
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.declined import GAPS, Runs, case_ending, runs_from, script, words
from geo.toponyms.inflection import arabic_bases
from geo.toponyms.recognize import Evidence
from geo.toponyms.spans import Span, longest
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.toponyms.found import Reading

_SURE = 1.5  # a name that is so surely a place speaks for others in its country
_AS_IT_STANDS = 20  # a name as it stands is meant, unless a base form is of so many times larger a place
_SHARE, _MOST_SHARED = 0.6, 2.0
_SURNAME = re.compile(
    r"(?:[оеєї]в(?:а|у|ым|им|ой|ої)?|ин(?:а|у|ым|им|ой|ої)?|енк[оау]|чук[ау]?|с[ьк]?к(?:ий|ого|ая|ой|ої))$"
)
_UNIT = re.compile(r"(?:а|ая|ий) (?:область|край|республ[иі]ка)$")
_PLACE_CASE = re.compile(r"[dt][ae](?:n|ki\w*)?")  # in, at, from: people are rarely put so
_LARGE = (1_000_000, 100_000, 10_000)


def find_native(reading: Reading) -> list[Evidence]:
    """Find names of places in Arabic and Cyrillic script.

    Parameters
    ----------
    reading
        The article; its words went through `split_clitics`.

    Returns
    -------
    list of Evidence
        Names that are places, in text order, not overlapping. The name of a span is the form that the gazetteer knows.
    """
    tokens, gazetteer = reading.tokens, reading.gazetteer
    runs: Runs = {}
    for k in range(len(tokens)):
        runs.update(runs_from(reading.text, tokens, k))
    if not runs:
        return []
    found = gazetteer.lookup(dict.fromkeys(form for forms in runs.values() for form in forms))
    spans = [span for run, forms in runs.items() if (span := _span(run, forms, found)) is not None]
    spans += _units(gazetteer, {run: forms for run, forms in runs.items() if not any(found[form] for form in forms)})
    spoken = {p.country for s in spans for p in s.places if p.kind == "country"}
    judged = [_weigh(reading, span, runs[span.first, span.last], spoken) for span in spans]
    spoken |= {p.country for e in judged if e.score >= _SURE for p in e.span.places}
    judged = _shared([_weigh(reading, e.span, runs[e.span.first, e.span.last], spoken) for e in judged])
    accepted = {(e.span.first, e.span.last): e for e in judged if e.score > 0}
    return [accepted[s.first, s.last] for s in longest(e.span for e in accepted.values())]


def _span(run: tuple[int, int], forms: Sequence[str], found: Mapping[str, tuple[Place, ...]]) -> Span | None:
    """Give the span of a run whose forms the gazetteer knows: as it stands, or as the form of the largest place."""
    known = [form for form in forms if found[form]]
    if not known:
        return None
    best = max(
        known, key=lambda form: (_people(found[form]) * (_AS_IT_STANDS if form == forms[0] else 1), form == forms[0])
    )
    return Span(*run, best, found[best])


def _units(gazetteer: Gazetteer, runs: Runs) -> list[Span]:
    """Find units by how they sound: of the names of "Донецька область" the gazetteer has not each language's."""
    spans = []
    for run, forms in runs.items():
        for form in filter(_UNIT.search, forms):
            hits = [hit for hit in gazetteer.search(form, limit=3) if hit.place.kind == "admin1"]
            if hits and hits[0].how == "spelling":
                spans.append(Span(*run, form, (hits[0].place,)))
                break
    return spans


def _people(places: Iterable[Place]) -> int:
    return max(p.population + (10_000_000 if p.id.startswith("atlas:") or p.kind == "country" else 1) for p in places)


def _weigh(reading: Reading, span: Span, forms: Sequence[str], spoken: Iterable[str]) -> Evidence:
    tokens, theatre = reading.tokens, reading.gazetteer.theatre.countries
    kind = script(tokens[span.first])
    notes = [max((_entry_note(place) for place in span.places), key=lambda note: _weights()[note])]
    countries = {place.country for place in span.places if place.country}
    if countries & set(theatre):
        notes.append("in_theatre")
    elif countries & set(spoken):
        notes.append("country_spoken_of")
    if len(span) > 1:
        notes.append("several_words")
    if span.name != forms[0]:
        notes.append("base_form")
    if not kind:
        place = _PLACE_CASE.fullmatch(case_ending(reading.text, tokens[span.last - 1]))
        notes.append("place_case" if place else "other_case")
        return Evidence(span, sum(_weights()[note] for note in notes), tuple(notes))
    before, kinds = _before(tokens, span.first, kind)
    notes += before
    if kind == "arabic":
        notes.append("no_capitals")
    elif not before:
        notes += _alone(tokens, span)
    stopped = len(span) == 1 and not kinds and fold(tokens[span.first].text) in words(kind, "never")
    score = -9.0 if stopped else sum(_weights()[note] for note in notes)
    return Evidence(span, score, tuple(notes), kinds)


def _entry_note(place: Place) -> str:
    if place.id.startswith("atlas:"):
        return "atlas"
    if place.kind == "country":
        return "country"
    if place.kind in ("continent", "sea", "region", "ocean"):
        return "region"
    if place.kind == "admin1":
        return "admin1"
    return f"people_{next((6 - n for n, least in enumerate(_LARGE) if place.population >= least), 3)}"


def _before(tokens: Sequence[Token], first: int, kind: str) -> tuple[list[str], tuple[str, ...]]:
    """Note what the word before says, a clitic aside, and the kinds of place that it speaks of."""
    k = first - 1
    if k >= 0 and kind == "arabic" and tokens[first].gap == "" and len(tokens[k].text) <= 2:
        return (["weak_preposition"] if tokens[k].text[-1] in "بل" else []), ()
    if k < 0 or tokens[first].gap not in (*GAPS, ". ", ".\u00a0", ' "', " «"):
        return [], ()
    word = fold(tokens[k].text)
    nouns = _nouns(kind)
    if word in nouns or (kind == "arabic" and (word := _bare_noun(word, nouns)) in nouns):
        return ["noun_before"], nouns[word]
    if word in words(kind, "prepositions"):
        return ["preposition"], ()
    return (["weak_preposition"] if kind == "arabic" and word in words(kind, "weak_prepositions") else []), ()


def _bare_noun(word: str, nouns: Mapping[str, Any]) -> str:
    return next((base for _, base in arabic_bases(word) if base in nouns), word)


def _alone(tokens: Sequence[Token], span: Span) -> list[str]:
    """Note where the capital of a name with no preposition stands: first in a sentence, beside another, or alone."""
    word = tokens[span.first]
    notes = ["like_a_surname"] if len(span) == 1 and _SURNAME.search(word.lower) else []
    if word.first:
        return ["begins_sentence", *notes]
    beside = []
    if span.first:
        beside.append((tokens[span.first - 1], tokens[span.first].gap))
    if span.last < len(tokens):
        beside.append((tokens[span.last], tokens[span.last].gap))
    if any(script(t) and t.text[0].isupper() and gap == " " for t, gap in beside):
        return ["capital_beside", *notes]
    return ["capital_inside", *notes]


def _shared(judged: Sequence[Evidence]) -> list[Evidence]:
    """Let the best evidence for a name count, in part, wherever the name stands."""
    best: dict[str, float] = {}
    for one in judged:
        best[one.span.name] = max(best.get(one.span.name, one.score), one.score)
    return [
        replace(one, score=one.score + min(_MOST_SHARED, _SHARE * (best[one.span.name] - one.score)))
        if one.score > -_MOST_SHARED
        else one
        for one in judged
    ]


@cache
def _weights() -> Mapping[str, float]:
    return {name: float(weight) for name, weight in read_toml("scripts.toml")["weights"].items()}


@cache
def _nouns(kind: str) -> Mapping[str, tuple[str, ...]]:
    return {fold(noun): tuple(kinds) for noun, kinds in read_toml("scripts.toml")[kind]["nouns"].items()}
