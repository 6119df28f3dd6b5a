"""Outlines compiled: countries, land and the lines between provinces from the basemap's files to one SQLite file.

The basemap's files need pandas to be read, half a second and 80 MB; this one is read in milliseconds.
"""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.data import resource
from geo.gazetteer.files import compiled, digest, open_read_only, tables_digest
from geo.toponyms.cells import cells
from geo.toponyms.globe import around

Window = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_APART_KM = 600.0  # parts of a country farther than this from the rest of it are not meant by its north or south
SIMPLE_DEG = 0.01  # outlines are drawn a kilometre true: no report says more
_VERSION = "2"  # of what is compiled, for the key
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE shapes (layer TEXT, code TEXT, west REAL, south REAL, east REAL, north REAL, shape BLOB);
CREATE INDEX shapes_of ON shapes (layer, code);
"""


def country_shape(code: str, *, layer: str = "country") -> BaseGeometry | None:
    """Give the outline of a country, see `geo.toponyms.outlines.country`; ``"coarse"`` without its small corners."""
    found = _file().execute("SELECT shape FROM shapes WHERE layer = ? AND code = ?", (layer, code)).fetchone()
    return shapely.from_wkb(found[0]) if found else None


def cells_about(code: str, lon: float, lat: float) -> list[BaseGeometry]:
    """Give the cells of a country (`geo.toponyms.cells`) whose boxes hold a point."""
    found = _file().execute(
        "SELECT shape FROM shapes WHERE layer = 'cell' AND code = ? AND west <= ? AND east >= ? AND south <= ?"
        " AND north >= ? ORDER BY rowid",
        (code, lon, lon, lat, lat),
    )
    return [shapely.from_wkb(shape) for (shape,) in found]


def countries_in(window: Window) -> list[str]:
    """Give the codes of the countries whose boxes meet a window, in order."""
    return [code for code, _ in _in_window("country", window)]


def shapes_in(layer: str, window: Window) -> list[BaseGeometry]:
    """Give the shapes of ``"land"`` (parts of countries) or ``"admin1"`` (lines) whose boxes meet a window."""
    return [shapely.from_wkb(shape) for _, shape in _in_window(layer, window)]


def _in_window(layer: str, window: Window) -> list[tuple[str, bytes]]:
    west, south, east, north = window
    return list(
        _file().execute(
            "SELECT code, shape FROM shapes WHERE layer = ? AND west <= ? AND east >= ? AND south <= ? AND north >= ?"
            " ORDER BY rowid",
            (layer, east, west, north, south),
        )
    )


@cache
def _file() -> sqlite3.Connection:
    key = digest((_VERSION, tables_digest(["basemap/countries.fgb", "basemap/admin1.fgb"])))
    return open_read_only(compiled("outlines", key, lambda path: _compile(path, key), cache=None))


def _compile(path: Path, key: str) -> None:
    parts: dict[str, list[BaseGeometry]] = {}
    rows: list[tuple[str, str, BaseGeometry]] = []
    for code, shape in _read("countries"):
        parts.setdefault(code, []).append(shape)
        rows.append(("land", code, shape))
    countries = {code: _main(shapes) for code, shapes in parts.items() if code}
    lines = sorted((shape for _, shape in _read("admin1")), key=lambda s: (s.bounds, s.wkb))
    rows += [("country", code, shape) for code, shape in countries.items()]
    rows += [("coarse", code, shape.simplify(SIMPLE_DEG)) for code, shape in countries.items()]
    rows += [("admin1", "", shape) for shape in lines]
    rows += [("cell", code, cell) for code, shape in countries.items() for cell in _cells(shape, np.array(lines))]
    rows.sort(key=lambda row: (row[0], row[1], row[2].bounds, row[2].wkb))
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(_SCHEMA)
        db.execute("INSERT INTO meta VALUES ('key', ?)", (key,))
        db.executemany(
            "INSERT INTO shapes VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(layer, code, *shape.bounds, shape.wkb) for layer, code, shape in rows],
        )


def _read(name: str) -> list[tuple[str, BaseGeometry]]:
    from pyogrio.raw import read

    with as_file(resource(f"basemap/{name}.fgb")) as path:
        meta, _, shapes, values = read(path)
    columns: dict[str, Any] = dict(zip(meta["fields"], values, strict=True))
    codes = columns.get("iso", [""] * len(shapes))
    return [(str(code or ""), shape) for code, shape in zip(codes, shapely.from_wkb(shapes), strict=True)]


def _cells(whole: BaseGeometry, lines: NDArray[np.object_]) -> list[BaseGeometry]:
    west, south, east, north = whole.bounds
    w, s, e, n = shapely.bounds(lines).T
    near = lines[(w <= east) & (e >= west) & (s <= north) & (n >= south)]
    return cells(whole, list(shapely.get_parts(near)))


def _main(parts: list[BaseGeometry]) -> BaseGeometry:
    """Join the parts of a country, without those far from the rest."""
    largest = max(parts, key=lambda p: p.area)
    joined = list(shapely.get_parts(around(shapely.union_all(parts), largest.centroid.x)))
    joined.sort(key=lambda p: (-p.area, p.bounds))
    kept, left = [joined[0]], joined[1:]
    while near := [p for p in left if any(_gap_km(p, k) <= _APART_KM for k in kept)]:
        kept += near
        left = [p for p in left if not any(p is n for n in near)]
    return shapely.union_all(kept)


def _gap_km(one: BaseGeometry, other: BaseGeometry) -> float:
    """Kilometres between the boxes of two shapes, about."""
    west, south, east, north = one.bounds
    w, s, e, n = other.bounds
    dy = max(0.0, south - n, s - north)
    dx = max(0.0, west - e, w - east) * math.cos(math.radians((south + north + s + n) / 4))
    return math.hypot(dx, dy) * 111.2
