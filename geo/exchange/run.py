"""One import, from tables of events to a file of the atlas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.data import read_toml
from geo.errors import InputError
from geo.exchange.acled import read_acled
from geo.exchange.cells import CellError, Cells
from geo.exchange.columns import FORMATS, Layout, cells_of, lay_out, tell_events
from geo.exchange.filters import Filter, unwanted
from geo.exchange.line import Line
from geo.exchange.link import Linker
from geo.exchange.mapping import MappingFile
from geo.exchange.store import HEAD, SUFFIX, Stage, check_name, events_folder, write_dataset
from geo.exchange.table import read_table_row
from geo.exchange.ucdp import read_ucdp
from geo.gazetteer.importing.columns import plain
from geo.gazetteer.importing.inputs import Input, find_input
from geo.gazetteer.importing.problems import Counts, Sink
from geo.gazetteer.importing.table import read_rows
from geo.gazetteer.importing.tell import Tell
from geo.layers.files import locked
from geo.settings import Atlas

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

SHOWN = 50
"""So many bad rows are told; the others are counted."""

_READMES = ("readme", "licen", "._", "__macosx")
_TWICE = "twice in the files"


@dataclass(frozen=True, slots=True)
class Options:
    """What an import is told beside its files.

    Attributes
    ----------
    name
        Of the data set; empty to take it from the first file.
    format
        One of `geo.exchange.columns.FORMATS`; empty to tell it from the columns.
    mapping
        Which column of a table tells what.
    wanted
        Which events.
    encoding
        Of the files; empty for UTF-8.
    gazetteer
        In which places are looked up; None leaves them without ids.
    dry_run
        Whether to read and check alone.
    """

    name: str = ""
    format: str = ""
    mapping: MappingFile = field(default_factory=MappingFile)
    wanted: Filter = field(default_factory=Filter)
    encoding: str = ""
    gazetteer: Gazetteer | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What an import made.

    Attributes
    ----------
    name, path
        Of the data set; the file does not exist after a dry run.
    head
        What the file says about itself.
    events
        How many there are.
    counts
        What became of the rows.
    columns
        Column by field, as they were read.
    guessed
        The fields whose columns nobody named.
    """

    name: str
    path: Path
    head: Mapping[str, Any]
    events: int
    counts: Counts
    columns: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


def import_events(
    paths: Sequence[Path], atlas: Atlas, *, options: Options | None = None, tell: Tell = _silent
) -> Result:
    """Import tables of events into ``seeds/events/`` of an atlas.

    Each row is checked; a bad one is told with file, line and column, and left out. What was imported under the same
    name is replaced once all is done. Memory does not grow with the number of rows: they are sorted on disk.

    Parameters
    ----------
    paths
        CSV files, also with tabs or semicolons, also packed (.gz, .zip), of one format.
    atlas
        The atlas that gets them.
    options
        What the files do not tell.
    tell
        Told how far it is.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        If a file cannot be read, is of another format, or no row of any is an event that is wanted.
    LockedError
        If another process is importing into the same atlas.
    """
    options = options or Options()
    inputs = [find_input(path, choose=_is_table) for path in paths]
    if not inputs:
        raise InputError("there is no file to import", do="Name one")
    name = options.name or plain(Path(inputs[0].name).name.split(".")[0])
    check_name(name)
    folder = events_folder(atlas)
    with locked(folder):
        stage = Stage(folder / f".{name}.part")
        try:
            return _import(inputs, folder / f"{name}{SUFFIX}", stage, replace(options, name=name), tell)
        finally:
            stage.close()


def _is_table(name: str) -> bool:
    return not Path(name).name.lower().startswith(_READMES) and "/._" not in name


def _import(inputs: Sequence[Input], path: Path, stage: Stage, options: Options, tell: Tell) -> Result:
    counts, table = Counts(), None
    for source in inputs:
        table = _stage(source, stage, Sink(source.path, counts, most=SHOWN), options, tell)
    if table is None or not stage.size:
        raise _empty(inputs, counts)
    head = _head(inputs, table.format, sorted(stage.origins), stage.size, counts, options)
    if not options.dry_run:
        write_dataset(path, head, stage.lines())
    return Result(options.name, path, head, stage.size, counts, table.layout.columns, table.layout.guessed)


@dataclass(frozen=True, slots=True)
class _Table:
    format: str
    layout: Layout


def _stage(source: Input, stage: Stage, sink: Sink, options: Options, tell: Tell) -> _Table:
    """Read the rows of a file, and keep those that are wanted."""
    rows = read_rows(source, sink, encoding=options.encoding, tell=tell)
    _, header = next(rows, (0, ()))
    if len(header) < 2:
        do = "Give a CSV file whose first line names its columns"
        raise InputError("this is no table", do=do, path=source.path)
    format = options.format or ("csv" if options.mapping.columns else tell_events(header))
    layout = lay_out(header, format, options.mapping, source.path)
    read = _reader(format, options)
    linker = Linker(options.gazetteer) if options.gazetteer is not None else None
    for number, row in rows:
        sink.counts.rows += 1
        try:
            lines = read(cells_of(row, layout), options.name)
        except CellError as error:
            sink.bad(number, error.what, error.do)
            continue
        for line in lines:
            theirs = linker is not None and line["article"].startswith(_prefix(format, options))
            _keep(line, number, stage, sink, options.wanted, linker if theirs else None)
    return _Table(format, layout)


def _keep(line: Line, number: int, stage: Stage, sink: Sink, wanted: Filter, linker: Linker | None) -> None:
    """Keep an event if it is wanted and right; a linker looks its place up first."""
    why = unwanted(line, wanted)
    if why:
        sink.skip(why)
        return
    wrong = linker.doubt(line) if linker else None
    if wrong:
        sink.bad(number, *wrong)
        return
    other = stage.add(linker.link(line) if linker else line, number)
    if other == -1:
        sink.skip(_TWICE)
    elif other:
        what = f"the id of {line['article']!r} stands already, at line {other}, with another event"
        sink.bad(number, what, "Give it an id of its own")


def _prefix(format: str, options: Options) -> str:
    """Give how articles of the data set begin; what sitmap wrote in ACLED's columns has others, and stays as it was."""
    return f"{options.name if format == 'csv' else format}:"


def _reader(format: str, options: Options) -> Callable[[Cells, str], list[Line]]:
    if format not in FORMATS:
        raise InputError(f"no format is called {format!r}", do=f"Known are {', '.join(FORMATS)}")
    if format == "csv":
        return lambda cells, name: [read_table_row(cells, name, options.mapping)]
    return read_acled if format == "acled" else lambda cells, _name: [read_ucdp(cells)]


def _head(
    inputs: Sequence[Input], format: str, origins: Sequence[str], size: int, counts: Counts, options: Options
) -> dict[str, Any]:
    told = options.mapping.dataset
    return {
        HEAD: options.name,
        "format": format,
        **{key: told.get(key) or _of_origins(key, origins) for key in ("title", "licence", "attribution")},
        "files": [source.path.name for source in inputs],
        "wanted": options.wanted.to_dict(),
        "rows": counts.rows,
        "bad": counts.bad,
        "left_out": dict(sorted(counts.skipped.items())),
        "events": size,
    }


def _of_origins(key: str, origins: Sequence[str]) -> str:
    """Give what is known of the data sets that rows come from: an export of ours holds what it was made from."""
    known = read_toml("import_columns.toml")["events"]
    return "; ".join(known[name][key] for name in origins if name in known)


def _empty(inputs: Sequence[Input], counts: Counts) -> InputError:
    why = [f"{counts.rows:,} rows were read"]
    why += [f"{counts.bad:,} are bad, the first: {counts.told[0]}"] if counts.bad else []
    why += [f"{n:,} are {reason}" for reason, n in sorted(counts.skipped.items())]
    do = "See that it is the right file, and what was asked for"
    return InputError(f"there is no event to import: {'; '.join(why)}", do=do, path=inputs[0].path)
