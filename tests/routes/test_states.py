"""States of a route, from what is told of it."""

from datetime import date

import pytest
from shapely import LineString

from geo.model import Actor, Article, Event, Location, Route, When
from geo.routes import derive_states

ROUTE = Route("road", "The road", "road", LineString([(0, 0), (1, 1)]), 500, "invented")
ARTICLE = Article("a", "…", date(2021, 5, 3))


def event(kind, day=None, *, side="", modality="happened", quote="…", place="atlas:road", name="1"):
    return Event(
        id=name,
        article="a",
        type=kind,
        when=When(str(day), day, day) if day else None,
        location=Location("The road", "road", 0.5, 0.5, 500, place),
        origin=None,
        actors=(Actor("initiator", "somebody", side),) if side else (),
        modality=modality,
        attribution="",
        figures=(),
        quote=quote,
        quote_start=0,
        quote_end=1,
        trigger="",
        confidence=0.9,
    )


def states(*events):
    return [
        (s.state, s.holder, s.first.isoformat(), s.last and s.last.isoformat())
        for s in derive_states(events, [ARTICLE], [ROUTE])
    ]


D = date

CASES = [
    ("opened", [event("route_opened", D(2021, 5, 1), side="league")], [("open", "league", "2021-05-01", None)]),
    ("cut", [event("route_closed", D(2021, 5, 1), side="north")], [("cut", "north", "2021-05-01", None)]),
    ("taken", [event("capture", D(2021, 5, 1), side="north")], [("closed", "north", "2021-05-01", None)]),
    (
        "under fire is not held",
        [event("route_closed", D(2021, 5, 1), side="north", quote="put the road under fire control")],
        [("fire_control", "north", "2021-05-01", None)],
    ),
    (
        "a state lasts until the day before the next",
        [event("route_opened", D(2021, 5, 1), side="league"), event("route_closed", D(2021, 5, 9), side="north")],
        [("open", "league", "2021-05-01", "2021-05-08"), ("cut", "north", "2021-05-09", None)],
    ),
    (
        "fought over, it stays with its holder",
        [
            event("route_opened", D(2021, 5, 1), side="league"),
            event("route_closed", D(2021, 5, 2), side="north", modality="ongoing"),
        ],
        [("open", "league", "2021-05-01", "2021-05-01"), ("contested", "league", "2021-05-02", None)],
    ),
    ("undated counts from publication", [event("route_closed", side="north")], [("cut", "north", "2021-05-03", None)]),
    ("a plan changes nothing", [event("route_closed", D(2021, 5, 1), side="north", modality="planned")], []),
    ("nor does a strike", [event("airstrike", D(2021, 5, 1), side="north")], []),
    ("nor what happens elsewhere", [event("route_closed", D(2021, 5, 1), place="atlas:other")], []),
]


@pytest.mark.parametrize(("events", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_states(events, expected):
    assert states(*events) == expected


def test_the_order_of_the_events_does_not_matter():
    events = [
        event("route_opened", D(2021, 5, 1), side="league"),
        event("route_closed", D(2021, 5, 9), side="north", name="2"),
    ]
    assert states(*events) == states(*reversed(events))
