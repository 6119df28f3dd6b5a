"""Answers over a span of days: a table with a row for each change, and the roads as ribbons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from geo.access.answer import via

if TYPE_CHECKING:
    from geo.access.question import Question
    from geo.routes.access import Access
    from geo.routes.network import Edge
    from geo.routes.passing import Condition
    from geo.routes.states import Stretch


def table(question: Question, first: date, last: date) -> list[dict[str, Any]]:
    """Answer a question for a span of days: one row for each change.

    Returns
    -------
    list of dict
        ``from`` and ``to``, the first and last day, both inclusive; ``reachable``, ``secure``, ``known``, ``via``;
        ``weakest`` and ``blocked_by`` in words.
    """
    from geo.routes.access import access_over
    from geo.temporal.standing import ONE_DAY

    found = access_over(question.roads, question.origin, question.goal, side=question.side, first=first, last=last)
    ends = [*(one.day - ONE_DAY for one in found[1:]), last]
    return [
        {
            "from": one.day.isoformat(),
            "to": end.isoformat(),
            "reachable": one.reachable,
            "secure": one.secure,
            "known": one.known,
            "via": via(question, one),
            "weakest": _words(one.weakest) if one.weakest else "",
            "blocked_by": [_words(block) for block in one.blocked],
        }
        for one, end in zip(found, ends, strict=True)
    ]


def _words(one: Condition) -> str:
    return f"{one.edge.route.name}: {one.why}"


def ribbons(question: Question, first: date, last: date) -> list[dict[str, Any]]:
    """Give the history of each stretch of road that the answers of a span of days speak of, to be drawn as a ribbon.

    Returns
    -------
    list of dict
        ``label``, and ``spans``: ``first`` and ``last`` day (inclusive, within the span asked for), ``state``,
        ``holder``, ``secure``, ``stale``, and ``differs``, whether another report says otherwise. The first row is the
        answer itself, its states ``open``, ``contested`` (reachable at a risk) and ``closed`` (not reachable); days of
        which nothing is known have none.
    """
    from geo.routes.access import access_over
    from geo.routes.states import is_secure
    from geo.temporal.standing import ONE_DAY

    found = access_over(question.roads, question.origin, question.goal, side=question.side, first=first, last=last)
    ends = [*(one.day for one in found[1:]), None]
    answers: list[dict[str, Any]] = []
    for one, end in zip(found, ends, strict=True):
        if not one.known:
            continue
        span = _answer_span(question, one, end, last)
        if answers and (answers[-1]["state"], answers[-1]["last"] + ONE_DAY) == (span["state"], span["first"]):
            answers[-1] = {**answers[-1], "last": span["last"]}
        else:
            answers.append(span)
    rows = [{"label": "", "spans": answers}]
    spoken = {condition.edge.key: condition.edge for one in found for condition in (*one.way, *one.blocked)}
    told: dict[tuple[str, ...], dict[str, Any]] = {}
    for edge in spoken.values():
        for stretch in question.roads.stretches.get(edge.route.id, ()):
            if stretch.route != edge.route.id or not stretch.covers(edge.route.links, edge.key[1:]):
                continue
            spans = [
                {
                    "first": max(one.first, first),
                    "last": min(one.last or last, last),
                    "state": one.leading.item.state,
                    "holder": one.leading.item.holder,
                    "secure": is_secure(one),
                    "stale": one.stale,
                    "differs": bool(one.differing),
                }
                for one in stretch.standings
                if one.first <= last and (one.last is None or one.last >= first)
            ]
            if spans:
                told.setdefault(
                    (stretch.route, *stretch.section), {"label": _label(question, edge, stretch), "spans": spans}
                )
    return [*rows, *told.values()]


def _answer_span(question: Question, one: Access, after: date | None, last: date) -> dict[str, Any]:
    from geo.temporal.standing import ONE_DAY

    state = "closed" if not one.reachable else "open" if one.secure else "contested"
    return {
        "first": one.day, "last": after - ONE_DAY if after else last, "state": state, "holder": question.side,
        "secure": one.secure, "stale": False, "differs": False,
    }  # fmt: skip


def _label(question: Question, edge: Edge, stretch: Stretch) -> str:
    if not stretch.section:
        return edge.route.name
    places = question.roads.network.places
    return f"{edge.route.name}: {' to '.join(places[end].name for end in stretch.section)}"
