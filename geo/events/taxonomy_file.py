"""``geo/data/taxonomy.toml``, checked as a whole when it is first read."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from geo.data import read_toml
from geo.errors import InputError

NAME = "geo/data/taxonomy.toml"
NOT_SUB_EVENTS = ("disorder", "default")
"""What stands beside the sub-event types in the tables of [acled]."""
_BOTH = ("label", "definition", "acled", "cameo", "plover", "mode", "triggers")
_TYPE = (*_BOTH, "initiator", "target", "icon", "group", "family", "acled_by_government", "subtype")
_SUBTYPE = (*_BOTH, "icon", "words")
_NEEDED = ["label", "definition", "acled", "plover", "initiator", "target", "icon", "group", "family"]
_TRIGGER = {
    "verbs": list, "nouns": list, "object": str, "subject": str, "of": str, "into": str, "at": str, "out_of": str,
    "role": str, "instrument": bool, "reversed": bool, "plural": bool, "agent": bool,
}  # fmt: skip
_CLASSES = ("object", "subject", "of", "into", "at", "out_of")
# fmt: off
_PLOVER = frozenset([
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
])
# fmt: on
"""The sixteen event types of PLOVER (Halterman et al. 2023, table 1)."""


@cache
def taxonomy_file() -> Mapping[str, Any]:
    """Read and check the file.

    Returns
    -------
    Mapping
        The tables of the file; shared, so do not change it.

    Raises
    ------
    InputError
        Where the file is not right; all that is wrong stands in the message.
    """
    table = read_toml("taxonomy.toml")
    check(table)
    return table


def check(table: Mapping[str, Any]) -> None:
    """Check a taxonomy.

    Parameters
    ----------
    table
        Of the shape of ``taxonomy.toml``.

    Raises
    ------
    InputError
        Naming each mistake.
    """
    wrong = [*_of_types(table), *_of_crosswalk(table), *_of_lists(table)]
    if wrong:
        raise InputError("; ".join(wrong), do="Mend the file; docs/taxonomy.md says how it is written", path=NAME)


def _of_types(table: Mapping[str, Any]) -> Iterator[str]:
    for name, entry in table["type"].items():
        where = f"[type.{name}]"
        yield from (f"{where} has no {key}" for key in _NEEDED if not entry.get(key))
        yield from _of_entry(where, entry, _TYPE, table)
        for sub, below in entry.get("subtype", {}).items():
            where = f"[type.{name}.subtype.{sub}]"
            yield from (f"{where} has no {key}" for key in ("label", "definition") if not below.get(key))
            yield from _of_entry(where, below, _SUBTYPE, table)
            if not (below.get("words") or below.get("triggers")):
                yield f"{where} has neither words nor triggers, so nothing tells it"


def _of_entry(where: str, entry: Mapping[str, Any], keys: Sequence[str], table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{where} has the unknown key {key!r}" for key in entry if key not in keys)
    known = {sub for names in table["acled"].values() for sub in names if sub not in NOT_SUB_EVENTS}
    for key in ("acled", "acled_by_government"):
        if key in entry and entry[key] not in known:
            yield f"{where} has {key} = {entry[key]!r}, which is no sub-event type of [acled]"
    if entry.get("plover", "ASSAULT") not in _PLOVER:
        yield f"{where} has plover = {entry['plover']!r}, which is none of {', '.join(sorted(_PLOVER))}"
    cameo = entry.get("cameo", "01")
    if not (isinstance(cameo, str) and cameo.isdigit() and 2 <= len(cameo) <= 4 and 1 <= int(cameo[:2]) <= 20):
        yield f"{where} has cameo = {cameo!r}; write a code of two to four digits from 01 to 20 in quotes"
    for trigger in entry.get("triggers", ()):
        yield from _of_trigger(where, trigger, table)


def _of_trigger(where: str, trigger: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[str]:
    if not (trigger.get("verbs") or trigger.get("nouns")):
        yield f"a trigger of {where} has neither verbs nor nouns"
    for key, value in trigger.items():
        kind = _TRIGGER.get(key)
        if kind is None:
            yield f"a trigger of {where} has the unknown key {key!r}"
        elif not isinstance(value, kind):
            yield f"a trigger of {where} has {key} = {value!r}, which is no {kind.__name__}"
        elif key in _CLASSES and value not in table["class"]:
            yield f"a trigger of {where} has {key} = {value!r}, but there is no [class.{value}]"
        elif isinstance(value, list):
            yield from (
                f"a trigger of {where} has the word {word!r}; write it small" for word in value if not _is_word(word)
            )


def _is_word(word: object) -> bool:
    return isinstance(word, str) and bool(word.strip()) and word == word.casefold().strip()


def _of_crosswalk(table: Mapping[str, Any]) -> Iterator[str]:
    ways = [
        (f"[acled.{e!r}]", s, to) for e, subs in table["acled"].items() for s, to in subs.items() if s != "disorder"
    ]
    ways += [("[cameo]", code, to) for code, to in table["cameo"].items()]
    ways += [("[ucdp]", code, to) for code, to in table["ucdp"].items()]
    for where, key, to in ways:
        name, _, sub = to.partition("/")
        if name not in table["type"] or (sub and sub not in table["type"][name].get("subtype", {})):
            yield f"{where} reads {key!r} as {to!r}, which is no type or type/subtype"


def _of_lists(table: Mapping[str, Any]) -> Iterator[str]:
    types = set(table["type"])
    for trait, names in table["traits"].items():
        yield from (f"[traits] {trait} names {name!r}, which is no type" for name in names if name not in types)
    yield from (f"[instruments] names {name!r}, which is no type" for name in table["instruments"] if name not in types)
