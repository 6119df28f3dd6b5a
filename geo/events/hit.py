"""A word that tells an event, with what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.events.taxonomy import Trigger
from geo.model import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

MentionAt = Callable[["Token"], Mention | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that tells an event.

    Attributes
    ----------
    type
        The type of event.
    trigger
        The entry of the taxonomy that matched.
    token
        The word.
    verb
        The verb that carries its actors, time and modality: the word itself, or the light verb that governs a noun
        ("launched an offensive"); None for a noun that stands alone.
    tolls
        Words of its sentence that say what it did to people ("killed").
    subtype
        One of its subtypes, or empty.
    """

    type: str
    trigger: Trigger
    token: Token
    verb: Token | None
    tolls: tuple[Token, ...] = ()
    subtype: str = ""

    @property
    def anchor(self) -> Token:
        """The word to measure distances in the tree from."""
        return self.verb if self.verb is not None else self.token
