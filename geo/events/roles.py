"""Who does it and whom it strikes: the actors of an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.hit import Hit, MentionAt
from geo.events.modality import is_report
from geo.events.naming import Namer, before, lexicon, name_of, named, subject_above
from geo.events.taxonomy import triggers, with_trait, word_class, words
from geo.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_SETTLEMENTS = frozenset(["village", "quarter", "quarters", "community", "town", "neighbourhood", "neighborhood"])


def actors_of(
    hit: Hit, name: Namer, mention_at: MentionAt, *, earlier: tuple[Actor, ...] = (), proposer: Token | None = None
) -> tuple[Actor, ...]:
    """Give the actors of an event.

    Parameters
    ----------
    hit
        The word that tells it.
    name
        Gives the actors that a phrase names.
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
    doers, struck = _heads(hit, name)
    if not doers and hit.type == "clash":
        doers, struck = _two_sides(hit, struck)
    initiators = named(doers, name, "initiator")
    if not initiators and any(d.tag_ == "PRP" for d in doers):
        main = subject_above(hit.anchor)
        initiators = named(main, name, "initiator") or [Actor("initiator", a.name, a.side) for a in earlier]
    if not initiators and proposer is not None:
        initiators = named(syntax.subjects(proposer), name, "initiator")
    targets = (
        named(struck, name, "target")
        or _states(hit, struck, mention_at)
        or named(_victims(hit), name, "target")
        or _things(hit, struck, mention_at)
    )
    targets = [t for t in targets if t.name not in {i.name for i in initiators}]
    return tuple(_once(initiators) + _once(targets))


def _states(hit: Hit, struck: Iterable[Token], mention_at: MentionAt) -> list[Actor]:
    """Give the states that lost a place: "took the heights from Estvar"."""
    if hit.type not in with_trait("from_loser"):
        return []
    mentions = [m for m in map(mention_at, struck) if m is not None and m.location is not None]
    return [Actor("target", m.location.name) for m in mentions if m.location and m.location.kind == "country"]


def _two_sides(hit: Hit, struck: list[Token]) -> tuple[list[Token], list[Token]]:
    """Read "clashes between A and B": nobody says who began, and the one named first stands first."""
    between = [t for c in (hit.token, hit.anchor) for _, t in syntax.prepositions(c, "between")]
    return (between[:1], [t for t in struck if t != between[0]]) if between else ([], struck)


def _victims(hit: Hit) -> list[Token]:
    """Give those whom an attack killed or wounded, where its sentence tells that beside it."""
    found = []
    for toll in (t for t in hit.tolls if t.pos_ == "VERB"):
        found += syntax.subjects(toll) if syntax.lemma(toll) == "die" else syntax.objects(toll)
    return found


def _things(hit: Hit, struck: Iterable[Token], mention_at: MentionAt) -> list[Actor]:
    """Give what was struck where no people are named: a base, a hospital, a convoy."""
    if hit.type not in with_trait("harms"):
        return []
    heads = [syntax.counted(t) for t in struck]
    things = [t for t in heads if t.pos_ == "NOUN" and mention_at(t) is None and _is_site(t)]
    return [Actor("target", name_of(t)) for t in things]


def _is_no_target(hit: Hit, token: Token) -> bool:
    """Tell "on Saturday", and the rockets that were fired."""
    fired = hit.type in ("airstrike", "shelling") and syntax.lemma(token) in ("drone", *word_class("munition"))
    return fired or token.text.casefold() in lexicon("not_actors")


def _is_site(noun: Token) -> bool:
    word = syntax.lemma(noun)
    if word in _SETTLEMENTS:
        return False  # that is where, not what
    return word in lexicon("vehicles") | lexicon("crafts") or any(
        word in word_class(c) for c in ("civil_site", "military_site")
    )


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
        things = syntax.objects(hit.anchor) if hit.trigger.verb else []
        of = [t for o in things for _, t in syntax.prepositions(o, "of")]  # "the town of Harn from rebels"
        losers = [t for c in (hit.token, hit.anchor, *things, *of) for _, t in syntax.prepositions(c, "from")]
        losers += struck if hit.trigger.reversed else []
        return doers, losers or _to_be_ousted(hit) or _opponents(hit)
    if hit.type not in with_trait("struck"):
        return doers, []
    struck = [t for t in struck if not _is_no_target(hit, t)]
    return doers, struck or _to_be_ousted(hit)


def _to_be_ousted(hit: Hit) -> list[Token]:
    """Give those whom an attack is to drive out: "launched the assault, aiming to force the militia out"."""
    found: list[Token] = []
    for clause in syntax.children(hit.anchor, "advcl", "xcomp", "acl"):
        for verb in (clause, *syntax.children(clause, "xcomp", "ccomp", "conj")):
            if verb.pos_ == "VERB" and syntax.lemma(verb) in lexicon("ousting"):
                found += syntax.objects(verb)
    return found


def _opponents(hit: Hit) -> list[Token]:
    """Give those against whom a place was taken: "took the town in clashes with the militia"."""
    around = [t for _, t in syntax.prepositions(hit.anchor, "in", "amid", "after", "during", "following")]
    fights = [t for t in around if (syntax.lemma(t), False) in triggers() or syntax.lemma(t) == "war"]
    return [t for fight in fights for _, t in syntax.prepositions(fight, "with", "against")]


def _of_noun(hit: Hit, name: Namer) -> tuple[list[Token], list[Token]]:
    """Read "the army's strikes on rebels", "strikes by the army", "the army launched strikes"."""
    noun, verb = hit.token, hit.verb
    own = [c for t in before(noun) for c in syntax.conjuncts(t)]  # "Syrian and Russian strikes"
    doers = [*syntax.agents(noun), *(t for t in own if t.tag_ == "PRP$" or name(t)), *_claimants(noun)]
    doers = doers or _of_what_it_is_made(noun, name)
    clause = _clause(noun)
    if not doers and hit.trigger.role == "under":
        doers = [t for up in list(noun.ancestors)[:2] for t in syntax.agents(up)]  # "under siege by the army"
    if clause is not None and (any(t.tag_ == "PRP$" for t in doers) or (not doers and _is_circumstance(noun, clause))):
        doers = syntax.agents(clause) if syntax.is_passive(clause) or _is_casualty(clause) else syntax.subjects(clause)
    if not doers and clause is not None and verb is None and hit.type in with_trait("agreed"):
        doers = syntax.subjects(clause)  # "the council voted for a ceasefire"
    struck = [t for _, t in syntax.prepositions(noun, "on", "against", "of", "at", "with", "between")]
    if verb is None or any(t == noun for t in syntax.agents(verb)):
        return doers, struck
    if not doers and not _is_casualty(verb) and not is_report(verb):
        doers = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
        doers = [d for d in doers if not syntax.within(noun, d)]
    suffering = syntax.subjects(verb) if _is_casualty(verb) and not syntax.is_passive(verb) else syntax.objects(verb)
    struck += [o for o in suffering if not syntax.within(noun, o)]
    return doers, struck + [t for _, t in syntax.prepositions(verb, "against", "on", "at", "with", "to", "between")]


def _claimants(noun: Token) -> list[Token]:
    """Give those who claim an attack as theirs: "a bombing claimed by the group", "claimed responsibility for it"."""
    claims = [c for c in syntax.children(noun, "acl", "relcl") if syntax.lemma(c) in lexicon("doing")]
    found = [t for c in claims for t in syntax.agents(c)]
    above = list(noun.ancestors)[:4]
    claim = next((t for t in above if t.pos_ == "VERB"), None)
    if found or claim is None or syntax.lemma(claim) != "claim":
        return found
    of = [syntax.lemma(o) for o in syntax.objects(claim)]
    if noun not in syntax.objects(claim) and "responsibility" not in of:
        return []
    return syntax.agents(claim) if syntax.is_passive(claim) else syntax.subjects(claim)


def _of_what_it_is_made(noun: Token, name: Namer) -> list[Token]:
    """Give those named before the attacks that a noun counts: "a barrage of regime rocket fire and airstrikes"."""
    attacks = [t for _, t in syntax.prepositions(noun, "of") if (syntax.lemma(t), False) in triggers() or _is_fire(t)]
    return [w for t in attacks for w in before(t) if name(w)]


def _is_fire(noun: Token) -> bool:
    return syntax.lemma(noun) in ("fire", *word_class("munition"))


def _of_verb(hit: Hit, verb: Token) -> tuple[list[Token], list[Token]]:
    if hit.trigger.reversed:
        nouns = [verb, *(t for _, t in syntax.prepositions(verb, "under"))]  # "came under fire from"
        return [t for n in nouns for _, t in syntax.prepositions(n, "to", "from", "by")], syntax.subjects(verb)
    if hit.type == "capture" and hit.trigger.subject:
        return [t for _, t in syntax.prepositions(verb, "to")], []
    if _is_casualty(verb) and not syntax.agents(verb):
        struck = syntax.objects(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
        return _of_circumstance(verb), struck
    if hit.type == "displacement" and not syntax.is_passive(verb) and syntax.lemma(verb) not in words("driving"):
        return [], syntax.subjects(verb)
    doers = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
    struck = [t for _, t in syntax.prepositions(verb, "against", "on", "with")]
    takes_people = hit.trigger.object in ("", "people", "force", "agreement") or hit.type in with_trait("harms")
    return doers, [*syntax.objects(verb), *struck] if takes_people else struck


def _clause(noun: Token) -> Token | None:
    """Give the verb of the clause that a noun stands in."""
    return next((t for t in noun.ancestors if t.pos_ == "VERB"), None)


def _of_circumstance(verb: Token) -> list[Token]:
    """Give the words that name who leads what people were harmed in ("killed in Estvar's offensive")."""
    verbs = [verb, *(v for v in syntax.children(verb, "conj") if v.pos_ == "VERB")]
    inside = [p for v in verbs for p in syntax.children(v, "prep") if p.text.casefold() in ("in", "during")]
    nouns = [t for p in inside for t in p.subtree]
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


def _once(actors: Iterable[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.name.casefold(), actor)
    parts = {a for a in seen for b in seen if a != b and f" {b} ".startswith(f" {a} ")}  # "Estvar" of "Estvar army"
    return [actor for name, actor in seen.items() if name not in parts]
