"""An import that is stopped, at any point, leaves what was there, and the next one goes on where it was."""

import subprocess
import sys
from pathlib import Path

import pytest
from bench.geonames_dump import write_dump

from geo.errors import GazetteerError, LockedError
from geo.gazetteer.importing import geonames
from geo.gazetteer.importing import run as importing

ROWS = 3_000


@pytest.fixture
def small(data, tmp_path, monkeypatch) -> Path:
    """A dump in batches small enough to be stopped between."""
    monkeypatch.setattr(geonames, "_BATCH", 500)
    monkeypatch.setattr("geo.gazetteer.importing.alternate._BATCH", 500)
    (tmp_path / "dump").mkdir()
    return write_dump(tmp_path / "dump", ROWS)[0]


class StoppedError(Exception):
    pass


def stopper(what: str, share: float):
    def tell(said: str, done: int, total: int) -> None:
        if said.startswith(what) and done >= share * total:
            raise StoppedError

    return tell


STOPS = [("Reading alternate", 0.1), ("Reading alternate", 0.9), ("Reading all", 0.01), ("Reading all", 0.6), ("Compiling", 0.4)]  # fmt: skip


@pytest.mark.parametrize(("what", "share"), STOPS)
def test_it_goes_on_where_it_was(run, small, data, what: str, share: float) -> None:
    with pytest.raises(StoppedError):
        run(small, tell=stopper(what, share))
    assert list(data.iterdir()) == []
    said: list[tuple[str, int]] = []
    resumed = run(small, tell=lambda said_, done, total: said.append((said_, done)))
    assert resumed.resumed
    assert resumed.counts.rows == ROWS
    if what != "Reading alternate":
        assert not any(said_.startswith("Reading alternate") for said_, _ in said)
    # As if nothing had happened, byte for byte.
    whole = run(small, name="geonames")
    assert not whole.resumed
    other = run(small, name="other")
    assert resumed.counts == whole.counts
    assert whole.path.read_bytes() == resumed.path.read_bytes()
    assert len(other.path.read_bytes()) == len(whole.path.read_bytes())


def test_what_was_there_stays_until_all_is_done(run, small, data) -> None:
    before = run(small).path.read_bytes()
    small.write_text(small.read_text(encoding="utf-8").replace("\tPPL\t", "\tPPLX\t"), encoding="utf-8")
    for what, share in STOPS:
        with pytest.raises(StoppedError):
            run(small, tell=stopper(what, share))
        assert (data / "geonames.sqlite").read_bytes() == before
        assert [path.name for path in data.iterdir()] == ["geonames.sqlite"]
    assert run(small).path.read_bytes() != before


def test_another_file_is_begun_anew(run, small) -> None:
    with pytest.raises(StoppedError):
        run(small, tell=stopper("Reading all", 0.5))
    text = small.read_text(encoding="utf-8")
    small.write_text(text[: text.index("\n", len(text) // 2) + 1], encoding="utf-8")
    result = run(small)
    assert not result.resumed
    assert result.counts.rows < ROWS


CHILD = """
import sys
from pathlib import Path
from geo.gazetteer.importing import geonames
from geo.gazetteer.importing import run
geonames._BATCH = 200
run.writable = lambda _: Path(sys.argv[2])

def tell(what, done, total):
    if what.startswith("Reading all"):
        print(done, flush=True)

run.import_files([Path(sys.argv[1])], None, tell=tell)
"""


def test_a_killed_process_leaves_what_the_next_goes_on_with(run, small, data, tmp_path) -> None:
    command = [sys.executable, "-c", CHILD, small, tmp_path / "scratch"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(3):
        assert process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    assert list(data.iterdir()) == []
    resumed = run(small)
    assert (resumed.resumed, resumed.counts.rows) == (True, ROWS)


def test_only_one_at_a_time(run, small, data) -> None:
    busy = []

    def tell(what: str, done: int, total: int) -> None:
        if not busy:
            busy.append(True)
            with pytest.raises(LockedError, match=r"another process is importing 'geonames'"):
                run(small)

    assert run(small, tell=tell).counts.rows == ROWS
    assert busy


def test_no_scratch_is_left(run, small, data, tmp_path) -> None:
    run(small)
    assert list((tmp_path / "scratch").iterdir()) == []
    bad = tmp_path / "SY.txt"
    bad.write_text(small.read_text(encoding="utf-8")[:5000] + "\nbad\n", encoding="utf-8")
    with pytest.raises(GazetteerError):
        run(bad, strict=True)
    assert list((tmp_path / "scratch").iterdir()) == []
    assert [path.name for path in data.iterdir()] == ["geonames.sqlite"]


def test_memory_does_not_grow_with_the_rows(data, tmp_path) -> None:
    """The entries live in batches: none is reachable once the next is read."""
    import gc

    from geo.gazetteer.entries import Entry

    (tmp_path / "dump").mkdir()
    path = write_dump(tmp_path / "dump", 4 * ROWS)[0]
    most = []

    def tell(what: str, done: int, total: int) -> None:
        if what.startswith("Reading all"):
            most.append(sum(isinstance(thing, Entry) for thing in gc.get_objects()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geonames, "_BATCH", 1000)
        importing.import_files([path], None, tell=tell)
    assert len(most) == 12
    assert max(most) <= 2000
