"""The style that page, pictures and QGIS share: ``style.toml`` and ``symbols.toml`` of geo/data, as frozen records."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from geo.data import read_toml
from geo.errors import InputError
from geo.events.taxonomy import event_types, subtypes
from geo.maps.colour import furthest

OTHER = "other"
SAME_AS_SIDE = "side"
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Text:
    """How text is set: colours, the size in pixels, and the caution that stands on every map."""

    font: str
    color: str
    muted: str
    halo: str
    accent: str
    size: float
    caution: str


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the war: its colour, and the hatch that tells it apart in grey."""

    id: str
    label: str
    color: str
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: ``symbol`` and ``shape`` name SVG path data in ``Style.symbols`` and ``Style.shapes``."""

    id: str
    label: str
    symbol: str
    group: str
    shape: str


@dataclass(frozen=True, slots=True)
class Modality:
    """How an event of a modality is drawn: filled or hollow, with which outline, struck out or not."""

    id: str
    label: str
    fill: bool
    outline: tuple[float, ...]
    opacity: float
    strike: bool


@dataclass(frozen=True, slots=True)
class State:
    """How a route in a state is drawn; ``mark`` is ``"cross"`` where nothing passes."""

    id: str
    label: str
    dash: tuple[float, ...]
    width: float
    mark: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and the opacity of what it encloses; ``color`` may be ``"side"``, the colour of the side concerned."""

    id: str
    label: str
    color: str
    width: float = 0.0
    dash: tuple[float, ...] = ()
    fill: float = 0.0
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """All of it; each mapping keeps the order of the file.

    Attributes
    ----------
    text, sides, types, groups, modalities, states, areas, flows, basemap
        As in ``geo/data/style.toml``, the types in ``geo/data/taxonomy.toml``; ``groups`` gives the
        label of each group of types.
    subtypes
        As the types, under ``type/subtype``.
    control, front_lines
        The one record of each.
    control_states
        How ground is drawn by the state it is held in: ``fill`` is a share of the one of ``control``, ``hatch`` cuts
        stripes out of it, ``dash`` is that of its edge and of front lines that are no surer.
    symbols, shapes
        SVG path data by name, in a square of 24.
    """

    text: Text
    sides: Mapping[str, Side]
    groups: Mapping[str, str]
    types: Mapping[str, EventType]
    subtypes: Mapping[str, EventType]
    modalities: Mapping[str, Modality]
    states: Mapping[str, State]
    areas: Mapping[str, Line]
    flows: Mapping[str, Line]
    control: Line
    control_states: Mapping[str, Line]
    front_lines: Line
    basemap: Mapping[str, Line]
    symbols: Mapping[str, str]
    shapes: Mapping[str, str]

    def side(self, id: str | None) -> Side:
        """Give the side of that id; what is empty or not known looks like ``other``."""
        return self.sides.get(id or OTHER) or self.sides[OTHER]

    def type(self, id: str, subtype: str = "") -> EventType:
        """Give the type of that id, or its subtype if that is known; what is not known looks like ``other``."""
        return self.subtypes.get(f"{id}/{subtype}") or self.types.get(id) or self.types[OTHER]


def read_style(overrides: Mapping[str, Any] | None = None, *, sides: Iterable[str] = ()) -> Style:
    """Read the style.

    Parameters
    ----------
    overrides
        A table of the same shape as ``style.toml``, laid over it, for example
        ``{"sides": {"rsf": {"label": "RSF", "color": "#6A3A68"}}}``. A side without a colour gets one of the palette.
    sides
        Ids of sides that must have a colour of their own; those that neither file nor overrides name get one of the
        palette, in the order of their ids: the one that is furthest from all colours in use to the colour-blind reader
        whom it serves worst.

    Returns
    -------
    Style

    Raises
    ------
    InputError
        Where a colour of the overrides is not ``#RRGGBB``, or a key is not one of the style's.
    """
    table = _laid_over({**read_toml("style.toml"), "types": _types()}, overrides or {})
    drawn = read_toml("symbols.toml")
    shapes = {key: value["shape"] for key, value in table["groups"].items()}
    return Style(
        text=_record(Text, table["text"]),
        sides=MappingProxyType(_sides(table["sides"], table["palette"], sides)),
        groups=MappingProxyType({key: value["label"] for key, value in table["groups"].items()}),
        types=_records(EventType, {k: {**v, "shape": shapes[v["group"]]} for k, v in table["types"].items()}),
        subtypes=_records(EventType, _subtypes(table["groups"])),
        modalities=_records(Modality, table["modalities"]),
        states=_records(State, table["states"]),
        areas=_records(Line, table["areas"]),
        flows=_records(Line, table["flows"]),
        control=_record(Line, {"id": "control", "color": SAME_AS_SIDE, **table["control"]}),
        control_states=_records(Line, {k: {"color": SAME_AS_SIDE, **v} for k, v in table["control_states"].items()}),
        front_lines=_record(Line, {"id": "front_lines", **table["front_lines"]}),
        basemap=_records(Line, {key: {"label": "", **value} for key, value in table["basemap"].items()}),
        symbols=MappingProxyType(drawn["symbols"]),
        shapes=MappingProxyType(drawn["shapes"]),
    )


def _types() -> dict[str, dict[str, str]]:
    return {name: {"label": t.label, "symbol": t.icon, "group": t.group} for name, t in event_types().items()}


def _subtypes(groups: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        f"{name}/{sub}": {"label": s.label, "symbol": s.icon, "group": s.group, "shape": groups[s.group]["shape"]}
        for name in event_types()
        for sub, s in subtypes(name).items()
    }


def _sides(table: Mapping[str, Any], palette: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Side]:
    entries = {**table, **{id: table.get(id, {}) for id in sorted(set(wanted) - {""} - set(table))}}
    taken = [str(entry["color"]).upper() for entry in entries.values() if "color" in entry]
    hatches = dict(zip(palette["colors"], palette["hatches"], strict=True))
    # "other" comes last in a legend, whatever the file's order.
    order = sorted(entries, key=lambda id: id == OTHER)
    chosen: dict[str, tuple[str, str]] = {}
    for id in sorted(entries):
        if "color" not in entries[id]:
            # When the palette is used up, colours come twice and only the labels tell.
            free = [color for color in palette["colors"] if color not in taken] or palette["colors"]
            color = furthest(free, taken)
            taken.append(color)
            chosen[id] = (color, hatches[color])
    sides = {}
    for id in order:
        entry = entries[id]
        color, hatch = chosen.get(id) or (str(entry["color"]).upper(), "")
        label = str(entry.get("label") or entry.get("name") or id.replace("_", " ").capitalize())
        sides[id] = Side(id, label, color, str(entry.get("hatch", hatch)))
    return sides


_Record = TypeVar("_Record")


def _record(kind: type[_Record], table: Mapping[str, Any]) -> _Record:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise InputError(
            f"this style is not right: {error}", do="Use the keys of geo/data/style.toml, each in its table"
        ) from error


def _records(kind: type[_Record], tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, _Record]:
    return MappingProxyType({id: _record(kind, {"id": id, **table}) for id, table in tables.items()})


def _laid_over(base: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in above.items():
        if isinstance(value, Mapping):
            result[key] = _laid_over(base.get(key, {}), value)
        else:
            result[key] = _checked(key, value)
    return result


def _checked(key: str, value: Any) -> Any:
    if key == "color" and value != SAME_AS_SIDE and not (isinstance(value, str) and _COLOR.fullmatch(value)):
        raise InputError(f"color = {value!r} is not a colour", do='Write it as "#RRGGBB"')
    return value
