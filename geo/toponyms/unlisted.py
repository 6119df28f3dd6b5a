"""Names that are surely places and stand in no gazetteer: streets, counties, "the town of X"."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo.toponyms.lexicon import Lexicon, word_set
from geo.toponyms.lists import member_after
from geo.toponyms.people import People
from geo.toponyms.spans import adjacent
from geo.toponyms.tokens import Token

_LONGEST_RUN = 4


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A run of words that names a place by its form alone.

    Attributes
    ----------
    first, last
        Positions of words, half open.
    why
        What makes it a place.
    kinds
        The kinds that its noun speaks of; empty where none does.
    """

    first: int
    last: int
    why: str
    kinds: tuple[str, ...] = ()


def find_unlisted(
    tokens: Sequence[Token], *, people: People, words: Lexicon, known: Collection[int]
) -> tuple[Unlisted, ...]:
    """Find names of places by form.

    Parameters
    ----------
    tokens
        The words of the article.
    people
        Names of people and organisations: never places.
    words
        The word lists.
    known
        Words of names that the gazetteer has and recognition accepted.

    Returns
    -------
    tuple of Unlisted
        In text order, not overlapping; one may hold a known name ("Aleppo Street").
    """
    found: list[Unlisted] = []
    reached = 0
    for k in range(len(tokens)):
        if k < reached:
            continue
        one = (
            _proper(tokens, k, people, words)
            or _leading(tokens, k, people, words)
            or _of_noun(tokens, k, people, words, known)
        )
        if one is not None and one.first >= reached:
            found.append(one)
            reached = one.last
    listed = _listed(tokens, people, words, {*known, *(k for u in found for k in range(u.first, u.last))})
    return tuple(sorted([*found, *listed], key=lambda u: u.first))


def _listed(tokens: Sequence[Token], people: People, words: Lexicon, known: Collection[int]) -> list[Unlisted]:
    """Read the unknown names of a list that a noun in the plural opens: "the towns of A, B and C"."""
    found = []
    for k in range(2, len(tokens)):
        noun = tokens[k - 2].lower
        if tokens[k - 1].lower != "of" or not noun.endswith("s") or noun[:-1] not in words.heads_of:
            continue
        at = k
        while 0 <= at < len(tokens) and tokens[at].capital:
            last = at + 1
            while last < len(tokens) and last - at < _LONGEST_RUN and _carries_on(tokens, last, words):
                last += 1
            inside = range(at, last)
            if not any(i in known or i in people.organisations or tokens[i].lower in words.never for i in inside):
                found.append(Unlisted(at, last, f'"the {noun} of" opens the list', words.heads_of[noun[:-1]]))
            at = member_after(tokens, last)
    return found


def _proper(tokens: Sequence[Token], k: int, people: People, words: Lexicon) -> Unlisted | None:
    """Read a capitalised run whose last word is k, "Street" or its like: no house number before it."""
    token = tokens[k]
    if not token.capital or token.lower not in words.proper_last or k in people.organisations:
        return None
    if token.first or token.headline or _makes_another_name(tokens, k, words):
        return None
    first = k
    while first > 0 and k - first < _LONGEST_RUN and _goes_on(tokens, first, words, people):
        first -= 1
    alone = first == k or (first == k - 1 and tokens[first].first and tokens[first].lower in words.common)
    numbered = first > 0 and tokens[first - 1].case == "digit" and tokens[first].gap == " "
    if alone or numbered or _is_surname(tokens, first, k, words):
        return None
    return Unlisted(first, k + 1, f'named like a place by "{token.text}"')


def _makes_another_name(tokens: Sequence[Token], k: int, words: Lexicon) -> bool:
    """Whether the capital after word k makes a firm or an office of it: "National Highway Administration"."""
    if k + 1 >= len(tokens) or not tokens[k + 1].capital or not adjacent(tokens[k + 1], tokens[k]):
        return False
    return tokens[k + 1].lower not in words.seated or tokens[k + 1].lower in words.organisation_last


def _is_surname(tokens: Sequence[Token], first: int, k: int, words: Lexicon) -> bool:
    """Whether a first name stands before, and no preposition of place: "Anthony Lake"."""
    if tokens[k].lower not in word_set("proper.surnames") or tokens[first].lower not in words.first_names:
        return False
    return first == 0 or words.prepositions.get(tokens[first - 1].lower, 0.0) <= 0


def _leading(tokens: Sequence[Token], k: int, people: People, words: Lexicon) -> Unlisted | None:
    """Read a name from its first word, k: "Lake Cunningham", "Highway 19"."""
    token = tokens[k]
    if not token.capital or token.headline or k + 1 >= len(tokens) or k in people.persons or k in people.organisations:
        return None
    following = tokens[k + 1]
    if following.gap != " " or token.possessive:
        return None
    numbered = token.lower in word_set("proper.numbered") and following.case == "digit"
    led = token.lower in word_set("proper.leading") and following.capital and following.lower not in words.never
    if not numbered and not led:
        return None
    return Unlisted(k, k + 2, f'named like a place by "{token.text}"')


def _goes_on(tokens: Sequence[Token], first: int, words: Lexicon, people: People) -> bool:
    """Whether the run takes in the word before."""
    before, here = tokens[first - 1], tokens[first]
    if before.possessive or not (here.gap == " " or (here.gap == ". " and len(before.text) <= 2)):
        return False
    if before.lower in words.never or before.lower in words.prepositions or first - 1 in people.organisations:
        return False
    ordinal = before.case == "digit" and before.lower[-2:] in ("st", "nd", "rd", "th")
    return before.capital or ordinal


def _of_noun(
    tokens: Sequence[Token], k: int, people: People, words: Lexicon, known: Collection[int]
) -> Unlisted | None:
    """Read an unknown capitalised run beginning at word k, with "the town of" before or "district" after."""
    token = tokens[k]
    if not token.capital or k in known or token.lower in words.never or k in people.organisations or token.headline:
        return None
    if k > 0 and tokens[k - 1].capital and adjacent(token, tokens[k - 1]):
        return None
    last = k + 1
    while last < len(tokens) and last - k < _LONGEST_RUN and _carries_on(tokens, last, words):
        last += 1
    if any(i in known or i in people.organisations for i in range(k, last)):
        return None
    first = k - 1 if k and tokens[k - 1].lower in ("al", "el", "as", "ar") and token.gap == "-" else k
    before = tokens[first - 1].lower if first else ""
    if before == "of" and first > 1 and tokens[first - 2].lower in words.heads_of and token.gap in (" ", "-"):
        noun = tokens[first - 2].lower
        if noun not in ("state", "region", "capital", "port", "residents", "mayor"):
            return Unlisted(first, last, f'"the {noun} of" stands before it', words.heads_of[noun])
    return _noun_after(tokens, first, last, words)


def _noun_after(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> Unlisted | None:
    if last >= len(tokens) or tokens[first].first:
        return None
    noun = tokens[last]
    if noun.case != "lower" or noun.gap != " " or noun.lower not in words.heads_after or tokens[last - 1].possessive:
        return None
    if noun.lower not in ("province", "governorate", "oblast", "district", "neighbourhood", "neighborhood", "village",
                          "airport", "airbase", "crossing", "roundabout", "county", "dam"):  # fmt: skip
        return None
    after = words.heads_after[noun.lower]
    return Unlisted(first, last + after.span, f'"{noun.text}" stands after it', after.kinds)


def _carries_on(tokens: Sequence[Token], k: int, words: Lexicon) -> bool:
    token, before = tokens[k], tokens[k - 1]
    if before.possessive or token.gap not in (" ", "-"):
        return False
    article = token.lower in ("al", "el", "as", "ar", "an", "ash") and k + 1 < len(tokens) and tokens[k + 1].capital
    return (token.capital and token.lower not in words.never) or article
