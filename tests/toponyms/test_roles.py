"""Names of countries and capitals that stand for their governments."""

import pytest

from geo.model import Article
from geo.toponyms import find_mentions

# Text: the role of the capital.
CASES = {
    "Officials in Oslo were told of it; the regime in Nairobi was not.": "metonym",
    "The Nairobi government sent its aircraft.": "metonym",
    "Washington accused Nairobi of shelling the camp.": "metonym",
    "Support for Nairobi has grown in the east.": "metonym",
    "They ended their deal with Nairobi in March.": "metonym",
    "Pro-Nairobi militias held the bridge.": "metonym",
    "Most of Nairobi's allies stayed silent.": "metonym",
    "Nairobi said it would not.": "metonym",
    "Shells fell on Nairobi before dawn.": "place",
    "Support for people in Nairobi has grown.": "place",
    "Nairobi's eastern districts were shelled.": "place",
    "A deal was signed in Nairobi.": "place",
    "The blast in the Kenyan Capital Nairobi was due to gas.": "place",
    "The shop in southern Nairobi was due to open.": "place",
}


@pytest.mark.parametrize("text", CASES)
def test_roles(text, world):
    (mention,) = [m for m in find_mentions(Article("a", text), world) if m.text == "Nairobi"]
    assert mention.role == CASES[text]
    assert (mention.location.kind, mention.location.place_id) == ("city", "geonames:184745")
    # a government acts anywhere in its country
    assert (mention.location.precision_m > 100_000) == (mention.role == "metonym")
