"""The ranker's weights: a conditional logit over the entries of each name (McFadden 1974)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from geo.crs import distance_m
from geo.gazetteer import Gazetteer
from geo.toponyms.candidates import Candidates, Context, Floats
from geo.toponyms.clues import country_adjectives
from geo.toponyms.features import FIXED, SHARED, describe, shared
from geo.toponyms.heads import read_names
from geo.toponyms.rank import likelihood
from geo.toponyms.resolve import gather_names
from geo.training.corpus import Annotated, read_clues

_RIGHT_M = 100_000.0  # an entry further than this from what people say is not what they mean
_SAME_M = 3_000.0  # entries this much further than the nearest are as right
_L2 = 6.0  # of 1 to 15, none is better by more than .002 in cross-validation on the training halves
_ROUNDS = 2
_HAND_SET = frozenset(("atlas", "theatre_country", "theatre_window"))
_AGAINST = frozenset(
    ("other_noun", "not_in_container", "seat_of_same_name", "byname_of_small", "unit_of_other_country")
)
_FREE = frozenset(f for f in FIXED if f.startswith("kind_"))


@dataclass(frozen=True)
class Example:
    """The entries of an article's names, and which are right.

    Attributes
    ----------
    candidates
        The entries.
    right
        1 for a right entry, shape (n,).
    weight
        Of each name: 0 where nobody says what is right, shape (names,).
    """

    candidates: Candidates
    right: Floats
    weight: Floats


def examples(articles: Iterable[Annotated], gazetteer: Gazetteer, weights: Path) -> list[Example]:
    """Give the names that the tool finds in articles with the tagger of a folder, and what people say they mean."""
    made = [_example(article, gazetteer, weights) for article in articles]
    return [e for e in made if e is not None]


def _example(article: Annotated, gazetteer: Gazetteer, weights: Path) -> Example | None:
    reading, clues = read_clues(article.text, gazetteer, weights)
    named = [n for n in read_names(reading, clues) if n.span.places]
    if not named:
        return None
    by_key, keys = gather_names(reading, named)
    names = list(by_key.values())
    gold = {(m.start, m.end): (m.lon, m.lat) for m in article.places if m.lon is not None and m.lat is not None}
    told: dict[int, Counter[tuple[float, float]]] = {}
    for n, key in zip(named, keys, strict=True):
        tokens = reading.tokens
        point = gold.get((tokens[n.span.first].start, tokens[n.span.last - 1].end))
        if point is not None:
            told.setdefault(names.index(by_key[key]), Counter())[point] += 1
    candidates = describe(names, Context(gazetteer.theatre, country_adjectives(clues)))
    right, weight = np.zeros(len(candidates.places)), np.zeros(len(names))
    for number, points in told.items():
        (lon, lat), count = points.most_common(1)[0]
        own = np.flatnonzero(candidates.name == number)
        away = np.array([distance_m(lon, lat, candidates.places[k].lon, candidates.places[k].lat) for k in own])
        if away.min() <= _RIGHT_M:
            right[own[away <= away.min() + _SAME_M]] = 1.0
            weight[number] = 1 + np.log(count) / 2
    return Example(candidates, right, weight)


def balanced(corpora: Iterable[Sequence[Example]]) -> list[Example]:
    """Let each corpus count alike: many small articles of one kind of paper do not outvote the news of the world."""
    groups = [(group, sum(float(e.weight.sum()) for e in group)) for group in corpora]
    told = [(group, whole) for group, whole in groups if whole]
    mean = sum(whole for _, whole in told) / max(1, len(told))
    return [replace(e, weight=e.weight * mean / whole) for group, whole in told for e in group]


def train_ranker(given: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Learn the weights, by table and feature, rounded to three decimals."""
    alone = _fit([e.candidates.fixed for e in given], given, FIXED)
    likely = [likelihood(e.candidates, e.candidates.fixed @ alone) for e in given]
    names = (*FIXED, *SHARED)
    for _ in range(_ROUNDS):
        features = [
            np.hstack([e.candidates.fixed, shared(e.candidates, p)]) for e, p in zip(given, likely, strict=True)
        ]
        together = _fit(features, given, names)
        likely = [likelihood(e.candidates, f @ together) for e, f in zip(given, features, strict=True)]
    return {"alone": _table(FIXED, alone), "together": _table(names, together)}


def _table(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if n not in _HAND_SET}


def _fit(features: Sequence[Floats], given: Sequence[Example], names: Sequence[str]) -> Floats:
    """Maximise the likelihood of the right entries; a feature can only count the way it is meant to."""
    from scipy.optimize import minimize

    first = np.cumsum([0, *(e.candidates.names for e in given)])
    name = np.concatenate([e.candidates.name + at for e, at in zip(given, first, strict=False)])
    weight = np.concatenate([e.weight for e in given])
    known = weight[name] > 0
    x, right, name = np.concatenate(features)[known], np.concatenate([e.right for e in given])[known], name[known]
    spread = x.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    z, count = x / scale, int(first[-1])

    def loss(w: Floats) -> tuple[float, Floats]:
        score = z @ w
        best = np.full(count, -np.inf)
        np.maximum.at(best, name, score)
        odds = np.exp(score - best[name])
        total, good = np.zeros(count), np.zeros(count)
        np.add.at(total, name, odds)
        np.add.at(good, name, odds * right)
        told = np.flatnonzero((weight > 0) & (total > 0))
        value = -(weight[told] * np.log(np.maximum(good[told] / total[told], 1e-12))).sum() + _L2 * (w @ w) / 2
        slope = odds / total[name] - odds * right / np.maximum(good[name], 1e-12)
        return float(value), np.asarray(z.T @ (slope * weight[name]) + _L2 * w)

    bounds = [_bound(n) for n in names]
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x / scale)


def _bound(name: str) -> tuple[float | None, float | None]:
    if name in _HAND_SET:
        return 0.0, 0.0
    if name in _FREE:
        return None, None
    return (None, 0.0) if name in _AGAINST else (0.0, None)
