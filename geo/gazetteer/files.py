"""The compiled files: where they lie, when they are made anew, and that two processes never spoil them."""

import gc
import hashlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from unicodedata import unidata_version

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from geo.data import resource
from geo.errors import LockedError

_CODE = (
    "airports",
    "build",
    "countries",
    "divisions",
    "entries",
    "features",
    "names",
    "phonetic",
    "romanise",
    "sounds",
    "subdivisions",
    "towns",
    "united_states",
    "world",
)
_ATLAS_CODE = ("crs_member", "fields", "kinds", "shadows", "sources")
_WAIT_S = 300
_KEPT = {"world": 3, "atlas": 20, "imported": 20, "outlines": 2}
_USED_S = 3600
_UNUSED_S = 30 * 24 * 3600
_OWN = (".sqlite", ".tmp", ".lock", ".part", ".part-journal", ".zip", ".tag")

Compile = Callable[[Path], None]


def digest(parts: Iterable[str | bytes]) -> str:
    """Hash parts to 16 hexadecimal digits; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()[:16]


def code_digest(*, atlas: bool) -> str:
    """Hash the code that shapes the world's file, or with ``atlas`` an atlas's file too."""
    folder = files("geo.gazetteer")
    modules = (*_CODE, *(_ATLAS_CODE if atlas else ()))
    return digest(folder.joinpath(f"{module}.py").read_bytes() for module in modules)


def tables_digest(names: Iterable[str]) -> str:
    """Hash packaged tables by their names and bytes."""
    return digest(part for name in names for part in (name, resource(name).read_bytes()))


def compiled(kind: str, key: str, compile_: Compile, *, cache: Path | None) -> Path:
    """Give the compiled file of that key, made now if there is none or it is damaged.

    Parameters
    ----------
    kind
        ``"world"``, ``"atlas"``, ``"imported"`` or ``"outlines"``.
    key
        Hash of all that the file is made from.
    compile_
        Writes the file to the path it is given.
    cache
        The folder; None for the user's cache folder, or a private temporary one where that cannot be written.

    Raises
    ------
    LockedError
        If another process has been compiling the same file for five minutes.
    """
    # What Unicode says of a character decides its key, so another Python may need another file.
    name = f"{kind}-{digest((key, unidata_version))}.sqlite"
    folder = writable(cache)
    path = folder / name
    with suppress(OSError):
        os.utime(path)  # before the look at it, so that no other process takes it for one that nobody uses
    if is_whole(path, key):
        forget_unused(folder)
        return path
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_WAIT_S):
            if not is_whole(path, key):
                _compile(path, compile_)
                _prune(folder, kind, keep=path)
                forget_unused(folder)
    except Timeout:
        raise LockedError(
            "another process is still compiling the gazetteer", do="Wait for it, or end it and try again", path=path
        ) from None
    return path


def _compile(path: Path, compile_: Compile) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{path.stem}-", suffix=".tmp", dir=path.parent)
    os.close(handle)
    half_made = Path(name)
    try:
        half_made.unlink()
        with _no_collection():
            compile_(half_made)
        half_made.replace(path)
    finally:
        half_made.unlink(missing_ok=True)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of strings that live to the end make the cycle collector scan in vain: a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def is_whole(path: Path, key: str) -> bool:
    """Whether a compiled file is there, is of that key, and is as long as it says."""
    if not path.is_file():
        return False
    try:
        with closing(open_read_only(path)) as db:
            (found,) = db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone() or ("",)
            (size,) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    except sqlite3.Error:
        return False
    return bool(found == key and size == path.stat().st_size)


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a compiled file, which nobody changes once it is there."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def replace_text(path: Path, text: str) -> None:
    """Write a file of text so that it is whole at any time, in UTF-8 and with the line ends of the text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    half = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        half.chmod(path.stat().st_mode if path.is_file() else 0o644)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def writable(cache: Path | None) -> Path:
    """Give the folder for compiled files, made if it is not there yet."""
    own = cache or user_cache_path("sitmap", appauthor=False)
    with suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=own):
            return own
    return _private_folder()


def _private_folder() -> Path:
    """Give a temporary folder that other users cannot write to, the same on each call if possible."""
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"sitmap-{user}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        own = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and status.st_mode & 0o077 == 0)
        if own and folder.is_dir() and not folder.is_symlink():
            return folder
    return Path(tempfile.mkdtemp(prefix="sitmap-"))


def forget_unused(folder: Path) -> None:
    """Delete the compiled files of any version that nobody has opened for 30 days, and what their making left.

    Opening a file renews its time, so another process would have to hold one open for that long, or open it in the
    moment between the last look at its time and its end. A lock is deleted only while it is held.
    """
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.suffix in _OWN and _is_unused(path):
                with suppress(OSError, Timeout), FileLock(path.with_suffix(".lock"), timeout=0):
                    if path.suffix == ".lock" or _is_unused(path):
                        path.unlink()
                    path.with_suffix(".lock").unlink(missing_ok=True)


def _is_unused(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - _UNUSED_S


def _prune(folder: Path, kind: str, *, keep: Path) -> None:
    """Delete all but the files that were used last, and none that was used within the hour: it may be about to be."""
    with suppress(OSError):
        others = sorted((p for p in folder.glob(f"{kind}-*.sqlite") if p != keep), key=lambda p: p.stat().st_mtime)
        for old in others[: max(0, len(others) + 1 - _KEPT[kind])]:
            if old.stat().st_mtime < time.time() - _USED_S:
                with suppress(OSError):
                    old.unlink()
                    old.with_suffix(".lock").unlink(missing_ok=True)
