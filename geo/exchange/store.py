"""The imported events of an atlas: ``seeds/events/NAME.jsonl``, one file a data set.

The first line says what the data set is (name, format, title, licence, attribution, files, counts); every other line is
an event (see `geo.exchange.line`), by day. The same input gives the same bytes.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from geo.errors import InputError, SeedError
from geo.exchange.line import Line
from geo.settings import Atlas

SUFFIX = ".jsonl"
HEAD = "dataset"
"""The member of the first line that holds the name of the data set."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TABLE = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;
CREATE TABLE lines (id TEXT PRIMARY KEY, start TEXT, stop TEXT, article TEXT, told INTEGER, line BLOB);
"""
_ORDER = "SELECT line FROM lines ORDER BY start IS NULL, start, stop, article, id"


@dataclass(frozen=True, slots=True)
class Dataset:
    """An imported data set.

    Attributes
    ----------
    name, path
        Its name and file.
    head
        What the file says about itself.
    """

    name: str
    path: Path
    head: Mapping[str, Any]


def events_folder(atlas: Atlas) -> Path:
    """Give the folder of an atlas's imported events; it need not exist."""
    return atlas.seeds / "events"


def has_imports(atlas: Atlas) -> bool:
    """Tell whether an atlas has imported events."""
    return any(events_folder(atlas).glob(f"*{SUFFIX}"))


def check_name(name: str) -> None:
    """See that a data set can be called so.

    Raises
    ------
    InputError
        If not.
    """
    if not _NAME.fullmatch(name):
        do = "Use lower-case letters, digits, - and _, for example --name ucdp-2016"
        raise InputError(f"{name!r} cannot be the name of a data set", do=do)


def list_datasets(atlas: Atlas) -> tuple[Dataset, ...]:
    """Give the imported data sets of an atlas, by name.

    Raises
    ------
    SeedError
        If a file does not begin with what it is.
    """
    folder = events_folder(atlas)
    return tuple(_open(path) for path in sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else ()


def _open(path: Path) -> Dataset:
    with path.open("rb") as file:
        head = _json(file.readline(), path, 1)
    if not isinstance(head.get(HEAD), str):
        do = "Import the data again; the first line says what the data set is"
        raise SeedError("this is no file of imported events", do=do, path=path, line=1)
    return Dataset(path.stem, path, head)


def remove_dataset(name: str, atlas: Atlas) -> Path:
    """Delete an imported data set and give the file that was.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    folder = events_folder(atlas)
    there = {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))} if folder.is_dir() else {}
    if name not in there:
        known = ", ".join(there) or "nothing yet"
        raise InputError(f"no imported data set is called {name!r}", do=f"There is {known}", path=folder)
    there[name].unlink()
    return there[name]


def read_lines(dataset: Dataset) -> Iterator[tuple[int, Line]]:
    """Give the events of a data set with their lines in the file.

    Raises
    ------
    SeedError
        If a line is no JSON object.
    """
    with dataset.path.open("rb") as file:
        next(file)
        for number, raw in enumerate(file, 2):
            if raw.strip():
                yield number, _json(raw, dataset.path, number)


def _json(raw: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise SeedError(f"the line is no JSON: {error}", do="Import the data again", path=path, line=number) from error
    if not isinstance(value, dict):
        raise SeedError("the line is no JSON object", do="Import the data again", path=path, line=number)
    return value


class Stage:
    """Sorts the lines of an import on disk, so that their number is no matter.

    Parameters
    ----------
    path
        A scratch file, removed by `close`.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, 0
        self.origins: set[str] = set()  # what stands before the colon in the articles, as in "ucdp:214797"
        path.unlink(missing_ok=True)
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(_TABLE)

    def add(self, line: Line, told: int) -> int:
        """Keep a line.

        Parameters
        ----------
        line
            The event.
        told
            Line of the file it is read from.

        Returns
        -------
        int
            0 if it is new, -1 if it stood already just so, else the line of the file where another has its id.
        """
        raw = orjson.dumps(line)
        values = (line["id"], line.get("start"), line.get("end"), line["article"], told, raw)
        if self.db.execute("INSERT OR IGNORE INTO lines VALUES (?, ?, ?, ?, ?, ?)", values).rowcount:
            self.size += 1
            self.origins.add(line["article"].partition(":")[0])
            return 0
        other, first = self.db.execute("SELECT line, told FROM lines WHERE id = ?", (line["id"],)).fetchone()
        return -1 if other == raw else int(first)

    def lines(self) -> Iterator[bytes]:
        """Give the lines by first and last day, article and id; undated ones last."""
        for (raw,) in self.db.execute(_ORDER):
            yield raw

    def close(self) -> None:
        """Remove the scratch file."""
        self.db.close()
        self.path.unlink(missing_ok=True)


def write_dataset(path: Path, head: Mapping[str, Any], lines: Iterable[bytes]) -> None:
    """Write a file of events; what stood there stays whole until the new one is."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(orjson.dumps(head) + b"\n")
            for raw in lines:
                file.write(raw + b"\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
