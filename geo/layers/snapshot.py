"""The layers as of a day."""

from collections.abc import Mapping
from datetime import date

import geopandas as gpd

from geo.layers.schema import read_schema


def as_of(layers: Mapping[str, gpd.GeoDataFrame], day: date) -> dict[str, gpd.GeoDataFrame]:
    """Keep what holds on a day.

    Parameters
    ----------
    layers
        By name, with ``start`` and ``end`` as inclusive ISO days or None.
    day
        The day.

    Returns
    -------
    dict of str to GeoDataFrame
        The features whose interval holds the day, both ends included, None being open. A feature without any day
        is left out, since nobody says that it holds then; but the layers that the schema calls not dated stay whole.
    """
    return {
        name: frame[_holds(frame, day.isoformat())].reset_index(drop=True) if _is_dated(name) else frame
        for name, frame in layers.items()
    }


def _is_dated(name: str) -> bool:
    schema = read_schema().get(name)
    return schema is None or schema.dated


def _holds(frame: gpd.GeoDataFrame, day: str) -> list[bool]:
    # ISO 8601 days sort as text.
    return [
        bool(start or end) and (not start or start <= day) and (not end or day <= end)
        for start, end in zip(frame["start"].tolist(), frame["end"].tolist(), strict=True)
    ]
