"""People and organisations: which words of an article belong to their names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo.gazetteer.names import fold
from geo.toponyms.lexicon import Lexicon
from geo.toponyms.spans import adjacent
from geo.toponyms.tokens import Token

_LONGEST_NAME = 4
_AGES = range(1, 110)


@dataclass(frozen=True, slots=True)
class People:
    """What names of people and organisations an article holds, by the positions of its words.

    Attributes
    ----------
    persons
        Words that belong to a person's name where it stands ("David Evans", "President Obama").
    surnames
        Lower-case last words of such names; alone, they mean the person again.
    organisations
        Words of names in the lexicon of organisations.
    """

    persons: frozenset[int]
    surnames: frozenset[str]
    organisations: frozenset[int]


def find_people(tokens: Sequence[Token], words: Lexicon, places: Collection[str]) -> People:
    """Find the names of people and organisations.

    Parameters
    ----------
    tokens
        The words of the article.
    words
        The word lists.
    places
        Folded names of two words or more that are surely places ("Virginia Beach"): never people.

    Returns
    -------
    People
    """
    organisations = _organisations(tokens, words) | _units(tokens, words)
    persons: set[int] = set()
    surnames: set[str] = set()
    for i in range(len(tokens)):
        if i in persons or i in organisations or not _may_begin(tokens[i], words):
            continue
        run = (
            _after_title(tokens, i, words, places)
            or _after_first_name(tokens, i, words, places)
            or _with_age(tokens, i, words)
        )
        run = [k for k in run if k not in organisations]
        persons.update(run)
        if run:
            last = next((k for k in reversed(run) if tokens[k].lower not in words.suffixes), run[-1])
            surnames.add(tokens[last].lower)
    return People(frozenset(persons), frozenset(surnames), organisations)


def _may_begin(token: Token, words: Lexicon) -> bool:
    """Whether a name may be told at a word: a capital, a number, or a title in small letters."""
    return token.capital or token.case == "digit" or token.lower in words.titles


def _organisations(tokens: Sequence[Token], words: Lexicon) -> frozenset[int]:
    found: set[int] = set()
    keys = [t.lower for t in tokens]
    for i, token in enumerate(tokens):
        if i in found or not (token.capital or token.lower == "al"):
            continue
        for name in words.organisations.get(keys[i], ()):
            if tuple(keys[i : i + len(name)]) == name and all(
                t.gap in (" ", "-", "\n") for t in tokens[i + 1 : i + len(name)]
            ):
                found.update(range(i, i + len(name)))
                break
    return frozenset(found)


def _units(tokens: Sequence[Token], words: Lexicon) -> frozenset[int]:
    """Give the words of names of armed units ("Lion Brigade"), whose first word is rarely a place to be mapped."""
    found: set[int] = set()
    for i, token in enumerate(tokens):
        first = i
        while first > 0 and token.lower in words.unit_last and tokens[first].capital and tokens[first - 1].capital:
            if tokens[first].gap != " ":
                break
            first -= 1
        found.update(range(first, i + 1) if first < i else ())
    return frozenset(found)


def _run(tokens: Sequence[Token], i: int, words: Lexicon) -> list[int]:
    """Positions of a capitalised run from i: name words, initials and particles, at most `_LONGEST_NAME` capitals."""
    run: list[int] = []
    capitals = 0
    for k in range(i, len(tokens)):
        token = tokens[k]
        initial = k > i and len(tokens[k - 1].text) == 1 and token.gap == ". "
        if k > i and not initial and not adjacent(token, tokens[k - 1]):
            break
        surname = k == i + 1 and tokens[i].lower in words.first_names and token.lower not in words.common
        if token.capital and (surname or token.lower not in words.never) and capitals < _LONGEST_NAME:
            capitals += 1
        elif not (run and token.lower in words.particles and k + 1 < len(tokens) and tokens[k + 1].capital):
            break
        run.append(k)
    while run and not tokens[run[-1]].capital:
        run.pop()
    return run


def _after_title(tokens: Sequence[Token], i: int, words: Lexicon, places: Collection[str]) -> list[int]:
    """Read the name after a title: "Gen. X", "foreign minister X"; empty where word i is no title."""
    token = tokens[i]
    if token.lower not in words.titles or token.possessive or i + 1 >= len(tokens):
        return []
    if token.lower in words.weak_titles and not token.capital:
        return []
    following = tokens[i + 1]
    if following.gap not in (" ", ". ", "\n") or not following.capital or following.lower in words.titles:
        return []
    run = _run(tokens, i + 1, words)
    if any(tokens[k].lower in words.organisation_last or tokens[k].lower in words.proper_last for k in run):
        return []
    return [] if _begins_place(tokens, [i, *run], places) else run


def _after_first_name(tokens: Sequence[Token], i: int, words: Lexicon, places: Collection[str]) -> list[int]:
    """Read the name that begins with a first name or an initial and has a surname; empty where there is none."""
    token = tokens[i]
    if not token.capital or not (
        token.lower in words.first_names or (len(token.text) == 1 and token.lower not in "ai")
    ):
        return []
    if token.headline and (
        token.lower not in words.first_names or tokens[min(i + 1, len(tokens) - 1)].lower in words.common
    ):
        return []
    run = _run(tokens, i, words)
    if len([k for k in run if len(tokens[k].text) > 1]) < (2 if len(token.text) > 1 else 1) or len(run) < 2:
        return []
    if any(tokens[k].lower in words.proper_last or tokens[k].lower in words.seated for k in run[1:]):
        return []
    return [] if _begins_place(tokens, run, places) else run


def _begins_place(tokens: Sequence[Token], run: Sequence[int], places: Collection[str]) -> bool:
    """Whether two words or more from the beginning of a run are surely a place: "Sheikh Maqsoud", "Virginia Beach"."""
    return any(" ".join(fold(tokens[k].text) for k in run[:end]) in places for end in range(2, len(run) + 1))


def _with_age(tokens: Sequence[Token], i: int, words: Lexicon) -> list[int]:
    """Read a name that an age follows: "Umoja Bakari, 34,"; empty where there is none."""
    token = tokens[i]
    if token.case != "digit" or token.gap != ", " or not token.text.isdigit() or int(token.text) not in _AGES or i < 1:
        return []
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and not following.gap.startswith((",", " of", " from")):
        return []
    if len(token.text) != 2:
        return []
    first = i - 1
    while first >= 0 and tokens[first].capital and (first == i - 1 or tokens[first + 1].gap in (" ", ". ")):
        first -= 1
    run = list(range(first + 1, i))
    months = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
    if len(run) < 2 or any(tokens[k].lower[:3] in months and tokens[k].lower in words.never for k in run):
        return []
    return run[-3:]
