"""The schema of the layers, read from ``geo/data/layers.toml``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.data import read_toml
from geo.model import CERTAINTIES, CONTESTABLE, CONTROL_STATES, MODALITIES, STANDINGS, STATES

TYPES = ("string", "number", "integer", "date", "list", "object")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of the features of a layer.

    Attributes
    ----------
    name, type, description
        As in the file; ``type`` is one of `TYPES`.
    nullable
        Whether it may be null.
    values
        The only values allowed; empty where any is.
    minimum, maximum
        Bounds of a number, both inclusive; None where there is none.
    """

    name: str
    type: str
    description: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class LayerSchema:
    """One layer.

    Attributes
    ----------
    name, title, description
        ``name`` is the file's without its ending.
    geometry
        The one GeoJSON geometry type of its features.
    properties
        The common ones first, then its own.
    built
        False for a layer that no build writes yet.
    dated
        False where features hold at any time.
    """

    name: str
    title: str
    description: str
    geometry: str
    properties: tuple[Property, ...]
    built: bool = True
    dated: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the properties, in order."""
        return tuple(p.name for p in self.properties)


def _taxonomy() -> tuple[str, ...]:
    return tuple(read_toml("taxonomy.toml")["type"])


_VALUES: Mapping[str, Callable[[], tuple[str, ...]]] = {
    "taxonomy": _taxonomy,
    "subtypes": lambda: tuple(
        dict.fromkeys(sub for t in read_toml("taxonomy.toml")["type"].values() for sub in t["subtype"])
    ),
    "contestable": lambda: CONTESTABLE,
    "modalities": lambda: MODALITIES,
    "states": lambda: STATES,
    "standings": lambda: STANDINGS,
    "certainties": lambda: CERTAINTIES,
    "control_states": lambda: CONTROL_STATES,
}


def _property(name: str, table: Mapping[str, Any]) -> Property:
    source = table.get("values_from")
    return Property(
        name=name,
        type=table["type"],
        description=table["description"],
        nullable=table.get("nullable", False),
        values=_VALUES[source]() if source else tuple(table.get("values", ())),
        minimum=table.get("minimum"),
        maximum=table.get("maximum"),
    )


@cache
def read_schema() -> Mapping[str, LayerSchema]:
    """Read the schema of every layer, in the order in which maps draw them.

    Returns
    -------
    Mapping of str to LayerSchema
        By name; shared, so do not change it.
    """
    table = read_toml("layers.toml")
    common = tuple(_property(name, entry) for name, entry in table["common"].items())
    return {
        name: LayerSchema(
            name=name,
            title=layer["title"],
            description=layer["description"],
            geometry=layer["geometry"],
            properties=common + tuple(_property(n, entry) for n, entry in layer["properties"].items()),
            built=layer.get("built", True),
            dated=layer.get("dated", True),
        )
        for name, layer in table["layers"].items()
    }


def describe_schema() -> str:
    """Write the schema as the Markdown of ``layers/README.md``."""
    schema = read_schema()
    common = set(read_toml("layers.toml")["common"])
    lines = [
        "# Layers",
        "",
        "Built by `sitmap build`; do not edit them. GeoJSON (RFC 7946), WGS 84, longitude before latitude,",
        "one geometry type a file. Lists and objects are JSON. This page is made from `geo/data/layers.toml`.",
        "",
        "| file | geometry | what it shows |",
        "|---|---|---|",
        *(
            f"| {f'[{s.name}.geojson]({s.name}.geojson)' if s.built else f'{s.name} (not built yet)'} | {s.geometry} "
            f"| {s.description} |"
            for s in schema.values()
        ),
        "| [unplaced.json](unplaced.json) | none | Events that their articles place nowhere on the map. |",
        "| [manifest.json](manifest.json) | none | SHA-256 of every file read and written, and the versions used. |",
        "",
        "## Properties of every layer",
        "",
        *_table(p for p in next(iter(schema.values())).properties if p.name in common),
    ]
    for layer in schema.values():
        lines += ["", f"## {layer.name}", "", *_table(p for p in layer.properties if p.name not in common)]
    return "\n".join(lines) + "\n"


def _table(properties: Any) -> list[str]:
    rows = [f"| {p.name} | {p.type}{', may be null' if p.nullable else ''} | {_meaning(p)} |" for p in properties]
    return ["| property | type | meaning |", "|---|---|---|", *rows]


def _meaning(prop: Property) -> str:
    return f"{prop.description} One of: {', '.join(prop.values)}." if prop.values else prop.description
