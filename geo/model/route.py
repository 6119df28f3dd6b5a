"""A route: a road or corridor with a course and dated states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely import LineString

NOT_SECURE = "not secure"
"""Flag of what opens a route that the report calls unsafe: open, but not to be relied on."""
STATES = ("open", "contested", "fire_control", "cut", "closed")


@dataclass(frozen=True, slots=True)
class Route:
    """A road or corridor.

    Attributes
    ----------
    id, name, kind
        As in ``seeds/gazetteer/routes.geojson``; the same id is a place of the gazetteer.
    course
        WGS 84, longitude first.
    precision_m
        How far the true course may lie from the drawn one, in metres.
    source
        Where the course comes from.
    """

    id: str
    name: str
    kind: str
    course: LineString
    precision_m: float
    source: str


@dataclass(frozen=True, slots=True)
class RouteState:
    """How a route was from one day to another, and the sentence that says so.

    Attributes
    ----------
    route
        Id of the route.
    state
        One of `STATES`.
    holder
        The side that holds it, or empty.
    first, last
        First and last day, both inclusive; ``last`` is None while no later report says otherwise.
    event
        Id of the event that it rests on.
    """

    route: str
    state: str
    holder: str
    first: date
    last: date | None
    event: str
