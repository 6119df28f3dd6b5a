"""Rows in ACLED's columns: read as events, written from events, and what we wrote comes back as it was.

A written row means in ACLED's words what the event says. What these words cannot say (a siege, a claim, an interval of
days, a region) stands in its tags; that is worked out by reading the row back as anyone would, and comparing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geo.data import read_toml
from geo.errors import InputError
from geo.exchange.acled_columns import decode
from geo.exchange.acled_write import Writer, encode
from geo.exchange.cells import CellError, Cells
from geo.exchange.columns import Layout, cells_of, lay_out
from geo.exchange.escape import harmless, restored
from geo.exchange.line import KEYS, Line, tidy_line
from geo.exchange.mapping import MappingFile
from geo.exchange.tags import join_tags, split_tags
from geo.ids import content_id

NUMBERS = frozenset(
    ("year", "time_precision", "iso", "latitude", "longitude", "geo_precision", "fatalities", "timestamp", "event_date")
)
"""Columns whose cells are no text, so that a minus sign in front is one."""

_GROUPS = (
    ("type", "subtype"),
    ("start", "end", "edtf", "when"),
    ("place", "lon", "lat", "precision_m", "place_id", "rule", "geometry", "origin"),
    ("actors",),
    ("figures",),
    ("quote", "quote_start", "quote_end"),
    ("source",),
    ("known",),
)
"""Members of a line that come from the same cells: where somebody changed these, they count, and not the tags."""

_SUMS, _ROW, _REPORTS = "sums", "row", "reports"
_OF_ALL = ("geometry", "origin", _ROW)
"""What an event that several reports tell has from the leading one, and its reports do not hold."""


def columns() -> tuple[str, ...]:
    """Give the 31 columns of an ACLED export, in order."""
    return tuple(read_toml("exchange.toml")["acled"]["order"])


def read_acled(cells: Cells, _name: str) -> list[Line]:
    """Read a row of an export of any year, or one that `acled_row` wrote.

    Returns
    -------
    list of dict
        One line; of an event that several reports tell, one of each report, the leading one first.

    Raises
    ------
    CellError
        Where a cell cannot be read.
    """
    plain = _restored(cells)
    foreign, own = split_tags(plain.get("tags"))
    line = decode(plain, foreign)
    return [line] if own is None else _merged(line, own)


def _restored(cells: Cells) -> Cells:
    """Give the cells without the apostrophes that made them harmless."""
    texts = {field: restored(text) for field, text in cells.texts.items()}
    others = {column: restored(text) for column, text in cells.others.items()}
    return Cells(texts, cells.columns, others, cells.day_first)


def _merged(line: Line, own: Mapping[str, Any]) -> list[Line]:
    """Put what the tags say over what the columns say, but for cells that were changed since."""
    sums = zip(_GROUPS, str(own.get(_SUMS, "")).split("."), _sums(line).split("."), strict=False)
    changed = {key for group, was, now in sums if was != now for key in group}
    whole = tidy_line({**line, **{key: value for key, value in own.items() if key not in changed}})
    reports = own.get(_REPORTS) or []
    if not reports:
        return [whole]
    kept = {key: whole.get(key) for key in (*_OF_ALL, *sorted(changed))}
    return [tidy_line({**reports[0], **kept}), *map(tidy_line, reports[1:])]


def _sums(line: Line) -> str:
    return ".".join(content_id([line.get(key) for key in group], length=4) for group in _GROUPS)


def acled_row(line: Line, writer: Writer) -> dict[str, str]:
    """Write an event in ACLED's columns.

    Parameters
    ----------
    line
        The event; with ``reports`` where several tell it.
    writer
        What is needed of the atlas.

    Returns
    -------
    dict
        Text by column, in ACLED's order. `read_acled` gives the same line of it.

    Raises
    ------
    InputError
        Where a column that the event has kept of ACLED is not as ACLED writes it.
    """
    row = {name: text if name in NUMBERS else harmless(text) for name, text in encode(line, writer).items()}
    tags = str(line.get(_ROW, {}).get("tags", ""))
    try:
        told = decode(_seen(row), tags)
    except CellError as error:
        do = "See the row that it was imported from"
        raise InputError(f"event {line['id']!r} cannot be written: {error.what}", do=do) from error
    rest = {key: line.get(key) for key in (*KEYS, _REPORTS) if line.get(key) != told.get(key)}
    if rest or split_tags(tags)[1] is not None:  # the tags of others may look like ours
        shown = {name: str(line.get(name, "")) for name in ("type", "subtype", "modality", "edtf", "id")}
        tags = join_tags(tags, shown, {**rest, _SUMS: _sums(told)})
    return {**row, "tags": harmless(tags)}


def _seen(row: Mapping[str, str]) -> Cells:
    """Give the cells of a row as reading it will see them."""
    return _restored(cells_of([row[column] for column in columns()], _layout()))


@cache
def _layout() -> Layout:
    return lay_out(columns(), "acled", MappingFile(), Path())
