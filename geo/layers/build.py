"""Layers out of records: one table a layer, each feature answering to a sentence of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from shapely import LineString, Point

from geo.ids import content_id
from geo.layers.areas import area_rows
from geo.layers.context import (
    Context,
    Row,
    figures_of,
    is_real,
    make_context,
    published_in,
    resting_on,
    told_time,
    type_label,
)
from geo.layers.control import control_rows, front_rows, point_rows
from geo.layers.frames import make_frame
from geo.layers.incidents import event_row
from geo.layers.routes import route_rows
from geo.layers.schema import read_schema
from geo.model import Article, Mention, Place, Records
from geo.sentences import sentences

if TYPE_CHECKING:
    from geo.control.scene import Scene
    from geo.gazetteer import Gazetteer

FLOWS = {"displacement": "displacement", "offensive": "advance", "capture": "advance", "withdrawal": "advance"}
"""Types of event that move people or forces, and the type of flow they draw where the article names the origin."""


def build_layers(
    records: Records, gazetteer: Gazetteer, *, scenes: Sequence[Scene] = ()
) -> dict[str, gpd.GeoDataFrame]:
    """Build every layer.

    Parameters
    ----------
    records
        All that was read out of the articles.
    gazetteer
        Of the atlas; gives the outlines of places.
    scenes
        The ground over time.

    Returns
    -------
    dict of str to GeoDataFrame
        By layer name, WGS 84, longitude first, columns as the schema says; an empty table where nothing fills
        a layer. ``start`` and ``end`` are inclusive days as ISO text or None.
    """
    context = make_context(records)
    rows = {
        "places": _places(context),
        "events": [event_row(context, incident) for incident in context.incidents if incident.event.location],
        "areas": area_rows(context, gazetteer),
        "routes": route_rows(context, _linked(records, gazetteer)),
        "control": control_rows(scenes),
        "front_lines": front_rows(scenes),
        "control_points": point_rows(records.holds),
        "flows": _flows(context),
    }
    return {name: make_frame(schema, rows.get(name, [])) for name, schema in read_schema().items()}


def _linked(records: Records, gazetteer: Gazetteer) -> dict[str, Place]:
    """Give the places at the ends of the stretches that states of routes speak of."""
    spoken = {state.route for state in records.states if state.section}
    links = {link for route in records.routes if route.id in spoken for link in route.links}
    found = {link: gazetteer.get(link if ":" in link else f"atlas:{link}") for link in sorted(links)}
    return {link: place for link, place in found.items() if place}


def unplaced_events(records: Records) -> list[dict[str, Any]]:
    """List the events that their articles place nowhere, so that nothing that was read is lost.

    Returns
    -------
    list of dict
        The properties of the events layer, without a geometry, in order of the articles and their text.
    """
    context = make_context(records)
    names = read_schema()["events"].columns
    rows = [event_row(context, incident) for incident in context.incidents if not incident.event.location]
    return [{name: row.get(name) for name in names} for row in rows]


def _places(context: Context) -> list[Row]:
    known = {place.id: place for place in context.records.places}
    spoken: dict[str, list[Mention]] = {}
    for mention in context.records.mentions:
        if mention.role in {"place", "reference"} and mention.location and mention.location.place_id in known:
            spoken.setdefault(mention.location.place_id, []).append(mention)
    rows = []
    for place_id, mentions in spoken.items():
        place, article = known[place_id], context.articles[mentions[0].article]
        start, end = _sentence(article, mentions[0])
        rows.append(
            {
                **published_in(article),
                "id": content_id("places", place_id),
                "quote": article.text[start:end],
                "quote_start": start,
                "quote_end": end,
                "confidence": round(max(m.confidence for m in mentions), 3),
                "place_id": place_id,
                "name": place.name,
                "kind": place.kind,
                "aliases": list(place.aliases),
                "name_ar": place.name_ar or None,
                "precision_m": place.precision_m,
                "place_source": place.source or None,
                "mentions": len(mentions),
                "geometry": Point(place.lon, place.lat),
            }
        )
    return rows


def _sentence(article: Article, mention: Mention) -> tuple[int, int]:
    """Give the span of the sentence that holds a mention, or of all those that it reaches into."""
    around = [(s, e) for s, e in sentences(article.text) if s < mention.end and mention.start < e]
    return around[0][0], around[-1][1]


def _flows(context: Context) -> list[Row]:
    rows = []
    for event in context.events.values():
        origin, goal = event.origin, event.location
        if not (event.type in FLOWS and is_real(event) and origin and goal):
            continue
        if (origin.lon, origin.lat) == (goal.lon, goal.lat):
            continue
        rows.append(
            {
                **resting_on(context, event),
                **told_time(event),
                "id": content_id("flows", event.id),
                "type": FLOWS[event.type],
                "label": f"{type_label(event)}: {origin.name} to {goal.name}",
                "figures": figures_of(event.figures),
                "precision_m": max(origin.precision_m, goal.precision_m),
                "event": event.id,
                "geometry": LineString([(origin.lon, origin.lat), (goal.lon, goal.lat)]),
            }
        )
    return rows
