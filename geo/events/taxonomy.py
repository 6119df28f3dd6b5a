"""The types of event and the words that tell them, read from ``geo/data/taxonomy.toml``."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.data import read_toml


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event.

    Attributes
    ----------
    name, label
        The name in data and the one to show.
    acled_event_type, acled_sub_event_type
        ACLED Codebook 2023.
    family
        Types of one family may be two tellings of one event.
    """

    name: str
    label: str
    acled_event_type: str
    acled_sub_event_type: str
    family: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word, or a word with the one beside it, that tells a type of event.

    Attributes
    ----------
    type
        The type that it tells.
    lemma
        Dictionary form of the head word.
    beside
        Words that must stand right before a noun, or the particle (and noun) that must go with a verb; empty for none.
    verb
        Whether it is a verb; else a noun.
    object, subject, of, into
        Class of words that must stand there; empty for any.
    instrument
        Whether a weapon named beside it chooses the type.
    reversed
        Whether the subject suffers and the other side acts ("X lost the town to Y").
    plural
        Whether a noun counts in the plural only.
    role
        ``"delivered"`` for goods that are events only while they are being moved.
    agent
        Whether a noun names people, who tell an event only where they act.
    """

    type: str
    lemma: str
    beside: tuple[str, ...]
    verb: bool
    object: str = ""
    subject: str = ""
    of: str = ""
    into: str = ""
    instrument: bool = False
    reversed: bool = False
    plural: bool = False
    role: str = ""
    agent: bool = False

    @property
    def weight(self) -> int:
        """How much it asks for: of several that fit, the one that asks for most counts."""
        return 2 * len(self.beside) + sum(map(bool, (self.object, self.subject, self.of, self.into)))


@cache
def event_types() -> dict[str, EventType]:
    """Give the types by name, in the order of the file."""
    keep = ("label", "acled_event_type", "acled_sub_event_type", "family")
    return {name: EventType(name, *(table[k] for k in keep)) for name, table in _file()["type"].items()}


@cache
def triggers() -> dict[tuple[str, bool], tuple[Trigger, ...]]:
    """Give the triggers by lemma and whether it is a verb; the most demanding first."""
    found: dict[tuple[str, bool], list[Trigger]] = {}
    for name, table in _file()["type"].items():
        for entry in table.get("triggers", []):
            options = {k: v for k, v in entry.items() if k not in ("verbs", "nouns")}
            for verb, phrases in ((True, entry.get("verbs", [])), (False, entry.get("nouns", []))):
                for phrase in phrases:
                    words = phrase.split()
                    head, beside = (words[0], words[1:]) if verb else (words[-1], words[:-1])
                    found.setdefault((head, verb), []).append(Trigger(name, head, tuple(beside), verb, **options))
    return {key: tuple(sorted(ts, key=lambda t: -t.weight)) for key, ts in found.items()}


@cache
def word_class(name: str) -> frozenset[str]:
    """Give the dictionary forms of the nouns of a class."""
    return frozenset(_file()["class"][name].get("nouns", []))


@cache
def class_kinds(name: str) -> frozenset[str]:
    """Give the kinds of place that belong to a class; ``*`` stands for all."""
    return frozenset(_file()["class"][name].get("kinds", []))


@cache
def instruments() -> tuple[tuple[str, frozenset[str]], ...]:
    """Give the types that a weapon tells, the strongest first, each with its words."""
    return tuple((name, frozenset(words)) for name, words in _file()["instruments"].items())


@cache
def words(table: str) -> frozenset[str]:
    """Give the words of a list: ``light``, ``moved``, ``receiving`` (verbs), ``event_nouns``, ``general`` (nouns)."""
    return frozenset(word for values in _file()[table].values() for word in values)


@cache
def with_trait(trait: str) -> frozenset[str]:
    """Give the types of which a trait holds."""
    return frozenset(_file()["traits"][trait])


def irregular() -> dict[str, str]:
    """Give dictionary forms that the lemmatiser does not know."""
    forms: dict[str, str] = _file()["irregular"]
    return forms


def _file() -> dict[str, Any]:
    return read_toml("taxonomy.toml")
