"""Files that appear whole or not at all: a failed, killed or concurrent write leaves what lay there before."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from geo.errors import LockedError, SitmapError

LOCK = ".lock"
_NEW = ".{}.new"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the one right to write in a folder.

    Parameters
    ----------
    folder
        Made where it is missing; the lock is its file ``.lock``, which stays behind empty.

    Raises
    ------
    LockedError
        At once, where another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise LockedError(
            "another process is writing here", do="Wait until it is done, then try again", path=folder
        ) from error


def write_files(root: Path, files: Mapping[str, bytes], *, stale: tuple[str, ...] = ()) -> None:
    """Write files so that each of them is whole at any time.

    All of them are written beside their targets and flushed to the disk first; only when that worked for every one do
    they take their places, in the order given, so a manifest goes last.

    Parameters
    ----------
    root
        The folder that the names are relative to.
    files
        Content by POSIX path.
    stale
        POSIX paths of files of an earlier write to be removed in the end.

    Raises
    ------
    SitmapError
        Where a file cannot be written; then nothing has changed.
    """
    new = {root / name: (root / name).with_name(_NEW.format(Path(name).name)) for name in files}
    try:
        for (target, fresh), content in zip(new.items(), files.values(), strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(fresh, content)
        for target, fresh in new.items():
            fresh.replace(target)
    except OSError as error:
        raise SitmapError(
            f"the files cannot be written ({error.strerror or error})",
            do="Nothing was changed; see that the folder can be written to and has room, then try again",
            path=error.filename or root,
        ) from error
    finally:
        for fresh in new.values():
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
    for name in stale:
        (root / name).unlink(missing_ok=True)
    for folder in sorted({target.parent for target in new}):
        _flush(folder)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    # A folder cannot be opened for flushing on Windows, where the renames are on the disk without it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
