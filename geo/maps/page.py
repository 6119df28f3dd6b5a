"""Maps as self-contained web pages: one a date, and an index with a time slider over all of them.

folium makes the map; Leaflet, our script and style sheet, and the data stand in the page, which asks no other host for
anything unless the reader switches on the online map background. Text from reports goes into one block of JSON and from
there into the page as text, never as markup, never through a folium string. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from string import Template
from typing import TYPE_CHECKING, Any

from geo.maps.csp import content_security_policy
from geo.maps.datablock import data_block
from geo.maps.frame import make_frame
from geo.maps.grounds import pooled, without_circles
from geo.maps.inline import leaflet_script, leaflet_style, page_script, page_style, page_template
from geo.maps.packed import PACKED_ABOVE, Packed, pack_events, packed_days, packed_values
from geo.maps.payload import (
    article_records,
    base_features,
    change_days,
    day_range,
    layer_features,
    sides_of,
    style_tables,
    view_box,
    widened,
)
from geo.maps.plain import plain_list
from geo.maps.quotes import most_bytes, pack_quotes
from geo.maps.shown import RECENT_DAYS
from geo.maps.style import Style, read_style
from geo.maps.words import day_words

if TYPE_CHECKING:
    from geo.model import Article

# as they are drawn, lowest first; of the last one the page tells only what changed between two dates
LAYERS = ("areas", "control", "front_lines", "routes", "flows", "places", "events", "control_points")


@dataclass(frozen=True, slots=True)
class _Context:
    """What both kinds of page are made from."""

    layers: Mapping[str, Any]
    title: str
    description: str
    dates: tuple[date, ...]
    basemap: Mapping[str, Any]
    articles: tuple[Article, ...]
    style: Style | None
    bbox: Sequence[float] | None
    countries: tuple[str, ...]
    unplaced: tuple[Mapping[str, Any], ...]
    index: str


def render_page(
    layers: Mapping[str, Any],
    *,
    title: str,
    as_of: date,
    dates: Iterable[date] = (),
    basemap: Mapping[str, Any] | None = None,
    articles: Iterable[Article] = (),
    style: Style | None = None,
    description: str = "",
    bbox: Sequence[float] | None = None,
    countries: Iterable[str] = (),
    unplaced: Iterable[Mapping[str, Any]] = (),
    index: str = "index.html",
) -> str:
    """Write the page of one day.

    Parameters
    ----------
    layers
        GeoDataFrames or FeatureCollections by name (see ``geo/data/layers.toml``), WGS 84, longitude first; features of
        all days, of which the page keeps those that show on ``as_of`` (see `geo.maps.shown`).
    title, description
        Of the atlas.
    as_of
        The day of the map.
    dates
        The days that have pages of their own, ``2016-09-04.html`` beside this one: for the links back and forth.
    basemap
        What lies beneath, by name (see `geo.maps.basemap`).
    articles
        The reports, for the list of sources and for reading a quote where it stands.
    style
        Colours, symbols and labels; the packaged ones if None (see `geo.maps.style`).
    bbox
        The theatre: west, south, east, north in degrees.
    countries
        The theatre's countries, ISO 3166-1 alpha-2: the others are drawn paler. None for all alike.
    unplaced
        Properties of events that have no place on the map.
    index
        File name of the index page, for the link to it; empty for none.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        Where a layer holds a number that is not finite.
    """
    context = _context(layers, title, description, dates, basemap, articles, style, bbox, countries, unplaced, index)
    return _render(context, as_of, fixed=True)


def render_index(
    layers: Mapping[str, Any],
    *,
    title: str,
    as_of: date | None = None,
    dates: Iterable[date] = (),
    basemap: Mapping[str, Any] | None = None,
    articles: Iterable[Article] = (),
    style: Style | None = None,
    description: str = "",
    bbox: Sequence[float] | None = None,
    countries: Iterable[str] = (),
    unplaced: Iterable[Mapping[str, Any]] = (),
) -> str:
    """Write the page with the time slider, from the first to the last day that a feature names.

    Parameters
    ----------
    layers, title, dates, basemap, articles, style, description, bbox, countries, unplaced
        As for `render_page`.
    as_of
        The day that it opens on; None for the last day on which something changes.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        Where a layer holds a number that is not finite.
    """
    context = _context(layers, title, description, dates, basemap, articles, style, bbox, countries, unplaced, "")
    return _render(context, as_of, fixed=False)


def _context(
    layers: Mapping[str, Any],
    title: str,
    description: str,
    dates: Iterable[date],
    basemap: Mapping[str, Any] | None,
    articles: Iterable[Article],
    style: Style | None,
    bbox: Sequence[float] | None,
    countries: Iterable[str],
    unplaced: Iterable[Mapping[str, Any]],
    index: str,
) -> _Context:
    return _Context(
        layers=layers,
        title=title,
        description=description,
        dates=tuple(sorted(set(dates))),
        basemap=basemap or {},
        articles=tuple(articles),
        style=style,
        bbox=bbox,
        countries=tuple(countries),
        unplaced=tuple(unplaced),
        index=index,
    )


def _render(context: _Context, as_of: date | None, *, fixed: bool) -> str:
    packed = None if fixed else _packed(context.layers)
    data = _data(context, as_of, packed, fixed=fixed)
    box = data["view"] or [-180, -60, 180, 75]
    frame = make_frame(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), start="sitmap.start")
    scripts = (leaflet_script(), page_script(), frame.script)
    styles = (leaflet_style(), page_style())
    caption = f"{context.title}, {day_words(data['as_of'])}" if fixed else context.title
    plain = plain_list(data)
    data["shapes"] = pooled(data["features"])
    told = {
        "policy": escape(content_security_policy(scripts, styles), quote=True),
        "title": escape(caption),
        "description": escape(context.description, quote=True),
        "leaflet_style": styles[0],
        "page_style": styles[1],
        "map": frame.html,
        "plain": plain,
        "data": data_block(data, name="sitmap-data"),
        "packed": data_block(packed.text, name="sitmap-packed") if packed else "",
        "quotes": "",
        "leaflet_script": scripts[0],
        "page_script": scripts[1],
        "start": scripts[2],
    }
    html = Template(page_template()).substitute(told)
    if packed and (quotes := _quotes(packed, html)):
        html = Template(page_template()).substitute(told, quotes=data_block(quotes, name="sitmap-quotes"))
    return html


def _quotes(packed: Packed, html: str) -> str:
    """Pack as many quotes as the page has room for."""
    room = most_bytes(len(packed.quotes)) - len(html.encode("utf-8", "replace")) - 100
    return pack_quotes(packed.quotes, room)


def _packed(layers: Mapping[str, Any]) -> Packed | None:
    """Pack the events where there are too many for a record of each."""
    events = layers.get("events", ())
    count = len(events["features"] if isinstance(events, Mapping) else events)
    return pack_events(events) if count > PACKED_ABOVE else None


def _data(context: _Context, as_of: date | None, packed: Packed | None, *, fixed: bool) -> dict[str, Any]:
    """Gather what the page's script reads; its keys are the contract with ``geo/data/page``."""
    day = as_of if fixed else None
    features = _page_features(context, day, packed)
    also = [date.fromisoformat(d) for d in packed_days(packed.header)] if packed else []
    span = (str(day), str(day)) if day else day_range(features, *also, *((as_of,) if as_of else ()))
    changes = sorted({*change_days(features, span), *(d.isoformat() for d in also)})
    sides = sides_of(features) | (set(packed_values(packed.header, "side")) if packed else set())
    return {
        "title": context.title,
        "description": context.description,
        "as_of": as_of.isoformat() if as_of else _last_day(features, also, changes, span),
        "fixed": fixed,
        "span": span,
        "changes": changes,
        "recent": RECENT_DAYS,
        "pages": [{"day": d.isoformat(), "href": f"{d.isoformat()}.html"} for d in context.dates],
        "index": context.index,
        "bbox": list(context.bbox) if context.bbox else None,
        "countries": context.countries,
        "view": view_box(features, context.bbox),
        "style": style_tables(context.style or read_style(sides=sides)),
        "articles": article_records(context.articles),
        "base": base_features(widened(context.basemap, context.bbox)),
        "packed": packed.header if packed else None,
        "features": features,
    }


def _last_day(features: list[dict[str, Any]], packed: list[date], changes: list[str], span: tuple[str, str]) -> str:
    """Give the last day on which an event begins; where there is none, on which something changes."""
    days = [f["shown"][0] for f in features if f["layer"] == "events" and f["shown"][0]]
    days += [day.isoformat() for day in packed[-1:]]
    told = [day for day in days if span[0] <= day <= span[1]]
    return max(told) if told else changes[-1] if changes else span[1]


def _page_features(context: _Context, day: date | None, packed: Packed | None) -> list[dict[str, Any]]:
    """Write the features of all layers; of packed events only the sieges that they led to are areas."""
    features = []
    for name in LAYERS:
        if name in context.layers and not (packed and name == "events") and not (day and name == "control_points"):
            layer = context.layers[name]
            features += layer_features(name, _sieges(layer) if packed and name == "areas" else layer, day=day)
    features += layer_features("events", _collection(context.unplaced), day=day)
    return without_circles(features)


def _sieges(areas: Any) -> Any:
    if isinstance(areas, Mapping):
        return {"features": [f for f in areas["features"] if f["properties"].get("type") == "siege"]}
    return areas[areas["type"] == "siege"]


def _collection(properties: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [{"geometry": None, "properties": p} for p in properties]}
