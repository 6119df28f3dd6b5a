"""From an article to its events."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.actors import ActorBook
from geo.events.cast import Cast, with_groups
from geo.events.draft import Draft
from geo.events.figures import figures_of
from geo.events.find import find_hits
from geo.events.hit import Hit, MentionAt
from geo.events.infer import Scene, date_as_reported, focus_of, infer_place, inherit, narrow, without_strays
from geo.events.merge import merge
from geo.events.modality import modality
from geo.events.naming import Namer, namer
from geo.events.parser import Sentence, is_title, parse
from geo.events.passage import adds
from geo.events.prefilter import may_tell
from geo.events.roles import actors_of
from geo.events.secure import unsafe_routes
from geo.events.taxonomy import with_trait
from geo.events.taxonomy import words as lexicon
from geo.events.times import dated, time_of
from geo.events.where import origin_of, placed, places_of
from geo.model import NOT_SECURE, UNREAL, Article, Event, Figure, Location, Mention, TimeExpression, When
from geo.sentences import sentences, stamps
from geo.temporal import find_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADLINES = 2  # a sentence in title case behind these is a link to another report
_KNOWN_NAME = "Paris"
_POSSESSIVE = frozenset(["their", "its", "his", "her"])
_OTHER = frozenset(["another", "other", "second", "third", "separate", "further", "similar"])
_DEFINITE = frozenset(["the", "this", "that", "these", "those"])


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
    alone = stamps(article.text)  # they date the page, not what it tells
    times = [
        t for t in find_times(article.text, article.published) if not any(s <= t.start and t.end <= e for s, e in alone)
    ]
    spans = sentences(article.text)
    mentions = without_strays(mentions)
    focus = focus_of(article.text, spans, mentions)
    drafts: list[Draft] = []
    cast = Cast()
    for sentence in _parsed(article.text, spans, mentions):
        scene = _scene(sentence, article.text, spans, mentions, times, focus)
        cast = with_groups(cast, sentence, scene.mention_at, book)
        drafts += _read(scene, _namer(scene, cast, book), drafts)
    unsafe = unsafe_routes(article.text, spans, mentions)
    return tuple(_with_safety(event, unsafe) for event in merge(article, drafts))


def _with_safety(event: Event, unsafe: Collection[str]) -> Event:
    if event.type != "route_opened" or event.location is None or event.location.place_id not in unsafe:
        return event
    return replace(event, flags=(*event.flags, NOT_SECURE))


def _parsed(text: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[Sentence]:
    """Parse the sentences that hold a word which may tell an event; the others cost nothing."""
    wanted = [(i, (start, end)) for i, (start, end) in enumerate(spans) if may_tell(text[start:end])]
    return parse(
        text, wanted, {(m.start, m.end): _stand_in(text, m) for m in mentions if m.role in ("place", "metonym")}
    )


def _stand_in(text: str, mention: Mention) -> str:
    """Give a common word for a name: the noun that ends it ("the Torv Road": road), or the name of a known city."""
    last = mention.text.split()[-1]
    if last.islower() or (text[: mention.start].endswith(("the ", "The ")) and " " in mention.text):
        return last
    return _KNOWN_NAME


def _scene(
    sentence: Sentence,
    text: str,
    spans: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    focus: Location | None,
) -> Scene:
    inside = [m for m in mentions if m.start >= sentence.start and m.end <= sentence.end]
    return Scene(
        text=text,
        spans=spans,
        mentions=mentions,
        sentence=sentence,
        mention_at=_lookup(sentence, inside),
        here=placed(sentence, inside),
        times=dated(sentence, times),
        focus=focus,
    )


def _lookup(sentence: Sentence, mentions: Sequence[Mention]) -> MentionAt:
    begins = [token.idx + sentence.start for token in sentence.doc]
    by_token = {
        i: mention
        for mention in mentions
        for i in range(bisect_left(begins, mention.start), bisect_left(begins, mention.end))
    }

    def mention_at(token: Token) -> Mention | None:
        return by_token.get(token.i)

    return mention_at


def _namer(scene: Scene, cast: Cast, book: ActorBook) -> Namer:
    def last_group(token: Token) -> tuple[str, str] | None:
        return cast.last_before(scene.sentence.index, scene.sentence.start + token.idx)

    return namer(book, scene.mention_at, last_group)


def _read(scene: Scene, name: Namer, before: Sequence[Draft]) -> list[Draft]:
    """Read the events of one sentence."""
    if scene.sentence.index > _HEADLINES and is_title(scene.text[scene.sentence.start : scene.sentence.end]):
        return []  # links to other reports
    hits = find_hits(scene.sentence, scene.mention_at)
    drafts: list[Draft] = []
    for hit in hits:
        rivals = [h for h in hits if h is not hit]
        if not _is_purpose_of(hit, rivals):
            drafts += _drafts(hit, rivals, scene, name, [*before, *drafts])
    return drafts


def _drafts(hit: Hit, rivals: Sequence[Hit], scene: Scene, name: Namer, before: Sequence[Draft]) -> list[Draft]:
    """Put together what a sentence says of one event; one draft for each of the places it lists."""
    draft = inherit(_draft(hit, rivals, scene, name, before), hit, scene, before)
    draft = date_as_reported(draft, hit, scene)
    found = [] if draft.weak else places_of(hit, scene.here, rivals)
    bare = not hit.trigger.verb and hit.verb is None and not (found or draft.figures or draft.own_time)
    if bare and scene.sentence.index > 0:
        draft = replace(draft, weak=True)
    origin = origin_of(hit, scene.here, found[0] if found else None)
    if not found and origin is None:
        return [infer_place(draft, scene, before)]
    if found:
        draft = replace(draft, origin=origin.where if origin else None)
    draft, found = replace(draft, own_place=True), found or [m for m in (origin,) if m]
    return [
        narrow(replace(draft, location=m.where, certainty=m.confidence, at=draft.at + n), scene)
        for n, m in enumerate(found)
    ]


def _draft(hit: Hit, rivals: Sequence[Hit], scene: Scene, name: Namer, before: Sequence[Draft]) -> Draft:
    """Read all but the place."""
    when = time_of(hit, scene.times, rivals, _reference(before))
    kind, attribution, proposer = modality(hit.token, hit.anchor)
    told = _type_by_context(hit, scene, before)
    others = frozenset(r.anchor.i for r in rivals if r.anchor != hit.anchor)
    earlier = before[-1].initiators if before else ()
    weak = kind != "denied" and _points_back(hit, scene, rivals, dates=when is not None)
    return Draft(
        type=told,
        when=when,
        location=None,
        origin=None,
        actors=()
        if weak and _is_taken_up(hit)
        else actors_of(hit, name, scene.mention_at, earlier=earlier, proposer=proposer),
        modality=kind,
        attribution=attribution,
        figures=_fitting(hit.type, figures_of(scene.sentence.doc, hit.anchor, others)),
        start=scene.sentence.start,
        end=scene.sentence.end,
        at=scene.sentence.start + hit.token.idx,
        trigger=hit.token.text,
        lemma=syntax.lemma(hit.token),
        sentence=scene.sentence.index,
        own_place=False,
        own_time=when is not None,
        weak=weak,
        again=_is_again(hit),
        certainty=1.0,
        list_of=_list_of(hit),
        subtype=hit.subtype if told == hit.type else "",
        salience=_salience(hit),
        headline=is_title(scene.text[scene.sentence.start : scene.sentence.end]),
        adds=adds(scene.text[scene.sentence.start : scene.sentence.end]),
    )


def _fitting(kind: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out a crowd's number that is none of people on the move."""
    return tuple(f for f in figures if not (kind == "protest" and f.kind == "displaced"))


def _salience(hit: Hit) -> float:
    """Tell how much a sentence is about an event: less where a side clause or a bare noun tells it."""
    node = hit.anchor
    aside = any(t.dep_ in ("relcl", "acl") for t in (node, *node.ancestors))
    bare = hit.verb is None and not hit.trigger.verb
    return (0.85 if aside else 1.0) * (0.9 if bare else 1.0) * (0.9 if hit.type == "killing" else 1.0)


def _type_by_context(hit: Hit, scene: Scene, before: Sequence[Draft]) -> str:
    """Give "raids" the type of the attack told just before, where they name no weapon of their own."""
    if hit.type != "clash" or hit.trigger.verb or hit.trigger.lemma not in ("raid", "strike"):
        return hit.type
    near = [d.type for d in before if scene.sentence.index - d.sentence <= 1 and d.type in ("airstrike", "shelling")]
    return near[-1] if near else hit.type


def _list_of(hit: Hit) -> int | None:
    """Give the place of the first noun in a list of attacks ("shelling and airstrikes"), or None."""
    if (hit.trigger.verb and hit.token.tag_ != "VBG") or hit.type not in with_trait("listed_once"):
        return None
    return syntax.first_conjunct(hit.token).idx


def _is_again(hit: Hit) -> bool:
    """Tell what is said to happen anew or besides: "re-imposed", "imposed again", "another strike"."""
    if any(c.text.casefold() in _OTHER for c in hit.token.lefts if c.dep_ in ("det", "amod")):
        return True
    anew = any(c.text.casefold() in ("again", "anew", "once") for c in syntax.children(hit.anchor, "advmod"))
    return anew or hit.token.text.casefold().startswith("re-")


def _reference(before: Sequence[Draft]) -> When | None:
    return next((d.when for d in reversed(before) if d.when is not None and d.modality not in UNREAL), None)


def _points_back(hit: Hit, scene: Scene, rivals: Sequence[Hit], *, dates: bool) -> bool:
    """Tell a noun that points at an event told elsewhere: "the" or "their" before it, and nothing that says where."""
    if _is_taken_up(hit):
        return True
    if hit.trigger.verb or any(syntax.within(place.head, hit.token) for place in scene.here):
        return False
    words = {c.text.casefold() for c in hit.token.children if c.dep_ in ("det", "poss")}
    if hit.verb is not None and syntax.lemma(hit.verb) in lexicon("starting") and dates:
        return False  # "launched the assault on Saturday"
    if words & _POSSESSIVE and hit.verb is None:
        # "took the town in their offensive" points back; "went on with their offensive" is news
        return any(rival.token in hit.token.ancestors for rival in rivals)
    if scene.sentence.index == 0 and hit.verb is not None:
        return False  # nothing stands before it to point at
    if any(c.dep_ == "poss" and scene.mention_at(c) is not None for c in hit.token.children):
        return not syntax.children(hit.token, "prep", "relcl", "acl")
    if words & _POSSESSIVE:
        return hit.token in syntax.agents(hit.anchor)
    return bool(words & _DEFINITE) and not syntax.children(hit.token, "prep", "relcl", "acl")


def _is_taken_up(hit: Hit) -> bool:
    """Tell an attack that a sentence condemns, claims or looks for, having been told before."""
    if hit.type not in with_trait("harms"):
        return False
    verb = hit.verb if hit.verb is not None and not hit.trigger.verb else None
    near = [t for t in hit.token.ancestors if t.pos_ in ("NOUN", "VERB")][:2] if verb is None else [verb]
    definite = any(c.dep_ in ("det", "poss") and c.text.casefold() not in ("a", "an") for c in hit.token.children)
    return definite and any(syntax.lemma(t) in lexicon("reaction") for t in near)


def _is_purpose_of(hit: Hit, rivals: Sequence[Hit]) -> bool:
    """Tell what another event of the sentence is for ("ceasefires to allow aid in"): no event of its own."""
    node = hit.anchor
    while node.head != node:
        if node.dep_ in ("advcl", "acl", "relcl") and syntax.is_purpose(node):
            up = node.head
            return any(r.token.i == up.i or r.anchor.i == up.i or syntax.within(r.token, up) for r in rivals)
        if node.pos_ == "VERB" and node.dep_ not in ("conj", "xcomp", "ccomp"):
            return False
        node = node.head
    return False
