"""How well events are found, on articles coded by hand: the tables of docs/events.md.

    python tests/bench/events.py FOLDER            # the tables
    python tests/bench/events.py FOLDER --missed   # and what was missed or made up in the open part
    python tests/bench/events.py FOLDER --speed    # articles a second, with the share of each stage

FOLDER is the `shared` folder with the development corpora: `eval/corpora/*.jsonl`, the scorers and `data/`. The places of
`data/ucdp_ged_syria_2016_2019.csv.gz` are imported into an atlas of their own first. `tests/accuracy/coded/` holds what was
coded besides the corpora's own gold: spans and facts of texts of the corpora, in an open part, which may be looked at while
rules are written, and a held one, of which only the totals are.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from geo.events import find_events, read_actors
from geo.events.actors import ActorBook
from geo.export.lines import event_line
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.gazetteer.importing.run import import_files
from geo.model import Article
from geo.settings import read_atlas
from geo.toponyms import find_mentions

ROOT = Path(__file__).resolve().parents[2]
CODED = ROOT / "tests" / "accuracy" / "coded"
SOURCES = {"reports": ("fakes", "tr_news"), "snippets": ("snippets_dev",)}
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """Give the lines of a file."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def coded(folder: Path, kind: str, part: str) -> tuple[list[Row], list[Row]]:
    """Give the documents and the gold of a part of what was coded here, quotes cut out of the texts."""
    gold = [g for g in rows(CODED / f"{kind}.jsonl") if g["part"] == part]
    wanted = {g["doc"] for g in gold}
    docs = [d for name in SOURCES[kind] for d in rows(folder / "eval" / "corpora" / f"{name}.jsonl")]
    docs = [d for d in docs if d["id"] in wanted]
    texts = {d["id"]: d["text"] for d in docs}
    return docs, [{**g, "quote": texts[g["doc"]][g["quote_start"] : g["quote_end"]]} for g in gold]


def read(docs: Iterable[Row], gazetteer: Gazetteer, book: ActorBook) -> list[Row]:
    """Find the events, as ``sitmap events`` prints them."""
    found = []
    for doc in docs:
        article = _article(doc)
        found += [event_line(e) for e in find_events(article, find_mentions(article, gazetteer), book)]
    return found


def _article(doc: Row) -> Article:
    try:
        published = date.fromisoformat((doc.get("date") or "")[:10])
    except ValueError:
        published = None
    return Article(doc["id"], doc["text"], published)


def atlas_of_ucdp(folder: Path, root: Path) -> Gazetteer:
    """Make an atlas with the actors of this one and the places of the UCDP file, and open its gazetteer."""
    (root / "seeds").mkdir(parents=True)
    (root / "seeds" / "atlas.toml").write_text('title = "Benchmark"\n', encoding="utf-8")
    import_files([folder / "data" / "ucdp_ged_syria_2016_2019.csv.gz"], read_atlas(root))
    return open_gazetteer(read_atlas(root))


def table(sets: Sequence[tuple[str, list[Row], list[Row], list[Row]]], score: Callable[..., Row]) -> str:
    """Write the scores as a table: a line a set."""
    head = "| articles | must | strict F1 | type | type, place | type, date | modality | actors | figures |"
    lines = [head, "|---|" + "---|" * 8]
    for name, docs, gold, told in sets:
        s = score(gold, told, docs)
        shares = [s["modality_accuracy"], s["actor_accuracy"], s["figure_accuracy"]]
        cells = [s[k]["f1"] for k in ("strict", "type", "type_place", "type_date")] + shares
        written = " | ".join("-" if c is None else f"{c:.2f}".removeprefix("0") for c in cells)
        lines.append(f"| {name}, {len(docs)} | {s['strict']['gold']} | {written} |")
    return "\n".join(lines)


def speed(docs: Sequence[Row], gazetteer: Gazetteer, book: ActorBook) -> str:
    """Measure places and events apart, after a warm start, in time of this process."""
    articles = [_article(doc) for doc in docs]
    find_events(articles[0], find_mentions(articles[0], gazetteer), book)
    start = time.process_time()
    mentions = [find_mentions(a, gazetteer) for a in articles]
    placed = time.process_time()
    for article, found in zip(articles, mentions, strict=True):
        find_events(article, found, book)
    done = time.process_time()
    chars = sum(len(a.text) for a in articles) / len(articles)
    return (
        f"{len(articles)} articles of {chars:.0f} characters: {len(articles) / (done - start):.1f} a second; "
        f"places {1000 * (placed - start) / len(articles):.0f} ms, events {1000 * (done - placed) / len(articles):.0f} ms each"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    corpora = options.folder / "eval" / "corpora"
    sys.path.insert(0, str(options.folder / "eval"))
    score, types = (importlib.import_module(n) for n in ("score_events", "score_types"))
    book = read_actors(ROOT / "seeds" / "actors.toml")
    with tempfile.TemporaryDirectory() as temporary:
        gazetteer = atlas_of_ucdp(options.folder, Path(temporary) / "atlas")
        if options.speed:
            print(speed(rows(corpora / "fakes.jsonl")[:150], gazetteer, book))
            return
        given = [("development gold", rows(corpora / "events_dev_docs.jsonl"), rows(corpora / "events_dev.jsonl"))]
        ours = [
            (f"{kind}, {part} part", *coded(options.folder, kind, part))
            for kind in SOURCES
            for part in ("open", "held")
        ]
        sets = [(name, docs, gold, read(docs, gazetteer, book)) for name, docs, gold in (*given, *ours)]
        print(table(sets, score.score))
        snippets = rows(corpora / "snippets_dev.jsonl")
        share, count, _ = types.accuracy(snippets, read(snippets, gazetteer, book))
        print(f"\nMain type of a snippet: {share:.3f} right of {count}")
        for name, docs, gold, told in sets if options.missed else ():
            if "held" not in name:
                outcome = score.score(gold, told, docs)
                print(f"\n{name}", *outcome["missed"], "made up:", *outcome["extra"], sep="\n  ")


if __name__ == "__main__":
    main()
