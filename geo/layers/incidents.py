"""Events and their reports as features, and back: what a report says stands in the layer whole, as an object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from shapely import Point

from geo.events.crosswalk import acled_of
from geo.events.sides import side_kind
from geo.layers.context import Context, Row, figures_of, told_time, type_label
from geo.layers.shapes import DECIMALS
from geo.model import Actor, Event, Figure, Incident, Location, Report, When

_KINDS = ("_min", "_max")


def event_row(context: Context, incident: Incident) -> Row:
    """Give an event as all reports tell it as a feature of the events layer.

    Returns
    -------
    dict
        The properties of the schema; ``geometry`` is the leading report's point (WGS 84, longitude first), or None.
    """
    event, location = incident.event, incident.event.location
    country = context.countries.get(location.place_id, "") if location else ""
    side = side_kind(event.actors, governments=context.records.governments, country=country)
    acled_event_type, acled_sub_event_type = acled_of(event.type, event.subtype, side)
    return {
        **told_by(incident),
        "acled_event_type": acled_event_type,
        "acled_sub_event_type": acled_sub_event_type,
        "row": dict(event.row) or None,
    }


def told_by(incident: Incident) -> Row:
    """Give what the reports alone make of a feature: all but ACLED's names, which hang on the sides of the war."""
    event, location, label = incident.event, incident.event.location, type_label(incident.event)
    return {
        **_told(event),
        "id": event.id,
        "known": _day(incident.known),
        "source": incident.reports[0].source or None,
        "article": event.article,
        "label": f"{label}: {location.name}" if location else label,
        "sources": incident.sources,
        "contested": list(incident.contested),
        "reports": [report_object(report) for report in incident.reports],
        "geometry": Point(location.lon, location.lat) if location else None,
    }


def report_object(report: Report) -> dict[str, Any]:
    """Give what one article tells of an event as JSON-like data, from which `read_report` makes it again."""
    event, location = report.event, report.event.location
    return {
        "id": event.id,
        "article": event.article,
        "source": report.source or None,
        "known": _day(report.known),
        "root": report.root,
        **_told(event),
        "lon": round(location.lon, DECIMALS) if location else None,
        "lat": round(location.lat, DECIMALS) if location else None,
    }


def _told(event: Event) -> Row:
    """Give what an event and a report of it say in the same way."""
    when, location = event.when, event.location
    return {
        "type": event.type,
        "subtype": event.subtype or None,
        **told_time(event),
        "when": (when.phrase or None) if when else None,
        "place": location.name if location else None,
        "place_id": (location.place_id or None) if location else None,
        "precision_m": float(location.precision_m) if location else None,
        "rule": (location.rule or None) if location else None,
        "actors": [{"role": a.role, "name": a.name, "side": a.side} for a in event.actors],
        "modality": event.modality,
        "attribution": event.attribution or None,
        "figures": figures_of(event.figures),
        "quote": event.quote,
        "quote_start": event.quote_start if event.quote_start >= 0 else None,
        "quote_end": event.quote_end if event.quote_end >= 0 else None,
        "confidence": round(event.confidence, 3),
        "flags": list(event.flags),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_report(told: Mapping[str, Any]) -> Report:
    """Make a report of what `report_object` gave; what that leaves out, such as a line or area, stays unknown."""
    start, end = told["quote_start"], told["quote_end"]
    event = Event(
        id=told["id"],
        article=told["article"],
        type=told["type"],
        when=_when(told),
        location=_location(told),
        origin=None,
        actors=tuple(Actor(a["role"], a["name"], a["side"]) for a in told["actors"]),
        modality=told["modality"],
        attribution=told["attribution"] or "",
        figures=_figures(told["figures"]),
        quote=told["quote"],
        quote_start=-1 if start is None else start,
        quote_end=-1 if end is None else end,
        trigger="",
        confidence=told["confidence"],
        flags=tuple(told["flags"]),
        subtype=told["subtype"] or "",
    )
    return Report(event, told["source"] or "", _as_day(told["known"]), told["root"])


def _as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _when(told: Mapping[str, Any]) -> When | None:
    if told["edtf"] is None:
        return None
    return When(told["edtf"], _as_day(told["start"]), _as_day(told["end"]), told["when"] or "")


def _location(told: Mapping[str, Any]) -> Location | None:
    if told["lon"] is None:
        return None
    return Location(
        name=told["place"],
        kind="",
        lon=told["lon"],
        lat=told["lat"],
        precision_m=told["precision_m"],
        place_id=told["place_id"] or "",
        rule=told["rule"] or "",
    )


def _figures(told: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Read numbers of people; their words stand with the first one, as the layer keeps them in one text."""
    found: list[Figure] = []
    for kind, stated in told.items():
        if kind == "words" or kind.endswith(_KINDS):
            continue
        words = "" if found else told.get("words", "")
        plain = Figure(kind, told.get(f"{kind}_min", stated), told.get(f"{kind}_max", stated), words)
        found.append(plain if plain.stated == stated else replace(plain, best=stated))
    return tuple(found)
