"""The world, compiled once a machine, and atlases that a test writes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from gazetteer_files import HEADER, THEATRE

from geo.gazetteer import Gazetteer, open_gazetteer
from geo.settings import Atlas, Theatre

WriteAtlas = Callable[..., Atlas]


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    return open_gazetteer(None)


@pytest.fixture
def write_atlas(tmp_path: Path) -> WriteAtlas:
    """Write an atlas of rows of places.csv and of whole GeoJSON texts."""

    def write(*rows: str, routes: str = "", areas: str = "", header: str = HEADER, theatre: Theatre = THEATRE) -> Atlas:
        folder = tmp_path / "atlas" / "seeds" / "gazetteer"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "places.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        for name, text in (("routes", routes), ("areas", areas)):
            if text:
                (folder / f"{name}.geojson").write_text(text, encoding="utf-8")
        return Atlas(root=tmp_path / "atlas", title="A test", theatre=theatre)

    return write
