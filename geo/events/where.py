"""Which of the places named around an event is the place of the event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.hit import Hit
from geo.events.modality import is_report
from geo.events.parser import Sentence, is_title
from geo.events.taxonomy import class_kinds, with_trait, word_class, words
from geo.model import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "on",
        "near",
        "around",
        "outside",
        "over",
        "inside",
        "across",
        "within",
        "along",
        "throughout",
        "against",
        "of",
        "between",
        "off",
        "beside",
        "north",
        "south",
        "east",
        "west",
    ]
)
_GOAL = frozenset(["to", "into", "toward", "towards", "onto", "through", "via", "upon"])
_VAST_M = 150_000.0  # what is told of half a country is rather told of a place in it
_REACH = frozenset(["reach", "enter", "cross"])
_QUALIFIES = re.compile(r"[-–][a-z]")  # "Harnfors-based", "Estvar-backed": says who, not where
_SIDES = re.compile(r"\b(?:pro|anti|non)[-–]$", re.IGNORECASE)  # "pro-Estvar": says whose side, not where
_TITLED = re.compile(
    r"\b(?:called|dubbed|code-?named|titled|entitled)\s+(?:the\s+)?[“‘\"']?(?:\w+\s+){0,2}$"
)  # its name
_STATES = frozenset(["country", "continent"])
_CLAUSES = frozenset(["relcl", "acl", "advcl", "ccomp", "parataxis", "csubj"])
_HARDLY_WIDE = -3.0  # a country that is no nearer than this is that of something else in the sentence
_COARSE = {"continent": 6.0, "country": 3.0, "sea": 2.0, "admin1": 1.0, "region": 0.5}


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention in a parsed sentence.

    Attributes
    ----------
    mention
        The mention.
    head
        The word that heads its phrase, with the region around the name.
    """

    mention: Mention
    head: Token


def placed(sentence: Sentence, mentions: Sequence[Mention]) -> list[Placed]:
    """Give the mentions of a sentence that may be the place of something, with their words in its tree."""
    found = []
    text = sentence.doc.text
    for mention in mentions:
        after = text[mention.end - sentence.start :]
        if mention.role == "demonym" or mention.where is None or _QUALIFIES.match(after):
            continue
        if sentence.index <= 1 and _is_dateline(mention, text, mention.start - sentence.start, after):
            continue
        before = text[: mention.start - sentence.start]
        if _SIDES.search(before) or _TITLED.search(before):
            continue
        start, end = (mention.region_start, mention.region_end) if mention.region else (mention.start, mention.end)
        if start >= sentence.start and end <= sentence.end:
            head = sentence.head_of(start, end)
            if head is not None:
                found.append(Placed(mention, _whole(head)))
    return found


_SENTENCE = re.compile(r"\s*(?:\([A-Z][^)]{1,40}\)|[-–—:]{1,2}\s|[A-Z][a-z]*\s)")
_AT_START = re.compile(r"(?:^|[\d.)|]\s*|[A-Z]{2,}\s+)$")


def _is_dateline(mention: Mention, text: str, at: int, after: str) -> bool:
    """Tell the town that a report was sent from: in capitals, after a date or before a dash."""
    if is_title(text) or not (_AT_START.search(text[:at]) and _SENTENCE.match(after)):
        return False
    return mention.text.isupper() or bool(re.match(r"\s*(?:\(|[-–—:])", after)) or bool(re.search(r"\d\s*$", text[:at]))


def _whole(head: Token) -> Token:
    """Give the noun that a name only says more closely: "the Harnfors area", "Kellvik village"."""
    up = head.head
    return up if head.dep_ in ("compound", "nmod", "amod") and syntax.lemma(up) in word_class("place") else head


def places_of(hit: Hit, candidates: Sequence[Placed], rivals: Sequence[Hit]) -> list[Mention]:
    """Choose the places of an event among those named in its sentence.

    Parameters
    ----------
    hit
        The word that tells the event.
    candidates
        The mentions of the sentence.
    rivals
        The other hits of the sentence, which may have a better claim.

    Returns
    -------
    list of Mention
        The best one first, with those listed beside it ("A, B and C were taken"); empty where none is fit.
    """
    scored = sorted(
        ((_score(hit, c, rivals), -c.mention.start, c) for c in candidates), key=lambda x: x[:2], reverse=True
    )
    if not scored or scored[0][0] < -9 or (_is_wide(scored[0][2]) and scored[0][0] < _HARDLY_WIDE):
        return []
    best = scored[0][2]
    if hit.type not in with_trait("listed"):
        return [best.mention]
    beside = {t.i for t in syntax.conjuncts(syntax.first_conjunct(best.head))}
    listed = [c.mention for c in candidates if c.head.i in beside]
    return [best.mention, *(m for m in listed if m is not best.mention)]


def _is_wide(place: Placed) -> bool:
    return place.mention.where is not None and place.mention.where.kind in _STATES


def origin_of(hit: Hit, candidates: Sequence[Placed], place: Mention | None) -> Mention | None:
    """Give the place that people or forces come from: named by "from", or what those who arrive were fleeing."""
    if hit.type not in ("displacement", "offensive", "withdrawal"):
        return None
    for c in candidates:
        if c.mention is place or c.mention.role == "metonym":
            continue
        prep = c.head.head
        if prep.dep_ in ("prep", "agent") and prep.text.casefold() == "from" and syntax.path(c.head, hit.anchor) <= 4:
            return c.mention
        if c.head.dep_ == "dobj" and syntax.lemma(c.head.head) in ("flee", "leave", "escape", "evacuate"):
            return c.mention
    return None


_VENUE = re.compile(r"\bthe (summit|conference|meeting|forum|talks|session|assembly)\b", re.IGNORECASE)


def venue_of(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> Mention | None:
    """Find where "the summit" of a sentence was: the place named beside the same word in an earlier sentence.

    Parameters
    ----------
    text
        The article.
    start, end
        Span of the sentence.
    spans
        The sentences of the article.
    mentions
        The place mentions of the article.

    Returns
    -------
    Mention or None
        The mention nearest to the word, in the last earlier sentence that has both.
    """
    match = _VENUE.search(text, start, end)
    if match is None:
        return None
    word = re.compile(rf"\b{match.group(1)}\b", re.IGNORECASE)
    for s, e in reversed([span for span in spans if span[1] <= start]):
        found = word.search(text, s, e)
        near = [m for m in mentions if s <= m.start and m.end <= e and m.role == "place"]
        if found and near:
            return min(near, key=lambda m: abs(m.start - found.start()))
    return None


def _is_ground(hit: Hit, head: Token) -> bool:
    """Tell a country that is the ground of something: behind a preposition of place, or what is invaded or visited."""
    prep = syntax.first_conjunct(head).head
    if prep.dep_ in ("prep", "agent", "advmod", "dative"):
        return prep.text.casefold() in _LOCATIVE | _GOAL | {"from"}
    return head.dep_ in ("dobj", "nsubjpass") and head in syntax.objects(hit.anchor)


def _score(hit: Hit, place: Placed, rivals: Sequence[Hit]) -> float:
    """Tell how fit a place is: near in the tree, in a phrase of place, of a fine kind, and not somebody who acts."""
    mention, head = place.mention, place.head
    near = min(syntax.path(hit.token, head), syntax.path(hit.anchor, head) + 0.5)
    score = -float(near)
    if any(min(syntax.path(r.token, head), syntax.path(r.anchor, head)) < near - 0.5 for r in rivals):
        score -= 2.5
    where = mention.where
    kind = where.kind if where is not None else ""
    score += _by_grammar(hit, head, state=kind in _STATES) - _elsewhere(hit, head)
    score -= max(_COARSE.get(kind, 0.0), 3.0 if where is not None and where.precision_m > _VAST_M else 0.0)
    if mention.role == "metonym":
        score -= 8 if hit.type not in ("visit", "talks") else 2
    if mention.role == "reference":
        score -= 1
    if hit.type in with_trait("on_route") and kind in class_kinds("route"):
        score += 5
    return score


def _elsewhere(hit: Hit, head: Token) -> float:
    """Weigh against a place what parts it from the event: clauses of others, and the clause of who tells it."""
    teller = next((t for t in head.ancestors if t.pos_ == "VERB"), None)
    if teller is not None and teller != hit.anchor and is_report(teller) and syntax.within(hit.anchor, teller):
        return 5.0
    cost, node = 0.0, head
    while not syntax.within(hit.anchor, node) and node.head != node:
        joined = node.dep_ == "conj" and node.pos_ == "VERB"
        cost += 1.5 if (joined or node.dep_ in _CLAUSES) and node != hit.token else 0.0
        cost += 5.0 if syntax.lemma(node) in words("seated") else 0.0
        node = node.head
    return cost


def _names_place(head: Token) -> bool:
    """Tell "Battle of" and "Gulf of" from the name of somebody."""
    return any(syntax.lemma(head) in group for group in (word_class("place"), words("event_nouns"), words("general")))


def _by_grammar(hit: Hit, head: Token, *, state: bool) -> float:
    if state and not _is_ground(hit, head):
        return -9.0  # a country that acts, owns or is spoken of
    objects = [*syntax.objects(hit.anchor), *syntax.antecedents(hit.anchor)]
    named = [t for t in (*objects, *(a for o in objects for a in syntax.apposed(o))) if t.pos_ in ("NOUN", "PROPN")]
    if head in named and hit.type in with_trait("place_object"):
        return 6.0
    if head.dep_ == "dobj" and hit.type == "displacement":
        return 6.0 if syntax.lemma(head.head) in _REACH else -9.0
    if head.dep_ in ("nsubj", "agent") and not (hit.trigger.subject == "place" and head.head == hit.anchor):
        sees = head.head == hit.anchor and syntax.lemma(head.head) in words("receiving")
        return -4.0 if sees else -9.0
    if head.dep_ in ("poss", "compound", "amod", "nmod"):
        return 0.5 if head.head == hit.token else -4.0
    node = syntax.first_conjunct(head)
    prep = node.head
    if prep.dep_ not in ("prep", "agent", "advmod", "dative"):
        return 0.0
    word = prep.text.casefold()
    if word == "of" and prep.head.pos_ in ("PROPN", "NUM") and not _names_place(prep.head):
        return -6.0  # "Sgt. Harn, 42, of Vellmark"
    if word == "by" and hit.type not in with_trait("on_route"):
        return -5.0
    if word in ("from", "with"):
        return 1.0 if hit.type in ("withdrawal", "capture") else -4.0
    if word in ("to", "toward", "towards") and hit.type == "withdrawal":
        return -4.0  # they are gone from elsewhere
    if word in _GOAL:
        return 3.0 if hit.type in with_trait("moves") else 1.0
    return 2.0 if word in _LOCATIVE else 0.0
