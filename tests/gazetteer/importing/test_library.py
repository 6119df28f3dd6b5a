import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from importing_files import DUMP, ROWS

from geo.errors import GazetteerError
from geo.gazetteer import open_gazetteer
from geo.gazetteer.importing import library
from geo.gazetteer.importing.library import list_imported, remove_imported
from geo.layers.manifest import hash_inputs
from geo.settings import Atlas, Theatre

PLACES = "id,name,kind,lat,lon\nazaz,Azaz,town,36.5863,37.0476\n"


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    folder = tmp_path / "atlas" / "seeds" / "gazetteer"
    folder.mkdir(parents=True)
    header = "id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source"
    (folder / "places.csv").write_text(f"{header}\nhamra,Kafr Hamra,village,37.0791,36.2526,,,,SY,,us\n")
    return Atlas(root=tmp_path / "atlas", title="A test", theatre=Theatre(countries=("SY",)))


def test_the_same_files_give_the_same_bytes(run, dump) -> None:
    one = run(dump).path.read_bytes()
    assert run(dump).path.read_bytes() == one
    dump.touch()
    assert run(dump).path.read_bytes() == one


def test_list_and_remove(run, data, dump) -> None:
    assert list_imported(None) == ()
    run(dump)
    Path("mine.csv").write_text(PLACES)
    run("mine.csv")
    assert [(one.name, one.meta["format"], one.meta["places"]) for one in list_imported(None)] == [
        ("geonames-sy", "geonames", "7"), ("mine", "csv", "1"),
    ]  # fmt: skip
    assert remove_imported("mine", None) == data / "mine.sqlite"
    assert [one.name for one in list_imported(None)] == ["geonames-sy"]
    with pytest.raises(GazetteerError, match=r"no imported gazetteer is called 'mine'\. There is geonames-sy"):
        remove_imported("mine", None)
    with pytest.raises(GazetteerError, match="no imported gazetteer is called"):
        remove_imported("../gazetteer/geonames-sy", None)


def test_an_atlas_has_its_own(run, dump, atlas: Atlas) -> None:
    world = open_gazetteer(None).version
    alone = open_gazetteer(atlas).version
    result = run(dump, atlas=atlas)
    assert result.path == atlas.seeds / "gazetteer" / "imported" / "geonames-sy.sqlite"
    assert open_gazetteer(None).version == world
    opened = open_gazetteer(atlas)
    assert opened.version != alone
    # The atlas's entry stands for the imported one, and takes over what it does not tell.
    place = opened.get("geonames:168920")
    assert (place.id, place.population, place.name_ar) == ("atlas:hamra", 8000, "كفر حمرة")
    assert [p.id for p in opened.lookup(["Kafr Hamra"])["Kafr Hamra"]] == ["atlas:hamra"]
    assert [p.id for p in opened.nearby(37.0791, 36.2526, 300)] == ["atlas:hamra"]
    assert opened.lookup(["Ar Ramusah"])["Ar Ramusah"][0].id == "geonames:999001"
    # And its bytes are an input of the build.
    name = "seeds/gazetteer/imported/geonames-sy.sqlite"
    assert hash_inputs(atlas.seeds)[name] == hashlib.sha256(result.path.read_bytes()).hexdigest()


def test_what_the_user_imports_is_no_part_of_an_atlas(run, dump, atlas: Atlas) -> None:
    before = open_gazetteer(atlas).version
    run(dump)
    assert open_gazetteer(atlas).version == before
    assert open_gazetteer(atlas).imported == ()


def test_of_two_that_know_a_place_the_first_stands(run, data) -> None:
    Path("a.csv").write_text(PLACES.replace("Azaz", "Azaz one"))
    Path("b.csv").write_text(PLACES.replace("town", "city"))
    Path("SY.txt").write_text(DUMP)
    Path("SY2.txt").write_text(ROWS[2].replace("2098210", "5"))
    run("SY.txt")
    run("SY2.txt", name="zz")
    opened = open_gazetteer(None)
    assert [store.path.stem for store in opened.imported] == ["geonames-sy", "zz"]
    assert opened.get("geonames:170063").population == 2098210
    run("b.csv")
    # b knows that it is the world's Azaz; what a says of "Azaz one" is another name.
    run("a.csv")
    opened = open_gazetteer(None)
    assert opened.get("geonames:172082").id == "b:azaz"


def test_keys_of_another_version_are_made_anew(run, dump, tmp_path, monkeypatch) -> None:
    run(dump)
    opened = open_gazetteer(None)
    before = {p.name: ids for p, ids in _found(opened).items()}
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / opened.world.path.name).hardlink_to(opened.world.path)
    said: list[str] = []
    monkeypatch.setattr(library, "keys_digest", lambda: "of another version")
    opened = open_gazetteer(None, cache=tmp_path / "cache", notify=said.append)
    assert said == ["Compiling the imported gazetteer geonames-sy for this version of sitmap, once"]
    assert opened.imported[0].path.parent == tmp_path / "cache"
    assert {p.name: ids for p, ids in _found(opened).items()} == before
    said.clear()
    again = open_gazetteer(None, cache=tmp_path / "cache", notify=said.append)
    assert (said, again.version) == ([], opened.version)


def _found(gazetteer) -> dict:
    names = ("Kafr Hamra", "كفر حمرة", "ALP", "Suriye", "Ar Ramusah", "Matar Kuwayris al Askari", "Halab")
    return {p: name for name, places in gazetteer.lookup(names).items() for p in places}


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda path: path.write_bytes(b"no database" * 1000), "this is no imported gazetteer: "),
        (lambda path: path.write_bytes(path.read_bytes()[:-8192]), "this is no imported gazetteer: "),
        (lambda path: _set(path, "version", "0"), "another version of sitmap imported this. Import it again."),
    ],
    ids=["something else", "cut short", "another version"],
)
def test_a_damaged_one_is_told(run, dump, harm, message: str) -> None:
    path = run(dump).path
    harm(path)
    with pytest.raises(GazetteerError) as caught:
        open_gazetteer(None)
    assert str(caught.value).startswith(f"{path}: {message}")
    # It can be removed, and imported again.
    run(dump)
    assert open_gazetteer(None).get("geonames:168920")
    harm(path)
    remove_imported("geonames-sy", None)
    assert open_gazetteer(None).imported == ()


def _set(path: Path, key: str, value: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    db.close()


def test_a_failed_import_leaves_what_was_there(run, dump, data) -> None:
    before = run(dump).path.read_bytes()
    dump.write_text("\n" * 5)
    with pytest.raises(GazetteerError):
        run(dump, format="geonames")
    assert (data / "geonames-sy.sqlite").read_bytes() == before
    assert [path.name for path in data.iterdir()] == ["geonames-sy.sqlite"]


def test_country_bias(data) -> None:
    plain, biased = open_gazetteer(None), open_gazetteer(None, countries=("SY",))
    assert (plain.theatre.countries, biased.theatre.countries) == ((), ("SY",))
    assert plain.version == biased.version
    assert plain.lookup_variants(["Dayr az Zur"])["Dayr az Zur"] == ()
    assert biased.lookup_variants(["Dayr az Zur"])["Dayr az Zur"][0].id == "geonames:170794"


def test_country_bias_in_python(data) -> None:
    import geo

    for code in ("LB", "LY"):
        frame = geo.places("Fighting was reported in Tripoli on Sunday, residents of the city said.", countries=(code,))
        assert open_gazetteer(None).get(frame["id"].iloc[0]).country == code


def test_what_the_file_says(run, dump) -> None:
    meta = dict(list_imported(None)) if not run(dump) else list_imported(None)[0].meta
    assert json.loads(json.dumps(dict(meta)))["attribution"] == "GeoNames, https://www.geonames.org"
    assert set(meta) == {
        "attribution", "bad", "files", "format", "key", "keys", "licence", "name", "names", "places", "rows", "skipped",
        "version",
    }  # fmt: skip
