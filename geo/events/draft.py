"""An event while it is being put together, before the tellings of one event are joined."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model import Actor, Figure, Location, When


@dataclass(frozen=True, slots=True)
class Draft:
    """One telling of an event.

    Attributes
    ----------
    type, when, location, origin, actors, modality, attribution, figures
        As in `geo.model.Event`.
    start, end
        Span of the sentence in the article, half open.
    at
        Offset of the word that tells it.
    trigger, lemma
        That word, and its dictionary form.
    sentence
        Number of the sentence in the article.
    own_place, own_time
        Whether its own sentence names its place and time; else they are inferred or missing.
    weak
        Whether it only points back at an event told elsewhere ("the strikes", "their offensive").
    again
        Whether it says that something happened anew ("re-imposed"), so that it is no second telling.
    certainty
        Confidence that the mention is the place it was taken for.
    flags
        As in `geo.model.Event`.
    salience
        How much its sentence is about it, up to 1.
    headline
        Whether its sentence is written as a headline, which sums up what the text tells.
    adds
        Whether its sentence says that it goes on with what was told before ("also", "meanwhile").
    subtype
        As in `geo.model.Event`.
    list_of
        For an attack told by a noun: the offset of the first of the nouns that it is joined to.
    """

    type: str
    when: When | None
    location: Location | None
    origin: Location | None
    actors: tuple[Actor, ...]
    modality: str
    attribution: str
    figures: tuple[Figure, ...]
    start: int
    end: int
    at: int
    trigger: str
    lemma: str
    sentence: int
    own_place: bool
    own_time: bool
    weak: bool
    again: bool
    certainty: float
    flags: tuple[str, ...] = ()
    list_of: int | None = None
    subtype: str = ""
    salience: float = 1.0
    headline: bool = False
    adds: bool = False

    @property
    def initiators(self) -> tuple[Actor, ...]:
        """Those who did it."""
        return tuple(a for a in self.actors if a.role == "initiator")

    @property
    def targets(self) -> tuple[Actor, ...]:
        """Those whom it struck."""
        return tuple(a for a in self.actors if a.role == "target")
