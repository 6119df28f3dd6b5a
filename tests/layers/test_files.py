"""Files appear whole or not at all."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from sample_records import ARTICLE, GAZETTEER, RECORDS

from geo.errors import InputError, LayerError, LockedError, SitmapError
from geo.layers import build_layers, read_layers, read_schema, read_unplaced, to_geojson, write_layers
from geo.layers.files import locked, write_files


@pytest.fixture(scope="module")
def layers():
    return build_layers(RECORDS, GAZETTEER)


def snapshot(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_layers_written_are_layers_read(layers, tmp_path):
    write_layers(layers, tmp_path / "layers", articles=[ARTICLE])
    names = {f"{name}.geojson" for name in read_schema()}
    assert set(snapshot(tmp_path / "layers")) == {*names, ".lock", "README.md", "unplaced.json"}
    for folder in (tmp_path, tmp_path / "layers"):
        again = read_layers(folder)
        assert {name: to_geojson(frame) for name, frame in again.items()} == {
            n: to_geojson(f) for n, f in layers.items()
        }


def test_no_layers(tmp_path):
    with pytest.raises(InputError) as caught:
        read_layers(tmp_path)
    assert caught.value.message == f"{tmp_path}: there are no layers here. Build them first: sitmap build."


def test_layers_that_break_the_schema_change_nothing(layers, tmp_path):
    write_layers(layers, tmp_path, articles=[ARTICLE])
    before = snapshot(tmp_path)
    wrong = layers["events"].assign(confidence=7.0)
    with pytest.raises(LayerError):
        write_layers(layers | {"events": wrong}, tmp_path, articles=[ARTICLE])
    assert snapshot(tmp_path) == before


def test_a_file_that_cannot_be_written_changes_nothing(tmp_path):
    write_files(tmp_path, {"a": b"old", "b": b"old"})
    (tmp_path / ".c.new").mkdir()  # where the third file would be prepared
    with pytest.raises(SitmapError) as caught:
        write_files(tmp_path, {"a": b"new", "b": b"new", "c": b"new"})
    assert caught.value.message == (
        f"{tmp_path / '.c.new'}: the files cannot be written (Is a directory). "
        "Nothing was changed; see that the folder can be written to and has room, then try again."
    )
    assert snapshot(tmp_path) == {"a": b"old", "b": b"old"}


def test_the_second_writer_is_sent_away_at_once(tmp_path):
    code = textwrap.dedent(f"""
        import sys; from pathlib import Path; from geo.layers.files import locked
        with locked(Path({str(tmp_path)!r})):
            print("in", flush=True); sys.stdin.read()
    """)
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline().strip() == b"in"
        with pytest.raises(LockedError) as caught, locked(tmp_path):
            pass
        other.communicate(b"")
    assert (
        caught.value.message == f"{tmp_path}: another process is writing here. Wait until it is done, then try again."
    )
    with locked(tmp_path):
        pass


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_while_writing_leaves_what_was_there(tmp_path):
    write_files(tmp_path, {"a": b"old", "b": b"old"})
    code = textwrap.dedent(f"""
        import os; from pathlib import Path; from geo.layers import files
        flush, seen = os.fsync, []
        def stop_at_the_second(handle):
            seen.append(handle)
            if len(seen) == 2:
                os.kill(os.getpid(), {signal.SIGKILL.value})
            flush(handle)
        os.fsync = stop_at_the_second
        with files.locked(Path({str(tmp_path)!r})):
            files.write_files(Path({str(tmp_path)!r}), {{"a": b"new" * 10000, "b": b"new" * 10000}})
    """)
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert {name: data for name, data in snapshot(tmp_path).items() if not name.startswith(".")} == {
        "a": b"old",
        "b": b"old",
    }
    with locked(tmp_path):
        write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert snapshot(tmp_path) == {".lock": b"", "a": b"new", "b": b"new"}


def test_stale_files_go_last(tmp_path):
    write_files(tmp_path, {"maps/a": b"1", "maps/b": b"1"})
    write_files(tmp_path, {"maps/a": b"2"}, stale=("maps/b", "maps/gone"))
    assert snapshot(tmp_path) == {"maps/a": b"2"}


@pytest.mark.parametrize("text", ["", "{", '{"type": "x"}', "[1]"])
def test_a_broken_list_of_the_unplaced_is_refused(tmp_path, text):
    assert read_unplaced(tmp_path) == []
    (tmp_path / "unplaced.json").write_text(text)
    with pytest.raises(LayerError) as caught:
        read_unplaced(tmp_path)
    assert (
        caught.value.message == f"{tmp_path}/unplaced.json: this is not a list of events. Build it again: sitmap build."
    )
