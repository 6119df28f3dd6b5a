"""Layers: tables of features of one geometry type with one schema."""

from geo.layers.build import build_layers, unplaced_events
from geo.layers.geojson import from_geojson, to_geojson
from geo.layers.schema import LayerSchema, Property, read_schema
from geo.layers.snapshot import as_of
from geo.layers.store import layer_files, read_layers, write_layers
from geo.layers.validate import validate_layers

__all__ = [
    "LayerSchema",
    "Property",
    "as_of",
    "build_layers",
    "from_geojson",
    "layer_files",
    "read_layers",
    "read_schema",
    "to_geojson",
    "unplaced_events",
    "validate_layers",
    "write_layers",
]
