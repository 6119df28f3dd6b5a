"""Maps already drawn: kept in the user's cache folder by a hash of all that they are made from."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from geo.gazetteer.files import digest, writable
from geo.layers.manifest import library_versions

_SUM = hashlib.sha256().digest_size


def map_cache(atlas: Path) -> Path:
    """Give the folder of an atlas's drawn maps; it need not exist."""
    return writable(None) / f"maps-{digest([str(atlas.resolve())])}"


@cache
def code_and_versions() -> str:
    """Hash the package, its data and the versions of the libraries that shape a map."""
    parts = [part for name, content in sorted(_files(files("geo"))) for part in (name, content)]
    versions = [f"{name} {version}" for name, version in sorted(library_versions().items())]
    return digest([*parts, *versions])


def _files(folder: Traversable, path: str = "") -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry, name)
        elif entry.is_file():
            found.append((name, entry.read_bytes()))
    return found


def kept(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """Give what is kept under a key, or make and keep it.

    Parameters
    ----------
    folder
        Of the cache; where it cannot be written, nothing is kept.
    key
        Hash of all that the content is made from.
    make
        Makes the content. A file that is not as it was written is made anew.
    """
    path = folder / key
    with suppress(OSError):
        data = path.read_bytes()
        content = data[_SUM:]
        if hashlib.sha256(content).digest() == data[:_SUM]:
            return content
    content = make()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(name).replace(path)
    return content


def forget_others(folder: Path, keys: Collection[str]) -> None:
    """Remove what is kept under other keys, so that the cache holds one build of an atlas."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name not in keys:
                path.unlink()
