"""What the geometry of control takes and gives, in WGS 84, longitude first: points, grounds, zones, parts, fronts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from shapely import LineString, MultiPolygon, Polygon

HELD, CONTESTED = "held", "contested"


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """Who holds a place.

    Attributes
    ----------
    id
        Of the place, or of the report.
    lon, lat
        WGS 84 degrees.
    holder
        Who holds it.
    state
        ``held``, ``contested``, ``claimed`` or another word: zones are told apart by it, front lines are not.
    certainty
        From 0 to 1.
    since
        The last day it was reported so, which says how old the report is; None where that is not known.
    precision_m
        Radius in metres within which the point truly lies.
    reach_m
        How far from it the ground counts as its holder's, in metres; None for the common reach.
    """

    id: str
    lon: float
    lat: float
    holder: str
    state: str = HELD
    certainty: float = 1.0
    since: date | None = None
    precision_m: float = 0.0
    reach_m: float | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """An outline that is known: a quarter, a base, an area that a report draws.

    Attributes
    ----------
    id
        Of the outline.
    geometry
        WGS 84.
    holder
        Who holds it; None where the points inside tell, as far as there are any.
    state
        As of a point, for the holder that is given here.
    """

    id: str
    geometry: Polygon | MultiPolygon
    holder: str | None = None
    state: str = HELD


@dataclass(frozen=True, slots=True)
class Zone:
    """The ground of a holder.

    Attributes
    ----------
    holder, state
        As of its points.
    geometry
        WGS 84 on a grid of 1e-6 degrees, wound by the right-hand rule; parts touch at corners at most.
    points
        Ids of the points and grounds that it rests on, sorted.
    certainty
        Mean certainty of its points and grounds.
    """

    holder: str
    state: str
    geometry: MultiPolygon
    points: tuple[str, ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """Connected ground of a holder.

    Attributes
    ----------
    holder
        Who holds it, in whatever states.
    geometry
        WGS 84; cut in two at the antimeridian.
    area_m2
        On the ellipsoid.
    main
        Whether it is the largest part of its holder.
    enclosed
        Whether all of its outer boundary is with other holders: an island that nothing unknown touches.
    neighbours
        The other holders that it borders on, sorted.
    """

    holder: str
    geometry: Polygon | MultiPolygon
    area_m2: float
    main: bool
    enclosed: bool
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """A line between the ground of two holders.

    Attributes
    ----------
    sides
        Both holders, sorted; the first one lies on the left of the line.
    states
        State of the zone on either side, in the same order.
    geometry
        WGS 84.
    length_m
        On the ellipsoid, along all vertices.
    """

    sides: tuple[str, str]
    states: tuple[str, str]
    geometry: LineString
    length_m: float


def check_points(points: Iterable[ControlPoint], reach_m: float) -> tuple[ControlPoint, ...]:
    """Check points.

    Raises
    ------
    InputError
        Where one has no holder, a certainty outside of 0 to 1, or a reach that is not above 0 and finite.
    """
    _check_reach(reach_m, "the reach of all points")
    checked = tuple(points)
    for point in checked:
        if not point.holder:
            raise InputError(f"the control point {point.id!r} has no holder", do="Name who holds it, or leave it out")
        if not 0 <= point.certainty <= 1:
            raise InputError(f"the control point {point.id!r} is certain to {point.certainty}", do="Say it from 0 to 1")
        if point.reach_m is not None:
            _check_reach(point.reach_m, f"the reach of the control point {point.id!r}")
    return checked


def in_order(points: Iterable[ControlPoint]) -> tuple[ControlPoint, ...]:
    """Give points in an order of their own, whatever the order they come in."""
    return tuple(
        sorted(
            points,
            key=lambda p: (
                p.lon, p.lat, p.holder, p.state, p.id, p.certainty, p.since or date.min, p.precision_m, p.reach_m or 0.0
            ),
        )
    )  # fmt: skip


def _check_reach(reach_m: float, what: str) -> None:
    if not 0 < reach_m <= 2_000_000:
        raise InputError(f"{what} is {reach_m:g} m", do="Give more than 0 and at most 2,000,000 metres")
