"""What an attack was, by the weapons, doers and victims named beside a general word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.taxonomy import Trigger, instruments, subtypes, with_trait, word_class, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def type_of(trigger: Trigger, token: Token, verb: Token | None) -> str:
    """Give the type of a hit, where a weapon, a doer or a victim named beside a general word chooses it."""
    if _is_of_protest(trigger, token, verb):
        return "protest"
    if trigger.type in ("shelling", "airstrike") and trigger.verb and _carries_gas(token):
        return "chemical_attack"
    if trigger.type == "shelling" and _near_words(token, verb) & word_class("aircraft"):
        return "airstrike"
    if trigger.type == "bombing" and trigger.lemma == "bombing" and not trigger.subtype:
        return "airstrike" if _from_the_air(token, verb) and not _mentions_bomb(token) else "bombing"
    if trigger.type == "killing" and trigger.verb:
        return _killed_with(token) or trigger.type
    return _by_weapon(trigger, token, verb) if trigger.instrument else trigger.type


def _by_weapon(trigger: Trigger, token: Token, verb: Token | None) -> str:
    near = _near_words(token, verb)
    for name, weapons in instruments():
        if near & weapons and not (token.text.casefold() in weapons and name == "airstrike" and trigger.verb):
            return name
    if trigger.lemma != "strike" and _is_on_civilians(token, verb):
        return "attack_on_civilians"
    return "airstrike" if trigger.lemma == "strike" and not trigger.verb else trigger.type


def _killed_with(verb: Token) -> str:
    """Give the type of attack that a weapon tells which people were killed by ("killed by a rocket")."""
    by = {syntax.lemma(t) for w in syntax.agents(verb) for t in syntax.phrase(syntax.counted(w))}
    return next((name for name, weapons in instruments() if name in with_trait("harms") and by & weapons), "")


def _is_of_protest(trigger: Trigger, token: Token, verb: Token | None) -> bool:
    """Tell what belongs to a protest: what police do to a crowd and a crowd to police, and arrests at it."""
    if trigger.type in ("clash", "shelling", "attack_on_civilians", "bombing") and _has_crowd_control(token):
        return True
    if trigger.type == "detention":
        return trigger.verb and any(syntax.lemma(t) in word_class("gathering") for t in token.subtree)
    if trigger.type == "route_closed":
        return trigger.verb and any(syntax.lemma(s) in word_class("protester") for s in syntax.subjects(token))
    return trigger.type in ("clash", "attack_on_civilians") and _amid_protest(token, verb)


def subtype_of(kind: str, trigger: Trigger, token: Token, verb: Token | None) -> str:
    """Give the subtype of a hit: that of its trigger, or the first in the file one of whose phrases stands beside it.

    Parameters
    ----------
    kind
        The type of the hit, which may be another one than that of its trigger.
    trigger, token, verb
        As in `geo.events.find.Hit`.
    """
    if trigger.subtype and kind == trigger.type:
        return trigger.subtype
    own = (trigger.lemma, *trigger.beside) if trigger.verb else (*trigger.beside, trigger.lemma)
    beside = token.doc if kind in with_trait("told_by_sentence") else _beside(token, verb)
    near = "\n".join(["", *map(syntax.lemma, beside), ""])  # a name of several words is one line
    for name, subtype in subtypes(kind).items():
        if any(phrase == own or "\n".join(("", *phrase, "")) in near for phrase in subtype.words):
            return name
    return ""


def _beside(token: Token, verb: Token | None) -> list[Token]:
    """Give the words of the clause of a hit, in text order: what hangs on it or on its verb, without other clauses."""
    found: dict[int, Token] = {}
    todo = [token, verb if verb is not None else token]
    while todo:
        node = todo.pop()
        if node.i in found:
            continue
        found[node.i] = node
        todo += [c for c in node.children if not _is_other_clause(c)]
    return [found[i] for i in sorted(found)]


def _is_other_clause(token: Token) -> bool:
    if token.dep_ == "conj" and token.pos_ == "VERB":
        return True
    if token.dep_ in ("acl", "advcl") and syntax.lemma(token) in words("using"):
        return False
    return token.dep_ in ("relcl", "advcl", "acl", "ccomp", "parataxis", "csubj")


def _struck(token: Token, verb: Token | None) -> list[Token]:
    """Give what an attack is on: objects, and what stands behind "on", "at", "against" and "in"."""
    found = []
    for carrier in dict.fromkeys((token, verb if verb is not None else token)):
        found += (
            syntax.objects(carrier) if carrier.pos_ == "VERB" and (carrier == token or carrier != token.head) else []
        )
        harmed = [
            c for c in syntax.children(carrier, "advcl", "acl", "xcomp", "conj") if syntax.lemma(c) in words("harming")
        ]
        found += [o for c in harmed for o in syntax.objects(c)]
        found += [t for _, t in syntax.prepositions(carrier, "on", "at", "against", "in", "inside", "into", "with")]
        for thing in (t for _, t in syntax.prepositions(carrier, "on", "at", "against")):
            found += [t for _, t in syntax.prepositions(thing, "of")]
    return found


def _carries_gas(verb: Token) -> bool:
    """Tell what is fired or dropped to be, or to be filled with, poison."""
    poison = dict(instruments())["chemical_attack"]
    return any(syntax.lemma(t) in poison for o in syntax.objects(verb) for t in o.subtree)


def _has_crowd_control(token: Token) -> bool:
    """Tell a sentence that names what police use against crowds: "tear gas", "water cannon"."""
    lemmas = [syntax.lemma(t) for t in token.doc]
    return any(f"{a} {b}" in words("crowd_control") for a, b in pairwise(lemmas)) or bool(
        words("crowd_control") & set(lemmas)
    )


def _amid_protest(token: Token, verb: Token | None) -> bool:
    """Tell violence between police and a crowd: one side of it protests."""
    carrier = verb if verb is not None and verb.pos_ == "VERB" else token
    sides = [*_struck(token, verb), *(syntax.subjects(carrier) if carrier.pos_ == "VERB" else [])]
    sides += [t for c in (token, carrier) for _, t in syntax.prepositions(c, "between", "with", "among")]
    return any(syntax.lemma(t) in word_class("protester") for s in sides for t in syntax.phrase(syntax.counted(s)))


def _is_on_civilians(token: Token, verb: Token | None) -> bool:
    """Tell an attack on people who do not fight, or by gunmen on nobody who does."""
    struck = [syntax.lemma(t) for s in _struck(token, verb) for t in syntax.phrase(s)]
    if any(word in word_class(c) for word in struck for c in ("combatant", "military_site")):
        return False
    if any(word in word_class(c) for word in struck for c in ("civilian", "civil_site")):
        return True
    carrier = verb if verb is not None and verb.pos_ == "VERB" else token
    who = syntax.subjects(carrier) if carrier.pos_ == "VERB" else []
    return bool(struck) and any(syntax.lemma(s) in word_class("gunmen") for s in who)


def _near_words(token: Token, verb: Token | None) -> set[str]:
    """Give the words that qualify a trigger: its modifiers, and instruments and actors of its verb."""
    found = (
        {syntax.lemma(c) for c in token.subtree if c.i < token.i and not c.is_stop and not _is_against(c)}
        if token.pos_ != "VERB"
        else set()
    )
    for carrier in {token, verb if verb is not None else token}:
        if carrier.pos_ == "VERB":
            for who in (
                syntax.subjects(carrier) + syntax.agents(carrier) + [t for _, t in syntax.prepositions(carrier, "with")]
            ):
                found |= {syntax.lemma(t) for t in syntax.phrase(syntax.counted(who)) if not _is_against(t)}
    using = [o for c in syntax.children(token, "advcl") if syntax.lemma(c) in words("using") for o in syntax.objects(c)]
    found |= {syntax.lemma(t) for o in using for t in syntax.phrase(o) if not _is_against(t)}
    for prep, thing in syntax.prepositions(token, "with", "by", "using"):
        found |= {syntax.lemma(t) for t in syntax.phrase(thing) if not _is_against(t)} if prep else set()
    return found


def _is_against(token: Token) -> bool:
    """Tell the second half of "anti-aircraft"."""
    before = [t for t in token.doc[max(0, token.i - 2) : token.i] if t.text not in "-–"]
    return bool(before) and before[-1].text.casefold() == "anti"


def _mentions_bomb(token: Token) -> bool:
    found = {syntax.lemma(t) for t in token.sent}
    return bool(found & {"suicide", "bomber", "car", "roadside", "explosive", "truck", "ied", "blast"})


def _from_the_air(token: Token, verb: Token | None) -> bool:
    found = {syntax.lemma(t) for t in token.sent}
    return bool(found & {"air", "jet", "warplane", "aircraft", "airstrike", "plane", "helicopter"}) or (
        verb is not None and syntax.lemma(verb) in ("step", "intensify", "continue", "escalate", "resume", "keep")
    )
