"""Whether the one who acts is the government of the country, which ACLED asks of a capture."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from geo.data import read_csv
from geo.events.crosswalk import GOVERNMENT
from geo.events.taxonomy import words
from geo.gazetteer.names import fold
from geo.model import Actor

OTHER = "other"
_LONGEST = 4  # words of a country's name
_WORD = re.compile(r"[^\W\d_]+")


def side_kind(actors: Iterable[Actor], *, governments: Collection[str] = (), country: str = "") -> str:
    """Tell the side of those who act.

    Parameters
    ----------
    actors
        Of an event.
    governments
        Ids of the sides that are the government of the country or fight with it (``government = true`` in
        ``seeds/actors.toml``).
    country
        ISO 3166-1 alpha-2 code of where it happened; empty where that is not known.

    Returns
    -------
    str
        `GOVERNMENT`, ``"other"`` for rebels, foreign states and all others, or empty where nothing tells. Where nobody
        is named who acts, what the government suffers is done by others.
    """
    found = list(actors)
    kinds = {_kind(a, governments, country) for a in found if a.role == "initiator"}
    if not any(a.role == "initiator" for a in found):
        suffers = {_kind(a, governments, country) for a in found}
        return OTHER if GOVERNMENT in suffers else ""
    return next((kind for kind in (GOVERNMENT, OTHER) if kind in kinds), "")


def _kind(actor: Actor, governments: Collection[str], country: str) -> str:
    if actor.side in governments:
        return GOVERNMENT
    if actor.side and governments:
        return OTHER
    return _of_words(actor.name, country)


def _of_words(name: str, country: str) -> str:
    """Read a name, the plainest words first: "anti-government militia" is against it, "rebel army" is no army."""
    spoken = [fold(word) for word in _WORD.findall(name)]
    said = {*spoken, *(word.removesuffix("s") for word in spoken)}
    of = _countries_named(spoken)
    if said & words("against") or (of and country and country not in of):
        return OTHER
    if said & words("government"):
        return GOVERNMENT
    if said & words("non_state"):
        return OTHER
    return GOVERNMENT if said & words("forces_of_state") or (of and country in of) else ""


def _countries_named(spoken: list[str]) -> set[str]:
    """Give the countries that a name speaks of, by the longest run of words: "South Sudanese" is not Sudanese."""
    found, at = set(), 0
    while at < len(spoken):
        size = next((n for n in range(_LONGEST, 0, -1) if " ".join(spoken[at : at + n]) in _countries()), 0)
        if size:
            found.add(_countries()[" ".join(spoken[at : at + size])])
        at += max(size, 1)
    return found


@cache
def _countries() -> dict[str, str]:
    """Give the country by folded name, alias or demonym."""
    found: dict[str, str] = {}
    for row in read_csv("countries.csv"):
        for cell in (row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|")):
            found.setdefault(fold(cell), row["alpha2"])
    found.pop("", None)
    return found
