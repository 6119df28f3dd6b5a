"""Numbers in words: what a model copies as a figure is read here, never taken from the model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.data import read_toml

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|[^\W\d_]+|[-–—]")
_AT_LEAST = re.compile(r"\b(?:at least|more than|over|above|no (?:fewer|less) than|or more|upwards? of)\b")
_AT_MOST = re.compile(r"\b(?:up to|as many as|at most|no more than|(?:fewer|less) than|or (?:fewer|less))\b")
_BETWEEN = ("to", "-", "–", "—", "and", "or", "through")
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000}
_TENS_OF = {"tens": 10, "dozens": 24, "hundreds": 100}
_MOST = 100_000_000
_LONGEST = 200

Value = tuple[int, bool]
"""A number, and whether it is the least of a vague one ("dozens")."""


def read_number(words: str) -> tuple[int, int | None] | None:
    """Read the first number, or range of numbers, in words.

    Parameters
    ----------
    words
        For example ``"at least 12 people"``, ``"15 to 24"``, ``"tens of thousands"``.

    Returns
    -------
    tuple of int
        The least and the most that the words allow, None for an open end; None where they hold no number.
    """
    text = words[:_LONGEST].casefold()
    tokens = _TOKEN.findall(text)
    for at in range(len(tokens)):
        value, end = _value(tokens, at)
        if value is not None:
            return _bounds(text, tokens, value, end)
    return (1, 1) if {"a", "an"} & set(tokens) else None


def _bounds(text: str, tokens: Sequence[str], value: Value, end: int) -> tuple[int, int | None] | None:
    low, vague = value
    if end + 1 < len(tokens) and tokens[end] in _BETWEEN and (tokens[end] != "and" or "between" in tokens[:end]):
        other, _ = _value(tokens, end + 1)
        if other is not None and other[0] >= low:
            return low, other[0]
    if low > _MOST:
        return None
    if _AT_MOST.search(text) and not vague:
        return 0, low
    return low, None if vague or _AT_LEAST.search(text) else low


def _value(tokens: Sequence[str], at: int) -> tuple[Value | None, int]:
    """Read the number that begins at a token, and give the position behind it."""
    if tokens[at] in _TENS_OF and tokens[at + 1 : at + 2] == ["of"] and tokens[at + 2 : at + 3]:
        scale = _VAGUE.get(tokens[at + 2])
        if scale is not None:
            return (_TENS_OF[tokens[at]] * scale, True), at + 3
    if tokens[at] in _VAGUE:
        return (_VAGUE[tokens[at]], True), at + 1
    total, run, start = 0.0, 0.0, at
    while at < len(tokens) and (part := _part(tokens, at, started=at > start)) is not None:
        number, times = part
        if times >= _TIMES["thousand"]:
            total, run = total + (run or 1) * times, 0.0
        else:
            run = (run or 1) * times if times else run + number
        at += 1
    if at > start and tokens[at - 1] in ("and", "-", "–", "—"):
        at -= 1  # it led nowhere
    return ((int(total + run), False), at) if at > start else (None, at)


def _part(tokens: Sequence[str], at: int, *, started: bool) -> tuple[float, int] | None:
    """Give what a token adds to a number, and by what it multiplies it; None where the number ends."""
    word = tokens[at]
    if word[0].isdigit():
        return None if started else (float(word.replace(",", "")), 0)
    if word in _TIMES:
        return 0.0, _TIMES[word]
    numbers = read_toml("participants.toml")["numbers"]
    if word in numbers and word not in ("a", "an"):
        return None if tokens[at - 1 : at] == ["no"] else (float(numbers[word]), 0)
    before, after = tokens[at - 1], tokens[at + 1] if at + 1 < len(tokens) else ""
    hundreds = word == "and" and before in _TIMES and after in numbers  # "a hundred and twelve"
    tens = word == "-" and numbers.get(before, 0) in range(20, 100, 10) and numbers.get(after, 99) < 10  # "twenty-five"
    return (0.0, 0) if started and (hundreds or tens) else None
