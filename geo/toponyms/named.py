"""A run of words that names a place, as recognition finds it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.toponyms.recognize import Evidence
from geo.toponyms.spans import Span

UNKNOWN_SURE = 0.65  # of a name that no entry has
FORM_SURE = 0.7  # of a name that "the village of", a list of places or its like tells


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
    around_m
        How far from the entry the place may lie, in metres, where the entry only gives it its name; else 0.
    """

    span: Span
    sure: float
    kinds: tuple[str, ...] = ()
    why: str = ""
    around_m: float = 0.0


def by_rule(evidence: Evidence) -> Named:
    """Give the name for which the rules of recognition speak."""
    return Named(evidence.span, 1 / (1 + math.exp(-evidence.score)), evidence.kinds)


def positions(spans: Iterable[Span]) -> set[int]:
    """Give the positions of all words of spans."""
    return {k for s in spans for k in range(s.first, s.last)}


def apart(names: Iterable[Named], others: Sequence[Named]) -> list[Named]:
    """Give the names that share no word with others."""
    taken = positions(n.span for n in others)
    return [n for n in names if taken.isdisjoint(range(n.span.first, n.span.last))]
