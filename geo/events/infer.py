"""What a sentence leaves out and the text before it tells: places, times and actors taken over, and marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.events import syntax
from geo.events.draft import Draft
from geo.events.find import Hit, MentionAt
from geo.events.parser import Sentence
from geo.events.taxonomy import with_trait
from geo.events.times import Dated, reported_on
from geo.events.where import Placed, venue_of
from geo.model import UNREAL, Mention

_LOOK_BACK = 2  # sentences within which an event without a place may share that of the one before

# "Syrian civil war": the adjective of a country places what happens in it, where nothing else does.
_COUNTRY_NOUNS = frozenset(
    ["war", "conflict", "crisis", "territory", "soil", "capital", "city", "town", "border", "province"]
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all that is known of it.

    Attributes
    ----------
    text, spans, mentions
        The article, its sentences and its place mentions.
    sentence
        The parsed sentence.
    mention_at
        The mention that covers a token, or None.
    here, times
        The places and the times of the sentence.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    mentions: Sequence[Mention]
    sentence: Sentence
    mention_at: MentionAt
    here: Sequence[Placed]
    times: Sequence[Dated]


def inherit(draft: Draft, hit: Hit, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Take time and initiators from the event that made the subject what it is.

    "Rebels opened the corridor in early August. It broke the siege": the corridor breaks the siege by having been
    opened, then and by them.
    """
    if not before or (draft.initiators and draft.own_time):
        return draft
    place = _subject(hit, scene, before)
    if place is None:
        return draft
    source = next(
        (d for d in reversed(before) if d.location and d.location.place_id == place and d.modality == "happened"), None
    )
    if source is None:
        return draft
    note = ("time and initiator taken from what is told of the subject before",) if source.when else ()
    actors = (source.initiators or draft.initiators) + draft.targets
    return replace(draft, actors=actors, when=draft.when or source.when, flags=(*draft.flags, *note))


def _subject(hit: Hit, scene: Scene, before: Sequence[Draft]) -> str | None:
    """Give the place that is the subject of a hit, also behind "it": one named before it, or what was just told of."""
    who = syntax.subjects(hit.anchor)
    ahead = [c for c in scene.here if c.head in who]
    if not ahead and who and who[0].text.casefold() in ("it", "this", "that", "which"):
        ahead = [c for c in scene.here if c.head.i < who[0].i and c.head.dep_ in ("nsubj", "nsubjpass")]
        last = before[-1]
        if not ahead and last.location and scene.sentence.index - last.sentence <= 1:
            return last.location.place_id
    return ahead[-1].mention.where.place_id if ahead and ahead[-1].mention.where else None


def date_as_reported(draft: Draft, hit: Hit, scene: Scene) -> Draft:
    """Date a toll that was given out on a day to that day, and say so; other undated events stay undated."""
    if draft.when is not None or draft.modality in UNREAL or not draft.figures:
        return draft
    reported = reported_on(hit, scene.times)
    if reported is None:
        return draft
    return replace(draft, when=reported, flags=(*draft.flags, "dated by the day of the statement"))


def infer_place(draft: Draft, scene: Scene, before: Sequence[Draft]) -> Draft:
    """Place what its sentence does not: at its venue, where the event before was, or in the country whose war it is."""
    start = scene.sentence.start
    if draft.type in with_trait("venue"):
        venue = venue_of(scene.text, start, scene.sentence.end, scene.spans, scene.mentions)
        if venue is not None:
            return replace(draft, location=venue.where, certainty=0.5)
    else:
        near = [d for d in before if d.own_place and draft.sentence - d.sentence <= _LOOK_BACK]
        near = [d for d in near if d.type not in {"displacement", *with_trait("venue")}]
        if near:
            return replace(draft, location=near[-1].location, certainty=0.5)
    for token in scene.sentence.doc:
        mention = scene.mention_at(token)
        if mention is not None and mention.role == "demonym" and mention.location is not None:
            nouns = [t for t in token.ancestors if t.pos_ in ("NOUN", "PROPN")][:2]
            if any(syntax.lemma(t) in _COUNTRY_NOUNS for t in nouns):
                return replace(draft, location=mention.location, certainty=0.6)
    return draft
