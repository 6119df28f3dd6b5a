from datetime import date
from typing import Any

import pytest

from geo.maps.shown import Shown, is_shown, shown_days

KNOWN = "2016-09-05"

DAYS: list[tuple[str, dict[str, Any], Shown]] = [
    ("events", {"start": "2016-08-27", "end": "2016-08-27"}, Shown("2016-08-27", "2016-08-27")),
    ("events", {"start": "2016-08-01", "end": "2016-08-10"}, Shown("2016-08-01", "2016-08-10")),
    ("events", {"start": "2016-08-01", "end": None}, Shown("2016-08-01", None)),
    ("events", {"start": None, "end": "2016-02-06"}, Shown(None, "2016-02-06")),
    # what the report does not date is shown on the report's day
    ("events", {"start": None, "end": None}, Shown(KNOWN, KNOWN, undated=True)),
    ("events", {"start": None, "end": None, "known": None}, Shown(None, None)),
    ("events", {"start": None, "end": None, "modality": "ongoing"}, Shown(KNOWN, KNOWN, undated=True)),
    # what has not happened is shown from its report to its day
    ("events", {"start": None, "end": None, "modality": "proposed"}, Shown(KNOWN, KNOWN, undated=True)),
    ("events", {"start": "2016-09-12", "end": "2016-09-14", "modality": "planned"}, Shown(KNOWN, "2016-09-14")),
    ("events", {"start": "2016-09-01", "end": None, "modality": "proposed"}, Shown("2016-09-01", KNOWN)),
    ("events", {"start": "2016-09-01", "end": "2016-09-02", "modality": "denied"}, Shown("2016-09-01", KNOWN)),
    # what lasts ends with its last day, and an undated state has no end
    ("routes", {"start": "2016-08-01", "end": "2016-09-03"}, Shown("2016-08-01", "2016-09-03", lasting=True)),
    ("routes", {"start": None, "end": None}, Shown(KNOWN, None, undated=True, lasting=True)),
    (
        "areas",
        {"type": "siege", "start": "2016-07-01", "end": "2016-08-10"},
        Shown("2016-07-01", "2016-08-10", lasting=True),
    ),
    ("areas", {"type": "region", "start": "2016-07-01", "end": "2016-08-10"}, Shown("2016-07-01", "2016-08-10")),
    ("control", {"start": "2016-07-01", "end": None}, Shown("2016-07-01", None, lasting=True)),
    ("places", {"start": None, "end": None}, Shown(None, None)),
]


@pytest.mark.parametrize(("layer", "properties", "shown"), DAYS)
def test_the_days_of_a_feature(layer: str, properties: dict[str, Any], shown: Shown) -> None:
    assert shown_days(layer, {"known": KNOWN, **properties}) == shown


@pytest.mark.parametrize(
    ("shown", "first_seen", "last_seen"),
    [
        (Shown("2016-08-01", "2016-08-10"), "2016-08-01", "2016-08-23"),
        (Shown("2016-08-01", "2016-08-10", lasting=True), "2016-08-01", "2016-08-10"),
        (Shown("2016-02-29", "2016-02-29"), "2016-02-29", "2016-03-13"),
    ],
)
def test_both_ends_are_inclusive_and_events_fade_for_two_weeks(shown: Shown, first_seen: str, last_seen: str) -> None:
    days = [date.fromordinal(n) for n in range(date(2016, 1, 1).toordinal(), date(2016, 12, 31).toordinal())]
    seen = [day.isoformat() for day in days if is_shown(shown, day)]
    assert (seen[0], seen[-1]) == (first_seen, last_seen)


def test_an_open_end_has_no_end() -> None:
    assert is_shown(Shown("2016-08-01", None), date(2999, 1, 1))
    assert not is_shown(Shown("2016-08-01", None), date(2016, 7, 31))
    assert is_shown(Shown(None, "2016-08-01", lasting=True), date(1900, 1, 1))
    assert not is_shown(Shown(None, "2016-08-01", lasting=True), date(2016, 8, 2))
