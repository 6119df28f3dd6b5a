"""Layers as GeoJSON files for others: the same writer as ``layers/``, with fewer layers or as of a day."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd

from geo.layers.files import write_files
from geo.layers.geojson import to_geojson


def export_geojson(layers: Mapping[str, gpd.GeoDataFrame], out: Path) -> tuple[Path, ...]:
    """Write layers as RFC 7946 GeoJSON, one file each.

    Parameters
    ----------
    layers
        By name, WGS 84, longitude first; a layer without features gets no file.
    out
        The folder; files of the same name are replaced, each of them whole.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    SitmapError
        Where a file cannot be written; then nothing has changed.
    """
    files = {f"{name}.geojson": to_geojson(frame) for name, frame in layers.items() if len(frame)}
    write_files(out, files)
    return tuple(out / name for name in files)
