"""Counties and small places of the United States: ``counties_us.csv`` and ``places_us.csv`` in ``geo/data/``."""

import re
from collections.abc import Collection, Iterator

from geo.data import read_csv
from geo.gazetteer.entries import Entry
from geo.gazetteer.names import fold
from geo.model import Place

_ENDING = re.compile(r" (County|Parish|Borough|Census Area|Municipality|City and Borough)$")
_LONG = 8
_PLACE_M, _TOWNSHIP_M = 1_500.0, 5_000.0  # a township of the Public Land Survey is a square of six miles
_PLACE_DIGITS = 7  # state and place; a township's code has ten
_TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})  # no state has the code that one of these has as a country


def county_entries(taken: Collection[str]) -> Iterator[Entry]:
    """Give the counties, parishes, boroughs and municipalities.

    Their names have the word for what they are ("Orleans Parish"): the name alone is a town's more often, and finds a
    county only where no town or state has it and it is long enough ("Gwinnett", "Miami-Dade").
    A territory that is a country of ISO 3166-1 too (Puerto Rico) is the country of its municipalities.

    Parameters
    ----------
    taken
        Folded names of the towns and states of the United States.
    """
    for row in read_csv("counties_us.csv"):
        territory = row["state"].partition("-")[2]
        own = territory in _TERRITORIES
        alone = _ENDING.sub("", row["name"])
        aliases = (alone,) if len(alone) >= _LONG and alone != row["name"] and fold(alone) not in taken else ()
        place = Place(
            id=f"fips:{row['fips']}",
            name=row["name"],
            kind="admin2",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision_m=float(row["precision_m"]),
            aliases=aliases,
            country=territory if own else "US",
            admin1="" if own else row["state"],
            population=int(row["population"]),
            source="GeoNames, US Census Bureau",
        )
        yield Entry(place, (place.name, *aliases))


def small_place_entries() -> Iterator[Entry]:
    """Give the places that are too small for GeoNames' list of towns with 500 inhabitants, and the townships."""
    for row in read_csv("places_us.csv"):
        is_place = len(row["fips"]) == _PLACE_DIGITS
        place = Place(
            id=f"census:{row['fips']}",
            name=row["name"],
            kind="village" if is_place else "admin2",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision_m=_PLACE_M if is_place else _TOWNSHIP_M,
            country="US",
            admin1=row["state"],
            source="US Census Bureau",
        )
        yield Entry(place, (place.name,))
