"""Features with geometries: GeoJSON, GeoPackage and KML."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geo.crs import WGS84
from geo.errors import GazetteerError
from geo.gazetteer.crs_member import CRS_DO, foreign_crs
from geo.gazetteer.entries import Entry
from geo.gazetteer.importing.columns import check_columns, find_columns, name_columns
from geo.gazetteer.importing.fields import Maker, extent_of, make_entry
from geo.gazetteer.importing.inputs import Input, open_input
from geo.gazetteer.importing.jsonstream import JsonItems
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.table import fields_of
from geo.gazetteer.importing.tell import Tell

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_TOLD = 500
_BATCH = 20_000
_NONE = "NaT"


def read_geojson(source: Input, sink: Sink, maker: Maker, *, tell: Tell) -> Iterator[tuple[int, Entry]]:
    """Give the places of a GeoJSON file, or of a file with a feature a line, with their lines.

    Raises
    ------
    GazetteerError
        If the file is not JSON, is not in WGS 84, or no property tells a name.
    """
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    columns: dict[str, str] | None = None
    with open_input(source) as (file, told):
        items = JsonItems(file, ("features",), path=source.path)
        for number, (line, feature) in enumerate(items):
            if number == 0 and (not isinstance(feature, dict) or feature.get("type") != "Feature"):
                do = "Save the layer as GeoJSON (RFC 7946)"
                raise GazetteerError("this is not a GeoJSON FeatureCollection", do=do, path=source.path)
            sink.counts.rows += 1
            properties = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(properties, dict):
                sink.bad(line, "the feature has no properties", "Give it a name")
                continue
            if columns is None or not columns.keys() & {"name", "name_ar"} <= columns.keys():
                columns = find_columns(list(properties), told=maker.options.columns)
                check_columns(columns, list(properties), geometry=True)
            try:
                geometry = shape(feature.get("geometry"))
            except (ShapelyError, TypeError, ValueError, AttributeError, KeyError, IndexError) as error:
                sink.bad(line, f"the geometry cannot be read: {error}", "Mend or delete the feature")
                continue
            entry = _entry(properties, geometry, columns, line, sink, maker)
            if entry:
                yield line, entry
            if number % _TOLD == 0:
                tell(f"Reading {source.name}", told(), source.size)
        foreign = foreign_crs(items.head)
    if foreign:
        raise GazetteerError(f"the coordinates are in {foreign}, not in WGS 84", do=CRS_DO, path=source.path)


def read_layers(source: Input, sink: Sink, maker: Maker, *, tell: Tell) -> Iterator[tuple[int, Entry]]:
    """Give the places of a GeoPackage or KML file with the numbers of the features.

    All layers with geometries are read, or the one that the options name; other reference systems are turned into
    WGS 84.

    Raises
    ------
    GazetteerError
        If the file cannot be read, a layer says no reference system, or no column tells a name.
    """
    path = f"/vsizip/{source.path}/{source.member}" if source.member else str(source.path)
    number = 0
    for layer, total in _layers(path, source, wanted=maker.options.layer):
        for start in range(0, total, _BATCH):
            frame = _quietly("read_dataframe", path, source, layer=layer, skip_features=start, max_features=_BATCH)
            for properties, geometry in _features(frame, layer, source):
                number += 1
                sink.counts.rows += 1
                columns = find_columns(list(properties), told=maker.options.columns)
                check_columns(columns, list(properties), geometry=True)
                entry = _entry(properties, geometry, columns, None, sink, maker)
                if entry:
                    yield number, entry
            tell(f"Reading {layer}", min(start + _BATCH, total), total)


def _layers(path: str, source: Input, *, wanted: str) -> list[tuple[str, int]]:
    """Give the layers with geometries, and how many features they have."""
    layers = [str(name) for name, geometry in _quietly("list_layers", path, source) if geometry]
    if wanted and wanted not in layers:
        what = f"there is no layer {wanted!r}"
        raise GazetteerError(what, do=f"The layers are {', '.join(layers)}", path=source.path)
    infos = {name: _quietly("read_info", path, source, layer=name, force_feature_count=True) for name in layers}
    return [(name, int(infos[name]["features"])) for name in layers if not wanted or name == wanted]


def _quietly(function: str, path: str, source: Input, **options: Any) -> Any:
    """Call a function of pyogrio without the warnings of GDAL, which name its own files and functions.

    Raises
    ------
    GazetteerError
        If the file cannot be read.
    """
    import pyogrio

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            return getattr(pyogrio, function)(path, **options)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise GazetteerError(f"the file cannot be read: {error}", do="Get it again", path=source.path) from error


def _features(frame: Any, layer: str, source: Input) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    if frame.crs is None:
        what = f"layer {layer!r} says no reference system"
        raise GazetteerError(what, do="Assign one, in QGIS under Layer, Set CRS", path=source.path)
    frame = frame.to_crs(WGS84)
    names = [name for name in frame.columns if name != frame.geometry.name]
    for row, geometry in zip(frame[names].itertuples(index=False, name=None), frame.geometry, strict=True):
        yield dict(zip(names, row, strict=True)), geometry


def _entry(
    properties: Mapping[str, Any],
    geometry: BaseGeometry | None,
    columns: Mapping[str, str],
    line: int | None,
    sink: Sink,
    maker: Maker,
) -> Entry | None:
    from shapely import force_2d, get_coordinates

    if geometry is None or geometry.is_empty:
        sink.bad(line, "the feature has no geometry", "Give it one, or delete it")
        return None
    cells = {key: _text(value) for key, value in properties.items()}
    flat = force_2d(geometry)
    pointlike = flat.geom_type in ("Point", "MultiPoint")
    inside = flat.centroid if pointlike or flat.contains(flat.centroid) else flat.representative_point()
    if flat.geom_type == "LineString":
        inside = flat.interpolate(0.5, normalized=True)
    names = [name for column in name_columns(cells, columns) for name in cells[column].split("|")]
    return make_entry(
        {
            field: text
            for field, text in fields_of_present(cells, columns).items()
            if field not in ("lon", "lat", "point")
        },
        line,
        sink,
        maker,
        more_names=names,
        geometry=None if pointlike else flat.wkb,
        point=(inside.x, inside.y),
        extent_m=extent_of(inside.x, inside.y, get_coordinates(flat).tolist()),
        shape="point" if pointlike else "line" if "Line" in flat.geom_type else "area",
    )


def fields_of_present(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Give text by field of the properties that a feature has; features of one layer need not have the same."""
    return fields_of(cells, {field: column for field, column in columns.items() if column in cells})


def _text(value: Any) -> str:
    if value is None or value != value:  # not a number, which a table has where there is nothing
        return ""
    if isinstance(value, list | tuple):
        return "|".join(_text(part) for part in value)
    text = str(value)
    return "" if text == _NONE else text
