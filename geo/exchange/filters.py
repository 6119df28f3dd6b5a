"""Which events of a data set are wanted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.data import read_toml
from geo.exchange.line import Line
from geo.gazetteer.importing.fields import read_country
from geo.gazetteer.names import fold

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; what is empty or None sets no limit.

    Attributes
    ----------
    since, until
        First and last day, both inclusive; an event counts if part of its time lies between.
    bbox
        West, south, east, north in degrees, the edges included.
    countries
        ISO 3166-1 alpha-2 codes.
    admin1
        Names of first-level divisions; "Aleppo" is "Aleppo Governorate".
    types
        Types of event.
    """

    since: date | None = None
    until: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    countries: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Give what is set, as JSON can hold it."""
        return limits_set(self)


def limits_set(wanted: DataclassInstance) -> dict[str, object]:
    """Give the days and lists of a record that are neither None nor empty, as JSON can hold them."""
    values = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    return {
        name: value.isoformat() if isinstance(value, date) else list(value)
        for name, value in values.items()
        if value not in (None, ())
    }


def unwanted(line: Line, wanted: Filter) -> str:
    """Say why an event is not wanted; empty where it is."""
    row = line.get("row", {})
    if (wanted.since or wanted.until) and not _in_time(line, wanted):
        return "of other days"
    if wanted.bbox and not _in_box(line, wanted.bbox):
        return "outside the window"
    if wanted.countries and read_country(row.get("country", "") or row.get("iso", "")) not in wanted.countries:
        return "of other countries"
    if wanted.admin1:
        told = _bare(row.get("admin1") or row.get("adm_1", ""))
        if not told or told not in {_bare(name) for name in wanted.admin1}:
            return "of other divisions"
    return "of other types" if wanted.types and line["type"] not in wanted.types else ""


def _in_time(line: Line, wanted: Filter) -> bool:
    start, end = line.get("start"), line.get("end")
    if not start and not end:
        return False
    return not (wanted.since and end and end < wanted.since.isoformat()) and not (
        wanted.until and start and start > wanted.until.isoformat()
    )


def _in_box(line: Line, bbox: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bbox
    return "lon" in line and west <= line["lon"] <= east and south <= line["lat"] <= north


@lru_cache
def _bare(name: str) -> str:
    """Fold the name of a division without the words for what it is."""
    words = fold(name).split()
    generic = frozenset(read_toml("admin_words.toml")["generic"])
    return " ".join(word for word in words if word not in generic and word != "of") or fold(name)
