"""Layers as flat tables, which every format can hold: days as days, lists and objects as JSON text, time as two days.

What is derived from the schema's properties, for programs that read no JSON and no null:

- ``shown_from`` and ``shown_until``: the half-open interval of days on which a feature holds, never null. An open end
  is `FOREVER`, an open start `EVER`; a feature that nobody dates has `FOREVER` twice, so that no clock ever shows it,
  just as `geo.layers.as_of` leaves it out; what is not dated by its schema always holds.
- ``side``: whose colour it takes; of a front line ``left_side`` and ``right_side``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from geo.layers.schema import LayerSchema, Property, read_schema

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

EVER, FOREVER = "1000-01-01", "9999-12-31"
"""What stands for an open start and an open end: days that every format, database and calendar widget can hold."""

PIECE = 20_000
"""Features that are in memory as text at a time."""

OTHER = "other"
_DAY = timedelta(days=1)
_UNITS = {"m": "m", "km": "km"}
_FIXED = {"id": "Id", "edtf": "Time (EDTF)", "name_ar": "Name (Arabic)", "acled_event_type": "ACLED event type"}
_FIXED |= {"acled_sub_event_type": "ACLED sub-event type"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    Attributes
    ----------
    name, description
        As in the schema.
    type
        ``string``, ``number``, ``integer``, ``date`` (ISO text in memory) or ``json`` (text).
    title
        For people.
    values
        The only values allowed; empty where any is, or where the column holds JSON.
    minimum, maximum
        Bounds of a number, both inclusive.
    derived
        Worked out from other columns, so that an edit of it changes nothing.
    nullable
        Whether it may be null.
    """

    name: str
    type: str
    title: str
    description: str
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    derived: bool = False
    nullable: bool = True


@dataclass(frozen=True)
class Flat:
    """A layer as a flat table, made when it is asked for: a million features are best taken in `pieces`.

    Attributes
    ----------
    schema
        Of the layer.
    fields
        Its columns, in order.
    frame
        The layer, as `geo.layers.read_layers` gives it.
    sides
        Whose side events take, by their ids, for what is drawn from events.
    """

    schema: LayerSchema
    fields: tuple[Field, ...]
    frame: gpd.GeoDataFrame
    sides: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def columns(self) -> Mapping[str, list[Any]]:
        """The values of each column, None where there is none."""
        return {f.name: self.column(f) for f in self.fields}

    def column(self, field: Field, *, nested: bool = False) -> list[Any]:
        """Give the values of a column; ``nested`` leaves lists and objects as they are."""
        if field.derived:
            return _DERIVE[field.name](self)
        values = self.raw(field.name)
        if field.type == "json" and not nested:
            return _as_json(values)
        if field.type in {"number", "integer"} and field.nullable:  # NaN is missing, and is not itself
            return [value if value == value else None for value in values]
        return values

    def raw(self, name: str) -> list[Any]:
        """Give a column of the layer as it is; None throughout where it has none of that name."""
        return self.frame[name].tolist() if name in self.frame else [None] * len(self)

    @property
    def geometry(self) -> NDArray[np.object_]:
        """Shapes (WGS 84, longitude first), as many."""
        shapes: NDArray[np.object_] = self.frame.geometry.to_numpy()
        return shapes

    def pieces(self, size: int = PIECE) -> Iterator[Flat]:
        """Give the table in pieces of so many features, none where it is empty."""
        for begin in range(0, len(self), size):
            yield Flat(self.schema, self.fields, self.frame.iloc[begin : begin + size], self.sides)


def flatten(layers: Mapping[str, gpd.GeoDataFrame], *, events: gpd.GeoDataFrame | None = None) -> dict[str, Flat]:
    """Make flat tables of layers.

    Parameters
    ----------
    layers
        By name, as `geo.layers.read_layers` gives them; only those that the schema knows.
    events
        The events that areas and flows take their side from; by default those of the layers.

    Returns
    -------
    dict of str to Flat
        In the order of the schema.
    """
    told = layers.get("events") if events is None else events
    resting = any(len(frame) and "event" in frame for frame in layers.values())
    sides = _event_sides(told) if told is not None and resting else {}
    schemas = {name: schema for name, schema in read_schema().items() if name in layers}
    return {name: Flat(schema, flat_fields(schema), layers[name], sides) for name, schema in schemas.items()}


def flat_fields(schema: LayerSchema) -> tuple[Field, ...]:
    """Give the columns of a layer's flat table."""
    own = tuple(_field(prop) for prop in schema.properties)
    return own + tuple(_DERIVED[name] for name in _derived(schema))


def title_of(name: str) -> str:
    """Name a column for people: ``precision_m`` is "Precision (m)"."""
    if name in _FIXED:
        return _FIXED[name]
    words, _, unit = name.rpartition("_")
    if words and unit in _UNITS:
        return f"{words.replace('_', ' ').capitalize()} ({unit})"
    return name.replace("_", " ").capitalize()


def _field(prop: Property) -> Field:
    nested = prop.type in {"list", "object"}
    return Field(
        name=prop.name,
        type="json" if nested else prop.type,
        title=title_of(prop.name),
        description=prop.description,
        values=() if nested else prop.values,
        minimum=prop.minimum,
        maximum=prop.maximum,
        nullable=prop.nullable,
    )


_DERIVED = {
    name: Field(name, kind, title_of(name), description, derived=True)
    for name, kind, description in (
        ("side", "string", "Whose colour it takes: the side that acts or holds; other where none is named."),
        ("left_side", "string", "The side on the left of the line."),
        ("right_side", "string", "The side on the right of the line."),
        (
            "shown_from",
            "date",
            f"First day on which it holds; {EVER} where that is open, {FOREVER} where nobody dates it.",
        ),
        ("shown_until", "date", f"The day after the last on which it holds; {FOREVER} where that is open."),
    )
}


FIXED = frozenset(
    {"id", "article", "quote", "quote_start", "quote_end", "known", "source", "reports", "sources", "corrected"}
)
"""Properties that say what the reports hold; nobody corrects these."""

EDIT_FIELDS = (
    Field("edit_why", "string", "Why (of your edit)", "For who edits the file: why this feature was changed or added."),
    Field("edit_who", "string", "Who (of your edit)", "For who edits the file: who changed or added this feature."),
)
"""Columns that are empty in an export, and read by ``sitmap import-edits``."""


def _derived(schema: LayerSchema) -> tuple[str, ...]:
    names = set(schema.columns)
    sides = ("left_side", "right_side") if "sides" in names else ()
    acts = {"actors", "holder", "event"} & names and "side" not in names
    return (*sides, *(("side",) if acts else ()), "shown_from", "shown_until")


_EMPTY: Mapping[type, str] = {list: "[]", tuple: "[]", dict: "{}", type(None): ""}


def _as_json(values: Sequence[Any]) -> list[str | None]:
    dumps = orjson.dumps
    return [dumps(value).decode() if value else _EMPTY[type(value)] or None for value in values]


def named_sides(flat: Flat) -> set[str]:
    """Name the sides that a layer speaks of."""
    frame = flat.frame
    found = {value for name in ("holder", "side") if name in frame for value in frame[name].tolist() if value}
    found |= {side for pair in frame["sides"].tolist() for side in pair} if "sides" in frame else set()
    return found | (set(map(_acting, frame["actors"].tolist())) if "actors" in frame else set())


def _event_sides(events: gpd.GeoDataFrame) -> dict[str, str]:
    if "actors" not in events:
        return {}
    return dict(zip(events["id"].tolist(), map(_acting, events["actors"].tolist()), strict=True))


def _acting(actors: Sequence[Mapping[str, str]] | None) -> str:
    sides = [actor["side"] for actor in actors or () if actor["role"] == "initiator" and actor["side"]]
    return sides[0] if sides else OTHER


def _side(flat: Flat) -> list[str]:
    if "actors" in flat.schema.columns:
        return list(map(_acting, flat.raw("actors")))
    # Who fights for a road does not hold it.
    events = flat.raw("" if "state" in flat.schema.columns else "event")
    return [holder or flat.sides.get(event, OTHER) for holder, event in zip(flat.raw("holder"), events, strict=True)]


def _nth_side(number: int) -> Callable[[Flat], list[str | None]]:
    return lambda flat: [pair[number] if len(pair or ()) > number else None for pair in flat.raw("sides")]


def _from(flat: Flat) -> list[str]:
    undated = FOREVER if flat.schema.dated else EVER
    return [s or (EVER if e else undated) for s, e in zip(flat.raw("start"), flat.raw("end"), strict=True)]


def _until(flat: Flat) -> list[str]:
    ends = flat.raw("end")
    after = {end: next_day(end) for end in {*ends} if end}
    return [after[end] if end else FOREVER for end in ends]


def next_day(day: str) -> str:
    """Give the day after an ISO day; the last day that there is has none after it."""
    return day if day >= FOREVER else (date.fromisoformat(day) + _DAY).isoformat()


_DERIVE: Mapping[str, Callable[[Flat], list[Any]]] = {
    "side": _side,
    "left_side": _nth_side(0),
    "right_side": _nth_side(1),
    "shown_from": _from,
    "shown_until": _until,
}
