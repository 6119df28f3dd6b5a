"""Atlases to import into, and the real data where it is at hand."""

import os
from pathlib import Path

import pytest
from exchange_files import empty_atlas

from geo.exchange.run import Options, import_events
from geo.exchange.store import list_datasets, read_lines


@pytest.fixture
def atlas(tmp_path):
    return empty_atlas(tmp_path / "atlas")


@pytest.fixture
def take(tmp_path, atlas):
    """Import a text; gives the result and the lines that were written."""

    def run(text, *, name="data", encoding="utf-8", **options):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        result = import_events([path], atlas, options=Options(**options))
        found = [one for one in list_datasets(atlas) if one.name == result.name]
        return result, [line for one in found for _, line in read_lines(one)]

    return run


@pytest.fixture(scope="session")
def ged() -> Path:
    """The events of UCDP that lie where the development corpora do; they are not in here."""
    root = Path(__file__).parents[2]
    path = Path(os.environ.get("SITMAP_CORPORA", root.parent / "shared")) / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
    if not path.is_file():
        pytest.skip(f"there is no {path}; set SITMAP_CORPORA")
    return path
