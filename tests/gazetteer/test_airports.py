"""Airports and air bases."""

import pytest

from geo.gazetteer import open_gazetteer

# how reports call it: code, kind
NAMES = {
    "London Heathrow Airport": ("icao:EGLL", "airport"),
    "Heathrow": ("icao:EGLL", "airport"),
    "O'Hare International Airport": ("icao:KORD", "airport"),
    "Donetsk airport": ("icao:UKCC", "airport"),
    "Latakia Airport": ("icao:OSLK", "airport"),  # its own name is another
    "Bagram Airfield": ("icao:OAIX", "airbase"),
    "Bagram Air Base": ("icao:OAIX", "airbase"),
    "Hostomel Airport": ("icao:UKKM", "airport"),
    "Mitiga Airport": ("icao:HLLM", "airport"),
}


@pytest.fixture(scope="module")
def world():
    return open_gazetteer(None)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_airports(name, world):
    found = [(p.id, p.kind) for p in world.lookup([name])[name] if p.id.startswith("icao:")]
    assert NAMES[name] in found


def test_there_are_as_many_as_an_analyst_needs(world):
    rows = world.world.rows("SELECT country, count(*) FROM places WHERE id LIKE 'icao:%' GROUP BY 1")
    counts = dict(rows)
    assert sum(counts.values()) > 10_000
    assert counts["SD"] >= 25
    assert counts["UA"] >= 30
    assert counts["US"] < 2_500  # not the strips of farms


def test_a_word_that_is_left_of_a_name_is_none(world):
    for name in ("International", "Regional", "Capital", "University"):
        assert not [p for p in world.lookup([name])[name] if p.id.startswith("icao:")], name
