"""Candidate names: every run of words that the gazetteer may know, looked up in one batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.gazetteer.kinds import place_kinds
from geo.model import Place
from geo.toponyms.lexicon import Lexicon, word_set
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

LONGEST = 7
_NAMED_BY_NOUN = ("camp", "industrial", "farm")
_GAPS = frozenset((" ", "-", "\u00a0", "‑", "–", "\n", "-\n", " - ", "'", "’", "'-"))


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words that the gazetteer knows.

    Attributes
    ----------
    first, last
        Positions of words, half open.
    name
        The words as they stand in the article.
    places
        The entries of that name.
    """

    first: int
    last: int
    name: str
    places: tuple[Place, ...]

    def __len__(self) -> int:
        """Give the number of words."""
        return self.last - self.first


def candidate_spans(text: str, tokens: Sequence[Token], gazetteer: "Gazetteer", words: Lexicon) -> tuple[Span, ...]:
    """Look up every run of up to seven words that may be a name.

    A run begins with a capital, or with an Arabic article before one; it ends with a capital, a number, or a noun in
    small letters that names of places end with ("Ramouseh corridor"). Runs do not reach over commas or full stops,
    except the full stop of "St."

    Parameters
    ----------
    text, tokens
        The article and its words.
    gazetteer
        Where to look.
    words
        The word lists.

    Returns
    -------
    tuple of Span
        Ordered by first word, the longest first; they overlap.
    """
    runs = [run for i in range(len(tokens)) for run in _runs(tokens, i, words)]
    dotted = read_toml("toponym_lexicon.toml")["dotted"]
    names = {run: str(dotted.get(name.lower(), name)) for run in runs if (name := _name(text, tokens, run))}
    found = gazetteer.lookup(dict.fromkeys(names.values()))
    spans = [Span(first, last, name, found[name]) for (first, last), name in names.items() if found.get(name)]
    return tuple(sorted(spans, key=lambda s: (s.first, -s.last)))


def longest(spans: Iterable[Span], taken: Iterable[int] = ()) -> tuple[Span, ...]:
    """Choose spans that do not overlap: the longest first, then the leftmost; none over a taken word."""
    used = set(taken)
    kept = []
    for span in sorted(spans, key=lambda s: (-len(s), s.first)):
        positions = range(span.first, span.last)
        if used.isdisjoint(positions):
            used.update(positions)
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s.first))


def adjacent(token: Token, before: Token | None = None) -> bool:
    """Whether a word stands right after the one before, with nothing but a space, hyphen or line break between."""
    if before is not None and before.possessive:
        return False
    gap = token.gap
    return gap in _GAPS or (gap.isspace() and gap.count("\n") <= 1)


def _runs(tokens: Sequence[Token], i: int, words: Lexicon) -> list[tuple[int, int]]:
    token = tokens[i]
    if not token.capital and not is_article(tokens, i):
        return []
    runs = []
    for last in range(i + 1, min(i + LONGEST, len(tokens)) + 1):
        word = tokens[last - 1]
        if last - 1 > i and not _joins(tokens, last - 1):
            break
        if word.capital or (word.case == "digit" and last - 1 > i):
            if last - i > 1 or _may_stand_alone(word, words):
                runs.append((i, last))
        elif last - i > 1 and (_ends_name(word.lower, words) or _is_other_half(tokens, i, last, words)):
            runs.append((i, last))
        elif word.lower not in word_set("spans.inside") and word.lower not in _nouns()[0]:
            break
    return runs


def is_article(tokens: Sequence[Token], k: int) -> bool:
    """Whether word k is an Arabic article before a capital; those that are English words too need a hyphen."""
    if tokens[k].lower not in word_set("spans.articles") or k + 1 >= len(tokens):
        return False
    following = tokens[k + 1]
    apart = following.gap == " " and tokens[k].lower in word_set("spans.apart")
    return following.capital and (following.gap == "-" or apart)


def _joins(tokens: Sequence[Token], k: int) -> bool:
    if adjacent(tokens[k], tokens[k - 1]):
        return True
    # "St. Louis", "Ft. Worth", "Sault Ste. Marie"; "St Peter's Square" keeps its possessive
    if tokens[k].gap == ". " and (len(tokens[k - 1].text) <= 2 or tokens[k - 1].lower == "ste"):
        return True
    return tokens[k - 1].possessive and tokens[k].capital and tokens[k].gap == " "


def _ends_name(word: str, words: Lexicon) -> bool:
    """Whether a name may end in a word in small letters: "Ramouseh corridor", "Kuweires air base"."""
    return word in _nouns()[1] or (word in words.heads_after and words.heads_after[word].span)


def _is_other_half(tokens: Sequence[Token], i: int, last: int, words: Lexicon) -> bool:
    """Whether a word in small letters, no common one, completes half an Arabic name: "Deir ezzor"."""
    word = tokens[last - 1].lower
    return last == i + 2 and tokens[i].lower in word_set("spans.half") and word not in words.common


@cache
def _nouns() -> tuple[frozenset[str], frozenset[str]]:
    """First and last words of the nouns of what is built or drawn: "air" and "base", "supply" and "line"."""
    kinds = [
        k for k in place_kinds().values() if k.facility or k.group in ("line", "relief") or k.name in _NAMED_BY_NOUN
    ]
    nouns = [noun.split() for k in kinds for noun in k.nouns]
    return frozenset(w for n in nouns for w in n[:-1]), frozenset(n[-1] for n in nouns)


def _may_stand_alone(token: Token, words: Lexicon) -> bool:
    if token.lower in words.never:
        return token.text in ("US", "UK", "UAE")
    return len(token.text) > 1


def _name(text: str, tokens: Sequence[Token], run: tuple[int, int]) -> str:
    return " ".join(text[tokens[run[0]].start : tokens[run[1] - 1].end].split())
