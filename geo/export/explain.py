"""Why a name was taken for one place and not for another, to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geo.model import Mention, Place

if TYPE_CHECKING:
    from geo.toponyms.rank import Ranked

_SHOWN = 5
_REASONS = 6
_TELLS = 0.05


def explanation(mention: Mention, candidates: Sequence[Ranked], *, shown: int = _SHOWN) -> Iterator[str]:
    """Explain a mention, line by line.

    Parameters
    ----------
    mention
        The mention.
    candidates
        All entries of its name, ranked (`geo.toponyms.explain_mentions`).
    shown
        How many of them to show.

    Yields
    ------
    str
        The mention with its offsets, confidence and reason; then each candidate with its share in the likelihood of
        all, and what makes up its score: features of `geo.toponyms.candidates` times their weights, the largest first.
    """
    yield f"{mention.text}  ({mention.article}, {mention.start}-{mention.end})  {mention.role}"
    yield f"  confidence {mention.confidence:.2f}: {mention.reason}"
    for number, candidate in enumerate(candidates[:shown], 1):
        told = sorted((f for f in candidate.features if abs(f[1]) >= _TELLS), key=lambda f: (-abs(f[1]), f[0]))
        parts = ", ".join(f"{name.replace('_', ' ')} {value:+.1f}" for name, value in told[:_REASONS])
        yield f"  {number}. {_place(candidate.place)}  likely {candidate.share:.2f}, score {candidate.score:.1f}"
        yield f"     {parts}"
    if len(candidates) > shown:
        yield f"  and {len(candidates) - shown} more of that name"


def _place(place: Place) -> str:
    where = place.admin1 or place.country
    return f"{place.name} ({', '.join(part for part in (place.kind, where, place.id) if part)})"
