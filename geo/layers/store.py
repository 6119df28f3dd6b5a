"""Layers on disk: one GeoJSON file each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson

from geo.errors import InputError, LayerError
from geo.layers.files import locked, write_files
from geo.layers.frames import make_frame
from geo.layers.geojson import from_geojson, to_geojson
from geo.layers.schema import describe_schema, read_schema
from geo.layers.validate import validate_layers
from geo.model import Article


def layer_files(layers: Mapping[str, gpd.GeoDataFrame], unplaced: Sequence[Mapping[str, Any]] = ()) -> dict[str, bytes]:
    """Give the files of a ``layers/`` folder, all but the manifest.

    Parameters
    ----------
    layers
        By name; those that the schema calls not built get no file.
    unplaced
        The events that are nowhere on the map.

    Returns
    -------
    dict of str to bytes
        Content by file name.
    """
    files = {f"{name}.geojson": to_geojson(layers[name]) for name, s in read_schema().items() if s.built}
    table = b",\n".join(orjson.dumps(event) for event in unplaced)
    return {**files, "unplaced.json": b"[\n" + table + b"\n]\n", "README.md": describe_schema().encode()}


def write_layers(layers: Mapping[str, gpd.GeoDataFrame], folder: Path, *, articles: Sequence[Article]) -> None:
    """Validate layers and write them.

    Parameters
    ----------
    layers
        By name, as `build_layers` gives them.
    folder
        Where the files go; what lies there stays whole if anything fails.
    articles
        That the quotes are taken from.

    Raises
    ------
    LayerError
        Where the layers break the schema.
    LockedError
        Where another process is writing there.
    """
    validate_layers(layers, articles)
    files = layer_files(layers)
    with locked(folder):
        write_files(folder, files)


def read_layers(folder: Path | str) -> dict[str, gpd.GeoDataFrame]:
    """Read the built layers of a folder.

    Parameters
    ----------
    folder
        A ``layers`` folder, or an atlas that holds one.

    Returns
    -------
    dict of str to GeoDataFrame
        Every layer of the schema by name, WGS 84, longitude first; an empty table where there is no file. ``start``,
        ``end`` and ``known`` are ISO days (inclusive) or None, lists and objects are Python's.

    Raises
    ------
    InputError
        Where the folder holds no layer.
    LayerError
        Where a file is not GeoJSON.
    """
    folder = Path(folder)
    inner = folder / "layers"
    where = inner if inner.is_dir() else folder
    paths = {name: where / f"{name}.geojson" for name in read_schema()}
    if not any(path.is_file() for path in paths.values()):
        raise InputError("there are no layers here", do="Build them first: sitmap build", path=where)
    return {
        name: from_geojson(paths[name].read_bytes(), schema) if paths[name].is_file() else make_frame(schema, [])
        for name, schema in read_schema().items()
    }


def read_unplaced(folder: Path | str) -> list[dict[str, Any]]:
    """Read the events that are nowhere on the map, as `unplaced_events` gives them; none without the file.

    Raises
    ------
    LayerError
        Where the file is no JSON list of objects.
    """
    path = Path(folder) / "unplaced.json"
    if not path.is_file():
        return []
    try:
        table = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        table = None
    if not isinstance(table, list) or not all(isinstance(event, dict) for event in table):
        raise LayerError("this is not a list of events", do="Build it again: sitmap build", path=path)
    return table
