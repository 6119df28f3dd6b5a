"""The layers of control: zones, front lines and control points, each feature answering to a row or a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from geo.control.scene import Scene, state_of
from geo.events.basis import certainty_of
from geo.ids import content_id
from geo.layers.context import ONE_DAY, Row, interval
from geo.layers.shapes import tidy
from geo.model import CERTAINTIES, CONTROL_STATES, Hold, HoldReport

if TYPE_CHECKING:
    from geo.control.records import Front

_NEAR = 3
"""So many places on either side are named as what a front line rests on."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Ground or a line that looks the same, and the scene that it is first seen in."""

    key: tuple[Any, ...]
    shape: Polygon | LineString
    scene: Scene
    front: Front | None = None


def control_rows(scenes: Sequence[Scene]) -> list[Row]:
    """Make the rows of the control layer: connected ground of one holder and state, while its shape is the same."""
    rows = []
    for piece, first, last in _lasting(scenes, _grounds):
        holder, state = piece.key[:2]
        inside = [hold for hold in _held(piece.scene, holder, state) if _covers(piece.shape, hold)]
        if not inside:  # an outline, cut off by others from the place that tells who holds it
            inside = sorted(_held(piece.scene, holder, state), key=lambda h: _away(piece.shape, h))[:1]
        confidence = round(sum(hold.leading.confidence for hold in inside) / len(inside), 3)
        rows.append(
            {
                **_resting_on(_newest(inside, first).leading),
                **interval(first, last),
                "id": content_id("control", holder, state, first, piece.shape.wkb_hex),
                "confidence": confidence,
                "holder": holder,
                "side": holder,
                "basis": _basis(inside, first),
                "state": state,
                "label": f"{holder}, {state}",
                "points": len(inside),
                "certainty": certainty_of(confidence),
                "area_km2": round(_area_km2(piece.shape), 2),
                "geometry": MultiPolygon([piece.shape]),
            }
        )
    return rows


def front_rows(scenes: Sequence[Scene]) -> list[Row]:
    """Make the rows of the front lines layer: each line for as long as its shape is the same."""
    rows = []
    for piece, first, last in _lasting(scenes, _fronts):
        left, right = piece.key[:2]
        states = piece.key[2:4]
        beside = [_nearest(piece.shape, _of(piece.scene, side)) for side in (left, right)]
        newest = _newest([hold for side in beside for hold in side], first)
        length_m = piece.front.length_m if piece.front else 0.0
        rows.append(
            {
                **_resting_on(newest.leading),
                **interval(first, last),
                "id": content_id("front_lines", left, right, first, piece.shape.wkb_hex),
                "confidence": round(min(hold.leading.confidence for side in beside for hold in side), 3),
                "sides": [left, right],
                "length_km": round(length_m / 1000, 3),
                "basis": " | ".join(", ".join(hold.point.name for hold in side) for side in beside),
                "state": max(states, key=CONTROL_STATES.index),
                "label": f"{left} / {right}",
                "geometry": piece.shape,
            }
        )
    return rows


def point_rows(holds: Sequence[Hold]) -> list[Row]:
    """Make the rows of the control points layer: each place with its holder, for as long as the same reports stand."""
    return [
        {
            **_resting_on(hold.leading),
            **interval(hold.first, hold.last),
            "id": content_id("control_points", hold.point.place_id, hold.holder, hold.first, hold.leading.basis.quote),
            "place": hold.point.name,
            "place_id": hold.point.place_id,
            "holder": hold.holder or None,
            "state": state_of(hold, hold.first),
            "certainty": hold.leading.certainty,
            "basis": hold.leading.basis.words,
            "differing": [_object(report) for report in hold.differing],
            "agreeing": [_object(report) for report in hold.agreeing],
            "besieged_by": hold.besieged_by or None,
            "precision_m": hold.point.precision_m,
            "stale_from": hold.stale_from.isoformat() if hold.stale_from else None,
            "note": hold.leading.note or None,
            "geometry": Point(hold.point.lon, hold.point.lat),
        }
        for hold in holds
    ]


def _resting_on(report: HoldReport) -> Row:
    basis = report.basis
    return {
        "known": basis.known.isoformat() if basis.known else None,
        "source": basis.source or None,
        "article": basis.article,
        "quote": basis.quote,
        "quote_start": basis.quote_start if basis.quote_start >= 0 else None,
        "quote_end": basis.quote_end if basis.quote_end >= 0 else None,
        "confidence": round(report.confidence, 3),
    }


def _object(report: HoldReport) -> dict[str, Any]:
    return {
        "holder": report.holder or None,
        "certainty": report.certainty,
        "basis": report.basis.words,
        "article": report.basis.article,
        "source": report.basis.source or None,
        "quote": report.basis.quote,
    }


def _lasting(
    scenes: Sequence[Scene], pieces: Callable[[Scene], Iterator[_Piece]]
) -> Iterator[tuple[_Piece, date, date | None]]:
    """Follow pieces from scene to scene, and give each with its first and last day, both inclusive."""
    going: dict[tuple[Any, ...], tuple[_Piece, date]] = {}
    for scene in scenes:
        now = {piece.key: piece for piece in pieces(scene)}
        for key in [key for key in going if key not in now]:
            piece, first = going.pop(key)
            yield piece, first, scene.first - ONE_DAY
        for key, piece in now.items():
            going.setdefault(key, (piece, scene.first))
    for piece, first in going.values():
        yield piece, first, None


def _grounds(scene: Scene) -> Iterator[_Piece]:
    for zone in scene.zones:
        for part in shapely.get_parts(tidy(zone.geometry)):
            yield _Piece((zone.holder, zone.state, part.wkb), part, scene)


def _fronts(scene: Scene) -> Iterator[_Piece]:
    for front in scene.fronts:
        line = tidy(front.geometry)
        yield _Piece((*front.sides, *front.states, line.wkb), line, scene, front)


def _of(scene: Scene, holder: str) -> list[Hold]:
    return [hold for hold in scene.holds.values() if hold.holder in holder.split("/")]


def _held(scene: Scene, holder: str, state: str) -> list[Hold]:
    """Give the places of a zone; of several reports at one spot the zone has all their holders with / between."""
    return [h for h in _of(scene, holder) if state_of(h, scene.first) == state or "/" in holder] or _of(scene, holder)


def _covers(shape: Polygon, hold: Hold) -> bool:
    return bool(shapely.intersects_xy(shape, hold.point.lon, hold.point.lat))


def _away(shape: shapely.Geometry, hold: Hold) -> float:
    return float(shape.distance(Point(hold.point.lon, hold.point.lat)))


def _nearest(line: LineString, holds: Sequence[Hold]) -> list[Hold]:
    return sorted(holds, key=lambda hold: (_away(line, hold), hold.point.place_id))[:_NEAR]


def _newest(holds: Sequence[Hold], day: date) -> Hold:
    begun = [hold for hold in holds if hold.first <= day] or list(holds)
    return max(begun, key=lambda hold: (hold.leading.first, hold.leading.confidence, hold.point.place_id))


def _basis(holds: Sequence[Hold], day: date) -> str:
    counts: Mapping[str, int] = {c: sum(hold.leading.certainty == c for hold in holds) for c in CERTAINTIES}
    sure = ", ".join(f"{n} {certainty}" for certainty, n in counts.items() if n)
    newest = _newest(holds, day)
    points = f"{len(holds)} control point{'' if len(holds) == 1 else 's'}"
    return f"{points} ({sure}); the newest {newest.point.name}, {newest.leading.first.isoformat()}"


def _area_km2(shape: Polygon) -> float:
    from pyproj import Geod

    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shape)
    return abs(float(area)) / 1e6
