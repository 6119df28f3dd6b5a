"""Ranking: which of the entries of a name an article means, by a log-linear model whose weights people can read.

The weights of `FIXED` and `SHARED` are learnt (`geo.training`) and lie in ``geo/data/toponym_ranker.toml``; those of
the atlas and its theatre, which no corpus knows, are set by hand in ``geo/data/toponym_weights.toml``. The entries of
all names are weighed alone first, then together, each name in the light of what the others likely mean.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from geo.data import read_toml
from geo.errors import InputError
from geo.model import Place
from geo.toponyms.candidates import Candidates, Context, Floats, Name
from geo.toponyms.features import FIXED, SHARED, describe, shared
from geo.toponyms.tagger import LEARN

FILE = "toponym_ranker.toml"
_FEATURES = (*FIXED, *SHARED)
_COUNTS = 0.005  # parts of a score smaller than this are not told
_ROUNDS = 3  # after this many no name of the training halves changes its entry any more


@dataclass(frozen=True, slots=True)
class Weights:
    """Learnt weights: of an entry alone, shape (len(FIXED),), and of entries together, len(FIXED) + len(SHARED)."""

    alone: Floats
    together: Floats


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its score, its share in the likelihood of all entries of the name, and the features that count."""

    place: Place
    score: float
    share: float
    features: tuple[tuple[str, float], ...]


def resolve_all(names: Sequence[Name], context: Context, weights: Path | None = None) -> dict[Name, tuple[Ranked, ...]]:
    """Rank the entries of all names of an article.

    Parameters
    ----------
    names
        Each with at least one entry.
    context
        What the article and the atlas speak of.
    weights
        Folder with weights of one's own; None for those of the package.

    Returns
    -------
    dict
        By name its entries, the likeliest first; ties go by population, then by id.
    """
    if not names:
        return {}
    candidates = describe(names, context)
    learnt = read_weights(weights)
    features, likely = weigh_together(candidates, learnt)
    parts = features * learnt.together
    scores = parts.sum(axis=1)
    ranked: dict[Name, list[Ranked]] = {name: [] for name in names}
    counting = [np.flatnonzero(row).tolist() for row in np.abs(parts) > _COUNTS]
    rounded = np.round(parts, 3).tolist()
    for k, place in enumerate(candidates.places):
        told = tuple((_FEATURES[i], rounded[k][i]) for i in counting[k])
        ranked[names[candidates.name[k]]].append(Ranked(place, float(scores[k]), float(likely[k]), told))
    order = {name: sorted(entries, key=_order) for name, entries in ranked.items()}
    return {name: tuple(entries) for name, entries in order.items()}


def _order(ranked: Ranked) -> tuple[float, int, str]:
    return -round(ranked.score, 6), -ranked.place.population, ranked.place.id


def weigh_together(candidates: Candidates, weights: Weights) -> tuple[Floats, Floats]:
    """Weigh all entries, alone first, then in the light of the others.

    Parameters
    ----------
    candidates
        The entries.
    weights
        Learnt.

    Returns
    -------
    features
        Of the last round, shape (n, len(FIXED) + len(SHARED)).
    likely
        How likely each entry is, shape (n,).
    """
    likely = likelihood(candidates, candidates.fixed @ weights.alone)
    features = candidates.fixed
    for _ in range(_ROUNDS):
        features = np.hstack([candidates.fixed, shared(candidates, likely)])
        likely = likelihood(candidates, features @ weights.together)
    return features, likely


def likelihood(candidates: Candidates, scores: Floats) -> Floats:
    """Give the softmax of scores over the entries of each name, shape (n,)."""
    best = np.full(candidates.names, -np.inf)
    np.maximum.at(best, candidates.name, scores)
    odds = np.exp(scores - best[candidates.name])
    total = np.zeros(candidates.names)
    np.add.at(total, candidates.name, odds)
    return np.asarray(odds / total[candidates.name])


@cache
def read_weights(folder: Path | None = None) -> Weights:
    """Give the weights of a folder, or of the package.

    Raises
    ------
    InputError
        Where the folder holds none.
    """
    if folder is None:
        return with_hand_set(read_toml(FILE))
    try:
        return with_hand_set(tomllib.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise InputError("here are no weights of the ranker", do=LEARN, path=folder / FILE) from error


def with_hand_set(table: Mapping[str, Mapping[str, float]]) -> Weights:
    """Put learnt weights, by name, and those of atlas and theatre together."""
    by_hand = read_toml("toponym_weights.toml")["by_hand"]
    fixed = [float(by_hand.get(f, 0.0)) for f in FIXED]
    alone = [w + float(table["alone"].get(f, 0.0)) for f, w in zip(FIXED, fixed, strict=True)]
    together = [w + float(table["together"].get(f, 0.0)) for f, w in zip(FIXED, fixed, strict=True)]
    together += [float(table["together"].get(f, 0.0)) for f in SHARED]
    return Weights(np.array(alone), np.array(together))
