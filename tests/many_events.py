"""Invented events by the thousand, the same on every run, for pages that hold very many."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd

TYPES = (
    "airstrike",
    "shelling",
    "clash",
    "bombing",
    "capture",
    "displacement",
    "aid",
    "protest",
    "detention",
    "killing",
    "withdrawal",
    "other",
)
SIDES = ("government", "opposition", "un", "other")
MODALITIES = ("happened", "claimed", "planned", "denied")
BBOX = (35.0, 31.0, 43.0, 38.0)
FIRST = np.datetime64("2012-01-01")
DAYS = 3650


def many_events(count: int, *, days: int = DAYS, seed: int = 7) -> geopandas.GeoDataFrame:
    """Make events around four hundred middles, each at a point of its own, over the given number of days.

    Parameters
    ----------
    count
        How many.
    days
        On how many days from ``FIRST`` on they begin; one in ten goes on for up to nineteen days.
    seed
        Of the numbers that they are made from.

    Returns
    -------
    GeoDataFrame
        WGS 84, longitude first, with the columns that a page reads.
    """
    random = np.random.default_rng(seed)

    def one_of(values: tuple[object, ...], numbers: np.ndarray) -> list[object]:
        return [values[number] for number in np.minimum(numbers, len(values) - 1)]

    middle = random.integers(0, 400, count)
    lon = random.uniform(36, 42, 400)[middle] + random.normal(0, 0.12, count)
    lat = random.uniform(32, 37, 400)[middle] + random.normal(0, 0.12, count)
    start = FIRST + random.integers(0, days, count)
    end = start + np.where(random.random(count) < 0.1, random.integers(1, 20, count), 0)
    actors = tuple([{"role": "initiator", "name": side.title(), "side": side}] for side in SIDES)
    table = pd.DataFrame(
        {
            "id": [f"e{number:07d}" for number in range(count)],
            "type": one_of(TYPES, random.integers(0, len(TYPES), count)),
            "start": start.astype(str),
            "end": end.astype(str),
            "edtf": start.astype(str),
            "known": end.astype(str),
            "source": one_of(tuple(f"Outlet {number}" for number in range(20)), random.geometric(0.2, count) - 1),
            "article": "set",
            "confidence": one_of((0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0), random.integers(0, 10, count)),
            "label": "",
            "actors": one_of(actors, random.integers(0, len(SIDES), count)),
            "modality": one_of(MODALITIES, random.geometric(0.8, count) - 1),
            "precision_m": one_of((500.0, 1000.0, 2000.0, 5000.0, 10000.0, 25000.0), random.integers(0, 6, count)),
            "place": [f"Town {number}" for number in random.integers(0, 5000, count)],
        }
    )
    told = zip(table["type"], table["place"], table["start"], random.integers(2, 99, count), strict=True)
    table["quote"] = [
        f"Residents told of {type} near {place} on {day}, {number} of them." for type, place, day, number in told
    ]
    return geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(lon, lat), crs="EPSG:4326")
