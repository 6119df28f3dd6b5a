"""Candidates: the entries of all names of an article, side by side; `geo.toponyms.features` makes the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from geo.crs import EARTH_RADIUS_M
from geo.data import read_csv
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Place
from geo.settings import Theatre

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name that an article uses in one sense; one object for each, which tables go by.

    Attributes
    ----------
    key
        Folded.
    kinds
        Kinds that a noun beside it speaks of; empty where none does.
    places
        The entries of that name.
    containers
        Entries named after a comma ("X, Y").
    positions
        Where it stands, in words.
    """

    key: str
    kinds: tuple[str, ...]
    places: tuple[Place, ...]
    containers: tuple[Place, ...] = ()
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Where the other reports of an article's source are mostly of, and the share of them that are, 0 to 1."""

    lon: float
    lat: float
    support: float


@dataclass(frozen=True, slots=True)
class Context:
    """What the article and the atlas say about where it speaks of.

    Attributes
    ----------
    theatre
        Countries and window of the atlas.
    adjectives
        How often a demonym of a country stands in the article, by country code.
    home
        Of the article's source; None where it is not known.
    """

    theatre: Theatre
    adjectives: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    home: Home | None = None


@dataclass(frozen=True)
class Candidates:
    """The entries of all names of an article.

    Attributes
    ----------
    places
        The entries, name by name.
    name
        For each entry the number of its name, shape (n,).
    names
        How many names there are.
    fixed
        Features that say nothing of other names, shape (n, len(FIXED)).
    away_km
        Distances between entries, shape (n, n).
    other
        Whether two entries are those of different names, shape (n, n).
    same_country, same_admin1
        Whether two entries of different names share it, shape (n, n).
    beside
        How near two entries' names stand in the text, 0 to 1, 0 for entries of one name, shape (n, n).
    told
        How much the name of each entry counts for the others, by how often it stands in the text, shape (n,).
    adjective, adjectives
        The same of the demonyms of each entry's country, shape (n,), and of all demonyms together.
    """

    places: tuple[Place, ...]
    name: NDArray[np.intp]
    names: int
    fixed: Floats
    away_km: Floats
    other: NDArray[np.bool_]
    same_country: NDArray[np.bool_]
    same_admin1: NDArray[np.bool_]
    beside: Floats
    told: Floats
    adjective: Floats
    adjectives: float


def is_capital(place: Place) -> bool:
    """Whether an entry is the capital of its state."""
    return kind_group(place.kind) == "settlement" and _capitals().get(place.country) == fold(place.name)


@cache
def _capitals() -> Mapping[str, str]:
    """Folded name of the capital by country code."""
    rows = read_csv("countries.csv")
    return MappingProxyType({row["alpha2"]: fold(row["capital"]) for row in rows if row["capital"]})


def kind_group(kind: str) -> str:
    """Group of a kind, empty for a kind that is not in the table."""
    entry = place_kinds().get(kind)
    return entry.group if entry else ""


def holds(outer: Place, inner: Place) -> bool:
    """Whether one entry is the country or the admin-1 unit of another."""
    if outer.kind == "country":
        return bool(outer.country) and inner.country == outer.country and inner.kind != "country"
    return outer.kind == "admin1" and bool(outer.admin1) and inner.admin1 == outer.admin1 and inner.kind != "admin1"


def distances_km(points: Floats, others: Floats | None = None) -> Floats:
    """Give great-circle distances in km of points (longitude, latitude first) from others or each other, (n, m)."""
    unit = _on_sphere(points)
    chord = np.sqrt(np.maximum(0.0, 2 - 2 * (unit @ (unit if others is None else _on_sphere(others)).T)))
    return np.asarray(2 * EARTH_RADIUS_M / 1000 * np.arcsin(np.minimum(1.0, chord / 2)))


def _on_sphere(points: Floats) -> Floats:
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
