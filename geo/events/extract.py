"""From an article to its events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.actors import ActorBook
from geo.events.draft import Draft
from geo.events.figures import figures_of
from geo.events.find import Hit, MentionAt, find_hits
from geo.events.merge import merge
from geo.events.modality import modality
from geo.events.roles import actors_of
from geo.events.taxonomy import irregular, triggers
from geo.events.times import Dated, dated, reported_on, time_of
from geo.events.where import Placed, origin_of, placed, places_of
from geo.model import UNREAL, Article, Event, Mention, TimeExpression, When
from geo.sentences import sentences
from geo.temporal import find_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 4
_LOOK_BACK = 2  # sentences within which an event without a place may share that of the one before

# "Syrian civil war": the adjective of a country places what happens in it, where nothing else does.
_COUNTRY_NOUNS = frozenset(
    ["war", "conflict", "crisis", "territory", "soil", "capital", "city", "town", "border", "province"]
)


def find_events(article: Article, mentions: Sequence[Mention], book: ActorBook) -> tuple[Event, ...]:
    """Find the events that an article tells.

    Parameters
    ----------
    article
        The article; without a publication date its relative times stay undated.
    mentions
        Its place mentions of every role, in text order.
    book
        The actors of the atlas.

    Returns
    -------
    tuple of Event
        In text order; the same event told twice is one event.
    """
    times = find_times(article.text, article.published)
    drafts: list[Draft] = []
    for sentence in _parsed(article.text):
        drafts += _read(sentence, article.text, mentions, times, book, drafts)
    return merge(article, drafts)


def _parsed(text: str) -> list[syntax.Sentence]:
    """Parse the sentences that hold a word which may tell an event; the others cost nothing."""
    wanted = [
        (i, span)
        for i, span in enumerate(sentences(text))
        if any(w.casefold()[:_STEM] in _stems() for w in _WORD.findall(text, *span))
    ]
    return syntax.parse(text, wanted)


@cache
def _stems() -> frozenset[str]:
    return frozenset(word[:_STEM] for word in [*(lemma for lemma, _ in triggers()), *irregular()])


def _read(
    sentence: syntax.Sentence,
    text: str,
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    book: ActorBook,
    before: Sequence[Draft],
) -> list[Draft]:
    """Read the events of one sentence."""
    inside = [m for m in mentions if m.start >= sentence.start and m.end <= sentence.end]
    mention_at = _lookup(sentence, inside)
    hits = find_hits(sentence, mention_at)
    here, when = placed(sentence, inside), dated(sentence, times)
    drafts: list[Draft] = []
    for hit in hits:
        rivals = [h for h in hits if h is not hit]
        if _is_purpose_of(hit, rivals):
            continue
        earlier = [*before, *drafts]
        drafts += _drafts(hit, rivals, sentence, text, here, when, book, mention_at, earlier)
    return drafts


def _lookup(sentence: syntax.Sentence, mentions: Sequence[Mention]) -> MentionAt:
    by_token = {}
    for mention in mentions:
        for token in sentence.doc:
            offset = token.idx + sentence.start
            if mention.start <= offset < mention.end:
                by_token[token.i] = mention

    def mention_at(token: Token) -> Mention | None:
        return by_token.get(token.i)

    return mention_at


def _drafts(
    hit: Hit,
    rivals: Sequence[Hit],
    sentence: syntax.Sentence,
    text: str,
    here: Sequence[Placed],
    times: Sequence[Dated],
    book: ActorBook,
    mention_at: MentionAt,
    before: Sequence[Draft],
) -> list[Draft]:
    """Put together what a sentence says of one event; one draft for each of the places it lists."""
    last = before[-1] if before else None
    when = time_of(hit, times, rivals, _reference(before))
    kind, attribution = modality(hit.token, hit.anchor)
    draft = Draft(
        type=hit.type,
        when=when,
        location=None,
        origin=None,
        actors=actors_of(hit, book, mention_at, last.initiators if last else ()),
        modality=kind,
        attribution=attribution,
        figures=figures_of(
            sentence.doc, hit.anchor, frozenset(r.anchor.i for r in rivals if r.anchor.i != hit.anchor.i)
        ),
        start=sentence.start,
        end=sentence.end,
        at=sentence.start + hit.token.idx,
        trigger=hit.token.text,
        sentence=sentence.index,
        own_place=False,
        own_time=when is not None,
        weak=_points_back(hit),
        again=hit.token.text.casefold().startswith("re") and hit.type.startswith("siege"),
        certainty=1.0,
    )
    draft = _inherit(draft, hit, here, before)
    if draft.when is None and draft.modality not in UNREAL:
        draft = _as_reported(draft, reported_on(hit, times))
    found = places_of(hit, here, rivals)
    if not found:
        return [_place_inferred(draft, sentence, mention_at, before)]
    origin = origin_of(hit, here, found[0])
    return [
        replace(
            draft,
            location=m.where,
            origin=origin.where if origin else None,
            own_place=True,
            certainty=m.confidence,
            at=draft.at + n,
        )
        for n, m in enumerate(found)
    ]


def _reference(before: Sequence[Draft]) -> When | None:
    return next((d.when for d in reversed(before) if d.when is not None and d.modality not in UNREAL), None)


def _points_back(hit: Hit) -> bool:
    """Tell a noun with "the", "this" or "their" and no place of its own after it: it points at an event told elsewhere."""
    if hit.trigger.verb:
        return False
    definite = any(c.dep_ in ("det", "poss") and c.text.casefold() in _DEFINITE for c in hit.token.children)
    return definite and not any(c.dep_ in ("prep", "relcl", "acl") for c in hit.token.children)


_DEFINITE = frozenset(["the", "this", "that", "these", "those", "their", "its", "his", "her"])


def _is_purpose_of(hit: Hit, rivals: Sequence[Hit]) -> bool:
    """Tell what another event of the sentence is for ("ceasefires to allow aid in"): no event of its own."""
    node = hit.anchor
    while node.head != node:
        if node.dep_ in ("advcl", "acl", "relcl") and any(
            c.dep_ == "aux" and c.text.casefold() == "to" for c in node.children
        ):
            up = node.head
            return any(r.token.i == up.i or r.anchor.i == up.i or syntax.within(r.token, up) for r in rivals)
        if node.pos_ == "VERB" and node.dep_ not in ("conj", "xcomp", "ccomp"):
            return False
        node = node.head
    return False


def _inherit(draft: Draft, hit: Hit, here: Sequence[Placed], before: Sequence[Draft]) -> Draft:
    """Take time and initiators from the event that made the subject what it is.

    "Rebels opened the corridor in early August. It broke the siege": the corridor breaks the siege by having been opened, then
    and by them.
    """
    if draft.initiators or not before:
        return draft
    who = syntax.subjects(hit.anchor)
    if not who:
        return draft
    subject = next((c.mention for c in here if any(c.head.i == w.i for w in who)), None)
    if subject is None and who[0].text.casefold() in ("it", "this", "that", "which"):
        ahead = [c for c in here if c.head.i < who[0].i and c.head.dep_ in ("nsubj", "nsubjpass")]
        subject = ahead[-1].mention if ahead else None
    if subject is None or subject.where is None:
        return draft
    place = subject.where.place_id
    source = next(
        (d for d in reversed(before) if d.location and d.location.place_id == place and d.modality not in UNREAL), None
    )
    if source is None:
        return draft
    return replace(
        draft,
        actors=source.initiators + draft.actors,
        when=draft.when or source.when,
        flags=(*draft.flags, "time and initiator taken from what is told of the subject before")
        if source.when
        else draft.flags,
    )


def _as_reported(draft: Draft, reported: When | None) -> Draft:
    """Date what was reported as news on a day to that day or the one before, and say so."""
    if reported is None or reported.last is None or draft.figures == ():
        return draft
    return replace(draft, when=reported, flags=(*draft.flags, "dated by the day of the statement"))


def _place_inferred(draft: Draft, sentence: syntax.Sentence, mention_at: MentionAt, before: Sequence[Draft]) -> Draft:
    """Place what its sentence does not place: where the event before was, or in the country whose war it is."""
    near = [d for d in before if d.own_place and draft.sentence - d.sentence <= _LOOK_BACK]
    if near and draft.type not in ("talks", "visit", "ceasefire"):
        return replace(
            draft, location=near[-1].location, certainty=0.5, flags=(*draft.flags, "place taken from the event before")
        )
    for token in sentence.doc:
        mention = mention_at(token)
        if mention is not None and mention.role == "demonym" and mention.location is not None:
            after = [t for t in token.ancestors if t.pos_ in ("NOUN", "PROPN")][:2]
            if any(syntax.lemma(t) in _COUNTRY_NOUNS for t in after):
                return replace(draft, location=mention.location, certainty=0.6)
    return draft
