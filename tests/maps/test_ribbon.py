"""Ribbons of roads over time."""

from datetime import date

import pytest

from geo.maps.picture.ribbon import render_ribbons
from geo.maps.style import read_style


def span(first, last, state, holder="red", **more):
    day = lambda n: date(2031, 5, n)  # noqa: E731
    return {
        "first": day(first),
        "last": day(last),
        "state": state,
        "holder": holder,
        "secure": True,
        "stale": False,
        "differs": False,
    } | more


ROWS = [
    {"label": "", "spans": [span(1, 9, "open"), span(10, 19, "contested", secure=False), span(20, 31, "closed")]},
    {
        "label": "Mill Road",
        "spans": [span(1, 9, "open"), span(10, 19, "fire_control", "blue"), span(20, 31, "cut", "blue", differs=True)],
    },
    {
        "label": "Ridge Track, from the pass down to the harbour and on along the shore",
        "spans": [span(4, 12, "closed", ""), span(13, 31, "open", stale=True)],
    },
]
STYLE = read_style(sides=["red", "blue"])


def drawn(rows=ROWS, *, format="svg", last=date(2031, 5, 31)):
    return render_ribbons(
        rows, title="Harbour to Northtown", first=date(2031, 5, 1), last=last, style=STYLE, format=format
    )


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_the_same_bytes_every_time(format):
    assert drawn(format=format) == drawn(format=format)


def test_each_side_has_its_colour_and_what_differs_its_own():
    picture = drawn().decode().lower()
    for side in ("red", "blue"):
        assert STYLE.side(side).color.lower() in picture
    only_red = (
        drawn([{**row, "spans": [{**s, "holder": "red", "differs": False} for s in row["spans"]]} for row in ROWS])
        .decode()
        .lower()
    )
    assert STYLE.side("blue").color.lower() not in only_red
    assert only_red.count(STYLE.text.accent.lower()) < picture.count(STYLE.text.accent.lower())


def test_a_single_day_and_a_road_without_a_report_are_drawn_too():
    rows = [{"label": "", "spans": [span(1, 1, "closed")]}, {"label": "Nameless", "spans": []}]
    assert drawn(rows, last=date(2031, 5, 1)).startswith(b"<?xml") or drawn(rows, last=date(2031, 5, 1)).startswith(
        b"<svg"
    )
