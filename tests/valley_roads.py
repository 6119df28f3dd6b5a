"""An invented valley with roads, who holds its places, and reports of both, for the tests of routes and control."""

from __future__ import annotations

from datetime import date
from typing import Any

from shapely import LineString, Polygon

from geo.model import Actor, Article, Basis, Event, HoldReport, Location, Place, Route, RouteReport, When

# harbour -- millbridge -- northtown by the Mill Road, eastham -- northtown by the Ridge Track, harbour -- eastham by the
# Shore Road, and a road abroad from harbour and from eastham.
PLACES = {
    "harbour": Place("atlas:harbour", "Harbour", "town", 10.00, 50.00, 900.0),
    "millbridge": Place("atlas:millbridge", "Millbridge", "village", 10.10, 50.00, 500.0),
    "northtown": Place("atlas:northtown", "Northtown", "town", 10.20, 50.00, 900.0, ("North Town",)),
    "eastham": Place("atlas:eastham", "Eastham", "village", 10.20, 49.90, 500.0),
    "farm": Place("atlas:farm", "Long Farm", "village", 10.05, 50.01, 300.0),
    "far": Place("atlas:far", "Far Mill", "village", 11.0, 51.0, 300.0),
    "quarter": Place("atlas:quarter", "Northtown, lower quarter", "district", 10.205, 49.995, 500.0),
    "country:XX": Place("country:XX", "Xland", "country", 9.0, 50.0, 300000.0),
}
QUARTER = Polygon([(10.19, 49.99), (10.22, 49.99), (10.22, 50.005), (10.19, 50.005)])


class Gazetteer:
    """What routes and control ask of a gazetteer."""

    def __init__(self, places: dict[str, Place] | None = None) -> None:
        known = PLACES if places is None else places
        self.places = {place.id: place for place in known.values()}

    def get(self, place_id: str) -> Place | None:
        return self.places.get(place_id)

    def lookup(self, names: list[str]) -> dict[str, tuple[Place, ...]]:
        by_name = {n.casefold(): p for p in self.places.values() for n in (p.name, *p.aliases)}
        return {name: (by_name[name.casefold()],) if name.casefold() in by_name else () for name in names}

    def search(self, query: str, *, limit: int) -> list[Any]:
        return []

    def geometry(self, place_id: str) -> Polygon | None:
        return QUARTER if place_id == "atlas:quarter" else None

    def atlas_places(self) -> tuple[Place, ...]:
        return tuple(self.places.values())


def route(name: str, *links: str, part_of: str = "", precision_m: float = 200.0) -> Route:
    course = LineString([(PLACES[link].lon, PLACES[link].lat) for link in links])
    title = name.replace("_", " ").title()
    return Route(name, title, "road", course, precision_m, "a survey", links, part_of)


MILL_ROAD = route("mill_road", "harbour", "millbridge", "northtown")
RIDGE_TRACK = route("ridge_track", "eastham", "northtown")
SHORE_ROAD = route("shore_road", "harbour", "eastham")
ROUTES = (MILL_ROAD, RIDGE_TRACK, SHORE_ROAD)


def day(number: int) -> date:
    """Day of May 2031."""
    return date(2031, 5, number)


def basis(words: str = "a row", event: str = "") -> Basis:
    return Basis(
        "diary" if event else "table.csv", "seeds/table.csv", words, 0, len(words), event=event, line=0 if event else 2
    )


def says(
    road: str,
    state: str,
    holder: str,
    first: int,
    last: int | None = None,
    *,
    between: tuple[str, str] | tuple[()] = (),
    certainty: str = "high",
    flags: tuple[str, ...] = (),
) -> RouteReport:
    sure = {"high": 0.95, "medium": 0.75, "low": 0.5}[certainty]
    end = day(last) if last else None
    return RouteReport(
        road, between, state, holder, day(first), day(first), end, end or day(31), sure, certainty,
        basis(f"{road} {state} {first}"), flags,
    )  # fmt: skip


def holds(place: str, holder: str, first: int, last: int | None = None, *, certainty: str = "high") -> HoldReport:
    sure = {"high": 0.95, "medium": 0.75, "low": 0.5}[certainty]
    end = day(last) if last else None
    words = f"{place} {holder} {first}"
    return HoldReport(
        PLACES[place].id, holder, day(first), day(first), end, end or day(31), sure, certainty, basis(words)
    )  # fmt: skip


ARTICLE = Article("diary", "…", day(20), source="A diary")


def event(
    kind: str,
    place: str,
    first: int | None = None,
    last: int | None = None,
    *,
    side: str = "",
    modality: str = "happened",
    sure: float = 0.9,
    name: str = "e1",
    **where: Any,
) -> Event:
    at = PLACES[place]
    when = When("", day(first), day(last or first)) if first else None
    location = Location(**{"name": at.name, "kind": at.kind, "lon": at.lon, "lat": at.lat, "precision_m": at.precision_m,
                           "place_id": at.id} | where)  # fmt: skip
    return Event(
        id=name, article="diary", type=kind, when=when, location=location, origin=None,
        actors=(Actor("initiator", "somebody", side),) if side else (), modality=modality, attribution="", figures=(),
        quote="…", quote_start=0, quote_end=1, trigger="", confidence=sure,
    )  # fmt: skip
