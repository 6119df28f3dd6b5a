"""The gazetteer of an atlas as people write it: the places, routes and areas of ``seeds/gazetteer/``."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.crs import distance_m
from geo.gazetteer.crs_member import CRS_DO, foreign_crs
from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.fields import Reader, check_point, read_place
from geo.gazetteer.problems import Problem, Report
from geo.gazetteer.subdivisions import read_subdivisions
from geo.model import Place
from geo.settings import Atlas

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

COLUMNS = ("id", "name", "kind", "lon", "lat", "precision_m", "aliases", "name_ar", "country", "admin1", "source")
NEEDED = ("id", "name", "kind", "lon", "lat", "source")
PLACES, ONLINE, ROUTES, AREAS = "places.csv", "online.csv", "routes.geojson", "areas.geojson"
FILES = (PLACES, ONLINE, ROUTES, AREAS)

_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')
_GEOMETRY = {ROUTES: "LineString", AREAS: "Polygon"}
_SHAPE_MESSAGE = {
    "LineString": "Draw a route as one line of two points and more",
    "Polygon": "Draw an area as one polygon; parts that lie apart are features of their own",
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What an atlas adds to the gazetteer.

    Attributes
    ----------
    entries
        In the order of the files and their lines.
    lines
        File and line of each entry, by place id.
    routes
        How far a route's true course may lie from the drawn one in metres, by place id.
    problems
        Everything that is wrong, in the order of files and lines.
    """

    entries: tuple[Entry, ...]
    lines: Mapping[str, tuple[Path, int]]
    routes: Mapping[str, float]
    problems: tuple[Problem, ...]


def source_paths(atlas: Atlas) -> tuple[Path, ...]:
    """Give the gazetteer files that the atlas has."""
    return tuple(path for name in FILES if (path := atlas.seeds / "gazetteer" / name).is_file())


def read_sources(atlas: Atlas) -> Sources:
    """Read and check the gazetteer of an atlas.

    Parameters
    ----------
    atlas
        The atlas; each of the four files may be missing.

    Returns
    -------
    Sources
        With the entries that are right and the problems of the others; nothing is raised for a wrong entry.
    """
    admin1 = frozenset(code for subdivisions in read_subdivisions().values() for code in subdivisions)
    entries: list[Entry] = []
    lines: dict[str, tuple[Path, int]] = {}
    routes: dict[str, float] = {}
    problems: list[Problem] = []
    for path in source_paths(atlas):
        reader = Reader(report=Report(path), theatre=atlas.theatre, admin1=admin1)
        read = _read_places(path, reader) if path.name in (PLACES, ONLINE) else _read_features(path, reader)
        for line, entry, precision_m in read:
            earlier = lines.get(entry.place.id)
            if earlier:
                bare_id = entry.place.id.partition(":")[2]
                what = f"id {bare_id!r} stands already in {earlier[0].name}:{earlier[1]}"
                reader.report.add(line, what, "Give each entry an id of its own")
                continue
            lines[entry.place.id] = (path, line)
            entries.append(entry)
            if path.name == ROUTES:
                routes[entry.place.id] = precision_m
        problems += reader.report.problems
    return Sources(tuple(entries), lines, routes, tuple(problems))


def _read_places(path: Path, reader: Reader) -> Iterator[tuple[int, Entry, float]]:
    text = _read_text(path, reader)
    # A comment line becomes an empty one, which csv passes over, so that line numbers stay true.
    rows = csv.reader(("" if line.startswith("#") else line for line in text.splitlines()), strict=True)
    header: list[str] = []
    line = 1
    try:
        for row in rows:
            start, line = line, rows.line_num + 1
            if not row:
                continue
            if not header:
                header = [cell.strip() for cell in row]
                if not _header_fits(header, start, reader):
                    return
            elif len(row) != len(header):
                reader.report.add(
                    start, f"the row has {len(row)} cells, the header {len(header)}", 'Put text with commas into "…"'
                )
            else:
                place = read_place(dict(zip(header, row, strict=True)), start, reader)
                if place:
                    yield start, _entry(place), place.precision_m
    except csv.Error as error:
        reader.report.add(rows.line_num, f"this is not CSV: {error}", "Mend the quotation marks of the row")


def _header_fits(header: list[str], line: int, reader: Reader) -> bool:
    missing = [column for column in NEEDED if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    twice = sorted({column for column in header if header.count(column) > 1})
    if missing:
        reader.report.add(line, f"the columns {', '.join(missing)} are missing", f"The columns are {','.join(COLUMNS)}")
    if unknown:
        reader.report.add(
            line, f"the columns {', '.join(map(repr, unknown))} are unknown", f"The columns are {','.join(COLUMNS)}"
        )
    if twice:
        reader.report.add(line, f"the columns {', '.join(twice)} stand twice", "Leave one of each")
    return not (missing or unknown or twice)


def _read_features(path: Path, reader: Reader) -> Iterator[tuple[int, Entry, float]]:
    text = _read_text(path, reader)
    try:
        collection = json.loads(text) if text else {"type": "FeatureCollection", "features": []}
    except json.JSONDecodeError as error:
        reader.report.add(error.lineno, f"this is not JSON: {error.msg}", "Mend the file")
        return
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        reader.report.add(1, "this is not a GeoJSON FeatureCollection", "Save the layer as GeoJSON (RFC 7946)")
        return
    foreign = foreign_crs(collection)
    if foreign:
        line = text.count("\n", 0, max(text.find('"crs"'), 0)) + 1
        reader.report.add(line, f"the coordinates are in {foreign}, not in WGS 84", CRS_DO)
        return
    starts = [text.count("\n", 0, found.start()) + 1 for found in _FEATURE.finditer(text)]
    for number, feature in enumerate(features):
        line = starts[number] if number < len(starts) else 1
        entry = _feature(feature, line, reader, geometry_type=_GEOMETRY[path.name])
        if entry:
            precision_m = feature["properties"].get("precision_m")
            yield line, entry, float(precision_m) if precision_m else entry.place.precision_m


def _feature(feature: Any, line: int, reader: Reader, *, geometry_type: str) -> Entry | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        reader.report.add(line, "the feature has no properties", f"The properties are {', '.join(COLUMNS)}")
        return None
    geometry = _geometry(feature.get("geometry"), line, reader, geometry_type=geometry_type)
    if geometry is None:
        return None
    aliases = properties.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        reader.report.add(line, f"aliases {aliases!r} is not a list of names", 'Write ["…", "…"]')
        return None
    fields = {key: "" if properties.get(key) is None else str(properties[key]) for key in COLUMNS}
    fields["aliases"] = "|".join(aliases)
    point = _point(geometry, fields)
    place = read_place(fields, line, reader, point=point, extent_m=_extent_m(geometry, *point))
    return _entry(place, geometry.wkb) if place else None


def _geometry(value: Any, line: int, reader: Reader, *, geometry_type: str) -> "BaseGeometry | None":
    from shapely import get_coordinates
    from shapely.errors import ShapelyError
    from shapely.geometry import shape
    from shapely.validation import explain_validity

    kind = value.get("type") if isinstance(value, dict) else None
    if kind != geometry_type:
        reader.report.add(
            line, f"the geometry is {kind or 'missing'}, not a {geometry_type}", _SHAPE_MESSAGE[geometry_type]
        )
        return None
    try:
        geometry: BaseGeometry = shape(value)
    except (ShapelyError, TypeError, ValueError, AttributeError, KeyError, IndexError) as error:
        reader.report.add(line, f"the geometry cannot be read: {error}", _SHAPE_MESSAGE[geometry_type])
        return None
    if geometry.is_empty:
        reader.report.add(line, "the geometry is empty", _SHAPE_MESSAGE[geometry_type])
        return None
    if not all(check_point(float(lon), float(lat), line, reader) for lon, lat in get_coordinates(geometry)):
        return None
    if not geometry.is_valid or geometry.length == 0:
        reader.report.add(
            line, f"the geometry is not valid: {explain_validity(geometry)}", _SHAPE_MESSAGE[geometry_type]
        )
        return None
    return geometry


def _point(geometry: "BaseGeometry", fields: Mapping[str, str]) -> tuple[float, float]:
    """Where the place is shown: as given, else halfway along a line, else a point well inside an area."""
    try:
        return float(fields["lon"]), float(fields["lat"])
    except ValueError:
        pass
    if geometry.geom_type == "LineString":
        point = geometry.interpolate(0.5, normalized=True)
    else:
        point = geometry.centroid if geometry.contains(geometry.centroid) else geometry.representative_point()
    return round(point.x, 6), round(point.y, 6)


def _extent_m(geometry: "BaseGeometry", lon: float, lat: float) -> float:
    from shapely import get_coordinates

    return max(distance_m(lon, lat, float(x), float(y)) for x, y in get_coordinates(geometry))


def _entry(place: Place, geometry: bytes | None = None) -> Entry:
    return Entry(place, distinct((place.name, *place.aliases, place.name_ar)), arabic=True, geometry=geometry)


def _read_text(path: Path, reader: Reader) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reader.report.add(line, f"this is not UTF-8: byte 0x{data[error.start]:02x}", "Save the file as UTF-8")
        return ""
