"""A folder that QGIS opens: project, layer definition, GeoPackage, basemap, and GeoJSON with styles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.export.arrow import GEOMETRY
from geo.export.flat import Flat
from geo.export.geojson import write_geojson
from geo.export.geopackage import About, write_geopackage
from geo.export.ogr import write_layer
from geo.export.qgis.layerstyle import qml
from geo.export.qgis.project import layer_definition, project_qgz
from geo.export.qgis.tree import Ground, Project, Window
from geo.maps.style import Line, Style

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from geo.gazetteer import Gazetteer

BASEMAP = "basemap.gpkg"
MOST_BOOKMARKS = 12
NEAR_DEGREES = 0.05
WIDER = 1.0
"""How far beyond the window the basemap reaches, in windows to each side."""


def write_package(
    flats: Mapping[str, Flat],
    fresh: Callable[[str], Path],
    name: str,
    *,
    style: Style,
    about: About,
    bbox: Window,
    dates: tuple[date, ...] = (),
    gazetteer: Gazetteer | None = None,
) -> tuple[str, ...]:
    """Write a project with all that it needs.

    Parameters
    ----------
    flats
        The layers, by name.
    fresh
        Gives the path to write to for a name (`geo.export.staging.staged`).
    name
        Of the project, without an ending.
    style, about, bbox, dates
        As of `geo.export.qgis.project.Project`.
    gazetteer
        For the towns and roads beneath.

    Returns
    -------
    tuple of str
        Names of the files.
    """
    write_geopackage(flats, fresh(f"{name}.gpkg"), style=style, about=about)
    ground = _write_basemap(fresh, style, bbox, gazetteer)
    project = Project(
        flats=flats,
        source=f"{name}.gpkg",
        style=style,
        about=about,
        bbox=bbox,
        dates=dates,
        bookmarks=_bookmarks(flats, about.title, bbox),
        ground=ground,
        ground_source=BASEMAP,
    )
    fresh(f"{name}.qgz").write_bytes(project_qgz(project, name))
    fresh(f"{name}.qlr").write_bytes(layer_definition(project))
    files = [f"{name}.qgz", f"{name}.gpkg", f"{name}.qlr", *([BASEMAP] if ground else [])]
    for layer, flat in flats.items():
        if len(flat):
            write_geojson(flat, fresh(f"geojson/{layer}.geojson"), about=about.to_dict())
            fresh(f"geojson/{layer}.qml").write_bytes(qml(flat.schema, style))
            files += [f"geojson/{layer}.geojson", f"geojson/{layer}.qml"]
    return tuple(files)


def _bookmarks(flats: Mapping[str, Flat], title: str, bbox: Window) -> dict[str, Window]:
    """Give the window of all, and the places of which the reports speak most."""
    found: dict[str, Window] = {title or "All": bbox}
    places = flats.get("places")
    if places is None:
        return found
    named = zip(
        places.columns["mentions"], places.columns["name"], places.columns["precision_m"], places.geometry, strict=True
    )
    sharp = [(-count, name, shape) for count, name, precision, shape in named if precision <= 20_000]
    for _, name, shape in sorted(sharp, key=lambda row: row[:2])[:MOST_BOOKMARKS]:
        x, y, d = shape.x, shape.y, NEAR_DEGREES
        found.setdefault(name, (x - d, y - d, x + d, y + d))
    return found


def _write_basemap(
    fresh: Callable[[str], Path], style: Style, bbox: Window, gazetteer: Gazetteer | None
) -> tuple[Ground, ...]:
    from geo.maps.basemap import basemap

    west, south, east, north = bbox
    dx, dy = (east - west) * WIDER, (north - south) * WIDER
    window = (max(-180.0, west - dx), max(-90.0, south - dy), min(180.0, east + dx), min(90.0, north + dy))
    found = basemap(window, gazetteer)
    drawn, path = [], None
    for ground in _grounds(style):
        frame = found.get(ground.name.removeprefix("basemap_"))
        if frame is not None and len(frame):
            path = path or fresh(BASEMAP)  # at sea there is none
            _write_ground(frame, path, ground)
            drawn.append(ground)
    return tuple(drawn)


def _grounds(style: Style) -> tuple[Ground, ...]:
    base, none = style.basemap, Line(id="", label="", color="#FFFFFF")
    return (
        Ground("basemap_towns", "Towns", "Point", base["town"]),
        Ground("basemap_borders", "Borders", "LineString", base["border"]),
        Ground("basemap_admin1", "Provinces", "LineString", base["admin1"]),
        Ground("basemap_roads", "Roads", "LineString", base["road"]),
        Ground("basemap_outline", "Built-up", "Polygon", none, base["outline"].color),
        Ground("basemap_lakes", "Lakes", "Polygon", none, base["water"].color),
        Ground("basemap_rivers", "Rivers", "LineString", base["river"]),
        Ground("basemap_countries", "Countries", "Polygon", none, base["land"].color),
    )


def _write_ground(frame: gpd.GeoDataFrame, path: Path, ground: Ground) -> None:
    import pyarrow as pa
    import shapely

    names = [name for name in frame.columns if name != frame.geometry.name]
    columns: dict[str, Any] = {name: pa.array(frame[name].tolist()) for name in names}
    columns[GEOMETRY] = pa.array(shapely.to_wkb(frame.geometry.to_numpy()), type=pa.binary())
    options = {"GEOMETRY_NAME": "geom", "IDENTIFIER": ground.title}
    write_layer(
        pa.table(columns),
        path,
        features=len(frame),
        driver="GPKG",
        layer=ground.name,
        geometry_type=ground.geometry,
        options=options,
        dataset={"VERSION": "1.3"},
    )
