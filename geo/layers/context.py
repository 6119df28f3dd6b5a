"""What several layers say of a feature in the same way."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geo.events.incident import make_incident
from geo.events.taxonomy import describe
from geo.model import UNREAL, Article, Event, Figure, Incident, Records, Report

Row = dict[str, Any]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Context:
    """The records with what is looked up in them again and again.

    Attributes
    ----------
    records
        As read.
    articles, events
        The records' by id; the articles with those of which only day and source are known, the events as all reports
        tell them.
    incidents
        The events with their reports, in order.
    countries
        ISO 3166-1 alpha-2 code by the id of a place.
    """

    records: Records
    articles: dict[str, Article]
    events: dict[str, Event]
    incidents: tuple[Incident, ...]
    countries: dict[str, str]


def make_context(records: Records) -> Context:
    """Index the records."""
    articles = {article.id: article for article in (*records.reports, *records.articles)}
    countries = {place.id: place.country for place in records.places}
    incidents = records.incidents or tuple(_alone(event, articles[event.article]) for event in records.events)
    return Context(records, articles, {i.event.id: i.event for i in incidents}, incidents, countries)


def _alone(event: Event, article: Article) -> Incident:
    return make_incident([Report(event, article.source, article.published)])


def is_real(event: Event) -> bool:
    """Tell whether an event is said to happen: proposals, plans, threats and denials draw nothing but themselves."""
    return event.modality not in UNREAL


def resting_on(context: Context, event: Event) -> Row:
    """Give the common properties of a feature that rests on an event, all but its id and its time."""
    return {
        **published_in(context.articles[event.article]),
        "quote": event.quote,
        "quote_start": event.quote_start if event.quote_start >= 0 else None,
        "quote_end": event.quote_end if event.quote_end >= 0 else None,
        "confidence": round(event.confidence, 3),
    }


def published_in(article: Article) -> Row:
    """Give the common properties that come from the article."""
    return {
        "known": article.published.isoformat() if article.published else None,
        "source": article.source or None,
        "article": article.id,
    }


def told_time(event: Event) -> Row:
    """Give the time of a feature that holds as long as its event."""
    when = event.when
    return interval(when.first, when.last, edtf=when.edtf) if when else {"start": None, "end": None, "edtf": None}


def interval(first: date | None, last: date | None, *, edtf: str = "") -> Row:
    """Give the time of a feature from the first to the last day, both inclusive; an open end is None."""
    start, end = first and first.isoformat(), last and last.isoformat()
    span = f"{start or '..'}/{end or '..'}"
    return {"start": start, "end": end, "edtf": edtf or (start if start and start == end else span)}


def figures_of(figures: tuple[Figure, ...]) -> dict[str, Any]:
    """Give numbers of people as ``{"killed": 12, "killed_max": None, "words": "at least 12 people"}``.

    The first figure of a kind counts. ``_min`` and ``_max`` stand where the words leave room below or above the number
    that they name; a ``_max`` of null says that they set no limit.
    """
    table: dict[str, Any] = {}
    words: list[str] = []
    for figure in figures:
        if figure.kind in table:
            continue
        table[figure.kind] = figure.stated
        if figure.low != figure.stated:
            table[f"{figure.kind}_min"] = figure.low
        if figure.high != figure.stated:
            table[f"{figure.kind}_max"] = figure.high
        if figure.words and figure.words not in words:
            words.append(figure.words)
    return {**table, "words": "; ".join(words)} if table else {}


def type_label(event: Event) -> str:
    """Name the subtype, else the type, and the modality where it is not told as fact: ``Ceasefire (proposed)``."""
    label = describe(event.type, event.subtype).label
    return label if event.modality == "happened" else f"{label} ({event.modality})"
