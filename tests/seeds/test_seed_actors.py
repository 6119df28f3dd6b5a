"""The actors of the atlas: who is who, and on which side."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from seed_files import SEEDS

from geo.events.actors import read_actors

SIDES = ["government", "opposition", "isis", "sdf", "un", "other"]

# How reports name someone, the actor, and the side.
NAMED = [
    ("the Syrian military", "Syrian military", "government"),
    ("government troops", "Syrian military", "government"),
    ("pro-Assad forces", "Syrian military", "government"),
    ("the Syrian regime's army", "Syrian military", "government"),
    ("Assad regime", "Syrian government", "government"),
    ("Damascus", "Syrian government", "government"),
    ("Russian-regime", "Russia and the Syrian government", "government"),
    ("Russian warplanes", "Russian forces", "government"),
    ("Moscow", "Russia", "government"),
    ("Iran's Revolutionary Guards", "Iranian forces", "government"),
    ("Hizbollah", "Hezbollah", "government"),
    ("foreign forces", "Foreign militias on the government's side", "government"),
    ("Lebanese and Iranian allies", "Foreign militias on the government's side", "government"),
    ("Quds Force", "Iranian forces", "government"),
    ("Liwa al-Quds", "Liwa al-Quds", "government"),
    ("rebels", "Rebels", "opposition"),
    ("Syrian opposition", "Syrian opposition", "opposition"),
    ("al-Nusra Front", "Jabhat Fateh al-Sham", "opposition"),
    ("Nour al-Din al-Zinki", "Nour al-Din al-Zenki", "opposition"),
    ("Daesh", "Islamic State", "isis"),
    ("YPG", "YPG", "sdf"),
    ("Turkish Prime Minister", "Turkey", "other"),
    ("John Kerry", "United States", "other"),
    ("UN", "United Nations", "un"),
    ("Stephen O’Brien", "OCHA", "un"),
    ("SOHR", "Syrian Observatory for Human Rights", "other"),
    ("Mercy Corps", "Mercy Corps", "other"),
]


def test_sides_are_those_of_the_atlas_and_each_has_an_actor(actors: Mapping[str, Any]) -> None:
    assert [side["id"] for side in actors["side"]] == SIDES
    assert {actor["side"] for actor in actors["actor"]} == set(SIDES)


def test_the_book_can_be_read_and_a_name_stands_once(actors: Mapping[str, Any]) -> None:
    assert len(read_actors(SEEDS / "actors.toml").aliases) > 400
    names = [name.casefold() for actor in actors["actor"] for name in (actor["name"], *actor["aliases"])]
    assert [name for name, n in Counter(names).items() if n > 1] == []


@pytest.mark.parametrize(("words", "name", "side"), NAMED)
def test_who_is_named(words: str, name: str, side: str) -> None:
    found = read_actors(SEEDS / "actors.toml").find(re.split(r"[\s-]+", words))
    assert found is not None
    assert (found.name, found.side) == (name, side)
