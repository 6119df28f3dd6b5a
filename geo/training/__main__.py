"""``python -m geo.training``: learn the weights of tagger and ranker from annotated corpora.

    python -m geo.training CORPORA --split split.json --half train --out geo/data lgl tr_news re3d

``CORPORA`` holds ``NAME.jsonl`` for each name (see `geo.training.corpus.read_corpus`); ``split.json`` gives for each
name lists of ids by half. Writes ``toponym_tagger.crfsuite`` and ``toponym_ranker.toml``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from geo.gazetteer import open_gazetteer
from geo.toponyms import tagger as tagging
from geo.training.corpus import Annotated, read_corpus
from geo.training.ranker import balanced, examples, train_ranker
from geo.training.tagger import described, train_tagger

RANKER = "toponym_ranker.toml"
_HEAD = """\
# How much each feature of an entry counts in ranking (geo/toponyms/candidates.py). Learnt by python -m geo.training;
# do not edit by hand. Alone: without the other names of the article; together: in their light.
"""


def main(arguments: list[str]) -> None:
    """Train on the corpora named."""
    parser = argparse.ArgumentParser(prog="python -m geo.training", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder with NAME.jsonl")
    parser.add_argument("names", nargs="+", help="corpora to train on")
    parser.add_argument("--split", type=Path, help="JSON with the ids of halves")
    parser.add_argument("--half", default="train", help="half to train on (train)")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args(arguments)
    split = orjson.loads(given.split.read_bytes()) if given.split else None
    corpora = [
        list(read_corpus(given.folder / f"{name}.jsonl", split[name][given.half] if split else None))
        for name in given.names
    ]
    train(corpora, given.out)


def train(corpora: Sequence[Sequence[Annotated]], out: Path) -> None:
    """Learn both and write them to a folder; the ranker learns from the names that the tagger finds."""
    gazetteer = open_gazetteer(None)
    train_tagger(described([a for corpus in corpora for a in corpus], gazetteer), out / tagging.MODEL)
    located = [[a for a in corpus if any(p.lon is not None for p in a.places)] for corpus in corpora]
    tables = train_ranker(balanced(examples(corpus, gazetteer, out) for corpus in located))
    lines = [_HEAD]
    for table, weights in tables.items():
        lines += [f"\n[{table}]\n", *(f"{feature} = {weight}\n" for feature, weight in weights.items())]
    (out / RANKER).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
