"""Who acts: the government of the country, or others."""

import pytest

from geo.events.sides import side_kind
from geo.model import Actor

# initiators by name; country; kind
NAMES = {
    ("Crown army", ""): "government",
    ("regime forces", ""): "government",
    ("pro-government militias", ""): "government",
    ("police", ""): "government",
    ("anti-government forces", ""): "other",
    ("rebels", ""): "other",
    ("Free Vellmark Army", ""): "other",
    ("National Liberation Army", ""): "other",
    ("Grey Guard", ""): "",
    ("", ""): "",
    ("Swedish army", "SE"): "government",
    ("Sweden", "SE"): "government",
    ("Norwegian army", "SE"): "other",
    ("Norway", "SE"): "other",
    ("Swedish rebels", "SE"): "other",
    ("South Sudanese army", "SD"): "other",
    ("South Sudanese army", "SS"): "government",
}


@pytest.mark.parametrize(("name", "country"), NAMES)
def test_names(name, country):
    assert side_kind([Actor("initiator", name)], country=country) == NAMES[name, country]


def test_the_sides_of_the_atlas_go_before_names():
    rebels = Actor("initiator", "rebels", "north")
    army = Actor("initiator", "army", "league")
    assert side_kind([rebels], governments=["north"]) == "government"
    assert side_kind([army], governments=["north"]) == "other"
    assert side_kind([army, rebels], governments=["north"]) == "government"


def test_what_the_government_suffers_is_done_by_others():
    assert side_kind([Actor("target", "government troops")]) == "other"
    assert side_kind([Actor("target", "rebels")]) == ""
    assert side_kind([]) == ""
