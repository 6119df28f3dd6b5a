"""Files and folders of an export that appear whole or not at all, however they are written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import SitmapError

_NEW = ".new."


@contextmanager
def staged(out: Path) -> Iterator[Callable[[str], Path]]:
    """Write files beside their targets, flush them, and let them take their places when all of them are there.

    Parameters
    ----------
    out
        The folder that the names are relative to; made where it is missing.

    Yields
    ------
    Callable
        Gives the path to write to, with the ending of the target, for a name relative to the folder.

    Raises
    ------
    SitmapError
        Where the system refuses to write; as with any other error on the way, what lay there stays.
    """
    new: dict[Path, Path] = {}

    def fresh(name: str) -> Path:
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        new[target] = target.with_name(f"{_NEW}{target.name}")
        _remove(new[target])
        return new[target]

    try:
        out.mkdir(parents=True, exist_ok=True)
        yield fresh
        for path in new.values():
            _flush(path)
        for target, path in new.items():
            path.replace(target)
        for folder in sorted({target.parent for target in new}):
            _flush(folder)
    except OSError as error:
        raise SitmapError(
            f"the export cannot be written ({error.strerror or error})",
            do="Nothing was changed; see that the folder can be written to and has room, then try again",
            path=error.filename or out,
        ) from error
    finally:
        for path in new.values():
            with suppress(OSError):
                _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    # A folder cannot be opened for flushing on Windows, where the renames are on the disk without it.
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
