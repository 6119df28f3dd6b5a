"""The features that ranking weighs: what speaks for each entry of a name, alone and in the light of the other names.

They are those of the literature on toponym resolution: name, kind and population priors, one sense per discourse,
country evidence, containment in "X, Y" and spatial proximity (Leidner 2007, *Toponym Resolution in Text*, chapter 4;
Lieberman, Samet and Sankaranarayanan 2010, ICDE).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from geo.crs import distance_m
from geo.gazetteer.names import fold
from geo.model import Place
from geo.toponyms.candidates import Candidates, Context, Floats, Home, Name, distances_km, holds, is_capital, kind_group

_KINDS = ("country", "admin1", "admin2", "settlement", "region", "water", "facility", "other")
_UNITS = ("country", "admin1", "admin2")
_REGION = 10_000_000
_SEAT_SHARE = 0.08  # of the unit's people: Quebec, with .05 of Quebec's, is not what the name first means
_LARGE = 100_000  # a city of this size is known abroad by names of its own: Geneva, Cologne
_SEAT_PEOPLE = 50_000  # a town of this size with the unit's name among its other names is its seat
_REACH_KM = (25.0, 100.0, 400.0)  # a town's surroundings, a day's news of one region, a country
_HOME_KM = (50.0, 250.0)
_BESIDE_M = 60_000.0  # "X, Y" where Y is no unit but a town: X lies about it
_HARDLY = 0.05  # less of an article than this is no sign that it speaks of a country
_LIKELY = 0.5
_WORDS = 40.0  # at so many words between them two names speak for each other 1/e as much
_FAR_KM = 20_000.0
_LITTLE = 0.5  # of what a city counts for other names, a hamlet of 100 people counts; villages by the logarithm

FIXED = (
    "population", "less_than_the_largest", "unit_population", *(f"kind_{kind}" for kind in _KINDS), "primary_name",
    "byname_of_small", "capital", "noun", "other_noun", "in_container", "not_in_container", "demonym_of_it",
    "seat_of_same_name", "atlas", "theatre_country", "theatre_window", "near_home", "about_home",
)  # fmt: skip
HOME = ("near_home", "about_home")
SHARED = (
    "others_in_country", "country_of_others", "unit_of_other_country", "admin1_of_others", "country_beside",
    "admin1_beside", "near_25", "near_100", "near_400", "near_beside", "unit_named", "country_named",
    "capital_of_named", "nearest",
)  # fmt: skip


def describe(names: Sequence[Name], context: Context) -> Candidates:
    """Set the entries of all names side by side.

    Parameters
    ----------
    names
        Each with at least one entry.
    context
        What the article and the atlas speak of.

    Returns
    -------
    Candidates
        Entries in the order of ``names``, then of their places.
    """
    each = [(name, place) for name in names for place in name.places]
    places = tuple(place for _, place in each)
    number = np.repeat(np.arange(len(names)), [len(name.places) for name in names])
    fixed: Floats = np.array([_fixed(place, name, context) for name, place in each], dtype=np.float64)
    fixed = fixed.reshape(len(places), len(FIXED))
    people = np.log10([_fame(p) for p in places])
    called = {code: 1 + math.log(n) for code, n in sorted(context.adjectives.items()) if n}
    largest = np.full(len(names), -np.inf)
    np.maximum.at(largest, number, people)
    fixed[:, 1] = people - largest[number]
    keys = {name.key: i for i, name in enumerate(names)}
    sense = np.array([keys[name.key] for name, _ in each], dtype=np.intp)
    other = sense[:, None] != sense[None, :]
    points: Floats = np.array([(p.lon, p.lat) for p in places], dtype=np.float64).reshape(-1, 2)
    return Candidates(
        places=places,
        name=number,
        other=other,
        names=len(names),
        fixed=fixed,
        away_km=distances_km(points),
        same_country=_equal([p.country for p in places]) & other,
        same_admin1=_equal([p.admin1 for p in places]) & other,
        told=np.array([(1 + math.log(max(1, len(name.positions)))) * _weight(place) for name, place in each]),
        adjective=np.array([called.get(p.country, 0.0) for p in places]),
        adjectives=sum(called.values()),
        beside=_beside(names)[np.ix_(number, number)] * other,
    )


def shared(candidates: Candidates, likely: Floats) -> Floats:
    """Give the features that speak of an entry together with those of other names.

    Parameters
    ----------
    candidates
        The entries.
    likely
        How likely each entry is meant, shape (n,); sums to 1 over the entries of a name.

    Returns
    -------
    ndarray
        Shape (n, len(SHARED)); all 0 for countries, but for the share of others in the country.
    """
    c = candidates
    others = np.maximum(1.0, c.other @ (likely * c.told) + c.adjectives)
    country = np.array([p.kind == "country" for p in c.places])
    capital = c.fixed[:, FIXED.index("capital")] > 0
    unit = np.array([p.kind == "admin1" for p in c.places])
    vague = np.array([p.kind in ("region", "admin1", "country", "continent", "sea", "ocean") for p in c.places])
    likely = likely * c.told
    points = np.where(vague, 0.0, likely)
    beside = c.beside / np.maximum(c.beside @ likely, 1e-9)[:, None]
    near = [1 - np.exp(-((np.exp(-c.away_km / reach) * c.other) @ points)) for reach in _REACH_KM]
    known = c.other * (points > _LIKELY)
    nearest = np.where(known > 0, c.away_km, _FAR_KM).min(axis=1, initial=_FAR_KM)
    of_country = (c.same_country @ likely + c.adjective) / others
    columns = [
        np.where(country, of_country, 0.0),
        np.where(country, 0.0, of_country),
        np.where(unit & (of_country < _HARDLY), 1.0, 0.0),
        1 - np.exp(-(c.same_admin1 @ likely)),
        (c.same_country * beside) @ likely,
        (c.same_admin1 * beside) @ likely,
        *near,
        (np.exp(-c.away_km / _REACH_KM[1]) * beside) @ points,
        np.minimum(1.0, c.same_admin1 @ np.where(unit, likely, 0.0)),
        np.minimum(1.0, c.same_country @ np.where(country, likely, 0.0) + c.adjective),
        np.where(capital, np.minimum(1.0, c.same_country @ likely + c.adjective), 0.0),
        -np.log10(1 + nearest / 10) + math.log10(1 + _FAR_KM / 10),
    ]
    features = np.stack(columns, axis=1)
    features[country, 1:] = 0.0
    return features


def _fixed(place: Place, name: Name, context: Context) -> list[float]:
    theatre = context.theatre
    unit_told = "admin1" in name.kinds and "city" not in name.kinds
    typed = fold(place.name) != name.key  # "Aleppo Governorate"; New York State is New York itself
    seated = place.kind == "admin1" and typed and not unit_told and _has_seat(place, name)
    kind = _kind_class(place.kind)
    called = context.adjectives.get(place.country, 0)
    named = _is_called(place, name.key)
    contained = max((_contained(c, place) for c in name.containers), default=0.0)
    return [
        0.0 if place.kind in _UNITS else math.log10(max(place.population, 100) / 1000),
        0.0,
        math.log10(max(place.population, 100_000) / 100_000) if place.kind in ("admin1", "admin2") else 0.0,
        *(float(kind == k) for k in _KINDS),
        float(named),
        float(not named and _is_obscure(place)),
        float(is_capital(place)),
        float(place.kind in name.kinds),
        float(bool(name.kinds) and place.kind not in name.kinds),
        contained,
        float(bool(name.containers) and not contained),
        1 - math.exp(-called) if place.kind == "country" else 0.0,
        float(seated),
        float(place.id.startswith("atlas:") and not seated),
        float(place.country in theatre.countries and place.kind != "country"),
        float(_inside(place, theatre.bbox)),
        *near_home(place, context.home),
    ]


def near_home(place: Place, home: Home | None) -> tuple[float, float]:
    """Tell how near an entry lies to its source's home: within a town's reach, and within a region's."""
    if home is None or place.kind in ("country", "continent"):
        return 0.0, 0.0
    away_km = distance_m(place.lon, place.lat, home.lon, home.lat) / 1000
    return home.support * math.exp(-away_km / _HOME_KM[0]), home.support * math.exp(-away_km / _HOME_KM[1])


def _is_called(place: Place, key: str) -> bool:
    """Whether the name is the one to show, or that of a unit without its type: "Aleppo Governorate" is Aleppo."""
    shown = _saint(fold(place.name))
    return shown == _saint(key) or (place.kind in _UNITS and shown.startswith(f"{key} "))


def _is_obscure(place: Place) -> bool:
    """Whether its bynames are little used: those of an atlas, of units and of large cities are in use."""
    return place.kind not in _UNITS and place.population < _LARGE and not place.id.startswith("atlas:")


def _weight(place: Place) -> float:
    """How much an entry counts for others: that a village is named is often chance."""
    if kind_group(place.kind) != "settlement":
        return 1.0
    return min(1.0, _LITTLE + (1 - _LITTLE) * math.log10(max(place.population, 100) / 100) / 3)


def _saint(key: str) -> str:
    return f"st {key[6:]}" if key.startswith("saint ") else key


def _fame(place: Place) -> int:
    """Inhabitants, for comparing namesakes; regions, whose people nobody counts, are known the world over."""
    return _REGION if kind_group(place.kind) == "region" else max(place.population, 100)


def _kind_class(kind: str) -> str:
    if kind in _KINDS:
        return kind
    group = kind_group(kind)
    return {"line": "facility"}.get(group, group if group in _KINDS else "other")


def _contained(outer: Place, inner: Place) -> float:
    """How surely one entry lies in another that is named after a comma: in its unit, or about a town."""
    if holds(outer, inner):
        return 1.0
    if outer.kind in ("country", "admin1") or outer.id == inner.id:
        return 0.0
    return 0.5 if distance_m(outer.lon, outer.lat, inner.lon, inner.lat) <= _BESIDE_M else 0.0


def _has_seat(unit: Place, name: Name) -> bool:
    """Whether a town of the same name lies in the unit: by its own name, or a city by any of its names."""
    return any(
        kind_group(p.kind) == "settlement"
        and p.country == unit.country
        and ("" in (p.admin1, unit.admin1) or p.admin1 == unit.admin1)
        and (fold(p.name) == name.key or p.kind == "city" or p.population >= _SEAT_PEOPLE)
        and p.population >= _SEAT_SHARE * unit.population
        for p in name.places
    )


def _inside(place: Place, bbox: tuple[float, float, float, float] | None) -> bool:
    return bbox is not None and bbox[0] <= place.lon <= bbox[2] and bbox[1] <= place.lat <= bbox[3]


def _equal(codes: Sequence[str]) -> NDArray[np.bool_]:
    number = {code: i for i, code in enumerate(sorted(set(codes)))}
    column = np.array([number[code] if code else -1 for code in codes], dtype=int)
    return np.asarray((column[:, None] == column[None, :]) & (column >= 0)[:, None])


def _beside(names: Sequence[Name]) -> Floats:
    """How near two names come to each other in the text, shape (names, names)."""
    near: Callable[[Name, Name], int] = lambda a, b: min(  # noqa: E731
        (abs(i - j) for i in a.positions for j in b.positions), default=10_000
    )
    table = np.zeros((len(names), len(names)))
    for i, one in enumerate(names):
        for j in range(i):
            table[i, j] = table[j, i] = math.exp(-near(one, names[j]) / _WORDS)
    return table
