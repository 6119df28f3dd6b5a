"""What a sentence only supposes, and what is known rather than news: no events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.modality import markers
from geo.events.taxonomy import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_background(token: Token) -> bool:
    """Tell what is no news: who people are ("rebels fighting beside the army"), and what a whole war has cost."""
    lemma = syntax.lemma(token)
    if any(_since(t) and _of_war(t) for t in token.ancestors if t.dep_ == "advcl"):
        return True
    if any(t.dep_ == "relcl" and syntax.lemma(t.head) in words("whole") for t in token.ancestors):
        return True  # "the conflict, which began with protests"
    if lemma in words("standing") and token.dep_ in ("acl", "relcl", "amod"):
        return True
    if lemma not in words("toll"):
        return False
    whole = [t for _, t in syntax.prepositions(token, "since", "in", "during", "over")]
    clauses = [c for t in syntax.conjuncts(token) for c in syntax.children(t, "advcl") if _since(c)]
    return any(syntax.lemma(t) in words("whole") for t in whole) or any(map(_of_war, clauses))


def _of_war(clause: Token) -> bool:
    return any(syntax.lemma(t) in words("whole") for t in (clause, *syntax.subjects(clause)))


def _since(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.text.casefold() == "since" for c in clause.children)


def is_hypothetical(token: Token) -> bool:
    """Tell what stands in a condition or a comparison, or what could not be done."""
    node = token
    while True:
        if _is_unreal(node):
            return True
        if node.dep_ in ("advcl", "ccomp", "acl", "pcomp") or node.head == node:
            openers = {
                c.text.casefold() for c in node.children if c.dep_ in ("mark", "prep", "advmod") and c.i < token.i
            }
            if openers & markers() or (
                node.head.text.casefold() in markers() and node.dep_ in ("pcomp", "acl", "relcl", "ccomp", "advcl")
            ):
                return True
        if node.head == node:
            return False
        node = node.head


def _is_unreal(verb: Token) -> bool:
    """Tell the main clause of a condition ("would not dare to, if …") and what could not be done."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    aux = {c.text.casefold() for c in verb.children if c.dep_ == "aux"}
    conditional = aux & {"would", "could", "might"}
    negated = any(c.dep_ == "neg" for c in verb.children)
    condition = any(
        m.text.casefold() == "if" for c in syntax.children(verb, "advcl") for m in syntax.children(c, "mark")
    )
    return (bool(conditional) and negated) or (bool(conditional or aux & {"will", "'ll", "’ll"}) and condition)
