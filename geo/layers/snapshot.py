"""The layers as of a day, and the days worth a map."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import geopandas as gpd

from geo.layers.schema import read_schema
from geo.model import UNREAL

MOST_DATES = 12
"""More maps than these nobody leafs through; an atlas that wants others names its dates."""


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


def key_dates(layers: Mapping[str, gpd.GeoDataFrame], *, most: int = MOST_DATES) -> tuple[date, ...]:
    """Choose the days worth a map of their own.

    Parameters
    ----------
    layers
        By name, with ``start`` and ``end`` as inclusive ISO days or None.
    most
        How many days at most.

    Returns
    -------
    tuple of date
        Sorted. The last day of each event that is said to happen and the first day of each siege and state of a route,
        none after the last publication. Where that is too many: first the days on which a siege or a route changes,
        then those with most events, the later of two alike.
    """
    events, areas, routes = layers["events"], layers["areas"], layers["routes"]
    latest = max((day for frame in layers.values() for day in frame["known"].tolist() if day), default="")
    told = events["end"][~events["modality"].isin(UNREAL)].tolist()
    changes = {*areas["start"][areas["type"] == "siege"].tolist(), *routes["start"].tolist()}
    weights = Counter(day for day in (*told, *changes) if day and (not latest or day <= latest))
    ranked = sorted(weights, key=lambda day: (day in changes, weights[day], day), reverse=True)
    return tuple(sorted(map(date.fromisoformat, ranked[:most])))
