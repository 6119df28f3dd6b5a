"""The counties of the United States: the table ``geo/data/counties_us.csv``."""

from collections.abc import Iterator

from geo.data import read_csv
from geo.gazetteer.entries import Entry
from geo.model import Place

_TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})  # no state has the code that one of these has as a country


def county_entries() -> Iterator[Entry]:
    """Give the counties, parishes, boroughs and municipalities.

    Their names have the word for what they are ("Orleans Parish"): the name alone is a town's more often.
    A territory that is a country of ISO 3166-1 too (Puerto Rico) is the country of its municipalities.
    """
    for row in read_csv("counties_us.csv"):
        territory = row["state"].partition("-")[2]
        own = territory in _TERRITORIES
        place = Place(
            id=f"fips:{row['fips']}",
            name=row["name"],
            kind="admin2",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision_m=float(row["precision_m"]),
            country=territory if own else "US",
            admin1="" if own else row["state"],
            population=int(row["population"]),
            source="GeoNames, US Census Bureau",
        )
        yield Entry(place, (place.name,))
