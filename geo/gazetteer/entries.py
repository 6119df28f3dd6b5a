"""An entry on its way into the gazetteer, and the names under which it is found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.model import Place

_MAX_ACRONYM = 5
_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all its names.

    Attributes
    ----------
    place
        What the gazetteer gives back.
    names
        Every name under which it is found, in any script, `Place.name` and `Place.aliases` included.
    arabic
        Whether its names are Arabic ones, in which the article does not count.
    geometry
        Line or polygon as WKB in WGS 84, or None.
    """

    place: Place
    names: tuple[str, ...]
    arabic: bool = False
    geometry: bytes | None = None


def script(text: str) -> str:
    """Give the script of the first letter of a text: ``"latin"``, ``"arabic"``, ``"other"``, or empty without one."""
    first = text[:1]
    if first.isascii() and first.isalpha():
        return "latin"
    found = _LETTER.search(text)
    if not found:
        return ""
    letter = found[0]
    if letter < "\u0250" or "\u1e00" <= letter < "\u1f00":
        return "latin"
    return "arabic" if "\u0600" <= letter < "\u0780" or "\ufb50" <= letter < "\uff00" else "other"


def is_acronym(name: str) -> bool:
    """Whether a name is capitals alone and short (``UK``, ``U.S.``): lower case then means another word."""
    if len(name) > 2 * _MAX_ACRONYM or not name.isupper():
        return False
    letters = name.replace(".", "")
    return len(letters) <= _MAX_ACRONYM and letters.isascii() and letters.isalpha()


def is_name(text: str) -> bool:
    """Whether an alternate name can stand in a report: it has letters, and Latin ones not all in lower case.

    GeoNames keeps rough transliterations of other scripts (``hlb``, ``a lei po``) in lower case.
    """
    kind = script(text)
    return bool(kind) and (kind != "latin" or text != text.lower())


def clean(text: str) -> str:
    """Give a text of a foreign file without control characters, with single spaces between its words."""
    return " ".join((text if text.isprintable() else text.translate(_CONTROL)).split())


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Give the names that are not empty, each once, in order."""
    return tuple(dict.fromkeys(name for name in names if name))
