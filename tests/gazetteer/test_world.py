"""What the built-in world holds: completeness, and well-known places where they are."""

from collections import Counter

import pytest

from geo.crs import distance_m
from geo.data import read_csv
from geo.gazetteer.countries import country_codes, demonyms
from geo.gazetteer.divisions import abbreviations, divisions, geonames_codes, used_names
from geo.gazetteer.subdivisions import first_level, read_subdivisions

# The 193 members of the United Nations and the two observer states.
UN = frozenset(
    """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ
DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI
KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM
PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA
UG US UY UZ VC VE VN VU WS YE ZA ZM ZW PS VA
""".split()  # noqa: SIM905
)
NO_DEMONYM = {
    "BV",
    "DM",
    "GS",
    "HM",
    "SJ",
    "TF",
    "UM",
}  # nobody lives there, or (DM) another country's name is the same

LEAST = {
    "admin1": 3_500, "admin2": 4_500, "area": 110, "city": 6_000, "continent": 7, "country": 250, "dam": 50, "island": 380,
    "lake": 600, "mountain": 200, "region": 420, "river": 320, "sea": 200, "town": 60_000, "village": 150_000,
}  # fmt: skip


def test_counts_by_kind(world) -> None:
    counts = dict(world.world.rows("SELECT kind, count(*) FROM places GROUP BY kind"))
    assert {kind: counts.get(kind, 0) for kind, least in LEAST.items() if counts.get(kind, 0) < least} == {}


def test_every_state_is_there() -> None:
    assert len(UN) == 195
    assert country_codes() >= UN
    named = {id_.partition(":")[2] for id_ in demonyms().values() if id_.startswith("country:")}
    assert country_codes() - named == NO_DEMONYM


def test_every_code_of_iso_3166_2_has_a_place(world) -> None:
    for country, subdivisions in read_subdivisions().items():
        first = first_level(subdivisions)
        for code in subdivisions:
            division = divisions()[code]
            place = world.get(f"country:{division.country}") if division.country else world.get(f"iso:{code}")
            assert place is not None, code
            if not division.country:
                assert place.kind == ("admin1" if code in first else "admin2"), code
                assert place.country == country
                assert (place.lon, place.lat) == (division.lon, division.lat)
                assert 1_000 <= place.precision_m <= 3_000_000, code


def test_rows_of_subdivisions() -> None:
    known = {code for subdivisions in read_subdivisions().values() for code in subdivisions}
    assert set(divisions()) == known
    assert set(used_names()) <= known
    points = Counter(row["point"].partition(":")[0] for row in read_csv("subdivisions.csv"))
    assert set(points) == {"country", "geonames", "natural_earth", "package", "parts", "towns"}
    assert points["geonames"] >= 3_400
    assert points["package"] <= 660


def test_codes_of_geonames() -> None:
    assert geonames_codes()["SY", "09"] == "SY-HL"
    assert geonames_codes()["US", "TX"] == "US-TX"
    assert geonames_codes()["RU", "47"] == "RU-MOS"


def test_counties_of_the_united_states(world) -> None:
    rows = world.world.rows("SELECT admin1, count(*) FROM places WHERE id LIKE 'fips:%' AND country = 'US' GROUP BY 1")
    counts = dict(rows)
    assert sum(counts.values()) >= 3_140
    assert (counts["US-TX"], counts["US-GA"], counts["US-KY"], counts["US-DE"]) == (254, 159, 120, 3)
    clay = world.lookup(["Clay County"])["Clay County"]
    assert len({place.admin1 for place in clay if place.kind == "admin2"}) == 18
    parishes = [place.id for place in world.lookup(["Orleans Parish"])["Orleans Parish"] if place.kind == "admin2"]
    assert parishes == ["fips:22071"]
    found = world.lookup(["Gwinnett", "Clay"])
    assert [place.id for place in found["Gwinnett"]] == ["fips:13135"]
    assert "admin2" not in {place.kind for place in found["Clay"]}  # a town's name


def test_small_places_of_the_united_states(world) -> None:
    found = world.lookup(["Meadow Grove", "Jerome Township", "Abilene"])
    assert [(p.id, p.kind, p.admin1) for p in found["Meadow Grove"]] == [("census:3131465", "village", "US-NE")]
    assert {p.kind for p in found["Jerome Township"]} == {"admin2"}
    assert {p.admin1 for p in found["Jerome Township"]} == {"US-KS", "US-MI", "US-OH"}
    assert len([p for p in found["Abilene"] if p.admin1 == "US-TX"]) == 1  # not once more after the Census
    rows = read_csv("places_us.csv")
    assert len({row["fips"] for row in rows}) == len(rows) > 29_000
    assert {row["state"] for row in rows} <= set(divisions())


def test_abbreviations() -> None:
    table = abbreviations()
    assert table["Tex."] == ("iso:US-TX",)
    assert table["W.Va."] == ("iso:US-WV",)
    assert set(table["WA"]) == {"iso:AU-WA", "iso:US-WA"}
    assert "ill." not in table
    assert {
        row["code"]
        for row in read_csv("subdivision_names.csv")
        if row["code"].startswith("US-") and row["abbreviations"]
    } == {code for code in divisions() if code.startswith("US-") and not divisions()[code].country and code != "US-UM"}


@pytest.mark.parametrize(
    ("former", "name", "kind"),
    [
        ("Kiev", "Kyiv", "city"),
        ("Burma", "Myanmar", "country"),
        ("Swaziland", "Eswatini", "country"),
        ("Türkiye", "Turkey", "country"),
        ("Czechia", "Czech Republic", "country"),
        ("Bombay", "Mumbai", "city"),
        ("Calcutta", "Kolkata", "city"),
        ("Saigon", "Ho Chi Minh City", "city"),
        ("Leningrad", "Saint Petersburg", "city"),
        ("Stalingrad", "Volgograd", "city"),
        ("Artemivsk", "Bakhmut", "town"),
        ("Dnepropetrovsk", "Dnipro", "city"),
        ("Nur-Sultan", "Astana", "city"),
        ("Port Elizabeth", "Gqeberha", "city"),
        ("Tadmur", "Palmyra", "town"),
        ("‘Ayn al ‘Arab", "Kobani", "town"),
        ("Orissa", "Odisha", "admin1"),
        ("North-West Frontier Province", "Khyber Pakhtunkhwa", "admin1"),
    ],
)
def test_former_names(world, former: str, name: str, kind: str) -> None:
    assert (name, kind) in {(place.name, place.kind) for place in world.lookup([former])[former]}


@pytest.mark.parametrize(
    ("name", "kind", "lon", "lat", "km"),
    [
        ("Syria", "country", 38.0, 35.0, 60),
        ("Canada", "country", -106, 58, 600),
        ("Australia", "country", 134, -25.5, 200),
        ("Texas", "admin1", -99.3, 31.4, 60),
        ("Hawaii", "admin1", -156.5, 20.7, 100),
        ("Bavaria", "admin1", 11.4, 48.9, 60),
        ("Catalonia", "admin1", 1.5, 41.8, 60),
        ("Chechnya", "admin1", 45.7, 43.3, 40),
        ("Xinjiang", "admin1", 85.5, 41.5, 250),
        ("Aleppo Governorate", "admin1", 37.5, 36.25, 60),
        ("Nineveh Governorate", "admin1", 42.5, 36.2, 60),
        ("Donetsk Oblast", "admin1", 37.8, 48.0, 60),
        ("Crimea", "admin1", 34.3, 45.3, 60),
        ("Helmand Province", "admin1", 64, 31, 80),
        ("Cabo Delgado", "admin1", 39.3, -12.5, 120),
        ("Rakhine State", "admin1", 93.8, 19.8, 120),
        ("Kachin State", "admin1", 97.4, 26, 120),
        ("Borno State", "admin1", 13, 11.5, 120),
        ("North Kivu", "admin1", 28.8, -0.8, 120),
        ("Tigray", "admin1", 38.6, 13.9, 120),
        ("Laurel County", "admin2", -84.12, 37.11, 10),
        ("Fairfax County", "admin2", -77.28, 38.83, 10),
        ("Kent", "admin2", 0.7, 51.2, 40),
        ("Middle East", "region", 44, 31, 500),
        ("Donbas", "region", 38.3, 48.3, 80),
        ("Darfur", "region", 24.5, 13.5, 100),
        ("Gaza Strip", "region", 34.4, 31.4, 10),
        ("West Bank", "region", 35.25, 32, 20),
        ("Golan Heights", "region", 35.8, 33, 20),
        ("Nagorno-Karabakh", "region", 46.7, 39.9, 40),
        ("Sinai", "region", 33.8, 29.5, 60),
        ("Nineveh Plains", "region", 43.3, 36.5, 30),
        ("Kashmir", "region", 76, 34.5, 120),
        ("New England", "region", -71.5, 43.7, 120),
        ("Midwest", "region", -92, 42.5, 300),
        ("Ghouta", "area", 36.4, 33.5, 10),
        ("Bekaa Valley", "area", 36, 33.85, 30),
        ("Sahara", "area", 8, 23, 600),
        ("Euphrates", "river", 40, 35.5, 300),
        ("Dnieper", "river", 33, 49, 300),
        ("Lake Chad", "lake", 14.1, 13.1, 60),
        ("Sea of Galilee", "lake", 35.59, 32.82, 8),
        ("Black Sea", "sea", 34.5, 43.3, 200),
        ("Strait of Hormuz", "sea", 56.4, 26.6, 50),
        ("Mount Sinjar", "mountain", 41.9, 36.37, 25),
        ("Hindu Kush", "mountain", 71, 35.5, 150),
        ("Socotra", "admin1", 53.9, 12.5, 60),
        ("Snake Island", "island", 30.2, 45.26, 3),
        ("Lesbos", "island", 26.25, 39.2, 20),
        ("Mosul Dam", "dam", 42.82, 36.63, 3),
        ("Aleppo", "city", 37.16, 36.2, 5),
        ("Raqqa", "city", 39.01, 35.95, 5),
        ("Springfield", "city", -89.64, 39.8, 10),
    ],
)
def test_well_known_places(world, name: str, kind: str, lon: float, lat: float, km: float) -> None:
    places = [place for place in world.lookup([name])[name] if place.kind == kind]
    assert places, name
    assert min(distance_m(lon, lat, place.lon, place.lat) for place in places) <= km * 1000


DIRECTIONS = frozenset(
    [
        "north",
        "northern",
        "south",
        "southern",
        "east",
        "eastern",
        "west",
        "western",
        "central",
        "upper",
        "lower",
        "far",
        "northeast",
        "northeastern",
        "northwest",
        "northwestern",
        "southeast",
        "southeastern",
        "southwest",
        "southwestern",
    ]
)


def test_a_direction_of_a_country_or_province_is_left_to_the_rules_of_relative_places(world) -> None:
    """ "Western Pennsylvania" is drawn as a part of Pennsylvania; what is left here is a name of its own."""
    own = set()
    for place in world.world.where("kind = 'region'").values():
        words = place.name.split()
        rest = " ".join(words[1:])
        if words[0].lower() in DIRECTIONS and any(
            p.kind in ("country", "admin1") and p.name == rest for p in world.lookup([rest])[rest]
        ):
            own.add(place.name)
    # islands, former and unrecognised states, and regions whose name says no direction any more
    assert own == {
        "East Midlands", "Lower Egypt", "North Wales", "North Yemen", "Northern Cyprus", "South Georgia", "South Lebanon", "South Wales",
        "Upper Egypt", "West Midlands", "Western Tigray",
    }  # fmt: skip
