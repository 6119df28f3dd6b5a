"""The two founding articles, and the same with other towns, dates and actors."""

from datetime import date

import pytest
from accuracy import swap

from geo.events import find_events, read_actors
from geo.gazetteer import open_gazetteer
from geo.model import Article
from geo.settings import read_atlas
from geo.toponyms import find_mentions

ROOT = swap.ROOT


def read(docs, atlas_root):
    """Events and mentions of documents as the scorers take them."""
    gazetteer = open_gazetteer(read_atlas(atlas_root))
    book = read_actors(atlas_root / "seeds" / "actors.toml")
    events, places = [], []
    for doc in docs:
        article = Article(doc["id"], doc["text"], date.fromisoformat(doc["date"]))
        mentions = find_mentions(article, gazetteer)
        places += [
            {"doc": article.id, "start": m.start, "end": m.end, "text": m.text,
             "lon": m.location.lon if m.location else None, "lat": m.location.lat if m.location else None}
            for m in mentions if m.role in ("place", "metonym")
        ]  # fmt: skip
        events += [_event_row(e) for e in find_events(article, mentions, book)]
    return events, places


def _event_row(event):
    when, where = event.when, event.location
    return {
        "doc": event.article, "type": event.type, "modality": event.modality,
        "start": str(when.first) if when and when.first else None, "end": str(when.last) if when and when.last else None,
        "lon": where.lon if where else None, "lat": where.lat if where else None,
        "actors": [{"role": a.role, "name": a.name} for a in event.actors],
        "figures": {f.kind: f.stated for f in event.figures},
        "quote": event.quote, "quote_start": event.quote_start, "quote_end": event.quote_end,
    }  # fmt: skip


def gold_places(docs, toponyms):
    """Gold toponyms in the form of the scorer."""
    found = {d["id"]: {**d, "toponyms": []} for d in docs}
    for t in toponyms:
        found[t["doc"]]["toponyms"].append({**t, "ignore": t["optional"]})
    return list(found.values())


def f1_of(scorers, docs, toponyms, places):
    return scorers["score_places"].score(gold_places(docs, toponyms), places)["e2e"]["f1"]


@pytest.fixture(scope="module")
def original(seeds):
    return read(seeds["docs"], ROOT)


def test_events_of_the_seed_articles(original, seeds, scorers):
    score = scorers["score_events"].score(seeds["events"], original[0], seeds["docs"])
    assert score["strict"]["tp"] >= 17, score["missed"]
    assert score["strict"]["p"] >= 0.80, score["extra"]
    assert score["quote_in_text"] == score["quote_offsets_right"] == 1.0
    assert score["modality_accuracy"] >= 0.85
    assert score["actor_accuracy"] >= 0.80


def test_places_of_the_seed_articles(original, seeds, scorers):
    assert f1_of(scorers, seeds["docs"], seeds["places"], original[1]) >= 0.90


def test_every_place_of_the_seed_articles_is_as_near_as_it_must_be(original, seeds, scorers):
    by_span = {(p["doc"], p["end"]): p for p in original[1]}
    km = scorers["score_places"].km
    far = []
    for gold in seeds["places"]:
        found = by_span.get((gold["doc"], gold["end"]))
        if found and found["lat"] is not None and not gold["optional"]:
            off = km(gold["lat"], gold["lon"], found["lat"], found["lon"])
            if off > gold["tolerance_km"]:
                far.append((found["text"], round(off, 1), gold["tolerance_km"]))
    assert not far


def variants():
    for i, towns in enumerate(swap.TOWN_SETS):
        for j, dates in enumerate(swap.DATES):
            yield pytest.param(towns, dates, swap.ACTOR_SETS[(i + j) % 3], id=f"{towns[0]}-{dates[0]}")


@pytest.mark.parametrize(("towns", "dates", "actors"), list(variants()))
def test_other_towns_dates_and_actors_score_no_worse(
    towns, dates, actors, original, seeds, scorers, tmp_path_factory, swapped_atlases
):
    pairs = swap.names(towns, actors)
    atlas = swapped_atlases(pairs, tmp_path_factory)
    docs, events, toponyms = swapped(seeds, pairs, dict(zip((d["id"] for d in seeds["docs"]), dates, strict=True)))
    found, places = read(docs, atlas)
    before = scorers["score_events"].score(seeds["events"], original[0])["strict"]
    after = scorers["score_events"].score(events, found, docs)
    assert after["strict"]["tp"] >= before["tp"], after["missed"]
    assert after["strict"]["p"] >= before["p"], after["extra"]
    assert after["quote_offsets_right"] == 1.0
    assert f1_of(scorers, docs, toponyms, places) >= f1_of(scorers, seeds["docs"], seeds["places"], original[1])


@pytest.fixture(scope="module")
def swapped_atlases():
    made = {}

    def get(pairs, tmp_path_factory):
        key = tuple(pairs.values())
        if key not in made:
            made[key] = swap.swap_atlas(ROOT, tmp_path_factory.mktemp("swapped"), pairs)
        return made[key]

    return get


def swapped(seeds, pairs, dates):
    """Documents, events and toponyms with the new names and dates."""
    docs, moves, old = [], {}, {}
    for doc in seeds["docs"]:
        old[doc["id"]] = date.fromisoformat(doc["date"])
        both = pairs | swap.words_of_dates(dates[doc["id"]])
        text, moves[doc["id"]] = swap.swap(doc["text"], both)
        docs.append({"id": doc["id"], "text": text, "date": dates[doc["id"]].isoformat()})
    events = [_swapped_event(e, pairs, old[e["doc"]], dates[e["doc"]]) for e in seeds["events"]]
    toponyms = [{**t, "start": moves[t["doc"]](t["start"]), "end": moves[t["doc"]](t["end"])} for t in seeds["places"]]
    return docs, events, toponyms


def _swapped_event(event, pairs, old, new):
    actors = event["actors"] and {
        role: [swap.swap(name, pairs)[0] for name in names] for role, names in event["actors"].items()
    }
    return {**event, "actors": actors} | {k: swap.swap_day(event[k], old, new) for k in ("start", "end")}
