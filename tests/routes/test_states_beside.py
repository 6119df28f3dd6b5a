"""Reports of one route side by side: rows and sentences, wholes and parts, stretches."""

import pytest
from valley_roads import ARTICLE, ROUTES, day, event, route, says

from geo.routes import derive_states


def told(rows=(), events=(), routes=ROUTES):
    number = lambda d: d.day if d and d.month == 5 else None  # noqa: E731
    return [
        (s.route, "–".join(s.section), s.state, number(s.first), number(s.last), s.standing)
        for s in derive_states(events, [ARTICLE], routes, rows)
    ]


ROAD = {"place_id": "atlas:mill_road"}
WEST = route("west_part", "harbour", "millbridge", part_of="mill_road")
CASES = [
    (
        "a sentence that agrees leads, and its row is named beside it",
        [says("mill_road", "cut", "blue", 4, 9)],
        [event("route_closed", "millbridge", 4, side="blue", **ROAD)],
        [("mill_road", "", "cut", 4, None, "leads"), ("mill_road", "", "cut", 4, 9, "agrees")],
    ),
    (
        "a sentence that says something else stands beside",
        [says("mill_road", "open", "red", 1, 9)],
        [event("route_closed", "millbridge", 4, side="blue", **ROAD)],
        [("mill_road", "", "open", 1, 9, "leads"), ("mill_road", "", "cut", 4, 9, "differs"), ("mill_road", "", "cut", 10, None, "leads")],
    ),
    (
        "early in the month is dated by the row",
        [says("mill_road", "open", "red", 1, 6), says("mill_road", "cut", "blue", 7, 31)],
        [event("route_closed", "millbridge", 1, 10, side="blue", **ROAD)],
        [("mill_road", "", "open", 1, 6, "leads"), ("mill_road", "", "cut", 7, None, "leads"), ("mill_road", "", "cut", 7, 31, "agrees")],
    ),
    (
        "a stretch of its own",
        [says("mill_road", "open", "red", 1, 31), says("mill_road", "cut", "blue", 4, 31, between=("millbridge", "northtown"), certainty="high")],
        [],
        [
            ("mill_road", "harbour–millbridge", "open", 1, 31, "leads"),
            ("mill_road", "millbridge–northtown", "open", 1, 3, "leads"),
            ("mill_road", "millbridge–northtown", "cut", 4, 31, "leads"),
            ("mill_road", "millbridge–northtown", "open", 4, 31, "differs"),
        ],
    ),
    (
        "the whole beside its part, until a later report of the part",
        [says("west_part", "cut", "blue", 3, 9), says("west_part", "open", "red", 10, 31)],
        [event("route_closed", "millbridge", 4, side="blue", **ROAD)],
        [("mill_road", "", "cut", 4, 9, "agrees"), ("west_part", "", "cut", 3, 9, "leads"), ("west_part", "", "open", 10, 31, "leads")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "events", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_side_by_side(rows, events, expected):
    routes = (*ROUTES, WEST) if any(r.route == "west_part" for r in rows) else ROUTES
    found = told(rows, events, routes)

    assert found == expected


def test_a_state_says_from_when_it_is_stale():
    (one,) = derive_states([event("route_closed", "millbridge", 4, side="blue", **ROAD)], [ARTICLE], ROUTES)
    assert (one.last, one.stale_from.isoformat()) == (None, "2031-06-04")
    (row,) = derive_states([], [ARTICLE], ROUTES, [says("mill_road", "open", "red", 1, 9)])
    assert (row.last, row.stale_from, row.event) == (day(9), None, "")
