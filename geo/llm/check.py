"""From what a model says to an event: every word is looked up in the article, and what is not there is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.ids import content_id
from geo.llm.answer import Item, Refusal, shown
from geo.llm.numbers import read_number
from geo.llm.place import Placed, locate_words
from geo.llm.scene import Scene, doubts, twins
from geo.llm.spans import Span, in_one_paragraph, inside, nearest, occurrences, overlap, paragraph
from geo.model import Actor, Event, Figure, When

_LONGEST_QUOTE = 1_000
_FEWEST_WORDS = 3
_LONGEST_NAME = 120
_MOST_NAMES = 10
_ARTICLES = ("the ", "a ", "an ")
_UNCONFIRMED = 0.85
_ORDERED = 0.5
_BEFORE_VALUE = 40
_MEMBER = re.compile(r"[\"'“”‘’][\w ]+[\"'“”‘’]\s*:\s*[\"'“”‘’]?\s*$")
"""What stands before a value in JSON: an article that holds some wrote it for a machine."""


@dataclass(slots=True)
class _Notes:
    """What is left out of an item, and what a reader of the event must know."""

    article: str
    refused: list[Refusal] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def leave_out(self, part: str, why: str, words: str) -> None:
        self.refused.append(Refusal(self.article, part, why, shown(words)))
        flag = f"the model’s {part} is left out: {why}"
        if part != "event" and flag not in self.flags:
            self.flags.append(flag)


def check(item: Item, scene: Scene, part: Span) -> tuple[Event | None, list[Refusal]]:
    """Make an event of an item, as far as the article bears it out.

    Quote, place and type must hold, else there is no event. Of the rest, what does not stand in the article is left
    out, and the event says so. Every text of the event is cut out of the article; none is the model's.

    Parameters
    ----------
    item
        One event as the model tells it.
    scene
        What it is checked against.
    part
        The part of the article that the model was given.

    Returns
    -------
    tuple
        The event or None, and what is left out.
    """
    notes = _Notes(scene.article.id)
    quotes = _quotes(item, scene, part, notes)
    if not quotes:
        return None, notes.refused
    quote, place = _placed(item, scene, quotes)
    if isinstance(place, str):
        notes.leave_out("event", place, item.place)
        return None, notes.refused
    event = _event(item, scene, _sentences_around(quote, scene), place, notes)
    return event, notes.refused


def _event(item: Item, scene: Scene, quote: Span, place: Placed, notes: _Notes) -> Event:
    text, told = scene.article.text, twins(item.type, scene, quote)
    near = inside(place.span, quote)
    origin = _origin(item, scene, quote, notes)
    event = Event(
        id="",
        article=scene.article.id,
        type=item.type,
        when=_when(item, scene, quote, notes),
        location=place.location,
        origin=origin.location if origin else None,
        actors=_actors(item, scene, quote, notes),
        modality=item.modality,
        attribution=_attribution(item, scene, quote, notes),
        figures=_figures(item, scene, quote, notes),
        quote=text[slice(*quote)],
        quote_start=quote[0],
        quote_end=quote[1],
        trigger="",
        confidence=0.0,
        subtype=next((e.subtype for e in told if e.type == item.type), ""),
    )
    confidence = _confidence(event, place.certainty, near=near, told=bool(told), ordered=bool(scene.orders))
    flags = [
        f"read by a language model ({scene.model})",
        *([f"the article speaks to a language model: “{scene.orders}”"] if scene.orders else []),
        *([] if near else ["placed by another sentence of the article"]),
        *notes.flags,
        *doubts(item.modality, told),
    ]
    return replace(event, id=_id(event), confidence=confidence, flags=tuple(flags))


def _id(event: Event) -> str:
    place, edtf = event.location.place_id if event.location else "", event.when.edtf if event.when else ""
    return content_id(event.article, event.type, event.quote_start, event.quote, place, edtf, event.modality)


# Quote and place ----------------------------------------------------------------------------------


def _quotes(item: Item, scene: Scene, part: Span, notes: _Notes) -> list[Span]:
    text = scene.article.text
    if len(item.quote) > _LONGEST_QUOTE or len(item.quote.split()) < _FEWEST_WORDS:
        why = f"its quote is no sentence but {len(item.quote.split())} words"
        notes.leave_out("event", why, item.quote)
        return []
    found = occurrences(text, item.quote, within=part)
    found, values = [s for s in found if not _is_value(text, s)], [s for s in found if _is_value(text, s)]
    whole = [span for span in found if in_one_paragraph(text, span)]
    if values and not found:
        notes.leave_out("event", "its quote is a value in data, not a sentence of a report", item.quote)
    elif not found:
        notes.leave_out("event", "its quote does not stand in the article", item.quote)
    elif not whole:
        notes.leave_out("event", "its quote runs over paragraphs", item.quote)
    return whole


def _is_value(text: str, span: Span) -> bool:
    return _MEMBER.search(text, max(0, span[0] - _BEFORE_VALUE), span[0]) is not None


def _placed(item: Item, scene: Scene, quotes: Sequence[Span]) -> tuple[Span, Placed | str]:
    """Choose the quote that stands nearest to the place, where its words stand several times."""
    tried = [(q, locate_words(item.place, q, scene.article, scene.mentions, scene.gazetteer)) for q in quotes]
    found = [(q, place) for q, place in tried if not isinstance(place, str)]
    return min(found, key=lambda one: (one[1].away, one[0])) if found else tried[0]


def _sentences_around(quote: Span, scene: Scene) -> Span:
    """Widen a quote to the sentences that it is cut from, so that it can be read for itself."""
    around = [span for span in scene.spans if overlap(span, quote)]
    whole = min(quote[0], around[0][0]), max(quote[1], around[-1][1])
    return whole if whole[1] - whole[0] <= _LONGEST_QUOTE else quote


def _origin(item: Item, scene: Scene, quote: Span, notes: _Notes) -> Placed | None:
    if not item.origin:
        return None
    place = locate_words(item.origin, quote, scene.article, scene.mentions, scene.gazetteer)
    if isinstance(place, str):
        notes.leave_out("origin", place, item.origin)
        return None
    return place


# Time ---------------------------------------------------------------------------------------------


def _when(item: Item, scene: Scene, quote: Span, notes: _Notes) -> When | None:
    """Date the words that the model gives; a date of its own is none of them."""
    if not item.time:
        return None
    found = nearest(occurrences(scene.article.text, item.time, any_case=True), quote)
    if not found:
        notes.leave_out("time", "its words do not stand in the article", item.time)
        return None
    for span in found:
        inner = [time for time in scene.times if overlap((time.start, time.end), span) and time.kind != "duration"]
        dated = [time.when for time in inner if time.when is not None]
        if dated:
            if not inside(span, quote):
                notes.flags.append(f"dated by another sentence of the article, “{dated[0].phrase}”")
            return dated[0]
        if inner:
            notes.flags.append(f"the article does not say when “{inner[0].text}” was")
            return None
    notes.leave_out("time", "its words are no time that sitmap can date", item.time)
    return None


# Actors and who says so ---------------------------------------------------------------------------


def _actors(item: Item, scene: Scene, quote: Span, notes: _Notes) -> tuple[Actor, ...]:
    taken: set[str] = set()
    found: list[Actor] = []
    for role, names in (("initiator", item.initiators), ("target", item.targets)):
        spans = [span for name in names[:_MOST_NAMES] if (span := _name(role, name, scene, quote, notes))]
        for start, end in sorted(set(spans)):
            name = scene.article.text[start:end]
            if name.casefold() not in taken:
                taken.add(name.casefold())
                known = scene.book.find(name.split())
                found.append(Actor(role, " ".join(name.split()), known.side if known else ""))
    return tuple(found)


def _name(role: str, name: str, scene: Scene, quote: Span, notes: _Notes) -> Span | None:
    bare = " ".join(name.split())
    article = next((a for a in _ARTICLES if bare.casefold().startswith(a)), "")
    bare = bare[len(article) :]
    found = occurrences(scene.article.text, bare, any_case=True) if len(bare) <= _LONGEST_NAME else []
    if not found:
        notes.leave_out(role, "the name does not stand in the article", name)
        return None
    span = nearest(found, quote)[0]
    if not inside(span, quote):
        flag = f"{role} named in another sentence of the article"
        notes.flags += [] if flag in notes.flags else [flag]
    return span


def _attribution(item: Item, scene: Scene, quote: Span, notes: _Notes) -> str:
    if not item.attribution:
        return ""
    found = occurrences(scene.article.text, item.attribution, any_case=True)
    if len(item.attribution) > _LONGEST_NAME or not found:
        notes.leave_out("attribution", "its words do not stand in the article", item.attribution)
        return ""
    return " ".join(scene.article.text[slice(*nearest(found, quote)[0])].split())


# Figures ------------------------------------------------------------------------------------------


def _figures(item: Item, scene: Scene, quote: Span, notes: _Notes) -> tuple[Figure, ...]:
    text, found = scene.article.text, dict[str, Figure]()
    for kind, words in item.figures:
        spans = occurrences(text, words, any_case=True, within=paragraph(text, quote))
        number = read_number(words)
        if not spans:
            notes.leave_out("figure", "its words do not stand in the paragraph of the quote", words)
        elif number is None:
            notes.leave_out("figure", "its words hold no number", words)
        elif kind in found:
            notes.leave_out("figure", "another number of that kind stands before it", words)
        else:
            own = " ".join(text[slice(*nearest(spans, quote)[0])].split())
            found[kind] = Figure(kind, *number, own)
    return tuple(found[kind] for kind in sorted(found))


def _confidence(event: Event, certainty: float, *, near: bool, told: bool, ordered: bool) -> float:
    """Give a confidence as `geo.events` does; less where the rules find no such event, or the article gives orders."""
    score = 0.9 * (0.6 + 0.4 * certainty)
    score *= 1.0 if near else 0.85
    score *= 1.0 if event.when is not None else 0.9
    score *= 1.0 if any(a.role == "initiator" for a in event.actors) else 0.95
    return round(score * (1.0 if told else _UNCONFIRMED) * (_ORDERED if ordered else 1.0), 2)
