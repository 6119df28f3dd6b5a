"""Imports into a data folder of the test's own, scratch files in a cache of its own, the world compiled once."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from importing_files import DUMP

from geo.gazetteer import open_gazetteer
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.importing import run as importing
from geo.gazetteer.importing.options import Options
from geo.gazetteer.importing.run import Result


@pytest.fixture(scope="session", autouse=True)
def _world() -> None:
    open_gazetteer(None)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SITMAP_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(importing, "writable", lambda _: tmp_path / "scratch")
    return tmp_path / "data" / "gazetteer"


@pytest.fixture
def run(data: Path) -> Callable[..., Result]:
    """Import files into the user's folder."""

    def invoke(*paths: Path | str, atlas=None, tell=lambda *_: None, **options) -> Result:
        files = [Path(path) for path in paths]
        return importing.import_files(files, atlas, options=Options(**options), tell=tell)

    return invoke


@pytest.fixture
def imported(run) -> Callable[..., dict[str, dict]]:
    """Import one file of that text; gives the entries by id, as `sitmap gazetteer show` knows them."""

    def invoke(file: str, text: str | bytes | list | dict, **options) -> tuple[Result, Gazetteer]:
        if isinstance(text, list | dict):
            text = json.dumps(text, ensure_ascii=False)
        Path(file).write_bytes(text.encode() if isinstance(text, str) else text)
        return run(file, **options), open_gazetteer(None)

    return invoke


@pytest.fixture
def dump(data: Path, tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def ged() -> Path:
    """The events of UCDP that lie where the development corpora do; they are not in here."""
    root = Path(__file__).parents[3]
    path = Path(os.environ.get("SITMAP_CORPORA", root.parent / "shared")) / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
    if not path.is_file():
        pytest.skip(f"there is no {path}; set SITMAP_CORPORA")
    return path
