"""The file that says what columns mean, against the tables that it speaks of."""

from geo.data import read_csv, read_toml
from geo.exchange.acled import columns
from geo.gazetteer.importing.columns import plain
from geo.gazetteer.kinds import place_kinds

TABLE = read_toml("exchange.toml")
NOTES = """
event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1,
inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, admin1, admin2, admin3,
location, latitude, longitude, geo_precision, source, source_scale, notes, fatalities, tags, timestamp
"""


def test_the_31_columns_of_acled_in_order():
    assert list(columns()) == [name.strip() for name in NOTES.replace("\n", " ").split(",")]
    assert len(columns()) == 31


def test_every_column_is_written_as_it_is_compared():
    for name in ("ucdp", "acled", "csv"):
        for field, synonyms in TABLE[name]["columns"].items():
            assert [plain(column) for column in synonyms] == synonyms, field


def test_kinds_of_places_are_known():
    for name in ("ucdp", "acled"):
        assert {entry["kind"] for entry in TABLE[name]["precision"].values() if "kind" in entry} <= place_kinds().keys()


def test_each_country_lies_in_one_region():
    codes = [code for region in TABLE["acled"]["region"].values() for code in region]
    assert len(codes) == len(set(codes))
    assert set(codes) <= {row["alpha2"] for row in read_csv("countries.csv")}


def test_what_acled_has_no_column_for_is_kept_of_a_row():
    told = {synonym for synonyms in TABLE["acled"]["columns"].values() for synonym in synonyms}
    assert set(columns()) - told - set(TABLE["acled"]["keep"]) == {"year"}
