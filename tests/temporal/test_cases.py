"""The table of cases: texts and what the expression in them means."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from geo.temporal import find_times, parse_edtf

TABLE = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(group.get("published"), *case, id=f"{case[0][:40]} [{case[1]}]")
    for group in TABLE["group"]
    for case in group["cases"]
]


def day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def test_the_table_is_long_enough():
    assert len(CASES) >= 120


@pytest.mark.parametrize(("published", "text", "expression", "kind", "edtf", "first", "last"), CASES)
def test_case(published, text, expression, kind, edtf, first, last):
    found = {time.text: time for time in find_times(text, published)}
    if not expression:
        assert not found
        return
    time = found[expression]
    assert time.kind == kind
    if kind == "offset":
        assert (f"{time.offset_days} {time.unit}", time.when) == (edtf, None)
        return
    when = time.when
    assert ((when and when.edtf) or "", day(when and when.first), day(when and when.last)) == (edtf, first, last)
    if when:
        assert when.phrase == expression


@pytest.mark.parametrize(
    "edtf", sorted({c.values[4] for c in CASES if c.values[3] not in ("", "offset", "duration")} - {""})
)
def test_edtf_is_read_back_as_the_same_days(edtf):
    """What is made is EDTF by the edtf package's parser, and means the same days."""
    expected = {(case.values[5], case.values[6]) for case in CASES if case.values[4] == edtf}
    when = parse_edtf(edtf)
    assert {(day(when.first), day(when.last))} == expected
