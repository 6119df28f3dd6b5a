"""The sentence around a span of an article."""

import re

_BREAK = re.compile(r"(?<=[.!?])[\"”’')\]]*[ \t]+(?=[\"“‘'(\[]*[A-Z\d])|[ \t]*\n\s*")
_LONGEST = 500


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span of the sentence that holds a span.

    Parameters
    ----------
    text
        The article's text.
    start, end
        Code points, half open.

    Returns
    -------
    tuple of int
        Code points, half open; no white space at either end. A sentence ends at a full stop, question or exclamation
        mark before a capital or a digit, or at a line's end. Where that is over 500 code points, the span itself.
    """
    first, last = 0, len(text)
    for gap in _BREAK.finditer(text):
        if gap.end() <= start:
            first = gap.end()
        elif gap.start() >= end:
            closing = gap.group()
            last = gap.start() + len(closing) - len(closing.lstrip("\"”’')]"))
            break
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return (first, last) if last - first <= _LONGEST else (start, end)
