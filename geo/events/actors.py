"""Who is who in a war: names, aliases and sides, read from ``seeds/actors.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.errors import SeedError
from geo.gazetteer.names import fold

_KINDS = ("state", "armed_group", "political", "un", "ngo", "media", "monitor", "other")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An entry of ``actors.toml``.

    Attributes
    ----------
    name
        The name to show.
    side
        Id of a side, or empty.
    kind
        ``state``, ``armed_group``, ``political``, ``un``, ``ngo``, ``media``, ``monitor`` or ``other``.
    """

    name: str
    side: str
    kind: str


@dataclass(frozen=True, slots=True)
class KnownSide:
    """A side of a war.

    Attributes
    ----------
    id, name
        The id in data and the name to show.
    color, hatch
        How maps draw it, ``#RRGGBB`` and strokes; empty for the style's own.
    government
        Whether it is the government of the country, or fights with it.
    """

    id: str
    name: str
    color: str = ""
    hatch: str = ""
    government: bool = False


@dataclass(frozen=True, slots=True)
class ActorBook:
    """The actors and sides of a war.

    Attributes
    ----------
    aliases
        Folded name to the actor.
    acronyms
        The same for names of capitals alone ("US", "IS"), which count only where the text has capitals too.
    sides
        The sides by id, in the order of the file.
    """

    aliases: Mapping[str, KnownActor] = field(default_factory=lambda: MappingProxyType({}))
    acronyms: Mapping[str, KnownActor] = field(default_factory=lambda: MappingProxyType({}))
    sides: Mapping[str, KnownSide] = field(default_factory=lambda: MappingProxyType({}))

    def find(self, words: Sequence[str]) -> KnownActor | None:
        """Find the actor whose alias is the longest run of the words; of equal ones the last, which is the head."""
        folded = [fold(w) for w in words]
        for size in range(min(len(folded), 7), 0, -1):
            for start in range(len(folded) - size, -1, -1):
                key = " ".join(folded[start : start + size])
                capitals = "".join(words[start : start + size]).isupper()
                actor = self.aliases.get(key) or (self.acronyms.get(key) if capitals else None)
                if actor is not None:
                    return actor
        return None


def read_actors(path: Path | None) -> ActorBook:
    """Read ``actors.toml``.

    Parameters
    ----------
    path
        The file; None or a missing file gives an empty book.

    Returns
    -------
    ActorBook

    Raises
    ------
    SeedError
        Where the file is not TOML, an entry lacks its name, its side or kind is unknown, or two actors share an alias.
    """
    if path is None or not path.is_file():
        return ActorBook()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"this is not TOML: {error}", do="Mend the file", path=path) from error
    sides: dict[str, KnownSide] = {}
    for entry in _entries(table, "side", path):
        side = _side(entry, path)
        if sides.setdefault(side.id, side) is not side:
            raise SeedError(f"two sides have the id {side.id!r}", do="Give each its own", path=path)
    aliases: dict[str, KnownActor] = {}
    acronyms: dict[str, KnownActor] = {}
    for entry in _entries(table, "actor", path):
        actor = _actor(entry, sides, path)
        for alias in (actor.name, *_aliases(entry, actor.name, path)):
            other = (acronyms if alias.isupper() else aliases).setdefault(fold(alias), actor)
            if other.name != actor.name:
                raise SeedError(
                    f"{alias!r} is a name of {other.name!r} and of {actor.name!r}",
                    do="Keep it with one of them",
                    path=path,
                )
    return ActorBook(MappingProxyType(aliases), MappingProxyType(acronyms), MappingProxyType(sides))


def _entries(table: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SeedError(
            f"{key} is not a list of tables", do=f"Write [[{key}]] before each, with two brackets", path=path
        )
    return entries


def _aliases(entry: dict[str, Any], name: str, path: Path) -> list[str]:
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise SeedError(f"aliases of {name!r} are {aliases!r}", do='Write a list of names, ["…", "…"]', path=path)
    return aliases


def _side(entry: dict[str, Any], path: Path) -> KnownSide:
    name, color = _need(entry, "id", path), str(entry.get("color", ""))
    if color and not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        raise SeedError(f"side {name!r} has the color {color!r}", do='Write it as "#RRGGBB"', path=path)
    government = entry.get("government", False)
    if not isinstance(government, bool):
        raise SeedError(f"side {name!r} has government = {government!r}", do="Write true or false", path=path)
    return KnownSide(name, str(entry.get("name", name)), color, str(entry.get("hatch", "")), government)


def _actor(entry: dict[str, Any], sides: dict[str, KnownSide], path: Path) -> KnownActor:
    name, side, kind = _need(entry, "name", path), str(entry.get("side", "")), str(entry.get("kind", "other"))
    if side and side not in sides:
        raise SeedError(
            f"actor {name!r} is of side {side!r}, which no [[side]] names",
            do=f"Use one of {', '.join(sides)}",
            path=path,
        )
    if kind not in _KINDS:
        raise SeedError(f"actor {name!r} is of kind {kind!r}", do=f"Use one of {', '.join(_KINDS)}", path=path)
    return KnownActor(name, side, kind)


def _need(entry: dict[str, Any], key: str, path: Path) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SeedError(f"an entry has no {key}: {entry!r}", do=f'Write {key} = "…"', path=path)
    return value.strip()
