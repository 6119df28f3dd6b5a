"""Records made by hand for the tests of layers: an invented siege in an invented valley."""

from __future__ import annotations

from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Actor, Article, Event, Figure, Location, Mention, Place, Records, Route, RouteState, When

TEXT = (
    "Blue troops encircled Northtown in July. They cut the Mill Road on 5 July. In early August rebels broke the siege.\n"
    "Shells fell southwest of Northtown on Sunday, killing at least 12 people. Some 3,000 people fled from Eastham to Northtown. "
    "The envoy proposed a ceasefire in Northtown. Northtown was encircled again on Sunday. Talks went on."
)
ARTICLE = Article(id="valley", text=TEXT, published=date(2020, 9, 7), title="The valley", source="Sample Wire")

NORTHTOWN = Place(
    "atlas:northtown", "Northtown", "town", 10.1, 50.1, 1500.0, ("North Town",), "نورث", "XX", "XX-N", 0, "survey"
)
EASTHAM = Place("atlas:eastham", "Eastham", "village", 10.3, 50.12, 400.0)
OUTLINE = shapely.box(10.08, 50.08, 10.12, 50.12)
SOUTHWEST = shapely.box(10.0, 50.0, 10.08, 50.08)
MILL_ROAD = Route(
    "mill_road", "Mill Road", "road", shapely.LineString([(10.1, 50.1), (10.15, 50.1500004)]), 300.0, "survey"
)


class Outlines:
    """The one thing that layers ask of a gazetteer: outlines by place id."""

    def __init__(self, **shapes: BaseGeometry) -> None:
        self.shapes = {f"atlas:{name}": shape for name, shape in shapes.items()}

    def geometry(self, place_id: str) -> BaseGeometry | None:
        return self.shapes.get(place_id)


def at(place: Place, **more: Any) -> Location:
    return Location(**{"name": place.name, "kind": place.kind, "lon": place.lon, "lat": place.lat, "precision_m": place.precision_m,
                       "place_id": place.id} | more)  # fmt: skip


def days(edtf: str, first: str | None, last: str | None, phrase: str = "") -> When:
    return When(edtf, first and date.fromisoformat(first), last and date.fromisoformat(last), phrase)


def event(
    number: str,
    kind: str,
    when: When | None,
    location: Location | None,
    quote: str,
    *,
    article: Article = ARTICLE,
    **more: Any,
) -> Event:
    start = article.text.index(quote)
    return Event(**{
        "id": number, "article": article.id, "type": kind, "when": when, "location": location, "origin": None, "actors": (),
        "modality": "happened", "attribution": "", "figures": (), "quote": quote, "quote_start": start,
        "quote_end": start + len(quote), "trigger": "", "confidence": 0.8,
    } | more)  # fmt: skip


def mention(place: Place | None, number: int, name: str, role: str = "place") -> Mention:
    start = -1
    for _ in range(number):
        start = TEXT.index(name, start + 1)
    return Mention(
        "valley", start, start + len(name), name, role, at(place) if place else None, 0.9, "only one of that name"
    )


BLUE = Actor("initiator", "Blue troops", "blue")
REBELS = Actor("target", "rebels", "red")
JULY = days("2020-07", "2020-07-01", "2020-07-31", "in July")
EARLY_AUGUST = days("2020-08-01/2020-08-10", "2020-08-01", "2020-08-10", "In early August")
SUNDAY = days("2020-09-06", "2020-09-06", "2020-09-06", "on Sunday")

EVENTS = (
    event("e1", "siege_imposed", JULY, at(NORTHTOWN), "Blue troops encircled Northtown in July.", actors=(BLUE, REBELS)),
    event("e2", "route_closed", days("2020-07-05", "2020-07-05", "2020-07-05", "on 5 July"),
          Location("Mill Road", "road", 10.12, 50.12, 300.0, "atlas:mill_road", MILL_ROAD.course), "They cut the Mill Road on 5 July."),
    event("e3", "siege_broken", EARLY_AUGUST, at(NORTHTOWN), "In early August rebels broke the siege."),
    event("e4", "shelling", SUNDAY, Location("southwest of Northtown", "region", 10.04, 50.04, 4000.0, "atlas:northtown", SOUTHWEST,
          "southwest of Northtown, up to 6 km away"), "Shells fell southwest of Northtown on Sunday, killing at least 12 people.",
          figures=(Figure("killed", 12, None, "at least 12 people"),)),
    event("e5", "displacement", None, at(NORTHTOWN), "Some 3,000 people fled from Eastham to Northtown.", origin=at(EASTHAM),
          modality="claimed", figures=(Figure("displaced", 3000, 3000, "Some 3,000 people"),)),
    event("e6", "ceasefire", None, at(NORTHTOWN), "The envoy proposed a ceasefire in Northtown.", modality="proposed",
          origin=at(EASTHAM), attribution="The envoy"),
    event("e7", "siege_imposed", SUNDAY, at(NORTHTOWN), "Northtown was encircled again on Sunday."),
    event("e8", "talks", SUNDAY, None, "Talks went on."),
)  # fmt: skip
RECORDS = Records(
    articles=(ARTICLE,),
    mentions=(
        mention(NORTHTOWN, 1, "Northtown"),
        mention(NORTHTOWN, 2, "Northtown"),
        mention(EASTHAM, 1, "Eastham"),
        mention(None, 1, "Talks"),
        mention(EASTHAM, 1, "Blue", "demonym"),
    ),
    places=(EASTHAM, NORTHTOWN),
    events=EVENTS,
    routes=(MILL_ROAD,),
    states=(
        RouteState("mill_road", "cut", "blue", date(2020, 7, 5), date(2020, 7, 31), "e2"),
        RouteState("mill_road", "open", "", date(2020, 8, 1), None, "e3"),
    ),
)
GAZETTEER: Any = Outlines(northtown=OUTLINE)
