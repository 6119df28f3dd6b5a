import pytest

from geo.gazetteer.kinds import compatible, place_kinds

NEEDED = [
    "country",
    "admin1",
    "admin2",
    "city",
    "town",
    "village",
    "neighbourhood",
    "district",
    "region",
    "zone",
    "area",
    "landmark",
    "facility",
    "airport",
    "airbase",
    "military_base",
    "hospital",
    "school",
    "university",
    "shelter",
    "camp",
    "crossing",
    "border",
    "road",
    "corridor",
    "junction",
    "bridge",
    "hill",
    "mountain",
    "river",
    "lake",
    "sea",
    "dam",
    "industrial",
    "farm",
    "continent",
]
GROUPS = {"region", "country", "admin", "settlement", "area", "facility", "line", "relief", "water"}


def test_every_kind_that_reports_speak_of_is_there() -> None:
    assert set(NEEDED) <= set(place_kinds())


@pytest.mark.parametrize("kind", place_kinds().values(), ids=list(place_kinds()))
def test_kinds_are_complete(kind) -> None:
    assert kind.label
    assert kind.group in GROUPS
    assert kind.precision_m > 0
    assert kind.nouns
    assert len(set(kind.nouns)) == len(kind.nouns)
    assert all(noun == noun.lower().strip() for noun in kind.nouns)


def test_what_the_law_of_war_protects_is_marked() -> None:
    assert {kind.name for kind in place_kinds().values() if kind.sensitive} == {
        "camp", "hospital", "school", "shelter", "university",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("town", "village", True),
        ("neighbourhood", "city", True),
        ("admin1", "admin2", True),
        ("city", "admin1", False),
        ("road", "junction", False),
        ("unheard", "unheard", True),
        ("unheard", "town", False),
    ],
)
def test_kinds_of_one_place(one: str, other: str, may_be: bool) -> None:
    assert compatible(one, other) is may_be
    assert compatible(other, one) is may_be
