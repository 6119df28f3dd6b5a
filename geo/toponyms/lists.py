"""Lists: how commas, "and" and "or" join names in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.toponyms.tokens import Token

_AND = frozenset(("and", "or"))
_COMMA = (", ", " & ")


def member_after(tokens: Sequence[Token], k: int) -> int:
    """Give the first word of the next name where a list may go on at word k, else -1: "A, B", "A and B"."""
    if k >= len(tokens):
        return -1
    if tokens[k].lower in _AND and tokens[k].gap in (" ", ", "):
        return k + 1 if k + 1 < len(tokens) and tokens[k + 1].gap == " " else -1
    return k if tokens[k].gap in _COMMA else -1


def member_before(tokens: Sequence[Token], k: int) -> int:
    """Give where the name before ends, half open, where a list may lead to the one that begins at word k, else -1."""
    if k and tokens[k - 1].lower in _AND and tokens[k].gap == " ":
        return k - 1 if tokens[k - 1].gap in (" ", ", ") else -1
    return k if k and tokens[k].gap in _COMMA else -1


def capitals(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words with nothing but a space or a hyphen between, half open."""
    first = -1
    for k, token in enumerate((*tokens, None)):
        goes_on = token is not None and token.capital
        if first >= 0 and not (goes_on and token is not None and token.gap in (" ", "-") and not token.first):
            yield first, k
            first = -1
        if goes_on and first < 0:
            first = k
