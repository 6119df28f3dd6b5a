"""The areas layer: sieges while they last, regions that events are placed in, circles of doubt around points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import shapely
from shapely.affinity import translate

from geo.crs import destination
from geo.ids import content_id
from geo.layers.context import ONE_DAY, Context, Row, interval, is_real, resting_on, told_time, type_label
from geo.model import Event

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

LEAST_DOUBT_M = 500.0
"""Below this a circle is smaller than the symbol of the point that it surrounds on a map of a city."""
MOST_DOUBT_M = 200_000.0
"""Above this the place is a whole country or more, of which a circle says less than the name."""
SAME_GROUND = 0.5
"""Share of the smaller of two areas that must be common for a report of the one to speak of the other."""
_CORNERS = 64


def area_rows(context: Context, gazetteer: Gazetteer) -> list[Row]:
    """Make the rows of the areas layer.

    Parameters
    ----------
    context
        The records.
    gazetteer
        Gives the outlines of besieged places.

    Returns
    -------
    list of dict
        ``siege`` areas of the reported sieges, each until the day before the first report that it was broken (``end``
        None while there is none); one that the article does not date is known to stand from its publication on;
        ``region`` areas of the events that the article places in an area;
        ``uncertainty`` circles around events placed at a point. Several rows where an area has several parts. Nothing
        is drawn for what is only planned, proposed, threatened or denied.
    """
    real = [event for event in context.events.values() if is_real(event) and event.location]
    sieges = _sieges(context, gazetteer, real)
    drawn = {row["event"] for row in sieges}
    return sieges + [row for event in real if event.id not in drawn for row in _where(context, event)]


def _sieges(context: Context, gazetteer: Gazetteer, events: list[Event]) -> list[Row]:
    rows: list[Row] = []
    standing: list[tuple[Event, shapely.Geometry]] = []
    turns = [event for event in events if event.type in {"siege_imposed", "siege_broken"}]
    for first, event in sorted(((_first(context, e), e) for e in turns), key=lambda turn: turn[0]):
        if first == date.min:
            continue
        ground = ground_of(event, gazetteer)
        if event.type == "siege_imposed":
            if not any(_same_place(siege, event) for siege, _ in standing):
                standing.append((event, ground))
            continue
        broken = [s for s in standing if _first(context, s[0]) < first and same_ground(s[1], ground)]
        standing = [s for s in standing if s not in broken]
        rows += [row for siege, there in broken for row in _siege(context, siege, there, first - ONE_DAY)]
    return rows + [row for siege, there in standing for row in _siege(context, siege, there, None)]


def _first(context: Context, event: Event) -> date:
    if event.when:
        return event.when.first or date.min
    return context.articles[event.article].published or date.min


def _same_place(a: Event, b: Event) -> bool:
    return (
        a.location is not None
        and b.location is not None
        and ((a.location.place_id, a.location.name) == (b.location.place_id, b.location.name))
    )


def _siege(context: Context, event: Event, ground: shapely.Geometry, last: date | None) -> list[Row]:
    besieged = sorted({actor.side for actor in event.actors if actor.role == "target" and actor.side})
    time = interval(_first(context, event), last)
    return _rows(context, event, "siege", ground, time, holder=besieged[0] if len(besieged) == 1 else None)


def _where(context: Context, event: Event) -> list[Row]:
    """Draw where an event was: its region, or a circle of doubt about its point; nothing for a line."""
    location = event.location
    if location is None:
        return []
    if location.geometry is not None:
        return _rows(context, event, "region", location.geometry, told_time(event))
    if LEAST_DOUBT_M <= location.precision_m <= MOST_DOUBT_M:
        ground = circle(location.lon, location.lat, location.precision_m)
        return _rows(context, event, "uncertainty", ground, told_time(event))
    return []


def _rows(
    context: Context, event: Event, kind: str, ground: shapely.Geometry, time: Row, *, holder: str | None = None
) -> list[Row]:
    location = event.location
    if location is None:
        return []
    common = {
        **resting_on(context, event),
        **time,
        "type": kind,
        "label": f"{'Siege' if kind == 'siege' else type_label(event)}: {location.name}",
        "holder": holder,
        "precision_m": location.precision_m,
        "rule": location.rule or None,
        "event": event.id,
    }
    return [
        {**common, "id": content_id("areas", kind, event.id, number), "geometry": part}
        for number, part in enumerate(_polygons(ground))
    ]


def _polygons(shape: shapely.Geometry) -> Iterator[shapely.Polygon]:
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            yield part


def ground_of(event: Event, gazetteer: Gazetteer) -> shapely.Geometry:
    """Give the ground of an event with a place: its own polygon, else the place's outline, else a circle."""
    location = event.location
    if location is None:
        return shapely.Polygon()
    outline = location.geometry
    if outline is None:
        outline = gazetteer.geometry(location.place_id)
    if outline is not None and any(_polygons(outline)):
        return outline
    return circle(location.lon, location.lat, max(location.precision_m, LEAST_DOUBT_M))


def same_ground(a: shapely.Geometry, b: shapely.Geometry) -> bool:
    """Tell whether two areas share at least `SAME_GROUND` of the smaller one."""
    least = min(a.area, b.area)
    return bool(least > 0 and a.intersection(b).area / least >= SAME_GROUND)


def circle(lon: float, lat: float, radius_m: float) -> shapely.Geometry:
    """Draw the points at one distance on the sphere, as a polygon of 64 corners.

    Parameters
    ----------
    lon, lat
        Centre in degrees, WGS 84.
    radius_m
        Radius in metres.

    Returns
    -------
    Polygon or MultiPolygon
        WGS 84, longitude first; cut in two where it crosses the antimeridian (RFC 7946 section 3.1.9).
    """
    ring = [destination(lon, lat, 360 * corner / _CORNERS, radius_m) for corner in range(_CORNERS)]
    whole = shapely.Polygon([(lon + (x - lon + 540) % 360 - 180, y) for x, y in ring])
    west, _, east, _ = whole.bounds
    if west >= -180 and east <= 180:
        return whole
    worlds = [shapely.box(start, -90, start + 360, 90) for start in (-540, -180, 180)]
    parts = [translate(whole & world, -180 - world.bounds[0]) for world in worlds]
    return shapely.MultiPolygon([polygon for part in parts for polygon in _polygons(part)])
