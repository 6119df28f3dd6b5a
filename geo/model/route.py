"""A route: a road or corridor with a course and dated states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.model.control import Basis

if TYPE_CHECKING:
    from shapely import LineString

NOT_SECURE = "not secure"
"""Flag of what opens a route that the report calls unsafe: open, but not to be relied on."""
STATES = ("open", "contested", "fire_control", "cut", "closed")
"""Open: its holder uses it. Contested: fought over. Fire control: the holder's fire covers it, others hold the ground.
Cut: the holder stands on it. Closed: the holder lets nobody through."""
STANDINGS = ("leads", "agrees", "differs")
"""How a report stands among those of the same days: it leads, says the same as the leading one, or something else."""


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
    links
        Ids of the places that it joins, in the order of its course; empty where the file names none.
    part_of
        Id of the route that it is a part of, or empty.
    """

    id: str
    name: str
    kind: str
    course: LineString
    precision_m: float
    source: str
    links: tuple[str, ...] = ()
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class RouteReport:
    """What one report says of a route.

    Attributes
    ----------
    route
        Id of the route.
    section
        Ids of the two places between which it holds; empty for the whole route.
    state, holder
        One of `STATES`, and the side; of ``fire_control`` the side whose fire covers it.
    first, latest, last, seen
        As in `geo.model.HoldReport`.
    confidence, certainty, basis
        As there.
    flags
        What a reader must know, such as `NOT_SECURE`.
    """

    route: str
    section: tuple[str, str] | tuple[()]
    state: str
    holder: str
    first: date
    latest: date
    last: date | None
    seen: date
    confidence: float
    certainty: str
    basis: Basis
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteState:
    """How a route was from one day to another, as one report says.

    Attributes
    ----------
    route
        Id of the route.
    state
        One of `STATES`.
    holder
        The side that holds it, or empty; of ``fire_control`` the side whose fire covers it.
    first, last
        First and last day, both inclusive; ``last`` is None while no later report says otherwise.
    event
        Id of the event that it rests on; empty where it rests on a row of the seeds.
    section
        Ids of the two places between which it holds; empty for the whole route.
    standing
        One of `STANDINGS`.
    stale_from
        The first day on which nobody has vouched for it for too long; None where that is not within its days.
    report
        The report; None for a state that was made by hand.
    """

    route: str
    state: str
    holder: str
    first: date
    last: date | None
    event: str
    section: tuple[str, str] | tuple[()] = ()
    standing: str = "leads"
    stale_from: date | None = None
    report: RouteReport | None = None
