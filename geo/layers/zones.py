"""Back from the layers of control to zones and control points of a day, to measure them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely

from geo.control.records import ControlPoint, Zone
from geo.errors import InputError
from geo.layers.snapshot import as_of

if TYPE_CHECKING:
    import geopandas as gpd


def zones_on(layers: Mapping[str, gpd.GeoDataFrame], day: date) -> tuple[Zone, ...]:
    """Give the zones of a day, by holder and state.

    Raises
    ------
    InputError
        Where the control layer says nothing of that day.
    """
    by_key: dict[tuple[str, str], list[Any]] = {}
    for row in _rows(layers, "control", day):
        parts = [part for part in shapely.get_parts(row["geometry"]).tolist() if not part.is_empty]
        by_key.setdefault((row["holder"], row["state"]), []).extend(parts)
    if not by_key:
        raise InputError(
            f"the layers do not tell who held what on {day.isoformat()}",
            do="Write seeds/control.csv, build again, and choose a day that it covers",
        )
    return tuple(Zone(*key, shapely.multipolygons(by_key[key])) for key in sorted(by_key))


def points_on(layers: Mapping[str, gpd.GeoDataFrame], day: date) -> tuple[ControlPoint, ...]:
    """Give the control points of a day; those that nobody is known to hold are left out."""
    return tuple(
        ControlPoint(
            id=row["place_id"],
            lon=row["geometry"].x,
            lat=row["geometry"].y,
            holder=row["holder"],
            state=row["state"],
            certainty=row["confidence"],
            since=date.fromisoformat(row["start"]) if row["start"] else None,
            precision_m=row["precision_m"],
        )
        for row in _rows(layers, "control_points", day)
        if row["holder"]
    )


def _rows(layers: Mapping[str, gpd.GeoDataFrame], name: str, day: date) -> list[dict[str, Any]]:
    frame = layers.get(name)
    if frame is None or not len(frame):
        return []
    return list(as_of({name: frame}, day)[name].to_dict("records"))
