"""The types of event and the words that tell them, read from ``geo/data/taxonomy.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.events.taxonomy_file import taxonomy_file


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event, or a subtype.

    Attributes
    ----------
    name, label, definition
        The name in data, the one to show, and what it is in one sentence.
    acled_event_type, acled_sub_event_type
        ACLED Codebook 2023.
    acled_by_government
        The sub-event type where the government of the country does it; empty where that makes no difference.
    cameo
        CAMEO code (Schrodt 2012): two digits of the root and up to two more.
    plover, mode
        PLOVER event type and mode (Halterman et al. 2023); the mode may be empty.
    initiator, target
        Who these are, in words.
    icon, group
        A symbol of ``symbols.toml`` and a group of ``style.toml``.
    family
        Types of one family may be two tellings of one event.
    words
        Of a subtype: phrases in dictionary form that tell it beside a trigger of its type.
    """

    name: str
    label: str
    definition: str
    acled_event_type: str
    acled_sub_event_type: str
    acled_by_government: str
    cameo: str
    plover: str
    mode: str
    initiator: str
    target: str
    icon: str
    group: str
    family: str
    words: tuple[tuple[str, ...], ...] = ()


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
    object, subject, of, into, at, out_of
        Class of words that must stand there ("fired at soldiers", "withdrew from the town"); empty for any.
    instrument
        Whether a weapon named beside it chooses the type.
    reversed
        Whether the subject suffers and the other side acts ("X lost the town to Y").
    plural
        Whether a noun counts in the plural only.
    role
        ``"delivered"`` for goods that are events only while they are being moved, ``"started"`` for undertakings that
        are events only where somebody begins them, ``"under"`` for what something is under.
    agent
        Whether a noun names people, who tell an event only where they act.
    subtype
        The subtype that it tells; empty where its words decide.
    """

    type: str
    lemma: str
    beside: tuple[str, ...]
    verb: bool
    object: str = ""
    subject: str = ""
    of: str = ""
    into: str = ""
    at: str = ""
    out_of: str = ""
    instrument: bool = False
    reversed: bool = False
    plural: bool = False
    role: str = ""
    agent: bool = False
    subtype: str = ""

    @property
    def weight(self) -> int:
        """How much it asks for: of several that fit, the one that asks for most counts."""
        asked = (self.object, self.subject, self.of, self.into, self.at, self.out_of, self.out_of)  # whence says most
        return 2 * len(self.beside) + sum(map(bool, asked))


@cache
def event_types() -> dict[str, EventType]:
    """Give the types by name, in the order of the file."""
    return {name: _event_type(name, table) for name, table in taxonomy_file()["type"].items()}


@cache
def subtypes(name: str) -> dict[str, EventType]:
    """Give the subtypes of a type by name, in the order of the file; what they do not say is that of the type."""
    above = taxonomy_file()["type"][name]
    return {sub: _event_type(sub, {**_inherited(above), **table}) for sub, table in above.get("subtype", {}).items()}


def describe(name: str, subtype: str = "") -> EventType:
    """Give a subtype, or the type where the subtype is empty or not known."""
    return (subtypes(name).get(subtype) if subtype else None) or event_types()[name]


def _inherited(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in ("triggers", "subtype")}


def _event_type(name: str, table: Mapping[str, Any]) -> EventType:
    sub_event = table["acled"]
    return EventType(
        name=name,
        acled_event_type=next(e for e, subs in taxonomy_file()["acled"].items() if sub_event in subs),
        acled_sub_event_type=sub_event,
        acled_by_government=table.get("acled_by_government", ""),
        cameo=table.get("cameo", ""),
        mode=table.get("mode", ""),
        words=tuple(tuple(phrase.split()) for phrase in table.get("words", ())),
        **{
            key: table[key]
            for key in ("label", "definition", "plover", "initiator", "target", "icon", "group", "family")
        },
    )


@cache
def triggers() -> dict[tuple[str, bool], tuple[Trigger, ...]]:
    """Give the triggers by lemma and whether it is a verb; the most demanding first."""
    found: dict[tuple[str, bool], list[Trigger]] = {}
    for name, table in taxonomy_file()["type"].items():
        for subtype, below in (("", table), *table.get("subtype", {}).items()):
            for entry in below.get("triggers", ()):
                for trigger in _triggers(name, subtype, entry):
                    found.setdefault((trigger.lemma, trigger.verb), []).append(trigger)
    return {key: tuple(sorted(ts, key=lambda t: -t.weight)) for key, ts in found.items()}


def _triggers(name: str, subtype: str, entry: Mapping[str, Any]) -> list[Trigger]:
    options = {k: v for k, v in entry.items() if k not in ("verbs", "nouns")}
    found = []
    for verb, phrases in ((True, entry.get("verbs", ())), (False, entry.get("nouns", ()))):
        for phrase in phrases:
            words = phrase.split()
            head, beside = (words[0], words[1:]) if verb else (words[-1], words[:-1])
            found.append(Trigger(name, head, tuple(beside), verb, subtype=subtype, **options))
    return found


@cache
def word_class(name: str) -> frozenset[str]:
    """Give the dictionary forms of the nouns of a class."""
    return frozenset(taxonomy_file()["class"][name].get("nouns", []))


@cache
def class_kinds(name: str) -> frozenset[str]:
    """Give the kinds of place that belong to a class; ``*`` stands for all."""
    return frozenset(taxonomy_file()["class"][name].get("kinds", []))


@cache
def instruments() -> tuple[tuple[str, frozenset[str]], ...]:
    """Give the types that a weapon tells, the strongest first, each with its words."""
    return tuple((name, frozenset(words)) for name, words in taxonomy_file()["instruments"].items())


@cache
def words(table: str) -> frozenset[str]:
    """Give the words of a list: ``light``, ``moved``, ``receiving`` (verbs), ``event_nouns``, ``general`` (nouns)."""
    return frozenset(word for values in taxonomy_file()[table].values() for word in values)


@cache
def with_trait(trait: str) -> frozenset[str]:
    """Give the types of which a trait holds."""
    return frozenset(taxonomy_file()["traits"][trait])


def irregular() -> dict[str, str]:
    """Give dictionary forms that the lemmatiser does not know."""
    forms: dict[str, str] = taxonomy_file()["irregular"]
    return forms
