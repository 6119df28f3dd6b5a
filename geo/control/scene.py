"""Zones and front lines over time: from who holds which place to the ground on each day on which something changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.control.records import ControlPoint, Front, Ground, Zone
from geo.errors import SeedError
from geo.model import CONTROL_STATES, Hold
from geo.temporal.standing import ONE_DAY

if TYPE_CHECKING:
    from shapely import LineString, Polygon

GROUNDS = "grounds.geojson"
HELD, CONTESTED, CLAIMED, INFERRED = CONTROL_STATES
BESIEGED_REACH = 2.0
"""Ground around a besieged place counts as its holder's to so many times its own radius; beyond stands the besieger."""
LEAST_REACH_M = 1000.0


@dataclass(frozen=True, slots=True)
class Outline:
    """A known outline: the ground of a place that holds as a whole, or a line that no ground reaches across.

    Attributes
    ----------
    place_id
        The place that tells who holds it; empty of a barrier: a river, a ridge, a lake.
    geometry
        WGS 84, longitude first; of a barrier a line, too.
    source
        Where the outline comes from.
    """

    place_id: str
    geometry: Polygon | LineString
    source: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The ground from one day to another.

    Attributes
    ----------
    first, last
        Both inclusive; ``last`` is None for the last scene.
    holds
        What stands on these days, by place id.
    zones, fronts
        Drawn from it.
    """

    first: date
    last: date | None
    holds: Mapping[str, Hold]
    zones: tuple[Zone, ...]
    fronts: tuple[Front, ...]


def read_outlines(path: Path, places: Iterable[str]) -> tuple[Outline, ...]:
    """Read the known outlines of an atlas.

    Parameters
    ----------
    path
        ``seeds/grounds.geojson``: polygons with the properties ``place``, the id of a control point, and ``source``;
        lines and polygons with ``barrier`` true instead of a place are barriers.
    places
        Ids of the places that are control points.

    Raises
    ------
    SeedError
        Where a feature is not right.
    """
    if not path.is_file():
        return ()
    known = set(places)
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        do = "Save the layer as GeoJSON (RFC 7946)"
        raise SeedError(f"this is no GeoJSON FeatureCollection: {error}", do=do, path=path) from None
    return tuple(_outline(feature, number, known, path) for number, feature in enumerate(features, 1))


def _outline(feature: Any, number: int, known: set[str], path: Path) -> Outline:
    from shapely import LineString, Polygon
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    properties = feature.get("properties") or {}
    name, barrier = str(properties.get("place") or ""), properties.get("barrier") is True
    place_id = next((i for i in (name, f"atlas:{name}", f"control:{name}") if i in known), "")
    if bool(place_id) == barrier:
        do = "Write the id of a place of seeds/control.csv into the property place, or barrier: true for a river"
        raise SeedError(f"feature {number}: {name!r} is no control point", do=do, path=path)
    if not properties.get("source"):
        raise SeedError(f"feature {number}: source is empty", do="Say where the outline comes from", path=path)
    try:
        geometry = shape(feature["geometry"])
    except (ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        what = f"feature {number}: the geometry cannot be read: {error}"
        raise SeedError(what, do="Draw one polygon", path=path) from None
    wanted = Polygon | LineString if barrier else Polygon
    if not isinstance(geometry, wanted) or not geometry.is_valid or geometry.is_empty:
        what = f"feature {number}: the geometry is no polygon that is valid"
        do = "Draw one line, or one polygon" if barrier else "Draw one polygon"
        raise SeedError(what, do=f"{do} that does not cross itself", path=path)
    return Outline(place_id, geometry, str(properties["source"]))


def state_of(hold: Hold, day: date) -> str:
    """Give the state that the ground of a place is drawn in on a day, one of `geo.model.CONTROL_STATES`."""
    if hold.contested:
        return CONTESTED
    if hold.leading.basis.event and hold.leading.certainty == "low":
        return CLAIMED
    if hold.leading.certainty == "low" or (hold.stale_from is not None and hold.stale_from <= day):
        return INFERRED
    return HELD


def points_of(holds: Iterable[Hold], day: date, *, reach_m: float) -> tuple[ControlPoint, ...]:
    """Give the control points of a day; a place that nobody is known to hold gives none."""
    found = []
    for hold in holds:
        if not hold.holder:
            continue
        place = hold.point
        near = max(LEAST_REACH_M, BESIEGED_REACH * place.precision_m) if hold.besieged_by else None
        found.append(
            ControlPoint(
                id=place.place_id,
                lon=place.lon,
                lat=place.lat,
                holder=hold.holder,
                state=state_of(hold, day),
                certainty=hold.leading.confidence,
                since=max(hold.first, min(hold.leading.seen, day)),
                precision_m=place.precision_m,
                reach_m=min(near, reach_m) if near else None,
            )
        )
    return tuple(found)


def scenes(holds: Sequence[Hold], *, reach_m: float, outlines: Sequence[Outline] = ()) -> tuple[Scene, ...]:
    """Draw the ground for each span of days on which nothing changes.

    Parameters
    ----------
    holds
        Of all places.
    reach_m
        How far from a place the ground counts as its holder's.
    outlines
        Known outlines.

    Returns
    -------
    tuple of Scene
        In order of days, without gaps from the first day of which anything is known.
    """
    turns = {hold.first for hold in holds} | {hold.last + ONE_DAY for hold in holds if hold.last}
    turns |= {hold.stale_from for hold in holds if hold.stale_from}
    days = sorted(turns)
    found: list[Scene] = []
    centre = _centre(holds)
    before: tuple[ControlPoint, ...] | None = None
    for first, after in zip(days, [*days, None][1:], strict=True):
        now = {hold.point.place_id: hold for hold in holds if hold.holds_on(first)}
        points = points_of(now.values(), first, reach_m=reach_m)
        last = after - ONE_DAY if after else None
        drawn = found[-1] if found and before is not None and _look(points) == _look(before) else None
        zones, fronts = (
            (drawn.zones, drawn.fronts) if drawn else draw(points, now, outlines, reach_m=reach_m, centre=centre)
        )
        found.append(Scene(first, last, now, zones, fronts))
        before = points
    return tuple(found)


def _look(points: Sequence[ControlPoint]) -> list[tuple[str, str, str, float | None]]:
    return [(p.id, p.holder, p.state, p.reach_m) for p in points]


def _centre(holds: Sequence[Hold]) -> tuple[float, float] | None:
    """Give one middle for all days, so that ground about which nothing changed keeps its vertices."""
    if not holds:
        return None
    import numpy as np

    from geo.control.plane import plane_about

    plane = plane_about(np.array([(hold.point.lon, hold.point.lat) for hold in holds]))
    return plane.lon, plane.lat


def draw(
    points: Sequence[ControlPoint],
    holds: Mapping[str, Hold],
    outlines: Sequence[Outline],
    *,
    reach_m: float,
    centre: tuple[float, float] | None = None,
) -> tuple[tuple[Zone, ...], tuple[Front, ...]]:
    """Draw zones and front lines of one day, on the plane about a centre, or about the points if it is None."""
    from geo.control.frontline import front_lines
    from geo.control.zones import control_zones

    states = {point.id: point for point in points}
    grounds = [
        Ground(o.place_id, o.geometry, states[o.place_id].holder, states[o.place_id].state)
        for o in outlines
        if o.place_id in states and o.place_id in holds
    ]
    barriers = [o.geometry for o in outlines if not o.place_id]
    zones = control_zones(points, reach_m=reach_m, barriers=barriers, grounds=grounds, centre=centre)
    return zones, front_lines(zones)


def scene_on(found: Iterable[Scene], day: date) -> Scene | None:
    """Give the scene of a day; None before the first."""
    return next((one for one in found if one.first <= day and (one.last is None or day <= one.last)), None)
