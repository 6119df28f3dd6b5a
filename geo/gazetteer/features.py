"""Continents, regions, seas, rivers, lakes, mountains, lands and islands: tables of ``geo/data/``."""

from collections.abc import Iterator

from geo.data import read_csv
from geo.gazetteer.entries import Entry, distinct
from geo.model import Place

FEATURE_TABLES = (
    "regions.csv",
    "seas.csv",
    "rivers.csv",
    "lakes.csv",
    "mountains.csv",
    "lands.csv",
    "islands.csv",
)
_RIVER_WORDS = frozenset({"Canal", "Channel", "Creek", "Rio", "River", "Wadi"})


def feature_entries() -> Iterator[Entry]:
    """Give the entries of all tables, in their order.

    A river is found with the word too ("Euphrates", "Euphrates River", "River Euphrates"), unless its name has one, and
    a lake with the word on the other side ("Lake Hartwell", "Hartwell Lake").
    """
    for table in FEATURE_TABLES:
        for row in read_csv(table):
            name = row["name"]
            place = Place(
                id=f"region:{row['id']}",
                name=name,
                kind=row["kind"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                precision_m=float(row["precision_m"]),
                aliases=distinct((*split_cell(row["aliases"]), *_with_word(name, row["kind"]))),
                name_ar=row["name_ar"],
                country=row["country"],
                source=f"sitmap {table}",
            )
            yield Entry(place, distinct((place.name, *place.aliases, place.name_ar)))


def split_cell(cell: str) -> tuple[str, ...]:
    """Give the parts of a cell that holds several names with | between them."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _with_word(name: str, kind: str) -> tuple[str, ...]:
    if kind == "river" and not _RIVER_WORDS & set(name.split()):
        return (f"{name} River", f"River {name}")
    if kind == "lake" and name.startswith("Lake "):
        return (f"{name[5:]} Lake",)
    if kind == "lake" and name.endswith(" Lake"):
        return (f"Lake {name[:-5]}",)
    return ()
