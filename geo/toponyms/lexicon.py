"""The words that recognition and resolution go by, read once from ``geo/data``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from geo.data import read_toml, resource
from geo.gazetteer.names import fold


@dataclass(frozen=True, slots=True)
class After:
    """What a noun right after a name says: the kinds of place, and whether a mention takes the noun in."""

    kinds: tuple[str, ...]
    span: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Word lists of ``toponym_lexicon.toml``, ``people.toml`` and ``common_words.txt``; everything in lower case.

    Attributes
    ----------
    never, common
        Words that are no place on their own, and words that hardly ever are.
    prepositions
        What a word right before a name says for it (positive) or against it.
    heads_of, heads_after
        "the town of X" and "X crossing": the kinds that the noun speaks of.
    proper_last
        Words that a proper name of a place ends with.
    seated
        Words after a name that make an organisation which sits there.
    organisations
        Folded names that are no place, in tuples of words by their first word.
    organisation_last, unit_last
        Words that an organisation's name ends with.
    titles, weak_titles, suffixes, particles, first_names
        Parts of personal names.
    speech_verbs, act_verbs
        What people and governments do.
    directions, units, numbers
        Degrees, metres, and numbers in words.
    regions, references
        Words that make regions, and nouns that point back.
    plain
        Adjectives that do not tell one facility from another.
    """

    never: frozenset[str]
    common: frozenset[str]
    prepositions: Mapping[str, float]
    heads_of: Mapping[str, tuple[str, ...]]
    heads_after: Mapping[str, After]
    proper_last: frozenset[str]
    seated: frozenset[str]
    organisations: Mapping[str, tuple[tuple[str, ...], ...]]
    organisation_last: frozenset[str]
    unit_last: frozenset[str]
    titles: frozenset[str]
    weak_titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    first_names: frozenset[str]
    speech_verbs: frozenset[str]
    act_verbs: frozenset[str]
    directions: Mapping[str, float]
    units: Mapping[str, float]
    numbers: Mapping[str, float]
    regions: Mapping[str, frozenset[str]]
    near_phrases: tuple[tuple[str, ...], ...]
    references: Mapping[str, tuple[str, ...]]
    plain: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the word lists; the result is shared and frozen."""
    words, people = read_toml("toponym_lexicon.toml"), read_toml("people.toml")
    regions = words["regions"]
    return Lexicon(
        never=_words(words["never"]),
        common=_words(resource("common_words.txt").read_text(encoding="utf-8")),
        prepositions=MappingProxyType({k: float(v) for k, v in words["prepositions"].items()}),
        heads_of=_tuples(words["heads_of"]),
        heads_after=MappingProxyType(
            {noun: After(tuple(entry["kinds"]), entry["span"]) for noun, entry in words["heads_after"].items()}
        ),
        proper_last=_words(words["proper"]["last"]),
        seated=_words(words["proper"]["seated"]),
        organisations=_phrases(words["organisations"]["names"]),
        organisation_last=_words(words["organisations"]["last"]),
        unit_last=_words(words["organisations"]["units"]),
        titles=_words(people["titles"]),
        weak_titles=_words(people["weak_titles"]),
        suffixes=_words(people["suffixes"]),
        particles=_words(people["particles"]),
        first_names=_words(people["first_names"]),
        speech_verbs=_words(people["speech_verbs"]),
        act_verbs=_words(people["act_verbs"]),
        directions=MappingProxyType({k: float(v) for k, v in words["directions"].items()}),
        units=MappingProxyType({k: float(v) for k, v in words["units"].items()}),
        numbers=MappingProxyType({k: float(v) for k, v in words["numbers"].items()}),
        regions=MappingProxyType({k: _words(v) for k, v in regions.items() if isinstance(v, str)}),
        near_phrases=tuple(tuple(phrase.split()) for phrase in regions["near_phrases"]),
        references=_tuples(words["references"]),
        plain=_words(words["facilities"]["plain"]),
    )


@cache
def word_set(key: str) -> frozenset[str]:
    """Give a list of ``toponym_lexicon.toml`` by its table and name, for example ``"roads.nouns"``."""
    table, name = key.split(".")
    return _words(read_toml("toponym_lexicon.toml")[table][name])


def _words(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def _tuples(table: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(values) for key, values in table.items()})


def _phrases(text: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Names by their first folded word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for line in text.strip().splitlines():
        words = tuple(fold(line).split())
        table.setdefault(words[0], []).append(words)
    return MappingProxyType({first: tuple(sorted(names, key=lambda n: (-len(n), n))) for first, names in table.items()})
