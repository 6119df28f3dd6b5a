"""Ranking: which of the entries of a name an article means, by weights that people can read.

The features are those of the literature on toponym resolution: name, kind and population priors, one sense per
discourse, country evidence, containment in "X, Y" and spatial proximity (Leidner 2007, *Toponym Resolution in Text*,
chapter 4; Lieberman, Samet and Sankaranarayanan 2010, ICDE).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from geo.crs import distance_m
from geo.data import read_csv, read_toml
from geo.gazetteer.kinds import place_kinds
from geo.gazetteer.names import fold
from geo.model import Place
from geo.settings import Theatre

_NEAR_M = 100_000.0  # at this distance nearness has fallen to 1/e: about a day's news of one region
_NEIGHBOURS = 3
_SEAT_PEOPLE = 50_000  # a town of this size with the unit's name among its other names is its seat


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an article uses in one sense.

    Attributes
    ----------
    key
        Folded.
    kinds
        Kinds that a noun beside it speaks of; empty where none does.
    places
        The entries of that name.
    containers
        Ids of entries named after a comma ("X, Y").
    """

    key: str
    kinds: tuple[str, ...]
    places: tuple[Place, ...]
    containers: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the article and the atlas say about where it speaks of.

    Attributes
    ----------
    theatre
        Countries and window of the atlas.
    countries
        How much the article speaks of each country, by code, 0 to 1.
    neighbours
        Places that the article surely names, by the key of the name.
    """

    theatre: Theatre
    countries: Mapping[str, float]
    neighbours: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its score and the features that made it."""

    place: Place
    score: float
    features: tuple[tuple[str, float], ...]


def rank(name: Name, context: Context) -> tuple[Ranked, ...]:
    """Order the entries of a name, the likeliest first; ties go by population, then by id."""
    weight = read_toml("toponym_weights.toml")["ranking"]
    ranked = []
    for place in name.places:
        features = tuple((k, v * weight[k]) for k, v in _features(place, name, context) if v)
        ranked.append(Ranked(place, sum(v for _, v in features), features))
    return tuple(sorted(ranked, key=lambda r: (-round(r.score, 9), -r.place.population, r.place.id)))


def probability(ranked: Sequence[Ranked]) -> float:
    """Give the share of the first entry in the likelihood of all (softmax)."""
    heat = read_toml("toponym_weights.toml")["ranking"]["temperature"]
    return 1.0 / sum(math.exp((r.score - ranked[0].score) / heat) for r in ranked)


def resolve_all(names: Sequence[Name], context: Context) -> dict[Name, tuple[Ranked, ...]]:
    """Rank the entries of all names of an article, at last with the sure ones as neighbours of the others.

    Parameters
    ----------
    names
        Each with at least one entry.
    context
        Without neighbours.

    Returns
    -------
    dict
        Ranked entries by name.
    """
    ranked = {name: rank(name, context) for name in names}
    for least in (0.8, 0.6):  # the surest first, then those that became sure beside them
        sure = {
            name.key: r[0].place
            for name, r in ranked.items()
            if probability(r) >= least and place_kinds_group(r[0].place.kind) != "country"
        }
        with_neighbours = Context(context.theatre, context.countries, MappingProxyType(sure))
        ranked = {name: rank(name, with_neighbours) if len(name.places) > 1 else r for name, r in ranked.items()}
    return ranked


def is_capital(place: Place) -> bool:
    """Whether an entry is the capital of its state."""
    return place_kinds_group(place.kind) == "settlement" and _capitals().get(place.country) == fold(place.name)


@cache
def _capitals() -> Mapping[str, str]:
    """Folded name of the capital by country code."""
    rows = read_csv("countries.csv")
    return MappingProxyType({row["alpha2"]: fold(row["capital"]) for row in rows if row["capital"]})


def place_kinds_group(kind: str) -> str:
    """Group of a kind, empty for a kind that is not in the table."""
    entry = place_kinds().get(kind)
    return entry.group if entry else ""


def _features(place: Place, name: Name, context: Context) -> list[tuple[str, float]]:
    theatre = context.theatre
    unit_told = "admin1" in name.kinds and "city" not in name.kinds
    seated = place.kind == "admin1" and not unit_told and _has_seat(place, name)
    features = [
        ("primary_name", float(fold(place.name) == name.key)),
        ("population", math.log10(max(place.population, 1000) / 1000)),
        (_kind_feature(place.kind), 1.0),
        ("capital", float(is_capital(place))),
        ("atlas", float(place.id.startswith("atlas:") and not seated)),
        ("theatre_country", float(place.country in theatre.countries and place.kind != "country")),
        ("theatre_window", float(_inside(place, theatre.bbox))),
        ("country_spoken_of", context.countries.get(place.country, 0.0) if place.kind != "country" else 0.0),
        ("container", float(any(holds(c, place) for c in name.containers))),
        ("noun", float(place.kind in name.kinds)),
    ]
    if seated:
        features.append(("seat_of_same_name", 1.0))
    others = [p for key, p in sorted(context.neighbours.items()) if key != name.key]
    if others and place.kind not in ("country", "continent"):
        near = sorted((math.exp(-_distance(place, p) / _NEAR_M) for p in others), reverse=True)[:_NEIGHBOURS]
        features.append(("near", sum(near) / len(near)))
        features.append(("same_admin1", sum(bool(p.admin1) and p.admin1 == place.admin1 for p in others) / len(others)))
    return [f for f in features if f[0]]


def _kind_feature(kind: str) -> str:
    if kind in ("country", "admin1", "admin2"):
        return kind
    group = place_kinds_group(kind)
    return {"region": "region", "water": "region", "facility": "facility", "line": "facility"}.get(group, "")


def holds(outer: Place, inner: Place) -> bool:
    """Whether one entry is the country or the admin-1 unit of another."""
    if outer.kind == "country":
        return bool(outer.country) and inner.country == outer.country and inner.kind != "country"
    return outer.kind == "admin1" and bool(outer.admin1) and inner.admin1 == outer.admin1 and inner.kind != "admin1"


def _has_seat(unit: Place, name: Name) -> bool:
    """Whether a town of the same name lies in the unit: by its own name, or a city by any of its names."""
    return any(
        place_kinds_group(p.kind) == "settlement"
        and p.country == unit.country
        and ("" in (p.admin1, unit.admin1) or p.admin1 == unit.admin1)
        and (fold(p.name) == name.key or p.kind == "city" or p.population >= _SEAT_PEOPLE)
        for p in name.places
    )


def _inside(place: Place, bbox: tuple[float, float, float, float] | None) -> bool:
    return bbox is not None and bbox[0] <= place.lon <= bbox[2] and bbox[1] <= place.lat <= bbox[3]


def _distance(one: Place, other: Place) -> float:
    return distance_m(one.lon, one.lat, other.lon, other.lat)
