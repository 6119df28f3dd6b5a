"""Check layers against their schema: everything that is wrong at once, before anything is written."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import shapely

from geo.errors import LayerError
from geo.layers.geojson import is_finite
from geo.layers.schema import LayerSchema, Property, read_schema
from geo.model import Article

_PYTHON = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "date": str,
    "list": (list, tuple),
    "object": dict,
}


def validate_layers(layers: Mapping[str, gpd.GeoDataFrame], articles: Sequence[Article]) -> None:
    """Refuse layers that break the schema.

    Parameters
    ----------
    layers
        By name, as `build_layers` gives them.
    articles
        That the quotes are taken from; one without text is known by day and source alone.

    Raises
    ------
    LayerError
        With one line for each thing that is wrong: geometry types, coordinates off the Earth (with the swap suggested
        where that mends them), shapes that are empty or cross themselves, missing or unknown properties, types, days,
        values outside the schema, NaN, ids told twice, ``start`` after ``end``, quotes that are not in their article.
    """
    texts = {article.id: article.text for article in articles}
    wrong = [problem for name, frame in layers.items() for problem in _layer(name, frame, texts)]
    if wrong:
        count = "1 thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        raise LayerError(
            f"{count} wrong in the layers, so nothing was written:\n  " + "\n  ".join(wrong) + "\n",
            do="Mend the seeds it comes from; if they are right, report this as a fault of sitmap",
        )


def _layer(name: str, frame: gpd.GeoDataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    schema = read_schema().get(name)
    if schema is None:
        yield f"{name}: no such layer in the schema"
        return
    names = [column for column in frame.columns if column != frame.geometry.name]
    if names != list(schema.columns):
        yield f"{name}: the properties are {', '.join(names)}, and not {', '.join(schema.columns)}"
        return
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        yield f"{name}: the coordinates are not WGS 84 (EPSG:4326)"
    seen: set[str] = set()
    for row in frame.to_dict("records"):
        shape, here = row.pop(frame.geometry.name), f"{name}[{row['id']}]"
        if row["id"] in seen:
            yield f"{here}: the id stands twice"
        seen.add(row["id"])
        for problem in (*_geometry(shape, schema), *_properties(row, schema), *_quote(row, texts)):
            yield f"{here}: {problem}"


def _geometry(shape: shapely.Geometry | None, schema: LayerSchema) -> Iterator[str]:
    if shape is None or shape.is_empty:
        yield "there is no geometry"
        return
    if shape.geom_type != schema.geometry:
        yield f"the geometry is a {shape.geom_type}, not a {schema.geometry}"
    corners = shapely.get_coordinates(shape).tolist()
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in corners):
        yield "a coordinate is NaN or infinite"
        return
    off = [(x, y) for x, y in corners if not (-180 <= x <= 180 and -90 <= y <= 90)]
    if off:
        x, y = off[0]
        swapped = " (longitude comes first: are they swapped?)" if -180 <= y <= 180 and -90 <= x <= 90 else ""
        yield f"the coordinates {x:g}, {y:g} are not on the Earth{swapped}"
    elif not shape.is_valid:
        yield f"the shape is not simple: {shapely.is_valid_reason(shape)}"


def _properties(row: Mapping[str, Any], schema: LayerSchema) -> Iterator[str]:
    for prop in schema.properties:
        value = row[prop.name]
        if value is None:
            if not prop.nullable:
                yield f"{prop.name} is null"
        elif not isinstance(value, _PYTHON[prop.type]) or isinstance(value, bool):  # type: ignore[arg-type]
            yield f"{prop.name} = {value!r} is not of type {prop.type}"
        else:
            yield from _value(prop, value)
    if isinstance(row["start"], str) and isinstance(row["end"], str) and row["start"] > row["end"]:
        yield f"start {row['start']} is after end {row['end']}"


def _value(prop: Property, value: Any) -> Iterator[str]:
    for one in value if prop.type == "list" else (value,):
        if prop.values and one not in prop.values:
            yield f"{prop.name} = {one!r} is none of {', '.join(prop.values)}"
    if prop.type == "date" and not _is_day(value):
        yield f"{prop.name} = {value!r} is not a day YYYY-MM-DD"
    if not is_finite(value):
        yield f"{prop.name} holds NaN or infinity"
    elif prop.minimum is not None and value < prop.minimum:
        yield f"{prop.name} = {value:g} is below {prop.minimum:g}"
    elif prop.maximum is not None and value > prop.maximum:
        yield f"{prop.name} = {value:g} is above {prop.maximum:g}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _quote(row: Mapping[str, Any], texts: Mapping[str, str]) -> Iterator[str]:
    article, quote, start, end = row["article"], row["quote"], row["quote_start"], row["quote_end"]
    if article not in texts:
        yield f"there is no article {article!r}"
    elif not texts[article]:
        if (start is None) != (end is None) or (start is not None and end - start != len(quote)):
            yield f"the quote {quote!r} is not {start}:{end} of article {article!r}, whose text is not at hand"
    elif texts[article][start:end] != quote or not quote:
        yield f"the quote {quote!r} does not stand at {start}:{end} of article {article!r}"
