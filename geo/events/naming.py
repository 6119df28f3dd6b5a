"""What those who act and suffer are called: from the head of a phrase to the names of actors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.events import syntax
from geo.events.actors import ActorBook, KnownActor
from geo.events.hit import MentionAt
from geo.events.taxonomy import word_class
from geo.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

Namer = Callable[["Token"], list[tuple[str, str]]]
"""Gives the names and sides that a phrase stands for, by its head; nothing where it names nobody."""

LastGroup = Callable[["Token"], tuple[str, str] | None]
"""Gives name and side of the group that was named last before a token, or None."""

_LEADING = frozenset(["DT", "PRP$", "WP$", "PDT", "POS", "CD", ",", ":", "HYPH", "``", "''", "-LRB-", "-RRB-", "."])
_PEOPLE = ("force", "people", "person", "civilian", "combatant", "gunmen", "crowd", "captive")
_SO_CALLED = re.compile(r"^(?:so-called|self-(?:styled|proclaimed|declared))\s+", re.IGNORECASE)
_MODIFIES = ("compound", "poss", "amod", "nmod")


def namer(book: ActorBook, mention_at: MentionAt, last_group: LastGroup = lambda _: None) -> Namer:
    """Give a function from the head of a phrase to the actors that it names.

    Parameters
    ----------
    book
        The actors of the atlas.
    mention_at
        The place mention that covers a token, or None.
    last_group
        Gives name and side of the group that was named last before a token, for "the group"; or None.
    """

    def name(head: Token) -> list[tuple[str, str]]:
        """Give names and sides of an actor, with those listed after "such as" and "including"."""
        found = []
        head = syntax.counted(head)
        group = last_group(head) if is_taken_up(head) else None
        if group is not None:
            return [group]
        if not is_actor(head, mention_at) and _is_owned(head):  # "rebel positions", "by regime bombs"
            state = next((c for c in before(head) if _is_state(c, mention_at)), None)
            if state is not None and syntax.lemma(head) in lexicon("vehicles"):
                known = known_actor(head, book) or known_actor(state, book)
                return [(name_of(head), known.side if known else "")]  # "Israeli tanks"
            head = next((c for c in before(head) if known_actor(c, book) or names_people(c)), head)
        if not is_actor(head, mention_at):  # "the army's missile"
            head = next((c for c in syntax.children(head, "poss") if is_actor(c, mention_at)), head)
        beside = _named_beside(head, mention_at)
        for token in (*([] if beside else [head]), *beside, *_examples(head)):
            text, known = _called(token, mention_at), known_actor(token, book)
            if known is not None or is_actor(token, mention_at):
                found.append(_owned(token, text) or (text, known.side if known else ""))
        return found

    def _owned(head: Token, text: str) -> tuple[str, str] | None:
        """Name "its forces" after whose they are: the subject of the clause above, or the group named last."""
        if not text or not any(c.tag_ == "PRP$" and c.text.casefold() in ("its", "their") for c in head.lefts):
            return None
        listed = syntax.first_conjunct(head)  # "the party and its wing"
        above = [t for t in ([listed] if listed != head else subject_above(head)) if is_owner(t)]
        state = next((c for t in above for c in before(t) if syntax.lemma(t) in lexicon("offices") and name(c)), None)
        if state is not None:
            above = [state]  # of "the army's command said its troops" the army
        owners = name(above[0]) if above else [g for g in [last_group(head)] if g]
        return (f"{owners[0][0]}’s {text}", owners[0][1]) if owners else None

    def is_owner(head: Token) -> bool:
        return is_actor(head, mention_at) and syntax.lemma(head) not in {*word_class("person"), *word_class("people")}

    return name


def is_taken_up(head: Token) -> bool:
    """Tell "the group", "the militants": a group that was named before, with nothing that says which."""
    if syntax.lemma(head) not in lexicon("taken_up"):
        return False
    before = list(head.lefts)
    definite = any(c.dep_ == "det" and c.text.casefold() in ("the", "this", "these") for c in before)
    return definite and not any(c.pos_ in ("PROPN", "NUM") or c.text[:1].isupper() for c in before if c.dep_ != "det")


def subject_above(anchor: Token) -> list[Token]:
    """Give the subject that "it" or "they" takes up: that of the nearest clause above with one of its own."""
    for up in anchor.ancestors:
        who = [s for s in syntax.subjects(up) if s.tag_ != "PRP" and s.i < anchor.i] if up.pos_ == "VERB" else []
        if who:
            return who
    return []


def before(noun: Token) -> list[Token]:
    """Give the words before a noun that may name who does it: "Turkey's", "rebel", "Russian-regime", "their"."""
    return [c for c in noun.lefts if c.dep_ in _MODIFIES and not (c.dep_ == "amod" and c.tag_ in ("VBN", "VBG"))]


def named(heads: Iterable[Token], name: Namer, role: str) -> list[Actor]:
    """Give the actors that phrases name, in the order of their heads."""
    return [Actor(role, text, side) for head in heads for text, side in name(head) if text]


def name_of(head: Token) -> str:
    """Write out a name: the words from the first to the last, without articles, counts and what trails behind."""
    tokens = _words(head) + (_office(head) or _allegiance(head))
    dash = next((n for n, t in enumerate(tokens) if t.text in "-–—:" and t.i and t.nbor(-1).whitespace_), -1)
    tokens = tokens[dash + 1 :]  # what stands before a dash is a dateline
    while tokens and _leads(tokens[0]):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text.casefold() in syntax.DIRECTIONS or tokens[-1].is_punct):
        tokens = tokens[:-1]
    if not tokens:
        return ""
    text = _SO_CALLED.sub("", str(head.doc[tokens[0].i : tokens[-1].i + 1].text).strip())
    return text + "s" if _stands_for_many(head) else text + _acronym(head)


def _acronym(head: Token) -> str:
    """Give the acronym that stands behind a name in brackets: " (GGF)"."""
    if head.i + 3 >= len(head.doc):
        return ""
    opened, short, closed = head.doc[head.i + 1 : head.i + 4]
    told = opened.text == "(" and closed.text == ")" and short.text.isupper() and len(short) > 1
    return f" ({short.text})" if told else ""


def _leads(token: Token) -> bool:
    """Tell a word that stands before a name and is none of it: articles, counts, the day of a dateline."""
    word = token.text.casefold()
    return (
        token.tag_ in _LEADING or word in _leading() or (word.rstrip("s.") in lexicon("not_actors") and word != "may")
    )


@cache
def _leading() -> frozenset[str]:
    return frozenset({"the", *lexicon("counting")})


def _stands_for_many(head: Token) -> bool:
    """Tell "rebel" before another noun, which stands for rebels."""
    return (
        head.tag_ in ("NN", "JJ")
        and head.dep_ in ("compound", "amod", "nmod")
        and syntax.lemma(head) in word_class("countable")
    )


def _is_state(head: Token, mention_at: MentionAt) -> bool:
    mention = mention_at(head)
    return mention is not None and mention.role in ("demonym", "metonym")


def _called(head: Token, mention_at: MentionAt) -> str:
    """Write out a name; an adjective that stands for a state alone ("Israeli strikes") is the state's name."""
    mention = mention_at(head)
    alone = head.dep_ in ("amod", "compound", "nmod") and head.tag_ not in ("NNPS", "NNS") and len(_words(head)) == 1
    if alone and mention is not None and mention.role == "demonym" and mention.location is not None:
        return mention.location.name
    return name_of(head)


def _is_owned(head: Token) -> bool:
    """Tell a place, a weapon or an attack, before which the name of those who hold or use it may stand."""
    word = syntax.lemma(head)
    return any(word in word_class(c) for c in ("place", "munition", "military_site")) or word in lexicon("fired")


def names_people(head: Token) -> bool:
    """Tell a noun for people or a group of them."""
    word = syntax.lemma(head)
    return any(word in word_class(c) for c in _PEOPLE) or word in lexicon("groups")


def is_actor(head: Token, mention_at: MentionAt) -> bool:
    """Tell whether a phrase names people: by its head, as a country that acts, or as a proper name that is no place."""
    if head.pos_ == "PRON" or syntax.lemma(head) in lexicon("vehicles"):
        return False
    word, mention = syntax.lemma(head), mention_at(head)
    if names_people(head):
        return True
    if mention is not None:
        country = mention.location is not None and mention.location.kind == "country"
        return mention.role in ("metonym", "demonym") or (country and head.dep_ not in ("pobj",))
    return head.pos_ == "PROPN" and word.removesuffix("s") not in lexicon("not_actors") | lexicon("weapons") | lexicon(
        "printed"
    )


@cache
def lexicon(name: str) -> frozenset[str]:
    """Give a list of ``geo/data/participants.toml``."""
    return frozenset(read_toml("participants.toml")[name])


def _examples(head: Token) -> list[Token]:
    return [t for _, t in syntax.prepositions(head, "as", "including", "like")]


def _named_beside(head: Token, mention_at: MentionAt) -> list[Token]:
    """Give the proper names that stand beside a group: "the two factions, A and B", "the factions – A and B –"."""
    if head.pos_ != "NOUN":
        return []
    beside = [c for a in syntax.children(head, "appos") for c in syntax.conjuncts(a)]
    if not beside:
        beside = _between_dashes(head)
    return [t for t in beside if t.pos_ == "PROPN" and mention_at(t) is None]


def _between_dashes(head: Token) -> list[Token]:
    """Give the heads of the names between two dashes right behind the phrase of a noun."""
    doc, start = head.doc, head.right_edge.i + 1
    near = [i for i in range(head.i + 1, min(head.i + 6, len(doc))) if doc[i].text in ("–", "—", "--")]
    start = near[0] + 1 if near else start
    end = next((i for i in range(start, min(start + 12, len(doc))) if doc[i].text in ("–", "—", "--")), None)
    if not near or end is None:
        return []
    inner = doc[start:end]
    return [t for t in inner if t.pos_ == "PROPN" and (t.dep_ != "compound" or t.head.i >= end) and t.i + 1 <= end]


def known_actor(head: Token, book: ActorBook) -> KnownActor | None:
    """Find the actor that a phrase names: by its head, or by its other words where the head names people at all."""
    words_of = [
        t.text for t in _words(head) + (_office(head) or _allegiance(head)) if t.text not in "-–’'" and t.dep_ != "case"
    ]
    known = book.find(words_of)
    if known is None or names_people(head) or _office(head):
        return known
    return known if book.find([w for w in words_of if w != head.text]) != known else None


def _words(head: Token) -> list[Token]:
    if head.dep_ in _MODIFIES:
        own = [t for t in head.subtree if t.dep_ != "case" and t.i <= head.i]
        return [*_beside(own[0], head), *own] if own and names_people(head) else own
    return syntax.phrase(head)


def _beside(first: Token, head: Token) -> list[Token]:
    """Give the names that stand right before one before a noun: "Syrian" in "Syrian army positions"."""
    found: list[Token] = []
    at = first.i - 1
    while (
        at >= 0
        and head.doc[at].head == head.head
        and head.doc[at].dep_ in _MODIFIES
        and head.doc[at].text[:1].isupper()
    ):
        found.insert(0, head.doc[at])
        at -= 1
    return found


def _office(head: Token) -> list[Token]:
    """Give what an office is of: the "head" alone names nobody, the "head of UN operations" does."""
    if syntax.lemma(head) not in word_class("person"):
        return []
    of = [c for c in head.children if c.dep_ == "prep" and c.text == "of"]
    return [t for prep in of[:1] for inner in syntax.children(prep, "pobj") for t in (prep, *syntax.phrase(inner))]


def _allegiance(head: Token) -> list[Token]:
    """Give whose fighters fighters are, where nothing before says it: "loyal to the regime", "of the Grey Guard"."""
    if syntax.lemma(head) not in word_class("force") or any(c.dep_ in _MODIFIES for c in head.lefts):
        return []
    for child in head.rights:
        if child.dep_ == "prep" and child.text.casefold() in ("of", "from"):
            inner = [t for t in syntax.children(child, "pobj") if t.pos_ == "PROPN" or names_people(t)]
            return [t for t in child.subtree if inner and t.i <= inner[0].i]
        if child.dep_ in ("amod", "acl") and child.text.casefold() in (
            "loyal",
            "allied",
            "linked",
            "affiliated",
            "belonging",
        ):
            inner = [t for _, t in syntax.prepositions(child, "to", "with")]
            return [t for t in child.subtree if inner and t.i <= inner[0].i]
    return []
