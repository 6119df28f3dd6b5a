"""What an import is told beside its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Options:
    """What an import is told beside its files.

    Attributes
    ----------
    name
        Of the gazetteer; empty to take it from the file.
    format
        One of `geo.gazetteer.importing.formats.FORMATS`; empty to tell it from the file.
    columns
        Column by field, where they are not to be guessed.
    kind, country
        For rows that tell none.
    source, licence
        Where the places come from, and under which licence.
    encoding
        Of CSV files; empty for UTF-8.
    layer
        Of a GeoPackage or KML file; empty for all.
    strict
        Whether the first bad row ends the import.
    """

    name: str = ""
    format: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kind: str = ""
    country: str = ""
    source: str = ""
    licence: str = ""
    encoding: str = ""
    layer: str = ""
    strict: bool = False
