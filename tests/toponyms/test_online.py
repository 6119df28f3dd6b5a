"""Mentions that no gazetteer has, asked for online."""

from dataclasses import replace

import pytest
from geocoder_server import Reply, nominatim, serving

from geo.gazetteer.online import Geocoder
from geo.model import Location, Mention
from geo.settings import OnlineSettings, Theatre
from geo.toponyms.online import Question, asked_name, open_questions, resolve_online

WHY = "named like a place"


def mention(text, role="place", *, at=0, location=None, confidence=0.8):
    return Mention("a", at, at + len(text), text, role, location, confidence, WHY)


def place(name, lon, lat, precision_m=1000.0):
    return Location(name, "town", lon, lat, precision_m, f"atlas:{name}")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with serving() as running:
        yield running


@pytest.fixture
def geocoder(server, tmp_path):
    settings = OnlineSettings("nominatim", server.url, pause_s=0.01, timeout_s=5)
    return Geocoder(settings, theatre=Theatre(), cache=tmp_path)


NAMES = [
    ("Umm  Sardin", "Umm Sardin"),
    ("the village of Umm Sardin", "Umm Sardin"),
    ("village of al-Hadher", "al-Hadher"),
    ("military airport of Tellun", "Tellun"),
    ("Tellun's", "Tellun"),
    ("the Castello Road", "Castello Road"),
    ("University of Tellun", "University of Tellun"),
    ("friends of Tellun", "friends of Tellun"),
    ("tellun", "tellun"),
    ("قرية", "قرية"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_what_only_describes_is_not_asked_for(text, name):
    assert asked_name(text) == name


def test_only_unresolved_names_are_asked_for(server, geocoder):
    known = mention("Tellun", location=place("Tellun", 24.2, 31.9))
    others = (known, mention("the city", "reference"), mention("Syrian", "demonym"), mention("Ankara", "metonym"))
    assert resolve_online(others, geocoder) == others
    assert (server.asked, geocoder.tally.total()) == ([], 0)


def test_what_is_found_says_by_whom_and_whom_to_name(server, geocoder):
    server.knows({"Umm Sardin": [nominatim("Umm Serdin", 37.5, 36.25, osm="node/12")]})
    before = (mention("Umm Sardin"), mention("Umm  Sardin", at=40))
    first, second = resolve_online(before, geocoder)
    asked = geocoder.look_up("Umm Sardin").asked
    assert first == replace(
        before[0],
        location=Location(
            "Umm Serdin",
            "village",
            37.5,
            36.25,
            1000.0,
            "osm:node/12",
            rule="Nominatim, © OpenStreetMap contributors, ODbL 1.0",
        ),
        confidence=0.7,
        reason=f"{WHY}; Nominatim knows place=village of the name 'Umm Serdin', 88% alike (asked on {asked}); "
        "© OpenStreetMap contributors, ODbL 1.0",
    )
    assert (second.location, second.start) == (first.location, 40)
    assert server.names == ["Umm Sardin"]
    assert dict(geocoder.tally) == {"found": 1}


def test_unknown_unfit_and_failed_are_told_apart(server, geocoder):
    replies = {
        "A Town": Reply([]),
        "B Town": Reply([nominatim("B Town", 1, 2, feature="shop=mall")]),
        "C Town": Reply(status=400),
    }
    server.reply = lambda name, _before: replies[name]
    told = resolve_online([mention(name) for name in replies], geocoder)
    asked = geocoder.look_up("A Town").asked
    assert [m.location for m in told] == [None] * 3
    assert [m.reason for m in told] == [
        f"{WHY}; Nominatim knows no such name (asked on {asked})",
        f"{WHY}; Nominatim knows none that fits: 'B Town' is no place but shop=mall (asked on {asked})",
        f"{WHY}; the online look-up failed: Nominatim at {server.url[7:]} does not take the request (HTTP 400)",
    ]
    assert dict(geocoder.tally) == {"unknown": 1, "unfit": 1, "failed": 1}
    assert geocoder.failure == (
        f"Nominatim at {server.url[7:]} does not take the request (HTTP 400). Check the address."
    )


DESCRIBED = [
    ("village of Tellun", "place=town", True),
    ("airport of Tellun", "aeroway=aerodrome", True),
    ("airport of Tellun", "place=town", False),
    ("suburb of Tellun", "place=town", False),
    ("outskirts of Tellun", "place=town", False),
]


@pytest.mark.parametrize(("text", "feature", "fits"), DESCRIBED)
def test_what_stands_in_a_town_is_not_the_town(server, geocoder, text, feature, fits):
    server.knows({"Tellun": [nominatim("Tellun", 24.2, 31.9, feature=feature)]})
    (told,) = resolve_online([mention(text)], geocoder)
    assert (told.location is not None) == fits, told.reason
    assert server.names == ["Tellun"]


def test_the_other_places_of_the_article_decide(server, geocoder):
    server.knows({"Salhiya": [nominatim("Salhiya", 36, 36, osm="node/1"), nominatim("Salhiya", 47, 36, osm="node/2")]})
    near = mention("X", location=place("X", 47.1, 36.1))
    wide = mention("Y", location=place("Y", 36, 36, precision_m=300_000))
    assert resolve_online([mention("Salhiya"), near], geocoder)[0].location.place_id == "osm:node/2"
    assert resolve_online([mention("Salhiya"), wide], geocoder)[0].location is None


def test_open_questions_of_several_articles():
    x, y = mention("X", location=place("X", 1, 2)), mention("Y", location=place("Y", 3, 4))
    articles = [
        [mention("village of B"), x, mention("A"), mention("B")],
        [mention("Syrian", "demonym")],
        [y, mention("A")],
        [y],
    ]
    assert open_questions(articles) == (
        Question("B", "village of B", 2, ((1, 2),)),
        Question("A", "A", 2, ((1, 2), (3, 4))),
    )
