"""What the stages of toponym finding pass on: the article as read, and what has been found so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.model import Location, Mention, Place
from geo.toponyms.lexicon import Lexicon
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.toponyms.rank import Ranked


@lru_cache(maxsize=8)
def atlas_entries(gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Give the entries of the atlas, by id, kept for the next article."""
    return tuple(sorted(gazetteer.atlas_places(), key=lambda p: p.id))


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as words, with what they are looked up in.

    Attributes
    ----------
    text, tokens
        The text and its words.
    words
        The word lists.
    gazetteer
        The entries.
    weights
        Folder with learnt weights of one's own; None for those of the package.
    """

    text: str
    tokens: tuple[Token, ...]
    words: Lexicon
    gazetteer: Gazetteer
    weights: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A mention by the positions of its words.

    Attributes
    ----------
    first, last
        Positions of words, half open.
    role, location, confidence, reason
        As in `geo.model.Mention`.
    place
        The entry, if it is one.
    candidates
        All entries of the name, ranked; () where it is no name that was looked up.
    region, region_first, region_last
        The region that the words around speak of, and their positions.
    """

    first: int
    last: int
    role: str
    location: Location | None
    confidence: float
    reason: str
    place: Place | None = None
    candidates: tuple[Ranked, ...] = ()
    region: Location | None = None
    region_first: int = -1
    region_last: int = -1

    @property
    def where(self) -> Location | None:
        """The region if there is one, else the place."""
        return self.region or self.location


def to_mention(found: Found, article: str, reading: Reading) -> Mention:
    """Turn positions of words into offsets of the text."""
    start, end = reading.tokens[found.first].start, reading.tokens[found.last - 1].end
    region_start, region_end = start, end
    if found.region is not None:
        region_start = min(start, reading.tokens[found.region_first].start)
        region_end = max(end, reading.tokens[found.region_last - 1].end)
    return Mention(
        article=article,
        start=start,
        end=end,
        text=reading.text[start:end],
        role=found.role,
        location=found.location,
        confidence=found.confidence,
        reason=found.reason,
        region=found.region,
        region_start=region_start,
        region_end=region_end,
    )
