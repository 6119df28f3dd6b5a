"""Values of features: compared, completed, and put back into an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import shapely

from geo.corrections.records import GEOMETRY, Correction
from geo.layers.context import interval
from geo.layers.schema import Property, read_schema
from geo.layers.shapes import DECIMALS, tidy
from geo.model import Actor, Event, Location, When

Row = dict[str, Any]

ADDED_PRECISION_M = 100.0
"""Radius of doubt of a feature that somebody drew without saying how exactly it is known."""

_CLOSE = 1e-9
_TIMES = {"start", "end", "edtf"}


def same(one: Any, other: Any) -> bool:
    """Tell whether two values of a property say the same; what is null, empty or missing is alike."""
    if isinstance(one, shapely.Geometry) and isinstance(other, shapely.Geometry):
        return bool(shapely.equals_exact(tidy(one), tidy(other), tolerance=0.6 * 10**-DECIMALS))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return list(one) == list(other)
    return one == other or (one in (None, "") and other in (None, ""))


def told_value(value: Any, *, plain: bool = False) -> Any:
    """Give a value for a message, or ``plain`` as JSON can hold it."""
    if isinstance(value, shapely.Geometry):
        return shapely.to_wkt(value, rounding_precision=DECIMALS)
    return value if plain else "open or unknown" if value is None else repr(value) if isinstance(value, str) else value


def dated(now: Mapping[str, Any], row: Mapping[str, Any]) -> Row:
    """Give new values with the EDTF that follows from new days, where none is given."""
    told = dict(now)
    if _TIMES & told.keys() and "edtf" not in told:
        days = (told.get(name, row.get(name)) for name in ("start", "end"))
        first, last = (date.fromisoformat(day) if day else None for day in days)
        told["edtf"] = interval(first, last)["edtf"] if first or last else None
    return told


def completed(one: Correction) -> Row:
    """Give an added feature all properties of its layer; it rests on the words of who added it."""
    row = {prop.name: _default(prop) for prop in read_schema()[one.layer].properties}
    row |= {"confidence": 1.0, **({"precision_m": ADDED_PRECISION_M} if "precision_m" in row else {})}
    row |= {k: v for k, v in one.now.items() if v is not None}
    row |= dated({k: row[k] for k in ("start", "end") if row.get(k)}, row)
    told = {
        "id": one.feature,
        "article": one.author,
        "source": one.who,
        "known": one.when.isoformat(),
        "quote": one.why,
    }
    return {**row, **told, "quote_start": None, "quote_end": None}


def _default(prop: Property) -> Any:
    if prop.nullable:
        return None
    if prop.type in {"number", "integer"}:
        return max(prop.minimum or 0, 0)
    return {"list": [], "object": {}}.get(prop.type, prop.values[0] if prop.values else "")


def as_event(event: Event, row: Row, changed: Mapping[str, Any]) -> Event:
    """Put changed values into an event; a place that was moved is a point, whatever was known of its shape."""
    told: dict[str, Any] = {}
    for name in ("type", "modality", "confidence"):
        if name in changed:
            told[name] = row[name]
    for name in ("subtype", "attribution"):
        if name in changed:
            told[name] = row[name] or ""
    if "type" in changed and "subtype" not in changed:
        told["subtype"] = ""
    if "actors" in changed:
        told["actors"] = tuple(Actor(a["role"], a["name"], a.get("side", "")) for a in row["actors"])
    if _TIMES & changed.keys():
        told["when"] = _when(row)
    if event.location is not None and changed.keys() & {GEOMETRY, "place", "place_id", "precision_m"}:
        told["location"] = _moved(event.location, row, changed)
    return replace(event, **told)


def _when(row: Row) -> When | None:
    if not row["edtf"]:
        return None
    first, last = (date.fromisoformat(row[name]) if row[name] else None for name in ("start", "end"))
    return When(row["edtf"], first, last, row.get("when") or "")


def _moved(location: Location, row: Row, changed: Mapping[str, Any]) -> Location:
    told: dict[str, Any] = {"name": row["place"], "precision_m": row["precision_m"]}
    if "place_id" in changed:
        told["place_id"] = row["place_id"] or ""
    if GEOMETRY in changed:
        told |= {"lon": row[GEOMETRY].x, "lat": row[GEOMETRY].y, "geometry": None, "rule": "moved by hand"}
    return replace(location, **told)
