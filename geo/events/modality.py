"""How sure a report is of what it tells, and who says so."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geo.data import read_toml
from geo.events import syntax
from geo.model import UNREAL

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRONGEST = ("denied", "threatened", "proposed", "planned", "ongoing")


def markers() -> frozenset[str]:
    """Give the words that open a condition or a comparison."""
    return frozenset(_file()["hypothetical"]["markers"])


def modality(token: Token, carrier: Token) -> tuple[str, str, Token | None]:
    """Tell how sure a report is of an event, and who says so.

    Parameters
    ----------
    token
        The word that tells the event.
    carrier
        The verb that carries it; the word itself where there is none.

    Returns
    -------
    tuple
        One of `geo.model.MODALITIES`; the words that name who says so (empty for the report itself); and the word whose
        subject plans, proposes or threatens it, or None.
    """
    found: set[str] = set()
    attribution, proposer = _according_to(carrier), None
    for node in _chain(token, carrier):
        if syntax.lemma(node) == "be" and any(c.dep_ == "xcomp" and syntax.is_purpose(c) for c in node.children):
            found.add("planned")  # "are to meet"
        if node.pos_ in ("VERB", "AUX") and not (node == carrier and _is_said_of(token, node)):
            found |= _auxiliaries(node)
        if node != token and _is_negated_denial(node):
            found.discard("denied")
            attribution = attribution or _speaker(node)
        elif node != token:
            governed = {kind for kind, words in _governs().items() if words & _with_particle(node)}
            proposer = node if governed & UNREAL else proposer
            found |= governed
        if node not in (token, carrier) and is_report(node):
            attribution = attribution or _speaker(node)
    attribution = attribution or _told_by(carrier)
    kind = next((k for k in _STRONGEST if k in found), "happened")
    if kind in ("happened", "ongoing") and (attribution or _hedged(carrier)):
        kind = "claimed" if kind == "happened" else "ongoing"
    return kind, attribution, proposer if kind in UNREAL else None


def is_report(verb: Token) -> bool:
    """Tell whether a verb carries somebody's statement."""
    return syntax.lemma(verb) in _reports()


def _told_by(carrier: Token) -> str:
    """Give who tells what a clause describes: "said it shot down drones launched by …"; a comma parts what is known."""
    node = carrier
    while node.head != node:
        if syntax.is_relative(node) and node.doc[node.left_edge.i - 1].text == "," and node.left_edge.i > 0:
            return ""
        if node.dep_ == "ccomp" and is_report(node.head):
            return _speaker(node.head)
        node = node.head
    return ""


def _is_said_of(noun: Token, verb: Token) -> bool:
    """Tell a noun of which a sentence says what it is or may be: the trip that "could be an opportunity" took place."""
    return syntax.lemma(verb) == "be" and noun.dep_ == "nsubj"


def _chain(token: Token, carrier: Token) -> list[Token]:
    """Give the words above an event in the tree that may govern it, from the event up."""
    chain = [token] if token.i == carrier.i else [token, *_between(token, carrier), carrier]
    node = carrier
    while node.head != node and len(chain) < 12:
        if syntax.is_relative(node) or (node.dep_ == "advcl" and not syntax.is_purpose(node)) or _is_before(node):
            break
        if node.dep_ == "conj" and node.pos_ == "VERB" and not _shares_auxiliary(node):
            node = syntax.first_conjunct(node)
            if node.dep_ in ("relcl", "acl", "advcl"):
                break
            chain += [node.head] if node.head != node and node.dep_ in ("ccomp", "xcomp") else []
            node = node.head
            continue
        node = node.head
        chain.append(node)
    return chain


def _is_negated_denial(node: Token) -> bool:
    """Tell "did not deny that"."""
    denies = bool(_governs()["denied"] & _with_particle(node))
    return denies and any(c.dep_ == "neg" for c in node.children)


def _is_before(node: Token) -> bool:
    """Tell what has happened before the main clause does: "will advance after seizing the town"."""
    return node.dep_ == "pcomp" and node.head.text.casefold() in ("after", "since", "following")


def _between(token: Token, carrier: Token) -> list[Token]:
    found, node = [], token.head
    while node.i != carrier.i and node.head != node:
        found.append(node)
        node = node.head
    return found


def _shares_auxiliary(verb: Token) -> bool:
    """Tell whether a joined verb hangs on the first one's auxiliary ("will close the road and open another")."""
    return verb.tag_ in ("VB", "VBG", "VBN") and not syntax.children(verb, "nsubj", "aux")


def _auxiliaries(verb: Token) -> set[str]:
    found = set()
    for child in verb.children:
        word = child.text.casefold()
        if child.dep_ == "neg":
            found.add("denied")
        elif child.dep_ in ("aux", "auxpass"):
            found |= {kind for kind, words in _file()["auxiliary"].items() if word in words}
    be = [c.text.casefold() for c in verb.children if c.dep_ == "aux"]
    if verb.tag_ == "VBG" and {"is", "are", "’s", "'s", "’re", "'re"} & set(be) and verb.text.casefold() != "going":
        found.add("ongoing")
    if verb.tag_ == "VBG" and "been" in be:
        found.add("ongoing")
    return found


def _with_particle(node: Token) -> set[str]:
    """Give a word's dictionary form, alone and with each particle beside it ("step back")."""
    word = syntax.lemma(node)
    found = set() if syntax.children(node, "prt") else {word, node.text.casefold()}  # "set off" is no "set to"
    return found | {f"{word} {c.text.casefold()}" for c in node.children if c.dep_ in ("prt", "advmod", "prep")}


def _speaker(verb: Token) -> str:
    who = [s for s in syntax.subjects(verb) if s.tag_ not in ("WDT", "WP")]
    if not who:
        return ""
    last = max([who[0].i, *(a.i for a in syntax.children(who[0], "appos"))])
    text = str(verb.doc[syntax.phrase(who[0])[0].i : last + 1].text)
    return text + ")" if text.count("(") > text.count(")") else text


def _according_to(carrier: Token) -> str:
    for node in (carrier, *carrier.ancestors):
        for child in node.children:
            if child.text.casefold() in ("according", "citing", "quoting"):
                below = [t for t in child.subtree if t.i > child.i and t.text.casefold() != "to"]
                if below:
                    return "".join(t.text_with_ws for t in below).strip()
    return ""


def _hedged(carrier: Token) -> bool:
    adverbs = set(_file()["report"]["adverbs"])
    return any(c.text.casefold() in adverbs for c in carrier.children)


@cache
def _governs() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in _file()["governs"].items()}


@cache
def _reports() -> frozenset[str]:
    return frozenset(_file()["report"]["verbs"])


def _file() -> dict[str, Any]:
    return read_toml("modality.toml")
