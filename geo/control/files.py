"""Zones from a file of polygons that somebody else drew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geo.control.records import HELD, Zone
from geo.errors import InputError

HOLDERS = ("holder", "side", "control", "controlled_by", "owner", "faction")
"""Columns that may name who holds a polygon, in any case of letters, the first one found counts."""
UNNAMED = "occupied"
"""The holder of polygons in a file that names none."""


def read_zones(path: Path) -> tuple[Zone, ...]:
    """Read who holds what from GeoJSON, GeoPackage, a shapefile or any other format of polygons that GDAL reads.

    Parameters
    ----------
    path
        The file. Coordinates are brought to WGS 84; features that are no polygons are left out, broken ones repaired.

    Returns
    -------
    tuple of Zone
        By holder: the value of the first column of `HOLDERS` that is there, else `UNNAMED` for all. A ``state`` column
        is taken over; polygons of one holder and state are joined.

    Raises
    ------
    InputError
        Where the file cannot be read, or holds no polygon.
    """
    import geopandas
    from pyogrio.errors import DataSourceError

    if not path.is_file():
        raise InputError("there is no such file", do="Name a file of polygons, or two days of an atlas", path=path)
    try:
        frame = geopandas.read_file(path)
    except (DataSourceError, UnicodeDecodeError) as error:
        raise InputError(f"this file cannot be read: {error}", do="Save it as GeoJSON", path=path) from None
    if not isinstance(frame, geopandas.GeoDataFrame) or not len(frame):
        raise InputError("no polygon is in it", do="Give a file of polygons", path=path)
    frame = frame if frame.crs is None else frame.to_crs("EPSG:4326")
    column = _column(frame.columns, HOLDERS)
    state = _column(frame.columns, ("state",))
    by_key: dict[tuple[str, str], list[Any]] = {}
    for number, shape in enumerate(frame.geometry):
        polygons = [] if shape is None else [p for p in _parts(shape) if p.geom_type == "Polygon" and p.area > 0]
        if polygons:
            key = (_text(frame, column, number) or UNNAMED, _text(frame, state, number) or HELD)
            by_key.setdefault(key, []).extend(polygons)
    if not by_key:
        raise InputError("no polygon is in it", do="Give a file of polygons", path=path)
    return tuple(Zone(holder, kind, _joined(by_key[holder, kind])) for holder, kind in sorted(by_key))


def _parts(shape: Any) -> list[Any]:
    valid = shapely.force_2d(shape) if shape.is_valid else shapely.make_valid(shapely.force_2d(shape))
    return list(shapely.get_parts(shapely.get_parts(valid)).tolist())


def _text(frame: Any, column: str | None, number: int) -> str:
    value = frame[column].iloc[number] if column else None
    missing = value is None or value != value  # NaN, which alone differs from itself
    return "" if missing else str(value).strip()


def _joined(polygons: list[Any]) -> Any:
    whole = shapely.union_all(polygons)
    return shapely.multipolygons(shapely.get_parts(shapely.orient_polygons(whole)))


def _column(columns: Any, wanted: tuple[str, ...]) -> str | None:
    names = {str(name).lower(): str(name) for name in reversed(list(columns))}
    return next((names[name] for name in wanted if name in names), None)
