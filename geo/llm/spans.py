"""Where the words of a model stand in the text: nothing it says counts unless they do."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ALIKE = ("'‘’‛`´", '"“”„‟«»', "-‐‑‒–—−", "…")
"""Signs that a model writes one for the other; the text's own are kept."""

_SIGNS = {sign: f"[{re.escape(group)}]" for group in _ALIKE for sign in group} | {"…": r"(?:…|\.\.\.)"}
_LONGEST = 2_000
_BREAK = re.compile(r"\n\s*\n")

Span = tuple[int, int]


def occurrences(text: str, words: str, *, any_case: bool = False, within: Span | None = None) -> list[Span]:
    """Find words in a text, whatever white space and typographic signs they are written with.

    Parameters
    ----------
    text
        An article.
    words
        What is looked for; must begin and end where words of the text do.
    any_case
        Whether capitals do not count.
    within
        Only in this part of the text.

    Returns
    -------
    list of tuple of int
        Spans in code points, half open, in text order; [] also for words without a letter or digit.
    """
    tokens = words.replace("...", "…").split()
    if len(words) > _LONGEST or not any(map(str.isalnum, words)):
        return []
    first, last = tokens[0][0], tokens[-1][-1]
    pattern = r"\s+".join("".join(_SIGNS.get(sign, re.escape(sign)) for sign in token) for token in tokens)
    before, after = (r"(?<!\w)" if _is_word(first) else ""), (r"(?!\w)" if _is_word(last) else "")
    start, end = within or (0, len(text))
    found = re.compile(before + pattern + after, re.IGNORECASE if any_case else 0)
    return [match.span() for match in found.finditer(text, start, end)]


def nearest(spans: Iterable[Span], to: Span) -> list[Span]:
    """Order spans by how far they lie from another one; those within it come first, of equal ones the first."""
    return sorted(spans, key=lambda span: (gap(span, to), not inside(span, to), span))


def gap(a: Span, b: Span) -> int:
    """Give the code points between two spans; 0 where they touch or overlap."""
    return max(0, a[0] - b[1], b[0] - a[1])


def inside(span: Span, outer: Span) -> bool:
    """Tell whether a span lies within another one."""
    return outer[0] <= span[0] and span[1] <= outer[1]


def overlap(a: Span, b: Span) -> bool:
    """Tell whether two spans share a code point."""
    return a[0] < b[1] and b[0] < a[1]


def paragraph(text: str, span: Span) -> Span:
    """Give the lines that a span lies in, up to the empty ones around them."""
    before = [match.end() for match in _BREAK.finditer(text, 0, span[0])]
    after = _BREAK.search(text, span[1])
    return (before[-1] if before else 0), (after.start() if after else len(text))


def in_one_paragraph(text: str, span: Span) -> bool:
    """Tell whether no empty line lies within a span."""
    return _BREAK.search(text, *span) is None


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
