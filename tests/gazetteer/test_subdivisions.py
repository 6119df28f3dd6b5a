import pytest

from geo.gazetteer.subdivisions import (
    base_names,
    first_level,
    local_names,
    proper_names,
    read_subdivisions,
)


def test_local_names() -> None:
    found = local_names("حلب (ara), Aleppo (eng), أَبْيَنْ (ara)")
    assert found["ara"] == ("حلب", "أَبْيَنْ")
    assert found["eng"] == ("Aleppo",)
    assert found["fra"] == ()
    assert local_names("'Ard Mhacha, Droichead (gle)', 'Airmagh (ulst1239)'")["gle"] == ("Ard Mhacha, Droichead",)
    assert local_names("") == {}


@pytest.mark.parametrize(
    ("written", "proper"),
    [
        ("Luhanska oblast", ("Luhanska",)),
        ("Altaj, Respublika", ("Altaj",)),
        ("Ḩalab", ("Ḩalab",)),
        ("Province", ("Province",)),
    ],
)
def test_generic_words_are_no_name(written: str, proper: tuple[str, ...]) -> None:
    assert proper_names(written) == proper


@pytest.mark.parametrize(
    ("written", "english", "towns", "first"),
    [
        ("Ḩalab", ("Aleppo",), (), "Aleppo"),
        ("Texas", ("The Lone Star State",), (), "Texas"),
        ("Bayern", ("Bavaria", "Free State of Bavaria"), (), "Bavaria"),
        ("Wien", ("Vienna",), (), "Vienna"),
        ("England", ("Albion", "Blighty"), (), "England"),
        ("Al Lādhiqīyah", ("Ladhakia", "Latakia"), {"latakia"}, "Latakia"),
        ("Al Lādhiqīyah", ("Ladhakia", "Latakia"), (), "Ladhakia"),
    ],
)
def test_the_name_in_use_comes_first(written, english, towns, first) -> None:
    assert base_names(written, english, towns=towns)[0] == first


def test_governorates_within_a_region_are_first_level_too() -> None:
    iso = read_subdivisions()
    assert {"IQ-KR", "IQ-AR", "IQ-AN"} <= set(first_level(iso["IQ"]))
    assert "FR-ARA" in first_level(iso["FR"])
    assert "FR-01" not in first_level(iso["FR"])


def test_names_of_a_governorate(world) -> None:
    names = ("Aleppo Governorate", "Aleppo Province", "Province of Aleppo", "Halab Governorate", "محافظة حلب")
    for name, places in world.lookup(names).items():
        assert [place.id for place in places] == ["iso:SY-HL"], name
    place = world.get("iso:SY-HL")
    assert (place.name, place.kind, place.country, place.admin1) == ("Aleppo Governorate", "admin1", "SY", "SY-HL")
    assert place.name_ar == "حلب"
    assert 50_000 <= place.precision_m <= 100_000


@pytest.mark.parametrize(
    ("id_", "name", "kind"),
    [
        ("iso:US-TX", "Texas", "admin1"),
        ("iso:US-GA", "Georgia", "admin1"),
        ("iso:GB-ENG", "England", "admin1"),
        ("iso:UA-09", "Luhansk Oblast", "admin1"),
        ("iso:SY-LA", "Latakia Governorate", "admin1"),
        ("iso:FR-01", "Ain", "admin2"),
    ],
)
def test_shown_names(world, id_: str, name: str, kind: str) -> None:
    assert (world.get(id_).name, world.get(id_).kind) == (name, kind)
