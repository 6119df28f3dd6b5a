"""The states of a route over time, from what is reported of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.model import UNREAL, Article, Event, Route, RouteState

# What an event does to the route it names. Taking a road closes it to the other side until it is reported open.
_STATES = {"route_opened": "open", "route_closed": "cut", "capture": "closed"}
_UNDER_FIRE = ("fire control", "under fire", "by fire", "within range")


def derive_states(
    events: Iterable[Event], articles: Sequence[Article], routes: Sequence[Route]
) -> tuple[RouteState, ...]:
    """Derive the states of routes from events.

    Parameters
    ----------
    events
        Events of every type; those that are not facts change nothing.
    articles
        Their articles: an undated event counts from the day its article was published.
    routes
        The routes of the atlas.

    Returns
    -------
    tuple of RouteState
        By route, then first day. A state lasts until the day before the next one, both inclusive; the last one is open.
        Where two begin on one day, the one that is told later stands.
    """
    published = {a.id: a.published for a in articles}
    by_place = {f"atlas:{r.id}": r.id for r in routes}
    found: dict[str, list[RouteState]] = {}
    for event in events:
        route = by_place.get(event.location.place_id) if event.location else None
        state = _state(route, event, published.get(event.article)) if route else None
        if state is not None:
            found.setdefault(state.route, []).append(state)
    return tuple(s for route in sorted(found) for s in _in_turn(found[route]))


def _state(route: str, event: Event, published: date | None) -> RouteState | None:
    first = event.when.first if event.when and event.when.first else published
    if event.type not in _STATES or event.modality in UNREAL or first is None:
        return None
    state = _STATES[event.type]
    if state == "cut" and event.modality == "ongoing":
        state = "contested"
    elif state == "cut" and any(words in event.quote for words in _UNDER_FIRE):
        state = "fire_control"
    holder = next((a.side for a in event.actors if a.role == "initiator" and a.side), "")
    return RouteState(route, state, holder, first, None, event.id)


def _in_turn(states: Sequence[RouteState]) -> list[RouteState]:
    """Let each state last until the next; a route that is fought over stays with who held it."""
    by_day = {s.first: s for s in sorted(states, key=lambda s: s.first)}
    turns = list(by_day.values())
    result: list[RouteState] = []
    for i, state in enumerate(turns):
        last = turns[i + 1].first - timedelta(days=1) if i + 1 < len(turns) else None
        holder = result[-1].holder if state.state == "contested" and result else state.holder
        result.append(replace(state, holder=holder, last=last))
    return result
