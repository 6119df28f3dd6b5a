"""Which of the times named around an event is the time of the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.hit import Hit
from geo.events.modality import is_report
from geo.events.parser import Sentence
from geo.model import TimeExpression, When
from geo.temporal import apply_offset

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Dated:
    """A temporal expression in a parsed sentence.

    Attributes
    ----------
    expression
        The expression.
    head
        The word that heads it.
    """

    expression: TimeExpression
    head: Token


def dated(sentence: Sentence, expressions: Sequence[TimeExpression]) -> list[Dated]:
    """Give the expressions of a sentence that tell when, with their words in its tree; lengths of time tell nothing."""
    found = []
    for expression in expressions:
        if expression.kind == "duration" or not sentence.start <= expression.start < sentence.end:
            continue
        head = sentence.head_of(expression.start, expression.end)
        if head is not None:
            found.append(Dated(expression, head))
    return found


def time_of(hit: Hit, times: Sequence[Dated], rivals: Sequence[Hit], reference: When | None) -> When | None:
    """Choose the time of an event among those named in its sentence.

    Parameters
    ----------
    hit
        The word that tells the event.
    times
        The expressions of the sentence.
    rivals
        The other hits of the sentence.
    reference
        The time of the event told before, for "a month earlier".

    Returns
    -------
    When or None
        None where the sentence does not date the event.
    """
    fit = sorted((_distance(hit, t), t.expression.start, t) for t in times if _is_fit(hit, t, rivals))
    for _, _, time in fit:
        expression = time.expression
        if expression.kind == "offset":
            if reference is not None:
                return apply_offset(expression, reference)
        elif expression.when is not None:
            return expression.when
    return None


def _distance(hit: Hit, time: Dated) -> int:
    return min(syntax.path(hit.token, time.head), syntax.path(hit.anchor, time.head))


def _is_fit(hit: Hit, time: Dated, rivals: Sequence[Hit]) -> bool:
    """Tell whether a time may date a hit: no other event of the sentence is nearer, save one that shares its clause."""
    mine = _distance(hit, time)
    closer = [r for r in rivals if _distance(r, time) < mine]
    if any(not _share_clause(hit, r) for r in closer):
        return False
    between = _reporting_verb(time.head)
    return between is None or syntax.within(between, hit.anchor) or not syntax.within(hit.anchor, between)


def _share_clause(hit: Hit, other: Hit) -> bool:
    """Tell whether two hits are told in one clause or in joined ones, and so share its time."""
    a, b = hit.anchor, other.anchor
    if a == b or syntax.first_conjunct(a) == syntax.first_conjunct(b):
        return True
    if not hit.trigger.verb and syntax.within(hit.token, b) and b.pos_ == "VERB" and syntax.path(hit.token, b) <= 3:
        return True
    if (
        not other.trigger.verb
        and syntax.within(other.token, a)
        and a.pos_ == "VERB"
        and syntax.path(other.token, a) <= 2
    ):
        return True  # "took the town in clashes on Sunday"
    return a.dep_ in ("advcl", "xcomp", "ccomp") and a.head == b


def _reporting_verb(head: Token) -> Token | None:
    """Give the verb of saying that a time hangs on, if it does: "said on Sunday" dates the saying."""
    node = head
    while node.head != node:
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node if is_report(node) else None
    return None


def reported_on(hit: Hit, times: Sequence[Dated]) -> When | None:
    """Give the time at which the event was reported in its sentence ("the army said on Sunday …")."""
    for time in times:
        verb = _reporting_verb(time.head)
        if verb is not None and syntax.within(hit.anchor, verb) and time.expression.when is not None:
            return time.expression.when
    return None
