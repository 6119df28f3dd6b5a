"""Who holds a place from when to when: rows, and what is told on top of them."""

from dataclasses import replace

import pytest
from valley_roads import ARTICLE, PLACES, QUARTER, day, event, holds

from geo.control.holders import find_holds, holder_lookup, holders_on
from geo.model import HeldPlace

POINTS = {p.id: HeldPlace(p.id, p.name, p.kind, p.lon, p.lat, p.precision_m) for p in PLACES.values()}
MILL = POINTS["atlas:millbridge"]


def history(rows, *events, place="atlas:millbridge"):
    """Each interval as first and last day of May, who holds, who else is named, and who besieges."""
    number = lambda d: d.day if d and d.month == 5 else None  # noqa: E731
    return [
        (number(h.first), number(h.last), h.holder, *(r.holder for r in h.differing), *([f"besieged by {h.besieged_by}"] if h.besieged_by else []))
        for h in find_holds(rows, POINTS, events, [ARTICLE])
        if h.point.place_id == place and h.first.month == 5
    ]  # fmt: skip


CASES = [
    ("a row", [holds("millbridge", "red", 1, 8)], [], [(1, 8, "red")]),
    (
        "rows in turn",
        [holds("millbridge", "red", 1, 8), holds("millbridge", "blue", 9)],
        [],
        [(1, 8, "red"), (9, None, "blue")],
    ),
    (
        "a capture after what the rows vouch for",
        [holds("millbridge", "red", 1, 8)],
        [event("capture", "millbridge", 12, side="blue")],
        [(1, 8, "red"), (12, None, "blue")],
    ),
    (
        "a capture against a row that is surer stands beside it",
        [holds("millbridge", "red", 1)],
        [event("capture", "millbridge", 12, side="blue")],
        [(1, 11, "red"), (12, None, "red", "blue")],
    ),
    (
        "a capture against a row that is less sure leads",
        [holds("millbridge", "red", 1, certainty="low")],
        [event("capture", "millbridge", 12, side="blue")],
        [(1, 11, "red"), (12, None, "blue", "red")],
    ),
    (
        "a claim counts for less",
        [holds("millbridge", "red", 1, certainty="medium")],
        [event("capture", "millbridge", 12, side="blue", modality="claimed")],
        [(1, 11, "red"), (12, None, "red", "blue")],
    ),
    (
        "a capture told vaguely is dated by the row that says the same",
        [holds("millbridge", "red", 1, 8), holds("millbridge", "blue", 9, 31)],
        [event("capture", "millbridge", 5, 15, side="blue")],
        [(1, 8, "red"), (9, 31, "blue")],
    ),
    (
        "a withdrawal leaves a place to nobody",
        [holds("millbridge", "red", 1, 8)],
        [event("withdrawal", "millbridge", 12, side="red")],
        [(1, 8, "red"), (12, None, "")],
    ),
    (
        "a siege is marked until it is broken",
        [holds("millbridge", "red", 1, 31)],
        [
            event("siege_imposed", "millbridge", 5, side="blue"),
            event("siege_broken", "millbridge", 9, side="red", name="e2"),
        ],
        [(1, 4, "red"), (5, 8, "red", "besieged by blue"), (9, 31, "red")],
    ),
    (
        "an undated capture counts from the report",
        [],
        [event("capture", "millbridge", side="blue")],
        [(20, None, "blue")],
    ),
    ("a plan changes nothing", [], [event("capture", "millbridge", 5, side="blue", modality="planned")], []),
    ("being taken is not taken", [], [event("capture", "millbridge", 5, side="blue", modality="ongoing")], []),
    ("who took it must be known", [], [event("capture", "millbridge", 5)], []),
    ("a region is no place", [], [event("capture", "millbridge", 5, side="blue", rule="west of Millbridge")], []),
    ("nor is what is placed vaguely", [], [event("capture", "millbridge", 5, side="blue", precision_m=9000.0)], []),
]


@pytest.mark.parametrize(("rows", "events", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_histories(rows, events, expected):
    assert history(rows, *events) == expected


def test_a_road_is_no_place_that_is_held():
    told = event("capture", "millbridge", 5, side="blue")
    assert find_holds([], POINTS, [told], [ARTICLE])
    road = replace(told, location=replace(told.location, kind="road"))
    assert find_holds([], POINTS, [road], [ARTICLE]) == ()


def test_the_order_of_reports_does_not_matter():
    rows = [holds("millbridge", "red", 1, 8), holds("millbridge", "blue", 9), holds("eastham", "blue", 1)]
    assert find_holds(rows, POINTS) == find_holds(rows[::-1], POINTS)


def test_each_interval_answers_to_a_row_or_a_sentence():
    told = event("capture", "millbridge", 12, side="blue")
    one, two = find_holds([holds("millbridge", "red", 1, 8)], POINTS, [told], [ARTICLE])[:2]
    assert (one.leading.basis.words, one.leading.basis.quote) == ("seeds/table.csv, line 2", "millbridge red 1")
    assert (two.leading.basis.words, two.leading.basis.quote, two.leading.basis.known) == ("event e1", "…", day(20))


def test_a_place_is_stale_when_nobody_has_spoken_of_it_for_long():
    (one,) = find_holds([holds("millbridge", "red", 1)], POINTS)
    assert (one.last, (one.stale_from - day(31)).days) == (None, 61)
    (one,) = find_holds([holds("millbridge", "red", 1, 8)], POINTS)
    assert one.stale_from is None


def test_an_area_is_held_by_who_holds_most_places_in_it():
    found = find_holds([holds("northtown", "red", 1, 9), holds("northtown", "blue", 10)], POINTS)
    holder_of = holder_lookup(found, PLACES, lambda i: QUARTER if i == "atlas:quarter" else None)
    assert [holder_of("quarter", day(n)) for n in (9, 10)] == ["red", "blue"]
    assert [holder_of("northtown", day(9)), holder_of("harbour", day(9)), holder_of("nowhere", day(9))] == [
        "red",
        "",
        "",
    ]
    assert list(holders_on(found, day(9))) == ["atlas:northtown"]
