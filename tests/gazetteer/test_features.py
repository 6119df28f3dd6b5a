"""The tables of regions, seas, rivers, lakes, mountains, lands and islands."""

import re
from collections import Counter

import pytest
import shapely

from geo.data import read_csv, resource
from geo.gazetteer.countries import country_codes, demonyms
from geo.gazetteer.entries import script
from geo.gazetteer.features import FEATURE_TABLES, feature_entries, split_cell
from geo.gazetteer.kinds import place_kinds

ROWS = [(table, row) for table in FEATURE_TABLES for row in read_csv(table)]
COLUMNS = ["id", "name", "kind", "country", "aliases", "demonyms", "name_ar", "lon", "lat", "precision_m"]

LEAST = {"regions": 380, "seas": 200, "rivers": 320, "lakes": 650, "mountains": 200, "lands": 200, "islands": 330}

# Degrees by which a point may lie outside of the country that the row names, as the basemap draws it.
OFF_COAST = {"seas.csv": 2.6, "islands.csv": 0.55}
FAR_OUT = {
    # islets that the basemap leaves out, a thousand kilometres of shelf, and land whose rule is disputed
    "akrotiri", "bikini_atoll", "cape_fiolent", "dhekelia", "diego_ramirez_islands", "enewetak", "kastellorizo",
    "karpas_peninsula", "khatumo", "north_crimean_canal", "pratas_island", "somaliland", "tarkhankut", "tromelin_island",
    "gulf_of_alaska", "glorioso_islands", "ross_sea", "weddell_sea",
}  # fmt: skip


def test_tables_are_complete() -> None:
    for table, least in LEAST.items():
        assert len(read_csv(f"{table}.csv")) >= least, table


def test_ids_are_unique_and_sorted() -> None:
    counts = Counter(row["id"] for _, row in ROWS)
    assert [id_ for id_, count in counts.items() if count > 1] == []
    for table in FEATURE_TABLES:
        listed = [(row["kind"] != "continent", row["id"]) for row in read_csv(table)]
        assert listed == sorted(listed), table


@pytest.mark.parametrize("table", FEATURE_TABLES)
def test_every_row_is_valid(table: str) -> None:
    for row in read_csv(table):
        at = row["id"]
        assert list(row) == COLUMNS, at
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", at), at
        assert row["name"].strip() == row["name"] != "", at
        assert row["kind"] in place_kinds(), at
        assert not row["country"] or row["country"] in country_codes(), at
        assert -180 <= float(row["lon"]) <= 180, at
        assert -90 <= float(row["lat"]) <= 90, at
        assert 1_000 <= float(row["precision_m"]) <= 10_000_000, at
        assert not row["name_ar"] or script(row["name_ar"]) == "arabic", at
        names = [row["name"], *split_cell(row["aliases"])]
        assert len(names) == len(set(names)), at
        assert all(script(name) == "latin" for name in (*names, *split_cell(row["demonyms"]))), at


def test_points_lie_in_their_country() -> None:
    """A slip of a sign or a digit lands elsewhere."""
    import geopandas as gpd

    world = gpd.read_file(str(resource("basemap").joinpath("countries.fgb")))
    shapes: dict[str, list[shapely.Geometry]] = {}
    for code, shape in zip(world["iso"], world.geometry, strict=True):
        shapes.setdefault(code, []).append(shape)
    for table, row in ROWS:
        if row["country"] and row["country"] in shapes and row["id"] not in FAR_OUT:
            point = shapely.Point(float(row["lon"]), float(row["lat"]))
            away = min(shapely.distance(shape, point) for shape in shapes[row["country"]])
            assert away <= OFF_COAST.get(table, 0.55), (row["id"], away)


def test_seas_are_wet_and_rivers_dry() -> None:
    import geopandas as gpd

    land = shapely.union_all(gpd.read_file(str(resource("basemap").joinpath("countries.fgb"))).geometry)
    shapely.prepare(land)
    inland = {"dead_sea", "great_lakes"}
    for table, row in ROWS:
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        if table == "seas.csv" and row["id"] not in inland and land.contains(point):
            assert shapely.distance(land.boundary, point) < 0.25, row["id"]
        if table == "rivers.csv":
            assert shapely.dwithin(land, point, 0.2), row["id"]


def test_names_with_their_word() -> None:
    names = {entry.place.id: set(entry.names) for entry in feature_entries()}
    assert {"Euphrates", "Euphrates River", "River Euphrates", "الفرات"} <= names["region:euphrates"]
    assert "Suez Canal River" not in names["region:suez_canal"]
    assert {"Lake Van", "Van Lake"} <= names["region:lake_van"]
    assert {"Great Salt Lake", "Lake Great Salt"} <= names["region:great_salt_lake"]


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("european", "region:europe"),
        ("siberian", "region:siberia"),
        ("texan", "iso:US-TX"),
        ("scottish", "iso:GB-SCT"),
        ("chechen", "iso:RU-CE"),
        ("kashmiris", "region:kashmir"),
        ("gazan", "region:gaza_strip"),
        ("tibetans", "iso:CN-XZ"),
        ("crimean", "iso:UA-43"),
        ("syrian", "country:SY"),
        ("briton", "country:GB"),
        ("emirati", "country:AE"),
    ],
)
def test_demonyms(word: str, id_: str) -> None:
    assert demonyms()[word] == id_
