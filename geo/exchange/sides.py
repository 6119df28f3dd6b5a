"""The side of an actor of a data set, by the names of ``seeds/actors.toml``."""

from __future__ import annotations

import re

from geo.events.actors import ActorBook, KnownActor
from geo.gazetteer.names import fold

_YEARS = re.compile(r"\s*\([^()]*\)\s*$")
_STATE = re.compile(r"^(?:Government|Military Forces|Police Forces) of (?:the )?", re.IGNORECASE)


def known_actor(name: str, book: ActorBook) -> KnownActor | None:
    """Find the entry of a book that an actor of a data set is.

    The whole name must be one of the book's: "Government of Iraq" is not the "government" that a Syrian book knows.
    What stands in brackets at the end is left out where it helps, and "Government of Turkey" may be "Turkey": data sets
    write so ("Military Forces of Turkey (2016-)").
    """
    bare = _YEARS.sub("", name)
    for form in dict.fromkeys((name, bare, _STATE.sub("", bare))):
        known = book.aliases.get(fold(form)) or (book.acronyms.get(fold(form)) if form.isupper() else None)
        if known is not None:
            return known
    return None


def side_of(name: str, book: ActorBook) -> str:
    """Give the side of an actor; empty where no entry of the book has this name."""
    known = known_actor(name, book)
    return known.side if known is not None else ""
