"""Flat tables as streams of Arrow batches, for the formats that GDAL and Parquet write: a piece in memory at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import shapely

from geo.export.flat import Field, Flat

if TYPE_CHECKING:
    import pyarrow as pa

GEOMETRY = "geometry"
BATCH = 100_000
"""Features that are in memory as columns at a time."""


def arrow_stream(
    flat: Flat,
    *,
    names: Mapping[str, str] | None = None,
    extra: Sequence[Field] = (),
    longest: int = 0,
    boxes: bool = False,
) -> pa.RecordBatchReader:
    """Give a flat table as a stream.

    Parameters
    ----------
    flat
        The table.
    names
        Other names for columns, by name; columns that it lacks keep theirs.
    extra
        Columns without a value.
    longest
        Bytes that a text is cut to; 0 for none.
    boxes
        Whether a column ``bbox`` tells the extent of each feature.

    Returns
    -------
    RecordBatchReader
        Days are ``date32``, JSON is text, the column ``geometry`` is WKB (x = longitude).
    """
    import pyarrow as pa

    named = [(names or {}).get(f.name, f.name) for f in flat.fields]
    types = [*map(_type, flat.fields), *(pa.string() for _ in extra), pa.binary()]
    columns = [*named, *(f.name for f in extra), GEOMETRY]
    if boxes:
        columns.append("bbox")
        types.append(pa.struct([(side, pa.float64()) for side in ("xmin", "ymin", "xmax", "ymax")]))
    schema = pa.schema(list(zip(columns, types, strict=True)))

    def batch(piece: Flat) -> pa.RecordBatch:
        arrays = [_array(f, piece, longest) for f in piece.fields]
        arrays += [pa.nulls(len(piece), pa.string()) for _ in extra]
        arrays.append(pa.array(shapely.to_wkb(piece.geometry, include_srid=False), type=pa.binary()))
        return pa.record_batch([*arrays, *([_boxes(piece, schema.field("bbox").type)] if boxes else [])], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, map(batch, flat.pieces(BATCH)))


def _type(field: Field) -> pa.DataType:
    import pyarrow as pa

    known = {"number": pa.float64(), "integer": pa.int64(), "date": pa.date32()}
    return known.get(field.type, pa.string())


def _array(field: Field, piece: Flat, longest: int) -> pa.Array:
    import pyarrow as pa

    kind = _type(field)
    plain = not (field.derived or field.type == "json") and field.name in piece.frame
    values: Any = piece.frame[field.name].to_numpy() if plain else piece.column(field)
    if longest and kind == pa.string():
        values = [value and value.encode()[:longest].decode(errors="ignore") for value in values]
    if field.type == "date":
        return pa.array(values, type=pa.string(), from_pandas=True).cast(kind)
    return pa.array(values, type=kind, from_pandas=True)


def _boxes(piece: Flat, kind: pa.StructType) -> pa.Array:
    import pyarrow as pa

    bounds = shapely.bounds(piece.geometry).reshape(-1, 4)
    return pa.StructArray.from_arrays([pa.array(bounds[:, i]) for i in range(4)], fields=list(kind))
