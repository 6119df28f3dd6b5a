import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing_files import ALTERNATES, DUMP, ROWS, dump_row

from geo.data import read_csv
from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer
from geo.gazetteer.importing.alternate import HISTORIC, PREFERRED, SHORT, has_bit, names_of, set_bit
from geo.gazetteer.importing.alternate import read_row as alternate_row
from geo.gazetteer.importing.geonames import Tables, make_entry, read_row
from geo.gazetteer.importing.known import Index
from geo.gazetteer.importing.problems import Counts, Sink
from geo.gazetteer.kinds import place_kinds


def test_a_dump_becomes_places(run, dump) -> None:
    result = run(dump)
    assert (result.name, result.counts.rows, result.counts.bad, result.twice) == ("geonames-sy", 9, 0, 0)
    assert result.counts.skipped == {"S.BUSTP": 1, "without a feature code": 1}
    assert {key: result.meta[key] for key in ("format", "places", "licence", "files")} == {
        "format": "geonames", "places": "7", "licence": "CC BY 4.0", "files": "SY.txt",
    }  # fmt: skip
    opened = open_gazetteer(None)
    hamra = opened.get("geonames:168920")
    assert (hamra.name, hamra.kind, hamra.country, hamra.admin1, hamra.population) == (
        "Kafr Ḩamrah", "town", "SY", "SY-HL", 8000,
    )  # fmt: skip
    assert (hamra.lon, hamra.lat, hamra.precision_m, hamra.name_ar) == (37.0791, 36.2526, 800.0, "كفر حمرة")
    assert hamra.aliases == ("Kafr Hamra",)
    kinds = {id_: opened.get(f"geonames:{id_}") for id_ in (999001, 999002, 999003)}
    assert [(p.kind, p.precision_m) for p in kinds.values()] == [
        ("neighbourhood", 900.0), ("airbase", 2000.0), ("mountain", 20000.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Kafr Hamra", "geonames:168920"),
        ("كفر حمرة", "geonames:168920"),
        ("Ar Ramusah", "geonames:999001"),
        ("Kuweires Airbase", "geonames:999002"),
        ("Matar Kuwayris al Askari", "geonames:999002"),
        ("ALP", "geonames:170063"),
    ],
)
def test_names_are_found(run, dump, name: str, id_: str) -> None:
    run(dump)
    assert id_ in [place.id for place in open_gazetteer(None).lookup([name])[name]]


def test_what_the_world_keeps_under_ids_of_its_own_keeps_them(run, dump) -> None:
    before = open_gazetteer(None)
    run(dump)
    opened = open_gazetteer(None)
    for id_ in ("country:SY", "iso:SY-HL"):
        was, now = before.get(id_), opened.get(id_)
        assert (now.name, now.lon, now.lat, now.precision_m) == (was.name, was.lon, was.lat, was.precision_m)
        assert set(was.aliases) < set(now.aliases)
        assert len([p for p in opened.lookup([was.name])[was.name] if p.kind == was.kind and p.country == "SY"]) == 1
    assert "Suriye" in opened.get("country:SY").aliases
    # A town stands once, as the dump has it.
    (aleppo,) = (p for p in opened.lookup(["Aleppo"])["Aleppo"] if p.kind == "city" and p.country == "SY")
    assert (aleppo.id, aleppo.source) == ("geonames:170063", "GeoNames")
    assert "Alepas" in before.get("geonames:170063").aliases  # which this dump does not know
    assert [p.id for p in opened.lookup(["Alepas"])["Alepas"]] == ["geonames:170063"]
    near = [p.id for p in opened.nearby(37.16117, 36.20124, 100)]
    assert near.count("geonames:170063") == 1


def test_languages_and_flags(run, dump) -> None:
    (dump.parent / "alternateNamesV2.txt").write_text(ALTERNATES, encoding="utf-8")
    result = run(dump)
    assert result.meta["files"] == "SY.txt, alternateNamesV2.txt"
    opened = open_gazetteer(None)
    hamra = opened.get("geonames:168920")
    assert (hamra.name, hamra.aliases, hamra.name_ar) == ("Kafr Hamra", ("Kafr Ḩamrah",), "كفر حمرة")
    found = opened.lookup(["Кафр-Хамра", "Caphar Hamra", "Red Village", "Q6346361", "卡夫尔哈姆拉"])
    assert [bool(places) for places in found.values()] == [True, True, False, False, False]
    assert opened.get("geonames:999001").name == "Ramouseh"
    # With the file, the fourth column counts no more: it has no languages.
    assert opened.lookup(["Kuweires Airbase"])["Kuweires Airbase"] == ()


@pytest.mark.parametrize(
    ("own", "alternates", "shown", "aliases", "found"),
    [
        ("Ḩalab", [("en", 0, "Aleppo")], "Aleppo", ("Ḩalab",), 2),
        ("Halab", [("en", 0, "Aleppo")], "Halab", ("Aleppo",), 2),
        ("Halab", [("en", PREFERRED, "Aleppo"), ("en", SHORT, "Alp City")], "Aleppo", ("Halab", "Alp City"), 3),
        ("Halab", [("en", PREFERRED | HISTORIC, "Beroea")], "Halab", (), 2),
        ("Halab", [("", 0, "HLB"), ("ja", 0, "アレッポ"), ("he", 0, "חלב")], "Halab", (), 3),
        ("Halab", [("ar", 0, "حلب الشهباء"), ("ar", PREFERRED, "حلب")], "Halab", (), 3),
    ],
    ids=["the only English one", "plain enough", "flags", "historic", "scripts", "Arabic"],
)
def test_which_names_are_shown(own, alternates, shown, aliases, found) -> None:
    names = names_of(own, alternates, languages=("ar",), arabic=True)
    assert (names.shown, names.aliases, len(names.found)) == (shown, aliases, found)
    if alternates[-1] == ("ar", PREFERRED, "حلب"):
        assert names.name_ar == "حلب"


def test_a_script_of_the_country_is_kept() -> None:
    assert "東京" in names_of("Tokyo", [("ja", 0, "東京")], languages=("ja",), arabic=False).found


BAD = {
    "columns": ("1\t2\t3\n", "the row has 3 columns; a dump of GeoNames has 19."),
    "a number": (dump_row(1, "A", "A", "", "north", 37, "P.PPL"), "a number is none: could not convert string to float: 'north'."),
    "off the Earth": (dump_row(1, "A", "A", "", 136, 37, "P.PPL"), "id 1, name 'A', latitude 136, longitude 37 is no place on the Earth."),
    "no name": (dump_row(1, " ", "", "", 36, 37, "P.PPL"), "id 1, name '', latitude 36, longitude 37 is no place on the Earth."),
    "not UTF-8": (dump_row(1, "Alep\udce9", "A", "", 36, 37, "P.PPL"), "this is not UTF-8: byte 0xe9."),
}  # fmt: skip


@pytest.mark.parametrize(("row", "what"), BAD.values(), ids=BAD)
def test_bad_rows_are_told_and_left_out(run, data, row: str, what: str) -> None:
    Path("SY.txt").write_bytes((ROWS[2] + row + ROWS[3]).encode(errors="surrogateescape"))
    result = run("SY.txt")
    assert (result.counts.rows, result.counts.bad, result.meta["places"], result.meta["bad"]) == (3, 1, "2", "1")
    (told,) = result.counts.told
    assert told.startswith(f"SY.txt:2: {what}")
    before = result.path.read_bytes()
    with pytest.raises(GazetteerError) as caught:
        run("SY.txt", strict=True)
    assert str(caught.value) == told
    assert result.path.read_bytes() == before


def test_the_first_of_many_bad_rows_are_told(run, data) -> None:
    Path("SY.txt").write_text(ROWS[2] + "x\n" * 25)
    counts = run("SY.txt").counts
    assert (counts.bad, len(counts.told), counts.told[-1].partition(": ")[0]) == (25, 10, "SY.txt:11")


def test_an_id_that_stands_twice(run, data) -> None:
    Path("SY.txt").write_text(ROWS[2] + ROWS[3] + ROWS[2].replace("Aleppo\tAleppo", "Halab\tHalab"))
    result = run("SY.txt")
    assert (result.twice, result.meta["places"]) == (1, "2")
    assert open_gazetteer(None).get("geonames:170063").name == "Aleppo"
    with sqlite3.connect(result.path) as db:
        assert db.execute("SELECT count(*) FROM names WHERE n NOT IN (SELECT n FROM places)").fetchone() == (0,)
    db.close()


def test_several_files_and_archives_are_one_gazetteer(run, data) -> None:
    for name, rows in (
        ("SY", DUMP),
        ("TR", dump_row(314830, "Gaziantep", "Gaziantep", "Antep", 37.06, 37.38, "P.PPLA", "TR", "83", 1065975)),
    ):
        with zipfile.ZipFile(f"{name}.zip", "w") as archive:
            archive.writestr("readme.txt", "of no use")
            archive.writestr(f"{name}.txt", rows)
    result = run("SY.zip", "TR.zip")
    assert (result.name, result.meta["places"], result.meta["rows"]) == ("geonames-sy-tr", "8", "10")
    assert open_gazetteer(None).lookup(["Antep"])["Antep"][0].id == "geonames:314830"


def test_a_sea_is_the_worlds(run, data) -> None:
    before = {p.id: p for p in open_gazetteer(None).lookup(["Black Sea"])["Black Sea"] if p.kind == "sea"}
    Path("SY.txt").write_text(
        ROWS[2] + dump_row(630673, "Black Sea", "Black Sea", "Karadeniz", 43, 34, "H.SEA", country="")
    )
    run("SY.txt")
    (place,) = (p for p in open_gazetteer(None).lookup(["Black Sea"])["Black Sea"] if p.kind == "sea")
    assert place.precision_m == before[place.id].precision_m > 300_000
    assert "Karadeniz" in place.aliases


CELLS = st.lists(
    st.one_of(st.text(max_size=8), st.sampled_from(["1", "36.5", "-1e9", "nan", "P", "PPL", "SY", "\x1f", "a,b"])),
    max_size=21,
)


@given(st.one_of(st.binary(max_size=60), CELLS.map(lambda cells: "\t".join(cells).encode(errors="surrogatepass"))))
def test_no_row_stops_the_reading(raw: bytes) -> None:
    counts = Counts()
    tables = Tables({"P.PPL": ("settlement", 0.0)}, {}, {}, {}, frozenset(), Index({}, {}), set())
    row = read_row(raw, 1, Sink(Path("SY.txt"), counts), tables)
    assert (row is not None) + counts.bad + sum(counts.skipped.values()) == 1
    if row:
        assert make_entry(row, tables, None).place.name
    found = alternate_row(raw, 1, Sink(Path("alternateNamesV2.txt"), counts), bytearray(b"\xff" * 8))
    assert found is None or found[1] == 1


def test_control_characters_are_no_part_of_a_name(run, data) -> None:
    Path("SY.txt").write_text(dump_row(5, "Alep\x1b[31mpo\x1f", "A", "Al\x1fep,Ha\x7flab", 36.2, 37.1, "P.PPL"))
    run("SY.txt")
    place = open_gazetteer(None).get("geonames:5")
    assert (place.name, place.aliases) == ("Alep [31mpo", ("Al ep", "Ha lab"))


def test_the_table_of_features() -> None:
    rows = read_csv("geonames_features.csv")
    features = [row["feature"] for row in rows]
    assert len(features) == len(set(features)) > 300
    assert {row["kind"] for row in rows} - set(place_kinds()) == {"settlement"}
    assert all(row["feature"][:2] in {f"{c}." for c in "APSTHLRV"} for row in rows)
    assert all(not row["precision_m"] or float(row["precision_m"]) > 0 for row in rows)


def test_bits() -> None:
    bits = bytearray()
    for n in (0, 7, 13_000_000):
        set_bit(bits, n)
    assert [n for n in (0, 1, 7, 8, 12_999_999, 13_000_000, 99_000_000) if has_bit(bits, n)] == [0, 7, 13_000_000]
