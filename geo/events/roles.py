"""Who does it and whom it strikes: the actors of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.events import syntax
from geo.events.actors import ActorBook
from geo.events.find import Hit, MentionAt
from geo.events.taxonomy import word_class
from geo.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

# Types whose object or "on …" phrase names whom they strike.
_STRIKES = frozenset(
    ["airstrike", "shelling", "bombing", "chemical_attack", "clash", "offensive", "killing", "attack_on_civilians"]
    + ["detention", "displacement", "siege_imposed", "aid_blocked", "aid", "talks", "visit"]
)


def actors_of(hit: Hit, book: ActorBook, mention_at: MentionAt, earlier: tuple[Actor, ...] = ()) -> tuple[Actor, ...]:
    """Give the actors of an event.

    Parameters
    ----------
    hit
        The word that tells it.
    book
        The actors of the atlas.
    mention_at
        The place mention that covers a token, or None.
    earlier
        The initiators of the event before, for "they" and "it".

    Returns
    -------
    tuple of Actor
        Initiators, then targets, each in text order, no name twice in one role.
    """
    doers, struck = _heads(hit)
    name = _namer(book, mention_at)
    initiators = _named(doers, name, "initiator")
    if not initiators and earlier and any(d.pos_ == "PRON" and d.tag_ == "PRP" for d in doers):
        initiators = [Actor("initiator", a.name, a.side) for a in earlier]
    targets = [t for t in _named(struck, name, "target") if t.name not in {i.name for i in initiators}]
    return tuple(_once(initiators) + _once(targets))


def _heads(hit: Hit) -> tuple[list[Token], list[Token]]:
    """Give the heads of the phrases that act and of those that suffer."""
    token, verb = hit.token, hit.verb
    doers, struck = syntax.agents(token), []
    if hit.trigger.verb and verb is not None:
        doers, struck = _of_verb(hit, verb)
    else:
        doers += _before(token)
        if not doers and verb is not None and not _is_casualty(verb):
            doers = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
            doers = [d for d in doers if not syntax.within(token, d)]
        struck = [t for _, t in syntax.prepositions(token, "on", "against", "of", "at", "with", "between")]
        if verb is not None:
            struck += [o for o in syntax.objects(verb) if not syntax.within(token, o)]
            struck += [t for _, t in syntax.prepositions(verb, "against", "on", "at", "with", "to")]
    if hit.type in ("capture", "siege_broken", "route_opened"):
        losers = [t for c in (token, hit.anchor) for _, t in syntax.prepositions(c, "from")]
        return doers, losers
    return doers, struck if hit.type in _STRIKES else []


def _of_verb(hit: Hit, verb: Token) -> tuple[list[Token], list[Token]]:
    if hit.trigger.reversed:
        return [t for _, t in syntax.prepositions(verb, "to")], syntax.subjects(verb)
    if hit.type == "capture" and hit.trigger.subject:
        return [t for _, t in syntax.prepositions(verb, "to")], []
    if hit.type in ("displacement", "withdrawal") and not syntax.objects(verb):
        return ([], syntax.subjects(verb)) if hit.type == "displacement" else (syntax.subjects(verb), [])
    doers = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
    return doers, syntax.objects(verb) + [t for _, t in syntax.prepositions(verb, "against", "on", "with")]


def _before(noun: Token) -> list[Token]:
    """Give the words before a noun that may name who does it: "Turkey's", "rebel", "Russian-regime", "their"."""
    return [c for c in noun.lefts if c.dep_ in ("compound", "poss", "amod", "nmod")]


def _is_casualty(verb: Token) -> bool:
    return syntax.lemma(verb) in ("kill", "wound", "injure", "die", "displace") and syntax.is_passive(verb)


Namer = Callable[["Token"], list[tuple[str, str]]]


def _namer(book: ActorBook, mention_at: MentionAt) -> Namer:
    def name(head: Token) -> list[tuple[str, str]]:
        """Give names and sides of an actor, with those listed after "such as" and "including"."""
        found = []
        for token in (head, *[t for _, t in syntax.prepositions(head, "as", "including", "like")]):
            text = _text(token)
            known = book.find([t.text for t in _words(token)])
            if known is not None or _is_actor(token, mention_at):
                found.append((text, known.side if known else ""))
        return found

    return name


def _named(heads: Iterable[Token], name: Namer, role: str) -> list[Actor]:
    return [Actor(role, text, side) for head in heads for text, side in name(head) if text]


def _words(head: Token) -> list[Token]:
    if head.dep_ in ("compound", "poss", "amod", "nmod"):
        return [t for t in head.subtree if t.dep_ != "case" and t.i <= head.i]
    return syntax.phrase(head)


def _text(head: Token) -> str:
    words = [t for t in _words(head) if t.dep_ not in ("det", "case") and t.tag_ not in ("DT", "PRP$", "POS", "PDT")]
    while words and (
        words[0].pos_ == "NUM" or words[0].text.casefold() in _lexicon("counting") or words[0].pos_ == "PUNCT"
    ):
        words = words[1:]
    return "".join(t.text_with_ws for t in words).strip()


def _is_actor(head: Token, mention_at: MentionAt) -> bool:
    """Tell whether a phrase names people: by its head, as a country that acts, or as a proper name that is no place."""
    if head.pos_ == "PRON" or head.ent_type_ == "DATE":
        return False
    word, mention = syntax.lemma(head), mention_at(head)
    if (
        word in word_class("force")
        or word in word_class("people")
        or word in word_class("person")
        or word in _lexicon("groups")
    ):
        return True
    if mention is not None:
        country = mention.location is not None and mention.location.kind == "country"
        return mention.role in ("metonym", "demonym") or (country and head.dep_ not in ("pobj",))
    return head.pos_ == "PROPN" and word not in _lexicon("not_actors")


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(read_toml("people.toml")[name])


def _once(actors: Iterable[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.name.casefold(), actor)
    return list(seen.values())
