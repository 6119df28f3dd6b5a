"""Who does it and whom it strikes: the actors of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.events import syntax
from geo.events.actors import ActorBook, KnownActor
from geo.events.find import Hit, MentionAt
from geo.events.taxonomy import triggers, with_trait, word_class, words
from geo.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token


def actors_of(
    hit: Hit, book: ActorBook, mention_at: MentionAt, *, earlier: tuple[Actor, ...] = (), proposer: Token | None = None
) -> tuple[Actor, ...]:
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
    proposer
        The word whose subject plans, proposes or threatens the event, if it is not a fact.

    Returns
    -------
    tuple of Actor
        Initiators, then targets, each in text order, no name twice in one role.
    """
    name = _namer(book, mention_at)
    doers, struck = _heads(hit, name)
    initiators = _named(doers, name, "initiator")
    if not initiators and any(d.tag_ == "PRP" for d in doers):
        main = _before_pronoun(hit.anchor)
        initiators = _named(main, name, "initiator") or [Actor("initiator", a.name, a.side) for a in earlier]
    if not initiators and proposer is not None:
        initiators = _named(syntax.subjects(proposer), name, "initiator")
    targets = [t for t in _named(struck, name, "target") if t.name not in {i.name for i in initiators}]
    return tuple(_once(initiators) + _once(targets))


def _before_pronoun(anchor: Token) -> list[Token]:
    """Give the subject that "it" or "they" takes up: that of the nearest clause above with one of its own."""
    for up in anchor.ancestors:
        who = [s for s in syntax.subjects(up) if s.tag_ != "PRP" and s.i < anchor.i] if up.pos_ == "VERB" else []
        if who:
            return who
    return []


def _heads(hit: Hit, name: Namer) -> tuple[list[Token], list[Token]]:
    """Give the heads of the phrases that act and of those that suffer."""
    verb = hit.verb
    if hit.trigger.verb and verb is not None:
        doers, struck = _of_verb(hit, verb)
    else:
        doers, struck = _of_noun(hit, name)
    if verb is not None and syntax.lemma(verb) in words("receiving"):
        return [d for d in doers if d not in syntax.subjects(verb)], struck + syntax.subjects(verb)
    if hit.type in with_trait("from_loser"):
        losers = [t for c in (hit.token, hit.anchor) for _, t in syntax.prepositions(c, "from")]
        return doers, losers + (struck if hit.trigger.reversed else [])
    return doers, struck if hit.type in with_trait("struck") else []


def _of_noun(hit: Hit, name: Namer) -> tuple[list[Token], list[Token]]:
    """Read "the army's strikes on rebels", "strikes by the army", "the army launched strikes"."""
    noun, verb = hit.token, hit.verb
    doers = [*syntax.agents(noun), *(t for t in _before(noun) if t.tag_ == "PRP$" or name(t))]
    clause = _clause(noun)
    if clause is not None and (any(t.tag_ == "PRP$" for t in doers) or (not doers and _is_circumstance(noun, clause))):
        doers = syntax.agents(clause) if syntax.is_passive(clause) or _is_casualty(clause) else syntax.subjects(clause)
    if not doers and clause is not None and verb is None and hit.type in with_trait("agreed"):
        doers = syntax.subjects(clause)  # "the council voted for a ceasefire"
    struck = [t for _, t in syntax.prepositions(noun, "on", "against", "of", "at", "with", "between")]
    if verb is None or any(t == noun for t in syntax.agents(verb)):
        return doers, struck
    if not doers and not _is_casualty(verb):
        doers = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
        doers = [d for d in doers if not syntax.within(noun, d)]
    suffering = syntax.subjects(verb) if _is_casualty(verb) and not syntax.is_passive(verb) else syntax.objects(verb)
    struck += [o for o in suffering if not syntax.within(noun, o)]
    return doers, struck + [t for _, t in syntax.prepositions(verb, "against", "on", "at", "with", "to", "between")]


def _of_verb(hit: Hit, verb: Token) -> tuple[list[Token], list[Token]]:
    if hit.trigger.reversed:
        return [t for _, t in syntax.prepositions(verb, "to")], syntax.subjects(verb)
    if hit.type == "capture" and hit.trigger.subject:
        return [t for _, t in syntax.prepositions(verb, "to")], []
    if _is_casualty(verb) and not syntax.agents(verb):
        struck = syntax.objects(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
        return _of_circumstance(verb), struck
    if hit.type == "displacement" and not syntax.is_passive(verb) and syntax.lemma(verb) not in words("driving"):
        return [], syntax.subjects(verb)
    doers = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
    struck = [t for _, t in syntax.prepositions(verb, "against", "on", "with")]
    return doers, struck if hit.trigger.object not in ("", "people", "force", "agreement") else syntax.objects(
        verb
    ) + struck


def _before(noun: Token) -> list[Token]:
    """Give the words before a noun that may name who does it: "Turkey's", "rebel", "Russian-regime", "their"."""
    return [c for c in noun.lefts if c.dep_ in ("compound", "poss", "amod", "nmod")]


def _clause(noun: Token) -> Token | None:
    """Give the verb of the clause that a noun stands in."""
    return next((t for t in noun.ancestors if t.pos_ == "VERB"), None)


def _of_circumstance(verb: Token) -> list[Token]:
    """Give the words that name who leads what people were harmed in ("killed in Estvar's offensive")."""
    nouns = [t for p in syntax.children(verb, "prep") if p.text.casefold() in ("in", "during") for t in p.subtree]
    return [c for t in nouns if (syntax.lemma(t), False) in triggers() for c in syntax.children(t, "poss")]


def _is_circumstance(noun: Token, clause: Token) -> bool:
    """Tell "opened the road in an offensive": those who did the one did the other."""
    return (
        noun.dep_ == "pobj"
        and noun.head.text.casefold() in ("in", "during")
        and (syntax.lemma(clause), True) in triggers()
    )


def _is_casualty(verb: Token) -> bool:
    passive = syntax.is_passive(verb)
    return syntax.lemma(verb) == "die" or (passive and syntax.lemma(verb) in ("kill", "wound", "injure", "displace"))


Namer = Callable[["Token"], list[tuple[str, str]]]


def _namer(book: ActorBook, mention_at: MentionAt) -> Namer:
    def name(head: Token) -> list[tuple[str, str]]:
        """Give names and sides of an actor, with those listed after "such as" and "including"."""
        found = []
        head = syntax.counted(head)
        if not _is_actor(head, mention_at) and syntax.lemma(head) in word_class("place"):
            head = next((c for c in _before(head) if _known(c, book) or _names_people(c)), head)  # "rebel positions"
        for token in (
            head,
            *_named_beside(head, mention_at),
            *[t for _, t in syntax.prepositions(head, "as", "including", "like")],
        ):
            text, known = _text(token), _known(token, book)
            if known is not None or _is_actor(token, mention_at):
                found.append((text, known.side if known else ""))
        return found

    return name


def _named_beside(head: Token, mention_at: MentionAt) -> list[Token]:
    """Give the proper names that stand beside a group: "the two factions, A and B"."""
    beside = [c for a in syntax.children(head, "appos") for c in syntax.conjuncts(a)]
    return [t for t in beside if t.pos_ == "PROPN" and mention_at(t) is None and head.pos_ == "NOUN"]


def _known(head: Token, book: ActorBook) -> KnownActor | None:
    """Find the actor that a phrase names: by its head, or by its other words where the head names people at all."""
    words_of = [t.text for t in _words(head) + _office(head) if t.text not in "-–’'" and t.dep_ != "case"]
    known = book.find(words_of)
    if known is None or _names_people(head) or _office(head):
        return known
    return known if book.find([w for w in words_of if w != head.text]) != known else None


def _names_people(head: Token) -> bool:
    word = syntax.lemma(head)
    return any(word in word_class(c) for c in ("force", "people", "person")) or word in _lexicon("groups")


def _named(heads: Iterable[Token], name: Namer, role: str) -> list[Actor]:
    return [Actor(role, text, side) for head in heads for text, side in name(head) if text]


def _words(head: Token) -> list[Token]:
    if head.dep_ in ("compound", "poss", "amod", "nmod"):
        return [t for t in head.subtree if t.dep_ != "case" and t.i <= head.i]
    return syntax.phrase(head)


def _text(head: Token) -> str:
    """Write out a name: the words from the first to the last, without articles, counts and what trails behind."""
    tokens = _words(head) + _office(head)
    dash = next((n for n, t in enumerate(tokens) if t.text in "-–—:" and t.i and t.nbor(-1).whitespace_), -1)
    tokens = tokens[dash + 1 :]  # what stands before a dash is a dateline
    while tokens and (tokens[0].tag_ in _LEADING or tokens[0].text.casefold() in {"the", *_lexicon("counting")}):
        tokens = tokens[1:]
    while tokens and tokens[-1].text.casefold() in syntax.DIRECTIONS:
        tokens = tokens[:-1]
    if not tokens:
        return ""
    return str(head.doc[tokens[0].i : tokens[-1].i + 1].text).strip()


_LEADING = frozenset(["DT", "PRP$", "WP$", "PDT", "POS", "CD", ",", ":", "HYPH", "``", "-LRB-"])


def _office(head: Token) -> list[Token]:
    """Give what an office is of: the "head" alone names nobody, the "head of UN operations" does."""
    if syntax.lemma(head) not in word_class("person"):
        return []
    of = [c for c in head.children if c.dep_ == "prep" and c.text == "of"]
    return [t for prep in of[:1] for inner in syntax.children(prep, "pobj") for t in (prep, *syntax.phrase(inner))]


def _is_actor(head: Token, mention_at: MentionAt) -> bool:
    """Tell whether a phrase names people: by its head, as a country that acts, or as a proper name that is no place."""
    if head.pos_ == "PRON" or syntax.lemma(head) in _lexicon("vehicles"):
        return False
    word, mention = syntax.lemma(head), mention_at(head)
    if _names_people(head):
        return True
    if mention is not None:
        country = mention.location is not None and mention.location.kind == "country"
        return mention.role in ("metonym", "demonym") or (country and head.dep_ not in ("pobj",))
    return head.pos_ == "PROPN" and word.removesuffix("s") not in _lexicon("not_actors")


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(read_toml("participants.toml")[name])


def _once(actors: Iterable[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.name.casefold(), actor)
    return list(seen.values())
