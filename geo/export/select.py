"""Which features of the layers are exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.exchange.filters import limits_set
from geo.layers.schema import read_schema
from geo.layers.snapshot import as_of

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; what is empty or None sets no limit.

    Attributes
    ----------
    layers
        Names of layers.
    as_of
        What holds on this day, as in `geo.layers.as_of`.
    since, until
        First and last day, both inclusive; a feature counts if part of its time lies between.
    bbox
        West, south, east, north in degrees; a feature counts if part of it lies within, the edges included.
    types
        Types of event; what is drawn from another event goes with it.
    """

    layers: tuple[str, ...] = ()
    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    types: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Give what is set, as JSON can hold it."""
        return limits_set(self)


def select(layers: Mapping[str, gpd.GeoDataFrame], wanted: Selection) -> dict[str, gpd.GeoDataFrame]:
    """Keep the features that are wanted.

    Parameters
    ----------
    layers
        By name, WGS 84, longitude first, ``start`` and ``end`` as inclusive ISO days or None.
    wanted
        Which of them.

    Returns
    -------
    dict of str to GeoDataFrame
        The layers that are wanted, also those that are left without a feature, their rows numbered anew. Features
        without any day are left out where days are asked for, but in layers that the schema calls not dated.
    """
    kept = {name: frame for name, frame in layers.items() if name in (wanted.layers or layers)}
    if wanted.as_of:
        kept = as_of(kept, wanted.as_of)
    others: set[str] = set()
    if wanted.types and "events" in layers:
        events = layers["events"]
        others = set(events["id"][~events["type"].isin(wanted.types)].tolist())
    return {name: _kept(name, frame, wanted, others) for name, frame in kept.items()}


def _kept(name: str, frame: gpd.GeoDataFrame, wanted: Selection, others: set[str]) -> gpd.GeoDataFrame:
    schema = read_schema().get(name)
    mask = np.ones(len(frame), dtype=bool)
    if (wanted.since or wanted.until) and (schema is None or schema.dated):
        mask &= _in_time(frame, wanted)
    if wanted.bbox:
        mask &= shapely.intersects(frame.geometry.to_numpy(), shapely.box(*wanted.bbox))
    if others:
        key = "id" if name == "events" else "event"
        if key in frame:
            mask &= ~frame[key].isin(others).to_numpy()
    return frame if mask.all() else frame[mask].reset_index(drop=True)


def _in_time(frame: gpd.GeoDataFrame, wanted: Selection) -> NDArray[np.bool_]:
    first = wanted.since.isoformat() if wanted.since else ""
    last = wanted.until.isoformat() if wanted.until else ""
    # ISO 8601 days sort as text.
    return np.array(
        [
            bool(start or end) and not (first and end and end < first) and not (last and start and start > last)
            for start, end in zip(frame["start"].tolist(), frame["end"].tolist(), strict=True)
        ],
        dtype=bool,
    )
