"""All layers as one GeoPackage (OGC 12-128r18), with styles, titles, domains and what was exported."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from geo.export import baseline
from geo.export.arrow import arrow_stream
from geo.export.flat import EDIT_FIELDS, Flat
from geo.export.ogr import EPOCH, write_layer
from geo.export.qgis.layerstyle import qml

if TYPE_CHECKING:
    from geo.maps.style import Style

GEOMETRY_COLUMN = "geom"
STANDARD = "https://pypi.org/project/sitmap/"
"""What the rows of ``gpkg_metadata`` that are ours name as their standard."""

_TABLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
CREATE TABLE IF NOT EXISTS gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER, CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
"""QGIS's table of styles, and those of the extensions schema and metadata (OGC 12-128r18, annexes F.9 and F.8)."""

_METADATA_ROW = f"INSERT INTO gpkg_metadata VALUES (?, 'dataset', '{STANDARD}', ?, ?)"  # noqa: S608

_SCHEMA, _METADATA = (
    "http://www.geopackage.org/spec121/#extension_schema",
    "http://www.geopackage.org/spec121/#extension_metadata",
)
_EXTENSIONS = (
    ("gpkg_data_columns", "gpkg_schema", _SCHEMA),
    ("gpkg_data_column_constraints", "gpkg_schema", _SCHEMA),
    ("gpkg_metadata", "gpkg_metadata", _METADATA),
    ("gpkg_metadata_reference", "gpkg_metadata", _METADATA),
)


@dataclass(frozen=True, slots=True)
class About:
    """What an export says about itself.

    Attributes
    ----------
    title, description
        Of the atlas.
    profile
        ``public`` or ``internal``.
    notice
        What a reader must know: the profile, the caution, whom to credit.
    selection
        What was asked for.
    manifest
        SHA-256 of the manifest of the layers; empty where there is none.
    """

    title: str
    description: str = ""
    profile: str = "internal"
    notice: str = ""
    selection: Mapping[str, object] = field(default_factory=dict)
    manifest: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__slots__}


def write_geopackage(flats: Mapping[str, Flat], path: Path, *, style: Style, about: About) -> None:
    """Write all layers into a new GeoPackage.

    Parameters
    ----------
    flats
        By name; a layer without features gets an empty table.
    path
        The file, which must not exist.
    style
        What the styles of the layers are made from.
    about
        What the file says about itself.

    Raises
    ------
    LayerError
        Where it cannot be written, or does not hold what was written.
    """
    for name, flat in flats.items():
        table = arrow_stream(flat, extra=EDIT_FIELDS)
        options = {
            "GEOMETRY_NAME": GEOMETRY_COLUMN,
            "IDENTIFIER": flat.schema.title,
            "DESCRIPTION": flat.schema.description,
        }
        write_layer(
            table,
            path,
            features=len(flat),
            driver="GPKG",
            layer=name,
            geometry_type=flat.schema.geometry,
            options=options,
            dataset={"VERSION": "1.3"},
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=MEMORY")
        db.execute("BEGIN")
        for statement in _TABLES.split(";\n"):
            db.execute(statement)
        db.executemany("INSERT OR IGNORE INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", _EXTENSIONS)
        _write_styles(db, flats, style)
        _write_columns(db, flats)
        _write_about(db, flats, about)
        db.execute("COMMIT")


def _write_styles(db: sqlite3.Connection, flats: Mapping[str, Flat], style: Style) -> None:
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles of QGIS', ?)",
        (EPOCH,),
    )
    db.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
        "VALUES ('', '', ?, ?, 'sitmap', ?, '', 1, ?, 'sitmap', ?)",
        (
            (name, GEOMETRY_COLUMN, qml(flat.schema, style).decode(), flat.schema.title, EPOCH)
            for name, flat in flats.items()
        ),
    )
    # GDAL counts the rows of its tables here, and QGIS believes it.
    db.execute("INSERT OR REPLACE INTO gpkg_ogr_contents VALUES ('layer_styles', ?)", (len(flats),))


def _write_columns(db: sqlite3.Connection, flats: Mapping[str, Flat]) -> None:
    for name, flat in flats.items():
        for column in (*flat.fields, *EDIT_FIELDS):
            limits = list(_limits(f"{name}_{column.name}", column))
            db.executemany("INSERT INTO gpkg_data_column_constraints VALUES (?, ?, ?, ?, ?, ?, ?, ?)", limits)
            mime = "application/json" if column.type == "json" else None
            constraint = limits[0][0] if limits else None
            row = (name, column.name, column.name, column.title, column.description, mime, constraint)
            db.execute("INSERT OR REPLACE INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _limits(name: str, column: Any) -> Iterator[tuple[Any, ...]]:
    for value in column.values:
        yield name, "enum", value, None, None, None, None, value.replace("_", " ")
    if column.minimum is not None or column.maximum is not None:
        low = column.minimum if column.minimum is not None else -1e308
        high = column.maximum if column.maximum is not None else 1e308
        yield name, "range", None, low, 1, high, 1, column.description


def _write_about(db: sqlite3.Connection, flats: Mapping[str, Flat], about: About) -> None:
    told = orjson.dumps(about.to_dict(), option=orjson.OPT_SORT_KEYS).decode()
    db.execute(_METADATA_ROW, (1, "application/json", told))
    db.execute("INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)", (EPOCH,))
    kept = baseline.dump(db, tuple(flats)) if sum(map(len, flats.values())) <= baseline.MOST else ""
    if kept:  # without a reference, so that programs do not print it as what the file says about itself
        db.execute(_METADATA_ROW, (2, baseline.MIME, kept))
