"""A scene for the tests of pictures: an invented coast with two sides, zones, a front line, roads and events of all kinds.

The ground lies on the sea off West Africa, where Natural Earth draws nothing, so that a picture depends on this file alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import shapely

DAY = date(2031, 5, 14)
DATES = (date(2031, 5, 3), date(2031, 5, 9), DAY)
BBOX = (-6.0, 1.0, -5.0, 1.7)
TITLE = "Ostmar 2031"


def frame(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    columns = sorted({key for row in rows for key in row} - {"geometry"})
    return gpd.GeoDataFrame(
        {key: [row.get(key) for row in rows] for key in columns}, geometry=[r["geometry"] for r in rows], crs=4326
    )


def _row(id: str, geometry: Any, start: str, end: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": id, "start": start, "end": end, "edtf": start, "known": end or start, "source": "Ostmar Post", "article": "a",
        "quote": f"What is told of {id}.", "confidence": 0.8, "precision_m": 700.0, "geometry": geometry, **more,
    }  # fmt: skip


def event(
    id: str, type: str, lon: float, lat: float, side: str = "government", day: str = "2031-05-14", **more: Any
) -> dict[str, Any]:
    actors = [{"role": "initiator", "name": side, "side": side}]
    common = {
        "type": type,
        "label": f"{type.replace('_', ' ').capitalize()}: {id}",
        "actors": actors,
        "modality": "happened",
    }
    return _row(id, shapely.Point(lon, lat), day, day, **common) | more


def scene() -> dict[str, gpd.GeoDataFrame]:
    """The layers of the scene."""
    west, east = shapely.box(-5.9, 1.1, -5.5, 1.6), shapely.box(-5.5, 1.1, -5.1, 1.6)
    north = shapely.box(-5.5, 1.45, -5.1, 1.6)
    held = [
        ("west", west, "government", "held"),
        ("east", east.difference(north), "opposition", "held"),
        ("north", north, "opposition", "inferred"),
    ]
    lines = [("south", [(-5.5, 1.1), (-5.5, 1.45)], "held"), ("top", [(-5.5, 1.45), (-5.5, 1.6)], "inferred")]
    roads = [
        ("Harn road", "open", "government", [(-5.88, 1.2), (-5.52, 1.22)]),
        ("Salt road", "cut", "opposition", [(-5.48, 1.22), (-5.2, 1.3), (-5.12, 1.5)]),
        ("Hill road", "contested", "government", [(-5.8, 1.55), (-5.52, 1.5)]),
        ("Mill road", "fire_control", "opposition", [(-5.45, 1.15), (-5.15, 1.14)]),
        ("Quay road", "closed", "opposition", [(-5.45, 1.56), (-5.15, 1.56)]),
    ]
    return {
        "events": frame(
            event("Harn", "airstrike", -5.7, 1.3, subtype="drone_strike"),
            event("Brack", "capture", -5.3, 1.35, "opposition"),
            event("Salt Mill", "aid", -5.3, 1.2, "un", modality="planned"),
            event("Ostel", "shelling", -5.62, 1.42, day="2031-05-09", modality="claimed"),
            event("Kressin", "displacement", -5.2, 1.42, "other", day="2031-05-03"),
        ),
        "areas": frame(_row("ring", shapely.Point(-5.3, 1.35).buffer(0.07), "2031-05-08", None, type="siege", label="Siege imposed: Brack", holder="opposition", event="Brack")),
        "routes": frame(*(_row(n, shapely.LineString(c), "2031-05-02", None, name=n, route=n, state=s, holder=h) for n, s, h, c in roads)),
        "control": frame(*(_row(n, shapely.MultiPolygon([g]), "2031-05-01", None, holder=h, side=h, state=s, label=h) for n, g, h, s in held)),
        "front_lines": frame(*(_row(n, shapely.LineString(c), "2031-05-01", None, sides=["government", "opposition"], state=s, length_km=1.0) for n, c, s in lines)),
        "flows": frame(_row("flight", shapely.LineString([(-5.3, 1.3), (-5.45, 1.18)]), "2031-05-14", "2031-05-14", type="displacement", label="900 to Ostel", figures={"displaced": 900}, event="Kressin")),
    }  # fmt: skip
