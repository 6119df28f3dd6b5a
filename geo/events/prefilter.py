"""Which sentences may tell an event at all, by their words alone: parsing one costs a thousand times as much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from geo.events.taxonomy import Trigger, class_kinds, irregular, triggers, word_class

_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ings", ("", "e")),
    ("men", ("man",)),
    ("ves", ("f", "fe")),
    ("children", ("child",)),
)
_OPEN = frozenset(["people", "force", "displaced", "person"])
"""Classes that numbers and names belong to as well, so that no word of theirs need stand there."""

Asked = tuple[frozenset[str], ...]
"""For each thing that a trigger asks for, the words one of which must stand there."""


def may_tell(sentence: str) -> bool:
    """Tell whether a sentence has the words of a trigger: its own and those beside it, one of each class asked for."""
    found = frozenset(base for word in _WORD.findall(sentence) for base in _bases(word.casefold()))
    asked = _asked()
    return any(
        all(not found.isdisjoint(words) for words in each) for base in found & asked.keys() for each in asked[base]
    )


@lru_cache(maxsize=100_000)
def _bases(word: str) -> tuple[str, ...]:
    """Give what a word may be a form of: itself, and what its English endings may stand on."""
    return tuple(dict.fromkeys(_possible(word)))


def _possible(word: str) -> Iterator[str]:
    yield word
    if word in irregular():
        yield irregular()[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            base = word.removesuffix(ending)
            yield from (base + letters for letters in instead)
            if len(base) > 2 and base[-1] == base[-2]:
                yield base[:-1]  # "cutting"


@cache
def _asked() -> dict[str, tuple[Asked, ...]]:
    """Give what the triggers of a word ask for; of "sit-in" and "cease-fire" the first word is that of the trigger."""
    found: dict[str, set[Asked]] = {}
    for (lemma, _), each in triggers().items():
        found.setdefault(lemma.split("-")[0], set()).update(_needs(trigger) for trigger in each)
    return {word: ((),) if () in needs else tuple(needs) for word, needs in found.items()}


def _needs(trigger: Trigger) -> Asked:
    asked = (trigger.object, trigger.subject, trigger.of, trigger.into, trigger.at, trigger.out_of)
    closed = (name for name in asked if name and name not in _OPEN and not class_kinds(name))
    return (*(_parts([word]) for word in trigger.beside), *(_parts(word_class(name)) for name in closed))


def _parts(words: Iterable[str]) -> frozenset[str]:
    """Give the parts of words that are written as several ("land-mine"), as a sentence gives its words."""
    return frozenset(base for word in words for part in re.split("[- ]", word) for base in _bases(part))
