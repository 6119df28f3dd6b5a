"""What somebody changed in an exported file, as corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import shapely

from geo.corrections.records import GEOMETRY, Correction
from geo.corrections.rows import completed, same
from geo.errors import InputError, LayerError
from geo.export import baseline
from geo.export.flat import EDIT_FIELDS
from geo.export.geopackage import GEOMETRY_COLUMN, STANDARD
from geo.ids import content_id
from geo.layers.frames import make_frame
from geo.layers.schema import LayerSchema, read_schema
from geo.layers.shapes import tidy
from geo.layers.validate import validate_layers
from geo.model import Article

if TYPE_CHECKING:
    import geopandas as gpd

FIXED = frozenset(
    {"id", "article", "quote", "quote_start", "quote_end", "known", "source", "reports", "sources", "corrected"}
)
"""Properties that say what the reports hold; nobody corrects these."""

NAMING = ("article", "quote", "type", "state", "route", "name", "place", "place_id", "holder", "side")
"""What tells a feature where its id changes with the reading."""

NEEDED = frozenset({"type", "state"})
"""What nobody but the editor can say of a new feature."""

WITHHELD = "withheld"
_ENVELOPES = (0, 32, 48, 48, 64)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edits:
    """What was found in an edited file.

    Attributes
    ----------
    corrections
        In the order of layers and features.
    problems
        Edits that cannot be taken, in words.
    profile
        Of the export.
    """

    corrections: tuple[Correction, ...]
    problems: tuple[str, ...]
    profile: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who edited, when and why; ``edit_who`` and ``edit_why`` of a feature go before."""

    who: str
    when: date
    why: str


def read_edits(path: Path, author: Author, layers: Mapping[str, gpd.GeoDataFrame] | None = None) -> Edits:
    """Compare an edited file with what was exported.

    Parameters
    ----------
    path
        A GeoPackage that ``sitmap export`` wrote (it keeps what it held), or a GeoJSON file of one layer.
    author
        Who edited it.
    layers
        The built layers, which a GeoJSON file is compared with; there, a feature that is missing counts as left out of
        the export, not as deleted.

    Returns
    -------
    Edits

    Raises
    ------
    InputError
        Where the file is no export.
    """
    if path.suffix.lower() in {".geojson", ".json"}:
        return _of_geojson(path, author, layers or {})
    return _of_geopackage(path, author)


def _of_geopackage(path: Path, author: Author) -> Edits:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            told = dict(
                db.execute("SELECT mime_type, metadata FROM gpkg_metadata WHERE md_standard_uri = ?", (STANDARD,))
            )
            if baseline.MIME not in told:
                raise InputError(
                    "this file does not keep what it held", do=f"Export at most {baseline.MOST:,} features", path=path
                )
            before = baseline.load(told[baseline.MIME])
            after = {name: baseline.read_rows(db, name) for name in before if name in read_schema()}
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"this is no GeoPackage of sitmap: {error}", do="Give the file that was exported", path=path
        ) from error
    profile = str(orjson.loads(told.get("application/json", "{}")).get("profile", ""))
    corrections: list[Correction] = []
    problems: list[str] = []
    for name, rows in after.items():
        schema = read_schema()[name]
        old = {row["id"]: _decoded(row, schema) for row in before[name]}
        fids = {row["id"]: row["fid"] for row in before[name]}
        for item in _compared(schema, old, [(r, _decoded(r, schema)) for r in rows], fids, author, profile):
            (corrections if isinstance(item, Correction) else problems).append(item)  # type: ignore[arg-type]
    return Edits(tuple(corrections), tuple(problems), profile)


def _of_geojson(path: Path, author: Author, layers: Mapping[str, gpd.GeoDataFrame]) -> Edits:
    name = path.stem
    if name not in layers:
        raise InputError(
            f"{name!r} is no layer", do=f"Name the file after its layer: {', '.join(read_schema())}", path=path
        )
    try:
        features = orjson.loads(path.read_bytes())["features"]
        rows = [
            {**f["properties"], GEOMETRY: f["geometry"] and shapely.geometry.shape(f["geometry"])} for f in features
        ]
    except (orjson.JSONDecodeError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        raise InputError(f"this is no GeoJSON FeatureCollection: {error}", do="Save it again", path=path) from error
    schema, frame = read_schema()[name], layers[name]
    shapes = frame.geometry.tolist()
    built = [
        {**row, GEOMETRY: shape}
        for row, shape in zip(frame.drop(columns=frame.geometry.name).to_dict("records"), shapes, strict=True)
    ]
    old = {row["id"]: row for row in built if row["id"] in {r.get("id") for r in rows}}
    found = list(_compared(schema, old, [(row, _typed(row, schema)) for row in rows], {}, author, ""))
    return Edits(
        tuple(item for item in found if isinstance(item, Correction)),
        tuple(item for item in found if isinstance(item, str)),
        "",
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
        elif prop.type == "number" and value is not None:
            value = float(value)
        elif prop.type == "date" and isinstance(value, str):
            value = value[:10] or None
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


def _compared(
    schema: LayerSchema,
    old: Mapping[str, Row],
    rows: list[tuple[Row, Row]],
    fids: Mapping[str, int],
    author: Author,
    profile: str,
) -> Iterator[Correction | str]:
    """Give a correction, or what is wrong, for each feature that differs; deletions last."""
    seen: set[str] = set()
    for raw, new in rows:
        by = _author(raw, author)
        id = new["id"]
        kept = id in old and id not in seen and fids.get(id, raw.get("fid")) == raw.get("fid")
        if not kept:
            yield from _added(schema, new, by)
            continue
        seen.add(id)
        yield from _changed(schema, old[id], new, raw, by)
    if fids:
        for id, row in old.items():
            if id not in seen:
                yield Correction(
                    schema.name,
                    "delete",
                    id,
                    author.who,
                    author.when,
                    author.why,
                    was=_told(row),
                    rests_on=_naming(row),
                )


def _author(raw: Row, author: Author) -> Author:
    who, why = (str(raw.get(field.name) or "").strip() for field in reversed(EDIT_FIELDS))
    return Author(who or author.who, author.when, why or author.why)


def _changed(schema: LayerSchema, old: Row, new: Row, raw: Row, by: Author) -> Iterator[Correction | str]:
    here = f"{schema.name} {old['id']} ({_title(old)})"
    names = [name for name in (*schema.columns, GEOMETRY) if not same(old.get(name), new.get(name))]
    for name in [name for name in names if name in FIXED]:
        yield f"{here}: {name} says what the report holds; it stays"
    names = [name for name in names if name not in FIXED]
    if not names:
        return
    if old.get("place_id") == WITHHELD:
        yield f"{here}: the public profile withholds it; edit an export with --profile internal"
        return
    made = Correction(
        schema.name,
        "change",
        old["id"],
        by.who,
        by.when,
        by.why,
        was={name: old.get(name) for name in names},
        now={name: new.get(name) for name in names},
        rests_on=_naming(old),
    )
    wrong = _wrong(schema, {**old, **made.now})
    if wrong:
        yield f"{here}: {wrong}"
    else:
        yield made


def _added(schema: LayerSchema, new: Row, by: Author) -> Iterator[Correction | str]:
    given = {k: v for k, v in new.items() if v is not None and v != "" and k not in FIXED}
    drawn = shapely.to_wkt(new[GEOMETRY], rounding_precision=6) if new[GEOMETRY] else ""
    id = content_id("correction", schema.name, drawn, {k: v for k, v in given.items() if k != GEOMETRY})
    made = Correction(schema.name, "add", id, by.who, by.when, by.why, now=given)
    missing = [p.name for p in schema.properties if p.name in NEEDED and p.values and p.name not in given]
    wrong = _wrong(schema, completed(made)) if GEOMETRY in given else "it has no geometry"
    wrong = f"say its {' and '.join(missing)}" if missing else wrong
    if wrong:
        yield f"a new feature of {schema.name}: {wrong}"
    else:
        yield made


def _wrong(schema: LayerSchema, row: Row) -> str:
    """Say what of a feature breaks the schema; empty where nothing does."""
    if row.get(GEOMETRY) is None:
        return "it has no geometry"
    wrong = [
        f"{p.name} is no JSON"
        for p in schema.properties
        if p.type in {"list", "object"} and isinstance(row.get(p.name), str)
    ]
    if wrong:
        return "; ".join(wrong)
    try:
        validate_layers({schema.name: make_frame(schema, [row])}, [Article(id=row["article"], text="")])
    except LayerError as error:
        lines = [line.partition("]: ")[2] for line in error.what.splitlines() if "]: " in line]
        return "; ".join(lines) or error.what
    return ""


def _naming(row: Row) -> dict[str, str]:
    return {name: str(row[name]) for name in NAMING if row.get(name)}


def _told(row: Row) -> Row:
    """Give what a reader of a deletion wants to see of the feature."""
    names = ("label", "name", "start", "end", GEOMETRY)
    return {name: row[name] for name in names if row.get(name) is not None}


def _title(row: Row) -> str:
    return str(next((row[n] for n in ("label", "name", "place", "route") if row.get(n)), row.get("quote", ""))[:60])
