"""Which of the words that tell events only carry, count or repeat what another word of the sentence tells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from geo.events import syntax
from geo.events.hit import Hit
from geo.events.modality import is_report
from geo.events.taxonomy import with_trait, words


def without_carried(hits: list[Hit]) -> list[Hit]:
    """Leave out a verb that only carries a noun ("hit in a missile attack") or harms in it ("killed in strikes")."""
    carried = {h.verb.i for h in hits if not h.trigger.verb and h.verb is not None}
    # "the bomber struck": the verb tells it
    by_agents = {h.verb.i for h in hits if h.trigger.agent and h.verb is not None}
    kept = [h for h in hits if not (_only_harms(h, by_agents) and syntax.first_conjunct(h.token).i in carried)]
    causes = [h for h in kept if h.type in with_trait("harms")]
    tolls = [h for h in kept if is_toll(h) and any(_causes(cause, h) for cause in causes)]
    kept = [_with_tolls(h, tolls) for h in kept if h not in tolls]
    kept = [h for h in kept if not any(_carries(h, other) for other in kept if other is not h)]
    return [h for h in kept if not any(_tells_already(other, h) for other in kept if other is not h)]


def _only_harms(hit: Hit, by_agents: Collection[int]) -> bool:
    """Tell a verb that says no more than that something was struck or hurt."""
    if not hit.trigger.verb:
        return False
    if hit.subtype in words("things"):
        return False
    told_by_doer = hit.type in ("bombing", "airstrike", "other") and hit.token.i not in by_agents
    return hit.type in ("killing", "clash", "shelling") or told_by_doer


def _is_made_of(other: Hit, hit: Hit) -> bool:
    """Tell the attacks that another one counts: "a barrage of rocket fire and airstrikes" is one."""
    harms = with_trait("harms")
    if other.trigger.verb or hit.trigger.verb or not {hit.type, other.type} <= harms:
        return False
    return any(hit.token in (t, *syntax.conjuncts(t)) for _, t in syntax.prepositions(other.token, "of"))


def _is_thing_of(other: Hit, hit: Hit) -> bool:
    """Tell a weapon that is found, laid or brought down: "a car bomb was defused" is no bombing."""
    return not hit.trigger.verb and other.subtype in words("things") and hit.token in syntax.objects(other.token)


def _is_word_of(hit: Hit, other: Hit) -> bool:
    """Tell a noun that another one has before it ("bombing raids") from one that tells an event of its own."""
    return not hit.trigger.verb and hit.token.head == other.token and hit.token.text.casefold() in other.trigger.beside


def _carries(hit: Hit, other: Hit) -> bool:
    """Tell what only says whom another attack of the clause was on ("exploded, targeting"), or brought its gas."""
    if other.type not in with_trait("harms") or hit.type not in with_trait("harms"):
        return False
    if other.type == "chemical_attack" and hit.type in ("airstrike", "shelling", "bombing"):
        return syntax.within(other.token, hit.anchor) or syntax.within(hit.token, other.anchor)
    aims = hit.trigger.verb and hit.token.tag_ == "VBG" and syntax.lemma(hit.token) in words("aiming")
    return aims and hit.token.dep_ in ("acl", "advcl", "xcomp") and syntax.within(hit.token, other.anchor)


def _with_tolls(hit: Hit, tolls: list[Hit]) -> Hit:
    own = tuple(t.token for t in tolls if hit.type in with_trait("harms") and _causes(hit, t))
    return replace(hit, tolls=own) if own else hit


def is_toll(hit: Hit) -> bool:
    """Tell a word that only says what an attack did to people ("killed", "wounded"), not how."""
    return hit.type == "killing" and syntax.lemma(hit.token) in words("toll")


def _causes(cause: Hit, toll: Hit) -> bool:
    """Tell whether a toll is that of an attack told in its sentence: one hangs on the other, or both are joined."""
    a, b = cause.anchor, toll.anchor
    if syntax.within(b, a):
        low, high = b, a
    elif syntax.within(a, b):
        low, high = a, b
    else:
        return False
    for node in (low, *low.ancestors):
        if node == high:
            return True
        if is_report(node) and node != low:
            return False
        alone = node.dep_ == "conj" and node.pos_ == "VERB" and syntax.children(node, "nsubj")
        if alone and not (node.tag_ == "VBN" and (node == b or syntax.lemma(node) in words("gapped"))):
            return False
    return False


def _tells_already(other: Hit, hit: Hit) -> bool:
    """Tell whether a hit is told by another one: what talks are about, and the flight of those who arrive."""
    if other.type == "talks" and not hit.trigger.verb:
        return any(t == hit.token for _, t in syntax.prepositions(other.anchor, "about", "on", "over"))
    if _is_made_of(other, hit) or _is_thing_of(other, hit):
        return True
    if other.type == "detention" and hit.trigger.lemma == "raid" and not hit.tolls:
        return True  # "raided a house and arrested two men"
    if hit.type == other.type == "displacement" and hit.trigger.verb and other.token.i > hit.token.i:
        fleeing = syntax.subjects(hit.token) if hit.token.tag_ == "VBG" or hit.token.dep_ == "relcl" else []
        return any(who in fleeing or syntax.within(hit.token, who) for who in syntax.subjects(other.anchor))
    return False
