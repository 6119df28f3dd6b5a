"""Who was named so far: what "the group" and "its forces" stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.events import syntax
from geo.events.actors import ActorBook
from geo.events.hit import MentionAt
from geo.events.naming import is_actor, known_actor, lexicon, name_of
from geo.events.parser import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLAYS = frozenset(["nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj", "appos", "compound"])
_LASTS = 8  # sentences after which a group is named anew


@dataclass(frozen=True, slots=True)
class Cast:
    """The groups that an article has named, the last named last.

    Attributes
    ----------
    groups
        Number of the sentence, offset in the article, name and side.
    """

    groups: tuple[tuple[int, int, str, str], ...] = ()

    def last_before(self, sentence: int, offset: int) -> tuple[str, str] | None:
        """Give name and side of the group named last before an offset, within a few sentences."""
        near = [g for g in self.groups if sentence - _LASTS <= g[0] and g[1] < offset]
        return near[-1][2:] if near else None


def with_groups(cast: Cast, sentence: Sentence, mention_at: MentionAt, book: ActorBook) -> Cast:
    """Add the groups that a sentence names: those who act in it last, as what follows most often takes them up."""
    named = [t for t in sentence.doc if t.dep_ in _PLAYS and _is_group(t, mention_at, book)]
    named.sort(key=lambda t: (t.dep_ in ("nsubj", "nsubjpass"), t.i))
    found = []
    for token in named:
        known = known_actor(token, book)
        found.append((sentence.index, sentence.start + token.idx, name_of(token), known.side if known else ""))
    return Cast((*cast.groups, *(g for g in found if g[2])))


def _is_group(token: Token, mention_at: MentionAt, book: ActorBook) -> bool:
    if mention_at(token) is not None or token.pos_ not in ("PROPN", "NOUN") or _is_hyphened(token):
        return False
    known = known_actor(token, book)
    if known is not None and known.kind not in ("armed_group", "political", "state"):
        return False
    if known is not None and known.kind == "armed_group":
        return True
    return token.pos_ == "PROPN" and is_actor(token, mention_at) and _is_groups_name(syntax.phrase(token))


def _is_groups_name(words: Sequence[Token]) -> bool:
    """Tell "Grey Guard", "ABC" and "Harnists" from people: two words without a noun for a group."""
    capitals = [t for t in words if t.text[:1].isupper() and t.pos_ == "PROPN"]
    if any(syntax.lemma(t) in lexicon("group_names") for t in capitals):
        return True
    return len(capitals) == 1 and (capitals[0].text.isupper() or len(words) == 1)


def _is_hyphened(token: Token) -> bool:
    """Tell the first half of a name with a hyphen: "Al" in "Al-Harn"."""
    return token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and not token.whitespace_
