"""An event as a line of ``seeds/events/NAME.jsonl``: what every format is read into and written from.

A line is a JSON object with the properties that the events layer has of one report, by the same names, without what is
empty; and ``geometry`` (GeoJSON, where more than a point is known), ``origin`` (where people or forces came from) and
``row`` (columns of the data set that have no other place). Coordinates are WGS 84, days are ISO and inclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import shapely

from geo.errors import SeedError
from geo.events.actors import ActorBook
from geo.events.taxonomy import event_types
from geo.exchange.sides import side_of
from geo.gazetteer.importing.events import names_in
from geo.layers.incidents import read_report
from geo.layers.shapes import DECIMALS
from geo.model import MODALITIES, Article, Event, Location

Line = dict[str, Any]

# fmt: off
KEYS = (
    "id", "type", "subtype", "start", "end", "edtf", "when", "place", "place_id", "lon", "lat", "precision_m", "rule",
    "geometry", "origin", "actors", "modality", "attribution", "figures", "quote", "quote_start", "quote_end", "known",
    "source", "article", "confidence", "flags", "row",
)
# fmt: on
"""The members of a line, in their order."""

_EMPTY: Mapping[str, Any] = {"modality": "happened", "quote": "", "actors": (), "figures": {}, "flags": (), "place": ""}
_UNTOLD = "area"


def tidy_line(values: Mapping[str, Any]) -> Line:
    """Give a line in the order of `KEYS`, without what is empty; coordinates with six decimals."""
    line = {key: value for key in KEYS if (value := values.get(key)) not in (None, "", [], (), {})}
    for key in ("lon", "lat"):
        if key in line:
            line[key] = round(float(line[key]), DECIMALS)
    return line


def figures(
    kind: str, stated: int | None, low: int | None = None, high: int | None = None, *, open_end: bool = False
) -> dict[str, int | None]:
    """Write a number of people as the layers do, with its least and its most where they differ."""
    if stated is None:
        return {}
    table: dict[str, int | None] = {kind: stated}
    if low is not None and low != stated:
        table[f"{kind}_min"] = low
    if open_end or (high is not None and high != stated):
        table[f"{kind}_max"] = None if open_end else high
    return table


def event_of(line: Line, book: ActorBook) -> tuple[Event, Article]:
    """Make the event of a line, and the report that it rests on.

    Parameters
    ----------
    line
        As `tidy_line` gives it.
    book
        Tells the sides of actors whose line tells none.

    Raises
    ------
    SeedError
        Where the line lacks something, or something in it is of no use; without file and line.
    """
    try:
        _check(line)
        return _event(line, book), _report(line)
    except KeyError as error:
        raise SeedError(f"there is no {error.args[0]!r}", do="Import the data again, or mend the line") from error
    except (TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        if isinstance(error, SeedError):
            raise
        raise SeedError(f"the line cannot be read: {error}", do="Import the data again, or mend the line") from error


def _check(line: Line) -> None:
    if line["type"] not in event_types():
        raise SeedError(f"{line['type']!r} is no type of event", do=f"Use one of {', '.join(event_types())}")
    modality = line.get("modality", "happened")
    if modality not in MODALITIES:
        raise SeedError(f"{modality!r} is no modality", do=f"Use one of {', '.join(MODALITIES)}")
    for place in (line, line.get("origin", {})):
        lon, lat = float(place.get("lon", 0)), float(place.get("lat", 0))
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise SeedError(f"lon {lon:g}, lat {lat:g} is not on the Earth", do="Write lon -180 to 180, lat -90 to 90")


def _event(line: Line, book: ActorBook) -> Event:
    told = {**dict.fromkeys(KEYS), **_EMPTY, "precision_m": 0.0, "root": "", **line}
    told["confidence"] = float(line.get("confidence", 0))
    actors = [{"role": a["role"], "name": a["name"], "side": a.get("side", "")} for a in told["actors"]]
    told["actors"] = [{**a, "side": a["side"] or side_of(a["name"], book)} for a in actors]
    event = read_report({**told, "lon": told["lon"] if told["lat"] is not None else None}).event
    shape, where = line.get("geometry"), event.location
    if where is not None:
        geometry = shapely.geometry.shape(shape) if shape else None
        where = replace(where, kind=kind_of(where.name), geometry=geometry)
    return replace(
        event,
        location=where,
        origin=_origin(line["origin"]) if "origin" in line else None,
        row=tuple((str(key), str(value)) for key, value in line.get("row", {}).items()),
    )


def _origin(place: Mapping[str, Any]) -> Location:
    name = place.get("place", "")
    lon, lat, radius = float(place["lon"]), float(place["lat"]), float(place.get("precision_m", 0))
    return Location(name, kind_of(name), lon, lat, radius, place.get("place_id", ""))


def _report(line: Line) -> Article:
    known = line.get("known")
    return Article(
        id=line["article"],
        text="",
        published=date.fromisoformat(known) if known else None,
        published_from="data set" if known else "",
        source=line.get("source", ""),
    )


def kind_of(name: str) -> str:
    """Give the kind of place that a name tells ("Kafr Hamra village"); ``area`` where it tells none."""
    return names_in(name)[2] or _UNTOLD if name else _UNTOLD
