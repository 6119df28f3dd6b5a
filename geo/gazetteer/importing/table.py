"""CSV files of places, and the rows of any CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from geo.errors import GazetteerError
from geo.gazetteer.entries import Entry
from geo.gazetteer.importing.columns import check_columns, delimiter_of, find_columns, name_columns
from geo.gazetteer.importing.fields import Maker, make_entry
from geo.gazetteer.importing.inputs import Input, open_input
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.tell import Tell

_TOLD = 1_000
_COMMENT = "#"


def read_rows(source: Input, sink: Sink, *, encoding: str, tell: Tell) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows of a CSV file, its header first, with the lines on which they begin.

    The delimiter is told by the header; lines that begin with # before it are left out. A row that has more or fewer
    cells than the header is bad, which the sink is told.

    Raises
    ------
    GazetteerError
        If the file is not in its encoding.
    """
    with open_input(source) as (file, told):
        text = io.TextIOWrapper(file, encoding=encoding or "utf-8-sig", newline="")
        try:
            line, first = 1, text.readline()
            while first and (not first.strip() or first.startswith(_COMMENT)):
                line, first = line + 1, text.readline()
            rows = csv.reader(_chain(first, text), delimiter=delimiter_of(first))
            before, width, start = line - 1, 0, line
            while True:
                start = before + rows.line_num + 1
                try:
                    row = next(rows, None)
                except csv.Error as error:
                    sink.bad(start, f"the row cannot be read: {error}", "Mend its quotation marks")
                    continue
                if row is None:
                    break
                width = width or len(row)
                if len(row) == width:
                    yield start, row
                elif row:
                    what = f"the row has {len(row)} cells, the header {width}"
                    sink.bad(start, what, 'Put text with the delimiter into "…"')
                if start % _TOLD == 0:
                    tell(f"Reading {source.name}", told(), source.size)
        except UnicodeDecodeError as error:
            what = f"this is not {error.encoding}: byte 0x{error.object[error.start]:02x}"
            do = "Name its encoding, as in --encoding cp1256 (Arabic) or cp1252 (Western European)"
            raise GazetteerError(what, do=do, path=source.path, line=start) from error
        finally:
            text.detach()


def _chain(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest


def read_table(source: Input, sink: Sink, maker: Maker, *, tell: Tell) -> Iterator[tuple[int, Entry]]:
    """Give the places of a CSV file with their lines.

    Raises
    ------
    GazetteerError
        If no column tells a name, or a point.
    """
    rows = read_rows(source, sink, encoding=maker.options.encoding, tell=tell)
    _, header = next(rows, (0, ()))
    columns = find_columns(header, told=maker.options.columns)
    check_columns(columns, header)
    others = name_columns(header, columns)
    for line, row in rows:
        sink.counts.rows += 1
        cells = dict(zip(header, row, strict=True))
        names = [name for column in others for name in cells[column].split("|")]
        entry = make_entry(fields_of(cells, columns), line, sink, maker, more_names=names)
        if entry:
            yield line, entry


def fields_of(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Give text by field of the cells of a row."""
    return {field: cells[column] for field, column in columns.items()}
