"""Cells that a table program would take for formulas: made harmless in what is written, restored in what is read.

OWASP, "CSV Injection": a cell that begins with = + - @, a tab or a carriage return may be run. Such a cell gets an
apostrophe in front, which table programs do not show; so does one that already has one in front of such a sign, so that
reading takes away exactly what writing added.
"""

import re

_RUN = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def harmless(text: str) -> str:
    """Give a text that no table program takes for a formula."""
    return f"'{text}" if _RUN.match(text) else text


def restored(text: str) -> str:
    """Give the text that `harmless` was given."""
    return text[1:] if text.startswith("'") and _RUN.match(text, 1) else text
