"""What holders and routes take from an event: its days, the sentence it rests on, how sure it is in a word."""

from collections.abc import Mapping
from datetime import date

from geo.model import Article, Basis, Event

_HIGH, _MEDIUM = 0.85, 0.6


def certainty_of(confidence: float) -> str:
    """Give the word for a confidence, one of `geo.model.CERTAINTIES`."""
    return "high" if confidence >= _HIGH else "medium" if confidence >= _MEDIUM else "low"


def event_days(event: Event, articles: Mapping[str, Article]) -> tuple[date, date] | None:
    """Give the first and the last day on which an event may have been; its report's where that does not date it."""
    when = event.when
    if when and (when.first or when.last):
        first, last = when.first or when.last, when.last or when.first
        return (first, last) if first and last else None
    article = articles.get(event.article)
    return (article.published, article.published) if article and article.published else None


def event_basis(event: Event, articles: Mapping[str, Article]) -> Basis:
    """Give the sentence that an event rests on."""
    article = articles.get(event.article)
    source, known = (article.source, article.published) if article else ("", None)
    return Basis(event.article, source, event.quote, event.quote_start, event.quote_end, known, event.id)
