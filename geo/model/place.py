"""A place: an entry of the gazetteer; a location: what a phrase of a report points at on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer.

    Attributes
    ----------
    id
        ``atlas:ramouseh``, ``geonames:170063``, ``iso:SY-HL``, ``country:SY``.
    name
        The name to show.
    kind
        One of the kinds of ``geo/data/place_kinds.toml``.
    lon, lat
        A point in or on the place, WGS 84 degrees.
    precision_m
        Radius in metres within which the place truly lies: the size of the place and the doubt about it together.
    aliases
        Other names in Latin script.
    name_ar
        The Arabic name, or empty.
    country, admin1
        ISO 3166-1 alpha-2 and ISO 3166-2 codes, or empty.
    population
        0 if unknown.
    source
        Where the entry comes from.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    precision_m: float
    aliases: tuple[str, ...] = ()
    name_ar: str = ""
    country: str = ""
    admin1: str = ""
    population: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """What a phrase points at on the ground: a place, or a region told relative to places.

    Attributes
    ----------
    name
        The phrase made readable, for example ``southwest of Aleppo``.
    kind
        The kind of the place, or ``region``.
    lon, lat
        Its centre, WGS 84 degrees.
    precision_m
        Radius in metres about the centre within which it lies.
    place_id
        The gazetteer entry, or the one it is told relative to.
    geometry
        Line or polygon in WGS 84, longitude first; None where the point with its radius is all that is known.
    rule
        How it was worked out, in words that a reader can check.
    """

    name: str
    kind: str
    lon: float
    lat: float
    precision_m: float
    place_id: str
    geometry: BaseGeometry | None = None
    rule: str = ""
