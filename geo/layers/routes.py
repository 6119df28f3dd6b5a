"""The routes layer: each state of a route as one report tells it, and how that stands among the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapely import LineString

from geo.ids import content_id
from geo.layers.context import Context, Row, interval, resting_on
from geo.model import Place, Route, RouteReport, RouteState


def route_rows(context: Context, places: Mapping[str, Place]) -> list[Row]:
    """Make the rows of the routes layer.

    Parameters
    ----------
    context
        The records.
    places
        The places that routes link, by the id that they are named by.

    Returns
    -------
    list of dict
        One for each state; ``geometry`` is the course of the stretch (WGS 84, longitude first).
    """
    routes = {route.id: route for route in context.records.routes}
    rows: dict[str, Row] = {}
    for state in context.records.states:
        row = _row(context, routes[state.route], state, places)
        if row["geometry"].length > 0:  # the drawn course may end before the last place that the route leads to
            rows.setdefault(row["id"], row)
    return list(rows.values())


def _row(context: Context, route: Route, state: RouteState, places: Mapping[str, Place]) -> Row:
    report = state.report
    event = context.events.get(state.event)
    basis = resting_on(context, event) if event else _resting_on(report)
    flags = list(event.flags) if event else list(report.flags if report else ())
    made_of: tuple[Any, ...] = (route.id, state.state, state.holder, state.first, state.event)
    if report is not None and not event:
        made_of = (*made_of, report.basis.quote)
    if state.section or state.standing != "leads":
        made_of = (*made_of, *state.section, state.standing)
    return {
        **basis,
        **interval(state.first, state.last),
        "id": content_id("routes", *made_of),
        "route": route.id,
        "name": route.name,
        "state": state.state,
        "holder": state.holder or None,
        "precision_m": route.precision_m,
        "flags": flags,
        "event": state.event or None,
        "section": " to ".join(places[end].name for end in state.section) if state.section else None,
        "standing": state.standing,
        "certainty": report.certainty if report else "high",
        "basis": report.basis.words if report else f"event {state.event}",
        "stale_from": state.stale_from.isoformat() if state.stale_from else None,
        "geometry": _course(route, state, places),
    }


def _resting_on(report: RouteReport | None) -> Row:
    if report is None:
        return {}
    basis = report.basis
    return {
        "known": basis.known.isoformat() if basis.known else None,
        "source": basis.source or None,
        "article": basis.article,
        "quote": basis.quote,
        "quote_start": basis.quote_start,
        "quote_end": basis.quote_end,
        "confidence": round(report.confidence, 3),
    }


def _course(route: Route, state: RouteState, places: Mapping[str, Place]) -> LineString:
    if not state.section:
        return route.course
    from geo.routes.network import course_between, positions

    at = dict(positions(route, places))
    start, end = (at[link] for link in state.section)
    return course_between(route, start, end)
