"""What ACLED has no column for, in its tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.exchange.tags import join_tags, split_tags

SHOWN = {"type": "capture", "subtype": "", "modality": "claimed", "edtf": "2016-09", "id": "0256ea1a2e52"}


def test_a_cell():
    cell = join_tags("crowd size=no report", SHOWN, {"when": "at dawn"})
    assert cell == (
        'crowd size=no report; type=capture; modality=claimed; edtf=2016-09; id=0256ea1a2e52; sitmap={"when":"at dawn"}'
    )
    assert split_tags(cell) == ("crowd size=no report", {"when": "at dawn"})


@pytest.mark.parametrize(
    "cell", ["", "women targeted: girls", "type=a", "sitmap={}", "type=a; sitmap={broken", "a; type=a; id=1"]
)
def test_tags_of_others(cell):
    assert split_tags(cell) == (cell, None)


@given(
    foreign=st.text() | st.just('type=a; sitmap={"x":1}') | st.just("type=a; sitmap={"),
    shown=st.dictionaries(st.sampled_from(["subtype", "modality", "edtf", "id"]), st.text()),
    rest=st.dictionaries(st.text(), st.text() | st.just("; type=b; sitmap={}") | st.none() | st.integers()),
)
def test_any_tags_come_back(foreign, shown, rest):
    assert split_tags(join_tags(foreign, {"type": "capture", **shown}, rest)) == (foreign, rest)
