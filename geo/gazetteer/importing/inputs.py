"""The files that an import reads: plain, gzip or zip, line by line, with how far the reading has come."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from geo.errors import GazetteerError

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Input:
    """A file to import.

    Attributes
    ----------
    path
        The file.
    member
        The file inside a zip archive; empty for others.
    size
        Bytes to read, unpacked; for gzip, which does not tell, those of the packed file.
    """

    path: Path
    member: str
    size: int

    @property
    def name(self) -> str:
        """The name of the text inside, by which formats are told."""
        return self.member or self.path.name.removesuffix(".gz")


def find_input(path: Path, *, choose: Callable[[str], bool] = lambda _name: True) -> Input:
    """Find what there is to read in a file.

    Parameters
    ----------
    path
        A text file, a gzip file (``.gz``) or a zip archive (``.zip``, ``.kmz``).
    choose
        Whether a file of an archive is meant, by its name; that must hold for one.

    Raises
    ------
    GazetteerError
        If there is no such file, it is empty or damaged, or the archive does not hold one file that is meant.
    """
    if not path.is_file():
        raise GazetteerError("there is no such file", do="See that the name is right", path=path)
    size = path.stat().st_size
    if not size:
        raise GazetteerError("the file is empty", do="Get it again", path=path)
    if path.suffix.lower() not in (".zip", ".kmz"):
        return Input(path, "", size)
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.is_dir() and choose(info.filename)]
    except zipfile.BadZipFile as error:
        raise GazetteerError(f"this is not a whole zip archive: {error}", do="Get it again", path=path) from error
    if len(found) != 1:
        names = ", ".join(info.filename for info in found) or "none"
        what = f"the archive holds {len(found)} files that could be meant ({names})"
        raise GazetteerError(what, do="Unpack it and name the file", path=path)
    if found[0].flag_bits & 1:
        raise GazetteerError("the archive is encrypted", do="Unpack it and name the file", path=path)
    return Input(path, found[0].filename, found[0].file_size)


@contextmanager
def open_input(source: Input, *, offset: int = 0) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    """Open a file, unpacked.

    Parameters
    ----------
    source
        What `find_input` gave.
    offset
        Where to begin, in unpacked bytes.

    Yields
    ------
    tuple
        The file, and a function that tells how many of ``source.size`` bytes are read.

    Raises
    ------
    GazetteerError
        If it turns out to be damaged.
    """
    try:
        with source.path.open("rb") as raw:
            if source.member:
                with zipfile.ZipFile(raw) as archive, archive.open(source.member) as packed:
                    # Lines of a zip's own file come slowly; its buffer is not typed for it.
                    file = cast("IO[bytes]", io.BufferedReader(cast("io.RawIOBase", packed), 1 << 18))
                    yield _at(file, offset), file.tell
            elif source.path.suffix.lower() == ".gz":
                with gzip.open(raw) as unpacked:
                    yield _at(cast("IO[bytes]", unpacked), offset), raw.tell
            else:
                yield _at(raw, offset), raw.tell
    except _DAMAGED as error:
        what = f"the file is damaged: {error}"
        raise GazetteerError(what, do="Get it again", path=source.path) from error


def _at(file: IO[bytes], offset: int) -> IO[bytes]:
    if offset:
        file.seek(offset)
    return file
