"""The kinds of place, as ``geo/data/place_kinds.toml`` tells them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from geo.data import read_toml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place.

    Attributes
    ----------
    name, label
        The key, and what a legend says.
    group
        Two entries of kinds of one group may be the same place.
    precision_m
        Radius in metres where an entry gives none.
    facility
        Stands at one spot and has a use, so that a report may call it "the base".
    sensitive
        Protected by the law of war; a public map may show it coarsely.
    nouns
        English head nouns, lower case.
    """

    name: str
    label: str
    group: str
    precision_m: float
    facility: bool
    sensitive: bool
    nouns: tuple[str, ...]


@cache
def place_kinds() -> Mapping[str, Kind]:
    """Give all kinds by name, in the order of the file."""
    kinds = {
        name: Kind(
            name=name,
            label=entry["label"],
            group=entry["group"],
            precision_m=float(entry["precision_m"]),
            facility=entry.get("facility", False),
            sensitive=entry.get("sensitive", False),
            nouns=tuple(entry["nouns"]),
        )
        for name, entry in read_toml("place_kinds.toml").items()
    }
    return MappingProxyType(kinds)


def compatible(one: str, other: str) -> bool:
    """Whether entries of two kinds may be the same place; an unknown kind is compatible with itself alone."""
    kinds = place_kinds()
    if one == other or one not in kinds or other not in kinds:
        return one == other
    return kinds[one].group == kinds[other].group
