"""Numbers of people: killed, injured, displaced, detained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.data import read_toml
from geo.events import syntax
from geo.events.background import is_background
from geo.events.taxonomy import words
from geo.model import Figure

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AT_MOST = ("up to", "as many as", "at most", "no more than", "fewer than")
_AT_LEAST = ("at least", "more than", "over", "no fewer than", "no less than")
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}
_SCALES = frozenset(["dozen", "hundred", "thousand", "million"])
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def figures_of(doc: Doc, reach: Token, others: frozenset[int]) -> tuple[Figure, ...]:
    """Give the numbers of people that a sentence tells with an event.

    Parameters
    ----------
    doc
        The parsed sentence.
    reach
        The verb or noun that carries the event.
    others
        Positions of the words that carry the other events of the sentence: a number belongs to the nearest event.

    Returns
    -------
    tuple of Figure
        At most one of a kind: the largest, since others are mostly part of it ("16 people, among them 5 children").
    """
    best: dict[str, Figure] = {}
    for token in doc:
        kind = _kind(token)
        if kind is None or syntax.children(token, "neg") or is_background(token) or _is_nearer(token, reach, others):
            continue
        figure = _sum(kind, _victims(token))
        if figure is not None and (kind not in best or figure.stated > best[kind].stated):
            best[kind] = figure
    for kind, figure, at in _beside(doc):
        if kind not in best and not _is_nearer(doc[at], reach, others):
            best[kind] = figure
    toll = _toll(doc)
    if toll is not None and not _is_nearer(doc[toll[0]], reach, others):
        best.setdefault("killed", toll[1])
    return tuple(best[k] for k in sorted(best))


def _kind(token: Token) -> str | None:
    word = syntax.lemma(token)
    if word == "leave" and any(c.tag_ not in ("NNP",) for c in syntax.children(token, "dobj", "oprd", "ccomp")):
        return None  # "leaving four dead"
    if word == "shoot" and any(c.text.casefold() == "dead" for c in token.children):
        return "killed"
    return next((kind for kind, verbs in _lexicon()["figures"].items() if word in verbs), None)


def _is_nearer(token: Token, reach: Token, others: frozenset[int]) -> bool:
    mine = syntax.path(token, reach)
    return any(syntax.path(token, token.doc[i]) < mine for i in others)


def _victims(verb: Token) -> list[Token]:
    if verb.pos_ not in ("VERB", "ADJ", "NOUN"):
        return []
    moving = syntax.lemma(verb) in _lexicon()["figures"]["displaced"] and syntax.lemma(verb) not in words("driving")
    if moving and not syntax.is_passive(verb):
        return syntax.subjects(verb)
    found = syntax.objects(verb) or (syntax.subjects(verb) if not syntax.children(verb, "dobj") else [])
    noun = syntax.antecedent(verb)
    return found + ([noun] if noun is not None and noun not in found else [])


def _beside(doc: Doc) -> Iterator[tuple[str, Figure, int]]:
    """Read "leaving 4 people dead and 38 others injured": what stands right behind a number of people."""
    states = _lexicon()["states"]
    for token in doc[1:]:
        before = token.nbor(-1)
        kind = next((k for k, words in states.items() if token.text.casefold() in words), None)
        if kind is not None and not (
            token.dep_ == "amod" and token.head.i > token.i
        ):  # "two dead men" are no report of it
            figure = _figure(kind, before)
            if figure is not None:
                yield kind, figure, token.i


def _sum(kind: str, victims: list[Token]) -> Figure | None:
    """Add up those listed together ("six officers and a civilian"); of others the largest number."""
    lists: dict[int, list[Figure | None]] = {}
    for victim in victims:
        lists.setdefault(syntax.first_conjunct(victim).i, []).append(_figure(kind, victim))
    sums = [_added(one) for one in lists.values()]
    return max((f for f in sums if f is not None), key=lambda f: f.stated, default=None)


def _added(figures: list[Figure | None]) -> Figure | None:
    known = [f for f in figures if f is not None]
    if len(known) < 2 or len({f.kind for f in known}) > 1:
        return known[0] if known else None
    open_end = len(known) < len(figures) or any(f.high is None for f in known)
    high = None if open_end else sum(f.high or 0 for f in known)
    return Figure(known[0].kind, sum(f.low for f in known), high, " and ".join(f.words for f in known))


def _figure(kind: str, victim: Token) -> Figure | None:
    """Read the number that stands with a noun for people, or that stands for them alone ("three were hurt")."""
    people = syntax.lemma(victim) in _victim_nouns() or (kind != "displaced" and _are_people(victim))
    number = victim if victim.pos_ == "NUM" or victim.text.casefold() in _VAGUE else None
    if number is None and people:
        number = next((c for c in victim.children if c.dep_ == "nummod" or c.text.casefold() in _VAGUE), None)
    if number is None:
        return _single(kind, victim) if people else None
    low = _value(number)
    if low is None:
        return None
    tokens = [t for t in victim.doc[max(0, number.i - 4) : number.i + 1] if t.i == number.i or syntax.within(t, number)]
    text = "".join(t.text_with_ws for t in tokens).strip()
    before = victim.doc[max(0, number.i - 4) : number.i].text.casefold()
    if any(before.endswith(w) or w in text.casefold() for w in _AT_MOST):
        return Figure(kind, 0, low, text)
    open_end = any(before.endswith(w) or w in text.casefold() for w in _AT_LEAST) or number.text.casefold() in _VAGUE
    return Figure(kind, low, None if open_end else low, text)


def _are_people(victim: Token) -> bool:
    """Tell the plural of what is killed, hurt or held ("14 dockers"), unless it is a thing that counts as lost."""
    word = syntax.lemma(victim)
    thing = word in _lexicon()["vehicles"] or word in _lexicon()["crafts"] or word in words("quantity")
    return victim.tag_ in ("NNS", "NNPS") and not thing


def _single(kind: str, victim: Token) -> Figure | None:
    """Read "a woman was injured", "killed the ambassador": one, where the noun is one person's."""
    noun = victim.tag_ in ("NN", "NNP") and syntax.lemma(victim) not in _lexicon()["collective"]
    if not noun or kind == "displaced":
        return None
    det = next((c for c in victim.lefts if c.dep_ in ("det", "poss")), None)
    if det is None or det.text.casefold() in ("no", "any", "each", "every"):
        return None
    return Figure(kind, 1, 1, str(victim.doc[det.left_edge.i : victim.i + 1].text))


def _value(number: Token) -> int | None:
    """Give the value of a number in digits or words; of "tens of thousands" the least it can mean."""
    word = number.text.casefold()
    if word in _VAGUE:
        before = {c.text.casefold() for c in syntax.children(number, "quantmod")}
        before |= {number.head.head.text.casefold()} if number.dep_ == "pobj" else set()
        times = 10 if "tens" in before else 100 if "hundreds" in before else 1
        return times * _VAGUE[word]  # "tens of thousands": at least twice 10,000
    value, found = 1, False
    scaled = number.text.casefold() in _SCALES
    for token in [*[c for c in number.children if scaled and c.dep_ in ("compound", "nummod")], number]:
        digits = _DIGITS.fullmatch(token.text)
        if digits:
            value, found = value * int(token.text.replace(",", "")), True
        elif token.text.casefold() in _lexicon()["numbers"]:
            value, found = value * int(_lexicon()["numbers"][token.text.casefold()]), True
    return value if found else None


def _toll(doc: Doc) -> tuple[int, Figure] | None:
    """Read "death toll … 126": the last number after the words."""
    match = re.search(r"\b(?:death toll|dead|bodies)\b", doc.text, re.IGNORECASE)
    if match is None or "toll" not in match.group().casefold():
        return None
    numbers = [t for t in doc if t.pos_ == "NUM" and t.idx > match.start() and _value(t) is not None]
    if not numbers:
        return None
    value = _value(numbers[0]) or 0
    return numbers[0].i, Figure("killed", value, None, numbers[0].text)


@cache
def _victim_nouns() -> frozenset[str]:
    return frozenset(_lexicon()["victims"])


def _lexicon() -> dict[str, Any]:
    return read_toml("participants.toml")
