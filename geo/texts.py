"""What a single text tells, as tables: its places and its events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.model import Article
from geo.pipeline import extract, open_atlas

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.settings import Atlas


def places(
    text: str, date: date | None = None, atlas: Atlas | Path | str | None = None, *, countries: Sequence[str] = ()
) -> gpd.GeoDataFrame:
    """Find the places that a text names.

    Parameters
    ----------
    text
        Of one report.
    date
        Publication day.
    atlas
        The atlas or its folder, whose gazetteer then wins; the embedded gazetteer alone if None.
    countries
        ISO 3166-1 alpha-2 codes of the countries that names are likely to mean; they go before those of the atlas.

    Returns
    -------
    GeoDataFrame
        A row a mention, in text order: the columns of ``sitmap places``, and as geometry its point (WGS 84, longitude
        first) or None.
    """
    from geo.export.lines import PLACE_COLUMNS, mention_line
    from geo.gazetteer import open_gazetteer
    from geo.toponyms import find_mentions

    article = Article(id="text", text=text, published=date)
    gazetteer = open_gazetteer(None if atlas is None else open_atlas(atlas), countries=countries)
    found = [m for m in find_mentions(article, gazetteer) if m.role in {"place", "metonym"}]
    return _table(PLACE_COLUMNS, [mention_line(m) for m in found], [m.location for m in found])


def events(
    text: str, date: date | None = None, atlas: Atlas | Path | str | None = None, *, countries: Sequence[str] = ()
) -> gpd.GeoDataFrame:
    """Find the events that a text tells.

    Parameters
    ----------
    text, date, atlas, countries
        As in `places`; the atlas also gives the actors and their sides.

    Returns
    -------
    GeoDataFrame
        A row an event, in text order: the columns of ``sitmap events``, and as geometry its line or area where one is
        known, else its point (WGS 84, longitude first), else None.
    """
    from geo.export.lines import EVENT_COLUMNS, event_line
    from geo.gazetteer import open_gazetteer

    article = Article(id="text", text=text, published=date)
    home = None if atlas is None else open_atlas(atlas)
    _, _, found = next(extract([article], home, open_gazetteer(home, countries=countries)))
    return _table(EVENT_COLUMNS, [event_line(e) for e in found], [e.location for e in found])


def _table(columns: tuple[str, ...], lines: list[dict[str, Any]], locations: list[Any]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    from shapely import Point

    from geo.crs import WGS84

    shapes = [place and (place.geometry or Point(place.lon, place.lat)) for place in locations]
    values = {name: [line.get(name) for line in lines] for name in columns}
    return gpd.GeoDataFrame({**values, "geometry": gpd.GeoSeries(shapes, crs=WGS84)}, crs=WGS84)
