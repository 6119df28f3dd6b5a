"""Words of an article, with what recognition asks of each: its case, what stands before it, whether a line shouts."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from geo.sentences import sentences
from geo.toponyms.inflection import without_suffix

_WORD = re.compile(r"[A-Z][a-z]{0,2}\.(?:[A-Z][a-z]{0,2}\.)+|[^\W_]+(?:['’ʼʿʾ‘`][^\W_]+)*")
_OTHER_SCRIPT = re.compile("[\u0400-\u052f\u0600-\u077f\ufb50-\ufefc]")
_POSSESSIVE = re.compile(r"['’ʼ`][sS]$")
_SENTENCE_END = re.compile(r"[.!?:;\"”’)\]—–-]\s*$")
_APOSTROPHES = frozenset("'’ʼʿʾ‘`")
_HEADLINE_WORDS = 4  # fewer capitalised words than this are as likely a list of names as a headline
_HEADLINE_SHARE = 0.75
_HEADLINE_LENGTH = 200
_SHORT = 3  # letters of words that headlines may write small
_CAPITALS = ("title", "upper")


class Token(NamedTuple):
    """One word; a named tuple, since they are made by the ten thousand.

    Attributes
    ----------
    start, end
        Code points, half open, without a possessive ending or a Turkish one of case after an apostrophe.
    text
        ``article.text[start:end]``.
    lower
        The word in lower case.
    case
        ``"lower"``, ``"title"`` (a capital first), ``"upper"`` (two capitals or more and nothing else), ``"digit"``, or
        ``"other"`` for Arabic and Cyrillic script, which have a recogniser of their own (`geo.toponyms.scripts`).
    gap
        The characters between the word before, with its possessive ending, and this one.
    possessive
        Whether ``'s``, or an apostrophe after ``s``, follows.
    first
        Whether the word begins a sentence, so that its capital says little.
    headline
        Whether it stands in a line where nearly every longer word has a capital.
    capital
        Whether it begins with a capital letter.
    """

    start: int
    end: int
    text: str
    lower: str
    case: str
    gap: str
    possessive: bool
    first: bool
    headline: bool
    capital: bool


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into words.

    Hyphens part words ("Russian-regime" is two, joined by a gap of ``-``), apostrophes inside a word do not ("Sana'a"),
    abbreviations keep their full stops ("U.S.").

    Parameters
    ----------
    text
        The text of an article.

    Returns
    -------
    tuple of Token
        In text order.
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    starts = iter((*_sentence_starts(text), len(text)))
    sentence = next(starts)
    tokens: list[Token] = []
    before = 0
    for (start, whole_end), headline in zip(spans, _in_headlines(text, spans), strict=True):
        end, possessive = _without_possessive(text, start, whole_end)
        word, gap = text[start:end], text[before:start]
        first = not before or (gap != " " and _opens_quotation(gap))
        while sentence <= start:
            first = first or sentence >= before
            sentence = next(starts)
        lower, case = _shape(word)
        tokens.append(Token(start, end, word, lower, case, gap, possessive, first, headline, case in _CAPITALS))
        before = whole_end
    return tuple(tokens)


@lru_cache(maxsize=50_000)
def _shape(word: str) -> tuple[str, str]:
    """Give a word in lower case, and its case."""
    return word.lower(), _case(word)


def _without_possessive(text: str, start: int, end: int) -> tuple[int, bool]:
    if _APOSTROPHES.isdisjoint(text[start : end + 1]):
        return end, False
    ending = _POSSESSIVE.search(text, start, end)
    if ending and ending.start() > start:
        return ending.start(), True
    base = without_suffix(text[start:end])
    if len(base) < end - start:
        return start + len(base), True
    plural = text[end - 1] in "sS" and text[end : end + 1] in ("'", "’") and text[end + 1 : end + 2] in (" ", "\n")
    return end, plural


def _case(word: str) -> str:
    first = word[0]
    if first.isdigit():
        return "digit"
    if _OTHER_SCRIPT.match(first):
        return "other"
    if not first.isupper():
        # scripts without case have no lower-case names: whatever stands there may be one
        return "lower" if first.islower() else "title"
    if word.isalpha():
        return "upper" if len(word) > 1 and word.isupper() else "title"
    letters = "".join(c for c in word if c.isalpha())
    return "upper" if len(letters) > 1 and letters.isupper() else "title"


def _sentence_starts(text: str) -> tuple[int, ...]:
    """Where sentences begin, in order; a line break inside a wrapped sentence begins none."""
    kept, before = [], (0, 0)
    for start, end in sentences(text):
        gap = text[before[1] : start]
        wrapped = before[1] - before[0] > _HEADLINE_WORDS * 10 and gap.count("\n") == 1
        if not wrapped or _SENTENCE_END.search(text, before[0], before[1]):
            kept.append(start)
        before = (start, end)
    return tuple(kept)


def _opens_quotation(gap: str) -> bool:
    if any(mark in gap for mark in ('"', "“", "«")) and not gap.startswith(('"', "”", " ")):
        return True
    return any(mark in gap for mark in (": “", ': "', ", “", ', "', "•", "* "))


def _in_headlines(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell for each word whether its line is a headline: capitals nearly everywhere, no full stop at the end."""
    told: list[bool] = []
    end = 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        last = bisect_left(spans, (end,), len(told))
        shouts = len(line) < _HEADLINE_LENGTH and not line.rstrip().endswith((".", "”", '"'))
        if shouts:
            initials = [text[s] for s, e in spans[len(told) : last] if e - s > _SHORT and text[s].isalpha()]
            capitals = sum(not c.islower() for c in initials)
            shouts = len(initials) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(initials)
        told += [shouts] * (last - len(told))
    return told
