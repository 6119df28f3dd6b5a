"""The one reader and writer of GeoJSON (RFC 7946): the same table always gives the same bytes."""

import math
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import orjson
import shapely

from geo.errors import LayerError
from geo.layers.frames import make_frame
from geo.layers.schema import LayerSchema
from geo.layers.shapes import tidy


def to_geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Write a table as a FeatureCollection, one feature a line.

    Parameters
    ----------
    frame
        WGS 84, longitude first; every column but the geometry becomes a property. A missing geometry becomes null.

    Returns
    -------
    bytes
        UTF-8 with a final newline; coordinates with six decimals, no ``crs`` member (RFC 7946 sections 4 and 11.2),
        polygons wound by the right-hand rule.

    Raises
    ------
    LayerError
        Where a number is NaN or infinite, which JSON does not have.
    """
    names = [name for name in frame.columns if name != frame.geometry.name]
    rows = zip(*(frame[name].tolist() for name in names), strict=True) if names else ([()] * len(frame))
    lines = [
        orjson.dumps(_feature(dict(zip(names, values, strict=True)), shape))
        for values, shape in zip(rows, frame.geometry, strict=True)
    ]
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(lines) + (b"\n" if lines else b"") + b"]}\n"


def _feature(properties: Mapping[str, Any], shape: shapely.Geometry | None) -> dict[str, Any]:
    empty = shape is None or shape.is_empty
    geometry = None if empty else shapely.geometry.mapping(tidy(shape))
    if not is_finite((properties, geometry)):
        raise LayerError(
            f"feature {properties.get('id', '')!r} holds NaN or infinity, which JSON cannot",
            do="Use null for what is not known",
        )
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def is_finite(value: Any) -> bool:
    """Tell whether JSON-like data is free of NaN and infinity, which orjson would write as null without a word."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(map(is_finite, value.values()))
    return all(map(is_finite, value)) if isinstance(value, list | tuple) else True


def from_geojson(data: bytes, schema: LayerSchema) -> gpd.GeoDataFrame:
    """Read what `to_geojson` wrote of a layer.

    Parameters
    ----------
    data
        A FeatureCollection.
    schema
        Of the layer; properties that it does not name are left out, those that are missing become None.

    Returns
    -------
    GeoDataFrame
        As `make_frame` gives it.

    Raises
    ------
    LayerError
        Where it is not a GeoJSON FeatureCollection.
    """
    try:
        features = orjson.loads(data)["features"]
        rows = [{**f["properties"], "geometry": shapely.geometry.shape(f["geometry"])} for f in features]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise LayerError(
            f"the {schema.name} layer is not a GeoJSON FeatureCollection: {error}", do="Build it again: sitmap build"
        ) from error
    return make_frame(schema, rows)
