"""Layers as files that GDAL, pandas and table programs read: FlatGeobuf, GeoParquet, Shapefile, CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely

from geo.errors import LayerError
from geo.exchange.escape import harmless
from geo.export.arrow import GEOMETRY, arrow_stream
from geo.export.flat import Flat
from geo.export.ogr import write_layer
from geo.export.zipping import zipped
from geo.layers.shapes import DECIMALS

SHORT = 10
"""Longest name of a column of a Shapefile, in bytes (dBASE III)."""

WIDTH = 254
"""Longest text of a Shapefile, in bytes."""


def write_flatgeobuf(flat: Flat, path: Path) -> None:
    """Write a flat table as FlatGeobuf with its spatial index."""
    options = {"TITLE": flat.schema.title, "DESCRIPTION": flat.schema.description}
    write_layer(
        arrow_stream(flat),
        path,
        features=len(flat),
        driver="FlatGeobuf",
        layer=flat.schema.name,
        geometry_type=flat.schema.geometry,
        options=options,
    )


def write_geoparquet(flat: Flat, path: Path) -> None:
    """Write a flat table as GeoParquet 1.1, with the box of each feature as its covering (geoparquet.org, 1.1.0).

    Raises
    ------
    LayerError
        Where the file does not hold as many features as the table.
    """
    import orjson
    import pyarrow.parquet as pq

    about = {
        "version": "1.1.0",
        "primary_column": GEOMETRY,
        "columns": {
            GEOMETRY: {
                "encoding": "WKB",
                "geometry_types": [flat.schema.geometry] if len(flat) else [],
                "crs": _projjson(),
                "orientation": "counterclockwise",
                "edges": "planar",
                **({"bbox": shapely.total_bounds(flat.geometry).tolist()} if len(flat) else {}),
                "covering": {"bbox": {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}},
            }
        },
    }
    stream = arrow_stream(flat, boxes=True)
    schema = stream.schema.with_metadata({"geo": orjson.dumps(about)})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in stream:
            writer.write_batch(batch)
    found = pq.ParquetFile(path).metadata.num_rows
    if found != len(flat):
        raise LayerError(f"the file holds {found:,} of {len(flat):,} features", do="Try again", path=path)


def _projjson() -> dict[str, Any]:
    from pyproj import CRS

    told: dict[str, Any] = CRS("OGC:CRS84").to_json_dict()
    return told


def shapefile_zip(flats: Mapping[str, Flat]) -> bytes:
    """Write layers as Shapefiles in one zip file, with ``fields.csv`` for the names that were cut.

    Texts longer than 254 bytes are cut, as the format wants; ``csv/`` holds them whole.
    """
    files: dict[str, bytes] = {}
    listed = [("layer", "column", "short name", "meaning")]
    with TemporaryDirectory(prefix="sitmap-shp-") as folder:
        for name, flat in flats.items():
            if not len(flat):
                continue
            short = short_names([f.name for f in flat.fields])
            listed += [(name, f.name, short[f.name], f.description) for f in flat.fields]
            table = arrow_stream(flat, names=short, longest=WIDTH)
            path = Path(folder) / f"{name}.shp"
            write_layer(
                table,
                path,
                features=len(flat),
                driver="ESRI Shapefile",
                layer=name,
                geometry_type=flat.schema.geometry.removeprefix("Multi"),
                options={"ENCODING": "UTF-8"},
            )
            made = sorted(Path(folder).glob(f"{name}.*"))
            files |= {part.name: _undated(part) for part in made}
            files[f"csv/{name}.csv"] = csv_bytes(flat)
    rows = io.StringIO(newline="")
    csv.writer(rows).writerows(listed)
    return zipped({**files, "fields.csv": rows.getvalue().encode("utf-8-sig")})


def _undated(part: Path) -> bytes:
    content = part.read_bytes()
    # Bytes 1 to 3 of a dBASE file are the day of its last change; a fixed one gives the same bytes each time.
    return content[:1] + bytes((70, 1, 1)) + content[4:] if part.suffix == ".dbf" else content


def short_names(names: list[str]) -> dict[str, str]:
    """Give each name one of ten characters, all different."""
    found: dict[str, str] = {}
    for name in names:
        short, number = name[:SHORT], 1
        while short in found.values():
            number += 1
            short = f"{name[: SHORT - len(str(number))]}{number}"
        found[name] = short
    return found


def csv_bytes(flat: Flat) -> bytes:
    """Write a flat table as CSV with a BOM, so that table programs read it as UTF-8 (RFC 4180).

    Returns
    -------
    bytes
        The columns, then ``lon`` and ``lat`` of a point, or ``wkt`` (longitude first). No table program takes a
        cell for a formula (`geo.exchange.escape`).

    Raises
    ------
    LayerError
        Where the text does not read back to as many rows.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    points = flat.schema.geometry == "Point"
    writer.writerow([*(f.name for f in flat.fields), *(("lon", "lat") if points else ("wkt",))])
    writer.writerows(_rows(flat, points=points))
    found = sum(1 for _ in csv.reader(io.StringIO(out.getvalue()))) - 1
    if found != len(flat):
        raise LayerError(
            f"the table reads back to {found:,} of {len(flat):,} rows", do="Report this as a fault of sitmap"
        )
    return out.getvalue().encode("utf-8-sig")


def _rows(flat: Flat, *, points: bool) -> Iterator[list[Any]]:
    columns = [flat.columns[f.name] for f in flat.fields]
    for values, shape in zip(zip(*columns, strict=True), flat.geometry, strict=True):
        cells = ["" if v is None else harmless(v) if isinstance(v, str) else v for v in values]
        if points:
            cells += [round(shape.x, DECIMALS), round(shape.y, DECIMALS)]
        else:
            cells.append(shapely.to_wkt(shape, rounding_precision=DECIMALS))
        yield cells
