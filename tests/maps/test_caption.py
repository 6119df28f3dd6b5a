"""Captions: what a map says in words, all of it and nothing else."""

import pytest
from picture_scene import DAY, TITLE, event, frame, scene

from geo.maps.caption import ALT_LENGTH, caption


def told(layers=None, **options):
    return caption(scene() if layers is None else layers, as_of=DAY, title=TITLE, **options)


def test_a_caption_says_what_when_by_whom_sources_and_what_is_unknown():
    found = told()
    assert found.title == "Ostmar 2031, 14 May 2031"
    assert found.what == (
        "Shows 4 events (airstrike 1, capture 1, displacement 1, shelling 1); 1 told of but not done (planned 1); "
        "5 routes (Hill road contested; Mill road under fire; Quay road closed; Salt road cut; Harn road open); "
        "1 siege (Brack); 1 movement (900 displaced); ground held by Government and allies and Opposition; "
        "the front lines between them."
    )
    assert found.whom == (
        "Who, as reported, acted: Government and allies 2, Opposition 1; holds routes: Opposition 3, Government and allies 2."
    )
    assert found.sources == "Sources: Ostmar Post."
    assert found.unknown == (
        "Not known: who did 1 event, the exact places (within 700 m) and who holds 1 piece of ground for sure. "
        "What nobody reported is not shown."
    )
    assert found.text == " ".join(found.sentences)
    assert found.caution in found.text


def test_doubt_is_told():
    layers = {
        "events": frame(
            event("one", "clash", -5.5, 1.3, precision_m=400.0),
            event("two", "clash", -5.5, 1.3, precision_m=9_000.0, start=None, end=None, edtf=None, known="2031-05-14"),
            event("three", "clash", -5.5, 1.3, precision_m=12_000.0, sources=2, contested=["place"]),
        )
    }
    nowhere = {**event("four", "talks", 0, 0), "geometry": None}
    assert told(layers, unplaced=[nowhere], credits=["A data set, its maker"]).unknown == (
        "Not known: the day of 1 event, the exact places (within 400 m at best, half of them no better than 9 km), "
        "the place of 1 event and which report is right on 1 event. What nobody reported is not shown."
    )
    assert told(layers, credits=["A data set, its maker"]).sources == "Sources: A data set, its maker; Ostmar Post."


def test_nothing_is_told_of_nothing():
    found = told({})
    assert (found.what, found.whom, found.sources) == ("Nothing was reported of this day.", "", "")
    assert found.unknown == "What nobody reported is not shown."
    assert found.alt == "Map: Ostmar 2031, 14 May 2031."


@pytest.mark.parametrize("count", [1, 40])
def test_an_alternative_text_is_short(count):
    layers = {"events": frame(*(event(f"Place number {i}", "clash", -5.5, 1.3) for i in range(count)))}
    alt = told(layers).alt
    assert len(alt) < ALT_LENGTH + 60
    assert ("more." in alt) == (count > 1)
