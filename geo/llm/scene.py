"""What the items of one article are checked against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.events import ActorBook, event_types
from geo.llm.spans import Span, overlap
from geo.model import UNREAL, Article, Event, Mention, TimeExpression
from geo.sentences import sentences
from geo.temporal import find_times

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Scene:
    """What the items of one article are checked against.

    Attributes
    ----------
    article, mentions, gazetteer, book
        The article, its place mentions, and where places and actors stand.
    rules
        The events that the rules of sitmap find in it.
    model
        Name of the model.
    times, spans
        The temporal expressions and the sentences of the article.
    orders
        Words by which the article speaks to a language model; empty where it does not.
    """

    article: Article
    mentions: Sequence[Mention]
    gazetteer: Gazetteer
    book: ActorBook
    rules: Sequence[Event]
    model: str
    times: Sequence[TimeExpression]
    spans: Sequence[Span]
    orders: str = ""

    @classmethod
    def of(
        cls,
        article: Article,
        mentions: Sequence[Mention],
        gazetteer: Gazetteer,
        book: ActorBook,
        *,
        rules: Sequence[Event],
        model: str,
    ) -> Scene:
        """Read the times and the sentences of an article."""
        times = find_times(article.text, article.published)
        spans, orders = sentences(article.text), _orders(article.text)
        return cls(article, mentions, gazetteer, book, rules, model, times, spans, orders)


def _orders(text: str) -> str:
    folded = " ".join(text.casefold().split())
    return next((words for words in read_toml("llm.toml")["orders"]["words"] if words in folded), "")


def twins(type_: str, scene: Scene, quote: Span) -> list[Event]:
    """Give the events of the rules that the same words tell: of the type, or of its family."""
    family = event_types()[type_].family
    near = [e for e in scene.rules if overlap((e.quote_start, e.quote_end), quote)]
    same = [e for e in near if e.type == type_]
    return same or [e for e in near if event_types()[e.type].family == family]


def doubts(modality: str, told: Sequence[Event]) -> list[str]:
    """Say where the rules read an event as no fact, and the model as one."""
    if modality in UNREAL or any(e.modality not in UNREAL for e in told):
        return []
    return [f"the rules of sitmap read this as {kind}" for kind in dict.fromkeys(e.modality for e in told)]
