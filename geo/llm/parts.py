"""Long articles in parts that a model can read at once, cut between paragraphs, with their offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.errors import OnlineError
from geo.sentences import sentences

LONGEST = 6_000
"""Code points of a part: with the task and the answer it fits into a context of 8,192 tokens."""

MOST_PARTS = 50

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
"""Lines up to an empty one."""


def parts_of(text: str, *, longest: int = LONGEST) -> tuple[tuple[int, int], ...]:
    """Cut a text into parts.

    Parameters
    ----------
    text
        An article.
    longest
        Code points that a part may have.

    Returns
    -------
    tuple of tuple of int
        Spans, half open, in text order, not overlapping; all that is not white space lies in one of them. A paragraph
        is cut only where it is longer than a part: between sentences, and within one that is itself longer.

    Raises
    ------
    OnlineError
        Where there are too many: that is no report.
    """
    found: list[tuple[int, int]] = []
    for start, end in _pieces(text, longest):
        if found and end - found[-1][0] <= longest:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    if len(found) > MOST_PARTS:
        raise OnlineError(
            f"an article of {len(text):,} characters is too long for a language model", do="Cut it into its reports"
        )
    return tuple(found)


def _pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        if not paragraph.group().strip():
            continue
        if end - start <= longest:
            yield start, end
            continue
        for s, e in sentences(paragraph.group()):
            yield from ((start + at, start + min(at + longest, e)) for at in range(s, e, longest))
