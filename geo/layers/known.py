"""The layers as they were known on a day: out of the reports published until then, and nothing of later ones.

`geo.layers.as_of` asks what was true on a day, this what had been reported by a day; a map of what a reader of that day
could know asks both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import geopandas as gpd

from geo.events.crosswalk import acled_of
from geo.events.incident import known_by as incident_known_by
from geo.events.incident import make_incident
from geo.layers.context import ONE_DAY, Row, interval
from geo.layers.frames import make_frame
from geo.layers.incidents import read_report, told_by
from geo.layers.schema import read_schema
from geo.model import UNREAL


def known_by(layers: Mapping[str, gpd.GeoDataFrame], day: date) -> dict[str, gpd.GeoDataFrame]:
    """Keep what had been reported by the end of a day.

    Parameters
    ----------
    layers
        By name, as `build_layers` or `read_layers` gives them.
    day
        The day.

    Returns
    -------
    dict of str to GeoDataFrame
        Of each event the reports published by then, with the leading one, the contested claims, the sources and the
        confidence that follow from these alone; none without any. Of the other layers what rests on an article
        published by then; a siege or a state of a route whose end was reported later is open. What has no day of
        publication is left out. Events keep their ids.
    """
    schemas = read_schema()
    events = [row for row in _rows(layers["events"]) if row] if "events" in layers else []
    found = {"events": [then for row in events if (then := _event(row, day)) is not None]}
    told = {row["id"]: row for row in found["events"]}
    broken = {
        row["start"] for row in found["events"] if row["type"] == "siege_broken" and row["modality"] not in UNREAL
    }
    for name, frame in layers.items():
        if name != "events":
            kept = [row for row in _rows(frame) if row["known"] and row["known"] <= day.isoformat()]
            found[name] = [_as_its_event(row, told) for row in kept]
    if "areas" in found:
        found["areas"] = [_siege(row, broken) if row["type"] == "siege" else row for row in found["areas"]]
    if "routes" in found:
        found["routes"] = _in_turn(found["routes"])
    return {name: make_frame(schemas[name], found[name]) for name in layers}


def _rows(frame: gpd.GeoDataFrame) -> Iterator[Row]:
    shapes = frame.geometry.tolist()
    for row, shape in zip(frame.drop(columns=frame.geometry.name).to_dict("records"), shapes, strict=True):
        yield {**{str(key): value for key, value in row.items()}, "geometry": shape}


def _event(row: Row, day: date) -> Row | None:
    if not row["reports"]:  # layers of an earlier version
        return row if row["known"] and row["known"] <= day.isoformat() else None
    whole = make_incident([read_report(report) for report in row["reports"]])
    then = incident_known_by(whole, day)
    if then is None or len(then.reports) == len(whole.reports):
        return row if then else None
    told, lead = told_by(then), then.reports[0].event
    if (lead.type, lead.subtype) != (row["type"], row["subtype"] or ""):
        kind, sub_kind = acled_of(lead.type, lead.subtype)
        told |= {"acled_event_type": kind, "acled_sub_event_type": sub_kind}
    return {**row, **told, "row": row["row"] if lead.id == row["reports"][0]["id"] else None}


def _as_its_event(row: Row, told: Mapping[str, Row]) -> Row:
    """Give what is drawn from an event the confidence and the flags that this had then."""
    event = told.get(row.get("event", ""), row)
    return {**row, **{name: event[name] for name in ("confidence", "flags") if name in row}}


def _siege(row: Row, broken: set[Any]) -> Row:
    """Leave a siege open whose end no report known by then tells."""
    if row["end"] is None or (date.fromisoformat(row["end"]) + ONE_DAY).isoformat() in broken:
        return row
    return {**row, **interval(date.fromisoformat(row["start"]), None)}


def _in_turn(rows: list[Row]) -> list[Row]:
    """Let each state of a route last until the day before the next one that was known."""
    found = []
    for row in rows:
        later = [r["start"] for r in rows if r["route"] == row["route"] and r["start"] > row["start"]]
        last = date.fromisoformat(min(later)) - ONE_DAY if later else None
        found.append({**row, **interval(date.fromisoformat(row["start"]), last)})
    return found
