"""The basemap: Natural Earth's borders and waters for any window of the world, and the atlas's own towns and roads.

The files and how they were made: ``geo/data/basemap/README.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.resources import as_file
from typing import TYPE_CHECKING, Any

from geo.crs import EARTH_RADIUS_M, WGS84, distance_m
from geo.data import read_toml, resource
from geo.gazetteer.names import fold

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.gazetteer import Gazetteer
    from geo.model import Place

Window = tuple[float, float, float, float]

WORLD_LAYERS = ("countries", "borders", "admin1", "lakes", "rivers")
ATLAS_LAYERS = ("towns", "outline", "roads")
# The rivers are rounded to about 4 km (geo/data/basemap/README.md); in a narrower window that would show.
RIVERS_FROM_M = 60_000
# Two entries of one name closer than this are one town.
SAME_TOWN_M = 5_000
# Gazetteers count quarters as towns: a large one is taken for a quarter where a town this near has so many times its
# names (Pravyi Bereh, with 350,000 people and two names, beside Mariupol).
QUARTER_M, QUARTER_PEOPLE, QUARTER_NAMES = 10_000, 50_000, 4
# A map of a theatre shows fewer; on one of a continent more towns would hide it, and weigh megabytes.
MOST_TOWNS = 2_000


def basemap(bbox: Window, gazetteer: Gazetteer | None = None) -> dict[str, GeoDataFrame]:
    """Give what a map of a window stands on.

    Parameters
    ----------
    bbox
        West, south, east, north in WGS 84 degrees. East less than west means across the antimeridian; then the
        longitudes of the result run on past 180.
    gazetteer
        Where towns, outlines of cities and roads come from; without it these are empty.

    Returns
    -------
    dict of GeoDataFrame
        WGS 84, clipped to the window, in an order that depends on content alone:

        - ``countries`` (Polygon: ``iso``, ``name``, ``disputed``), ``borders`` (LineString: ``disputed``), ``admin1``
          (LineString), ``lakes`` (Polygon: ``name``), ``rivers`` (LineString: ``name``,
          ``name_ar``; none in windows under 60 km),
        - ``towns`` (Point: ``id``, ``name``, ``name_ar``, ``kind``, ``rank``, ``population``), most important first;
          rank 1 is a city, 2 a town, 3 a neighbourhood, a crossing or an airport, 4 a village; all of the atlas, and
          the 2000 most populous others,
        - ``outline`` (Polygon: ``id``, ``name``), ``roads`` (LineString: ``id``, ``name``, ``kind``).
    """
    window = _ordered(bbox)
    return world_layers(window) | _atlas_layers(window, gazetteer)


def world_layers(bbox: Window, names: Sequence[str] = WORLD_LAYERS) -> dict[str, GeoDataFrame]:
    """Give some of the layers that come from Natural Earth, as `basemap` describes them."""
    west, south, east, north = window = _ordered(bbox)
    layers = {name: _world_layer(name, window) for name in names}
    width = math.radians(east - west) * math.cos(math.radians((south + north) / 2)) * EARTH_RADIUS_M
    if "rivers" in layers and width < RIVERS_FROM_M:
        layers["rivers"] = layers["rivers"].iloc[:0]
    return layers


def empty_basemap() -> dict[str, GeoDataFrame]:
    """Give the basemap of nowhere: all layers, without a feature."""
    return {name: _frame({}, []) for name in (*WORLD_LAYERS, *ATLAS_LAYERS)}


def _ordered(bbox: Window) -> Window:
    west, south, east, north = bbox
    return (west, max(-90.0, south), east if east >= west else east + 360, min(90.0, north))


def _world_layer(name: str, window: Window) -> GeoDataFrame:
    import numpy as np
    import shapely
    from pyogrio.raw import read

    west, south, east, north = window
    columns: dict[str, list[Any]] = {}
    shapes: list[Any] = []
    with as_file(resource(f"basemap/{name}.fgb")) as path:
        # Whole turns round the world: the files run from -180 to 180.
        for turn in (-360, 0, 360):
            if west + turn >= 180 or east + turn <= -180:
                continue
            meta, fids, found, values = read(path, bbox=(west + turn, south, east + turn, north), return_fids=True)
            # In the file's own order: an index read by window answers in another.
            order = np.argsort(fids)
            shapes += list(shapely.transform(shapely.from_wkb(found[order]), lambda xy, turn=turn: xy - (turn, 0)))
            for field, column in zip(meta["fields"], values, strict=True):
                columns.setdefault(str(field), []).extend(column[order].tolist())
    return _clipped(columns, shapes, window)


def _clipped(columns: dict[str, list[Any]], shapes: list[Any], window: Window) -> GeoDataFrame:
    """Cut to the window; a line or a polygon can be cut into several, and a polygon can leave a stroke on the edge."""
    import numpy as np
    import shapely

    cut = shapely.clip_by_rect(np.array(shapes, dtype=object), *window)
    parts, index = shapely.get_parts(cut, return_index=True)
    wanted = ~shapely.is_empty(parts) & np.isin(shapely.get_type_id(parts), (0, 1, 3))  # point, line string, polygon
    rows = index[wanted].tolist()
    return _frame({field: [column[row] for row in rows] for field, column in columns.items()}, list(parts[wanted]))


def _atlas_layers(window: Window, gazetteer: Gazetteer | None) -> dict[str, GeoDataFrame]:
    if gazetteer is None:
        return {name: _frame({}, []) for name in ATLAS_LAYERS}
    outlines: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for place in sorted(gazetteer.atlas_places(), key=lambda p: p.id):
        if place.kind in _table()["outline_kinds"]:
            shape = gazetteer.geometry(place.id)
            if shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}:
                outlines.append({"id": place.id, "name": place.name})
                shapes.append(shape)
    roads = [route for route in gazetteer.routes() if route.kind in _table()["road_kinds"]]
    roads.sort(key=lambda route: route.id)
    road_rows = [{"id": road.id, "name": road.name, "kind": road.kind} for road in roads]
    return {
        "towns": _towns(window, gazetteer),
        "outline": _clipped(_columns(outlines), shapes, window),
        "roads": _clipped(_columns(road_rows), [road.course for road in roads], window),
    }


def _towns(window: Window, gazetteer: Gazetteer) -> GeoDataFrame:
    from shapely import Point

    west, south, east, north = window
    ranks: dict[str, int] = _table()["ranks"]
    middle = ((west + east) / 2, (south + north) / 2)
    radius = distance_m(*middle, east, north)
    own = [place for place in gazetteer.atlas_places() if place.kind in ranks]
    found = gazetteer.nearby((middle[0] + 180) % 360 - 180, middle[1], radius, kinds=tuple(sorted(ranks)))
    taken: dict[str, list[Place]] = {}
    quarters = _quarters([place for place in found if place.population >= QUARTER_PEOPLE])
    rows: list[dict[str, Any]] = []
    points = []
    for place in own + sorted(found, key=lambda p: (-p.population, p.id)):
        if len(rows) >= len(own) + MOST_TOWNS:
            break
        lon = place.lon + 360 if place.lon < west and east > 180 else place.lon
        if not (west <= lon <= east and south <= place.lat <= north):
            continue
        names = {fold(name) for name in (place.name, *place.aliases)}
        if _is_double(place, names, taken):
            continue
        for name in names:
            taken.setdefault(name, []).append(place)
        points.append(Point(lon, place.lat))
        rows.append(
            {
                "id": place.id,
                "name": place.name,
                "name_ar": place.name_ar,
                "kind": place.kind,
                "rank": ranks["neighbourhood" if place.id in quarters else place.kind],
                "population": place.population,
            }
        )
    order = sorted(range(len(rows)), key=lambda i: (rows[i]["rank"], -int(rows[i]["population"]), rows[i]["id"]))
    return _frame(_columns([rows[i] for i in order]), [points[i] for i in order])


def _quarters(towns: Sequence[Place]) -> frozenset[str]:
    """Give the ids of those that are part of another of them, told by how few names they have."""
    return frozenset(
        one.id
        for one in towns
        if any(
            len(other.aliases) >= QUARTER_NAMES * max(1, len(one.aliases))
            and distance_m(one.lon, one.lat, other.lon, other.lat) < QUARTER_M
            for other in towns
        )
    )


def _is_double(place: Place, names: set[str], taken: dict[str, list[Place]]) -> bool:
    return any(
        distance_m(place.lon, place.lat, other.lon, other.lat) < SAME_TOWN_M
        for name in sorted(names)
        for other in taken.get(name, ())
    )


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {key: [row[key] for row in rows] for key in rows[0]} if rows else {}


def _frame(columns: dict[str, list[Any]], shapes: list[Any]) -> GeoDataFrame:
    import geopandas

    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=WGS84)


def _table() -> dict[str, Any]:
    return read_toml("basemap/basemap.toml")
