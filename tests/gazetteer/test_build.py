import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.gazetteer.build import ACRONYM, LOOSE, compile_entries, keys_of
from geo.gazetteer.entries import Entry, is_acronym, is_name, script
from geo.gazetteer.files import open_read_only
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.names import fold
from geo.gazetteer.store import Store
from geo.model import Place
from geo.settings import Theatre


def entry(*names: str, arabic: bool = False, number: int = 0, population: int = 0) -> Entry:
    place = Place(f"test:{number}", names[0], "town", 37.0, 36.0, 1000.0, aliases=names[1:], population=population)
    return Entry(place, names, arabic=arabic)


def gazetteer(path: Path, *entries: Entry) -> Gazetteer:
    compile_entries(path, entries, meta={"key": "k"})
    return Gazetteer(Store(path), None, theatre=Theatre(), version="k")


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x1f\0"), min_size=1, max_size=12)
ENTRIES = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.booleans(), st.integers(0, 10**7)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ENTRIES)
def test_round_trip(rows) -> None:
    entries = [
        entry(*names, arabic=arabic, number=number, population=population)
        for number, (names, arabic, population) in enumerate(rows)
    ]
    with TemporaryDirectory() as folder:
        compiled = gazetteer(Path(folder) / "g.sqlite", *entries)
        found = compiled.lookup(name for one in entries for name in one.names)
        for one in entries:
            assert compiled.get(one.place.id) == one.place
            for name in one.names:
                asked = found[name]
                if fold(name):
                    assert one.place in asked
                assert list(asked) == sorted(asked, key=lambda place: (-place.population, place.id))


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    entries = [entry("Bab al-Nairab", "باب النيرب", arabic=True), entry("Azaz", number=1)]
    for name in ("one", "two"):
        compile_entries(
            tmp_path / name, entries, meta={"b": "2", "a": "1"}, shadows={"w": "test:1"}, routes={"test:0": 5.0}
        )
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        compile_entries(tmp_path / "g", [entry("A"), entry("B")], meta={})


def test_the_file_cannot_be_written(tmp_path: Path) -> None:
    compile_entries(tmp_path / "g", [entry("A")], meta={})
    db = open_read_only(tmp_path / "g")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM places")
    db.close()


def test_keys() -> None:
    assert keys_of(entry("Bab al-Salam", arabic=True)) == dict.fromkeys(
        ("bab al salam", "bab salam", "bab alsalam", "bab assalam", "bab elsalam", "bab essalam"), LOOSE
    )
    assert keys_of(entry("Bab al-Salam")) == {"bab al salam": 0}
    assert keys_of(entry("St. Louis", "UK", "U.K.")) == {"st louis": 0, "saint louis": 0, "uk": ACRONYM}
    assert keys_of(entry("Uk", "UK")) == {"uk": 0}


@pytest.mark.parametrize(
    ("text", "acronym", "name", "of_script"),
    [
        ("UK", True, True, "latin"),
        ("U.S.A.", True, True, "latin"),
        ("BIRMINGHAM", False, True, "latin"),
        ("hlb", False, False, "latin"),
        ("al-Bab", False, True, "latin"),
        ("Ḩalab", False, True, "latin"),
        ("حلب", False, True, "arabic"),
        ("Алеппо", False, True, "other"),
        ("12", False, False, ""),
        ("", False, False, ""),
    ],
)
def test_what_names_are(text: str, acronym: bool, name: bool, of_script: str) -> None:
    assert (is_acronym(text), is_name(text), script(text)) == (acronym, name, of_script)
