"""The files under ``seeds/corrections``: TOML with a table for each feature that somebody changed, deleted or added.

A value is written as text where TOML has no form for it: ``""`` is null, lists and objects are JSON, a geometry is WKT
(longitude first). What was there stays beside what came of it, so that a change of the article shows as a conflict.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from geo.errors import SeedError
from geo.layers.schema import LayerSchema, Property, read_schema
from geo.layers.shapes import DECIMALS, tidy
from geo.model import Article

FOLDER = "corrections"
ACTIONS = ("change", "delete", "add")
GEOMETRY = "geometry"
_KEYS = ("layer", "action", "feature", "who", "when", "why", "was", "now", "rests_on")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody changed of a feature.

    Attributes
    ----------
    layer
        Name of its layer.
    action
        One of `ACTIONS`.
    feature
        Its id.
    who, when, why
        Who changed it, on which day, and for what reason.
    was, now
        Properties, and ``geometry`` as a shape: as they were and as they are to be; of a change those that differ.
    rests_on
        What tells the feature if its id changes: article, quote, and what it is of.
    path, line
        Where it is written.
    """

    layer: str
    action: str
    feature: str
    who: str
    when: date
    why: str
    was: Values = field(default_factory=dict)
    now: Values = field(default_factory=dict)
    rests_on: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    line: int = 0

    @property
    def author(self) -> str:
        """Id of the article that stands for its author, whose words the reason is."""
        return f"{FOLDER}/{self.path.stem}" if self.path else FOLDER


def read_corrections(seeds: Path) -> tuple[Correction, ...]:
    """Read the corrections of an atlas.

    Parameters
    ----------
    seeds
        Its folder ``seeds/``.

    Returns
    -------
    tuple of Correction
        By day, file and place in it: the order in which they apply.

    Raises
    ------
    SeedError
        Where a file is no TOML or a correction is not right.
    """
    found = [c for path in sorted((seeds / FOLDER).glob("*.toml")) for c in _read_file(path)]
    return tuple(sorted(found, key=lambda c: (c.when, c.path, c.line)))


def _read_file(path: Path) -> list[Correction]:
    text = path.read_text(encoding="utf-8-sig")
    try:
        tables = tomllib.loads(text).get("correction", [])
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"this is not TOML: {error}", do="Mend the file", path=path) from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[correction]]"]
    return [_read(table, path, line) for table, line in zip(tables, lines, strict=False)]


def _read(table: Mapping[str, Any], path: Path, line: int) -> Correction:
    def refuse(what: str, do: str) -> SeedError:
        return SeedError(what, do=do, path=path, line=line)

    for key in table:
        if key not in _KEYS:
            raise refuse(f"{key} is not known here", f"Use {', '.join(_KEYS)}")
    schema = read_schema().get(table.get("layer", ""))
    if schema is None:
        raise refuse(f"layer = {table.get('layer')!r} is no layer", f"Use one of {', '.join(read_schema())}")
    if table.get("action") not in ACTIONS:
        raise refuse(f"action = {table.get('action')!r} is not known", f"Use one of {', '.join(ACTIONS)}")
    if type(table.get("when")) is not date:
        raise refuse(f"when = {table.get('when')!r} is no day", "Write it bare, for example when = 2024-05-01")
    for key in ("feature", "who", "why"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise refuse(f"{key} is missing", "Say which feature it is, who changed it, and why")
    try:
        was, now = (_values(table.get(key, {}), schema) for key in ("was", "now"))
    except (ValueError, KeyError, shapely.errors.ShapelyError) as error:
        raise refuse(f"a value cannot be read: {error}", "Import the edits again, or mend it") from error
    common = {key: table[key] for key in ("layer", "action", "feature", "who", "when", "why")}
    return Correction(**common, was=was, now=now, rests_on=table.get("rests_on", {}), path=path, line=line)


def _values(table: Mapping[str, Any], schema: LayerSchema) -> dict[str, Any]:
    props = {prop.name: prop for prop in schema.properties}
    return {
        key: tidy(shapely.from_wkt(value)) if key == GEOMETRY else _value(props[key], value)
        for key, value in table.items()
    }


def _value(prop: Property, value: Any) -> Any:
    if value == "" and prop.nullable:
        return None
    if prop.type in {"list", "object"} and isinstance(value, str):
        return json.loads(value)
    if prop.type == "number":
        return float(value)
    return value


def dump_corrections(corrections: Iterable[Correction]) -> str:
    """Write corrections as TOML, from which `read_corrections` makes the same."""
    parts = [
        "# What was changed by hand, who did so, when and why. sitmap build applies it, and tells what no longer fits."
    ]
    for one in corrections:
        told = (f"{key} = {_text(getattr(one, key))}" for key in ("layer", "action", "feature", "who", "why"))
        lines = ["[[correction]]", *told, f"when = {one.when.isoformat()}"]
        for key in ("rests_on", "was", "now"):
            values = getattr(one, key)
            if values:
                lines += [f"[correction.{key}]", *(f"{_text(name)} = {_toml(value)}" for name, value in values.items())]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _toml(value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, shapely.Geometry):
        return _text(shapely.to_wkt(value, rounding_precision=DECIMALS))
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    return _text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _text(text: str) -> str:
    """Write a basic string of TOML: JSON's escapes are its own, and DEL must be one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def authors(corrections: Iterable[Correction]) -> tuple[Article, ...]:
    """Give each file of corrections as an article without text, on which added features rest."""
    found: dict[str, Article] = {}
    for one in corrections:
        if one.action == "add":
            found.setdefault(one.author, Article(id=one.author, text="", source=one.who, published=one.when))
    return tuple(found[id] for id in sorted(found))
