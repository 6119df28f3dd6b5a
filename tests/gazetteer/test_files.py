import os
import stat
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from geo.errors import GazetteerError
from geo.gazetteer.build import compile_entries
from geo.gazetteer.entries import Entry
from geo.gazetteer.files import compiled, digest, is_whole, writable
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
        os.utime(path, (number, number))
    kept = list(tmp_path.glob("world-*.sqlite"))
    assert len(kept) == 3
    assert path in kept


def test_files_in_use_are_kept(tmp_path: Path) -> None:
    for number in range(6):
        key = str(number)
        compiled("world", key, lambda path, key=key: write(path, key=key, towns=1), cache=tmp_path)
    assert len(list(tmp_path.glob("world-*.sqlite"))) == 6


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="unable to open database file"):
        Store(tmp_path / "gone.sqlite").rows("SELECT 1")


def test_digest_tells_parts_apart() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])
    assert digest(["é"]) == digest(["é".encode()])
