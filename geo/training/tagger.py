"""The tagger's weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from geo.gazetteer import Gazetteer
from geo.gazetteer.towns import read_towns
from geo.toponyms.tagger import features
from geo.training.corpus import Annotated, labels, read_clues, with_other_names

Sequences = list[tuple[list[list[str]], list[str]]]
_LEAST_TOWNS = 60  # of a country whose towns stand in for those of an article
PARAMETERS = {"c1": 0.4, "c2": 0.05, "max_iterations": 120, "feature.minfreq": 2, "feature.possible_transitions": True}
"""Chosen on the training halves: of c1 .1 to 1 and c2 .01 to .5 none is better by more than .003."""


def described(articles: Iterable[Annotated], gazetteer: Gazetteer, *, swapped: bool = True) -> Sequences:
    """Give features and labels of articles, and with ``swapped`` of each once more with other places."""
    towns = _towns()
    sequences: Sequences = []
    for article in articles:
        for one in (article, with_other_names(article, towns, gazetteer, "1")) if swapped else (article,):
            _, clues = read_clues(one.text, gazetteer)
            sequences.append(([list(f) for f in features(clues)], labels(one, clues)))
    return sequences


def train_tagger(sequences: Sequences, path: Path) -> None:
    """Learn the weights and write them to a file of CRFsuite's format."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for words, labelled in sequences:
        trainer.append(words, labelled)
    trainer.set_params(PARAMETERS)
    trainer.train(str(path))


@cache
def _towns() -> dict[str, Sequence[tuple[int, str]]]:
    by_country: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for town in read_towns():
        name = town["name"]
        if all(c.isascii() and (c.isalpha() or c in " -'") for c in name):
            by_country[town["countrycode"]].append((int(town["population"] or 0), name))
    return {country: towns for country, towns in sorted(by_country.items()) if len(towns) >= _LEAST_TOWNS}
