"""One import, from files to a gazetteer that is used from then on."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from geo.errors import GazetteerError, LockedError
from geo.gazetteer.entries import Entry
from geo.gazetteer.files import digest, writable
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.importing.columns import events_of, plain
from geo.gazetteer.importing.compile import compile_stage
from geo.gazetteer.importing.events import read_events
from geo.gazetteer.importing.features import read_geojson, read_layers
from geo.gazetteer.importing.fields import Maker
from geo.gazetteer.importing.formats import FORMATS, Given, find_given
from geo.gazetteer.importing.geonames import import_geonames, read_tables
from geo.gazetteer.importing.known import located, own_entries
from geo.gazetteer.importing.library import VERSION, imported_folder, keys_digest, open_imported
from geo.gazetteer.importing.options import Options
from geo.gazetteer.importing.problems import Counts, Sink, told_counts
from geo.gazetteer.importing.stage import Stage, remove
from geo.gazetteer.importing.table import read_table
from geo.gazetteer.importing.tell import Tell
from geo.gazetteer.importing.wikidata import read_wikidata
from geo.gazetteer.opening import open_world
from geo.gazetteer.shadows import shadow
from geo.settings import Atlas, Theatre

_BATCH = 20_000
_PLAIN = Options()
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SOURCES = {"wikidata": "Wikidata"}
_LICENCES = {
    "geonames": ("CC BY 4.0", "GeoNames, https://www.geonames.org"),
    "wikidata": ("CC0", "Wikidata"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What an import made.

    Attributes
    ----------
    name, path
        Of the gazetteer.
    meta
        What the file says about itself.
    counts
        What became of the rows.
    twice
        Places left out because their id stands already.
    resumed
        Whether an interrupted import was gone on with.
    """

    name: str
    path: Path
    meta: Mapping[str, str]
    counts: Counts
    twice: int
    resumed: bool


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


def import_files(
    paths: Sequence[Path],
    atlas: Atlas | None,
    *,
    options: Options = _PLAIN,
    cache: Path | None = None,
    tell: Tell = _silent,
) -> Result:
    """Import files of places as a gazetteer of its own.

    What was imported under the same name is replaced once all is done, and stays as it was if anything goes wrong. An
    import of GeoNames that was interrupted goes on where it was when the same files are imported again.

    Parameters
    ----------
    paths
        Files of one format; see `geo.gazetteer.importing.formats.FORMATS`.
    atlas
        The atlas that the gazetteer is for; None for the user's own, used whenever no atlas is given.
    options
        What the files do not tell.
    cache
        Folder of the compiled files and of scratch files; None for the user's.
    tell
        Told how far it is.

    Returns
    -------
    Result

    Raises
    ------
    GazetteerError
        If the files are of no known format, of several, damaged, or hold no place; with ``strict``, at the first bad
        row.
    LockedError
        If another process is importing under the same name.
    """
    if not paths:
        raise GazetteerError("there is no file to import", do="Name one")
    if options.format and options.format not in FORMATS:
        raise GazetteerError(f"no format is called {options.format!r}", do=f"Known are {', '.join(FORMATS)}")
    given = find_given(paths, format=options.format, encoding=options.encoding)
    name = options.name or default_name(given)
    if not _NAME.fullmatch(name):
        do = "Use lower-case letters, digits, - and _, for example --name my-places"
        raise GazetteerError(f"{name!r} cannot be the name of a gazetteer", do=do)
    folder = imported_folder(atlas)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.sqlite"
    part = writable(cache) / f"import-{digest([str(target.resolve())])}.part"
    lock = part.with_suffix(".lock")
    try:
        with FileLock(lock, timeout=0):
            try:
                return _import(given, target, atlas, replace(options, name=name), part, cache, tell)
            finally:
                with suppress(OSError):  # Windows deletes nothing that is open
                    lock.unlink()
    except Timeout:
        do = "Wait for it, or take another --name"
        raise LockedError(f"another process is importing {name!r}", do=do, path=target) from None


def default_name(given: Given) -> str:
    """Name a gazetteer after its files: ``geonames-sy-tr``, ``geonames`` for all countries, else the first file."""
    stems = sorted({Path(source.name).stem.lower() for source in given.inputs})
    if given.format == "geonames":
        return "geonames" if stems == ["allcountries"] else "-".join(["geonames", *map(plain, stems)])
    return plain(Path(given.inputs[0].name).name.split(".")[0]) or given.format


def _import(
    given: Given, target: Path, atlas: Atlas | None, options: Options, part: Path, cache: Path | None, tell: Tell
) -> Result:
    world, _ = open_world(cache=cache)
    others, _ = open_imported(atlas, cache=cache, without=options.name)
    known = Gazetteer(world, None, theatre=Theatre(), version="", imported=others)
    keys = keys_digest()
    if given.format != "geonames":
        remove(part)  # the others are read in one go
    stage = Stage(part, key=_identity(given, options, keys))
    done = False
    new = target.with_name(f".{target.name}.new")
    try:
        _read(given, stage, known, options, tell)
        if not stage.db.execute("SELECT 1 FROM places").fetchone():
            _raise_empty(given, stage.counts)
        meta = _meta(given, stage, options) | {"keys": keys}
        new.unlink(missing_ok=True)
        twice, meta = compile_stage(new, stage, meta=meta, tell=tell)
        with new.open("rb+") as file:
            os.fsync(file.fileno())  # so that a power cut leaves the old file or the new one, not half of it
        new.replace(target)
        done = True
        return Result(options.name, target, meta, stage.counts, twice, stage.resumed)
    except GazetteerError:
        done = True
        raise
    except sqlite3.OperationalError as error:
        do = "Make room, or see that you may write there, and import again: it goes on where it was"
        raise GazetteerError(f"the import cannot be written: {error}", do=do, path=target) from error
    finally:
        stage.close(done=done)
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _read(given: Given, stage: Stage, known: Gazetteer, options: Options, tell: Tell) -> None:
    index = own_entries(known)
    if given.format == "geonames":
        tables = read_tables(index)
        import_geonames(given.inputs, given.alternates, stage, tables, strict=options.strict, tell=tell)
        return
    events = events_of(given.format)
    told = replace(options, source=options.source or (events["title"] if events else _SOURCES.get(given.format, "")))
    maker = Maker(options.name, told, index)
    links: dict[str, str] = {}
    first = 0
    for source in given.inputs:
        sink = Sink(source.path, stage.counts, options.strict)
        if events:
            entries = read_events(source, sink, maker, format=given.format, known=known, tell=tell)
            first = _add(entries, stage, first)
            continue
        read: Iterator[tuple[int, Entry]]
        if given.format == "csv":
            read = read_table(source, sink, maker, tell=tell)
        elif given.format == "geojson":
            read = read_geojson(source, sink, maker, tell=tell)
        elif given.format == "wikidata":
            read = read_wikidata(source, sink, maker, links=links, tell=tell)
        else:
            read = read_layers(source, sink, maker, tell=tell)
        while batch := list(islice(read, _BATCH)):
            completed, shadows = shadow([entry for _, entry in batch], known.lookup)
            lines = [line for line, _ in batch]
            placed = [located(entry, known) for entry in completed]
            first = _add(zip(lines, placed, strict=True), stage, first)
            stage.add_shadows(shadows)
    stage.add_shadows(links)


def _add(entries: Iterable[tuple[int, Entry]], stage: Stage, first: int) -> int:
    """Write entries, numbered from ``first``; gives the number after the last."""
    batch = [(first + i, entry) for i, (_, entry) in enumerate(entries)]
    if batch:
        stage.add(batch, state={})
    return first + len(batch)


def _identity(given: Given, options: Options, keys: str) -> str:
    """Hash what an import is made from, so that only an import of the same goes on with what another left."""
    files = []
    for source in (*given.inputs, *given.alternates):
        status = source.path.stat()
        files.append(f"{source.path.resolve()} {status.st_size} {status.st_mtime_ns}")
    return digest([given.format, *files, repr(options), keys, VERSION])


def _meta(given: Given, stage: Stage, options: Options) -> dict[str, str]:
    events = events_of(given.format) or {}
    licence, attribution = _LICENCES.get(given.format, (events.get("licence", ""), events.get("attribution", "")))
    counts = stage.counts
    shadows = stage.db.execute("SELECT id, stands FROM shadows ORDER BY 1, 2").fetchall()
    return {
        "key": digest([VERSION, stage.digest, repr(shadows), options.name]),
        "version": VERSION,
        "name": options.name,
        "format": given.format,
        "files": ", ".join(source.path.name for source in (*given.inputs, *given.alternates)),
        "licence": options.licence or licence,
        "attribution": options.source or attribution,
        "rows": str(counts.rows),
        "bad": str(counts.bad),
        "skipped": str(sum(counts.skipped.values())),
    }


def _raise_empty(given: Given, counts: Counts) -> None:
    why = [f"{counts.rows:,} rows were read"]
    why += [f"{counts.bad:,} are bad, the first: {counts.told[0]}"] if counts.bad else []
    why += [f"left out are {told_counts(counts.skipped)}"] if counts.skipped else []
    do = "See that it is the right file, and name the columns with --column where they are others"
    raise GazetteerError(f"no place could be read: {'; '.join(why)}", do=do, path=given.inputs[0].path)
