"""Built layers as lines: what the layers hold of an event, its region and its way included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import shapely

from geo.exchange.line import Line, tidy_line
from geo.ids import content_id
from geo.layers.shapes import tidy

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.gazetteer import Gazetteer

_REGIONS = ("region", "siege")


def lines_of(
    layers: Mapping[str, gpd.GeoDataFrame],
    unplaced: Sequence[Mapping[str, Any]] = (),
    *,
    gazetteer: Gazetteer | None = None,
) -> Iterator[Line]:
    """Give the events of built layers as lines.

    Parameters
    ----------
    layers
        By name, WGS 84, longitude first; of the areas the regions and besieged ground, of the flows where people came
        from are taken to their events.
    unplaced
        The events that are nowhere on the map.
    gazetteer
        Of the atlas: gives the course of a road that an event is on, which the layers do not draw for each event.

    Yields
    ------
    dict
        In the order of the layer, those without a place last.
    """
    grounds = _grounds(layers["areas"]) if "areas" in layers else {}
    drawn = set(layers["areas"]["event"]) if "areas" in layers else set()
    origins = _origins(layers["flows"]) if "flows" in layers else {}
    frame = layers["events"]
    names = [name for name in frame.columns if name != frame.geometry.name]
    columns = [frame[name].tolist() for name in names]
    for values, shape in zip(zip(*columns, strict=True), frame.geometry, strict=True):
        row = dict(zip(names, values, strict=True))
        ground = grounds.get(row["id"])
        if ground is None and row["id"] not in drawn and gazetteer is not None:
            ground = _course(gazetteer, row["place_id"])
        yield _line({**row, "lon": shape.x, "lat": shape.y, "geometry": ground, "origin": origins.get(row["id"])})
    for event in unplaced:
        yield _line(event)


def _course(gazetteer: Gazetteer, place_id: str | None) -> dict[str, Any] | None:
    """Give the line of a place, or None for what is none."""
    shape = gazetteer.geometry(place_id) if place_id else None
    if shape is None or not shape.geom_type.endswith("LineString"):
        return None
    return dict(_plain(shapely.geometry.mapping(tidy(shape))))


def _line(row: Mapping[str, Any]) -> Line:
    """Give the line of a feature; where several reports tell it, with these."""
    reports = row.get("reports") or ()
    return tidy_line(row) | ({"reports": [tidy_line(report) for report in reports]} if len(reports) > 1 else {})


def _grounds(areas: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Put the parts of an area together again, in the order in which they were taken apart."""
    parts: dict[tuple[str, str], dict[str, shapely.Geometry]] = {}
    for id_, kind, event, shape in zip(areas["id"], areas["type"], areas["event"], areas.geometry, strict=True):
        if kind in _REGIONS:
            parts.setdefault((event, kind), {})[id_] = shape
    found: dict[str, dict[str, Any]] = {}
    for (event, kind), shapes in parts.items():
        order = {content_id("areas", kind, event, number): number for number in range(len(shapes))}
        ordered = [shapes[id_] for id_ in sorted(shapes, key=lambda id_: (order.get(id_, len(order)), id_))]
        whole = ordered[0] if len(ordered) == 1 else shapely.MultiPolygon(ordered)
        found[event] = _plain(shapely.geometry.mapping(whole))
    return found


def _origins(flows: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    found = {}
    for event, label, radius, shape in zip(
        flows["event"], flows["label"], flows["precision_m"], flows.geometry, strict=True
    ):
        lon, lat = shape.coords[0]
        name = label.partition(": ")[2].rpartition(" to ")[0]
        found[event] = {"place": name, "lon": lon, "lat": lat, "precision_m": radius}
    return found


def _plain(value: Any) -> Any:
    """Give a geometry with lists for tuples, as JSON reads it."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
