"""What a mapping says of a table that is none of ACLED's or UCDP's: a TOML file that people write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.data import read_toml
from geo.errors import InputError
from geo.events.taxonomy import event_types
from geo.gazetteer.importing.columns import plain

_TABLES = ("dataset", "columns", "fixed", "types", "precision", "options")
_DATASET = ("title", "licence", "attribution")
_OPTIONS = ("day_first", "actors", "keep")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MappingFile:
    """What a mapping file says.

    Attributes
    ----------
    dataset
        ``title``, ``licence`` and ``attribution`` of the data.
    columns
        Column by field (the fields of ``[csv.columns]`` in ``geo/data/exchange.toml``).
    fixed
        Text by field that holds for every row.
    types
        Our type by the word of the table, compared in lower case.
    precision
        Metres by the word of the table for how exact a point is.
    day_first
        Whether 3/4/2016 is in April; None where the file does not say.
    actors
        What stands between several actors in a cell.
    keep
        Columns that an event keeps as they stand; None for all that tell no field.
    """

    dataset: Mapping[str, str] = field(default_factory=_nothing)
    columns: Mapping[str, str] = field(default_factory=_nothing)
    fixed: Mapping[str, str] = field(default_factory=_nothing)
    types: Mapping[str, str] = field(default_factory=_nothing)
    precision: Mapping[str, float] = field(default_factory=_nothing)
    day_first: bool | None = None
    actors: str = ";"
    keep: tuple[str, ...] | None = None


def read_mapping(path: Path) -> MappingFile:
    """Read a mapping.

    Raises
    ------
    InputError
        Where the file is not TOML, or something in it is not known here.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is not TOML: {error}", do="Mend the file", path=path) from error
    for name, part in table.items():
        _known(name, _TABLES, "table", path)
        if not isinstance(part, dict):
            raise InputError(f"{name} = {part!r} is not a table", do=f"Write [{name}] on a line of its own", path=path)
    columns, fixed, options = table.get("columns", {}), table.get("fixed", {}), table.get("options", {})
    for name in (*columns, *fixed):
        _known(name, tuple(read_toml("exchange.toml")["csv"]["columns"]), "field", path)
    for name in options:
        _known(name, _OPTIONS, "option", path)
    for name in table.get("dataset", {}):
        _known(name, _DATASET, "key of [dataset]", path)
    return MappingFile(
        dataset=_texts(table.get("dataset", {}), "dataset", path),
        columns=_texts(columns, "columns", path),
        fixed=_texts(fixed, "fixed", path),
        types=_types(table.get("types", {}), path),
        precision=_metres(table.get("precision", {}), path),
        day_first=_flag(options.get("day_first"), path),
        actors=str(options.get("actors", ";")),
        keep=_list(options.get("keep"), path),
    )


def _known(name: str, names: tuple[str, ...], what: str, path: Path) -> None:
    if name not in names:
        raise InputError(f"no {what} is called {name!r}", do=f"Use one of {', '.join(names)}", path=path)


def _texts(table: Mapping[str, Any], name: str, path: Path) -> Mapping[str, str]:
    for key, value in table.items():
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise InputError(f"{name}.{key} = {value!r} is not a text", do=f'Write {key} = "…"', path=path)
    return MappingProxyType({key: str(value) for key, value in table.items()})


def _types(table: Mapping[str, Any], path: Path) -> Mapping[str, str]:
    for word, name in table.items():
        if name not in event_types():
            do = f"Use one of {', '.join(event_types())}"
            raise InputError(f"types.{word!r} = {name!r} is no type of event", do=do, path=path)
    return MappingProxyType({plain(word): name for word, name in table.items()})


def _metres(table: Mapping[str, Any], path: Path) -> Mapping[str, float]:
    for word, metres in table.items():
        if isinstance(metres, bool) or not isinstance(metres, int | float) or not 0 <= metres <= 20_000_000:
            do = "Write a radius in metres, for example 1000"
            raise InputError(f"precision.{word!r} = {metres!r} is no distance", do=do, path=path)
    return MappingProxyType({plain(word): float(metres) for word, metres in table.items()})


def _flag(value: Any, path: Path) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise InputError(
            f"options.day_first = {value!r} is neither true nor false", do="Write true or false", path=path
        )
    return value


def _list(value: Any, path: Path) -> tuple[str, ...] | None:
    if value is not None and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise InputError(f"options.keep = {value!r} is no list of columns", do='Write ["…", "…"]', path=path)
    return None if value is None else tuple(value)
