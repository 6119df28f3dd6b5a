"""Edited files: what stands in them now, beside what stood in them when they were exported."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import shapely

from geo.corrections.records import GEOMETRY
from geo.errors import InputError
from geo.export import baseline
from geo.export.baseline import unpacked
from geo.export.geojson import ABOUT, HELD
from geo.export.geopackage import GEOMETRY_COLUMN, STANDARD
from geo.layers.schema import LayerSchema, read_schema
from geo.layers.shapes import tidy

if TYPE_CHECKING:
    import geopandas as gpd

_ENVELOPES = (0, 32, 48, 48, 64)
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG:6.9:4326")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A layer of an edited file.

    Attributes
    ----------
    schema
        Of the layer.
    old
        What was exported, by id.
    rows
        What stands there now: as in the file, and as the layers hold it.
    fids
        Numbers of the features in the file as exported; empty where they have none.
    whole
        Whether a feature that is missing was deleted.
    """

    schema: LayerSchema
    old: Mapping[str, Row]
    rows: tuple[tuple[Row, Row], ...]
    fids: Mapping[str, int]
    whole: bool


@dataclass(frozen=True, slots=True)
class EditedFile:
    """What was read of a file: its layers, what is wrong with it in words, and the profile of its export."""

    sheets: tuple[Sheet, ...]
    problems: tuple[str, ...] = ()
    profile: str = ""


def files_of(path: Path) -> tuple[Path, ...]:
    """Give the files that hold edits: the file itself, or those of the folder of an export (also named by its project).

    Raises
    ------
    InputError
        Where a folder holds none.
    """
    if path.suffix.lower() in {".qgz", ".qgs", ".qlr"}:
        path = path.parent
    if not path.is_dir():
        return (path,)
    packages = [p for p in sorted(path.glob("*.gpkg")) if _has_baseline(p)]
    jsons = sorted([*path.glob("*.geojson"), *path.glob("geojson/*.geojson")])
    found = (*packages, *(p for p in jsons if p.stem in read_schema()))
    if not found:
        raise InputError("this folder holds no export", do="Give the folder or the file that was exported", path=path)
    return found


def read_edited(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> EditedFile:
    """Read an edited file.

    Parameters
    ----------
    path
        A GeoPackage or a GeoJSON file of one layer that ``sitmap export`` wrote; both keep what they held.
    layers
        The built layers, with which a GeoJSON file is compared that does not say what it held.

    Raises
    ------
    InputError
        Where the file is no export.
    """
    if path.suffix.lower() in {".geojson", ".json"}:
        return _geojson(path, layers)
    return _geopackage(path)


def _has_baseline(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT count(*) FROM gpkg_metadata WHERE mime_type = ?", (baseline.MIME,)).fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(found[0])


def _geopackage(path: Path) -> EditedFile:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            asked = "SELECT mime_type, metadata FROM gpkg_metadata WHERE md_standard_uri = ?"
            told = dict(db.execute(asked, (STANDARD,)))
            if baseline.MIME not in told:
                raise InputError(
                    "this file does not keep what it held", do=f"Export at most {baseline.MOST:,} features", path=path
                )
            before = {n: rows for n, rows in baseline.load(told[baseline.MIME]).items() if n in read_schema()}
            systems = dict(db.execute("SELECT table_name, srs_id FROM gpkg_geometry_columns"))
            good = [name for name in before if systems.get(name) == 4326]
            after = {name: baseline.read_rows(db, name) for name in good}
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"this is no GeoPackage of sitmap: {error}",
            do="Give the file that was exported, not a copy saved under another name by another program",
            path=path,
        ) from error
    problems = [
        f"{path.name}: the layer {name} is "
        + ("not in degrees (EPSG:4326) any more" if name in systems else "not there any more")
        + "; nothing of it is taken, and none of its features counts as deleted"
        for name in before
        if name not in good
    ]
    sheets = [_sheet_of_rows(read_schema()[name], before[name], after[name]) for name in good]
    profile = str(orjson.loads(told.get("application/json", "{}")).get("profile", ""))
    return EditedFile(tuple(sheets), tuple(problems), profile)


def _sheet_of_rows(schema: LayerSchema, before: list[Row], after: list[Row]) -> Sheet:
    old = {row["id"]: _decoded(row, schema) for row in before}
    fids = {row["id"]: row["fid"] for row in before}
    named = {fid: id for id, fid in fids.items()}
    # To empty the id of a feature does not make it another one.
    rows = [row if row.get("id") else {**row, "id": named.get(row["fid"])} for row in after]
    return Sheet(schema, old, tuple((row, _decoded(row, schema)) for row in rows), fids, whole=True)


def _geojson(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> EditedFile:
    name = path.stem
    if name not in layers or name not in read_schema():
        raise InputError(
            f"{name!r} is no layer", do=f"Name the file after its layer: {', '.join(read_schema())}", path=path
        )
    try:
        collection = orjson.loads(path.read_bytes())
        _check_system(collection, path)
        rows = list(map(_row_of, collection["features"]))
        about = collection.get(ABOUT) or {}
        held = [_row_of(f) for f in orjson.loads(unpacked(about[HELD]))] if HELD in about else None
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, shapely.errors.ShapelyError) as error:
        raise InputError(f"this is no GeoJSON FeatureCollection: {error}", do="Save it again", path=path) from error
    schema, profile = read_schema()[name], str(about.get("profile", ""))
    found = [(row, _typed(row, schema)) for row in rows]
    if rows and not any(row["id"] for row in rows):
        return EditedFile((), (f"{path.name}: no feature has its id any more; nothing of it is taken",), profile)
    if held is not None:
        old = {row["id"]: _typed(row, schema) for row in held}
        return EditedFile((Sheet(schema, old, tuple(found), {}, whole=True),), profile=profile)
    # It does not say what it held: it is compared with what is built now; what is missing may never have been in it.
    frame, there = layers[name], {row["id"] for row in rows}
    plain = frame.drop(columns=frame.geometry.name).to_dict("records")
    built = {row["id"]: {**row, GEOMETRY: s} for row, s in zip(plain, frame.geometry.tolist(), strict=True)}
    known = tuple((raw, new) for raw, new in found if not raw["id"] or raw["id"] in built)
    strange = len(found) - len(known)
    told = (f"{path.name} does not say what it held, and {strange:,} of its features are not built: export it again",)
    old = {id: row for id, row in built.items() if id in there}
    return EditedFile((Sheet(schema, old, known, {}, whole=False),), told if strange else (), profile)


def _row_of(feature: Row) -> Row:
    shape = feature["geometry"] and shapely.geometry.shape(feature["geometry"])
    # QGIS takes the id out of the properties, and leaves it at the feature.
    return {**feature["properties"], "id": feature.get("id", feature["properties"].get("id")), GEOMETRY: shape}


def _check_system(collection: Row, path: Path) -> None:
    told = collection.get("crs")
    system = str((told or {}).get("properties", {}).get("name", ""))
    if told and not system.endswith(_DEGREES):
        raise InputError(
            f"the coordinates are in {system or 'an unknown system'}",
            do="Save it in WGS 84 (EPSG:4326), as RFC 7946 wants it",
            path=path,
        )


def _decoded(row: Row, schema: LayerSchema) -> Row:
    """Give the properties of a row of a GeoPackage as the layers hold them."""
    blob = row.get(GEOMETRY_COLUMN)
    return _typed({**row, GEOMETRY: _shape(bytes.fromhex(blob)) if blob else None}, schema)


def _typed(row: Row, schema: LayerSchema) -> Row:
    found: Row = {}
    for prop in schema.properties:
        value = row.get(prop.name)
        if prop.type in {"list", "object"} and isinstance(value, str):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError:
                value = f"no JSON: {value}"
        elif prop.type == "number" and isinstance(value, int):
            value = float(value)
        elif prop.type == "date" and isinstance(value, str):
            value = value[:10].replace("/", "-") or None  # GDAL writes days into GeoJSON with slashes
        elif value == "" and prop.nullable:
            value = None
        found[prop.name] = value
    return {**found, GEOMETRY: _fitting(row.get(GEOMETRY), schema)}


def _shape(blob: bytes) -> shapely.Geometry | None:
    """Read a geometry in GeoPackage's binary form (OGC 12-128r18, 2.1.3)."""
    flags = blob[3]
    return None if flags & 0b10000 else shapely.from_wkb(blob[8 + _ENVELOPES[(flags >> 1) & 0b111] :])


def _fitting(shape: shapely.Geometry | None, schema: LayerSchema) -> shapely.Geometry | None:
    """Give a shape as the layer has it: without heights, a single part as one or the reverse."""
    if shape is None or shape.is_empty:
        return None
    flat = shapely.force_2d(shape)
    if schema.geometry.startswith("Multi") and not flat.geom_type.startswith("Multi"):
        flat = shapely.multipolygons([flat])
    elif flat.geom_type.startswith("Multi") and not schema.geometry.startswith("Multi") and len(flat.geoms) == 1:
        flat = flat.geoms[0]
    return tidy(flat)
