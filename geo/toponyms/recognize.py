"""Recognition: which runs of words name places, by evidence from the gazetteer and from the words around.

Each span gets the weights of all that speaks for and against it (``geo/data/toponym_weights.toml``), in the manner of a
log-linear model whose weights people can read; what ends above zero is a mention. One name is taken one way throughout
an article: the best evidence for it anywhere counts, in part, everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log10
from types import MappingProxyType

from geo.data import read_toml
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.candidates import holds, is_capital
from geo.toponyms.lexicon import Lexicon, word_set
from geo.toponyms.people import People
from geo.toponyms.spans import Span, adjacent, is_article
from geo.toponyms.tokens import Token

_CAPITAL = 1_000_000  # a city of this size may stand for a government that speaks
_NAMED_PLAINLY = ("country", "admin1", "region", "continent")  # "Middle East", "Northern Territory"
_PARTY_LETTERS = ("d", "r", "i")  # "Sen. X, R-London"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a span being a place.

    Attributes
    ----------
    span
        The words and the entries of that name.
    score
        The sum of the weights.
    notes
        Names of the weights that counted, in order.
    kinds
        Kinds that a noun beside the name speaks of ("the town of X"); empty where there is none.
    """

    span: Span
    score: float
    notes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@cache
def weights() -> Mapping[str, float]:
    """Give the weights of recognition by name."""
    return MappingProxyType({k: float(v) for k, v in read_toml("toponym_weights.toml")["recognition"].items()})


def weigh(
    tokens: Sequence[Token],
    spans: Sequence[Span],
    *,
    people: People,
    words: Lexicon,
    countries: Mapping[str, float],
    theatre: Sequence[str],
) -> tuple[Evidence, ...]:
    """Weigh the evidence for each span.

    Parameters
    ----------
    tokens
        The words of the article.
    spans
        Spans that do not overlap.
    people
        Names of people and organisations.
    words
        The word lists.
    countries
        How much the article speaks of each country, by code, between 0 and 1.
    theatre
        Countries of the atlas.

    Returns
    -------
    tuple of Evidence
        In the order of ``spans``.
    """
    weight = weights()
    small = frozenset(t.lower for t in tokens if t.case == "lower")
    named = {s.first: s for s in spans}
    judged = []
    for span in spans:
        notes = _prior_notes(span, countries, theatre)
        notes += _word_notes(tokens, span, words, small)
        notes += _name_notes(tokens, span, people, words)
        around, kinds, extra = _neighbour_notes(tokens, span, named, words)
        notes += around
        score = sum(weight[n] for n in notes) + extra
        judged.append(Evidence(span, score, tuple(notes), kinds))
    return _shared(judged, weight)


def _shared(judged: Sequence[Evidence], weight: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Let the best evidence for a name count, in part, wherever the name stands."""
    best: dict[str, float] = {}
    for evidence in judged:
        key = fold(evidence.span.name)
        best[key] = max(best.get(key, evidence.score), evidence.score)
    share, most = weight["repeated_share"], weight["repeated_most"]
    return tuple(
        replace(e, score=e.score + min(most, share * max(0.0, best[fold(e.span.name)] - e.score))) for e in judged
    )


def _prior_notes(span: Span, countries: Mapping[str, float], theatre: Sequence[str]) -> list[str]:
    """Note what the entries alone say: the best of them."""
    key = fold(span.name)
    notes = [max((_entry_note(place, key) for place in span.places), key=lambda n: weights()[n])]
    here = {p.country for p in span.places}
    if any(countries.get(c, 0.0) >= 0.2 for c in here if c):
        notes.append("country_spoken_of")
    if here & set(theatre):
        notes.append("in_theatre")
    if len(span) > 1:
        notes.append("several_words")
    return notes


def _entry_note(place: Place, key: str) -> str:
    if place.id.startswith("atlas:"):
        return "atlas"
    if place.kind in ("country", "continent", "sea", "region", "ocean"):
        return "country" if place.kind == "country" else "region"
    alias = "" if fold(place.name) == key else "_alias"
    if place.kind == "admin1":
        return "admin1" + alias
    size = min(6, max(3, int(log10(max(place.population, 1000)))))
    return f"people_{size}{alias}"


def _word_notes(tokens: Sequence[Token], span: Span, words: Lexicon, small: frozenset[str]) -> list[str]:
    """Note what the words of the name say by themselves."""
    first = tokens[span.first]
    notes = []
    if len(span) == 1:
        if first.lower in words.common:
            notes.append("common_word_first" if first.first or first.headline else "common_word")
        elif first.lower in small:
            notes.append("small_elsewhere")
        if first.first:
            notes.append("begins_sentence")
        if (
            first.case == "upper"
            and len(first.text) <= 4
            and not first.headline
            and "country" not in {p.kind for p in span.places}
        ):
            notes.append("abbreviation")
        if first.lower in words.first_names:
            notes.append("first_name")
    elif _plain(tokens, span, words) and not any(
        p.kind in _NAMED_PLAINLY or p.id.startswith("atlas:") for p in span.places
    ):
        notes.append("common_words")
    return notes


def _plain(tokens: Sequence[Token], span: Span, words: Lexicon) -> bool:
    """Whether every word of a name is an ordinary one ("East Bank")."""
    return all(tokens[k].lower in words.common or tokens[k].lower in words.never for k in range(span.first, span.last))


def _name_notes(tokens: Sequence[Token], span: Span, people: People, words: Lexicon) -> list[str]:
    """Note what names of people and organisations say."""
    inside = range(span.first, span.last)
    notes = []
    if any(k in people.organisations for k in inside):
        notes.append("organisation")
    elif any(k in people.persons for k in inside):
        notes.append("person")
    elif len(span) == 1 and tokens[span.first].lower in people.surnames:
        notes.append("surname")
    return notes


def _neighbour_notes(
    tokens: Sequence[Token], span: Span, named: Mapping[int, Span], words: Lexicon
) -> tuple[list[str], tuple[str, ...], float]:
    """Note what the words before and after say: notes, kinds and the weight of a preposition."""
    notes, kinds, extra = _before(tokens, span, words)
    after_notes, after_kinds = _after(tokens, span, named, words)
    return notes + after_notes, kinds or after_kinds, extra


def _before(tokens: Sequence[Token], span: Span, words: Lexicon) -> tuple[list[str], tuple[str, ...], float]:
    if not span.first:
        return [], (), 0.0
    first, before = tokens[span.first], tokens[span.first - 1]
    if first.gap == ", " and before.capital:
        return ["after_comma"], (), 0.0
    if not adjacent(first, before):
        return [], (), 0.0
    if before.lower == "of" and span.first > 1:
        noun = tokens[span.first - 2].lower
        if noun in words.heads_of:
            return ["noun_of"], words.heads_of[noun], 0.0
    if before.lower == "capital" and any(is_capital(p) for p in span.places):  # "the Syrian capital Damascus"
        return ["noun_of"], words.heads_of["capital"], 0.0
    if first.gap == "-" and before.lower in _PARTY_LETTERS and before.capital:
        return ["after_comma"], (), 0.0
    known = before.lower in words.prepositions or before.lower in words.directions or before.lower in words.never
    if before.capital and not known and not first.headline and first.gap in (" ", "-", "\n"):
        return [] if before.first else ["capital_before"], (), 0.0
    if before.lower in words.directions:
        return ["direction_before"], (), 0.0
    # "in the Bekaa": what stands before the article counts too
    extra = words.prepositions.get(before.lower, 0.0)
    if before.lower == "the" and span.first > 1:
        extra += max(0.0, words.prepositions.get(tokens[span.first - 2].lower, 0.0)) / 2
    return [], (), extra


def _after(
    tokens: Sequence[Token], span: Span, named: Mapping[int, Span], words: Lexicon
) -> tuple[list[str], tuple[str, ...]]:
    if span.last >= len(tokens):
        return [], ()
    last, after = tokens[span.last - 1], tokens[span.last]
    if after.gap in (", ", ",\n") and span.last in named:
        container = named[span.last]
        if any(holds(outer, inner) for outer in container.places for inner in span.places):
            return ["in_container"], ()
    if not adjacent(after, last):
        return [], ()
    if len(span) == 1 and last.lower in word_set("spans.half") and is_article(tokens, span.last):
        return ["half_a_name"], ()
    if after.lower in words.heads_after and after.case == "lower":
        return ["noun_after"], words.heads_after[after.lower].kinds
    if after.lower in words.speech_verbs:
        state = any(p.kind in ("country", "admin1") or p.population >= _CAPITAL for p in span.places)
        return ([] if state else ["speaks"]), ()
    if after.capital and not after.headline and after.gap == " " and after.lower not in words.never:
        if len(span) == 1 and last.lower in word_set("spans.half"):
            return ["half_a_name"], ()
        if len(span) == 1 and last.lower in words.first_names:
            return ["first_name_before_capital"], ()
        return (["seated_after"] if after.lower in words.seated else ["capital_after"]), ()
    return [], ()
