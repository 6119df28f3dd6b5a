"""Where an event of a model happened: a place that the geoparser or the gazetteer knows under words of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crs import distance_m
from geo.llm.spans import Span, gap, inside, nearest, occurrences, overlap
from geo.model import Article, Location, Mention, Place

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

_ROLES = ("place", "metonym", "reference")
_LONGEST = 200
_ONE_PLACE_M = 25_000.0
_UNRANKED = 0.6
"""Confidence in an entry that has the name, but that the geoparser did not weigh in its text."""

_SEVERAL = re.compile(r"\b(?:and|or)\b|[/;]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with the words that name it.

    Attributes
    ----------
    location
        Where it is.
    certainty
        Confidence that the words mean it.
    span
        The words.
    away
        Code points between them and the quote.
    """

    location: Location
    certainty: float
    span: Span
    away: int


def locate_words(
    words: str, quote: Span, article: Article, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> Placed | str:
    """Find the place that words of an article name.

    Parameters
    ----------
    words
        As the model gives them.
    quote
        Where the event is told: of several places where the words stand, the nearest counts.
    article, mentions
        The article and the mentions of it.
    gazetteer
        Asked for names that the geoparser took for no place.

    Returns
    -------
    Placed or str
        The place, or why there is none.
    """
    found = nearest(occurrences(article.text, words, any_case=True), quote) if len(words) <= _LONGEST else []
    if not words:
        return "it names no place"
    if not found:
        return "its place does not stand in the article"
    why = ""
    for span in found:
        mention = _mention_at(span, article.text, mentions)
        if isinstance(mention, Mention) and mention.where is not None:
            return Placed(mention.where, mention.confidence, span, gap(span, quote))
        why = why or (mention if isinstance(mention, str) else "")
    place = _entry(article.text[slice(*found[0])], gazetteer)
    if place is None:
        return why or "no gazetteer resolves its place"
    from geo.toponyms.resolve import locate

    location = locate(place, gazetteer, written=article.text[slice(*found[0])])
    return Placed(location, _UNRANKED, found[0], gap(found[0], quote))


def _mention_at(span: Span, text: str, mentions: Sequence[Mention]) -> Mention | str | None:
    """Give the mention that words hold or lie in; of two in one phrase ("X in Y") the first; None where none does."""
    here = [m for m in mentions if m.role in _ROLES and overlap(_phrase(m), span)]
    whole = [m for m in here if inside(span, _phrase(m))]
    if whole:
        return min(whole, key=lambda m: (_phrase(m)[1] - _phrase(m)[0], m.start))
    here = sorted((m for m in here if inside((m.start, m.end), span)), key=lambda m: m.start)
    between = text[here[0].end : here[-1].start] if here else ""
    if _SEVERAL.search(between):
        return "its words name several places"
    return here[0] if here else None


def _phrase(mention: Mention) -> Span:
    return (mention.region_start, mention.region_end) if mention.region else (mention.start, mention.end)


def _entry(name: str, gazetteer: Gazetteer) -> Place | None:
    """Give the one place of a name: the atlas's, or all that the theatre has under it, if they are one place."""
    if not name[:1].isupper():
        return None
    places = gazetteer.lookup([name])[name]
    own = [place for place in places if place.id.startswith("atlas:")]
    theatre = gazetteer.theatre.countries
    near = own or [place for place in places if not theatre or place.country in theatre]
    if not near or any(distance_m(near[0].lon, near[0].lat, p.lon, p.lat) > _ONE_PLACE_M for p in near[1:]):
        return None
    return near[0]
