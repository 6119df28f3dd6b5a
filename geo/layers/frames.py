"""GeoDataFrames that keep to the schema: the same columns and types however few features there are."""

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.crs import WGS84
from geo.layers.schema import LayerSchema, Property
from geo.layers.shapes import tidy

_ORDER = ("start", "article", "quote_start", "id")


def make_frame(schema: LayerSchema, rows: Iterable[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Make the table of a layer.

    Parameters
    ----------
    schema
        Of the layer.
    rows
        A mapping a feature: its properties, days as ISO text, and ``geometry``.

    Returns
    -------
    GeoDataFrame
        The schema's columns and ``geometry`` (WGS 84, longitude first, tidied by `geo.layers.shapes.tidy`), by start,
        article, place in the text and id. What is absent is None.
    """
    ordered = sorted(rows, key=_key)
    columns = {p.name: _column(p, [row.get(p.name) for row in ordered]) for p in schema.properties}
    shapes = [tidy(row["geometry"]) for row in ordered]
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=WGS84), crs=WGS84)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple((value is not None, value) for value in map(row.get, _ORDER))  # None first; equal Nones never compare


def _column(prop: Property, values: list[Any]) -> Any:
    # Everything but plain numbers stays an object: pandas would turn None into NaN, which JSON does not have.
    dtype: Any = {"number": "float64", "integer": "int64"}.get(prop.type, object)
    if dtype is not object and any(value is None for value in values):
        dtype = object
    return pd.Series(values, dtype=dtype)
