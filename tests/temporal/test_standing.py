"""What stands on which day, out of reports that overlap and contradict one another."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.temporal.standing import Claim, standings

STALE = 30


def day(number: int) -> date:
    return date(2031, 1, 1) + timedelta(days=number - 1)


def claim(value, first, *, latest=None, last=None, seen=None, sure=0.9, quoted=False, name=""):
    latest = latest or first
    return Claim(
        value=(value,),
        first=day(first),
        latest=day(latest),
        last=day(last) if last else None,
        seen=day(seen or last or latest),
        confidence=sure,
        item=name or f"{value}{first}",
        quoted=quoted,
    )


def told(claims):
    """Each stretch as first day, last day, what leads, what differs, with ! where it is stale."""
    number = lambda d: (d - day(1)).days + 1 if d else None  # noqa: E731
    return [
        (number(s.first), number(s.last), s.leading.value[0] + "!" * s.stale, *(c.value[0] for c in s.differing))
        for s in standings(claims, stale_days=STALE)
    ]


CASES = [
    ("one report stands, and is stale after a time", [claim("red", 5)], [(5, 35, "red"), (36, None, "red!")]),
    ("it lasts until the next", [claim("red", 5), claim("blue", 9)], [(5, 8, "red"), (9, 39, "blue"), (40, None, "blue!")]),
    ("an interval ends where it says, and leaves a gap", [claim("red", 5, last=7)], [(5, 7, "red")]),
    (
        "intervals follow one another",
        [claim("red", 1, last=4), claim("blue", 5, last=9)],
        [(1, 4, "red"), (5, 9, "blue")],
    ),
    (
        "within what an interval vouches for a surer report leads, and the interval stands beside it",
        [claim("red", 1, last=9, sure=0.5), claim("blue", 4, sure=0.9)],
        [(1, 3, "red"), (4, 9, "blue", "red"), (10, 34, "blue"), (35, None, "blue!")],
    ),
    (
        "a less sure report stands beside",
        [claim("red", 1, last=9, sure=0.95), claim("blue", 4, sure=0.6), claim("red", 10, last=12)],
        [(1, 3, "red"), (4, 9, "red", "blue"), (10, 12, "red")],
    ),
    (
        "an open interval gives way to what is reported after the day that it vouches for",
        [claim("red", 1, seen=9, sure=0.95), claim("blue", 20, sure=0.6)],
        [(1, 19, "red"), (20, 50, "blue"), (51, None, "blue!")],
    ),
    (
        "a vague report begins with the closer dated one that says the same",
        [claim("red", 1, last=7), claim("blue", 8, last=20), claim("blue", 2, latest=12, quoted=True, name="vague")],
        [(1, 7, "red"), (8, 20, "blue"), (21, 42, "blue"), (43, None, "blue!")],
    ),
    (
        "a vague report does not lead before it has surely begun",
        [claim("red", 1, last=20, sure=0.5), claim("blue", 5, latest=10, sure=0.9)],
        [(1, 4, "red"), (5, 9, "red", "blue"), (10, 20, "blue", "red"), (21, 40, "blue"), (41, None, "blue!")],
    ),
    (
        "of two alike on one day the one that is told later",
        [claim("red", 3), claim("blue", 3)],
        [(3, 33, "blue", "red"), (34, None, "blue!", "red")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_standings(claims, expected):
    assert told(claims) == expected


def test_among_reports_that_agree_a_sentence_leads_and_the_others_are_named():
    (one, _) = standings(
        [claim("red", 3, sure=0.95, name="row"), claim("red", 3, quoted=True, name="sentence")], stale_days=9
    )
    assert (one.leading.item, [c.item for c in one.agreeing]) == ("sentence", ["row"])


spans = st.builds(
    lambda value, first, length, vague, sure: claim(
        value, first, latest=first + vague, last=first + vague + length if length else None, sure=sure
    ),
    st.sampled_from(["red", "blue", "green"]),
    st.integers(1, 40),
    st.integers(0, 12),
    st.integers(0, 6),
    st.sampled_from([0.5, 0.75, 0.95]),
)


@given(st.lists(spans, max_size=6))
def test_days_follow_one_another_and_each_day_has_one_leader_that_speaks_of_it(claims):
    found = standings(claims, stale_days=STALE)
    for before, after in pairwise(found):
        assert before.last is not None
        assert before.last < after.first
    for one in found:
        everyone = [one.leading, *one.agreeing, *one.differing]
        assert all(c.first <= one.first and (c.last is None or one.first <= c.last) for c in everyone)
        assert all(c.value == one.leading.value for c in one.agreeing)
        assert all(c.value != one.leading.value for c in one.differing)
    for c in claims:
        assert any(one.first <= c.latest and (one.last is None or c.latest <= one.last) for one in found)
