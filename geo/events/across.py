"""Join the events of several articles that are one, and put their reports side by side.

Each pair of tellings from two articles is weighed (`geo.events.likeness`); the pairs that speak for one event are
joined, the strongest first, as long as no two tellings of the whole would exclude each other (complete linkage,
Sørensen 1948): a third report that fits both cannot chain two events that do not fit. What comes out hangs on the
records alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from geo.data import read_toml
from geo.events.copies import Copies, rooted
from geo.events.incident import make_incident
from geo.events.likeness import Telling, days_of, evidence, kinship, make_telling
from geo.model import Article, Event, Incident, Report


def merge_reports(events: Iterable[Event], articles: Sequence[Article]) -> tuple[Incident, ...]:
    """Join the tellings of one event in several articles.

    Parameters
    ----------
    events
        Of any number of articles and data sets, each with an id of its own.
    articles
        Their articles: publication days, sources and texts; those of imported events have no text.

    Returns
    -------
    tuple of Incident
        Every event in one of them, most alone in theirs; in order of the publication of the leading report, its
        article, and its place there. The same for any order of events and articles. Events of one article are never
        joined here, nor rows of one data set.
    """
    known = {article.id: article for article in articles}
    told = {event.id: event for event in events}
    tellings = [make_telling(told[id_], _published(known, told[id_])) for id_ in sorted(told)]
    copies = Copies(known)
    incidents = [
        make_incident(rooted([_report(tellings[i], known) for i in group], copies)) for group in _groups(tellings)
    ]
    return tuple(sorted(incidents, key=_in_turn))


def _published(articles: Mapping[str, Article], event: Event) -> date | None:
    article = articles.get(event.article)
    return article.published if article else None


def _report(telling: Telling, articles: Mapping[str, Article]) -> Report:
    article = articles.get(telling.event.article)
    return Report(telling.event, article.source if article else "", telling.known)


def _in_turn(incident: Incident) -> tuple[date, str, int, str]:
    lead = incident.reports[0]
    return lead.known or date.max, lead.event.article, lead.event.quote_start, incident.event.id


def _groups(tellings: Sequence[Telling]) -> list[list[int]]:
    """Join pairs, the strongest first, while all of both groups go with each other."""
    link, possible = (read_toml("merging.toml")["thresholds"][name] for name in ("link", "possible"))
    weights = dict(_weighed(tellings))
    group = {i: [i] for i in range(len(tellings))}
    for i, j in sorted((p for p, bits in weights.items() if bits >= link), key=lambda p: (-weights[p], p)):
        one, two = group[i], group[j]
        if one is two or any(weights.get((min(p), max(p)), possible - 1) < possible for p in product(one, two)):
            continue
        both = sorted(one + two)
        group.update(dict.fromkeys(both, both))
    return [members for i, members in group.items() if members[0] == i]


def _weighed(tellings: Sequence[Telling]) -> Iterator[tuple[tuple[int, int], float]]:
    """Weigh the pairs that share a day and a kind of event; others cannot be one."""
    seen: set[tuple[int, int]] = set()
    for block in _blocks(tellings):
        for pair in _pairs(block):
            if pair in seen:
                continue
            seen.add(pair)
            bits = evidence(tellings[pair[0]], tellings[pair[1]])
            if bits is not None:
                yield pair, round(sum(bits.values()), 3)


def _blocks(tellings: Sequence[Telling]) -> Iterator[dict[str, list[int]]]:
    """Gather the tellings of one kind and day, by what never tells one event twice."""
    blocks: dict[tuple[str, date], dict[str, list[int]]] = {}
    for i, telling in enumerate(tellings):
        kind = kinship(telling.event.type)
        for day in days_of(telling) if telling.event.location else ():
            blocks.setdefault((kind, day), {}).setdefault(telling.within, []).append(i)
    yield from blocks.values()


def _pairs(block: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    for one, two in combinations(block.values(), 2):
        for i, j in product(one, two):
            yield (i, j) if i < j else (j, i)
