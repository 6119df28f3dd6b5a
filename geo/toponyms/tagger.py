"""The tagger: which words name places, by a conditional random field over clues that people can read.

Each word that begins with a capital, or stands beside one, gets features: its shape, the words around, what the
gazetteer holds under its name, what the rules of recognition say. The weights are learnt (`geo.training`) and lie in
``geo/data/toponym_tagger.crfsuite``. Conditional random fields: Lafferty, McCallum and Pereira (2001), ICML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.data import resource
from geo.errors import InputError
from geo.toponyms.clues import Clues
from geo.toponyms.lexicon import Lexicon
from geo.toponyms.tokens import Token

if TYPE_CHECKING:
    import pycrfsuite

MODEL = "toponym_tagger.crfsuite"
LEARN = "Learn the weights with python -m geo.training, or leave the folder out"
_REACH = 2  # words on each side of a capital that are described in full
_NEIGHBOUR = frozenset(("g=", "u=", "g:", "pe", "or"))  # features of a word that its neighbours get as well
_PLAIN = ("plain",)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of words, half open, that names a place, and how sure that is (0 to 1)."""

    first: int
    last: int
    sure: float


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the tagger makes of an article.

    Attributes
    ----------
    names
        The names of places in text order, not overlapping; ``sure`` is the least probability of its words' labels.
    chance
        For each word how likely it is part of a place's name, 0 to 1.
    """

    names: tuple[Tagged, ...]
    chance: tuple[float, ...]


def tag(clues: Clues, weights: Path | None = None) -> Tagging:
    """Tag the names of places.

    Parameters
    ----------
    clues
        What is known about the words.
    weights
        Folder with weights of one's own; None for those of the package.

    Returns
    -------
    Tagging
        The names, and how likely each word is part of one.
    """
    if not any(t.capital for t in clues.tokens):
        return Tagging((), (0.0,) * len(clues.tokens))
    tagger = load_model(weights)
    tagger.set(features(clues))
    labels = tagger.tag()
    names = tuple(
        Tagged(first, last, round(min(tagger.marginal(labels[k], k) for k in range(first, last)), 3))
        for first, last in runs(labels)
    )
    about = _described(clues.tokens)
    chance = tuple(
        round(1 - tagger.marginal("O", k), 3) if near or labels[k] != "O" else 0.0 for k, near in enumerate(about)
    )
    return Tagging(names, chance)


def runs(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Give the runs of labels: each begins with ``B`` or, after ``O``, with ``I``."""
    found: list[tuple[int, int]] = []
    first = -1
    for k, label in enumerate((*labels, "O")):
        if first >= 0 and label != "I":
            found.append((first, k))
            first = -1
        if label == "B" or (label == "I" and first < 0):
            first = k
    return found


@cache
def load_model(weights: Path | None) -> pycrfsuite.Tagger:
    """Open the model of a folder, or of the package.

    Raises
    ------
    InputError
        Where the folder holds none.
    """
    import pycrfsuite

    path = weights / MODEL if weights else resource(MODEL)
    tagger = pycrfsuite.Tagger()
    try:
        tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise InputError("here is no model of the tagger", do=LEARN, path=str(path)) from error
    return tagger


def features(clues: Clues) -> list[Sequence[str]]:
    """Describe each word.

    Parameters
    ----------
    clues
        What is known about the words.

    Returns
    -------
    list
        For each word its features; words in small letters that stand beside no capital share one.
    """
    tokens = clues.tokens
    about = _described(tokens)
    gazetteer = _gazetteer(clues)
    near = [any(seen) for seen in zip((False, *about), about, (*about[1:], False), strict=False)]
    words = [_told(clues, k, gazetteer.get(k, ()), listed=about[k]) if n else _NOTHING for k, n in enumerate(near)]
    counts = Counter(t.lower for t in tokens if t.capital)
    small = frozenset(t.lower for t in tokens if t.case == "lower")
    return [_word(clues, k, words, counts, small) if about[k] else _PLAIN for k in range(len(tokens))]


def _described(tokens: Sequence[Token]) -> list[bool]:
    about = [False] * len(tokens)
    for k, token in enumerate(tokens):
        if token.capital:
            first, last = max(0, k - _REACH), min(len(tokens), k + _REACH + 1)
            about[first:last] = [True] * (last - first)
    return about


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a word: of it, and of it to the words after it and before it."""

    own: Sequence[str]
    said: Sequence[str]
    before: Sequence[str]
    after: Sequence[str]


_NOTHING = _Told((), (), (), ())


def _told(clues: Clues, k: int, said: Sequence[str], *, listed: bool) -> _Told:
    token = clues.tokens[k]
    if listed:
        own, before, after = _of_word(clues.words, token.lower, token.case, k in clues.demonyms)
    else:
        form = "w=" + (token.lower if token.case != "digit" else "0")
        own, before, after = (), (f"-1:{form}", f"-1:c={token.case}"), (f"1:{form}", f"1:c={token.case}")
    if not said:
        return _Told(own, said, before, after)
    near = [s for s in said if s[:2] in _NEIGHBOUR]
    return _Told((*own, *said), said, (*before, *("-1:" + s for s in near)), (*after, *("1:" + s for s in near)))


@lru_cache(maxsize=50_000)
def _of_word(words: Lexicon, lower: str, case: str, demonym: bool) -> tuple[tuple[str, ...], ...]:
    """Give the word and the lists that it stands in, as features of it, of the word after it, of that before it."""
    lists = (
        ("never", words.never), ("common", words.common), ("title", words.titles), ("first", words.first_names),
        ("prep", words.prepositions), ("of", words.heads_of), ("after", words.heads_after),
        ("last", words.proper_last), ("seat", words.seated), ("org", words.organisation_last),
        ("unit", words.unit_last), ("say", words.speech_verbs), ("act", words.act_verbs), ("dir", words.directions),
    )  # fmt: skip
    classes = ["k=" + name for name, members in lists if lower in members] + ["k=demonym"] * demonym
    form = "w=" + (lower if case != "digit" else "0")
    near = [form, "c=" + case, *classes]
    return (f"w={lower}", *classes), tuple("-1:" + n for n in near), tuple("1:" + n for n in near)


def _gazetteer(clues: Clues) -> dict[int, list[str]]:
    """Give what gazetteer and rules say of each word."""
    said: dict[int, list[str]] = {}
    for evidence in clues.evidence:
        span = evidence.span
        score = f"{max(-6, min(8, round(evidence.score)))}"
        for k in range(span.first, span.last):
            at = "1" if len(span) == 1 else "B" if k == span.first else "I"
            note = evidence.notes[0].replace("atlas", "people_6")
            said.setdefault(k, []).extend(
                [f"g={at}", f"g:{note}={at}", f"s={score}|{at}", *(f"n={n}" for n in evidence.notes[1:])]
            )
    for unlisted in clues.unlisted:
        for k in range(unlisted.first, unlisted.last):
            said.setdefault(k, []).append("u=B" if k == unlisted.first else "u=I")
    for k in clues.people.persons:
        said.setdefault(k, []).append("person")
    for k in clues.people.organisations:
        said.setdefault(k, []).append("organisation")
    return said


def _word(clues: Clues, k: int, words: Sequence[_Told], counts: Mapping[str, int], small: frozenset[str]) -> list[str]:
    token, about = clues.tokens[k], words[k]
    lower = token.lower
    shape = token.case + ("1" if token.first else "") + ("h" if token.headline else "")
    told = ["c=" + shape, *about.own]
    if token.capital:
        told += [
            "e3=" + lower[-3:],
            "e2=" + lower[-2:],
            f"len={min(len(token.text), 8)}",
            f"count={min(counts[lower], 4)}",
        ]
        if lower in small:
            told.append("small")
        if lower in clues.people.surnames:
            told.append("surname")
    if token.possessive:
        told.append("poss")
    told += _around(clues.tokens, k, words)
    best = next((s for s in about.said if s.startswith("g:")), "g:-")
    before = clues.tokens[k - 1].lower if k and not clues.tokens[k - 1].capital else "^"
    told += [best + "|" + shape, best + "|" + before]
    return told


def _around(tokens: Sequence[Token], k: int, words: Sequence[_Told]) -> list[str]:
    last = len(tokens) - 1
    told = ["gap=" + _gap(tokens[k].gap), *_second("-2:", tokens[k - 2] if k > 1 else None)]
    told += words[k - 1].before if k else ("-1:end",)
    told += words[k + 1].after if k < last else ("1:end",)
    told += _second("2:", tokens[k + 2] if k + 1 < last else None)
    if k < last:
        told.append("gap+=" + _gap(tokens[k + 1].gap))
    if k > 1:
        told.append("-2-1=" + tokens[k - 2].lower + "_" + tokens[k - 1].lower)
    if 0 < k < last:
        told.append("-1+1=" + tokens[k - 1].lower + "_" + tokens[k + 1].lower)
    return told


def _second(at: str, token: Token | None) -> tuple[str, ...]:
    if token is None:
        return (at + "end",)
    word = at + "w=" + (token.lower if token.case != "digit" else "0")
    return (word, at + "cap") if token.capital else (word,)


def _gap(gap: str) -> str:
    if gap == " ":
        return " "
    if "\n\n" in gap:
        return "P"
    return gap.strip()[:2] or ("L" if "\n" in gap else " ")
