"""Open the gazetteer, compiling first what is not compiled yet."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from geo.gazetteer.build import compile_entries
from geo.gazetteer.files import code_digest, compiled, digest, tables_digest
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.importing.library import open_imported
from geo.gazetteer.problems import raise_errors
from geo.gazetteer.store import Store
from geo.gazetteer.world import TABLES, world_entries, world_versions
from geo.settings import Atlas, Theatre


def open_gazetteer(
    atlas: Atlas | None,
    *,
    countries: Sequence[str] = (),
    cache: Path | None = None,
    notify: Callable[[str], None] | None = None,
) -> Gazetteer:
    """Open the gazetteer of the world, of what was imported, and of an atlas.

    The world and the atlas are compiled to one read-only file each, so that a changed seed does not make the world
    again. Both are keyed by a hash of their sources and of the code; an existing file is opened in milliseconds.

    Parameters
    ----------
    atlas
        The atlas with what was imported into it, or None for the world and what the user imported without an atlas.
    countries
        ISO 3166-1 alpha-2 codes of the countries that names are likely to mean, the main one first; they take the place
        of those of the atlas's theatre.
    cache
        Folder of the compiled files; by default that of the user, or a temporary one where it cannot be written.
    notify
        Called with a sentence before work that takes seconds.

    Raises
    ------
    GazetteerError
        If the gazetteer of the atlas is not right; the message tells all that is wrong. If an imported one is damaged.
    LockedError
        If another process does not finish compiling.
    """
    world, key = open_world(cache=cache, notify=notify)
    imported, hashes = open_imported(atlas, cache=cache, notify=notify)
    key = digest((key, *hashes)) if hashes else key
    theatre = Theatre() if atlas is None else atlas.theatre
    theatre = replace(theatre, countries=tuple(countries)) if countries else theatre
    if atlas is None:
        return Gazetteer(world, None, theatre=theatre, version=key, imported=imported)
    own = atlas_key(atlas, key)
    alone = Gazetteer(world, None, theatre=Theatre(), version="", imported=imported)
    found = Store(compiled("atlas", own, lambda path: _compile_atlas(path, atlas, alone, own), cache=cache))
    return Gazetteer(world, found, theatre=theatre, version=own, imported=imported)


def open_world(*, cache: Path | None = None, notify: Callable[[str], None] | None = None) -> tuple[Store, str]:
    """Open the world's file alone, compiling it first if need be; its key comes with it."""
    key = world_key()

    def compile_world(path: Path) -> None:
        if notify:
            notify("Compiling the gazetteer of the world, once (about half a minute)")
        compile_entries(path, world_entries(), meta={"key": key})

    return Store(compiled("world", key, compile_world, cache=cache)), key


def world_key() -> str:
    """Hash what the world's file is made from: packages, tables and code."""
    versions = (f"{package} {version}" for package, version in sorted(world_versions().items()))
    return digest((*versions, tables_digest(TABLES), code_digest(atlas=False)))


def atlas_key(atlas: Atlas, key: str) -> str:
    """Hash what the atlas's file is made from.

    That is the key of the world and of what was imported, the files of the atlas, its theatre and the code.
    """
    from geo.gazetteer.sources import source_paths

    files = (part for path in source_paths(atlas) for part in (path.name, path.read_bytes()))
    return digest((key, tables_digest(["place_kinds.toml"]), code_digest(atlas=True), repr(atlas.theatre), *files))


def _compile_atlas(path: Path, atlas: Atlas, alone: Gazetteer, key: str) -> None:
    from geo.gazetteer.shadows import shadow
    from geo.gazetteer.sources import read_sources

    sources = read_sources(atlas)
    raise_errors(sources.problems)
    entries, shadows = shadow(sources.entries, alone.lookup)
    compile_entries(path, entries, meta={"key": key}, shadows=shadows, routes=sources.routes)
