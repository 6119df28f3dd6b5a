"""How well places are found, on the development corpora: the tables of docs/accuracy.md.

    python tests/bench/accuracy.py FOLDER                    # dev halves, with the packaged weights
    python tests/bench/accuracy.py FOLDER --leave-one-out    # each corpus with weights that have not seen it
    python tests/bench/accuracy.py FOLDER --sources          # with the paper of each article told, read together
    python tests/bench/accuracy.py FOLDER --written          # the articles written for training, each file left out
    python tests/bench/accuracy.py FOLDER --worst 50         # what goes wrong most often

FOLDER holds `corpora/NAME.jsonl`, `split.json` and the scorers `score_places.py` and `score_governorate.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from geo.crs import distance_m
from geo.export.lines import mention_line
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Article
from geo.toponyms import explain_together
from geo.training.__main__ import ARTICLES, read_written, train
from geo.training.corpus import read_corpus
from geo.training.marked import read_marked

CORPORA = ("tr_news", "lgl", "re3d")
Row = dict[str, Any]


def articles(folder: Path, name: str, half: str) -> list[Row]:
    """Give the articles of a half."""
    ids = frozenset(orjson.loads((folder / "split.json").read_bytes())[name][half])
    rows = (orjson.loads(line) for line in (folder / "corpora" / f"{name}.jsonl").read_bytes().splitlines())
    return [row for row in rows if row["id"] in ids]


def found(
    rows: Iterable[Row],
    gazetteer: Gazetteer,
    weights: Path | None = None,
    *,
    sources: bool = False,
    roles: Sequence[str] = ("place", "metonym"),
) -> list[Row]:
    """Find the places, as ``sitmap places`` prints them; its source is told of an article only where asked for."""
    articles = (
        Article(row["id"], row["text"], source=(row.get("domain") or row.get("source") or "") if sources else "")
        for row in rows
    )
    return [
        mention_line(mention)
        for _, explained in explain_together(articles, gazetteer, weights=weights)
        for mention, _ in explained
        if mention.role in roles
    ]


def near(gold: Sequence[Row], told: Sequence[Row], scorer: Any) -> Iterator[tuple[Row, Row, float]]:
    """Give each located gold toponym with the prediction on it and their distance in km (20,000 where unresolved)."""
    by_article: dict[str, list[Row]] = {}
    for row in told:
        by_article.setdefault(row["doc"], []).append(row)
    for article in gold:
        text = article["text"]
        kept = [t for t in article["toponyms"] if not t.get("ignore") and not t.get("demonym")]
        ours = by_article.get(article["id"], [])
        for span in (kept, ours):
            for one in span:
                one["s"], one["e"] = scorer.norm(text, one["start"], one["end"])
        for i, j in scorer.pair(kept, ours)[0]:
            g, p = kept[i], ours[j]
            if g.get("lat") is not None:
                known = p["lat"] is not None
                away = distance_m(g["lon"], g["lat"], p["lon"], p["lat"]) / 1000 if known else 20_000.0
                yield g, p, away


def figures(name: str, gold: Sequence[Row], told: Sequence[Row], scorer: Any) -> tuple[str, tuple[int, int]]:
    """Give a line of the table, and how many located gold toponyms are right within 161 km, of how many."""
    score = scorer.score(gold, told, no_demonyms=True)
    if "e2e" not in score:
        return f"| {name} | {score['exact']['f1']:.3f} | - | - | - | - |", (0, 0)
    away = [km for _, _, km in near(gold, told, scorer)]
    within = sum(km <= 25 for km in away) / len(away)
    line = f"| {name} | {score['exact']['f1']:.3f} | {score['resolution']['acc161']:.3f} | {within:.3f}"
    line += f" | {score['e2e']['f1']:.3f} | {score['e2e_acc161_located_gold']:.3f} |"
    return line, (score["e2e"]["tp"], score["e2e"]["gold"])


def seats(gold: Sequence[Row], told: Sequence[Row], scorer: Any) -> tuple[int, int]:
    """Count units taken for a town, and towns for a unit, where both bear the name: more than 25 km off, in one unit."""
    confused = [
        p["kind"] for _, p, km in near(gold, told, scorer) if 25 < km < 400 and p["kind"] in ("admin1", "city", "town")
    ]
    return sum(kind != "admin1" for kind in confused), sum(kind == "admin1" for kind in confused)


def leave_one_out(folder: Path, gazetteer: Gazetteer, scorer: Any) -> None:
    """Print the table with weights learnt from the other corpora."""
    split = orjson.loads((folder / "split.json").read_bytes())
    for name in CORPORA:
        others = [
            list(read_corpus(folder / "corpora" / f"{other}.jsonl", split[other]["train"]))
            for other in CORPORA
            if other != name
        ]
        with tempfile.TemporaryDirectory() as out:
            train(others, Path(out), written=read_written())
            rows = articles(folder, name, "dev")
            print(figures(name, rows, found(rows, gazetteer, Path(out)), scorer)[0], flush=True)


def leave_written_out(folder: Path, gazetteer: Gazetteer, scorer: Any) -> None:
    """Print a line for each file of articles written for training, with weights that have not seen it."""
    split = orjson.loads((folder / "split.json").read_bytes())
    corpora = [list(read_corpus(folder / "corpora" / f"{name}.jsonl", split[name]["train"])) for name in CORPORA]
    files = {path.stem: list(read_marked(path, gazetteer)) for path in sorted(ARTICLES.glob("*.txt"))}
    for name, left in files.items():
        others = [article for other, articles in files.items() if other != name for article in articles]
        with tempfile.TemporaryDirectory() as out:
            train(corpora, Path(out), written=others)
            rows = [
                {
                    "id": article.id,
                    "text": article.text,
                    "toponyms": [{"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon} for p in article.places],
                }
                for article in left
            ]
            told = found(rows, gazetteer, Path(out))
            exact = scorer.score(rows, told)["exact"]
            print(
                figures(name, rows, told, scorer)[0], f"precision {exact['p']:.3f}, recall {exact['r']:.3f}", flush=True
            )


def worst(folder: Path, gazetteer: Gazetteer, scorer: Any, count: int) -> None:
    """Print what is resolved wrongly most often."""
    wrong: Counter[tuple[str, str, str, int]] = Counter()
    for name in ("tr_news", "lgl"):
        rows = articles(folder, name, "dev")
        for g, p, km in near(rows, found(rows, gazetteer), scorer):
            if km > 161:
                wrong[name, g["text"], f"{p['name']} ({p['kind']}, {p['id']})", round(km)] += 1
    for (name, text, ours, km), n in sorted(wrong.items(), key=lambda w: (-w[1], w[0]))[:count]:
        print(f"| {n} | {name} | {text} | {ours} | {km} |")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--sources", action="store_true")
    parser.add_argument("--written", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    sys.path.insert(0, str(given.folder))
    import score_governorate
    import score_places

    gazetteer = open_gazetteer(None)
    if given.leave_one_out:
        leave_one_out(given.folder, gazetteer, score_places)
        return
    if given.written:
        leave_written_out(given.folder, gazetteer, score_places)
        return
    if given.worst:
        worst(given.folder, gazetteer, score_places, given.worst)
        return
    right = whole = 0
    for name in CORPORA:
        rows = articles(given.folder, name, "dev")
        told = found(rows, gazetteer, sources=given.sources)
        line, (one, other) = figures(name, rows, told, score_places)
        right, whole = right + one, whole + other
        town, unit = seats(rows, told, score_places)
        print(line, f"unit taken for town {town}, town for unit {unit}" if other else "", flush=True)
    print(f"end-to-end acc@161km, TR-News and LGL pooled: {right / whole:.3f} ({right} of {whole})")
    rows = articles(given.folder, "fakes", "dev")
    polygons = score_governorate.load_polygons(given.folder / "syria_governorates.geojson")
    names = ("place", "metonym")
    for countries in ((), ("SY",)):
        for option, roles in (("", names), (" --demonyms", (*names, "reference"))):
            told = found(rows, open_gazetteer(None, countries=countries), sources=given.sources, roles=roles)
            line = governorates(score_governorate, rows, told, polygons)
            print(f"FA-KES, --country {','.join(countries) or 'none'}{option}:", line)


def governorates(scorer: Any, rows: Sequence[Row], told: Sequence[Row], polygons: Any) -> str:
    """Give accuracy over articles and its mean over labels."""
    score = scorer.score(rows, told, polygons)
    return f"{score['accuracy']:.3f} of articles, {score['mean_accuracy_over_labels']:.3f} mean over labels"


if __name__ == "__main__":
    main()
