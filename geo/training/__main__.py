"""``python -m geo.training``: learn the weights of tagger and ranker from annotated corpora.

    python -m geo.training CORPORA --split split.json --half train --out geo/data lgl tr_news re3d

``CORPORA`` holds ``NAME.jsonl`` for each name (see `geo.training.corpus.read_corpus`); ``split.json`` gives for each
name lists of ids by half. The tagger learns from the articles of ``geo/training/articles`` too, which were written for
it (see `geo.training.marked`). Writes ``toponym_tagger.crfsuite`` and ``toponym_ranker.toml``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from geo.errors import InputError
from geo.gazetteer import open_gazetteer
from geo.toponyms import rank as ranking
from geo.toponyms import tagger as tagging
from geo.training.corpus import Annotated, read_corpus
from geo.training.marked import read_marked
from geo.training.ranker import balanced, examples, train_ranker
from geo.training.tagger import described, train_tagger

ARTICLES = Path(__file__).parent / "articles"
_HEAD = """\
# How much each feature of an entry counts in ranking (geo/toponyms/features.py). Learnt by python -m geo.training;
# do not edit by hand. Alone: without the other names of the article; together: in their light.
"""


def main(arguments: list[str]) -> None:
    """Train on the corpora named."""
    parser = argparse.ArgumentParser(prog="python -m geo.training", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder with NAME.jsonl")
    parser.add_argument("names", nargs="+", help="corpora to train on")
    parser.add_argument("--split", type=Path, help="JSON with the ids of halves")
    parser.add_argument("--half", default="train", help="half to train on (train)")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder with articles written for training")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args(arguments)
    try:
        corpora = [
            list(read_corpus(given.folder / f"{name}.jsonl", _half(given.split, name, given.half)))
            for name in given.names
        ]
        train(corpora, given.out, written=read_written(given.articles))
    except InputError as error:
        parser.exit(2, f"Error: {error}\n")


def _half(split: Path | None, name: str, half: str) -> list[str] | None:
    """Give the ids of one half of a corpus; None, for all, without a split."""
    if split is None:
        return None
    try:
        return list(orjson.loads(split.read_bytes())[name][half])
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"no ids of the half {half!r} of {name!r} can be read: {error}",
            do='Write {"NAME": {"HALF": ["id", …]}}',
            path=split,
        ) from error


def read_written(folder: Path = ARTICLES) -> list[Annotated]:
    """Read the articles that were written for training: every ``.txt`` of a folder."""
    gazetteer = open_gazetteer(None)
    return [article for path in sorted(folder.glob("*.txt")) for article in read_marked(path, gazetteer)]


def train(corpora: Sequence[Sequence[Annotated]], out: Path, *, written: Sequence[Annotated] = ()) -> None:
    """Learn both and write them to a folder.

    Parameters
    ----------
    corpora
        News that people annotated. The tagger reads each article twice, once with other towns; the ranker learns from
        the names that the tagger finds in it.
    out
        The folder.
    written
        Articles written for training, which the tagger reads once: their places are of many countries already, and how
        often each is meant says nothing of the news.

    Raises
    ------
    InputError
        Where the ranker has nothing to learn from.
    """
    out.mkdir(parents=True, exist_ok=True)
    gazetteer = open_gazetteer(None)
    read = described([a for corpus in corpora for a in corpus], gazetteer)
    train_tagger([*read, *described(written, gazetteer, swapped=False)], out / tagging.MODEL)
    tagging.load_model.cache_clear()  # of what lay in that folder before
    located = [[a for a in corpus if any(p.lon is not None for p in a.places)] for corpus in corpora]
    told = balanced(examples(corpus, gazetteer, out) for corpus in located)
    if not told:
        raise InputError(
            "the ranker learns nothing: no name that the tagger finds has a point near one of its entries",
            do="Give lat and lon of more toponyms",
        )
    tables = train_ranker(told)
    lines = [_HEAD]
    for table, weights in tables.items():
        lines += [f"\n[{table}]\n", *(f"{feature} = {weight}\n" for feature, weight in weights.items())]
    (out / ranking.FILE).write_text("".join(lines), encoding="utf-8")
    ranking.read_weights.cache_clear()


if __name__ == "__main__":
    main(sys.argv[1:])
