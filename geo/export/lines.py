"""Mentions and events as JSON lines."""

from typing import Any

import shapely

from geo.layers.context import figures_of
from geo.layers.incidents import report_object
from geo.layers.shapes import DECIMALS, tidy
from geo.model import Event, Incident, Location, Mention

# fmt: off
PLACE_COLUMNS = (
    "doc", "start", "end", "text", "name", "kind", "id", "lon", "lat", "precision_m", "confidence", "reason", "region",
)
EVENT_COLUMNS = (
    "doc", "id", "type", "when", "start", "end", "place", "place_id", "lon", "lat", "precision_m", "geometry", "actors",
    "modality", "attribution", "quote", "quote_start", "quote_end", "figures", "confidence", "subtype", "flags",
)
# fmt: on


def mention_line(mention: Mention) -> dict[str, Any]:
    """Give a mention as what ``sitmap places`` prints.

    Returns
    -------
    dict
        ``start`` and ``end`` in code points, half open; ``lon`` and ``lat`` in degrees (WGS 84), None with a
        ``reason`` where the name is not resolved. ``region`` is there only where the words
        speak of a region relative to the place.
    """
    line = {
        "doc": mention.article,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        **_place(mention.location),
        "confidence": round(mention.confidence, 3),
        "reason": mention.reason,
    }
    if mention.region:
        line["region"] = {
            "start": mention.region_start,
            "end": mention.region_end,
            "name": mention.region.name,
            **_point(mention.region),
            "rule": mention.region.rule,
        }
    return line


def event_line(event: Event) -> dict[str, Any]:
    """Give an event as what ``sitmap events`` prints.

    Returns
    -------
    dict
        ``when`` in EDTF; ``start`` and ``end`` are inclusive days or None; ``geometry`` is a GeoJSON geometry (WGS 84,
        longitude first) where more than a point is known.
    """
    when, location = event.when, event.location
    return {
        "doc": event.article,
        "id": event.id,
        "type": event.type,
        "when": when.edtf if when else None,
        "start": when.first.isoformat() if when and when.first else None,
        "end": when.last.isoformat() if when and when.last else None,
        "place": location.name if location else None,
        "place_id": (location.place_id or None) if location else None,
        **_point(location),
        "geometry": _geometry(location),
        "actors": [{"role": a.role, "name": a.name, "side": a.side} for a in event.actors],
        "modality": event.modality,
        "attribution": event.attribution or None,
        "quote": event.quote,
        "quote_start": event.quote_start,
        "quote_end": event.quote_end,
        "figures": figures_of(event.figures),
        "confidence": round(event.confidence, 3),
        "subtype": event.subtype,
        "flags": list(event.flags),
    }


def incident_line(incident: Incident) -> dict[str, Any]:
    """Give an event as all reports tell it as what ``sitmap events --merge`` prints.

    Returns
    -------
    dict
        The members of `event_line`, of the leading report, then ``known`` (first publication), ``sources``,
        ``contested`` and ``reports``, as in the events layer.
    """
    return {
        **event_line(incident.event),
        "known": incident.known.isoformat() if incident.known else None,
        "sources": incident.sources,
        "contested": list(incident.contested),
        "reports": [report_object(report) for report in incident.reports],
    }


def _place(location: Location | None) -> dict[str, Any]:
    if location is None:
        return {"name": None, "kind": None, "id": None, **_point(None)}
    return {"name": location.name, "kind": location.kind, "id": location.place_id, **_point(location)}


def _point(location: Location | None) -> dict[str, Any]:
    if location is None:
        return {"lon": None, "lat": None, "precision_m": None}
    return {
        "lon": round(location.lon, DECIMALS),
        "lat": round(location.lat, DECIMALS),
        "precision_m": location.precision_m,
    }


def _geometry(location: Location | None) -> dict[str, Any] | None:
    if location is None or location.geometry is None:
        return None
    return dict(shapely.geometry.mapping(tidy(location.geometry)))
