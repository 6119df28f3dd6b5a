"""CSV files of places, and the rows of any CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, NoReturn

from geo.errors import GazetteerError
from geo.gazetteer.entries import Entry
from geo.gazetteer.importing.columns import check_columns, delimiter_of, find_columns, name_columns
from geo.gazetteer.importing.fields import Maker, make_entry
from geo.gazetteer.importing.inputs import Input, open_input
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.tell import Tell

_TOLD = 1_000
_COMMENT = "#"
_LONGEST = 1 << 24
"""Characters of a cell; Python's own limit, which holds for the whole process, is less than a large outline has."""


def read_rows(source: Input, sink: Sink, *, encoding: str, tell: Tell) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows of a CSV file, its header first, with the lines on which they begin.

    The delimiter is told by the header; lines that begin with # before it are left out. A row that has more or fewer
    cells than the header is bad, which the sink is told.

    Raises
    ------
    GazetteerError
        If the file is not in its encoding.
    """
    csv.field_size_limit(_LONGEST)
    with open_input(source) as (file, told):
        lines = _lines(file, encoding, source)
        before, first = _header(lines)
        rows = csv.reader(chain([first], lines), delimiter=delimiter_of(first))
        width = 0
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


def _header(lines: Iterator[str]) -> tuple[int, str]:
    """Give the header, and how many lines stand before it."""
    for before, line in enumerate(lines):
        if line.strip() and not line.startswith(_COMMENT):
            return before, line
    return 0, ""


def _lines(file: IO[bytes], encoding: str, source: Input) -> Iterator[str]:
    """Decode line by line, so that what is wrong has its line; UTF-16 has none before it is decoded."""
    if encoding and "\n".encode(encoding) != b"\n":
        yield from _wide_lines(file, encoding, source)
        return
    for number, raw in enumerate(file, 1):
        try:
            yield raw.decode(encoding or ("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            _fail(source, number, encoding, f"byte 0x{raw[error.start]:02x}", error)


def _wide_lines(file: IO[bytes], encoding: str, source: Input) -> Iterator[str]:
    try:
        for line in io.TextIOWrapper(file, encoding=encoding, newline=""):  # noqa: UP028  # that would close the file
            yield line
    except UnicodeError as error:
        _fail(source, None, encoding, str(error), error)


def _fail(source: Input, line: int | None, encoding: str, what: str, error: Exception) -> NoReturn:
    do = "Name its encoding, as in --encoding cp1256 (Arabic) or cp1252 (Western European)"
    told = f"this is not {encoding or 'UTF-8'}: {what}"
    raise GazetteerError(told, do=do, path=source.path, line=line) from error


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
