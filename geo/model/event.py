"""An event: something that an article says of a place at a time."""

from dataclasses import dataclass

from geo.model.place import Location
from geo.model.time import When

MODALITIES = ("happened", "ongoing", "claimed", "planned", "proposed", "threatened", "denied")
UNREAL = frozenset({"planned", "proposed", "threatened", "denied"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who does or suffers something.

    Attributes
    ----------
    role
        ``"initiator"`` or ``"target"``.
    name
        As the report says it, without the article.
    side
        The side in ``seeds/actors.toml``, or empty.
    """

    role: str
    name: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people.

    Attributes
    ----------
    kind
        ``"killed"``, ``"injured"``, ``"displaced"`` or ``"detained"``; of a data set also ``"civilians_killed"``.
    low, high
        The least and the most that the words allow; ``high`` is None where they leave it open ("at least 12").
    words
        The words.
    best
        The number that a data set gives beside its least and its most; None where the words alone tell.
    """

    kind: str
    low: int
    high: int | None
    words: str
    best: int | None = None

    @property
    def stated(self) -> int:
        """The number that the words name: 12 for "at least 12", 24 for "up to 24"."""
        if self.best is not None:
            return self.best
        return self.high if self.low == 0 and self.high is not None else self.low


@dataclass(frozen=True, slots=True)
class Event:
    """Something that an article says of a place at a time.

    Attributes
    ----------
    id
        Content hash.
    article
        Id of the article.
    type
        One of the types of ``geo/data/taxonomy.toml``.
    when
        None where the report does not date it.
    location
        None where the report does not place it.
    origin
        Where people or forces come from, for displacement and advances.
    actors
        Initiators and targets in text order.
    modality
        One of `MODALITIES`.
    attribution
        Who says so, or empty.
    figures
        Numbers of people.
    quote, quote_start, quote_end
        The words it rests on: ``article.text[quote_start:quote_end] == quote``; -1 for both where there is no text of
        the article, as of an event that was imported.
    trigger
        The word that tells the type.
    confidence
        Between 0 and 1.
    flags
        What a reader must know: contradictions within the article, inferred place or time.
    subtype
        One of the subtypes of its type, or empty.
    row
        Of an imported event: columns of the data set that have no place here, with their text, in its order.
    """

    id: str
    article: str
    type: str
    when: When | None
    location: Location | None
    origin: Location | None
    actors: tuple[Actor, ...]
    modality: str
    attribution: str
    figures: tuple[Figure, ...]
    quote: str
    quote_start: int
    quote_end: int
    trigger: str
    confidence: float
    flags: tuple[str, ...] = ()
    subtype: str = ""
    row: tuple[tuple[str, str], ...] = ()
