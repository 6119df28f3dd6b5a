"""Names: the decision which runs of words name places, by the tagger, and by the rules where an atlas is at stake."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geo.toponyms.clues import Clues
from geo.toponyms.found import Reading
from geo.toponyms.recognize import Evidence, weigh
from geo.toponyms.scripts import find_native
from geo.toponyms.spans import Span
from geo.toponyms.tagger import Tagged, tag
from geo.toponyms.variants import find_variants


@dataclass(frozen=True, slots=True)
class Named:
    """A run of words that names a place.

    Attributes
    ----------
    span
        The words and the entries of that name, () where there is none.
    sure
        How sure it is that they name a place, 0 to 1.
    kinds
        Kinds that a noun beside it speaks of.
    why
        What makes it a place, for readers.
    """

    span: Span
    sure: float
    kinds: tuple[str, ...] = ()
    why: str = ""


def find_names(reading: Reading, clues: Clues) -> list[Named]:
    """Find the names of places.

    The tagger decides; but what the atlas knows, and the rules accept, is a place whatever the tagger has learnt from
    news of elsewhere.

    Parameters
    ----------
    reading
        The article.
    clues
        What gazetteer and word lists say about it.

    Returns
    -------
    list of Named
        In text order, not overlapping.
    """
    own = [e for e in clues.evidence if e.score > 0 and any(p.id.startswith("atlas:") for p in e.span.places)]
    taken = _positions(e.span for e in own)
    own += [e for e in find_native(reading) if taken.isdisjoint(range(e.span.first, e.span.last))]
    taken = _positions(e.span for e in own)
    tagging = tag(clues, reading.weights)
    tagged = [t for t in tagging.names if taken.isdisjoint(range(t.first, t.last))]
    names = [_by_rule(e) for e in own] + _tagged_names(reading, clues, tagged)
    taken = _positions(n.span for n in names if n.span.places) | set(clues.demonyms)
    variants = [_by_rule(e) for e in find_variants(reading, clues.people, taken=taken)]
    taken = _positions(n.span for n in variants)
    names = [n for n in names if taken.isdisjoint(range(n.span.first, n.span.last))] + variants
    return sorted(names, key=lambda n: n.span.first)


def _by_rule(evidence: Evidence) -> Named:
    return Named(evidence.span, 1 / (1 + math.exp(-evidence.score)), evidence.kinds)


def _tagged_names(reading: Reading, clues: Clues, tagged: Iterable[Tagged]) -> list[Named]:
    """Give tagged names their entries and the kinds that nouns beside them speak of."""
    forms = {(u.first, u.last): u for u in clues.unlisted}
    told = {(e.span.first, e.span.last): e.kinds for e in clues.evidence}
    names = []
    for t in tagged:
        span = clues.spans.get((t.first, t.last)) or Span(t.first, t.last, _text(reading, t), ())
        form = forms.get((t.first, t.last))
        kinds = told.get((t.first, t.last), form.kinds if form else None)
        if kinds is None:
            kinds = _kinds(clues, span)
        names.append(Named(span, t.sure, kinds, form.why if form else "used like the name of a place"))
    return names


def _kinds(clues: Clues, span: Span) -> tuple[str, ...]:
    """Kinds that a noun beside a run of words speaks of, where the run is none of the longest."""
    if not span.places:
        return ()
    evidence = weigh(clues.tokens, [span], people=clues.people, words=clues.words, countries={}, theatre=())
    return evidence[0].kinds


def _text(reading: Reading, t: Tagged) -> str:
    return " ".join(reading.text[reading.tokens[t.first].start : reading.tokens[t.last - 1].end].split())


def _positions(spans: Iterable[Span]) -> set[int]:
    return {k for s in spans for k in range(s.first, s.last)}
