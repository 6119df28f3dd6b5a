"""Which column of a table of events tells what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.data import read_toml
from geo.errors import InputError
from geo.exchange.cells import Cells
from geo.exchange.mapping import MappingFile
from geo.gazetteer.importing.columns import event_format, plain

FORMATS = ("acled", "ucdp", "csv")
"""The formats of tables of events."""

_TEXT = {
    "acled": ("event_date", "latitude", "longitude"),
    "ucdp": ("id", "type_of_violence", "date_start"),
}
"""Columns without which a table is not of the format."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of one table tell.

    Attributes
    ----------
    header
        The columns as they stand.
    fields
        Position of the column by field.
    kept
        Positions of the columns that an event keeps as they stand.
    guessed
        The fields that no mapping names.
    mapping
        What the mapping says.
    """

    header: tuple[str, ...]
    fields: Mapping[str, int]
    kept: tuple[int, ...]
    guessed: tuple[str, ...]
    mapping: MappingFile

    @property
    def columns(self) -> dict[str, str]:
        """Name of the column by field."""
        return {field: self.header[at] for field, at in self.fields.items()}


def tell_events(header: Sequence[str]) -> str:
    """Tell the format of a table of events by its columns."""
    found = event_format(header)
    if found in ("acled", "ucdp"):
        return found
    there = {plain(column) for column in header}
    return next((name for name, columns in _TEXT.items() if there >= set(columns)), "csv")


def lay_out(header: Sequence[str], format: str, mapping: MappingFile, path: Path) -> Layout:
    """Find the columns of a table.

    Parameters
    ----------
    header
        Its columns.
    format
        One of `FORMATS`.
    mapping
        Goes before what is known of the format.
    path
        For messages.

    Raises
    ------
    InputError
        Where a column that the mapping names is not there, or one is missing that the format cannot do without.
    """
    there: dict[str, int] = {}
    for at, column in enumerate(header):
        there.setdefault(plain(column), at)
    table = read_toml("exchange.toml")[format]
    fields = {field: _named(column, there, header, path) for field, column in mapping.columns.items()}
    for field, names in table["columns"].items():
        found = [there[name] for name in names if name in there and there[name] not in fields.values()]
        if found and field not in fields and field not in mapping.fixed:
            fields[field] = found[0]
    if format == "acled" and "event_type" in fields and "type" not in fields:
        fields["type"] = fields["event_type"]  # exports without sub-event types
    _check(fields, format, mapping, header, path)
    wanted = table.get("keep") if format != "csv" else mapping.keep
    taken = set(fields.values())
    names = [plain(name) for name in wanted] if wanted is not None else []
    kept = [
        at for at, column in enumerate(header) if (plain(column) in names if wanted is not None else at not in taken)
    ]
    guessed = tuple(f for f in fields if f not in mapping.columns) if format == "csv" else ()
    return Layout(tuple(header), fields, tuple(kept), guessed, mapping)


def _named(column: str, there: Mapping[str, int], header: Sequence[str], path: Path) -> int:
    if column in header:
        return header.index(column)
    if plain(column) not in there:
        raise InputError(f"there is no column {column!r}", do=f"The columns are {', '.join(header)}", path=path)
    return there[plain(column)]


def _check(fields: Mapping[str, int], format: str, mapping: MappingFile, header: Sequence[str], path: Path) -> None:
    told = {*fields, *mapping.fixed}
    do = f"See that it is a file of {format.upper()}; the columns are {', '.join(header)}"
    if format == "csv":
        do = f"Name it in [columns] of a mapping (--mapping FILE.toml); the columns are {', '.join(header)}"
    for needed in {"ucdp": ("id", "type", "start"), "acled": ("id", "type", "date")}.get(format, ()):
        if needed not in told:
            names = " or ".join(read_toml("exchange.toml")[format]["columns"][needed])
            raise InputError(f"there is no column {names}", do=do, path=path)
    if not told & {"point", "place"} and not told >= {"lat", "lon"}:
        raise InputError("no column tells where an event was", do=do, path=path)
    if format == "csv" and not told & {"date", "start", "end", "edtf"}:
        raise InputError("no column tells when an event was", do=do, path=path)


def cells_of(row: Sequence[str], layout: Layout) -> Cells:
    """Give the cells of a row by field."""
    mapping = layout.mapping
    texts = {field: text for field, at in layout.fields.items() if (text := row[at].strip())}
    for field, text in mapping.fixed.items():
        texts.setdefault(field, text)
    others = {layout.header[at]: text for at in layout.kept if (text := row[at].strip())}
    return Cells(texts, layout.columns, others, mapping.day_first)
