"""What a sentence leaves out and the text before it tells: places, times and actors taken over, and marked as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from geo.crs import distance_m
from geo.events import syntax
from geo.events.draft import Draft
from geo.events.hit import Hit, MentionAt
from geo.events.parser import Sentence
from geo.events.taxonomy import with_trait
from geo.events.times import Dated, reported_on
from geo.events.where import Placed, venue_of
from geo.model import UNREAL, Location, Mention, When

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
    focus
        The place that the article is about, or None.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    mentions: Sequence[Mention]
    sentence: Sentence
    mention_at: MentionAt
    here: Sequence[Placed]
    times: Sequence[Dated]
    focus: Location | None


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
        if not ahead and last.location and last.own_place and scene.sentence.index - last.sentence <= 1:
            return last.location.place_id
    return ahead[-1].mention.where.place_id if ahead and ahead[-1].mention.where else None


def date_as_reported(draft: Draft, hit: Hit, scene: Scene) -> Draft:
    """Date what a statement of a day tells to that day and the one before, and say so; else it stays undated."""
    if draft.when is not None or draft.modality in UNREAL or draft.weak:
        return draft
    reported = reported_on(hit, scene.times)
    if reported is None or reported.first is None or reported.last is None:
        return draft
    return replace(draft, when=_by_then(reported), flags=(*draft.flags, "dated by the day of the statement"))


def _by_then(reported: When) -> When:
    """Give the day of a statement and the day before: what is told as news happened by then."""
    if reported.first is None or reported.first != reported.last:
        return reported
    first = reported.first - timedelta(days=1)
    return When(f"{first.isoformat()}/{reported.first.isoformat()}", first, reported.last, reported.phrase)


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
        fine = [d.location for d in near if d.location is not None and not is_vast(d.location)]
        chosen = fine[-1] if fine else scene.focus or (near[-1].location if near else None)
        if chosen is not None:
            return replace(draft, location=chosen, certainty=0.5)
    for token in scene.sentence.doc:
        mention = scene.mention_at(token)
        if mention is not None and mention.role == "demonym" and mention.location is not None:
            nouns = [t for t in token.ancestors if t.pos_ in ("NOUN", "PROPN")][:2]
            if any(syntax.lemma(t) in _COUNTRY_NOUNS for t in nouns):
                return replace(draft, location=mention.location, certainty=0.6)
    return draft


_STRAY_M = 700_000.0
_SMALL = frozenset(["village", "town", "neighbourhood", "district", "admin2", "mountain", "river", "lake", "island"])
_HARDLY_SURE = 0.7


def without_strays(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Take from mentions the location of those that lie far from everything else the article names.

    A village half a continent away from all other places of a report is a namesake of one that no gazetteer has.

    Parameters
    ----------
    mentions
        The place mentions of an article.

    Returns
    -------
    tuple of Mention
        In the same order. Countries, provinces and cities that are well told stay: reports do look abroad.
    """
    named = [(m.location, m.confidence) for m in mentions if m.location is not None and m.role == "place"]
    places = {location.place_id: location for location, _ in named}
    sure = {id_: max(c for location, c in named if location.place_id == id_) for id_ in places}
    strays = {
        id_
        for id_, location in places.items()
        if (location.kind in _SMALL or (sure[id_] < _HARDLY_SURE and not is_vast(location)))
        and _is_stray(location, places)
    }
    return tuple(
        replace(m, location=None, region=None, reason=f"far from all else: {m.reason}")
        if m.location is not None and m.location.place_id in strays
        else m
        for m in mentions
    )


def _is_stray(location: Location, places: Mapping[str, Location]) -> bool:
    others = [p for id_, p in places.items() if id_ != location.place_id]
    away = [distance_m(location.lon, location.lat, p.lon, p.lat) - p.precision_m for p in others]
    return len(away) > 1 and min(away) > _STRAY_M


_PLACED = re.compile(
    r"\b(?:in|at|on|near|around|outside|inside|of|over|against|into|to|from|town|city|village|enclave|district)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_VAST_M = 100_000.0


def is_vast(location: Location) -> bool:
    """Tell a country or a large part of one, which says little of where something happened."""
    return location.kind in ("country", "continent", "sea") or location.precision_m >= _VAST_M


def focus_of(text: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Location | None:
    """Give the place that an article is about: the one smaller than a country that it most often is "in" or "at".

    Parameters
    ----------
    text
        The article.
    spans
        Its sentences.
    mentions
        Its place mentions.

    Returns
    -------
    Location or None
        Names in the first two sentences count twice; of equals the first. None where no such place is named.
    """
    lead = spans[min(1, len(spans) - 1)][1] if spans else 0
    counts: Counter[str] = Counter()
    places: dict[str, Location] = {}
    for mention in mentions:
        where = mention.where
        if mention.role != "place" or where is None or is_vast(where):
            continue
        start = mention.region_start if mention.region else mention.start
        counts[where.place_id] += (
            (2 if start < lead else 1) if mention.region or _PLACED.search(text[max(0, start - 24) : start]) else 0
        )
        places.setdefault(where.place_id, where)
    best = max(counts, key=lambda i: counts[i], default=None)
    return places[best] if best is not None and counts[best] else None


def narrow(draft: Draft, scene: Scene) -> Draft:
    """Put what a lead tells of a country, or of a large part of one, where in it the article says that it is."""
    where, focus = draft.location, scene.focus
    if focus is None or where is None or not is_vast(where) or scene.sentence.index > 1:
        return draft
    if draft.type in with_trait("venue") or distance_m(where.lon, where.lat, focus.lon, focus.lat) > where.precision_m:
        return draft
    return replace(draft, location=focus, certainty=0.5, own_place=False)
