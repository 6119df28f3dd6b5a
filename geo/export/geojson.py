"""Layers as GeoJSON files for others (RFC 7946), a feature a line, written in pieces, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from geo.errors import LayerError
from geo.export.baseline import MOST, packed
from geo.export.flat import Flat, flatten
from geo.export.staging import staged
from geo.layers.shapes import DECIMALS, tidy

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

BUFFER = 1 << 20

ABOUT = "sitmap"
"""The member of a FeatureCollection that tells of the export: a foreign member (RFC 7946, 6.1), which QGIS keeps."""

HELD = "held"
"""What it holds beside `geo.export.geopackage.About`: the features as exported (`geo.export.baseline.packed`)."""

_HEAD, _FEATURES = b'{"type":"FeatureCollection",', b'"features":[\n'
_BETWEEN, _TAIL = b",\n", b"\n]}\n"
_EMPTY = _FEATURES + _TAIL


def export_geojson(layers: Mapping[str, gpd.GeoDataFrame], out: Path) -> tuple[Path, ...]:
    """Write layers as RFC 7946 GeoJSON, one file each.

    Parameters
    ----------
    layers
        By name, WGS 84, longitude first; a layer without features gets no file.
    out
        The folder; files of the same name are replaced, all of them or none.

    Returns
    -------
    tuple of Path
        The files. Beside the properties of ``layers/`` they have those of `geo.export.flat`, and the id also where
        RFC 7946 (section 3.2) wants it.

    Raises
    ------
    LayerError
        Where a number is NaN or infinite, which JSON does not have, or a file does not hold what was written.
    SitmapError
        Where a file cannot be written; then nothing has changed.
    """
    flats = {f"{name}.geojson": flat for name, flat in flatten(layers).items() if len(flat)}
    with staged(out) as fresh:
        for name, flat in flats.items():
            write_geojson(flat, fresh(name))
    return tuple(out / name for name in flats)


def write_geojson(flat: Flat, path: Path, *, about: Mapping[str, object] | None = None) -> None:
    """Write a flat table as a FeatureCollection, lists and objects as such.

    Parameters
    ----------
    flat
        The table.
    path
        The file; it is overwritten as it is, see `geo.export.staging`.
    about
        What the export says about itself. It is written with what the features are, packed, so that
        ``sitmap import-edits`` can tell what an editor changed or deleted; of very many features it is left out.

    Raises
    ------
    LayerError
        Where a number is NaN or infinite, or the file does not hold as many features as the table.
    """
    with path.open("wb", buffering=BUFFER) as file:
        lines: Iterable[bytes] = (line for piece in flat.pieces() for line in _lines(piece))
        told = b""
        if about and len(flat) <= MOST:
            lines = list(lines)
            held = {**about, HELD: packed(b"[" + b",".join(lines) + b"]")}
            told = b'"%s":%s,\n' % (ABOUT.encode(), orjson.dumps(held, option=orjson.OPT_SORT_KEYS))
        file.write(_HEAD + told + _FEATURES)
        between = b""
        for line in lines:
            file.write(between)
            file.write(line)
            between = _BETWEEN
        extra = told.count(b"\n")
        file.write(_TAIL)
    with path.open("rb") as file:
        found = count_features(file) - extra
    if found != len(flat):
        raise LayerError(
            f"the file holds {found:,} of {len(flat):,} features", do="Try again; the disk may be failing", path=path
        )


def _lines(piece: Flat) -> Iterator[bytes]:
    columns = {field.name: piece.column(field, nested=True) for field in piece.fields}
    _check_finite(piece, columns)
    names, dumps = tuple(columns), orjson.dumps
    for values, geometry in zip(zip(*columns.values(), strict=True), _geometries(piece.geometry), strict=True):
        properties = dict(zip(names, values, strict=True))
        yield dumps({"type": "Feature", "id": properties["id"], "properties": properties, "geometry": geometry})


def _geometries(shapes: NDArray[Any]) -> Iterator[Any]:
    """Give each shape as GeoJSON; points, which come by the million, without a call for each."""
    if not (len(shapes) and (shapely.get_type_id(shapes) == 0).all() and not shapely.is_empty(shapes).any()):
        for shape in shapes:
            yield None if shape is None or shape.is_empty else shapely.geometry.mapping(tidy(shape))
        return
    xy = np.round(shapely.get_coordinates(shapes), DECIMALS) + 0.0
    if not np.isfinite(xy).all():
        raise LayerError("a coordinate is NaN or infinite, which JSON does not have", do="Build the layers again")
    for pair in xy.tolist():
        yield {"type": "Point", "coordinates": pair}


def _check_finite(flat: Flat, columns: Mapping[str, list[Any]]) -> None:
    from geo.layers.geojson import is_finite

    for field in flat.fields:
        if field.type == "number":
            numbers = np.array([0.0 if value is None else value for value in columns[field.name]], dtype=float)
            bad = np.flatnonzero(~np.isfinite(numbers))
        elif field.type == "json":
            bad = np.flatnonzero([bool(value) and not is_finite(value) for value in columns[field.name]])
        else:
            continue
        if len(bad):
            raise LayerError(
                f"feature {columns['id'][bad[0]]!r} holds NaN or infinity in {field.name}, which JSON cannot",
                do="Use null for what is not known",
            )


def count_features(file: IO[bytes]) -> int:
    """Count the features of a file that `write_geojson` wrote, a piece at a time; 0 where it is cut off.

    Each feature fills a line between the first and the last one.
    """
    lines, last = 0, b""
    read: Callable[[], bytes] = lambda: file.read(1 << 20)  # noqa: E731
    while piece := read():
        lines += piece.count(b"\n")
        last = (last + piece)[-len(_EMPTY) :]
    # The empty collection has a line for its head, an empty one and the tail.
    return lines - 2 if last.endswith(_TAIL) and not last.endswith(_EMPTY) else 0
