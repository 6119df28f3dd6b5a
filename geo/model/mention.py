"""A mention: a span of an article that names a place."""

from dataclasses import dataclass

from geo.model.place import Location


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article that names a place.

    Attributes
    ----------
    article
        Id of the article.
    start, end
        Code points, half open.
    text
        ``article.text[start:end]``.
    role
        ``"place"``; ``"metonym"`` where the name stands for a government ("Ankara said"); ``"demonym"`` ("Syrian");
        ``"reference"`` for a description of a place named elsewhere ("the city", "the crossing").
    location
        Where it is; None where it is not resolved, and then ``reason`` says why.
    confidence
        Between 0 and 1.
    reason
        Why this place was chosen, or why none.
    region
        Where the words around the name speak of a region relative to it ("southwest of Aleppo"): that region.
    region_start, region_end
        Its span, which holds the name's; equal to ``start`` and ``end`` where there is no region.
    """

    article: str
    start: int
    end: int
    text: str
    role: str
    location: Location | None
    confidence: float
    reason: str
    region: Location | None = None
    region_start: int = -1
    region_end: int = -1

    @property
    def where(self) -> Location | None:
        """The ground that the phrase speaks of: the region if there is one, else the place."""
        return self.region or self.location
