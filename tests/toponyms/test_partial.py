"""Names that no entry has as a whole: what they abbreviate, what they are a part of, what they are named after."""

import pytest

from geo.model import Article
from geo.toponyms.find import find_mentions
from geo.toponyms.partial import find_partial
from geo.toponyms.spans import Span
from geo.training.corpus import read_clues


def partial(name, gazetteer):
    """What a name means, where it stands in a sentence."""
    reading, clues = read_clues(f"They spoke of {name}.", gazetteer)
    return find_partial(reading, clues, Span(3, len(clues.tokens), name, ()))


# name, id of the entry that it means by a part of it, why, how far from it the place may lie
CASES = [
    ("Minn.", "iso:US-MN", '"Minn." is short for it', 0),
    ("Minn", "iso:US-MN", '"Minn" is short for it', 0),
    ("N.S.W.", "iso:AU-NSW", '"N.S.W." is short for it', 0),
    ("North London", "geonames:2643743", 'a part of what "London" names', 0),
    ("Greater Lagos", "geonames:2332459", 'a part of what "Lagos" names', 0),
    ("Upper Kandahar", "geonames:1138336", 'a part of what "Kandahar" names', 0),
    ("South West Lviv", "geonames:702550", 'a part of what "Lviv" names', 0),
    ("Gwinnett", "fips:13135", "a county of that name", 0),
    ("Mosul Airport", "geonames:99072", 'named after Mosul; no gazetteer entry has "Mosul Airport"', 25_000),
    ("Homs Governorate Hospital", "iso:SY-HI", 'named after Homs Governorate; no gazetteer entry has "Homs Governorate Hospital"', 25_000),
]  # fmt: skip
NOTHING = [
    "Aleppo Street",  # streets are named after far towns
    "Qulzariya",
    "North Qulzariya",
    "Qulzariya Airport",
    "Greater",
    "Mosul Sisters",
]


@pytest.mark.parametrize(("name", "place", "why", "around_m"), CASES, ids=[case[0] for case in CASES])
def test_what_a_name_means_by_its_part(world, name, place, why, around_m):
    found = partial(name, world)
    assert (place in [p.id for p in found.places], found.why, found.around_m) == (True, why, around_m)


@pytest.mark.parametrize("name", NOTHING)
def test_what_means_nothing_by_its_part(world, name):
    assert partial(name, world) is None


def test_only_counties_are_called_without_their_noun(world):
    assert {(p.kind, p.country) for p in partial("Gwinnett", world).places} == {("admin2", "US")}


def test_what_is_named_after_a_town_lies_somewhere_about_it(world):
    text = "Two died at Tripoli Dam, in Libya."
    (dam, _) = find_mentions(Article("a", text), world)
    assert dam.text == "Tripoli Dam"
    assert dam.location.place_id == "geonames:2210247"
    assert dam.location.precision_m >= 25_000
    assert dam.reason.startswith('named after Tripoli; no gazetteer entry has "Tripoli Dam"')


def test_an_airport_is_no_part_of_its_town(world):
    (airport, _) = find_mentions(Article("a", "Two died at Tripoli Airport, in Libya."), world)
    assert (airport.text, airport.location.place_id, airport.location.kind) == (
        "Tripoli Airport",
        "icao:HLLT",
        "airport",
    )
