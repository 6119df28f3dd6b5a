import gzip
from pathlib import Path

import pytest
from importing_files import ACLED, AIRWARS, UCDP

from geo.gazetteer import open_gazetteer
from geo.gazetteer.importing.events import names_in

NAMES = [
    # name, kind of the code, shown, others, kind
    ("Kafr Hamra village", "", "Kafr Hamra", ("Kafr Hamra village",), "village"),
    ("Kafr Hamra", "", "Kafr Hamra", (), ""),
    ("Tadmur/Palmyra town", "", "Tadmur", ("Palmyra", "Tadmur/Palmyra town"), "town"),
    ("Qurt Qulaq (Kurtkulak) village", "", "Qurt Qulaq", ("Kurtkulak", "Qurt Qulaq (Kurtkulak) village"), "village"),
    ("Barsaya mountain (Shir)", "", "Barsaya mountain", ("Shir", "Barsaya mountain (Shir)"), "mountain"),
    ("Kuweires Military Airbase", "", "Kuweires Military Airbase", (), "airbase"),
    ("Ein Terma suburb", "", "Ein Terma", ("Ein Terma suburb",), "neighbourhood"),
    ("Handarat refugee camp", "", "Handarat refugee camp", (), "camp"),
    ("Afrin district", "admin2", "Afrin district", (), "admin2"),
    ("Aleppo Governorate", "admin1", "Aleppo Governorate", (), "admin1"),
    ("Aleppo - Ramouseh", "", "Ramouseh", ("Aleppo Ramouseh", "Aleppo - Ramouseh"), "neighbourhood"),
    ("village", "", "village", (), ""),
]


@pytest.mark.parametrize(("text", "code", "shown", "others", "kind"), NAMES, ids=[row[0] for row in NAMES])
def test_names_as_data_sets_write_them(text: str, code: str, shown: str, others, kind: str) -> None:
    assert names_in(text, code) == (shown, others, kind)


def entries(gazetteer) -> dict[str, object]:
    (store,) = gazetteer.imported
    return {place.name: place for place in store.where("1").values()}


@pytest.mark.parametrize("ending", ["csv", "csv.gz"])
def test_ucdp(run, data, ending: str) -> None:
    path = Path(f"ged.{ending}")
    path.write_bytes(gzip.compress(UCDP.encode()) if ending == "csv.gz" else UCDP.encode())
    result = run(path)
    assert (result.name, result.meta["format"], result.meta["licence"]) == ("ged", "ucdp", "CC BY 4.0")
    assert result.counts.rows == 9
    assert result.counts.skipped == {"known by the country alone": 1, "descriptions of ground, not names": 1}
    (told,) = result.counts.told
    assert told.startswith(f"{path}:10: lon '37.4', lat 'north' is no point on the Earth.")
    found = entries(open_gazetteer(None))
    assert set(found) == {"Kafr Hamra", "Aleppo", "Tall Nowhere", "Aleppo Governorate", "Imagined Camp"}
    hamra, nowhere = found["Kafr Hamra"], found["Tall Nowhere"]
    # One place of two rows; the better code counts.
    assert (hamra.kind, hamra.precision_m, hamra.country, hamra.admin1) == ("village", 1000.0, "SY", "SY-HL")
    assert hamra.source == "UCDP Georeferenced Event Dataset"
    assert (nowhere.precision_m, nowhere.aliases) == (
        5000.0, ("Khirbat Nowhere", "Tel Nowhere", "Tall Nowhere (Tel Nowhere)/Khirbat Nowhere village"),
    )  # fmt: skip
    assert found["Imagined Camp"].kind == "camp"


def test_what_the_world_knows_keeps_its_id_and_gets_the_name(run, data) -> None:
    Path("ged.csv").write_text(UCDP)
    before = open_gazetteer(None)
    run("ged.csv")
    opened = open_gazetteer(None)
    aleppo = opened.get("geonames:170063")
    assert (aleppo.kind, aleppo.population, aleppo.precision_m) == ("city", 2098210, 5800.0)
    assert aleppo.aliases == (*before.get("geonames:170063").aliases, "Aleppo town")
    assert [p.id for p in opened.lookup(["Aleppo town"])["Aleppo town"]] == ["geonames:170063"]
    assert [p.id for p in opened.lookup(["Aleppo Governorate"])["Aleppo Governorate"]] == ["iso:SY-HL"]


def test_what_an_earlier_import_knows_under_another_spelling(run, data, dump) -> None:
    run(dump)
    Path("ged.csv").write_text(UCDP.replace("Kafr Hamra village", "Kufur Hamrah village"))
    run("ged.csv")
    opened = open_gazetteer(None)
    (place,) = opened.lookup(["Kufur Hamrah"])["Kufur Hamrah"]
    assert (place.id, place.population) == ("geonames:168920", 8000)


def test_acled(run, data) -> None:
    Path("acled.csv").write_text(ACLED)
    result = run("acled.csv")
    assert (result.meta["format"], result.meta["places"]) == ("acled", "3")
    assert "no redistribution" in result.meta["licence"]
    found = entries(open_gazetteer(None))
    assert {name: (p.kind, p.precision_m, p.admin1) for name, p in found.items()} == {
        "Kafr Hamra": ("village", 1000.0, "SY-HL"),
        "Imagined": ("neighbourhood", 900.0, "SY-HL"),
        "Khirbat Nowhere": ("village", 25000.0, "SY-HL"),
    }


def test_airwars(run, data) -> None:
    Path("incidents.csv").write_text(AIRWARS)
    result = run("incidents.csv", source="Incidents", licence="see there")
    assert (result.meta["format"], result.meta["licence"]) == ("airwars", "see there")
    found = entries(open_gazetteer(None))
    clinic = found["Imagined Clinic"]
    # Two incidents 140 m apart are one place that reaches to both.
    assert (len(found), clinic.kind, clinic.lat, clinic.source) == (2, "hospital", 36.25, "Incidents")
    assert 120 < clinic.precision_m < 160
    assert found["Khirbat Nowhere"].kind == "village"


def test_places_of_one_name_far_apart_are_two(run, data) -> None:
    rows = ACLED.splitlines()
    Path("acled.csv").write_text("\n".join((rows[0], rows[3], rows[3].replace("36.6", "35.1"))))
    assert run("acled.csv").meta["places"] == "2"


def test_the_real_thing(run, data, ged) -> None:
    """UCDP GED of Syria, 2016 to 2019: 16,566 events."""
    result = run(ged)
    assert (result.counts.rows, result.counts.bad) == (16566, 0)
    assert 1800 < int(result.meta["places"]) < 2300
    opened = open_gazetteer(None, countries=("SY",))
    wanted = {
        "Kafr Hamrah": "village", "Khan Tuman": "town", "Teir Maaleh": "village", "Yarmouk Pocket": "district",
        "Khan Shaykhun": "town", "Al Dumayr Military Airport": "airbase", "Tishrin Dam": "dam",
    }  # fmt: skip
    found = opened.lookup(wanted)
    assert {name: places[0].kind for name, places in found.items() if places} == wanted
    assert all(place.country == "SY" for places in found.values() for place in places[:1])
    known = opened.imported[0].rows("SELECT count(*) FROM places WHERE id LIKE 'geonames:%'")[0][0]
    assert known > 180
