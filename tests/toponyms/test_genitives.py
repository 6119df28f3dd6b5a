"""Genitives whose apostrophe is lost."""

import pytest

from geo.toponyms.genitives import restore_genitives
from geo.toponyms.tokens import tokenize

# Text: its words that are read as genitives.
CASES = {
    "Five were hurt in Norways Tromso on Monday.": ["Norway"],
    "Kampalas mayor and the countrys north.": ["Kampala"],
    # "Athens" and "Wales" are names, "Peters" is no place's genitive
    "Athens and Wales sent Peters a letter.": [],
    # a text that keeps its apostrophes means what it writes
    "Norway's team beat the Norways of old.": ["Norway"],
}


@pytest.mark.parametrize("text", CASES)
def test_genitives(text, world):
    tokens = restore_genitives(text, tokenize(text), world)
    assert [t.text for t in tokens if t.possessive] == CASES[text]
    assert all(text[t.start : t.end] == t.text and t.text.lower() == t.lower for t in tokens)
