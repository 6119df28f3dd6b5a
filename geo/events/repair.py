"""What the parser is known to misread, put right before anybody looks at the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.events.taxonomy import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PASSIVE = ("nsubjpass", "auxpass")


def repaired(doc: Doc, parts: Sequence[str], lemmas: Sequence[str]) -> tuple[list[str], list[int]]:
    """Give labels and heads of a parse with gapped clauses made whole.

    In "24 people were killed and 5,000 displaced in the fighting" the parser joins the number to the first verb and
    hangs the second on the number; they are two verbs with a subject each.

    Parameters
    ----------
    doc
        The parse.
    parts, lemmas
        Part of speech and dictionary form of each token.

    Returns
    -------
    tuple of list
        For each token its label and the position of its head.
    """
    labels, heads = [t.dep_ for t in doc], [t.head.i for t in doc]
    for token in doc:
        second = _gapped(token, parts, lemmas)
        if second is None:
            continue
        first = token.head
        labels[second.i], heads[second.i] = "conj", first.i
        labels[token.i], heads[token.i] = "nsubjpass", second.i
        for child in second.children:
            if child.i < token.i:
                heads[child.i] = first.i
    return labels, heads


def _gapped(token: Token, parts: Sequence[str], lemmas: Sequence[str]) -> Token | None:
    """Give the participle of a gapped clause whose subject a token is."""
    first = token.head
    if token.dep_ != "conj" or parts[token.i] not in ("NUM", "NOUN"):
        return None
    if parts[first.i] != "VERB" or first.tag_ != "VBN":
        return None
    if not any(c.dep_ in _PASSIVE for c in first.children):
        return None
    seconds = [c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i > token.i]
    return next((c for c in seconds if lemmas[c.i] in words("gapped")), None)
