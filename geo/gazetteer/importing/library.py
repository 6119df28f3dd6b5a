"""The imported gazetteers: where they lie, which there are, and how they are opened.

Those of an atlas lie in its ``seeds/gazetteer/imported/`` and belong to it; without an atlas those in the user's data
folder are used.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from unicodedata import unidata_version

from platformdirs import user_data_path

from geo.errors import GazetteerError
from geo.gazetteer.files import compiled, digest, open_read_only
from geo.gazetteer.importing.compile import compile_stage, entries_of
from geo.gazetteer.importing.stage import Stage
from geo.gazetteer.store import Store
from geo.settings import Atlas

DATA = "SITMAP_DATA"
"""Environment variable that names the folder for what a user imports without an atlas."""

VERSION = "1"
"""Of the tables of an imported file; one of another version has to be imported again."""

_KEYS = ("build", "entries", "names", "phonetic", "sounds")
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported gazetteer.

    Attributes
    ----------
    name
        Its name.
    path
        Its file.
    meta
        What the file says about itself: format, files, licence, attribution, rows, places, names …
    """

    name: str
    path: Path
    meta: Mapping[str, str]


def imported_folder(atlas: Atlas | None) -> Path:
    """Give the folder of an atlas's imported gazetteers, or of the user's; it need not exist."""
    if atlas is not None:
        return atlas.seeds / "gazetteer" / "imported"
    own = os.environ.get(DATA)
    return (Path(own) if own else user_data_path("sitmap", appauthor=False)) / "gazetteer"


def list_imported(atlas: Atlas | None, *, without: str = "") -> tuple[Imported, ...]:
    """Give the imported gazetteers of an atlas, or of the user, by name, but for one.

    Raises
    ------
    GazetteerError
        If one of the files is none, or of another version.
    """
    folder = imported_folder(atlas)
    found = sorted(folder.glob("*.sqlite")) if folder.is_dir() else []
    return tuple(Imported(path.stem, path, _meta(path)) for path in found if path.stem != without)


def remove_imported(name: str, atlas: Atlas | None) -> Path:
    """Delete an imported gazetteer.

    Returns
    -------
    Path
        The file that was deleted.

    Raises
    ------
    GazetteerError
        If there is none of that name.
    """
    folder = imported_folder(atlas)
    there = {path.stem: path for path in folder.glob("*.sqlite")} if folder.is_dir() else {}
    if name not in there:
        known = ", ".join(sorted(there)) or "nothing yet"
        raise GazetteerError(f"no imported gazetteer is called {name!r}", do=f"There is {known}", path=folder)
    there[name].unlink()
    return there[name]


def open_imported(
    atlas: Atlas | None, *, cache: Path | None, notify: Callable[[str], None] | None = None, without: str = ""
) -> tuple[tuple[Store, ...], tuple[str, ...]]:
    """Open the imported gazetteers of an atlas, or of the user.

    A file whose keys another version of sitmap or Unicode made is compiled anew from its own entries, into the cache.

    Parameters
    ----------
    atlas
        The atlas, or None.
    cache
        Folder of the compiled files; None for the user's.
    notify
        Called with a sentence before work that takes seconds.
    without
        Name of one to leave out.

    Returns
    -------
    tuple
        The compiled files, and the hashes of what they hold.
    """
    stores, hashes = [], []
    for imported in list_imported(atlas, without=without):
        stores.append(Store(_current(imported, cache, notify)))
        hashes.append(imported.meta["key"])
    return tuple(stores), tuple(hashes)


def keys_digest() -> str:
    """Hash what decides under which keys a name is found: the code that makes them, and Python's version of Unicode."""
    folder = files("geo.gazetteer")
    return digest((*(folder.joinpath(f"{module}.py").read_bytes() for module in _KEYS), unidata_version))


def _meta(path: Path) -> dict[str, str]:
    try:
        with closing(open_read_only(path)) as db:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            (size,) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    except sqlite3.Error as error:
        do = "Import it again, or remove it with 'sitmap gazetteer remove'"
        raise GazetteerError(f"this is no imported gazetteer: {error}", do=do, path=path) from error
    if meta.get("version") != VERSION:
        raise GazetteerError("another version of sitmap imported this", do="Import it again", path=path)
    if size != path.stat().st_size:
        raise GazetteerError("the file is cut short", do="Import it again", path=path)
    return meta


def _current(imported: Imported, cache: Path | None, notify: Callable[[str], None] | None) -> Path:
    keys = keys_digest()
    if imported.meta["keys"] == keys:
        return imported.path
    key = digest((imported.meta["key"], keys))

    def compile_(path: Path) -> None:
        if notify:
            notify(f"Compiling the imported gazetteer {imported.name} for this version of sitmap, once")
        _compile_anew(imported, path, key, keys)

    return compiled("imported", key, compile_, cache=cache)


def _compile_anew(imported: Imported, path: Path, key: str, keys: str) -> None:
    scratch = path.with_suffix(".part")
    stage = Stage(scratch, key=key)
    try:
        with closing(open_read_only(imported.path)) as db:
            entries = entries_of(db)
            while batch := list(islice(entries, _BATCH)):
                stage.add(batch, state={})
            stage.add_shadows(dict(db.execute("SELECT shadows.id, places.id FROM shadows JOIN places USING (n)")))
        compile_stage(path, stage, meta={**imported.meta, "key": key, "keys": keys}, tell=lambda *_: None)
    finally:
        stage.close(done=True)
