"""Flat tables as Arrow tables, for the formats that GDAL and Parquet write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import shapely

from geo.export.flat import Field, Flat

if TYPE_CHECKING:
    import pyarrow as pa

GEOMETRY = "geometry"


def arrow_table(flat: Flat, *, names: Mapping[str, str] | None = None, extra: Sequence[Field] = ()) -> pa.Table:
    """Make an Arrow table of a flat table.

    Parameters
    ----------
    flat
        The table.
    names
        Other names for columns, by name; columns that it lacks keep theirs.
    extra
        Columns without a value.

    Returns
    -------
    Table
        Days are ``date32``, JSON is text, the last column, ``geometry``, is WKB (x = longitude).
    """
    import pyarrow as pa

    arrays = {(names or {}).get(f.name, f.name): _array(f, flat.columns[f.name]) for f in flat.fields}
    arrays |= {f.name: pa.nulls(len(flat), pa.string()) for f in extra}
    arrays[GEOMETRY] = pa.array(shapely.to_wkb(flat.geometry, include_srid=False), type=pa.binary())
    return pa.table(arrays)


def _array(field: Field, values: list[Any]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    if field.type == "date":
        return pa.array(np.array(["NaT" if v is None else v for v in values], dtype="datetime64[D]"))
    types = {"number": pa.float64(), "integer": pa.int64()}
    return pa.array(values, type=types.get(field.type, pa.string()))
