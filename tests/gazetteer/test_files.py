import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest
from filelock import FileLock

from geo.errors import GazetteerError
from geo.gazetteer.build import compile_entries
from geo.gazetteer.entries import Entry
from geo.gazetteer.files import compiled, digest, forget_unused, is_whole, writable
from geo.gazetteer.store import Store
from geo.model import Place


def write(path: Path, *, key: str = "k", towns: int = 200) -> None:
    entries = [Entry(Place(f"test:{n}", f"Town {n}", "town", 37.0, 36.0, 1000.0), (f"Town {n}",)) for n in range(towns)]
    compile_entries(path, entries, meta={"key": key})


def test_it_is_compiled_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def compile_(path: Path) -> None:
        made.append(path)
        write(path)

    one = compiled("atlas", "k", compile_, cache=tmp_path)
    assert compiled("atlas", "k", compile_, cache=tmp_path) == one
    assert len(made) == 1
    assert compiled("atlas", "other", lambda path: write(path, key="other"), cache=tmp_path) != one


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:-8192]),
        lambda path: (path.unlink(), write(path, key="of something else")),
    ],
    ids=["empty", "something else", "cut short", "another key"],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, harm) -> None:
    path = compiled("atlas", "k", write, cache=tmp_path)
    harm(path)
    assert not is_whole(path, "k")
    assert compiled("atlas", "k", write, cache=tmp_path) == path
    assert is_whole(path, "k")


def test_damage_within_is_told(tmp_path: Path) -> None:
    path = compiled("atlas", "k", write, cache=tmp_path)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(GazetteerError, match=r"is damaged: .*Delete the file; it is made anew"):
        Store(path).rows("SELECT * FROM places")


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        write(path)
        raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        compiled("atlas", "k", fail, cache=tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


AT_ONCE = """
import sys
from pathlib import Path
from geo.gazetteer.build import compile_entries
from geo.gazetteer.entries import Entry
from geo.gazetteer.files import compiled
from geo.gazetteer.store import Store
from geo.model import Place

def write(path):
    print("compiled", file=sys.stderr)
    place = Place("test:0", "Town", "town", 37.0, 36.0, 1000.0)
    compile_entries(path, [Entry(place, tuple(f"Town {n}" for n in range(20_000)))], meta={"key": "k"})

path = compiled("atlas", "k", write, cache=Path(sys.argv[1]))
print(Store(path).rows("SELECT count(*) FROM terms")[0][0])
"""


def test_processes_at_once_compile_once(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", AT_ONCE, tmp_path], stdout=PIPE, stderr=PIPE, text=True)
        for _ in range(3)
    ]
    results = [process.communicate(timeout=120) for process in processes]
    assert [out for out, _ in results] == ["20000\n"] * 3
    assert sorted(err for _, err in results) == ["", "", "compiled\n"]
    assert len(list(tmp_path.glob("*.sqlite"))) == 1
    assert list(tmp_path.glob("*.tmp")) == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes mean little there")
def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    own = writable(tmp_path / "file" / "cache")
    assert own.parent == tmp_path
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert writable(tmp_path / "file" / "cache") == own
    # A folder that others may write to is not trusted.
    own.chmod(0o777)
    other = writable(tmp_path / "file" / "cache")
    assert other != own
    assert stat.S_IMODE(other.stat().st_mode) == 0o700


def test_only_the_latest_files_are_kept(tmp_path: Path) -> None:
    for number in range(6):
        path = compiled(
            "world", str(number), lambda path, key=str(number): write(path, key=key, towns=1), cache=tmp_path
        )
        hours_ago = time.time() - 3600 * (10 - number)
        os.utime(path, (hours_ago, hours_ago))
    kept = list(tmp_path.glob("world-*.sqlite"))
    assert len(kept) == 3
    assert path in kept


def test_files_in_use_are_kept(tmp_path: Path) -> None:
    for number in range(6):
        key = str(number)
        compiled("world", key, lambda path, key=key: write(path, key=key, towns=1), cache=tmp_path)
    assert len(list(tmp_path.glob("world-*.sqlite"))) == 6


def test_what_nobody_opened_for_a_month_goes(tmp_path: Path) -> None:
    day = 24 * 3600
    ages = {
        "world-old.sqlite": 31, "world-old.lock": 31, "atlas-new.sqlite": 29, "atlas-left.tmp": 40, "import-x.part": 31,
        "import-y.part": 5, "maps-0": 99, "notes.txt": 99, "lone.lock": 31,
    }  # fmt: skip
    for name, age in ages.items():
        path = tmp_path / name
        path.mkdir() if name == "maps-0" else path.write_bytes(b"x")
        os.utime(path, (time.time() - age * day,) * 2)
    path = compiled("world", "k", write, cache=tmp_path)
    left = {"atlas-new.sqlite", "import-y.part", "maps-0", "notes.txt"}
    assert {entry.name for entry in tmp_path.iterdir()} == {*left, path.name, path.with_suffix(".lock").name}
    # Opening renews the time of a file, however old it is.
    os.utime(path, (0, 0))
    assert compiled("world", "k", write, cache=tmp_path) == path
    assert path.stat().st_mtime > time.time() - day
    assert is_whole(path, "k")


@pytest.mark.skipif(sys.platform == "win32", reason="a file in use cannot be deleted there")
def test_who_has_a_file_open_reads_on_when_it_goes(tmp_path: Path) -> None:
    path = compiled("world", "k", write, cache=tmp_path)
    store = Store(path)
    assert store.rows("SELECT count(*) FROM places") == [(200,)]
    os.utime(path, (0, 0))
    forget_unused(tmp_path)
    assert not path.exists()
    assert len(store.where("1")) == 200


def test_what_another_process_makes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "import-x.part"
    path.touch()
    os.utime(path, (0, 0))
    with FileLock(tmp_path / "import-x.lock"):
        forget_unused(tmp_path)
        assert path.exists()
    forget_unused(tmp_path)
    assert not path.exists()


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="unable to open database file"):
        Store(tmp_path / "gone.sqlite").rows("SELECT 1")


def test_digest_tells_parts_apart() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])
    assert digest(["é"]) == digest(["é".encode()])
