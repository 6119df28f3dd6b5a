"""Runs of words that may be names in Arabic or Cyrillic script, or have a Turkish case ending, in their base forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.inflection import arabic_bases, cyrillic_bases
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

Runs = dict[tuple[int, int], tuple[str, ...]]
"""By first and last word, half open: the forms to look up, that which stands there first."""

_LONGEST = 4
GAPS = frozenset((" ", "\u00a0", "-", "–", "‑", "\n"))
_MOST_FORMS = 2000  # a run has one form for each way to decline each word
_LETTERS = re.compile(r"[^\W\d_]+")


def script(token: Token) -> str:
    """Give ``"arabic"`` or ``"cyrillic"``, or nothing for any other script, by the first letter of a word."""
    letter = token.text[0]
    if letter < "\u0400":
        return ""
    if "\u0400" <= letter <= "\u052f":
        return "cyrillic"
    return "arabic" if "\u0600" <= letter <= "\u077f" or "\ufb50" <= letter <= "\ufefc" else ""


def split_clitics(tokens: Sequence[Token], gazetteer: Gazetteer) -> tuple[Token, ...]:
    """Part Arabic clitics from the names that they are written to: ``وحلب`` becomes ``و`` and ``حلب``.

    Only where the gazetteer has no name that begins with the whole word, and has one that begins with the rest.

    Parameters
    ----------
    tokens
        The words of an article.
    gazetteer
        Where to look.

    Returns
    -------
    tuple of Token
        The same words, some in two.
    """
    cuts: dict[int, list[tuple[int, list[str]]]] = {}
    for k, token in enumerate(tokens):
        if script(token) == "arabic" and fold(token.text) not in words("arabic", "never"):
            bases = [(0, token.text), *arabic_bases(token.text)]
            if len(bases) > 1:
                cuts[k] = [(cut, _runs_from(tokens, k, base)) for cut, base in bases]
    if not cuts:
        return tuple(tokens)
    found = gazetteer.lookup(dict.fromkeys(name for ways in cuts.values() for _, names in ways for name in names))
    split: list[Token] = []
    for k, token in enumerate(tokens):
        cut = _best_cut(cuts.get(k, []), found)
        if cut:
            middle = token.start + cut
            split.append(token._replace(end=middle, text=token.text[:cut], lower=token.lower[:cut], possessive=False))
            token = token._replace(start=middle, text=token.text[cut:], lower=token.lower[cut:], gap="", first=False)
        split.append(token)
    return tuple(split)


def _best_cut(ways: Iterable[tuple[int, list[str]]], found: Mapping[str, Sequence[Place]]) -> int:
    """Choose where a word is cut: where the longest name begins, the shortest cut of those."""
    best, length = 0, 0
    for cut, names in ways:
        known = max((count for count, name in enumerate(names, 1) if found[name]), default=0)
        if known > length:
            best, length = cut, known
    return best


def runs_from(text: str, tokens: Sequence[Token], k: int) -> Runs:
    """Give the runs of words that begin with word k, or end with it where it has a Turkish case ending."""
    kind = script(tokens[k])
    if kind:
        return _arabic_runs(tokens, k) if kind == "arabic" else _cyrillic_runs(tokens, k)
    return _turkish_runs(text, tokens, k) if tokens[k].possessive else {}


def _runs_from(tokens: Sequence[Token], k: int, first: str) -> list[str]:
    """Give the names of one word and more that begin at word k, which is written otherwise."""
    names = [first]
    for token in tokens[k + 1 : k + _LONGEST]:
        if token.gap not in GAPS or script(token) != "arabic":
            break
        names.append(f"{names[-1]} {token.text}")
    return names


def _arabic_runs(tokens: Sequence[Token], k: int) -> Runs:
    first = tokens[k].text
    if k and tokens[k].gap == "" and tokens[k - 1].text.endswith("ل") and first.startswith("ل"):
        first = "ا" + first  # "for the": the article has lost its alif
    return {(k, k + n): (name,) for n, name in enumerate(_runs_from(tokens, k, first), 1)}


def _cyrillic_runs(tokens: Sequence[Token], k: int) -> Runs:
    """Give runs of capitalised words from word k, or with a noun in small letters that ends a name; in all forms."""
    if not tokens[k].text[0].isupper():
        return {}
    runs: Runs = {}
    forms: tuple[str, ...] = ("",)
    for last in range(k, min(k + _LONGEST, len(tokens))):
        token = tokens[last]
        ends = token.text[0].islower()
        if script(token) != "cyrillic" or (last > k and token.gap not in GAPS):
            break
        if ends and token.lower not in words("cyrillic", "last") and token.gap != "-":
            break
        bases = (token.text, *cyrillic_bases(token.text))
        joint = "" if last == k else " "
        forms = tuple(f"{name}{joint}{word}" for name, word in product(forms, bases))
        if len(forms) > _MOST_FORMS:
            break
        runs[k, last + 1] = forms
        if ends and token.gap != "-":
            break
    return runs


def _turkish_runs(text: str, tokens: Sequence[Token], k: int) -> Runs:
    """Give the runs that end in word k, which has a Turkish case ending."""
    if not tokens[k].capital or not case_ending(text, tokens[k]):
        return {}
    runs: Runs = {}
    for first in range(k, max(-1, k - _LONGEST), -1):
        if not tokens[first].capital or (first < k and (tokens[first + 1].gap != " " or tokens[first].possessive)):
            break
        runs[first, k + 1] = (text[tokens[first].start : tokens[k].end],)
    return runs


def case_ending(text: str, token: Token) -> str:
    """Give the letters that follow a word after an apostrophe, the English ``s`` not."""
    found = _LETTERS.match(text, token.end + 1)
    return found[0].lower() if found and token.possessive and found[0].lower() != "s" else ""


@cache
def words(kind: str, name: str) -> frozenset[str]:
    """Give a folded word list of ``geo/data/scripts.toml``, by script and name."""
    table = read_toml("scripts.toml")[kind]
    return frozenset(fold(word) for word in str(table.get(name) or table["words"][name]).split())
