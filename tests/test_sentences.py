"""Sentences by punctuation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Gen. Haftar spoke. He left.", ["Gen. Haftar spoke.", "He left."]),
        ("The U.S. Navy said so. It was Sept. 4.", ["The U.S. Navy said so.", "It was Sept. 4."]),
        ("“We left.” Then silence.", ["“We left.”", "Then silence."]),
        ("A headline\nThe text. More", ["A headline", "The text.", "More"]),
        ("It cost 3.5 million. Why?", ["It cost 3.5 million.", "Why?"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, parts):
    assert [text[s:e] for s, e in sentences(text)] == parts


@given(st.text())
def test_spans_are_in_order_and_hold_every_word(text):
    spans = sentences(text)
    assert all(s < e for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())
