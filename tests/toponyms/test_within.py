"""Names that no gazetteer has, within what the text says they lie in."""

import pytest

from geo.gazetteer import open_gazetteer
from geo.model import Article
from geo.toponyms import find_mentions

# text: a name, and where it is placed, or None
CASES = {
    "Shells fell on Khuneidath village in Raqqa province.": ("Khuneidath", "Khuneidath, Al-Raqqah Governorate"),
    "Shells fell on the village of Khuneidath in the western part of Raqqa province.": (
        "Khuneidath",
        "Khuneidath, western Al-Raqqah Governorate",
    ),
    "Shells fell on Saliko Street in Rastan.": ("Saliko Street", "Saliko Street, Rastan"),
    "Shells fell on the Kharkiv village of Oxbrodalivka.": ("Oxbrodalivka", "Oxbrodalivka, Kharkiv"),
    "Shells fell on the village of Oxbrodalivka, Kharkiv.": ("Oxbrodalivka", "Oxbrodalivka, Kharkiv"),
    # a list
    "Shells fell on the villages of Oxbrodalivka, Izium and Kupiansk.": ("Oxbrodalivka", None),
    # a country says too little
    "Shells fell on the village of Oxbrodalivka in Ukraine.": ("Oxbrodalivka", None),
    # another clause
    "Shells fell on the village of Oxbrodalivka, and ministers met in Kharkiv.": ("Oxbrodalivka", None),
}


@pytest.fixture(scope="module")
def world():
    return open_gazetteer(None)


@pytest.mark.parametrize("text", CASES)
def test_what_holds_an_unknown_name(text, world):
    name, place = CASES[text]
    (mention,) = [m for m in find_mentions(Article("a", text), world) if m.text == name]
    assert (mention.location.name if mention.location else None) == place


def test_it_is_as_vague_as_what_holds_it(world):
    mentions = find_mentions(Article("a", "Shells fell on Khuneidath village in Raqqa province."), world)
    inner, outer = mentions
    assert inner.location.precision_m == outer.location.precision_m == 95_000
    assert inner.location.kind == "area"
    assert inner.confidence < outer.confidence
    assert "no gazetteer entry has this name" in inner.reason
