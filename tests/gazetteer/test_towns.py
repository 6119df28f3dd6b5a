from geo.gazetteer.towns import arabic_name, town_entries

TOWN = {
    "geonameid": 1, "name": "Ḩamāh", "latitude": 35.13, "longitude": 36.75, "countrycode": "SY", "population": 460602,
    "admin1code": "10", "alternatenames": ["HAM", "Hama", "hmah", "hama", "حماة", "Хама"],
}  # fmt: skip


def entry(**changes):
    town = {**TOWN, **changes}
    (found,) = town_entries([town], admin1={("SY", "10"): "SY-HM"}, capitals={"SY": "dimashq"}, arabic={"SY"})
    return found


def test_a_town() -> None:
    found = entry()
    assert found.names == ("Ḩamāh", "HAM", "Hama", "حماة", "Хама")
    assert found.arabic
    place = found.place
    assert (place.id, place.kind, place.lon, place.lat) == ("geonames:1", "city", 36.75, 35.13)
    assert (place.aliases, place.name_ar, place.admin1) == (("Hama",), "حماة", "SY-HM")
    assert place.precision_m == 2700  # 4 m times the square root of 460,602


def test_kind_and_precision_follow_population() -> None:
    assert [entry(population=n).place.kind for n in (100_000, 99_999, 5_000, 4_999, 0)] == [
        "city", "town", "town", "village", "village",
    ]  # fmt: skip
    assert entry(name="Dimashq", population=0).place.kind == "city"
    assert entry(population=0).place.precision_m == 800


def test_arabic_name_is_the_one_that_is_alike() -> None:
    assert arabic_name("Halab", ["الشهباء", "حلب"]) == "حلب"
    assert arabic_name("Halab", ["الشهباء"]) == "الشهباء"
    assert arabic_name("Halab", []) == ""


def test_admin1_codes_agree_with_iso_where_both_use_letters(world) -> None:
    rows = world.world.rows("SELECT admin1, count(*) FROM places WHERE country = 'US' AND kind != 'country' GROUP BY 1")
    counts = dict(rows)
    assert counts["US-TX"] > 500
    assert {place.admin1 for place in world.lookup(["Houston"])["Houston"][:1]} == {"US-TX"}
    assert world.get("geonames:170063").admin1 == "SY-HL"
