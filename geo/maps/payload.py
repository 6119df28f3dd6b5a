"""What a page knows: layers, basemap, articles and style as plain data; each feature says on which days it shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.data import read_csv
from geo.maps.reports import report_cards
from geo.maps.shown import is_shown, shown_days
from geo.maps.words import distance_words, edtf_words, figures_words

if TYPE_CHECKING:
    from geo.maps.style import Style
    from geo.model import Article

AROUND = 2  # how far beyond the theatre the land is drawn, in widths of the theatre
LARGE = 5000  # rows of a table that are looked through before they become data
DECIMALS = 5  # of a degree, about one metre
NESTED = ("actors", "figures", "flags", "aliases", "sides", "reports", "contested", "corrected")
KEPT = (
    "id", "type", "label", "name", "name_ar", "kind", "aliases", "place", "place_id", "rule", "actors", "modality",
    "attribution", "flags", "route", "state", "holder", "side", "sides", "basis", "length_km", "event", "mentions",
    "precision_m", "known", "source", "article", "quote", "quote_start", "quote_end", "confidence", "section",
    "standing", "certainty", "stale_from", "area_km2", "subtype",
)  # fmt: skip


def layer_features(name: str, layer: Any, *, day: date | None = None) -> list[dict[str, Any]]:
    """Write the features of a layer for the page.

    Parameters
    ----------
    name
        Name of the layer.
    layer
        GeoDataFrame in WGS 84, or anything with its ``__geo_interface__``, or a GeoJSON FeatureCollection.
    day
        Keep what a map of that day shows, fading features included; None keeps all.

    Returns
    -------
    list of dict
        Properties, ``geometry`` (GeoJSON, longitude first, or None), ``shown`` (first and last ISO day, both inclusive,
        null without limit), ``undated``, ``lasting``, time, precision and figures in words, and the reports of an event
        that several tell.
    """
    features = []
    for geometry, properties in _features(layer if day is None else _near(name, layer, day)):
        shown = shown_days(name, properties)
        if day is not None and not is_shown(shown, day):
            continue
        feature = {key: properties[key] for key in KEPT if properties.get(key) not in (None, "", [])}
        feature |= {
            "layer": name,
            "geometry": rounded(geometry),
            "shown": [shown.first, shown.last],
            "when": edtf_words(properties.get("edtf")),
            "phrase": properties.get("when") or "",
            "near": distance_words(properties.get("precision_m")),
            "figures": figures_words(properties.get("figures")),
        }
        feature |= report_cards(properties) if name == "events" else {}
        if change := _change(properties.get("corrected")):
            feature["changed"] = change
        feature |= {key: True for key in ("undated", "lasting") if getattr(shown, key)}
        features.append(feature)
    return features


def _change(corrected: Any) -> dict[str, str]:
    """Give who changed a feature by hand, when, why and how; what was there before stands in the layer."""
    if not isinstance(corrected, Mapping):
        return {}
    return {key: str(corrected[key]) for key in ("action", "who", "when", "why") if corrected.get(key)}


def _near(name: str, layer: Any, day: date) -> Any:
    """Leave out the rows of a large table that a map of a day does not show, before they become data."""
    if isinstance(layer, Mapping) or len(layer) < LARGE:
        return layer
    keys = [key for key in ("start", "end", "known", "modality", "type") if key in layer]
    rows = zip(*(layer[key].tolist() for key in keys), strict=True)
    told = ({key: plain_value(key, value) for key, value in zip(keys, row, strict=True)} for row in rows)
    return layer[[is_shown(shown_days(name, properties), day) for properties in told]]


def widened(basemap: Mapping[str, Any], bbox: Sequence[float] | None) -> dict[str, Any]:
    """Give the basemap with countries, borders and lakes of a wider window, so that a reader who zooms out sees land.

    Parameters
    ----------
    basemap
        From `geo.maps.basemap`; layers that it does not have are not added.
    bbox
        The theatre: west, south, east, north in degrees; None changes nothing.
    """
    from geo.maps.basemap import world_layers

    wider = tuple(name for name in ("countries", "borders", "lakes") if name in basemap)
    if bbox is None or not wider:
        return dict(basemap)
    west, south, east, north = bbox
    margin = AROUND * max(east - west, north - south)
    window = (
        max(west - margin, -180.0),
        max(south - margin, -85.0),
        min(east + margin, 180.0),
        min(north + margin, 85.0),
    )
    return {**basemap, **world_layers(window, wider)}


def base_features(layers: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Write the layers of the basemap for the page: name, kind, rank and geometry of each feature."""
    kept = ("name", "name_ar", "kind", "rank", "disputed", "iso")
    return {
        name: [
            {key: properties[key] for key in kept if properties.get(key) not in (None, "")}
            | _arabic(name, properties)
            | {"geometry": rounded(geometry)}
            for geometry, properties in _features(layer)
            if geometry
        ]
        for name, layer in layers.items()
        if layer is not None
    }


def _arabic(layer: str, properties: Mapping[str, Any]) -> dict[str, str]:
    """Give the Arabic name of a country or a lake, which Natural Earth does not have, where the packaged tables do."""
    key = {"countries": "iso", "lakes": "name"}.get(layer)
    name = _arabic_names(layer).get(properties.get(key) or "") if key else None
    return {"name_ar": name} if name else {}


@cache
def _arabic_names(layer: str) -> dict[str, str]:
    table, key = ("countries.csv", "alpha2") if layer == "countries" else ("lakes.csv", "name")
    return {row[key]: row["name_ar"] for row in read_csv(table) if row["name_ar"]}


def article_records(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """Write the articles for the page, by day of publication; links other than http and https are left out."""
    records = [
        {
            "id": article.id,
            "title": article.title,
            "source": article.source,
            "url": safe_url(article.url),
            "published": article.published.isoformat() if article.published else "",
            "text": article.text,
        }
        for article in articles
    ]
    return sorted(records, key=lambda record: (record["published"], record["id"]))


def safe_url(url: str) -> str:
    """Give the address if it is http or https, else nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def day_range(features: Iterable[Mapping[str, Any]], *also: date) -> tuple[str, str]:
    """Give the first and the last day that the features or the given days name, as ISO days."""
    days = {day for feature in features if feature["layer"] != "places" for day in feature["shown"] if day}
    days |= {day.isoformat() for day in also}
    return (min(days), max(days)) if days else ("", "")


def change_days(features: Iterable[Mapping[str, Any]], span: tuple[str, str]) -> list[str]:
    """Give the days on which something appears, or something lasting ends, within the span, in order."""
    days = set()
    for feature in features:
        first, last = feature["shown"]
        if first:
            days.add(first)
        if last and feature.get("lasting"):
            days.add((date.fromisoformat(last) + timedelta(days=1)).isoformat())
    return sorted(day for day in days if span[0] <= day <= span[1])


def view_box(
    features: Iterable[Mapping[str, Any]], bbox: Sequence[float] | None, *, largest_m: float = 20_000
) -> list[float] | None:
    """Choose where the map looks: around what is placed well and lies in the theatre, else at the theatre.

    Parameters
    ----------
    features
        From `layer_features`.
    bbox
        The theatre: west, south, east, north in degrees; None if unknown.
    largest_m
        Features placed less exactly than this radius in metres do not count.

    Returns
    -------
    list of float or None
        West, south, east, north in degrees; None where nothing is known.
    """
    points = [
        point
        for feature in features
        if feature["layer"] in ("events", "routes") and feature.get("precision_m", 0) <= largest_m
        for point in positions((feature["geometry"] or {}).get("coordinates", ()))
        if bbox is None or (bbox[0] <= point[0] <= bbox[2] and bbox[1] <= point[1] <= bbox[3])
    ]
    if not points:
        return list(bbox) if bbox else None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return [min(lons), min(lats), max(lons), max(lats)]


def positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Walk the positions of GeoJSON coordinates of any depth: longitude, latitude."""
    if not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from positions(part)


def rounded(geometry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Copy a GeoJSON geometry with coordinates of `DECIMALS` digits, heights left out; None for an empty one."""
    if not geometry or not geometry.get("coordinates"):
        return None
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], int | float):
        return [round(float(value), DECIMALS) + 0.0 for value in coordinates[:2]]
    return [_rounded(part) for part in coordinates]


def _features(layer: Any) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """Walk geometry and properties of each feature; what GeoJSON drivers hand over as JSON text becomes data again."""
    collection = layer if isinstance(layer, Mapping) else layer.__geo_interface__
    for feature in collection["features"]:
        properties = feature.get("properties") or {}
        yield feature.get("geometry"), {key: plain_value(key, value) for key, value in properties.items()}


def plain_value(key: str, value: Any) -> Any:
    """Give a property as plain data: what drivers hand over as JSON text, and numpy's scalars, become Python's."""
    if isinstance(value, float) and value != value:
        return None
    if key in NESTED and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return [value] if key != "figures" else {}
    if isinstance(value, str | int | float | list | tuple | dict) or value is None:
        return value
    # numpy scalars know their plain value; days of other kinds are written as ISO days
    return value.item() if hasattr(value, "item") else str(value)[:10] if hasattr(value, "isoformat") else str(value)


def sides_of(features: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give the ids of the sides that the features name."""
    sides: set[str] = set()
    for feature in features:
        sides |= {feature.get("holder", ""), feature.get("side", ""), *feature.get("sides", ())}
        sides |= {actor.get("side") or "" for actor in feature.get("actors", ()) if isinstance(actor, Mapping)}
    return sides - {""}


def style_tables(style: Style) -> dict[str, Any]:
    """Write the style for the page: its records as tables."""
    return {field.name: _table(getattr(style, field.name)) for field in fields(style)}


def _table(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _table(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _table(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value
