"""Layers: tables of features of one geometry type with one schema.

The functions are loaded when first used, so that the parts that need no table stay fast to import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.layers.build import build_layers, unplaced_events
    from geo.layers.geojson import from_geojson, to_geojson
    from geo.layers.known import known_by
    from geo.layers.schema import LayerSchema, Property, read_schema
    from geo.layers.snapshot import as_of, key_dates
    from geo.layers.store import layer_files, read_layers, read_unplaced, write_layers
    from geo.layers.validate import validate_layers

_HOMES = {
    "LayerSchema": "geo.layers.schema",
    "Property": "geo.layers.schema",
    "as_of": "geo.layers.snapshot",
    "build_layers": "geo.layers.build",
    "from_geojson": "geo.layers.geojson",
    "key_dates": "geo.layers.snapshot",
    "known_by": "geo.layers.known",
    "layer_files": "geo.layers.store",
    "read_layers": "geo.layers.store",
    "read_schema": "geo.layers.schema",
    "read_unplaced": "geo.layers.store",
    "to_geojson": "geo.layers.geojson",
    "unplaced_events": "geo.layers.build",
    "validate_layers": "geo.layers.validate",
    "write_layers": "geo.layers.store",
}
__all__ = [
    "LayerSchema",
    "Property",
    "as_of",
    "build_layers",
    "from_geojson",
    "key_dates",
    "known_by",
    "layer_files",
    "read_layers",
    "read_schema",
    "read_unplaced",
    "to_geojson",
    "unplaced_events",
    "validate_layers",
    "write_layers",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'geo.layers' has no attribute {name!r}")
