"""Nouns that several names share, and counties that are named bare."""

import pytest

from geo.gazetteer import open_gazetteer
from geo.model import Article
from geo.toponyms import find_mentions

# text: names with what they are taken for
CASES = {
    "Crews worked in Cooke, Grayson and Love counties near the Texas border.": {
        "Cooke": "Cooke County",
        "Grayson": "Grayson County",
        "Love": "Love County",
    },
    "Fires burned in the counties of Delta and Hunt in Texas.": {"Delta": "Delta County", "Hunt": "Hunt County"},
    "The sheriffs of Braxton, Webster, and Nicholas Counties spoke in West Virginia.": {
        "Braxton": "Braxton County",
        "Webster": "Webster County",
        "Nicholas": "Nicholas County",
    },
    "Police in Kent and Surrey counties in England searched.": {"Kent": "Kent", "Surrey": "Surrey"},
    "Fighting went on in Hama and Homs provinces in Syria.": {"Hama": "Hama Governorate", "Homs": "Homs Governorate"},
    "Fighting went on in the cities of Hama and Homs in Syria.": {"Hama": "Hama", "Homs": "Homs"},
    # one name is no list
    "Officials of Syria's provinces met in Hama.": {"Hama": "Hama"},
    # the county is named elsewhere, has the sheriff, sends the member
    "Osceola County in Florida is dry. One fire burned in Volusia County, another was under control in Osceola.": {
        "Osceola": "Osceola County"
    },
    "Kanawha Circuit Court in West Virginia heard the case.": {"Kanawha": "Kanawha County"},
    "Delegate Harold Michael, D-Hardy, spoke in Charleston, West Virginia.": {"Hardy": "Hardy County"},
}


@pytest.fixture(scope="module")
def world():
    return open_gazetteer(None)


@pytest.mark.parametrize("text", CASES)
def test_kinds_of_lists_and_counties(text, world):
    mentions = find_mentions(Article("a", text), world)
    taken = {m.text: m.location.name for m in mentions if m.location is not None}
    assert {name: taken.get(name) for name in CASES[text]} == CASES[text]
