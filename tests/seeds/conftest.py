"""The seed files of this repository's atlas, read plainly."""

import csv
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from seed_files import SEEDS, features


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str]]:
    with (SEEDS / "gazetteer" / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def places(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows}


@pytest.fixture(scope="session")
def routes() -> list[dict[str, Any]]:
    return features("routes.geojson")


@pytest.fixture(scope="session")
def areas() -> list[dict[str, Any]]:
    return features("areas.geojson")


@pytest.fixture(scope="session")
def points(rows: list[dict[str, str]], areas: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each entry that has a point."""
    of_rows = {row["id"]: (float(row["lon"]), float(row["lat"])) for row in rows}
    return of_rows | {f["properties"]["id"]: (f["properties"]["lon"], f["properties"]["lat"]) for f in areas}


@pytest.fixture(scope="session")
def names(
    rows: list[dict[str, str]], routes: list[dict[str, Any]], areas: list[dict[str, Any]]
) -> dict[str, tuple[str, ...]]:
    """Latin-script names of each entry, the one to show first."""
    of_rows = {row["id"]: (row["name"], *filter(None, row["aliases"].split("|"))) for row in rows}
    lines = {f["properties"]["id"]: (f["properties"]["name"], *f["properties"]["aliases"]) for f in (*routes, *areas)}
    return of_rows | lines


@pytest.fixture(scope="session")
def actors() -> Mapping[str, Any]:
    return tomllib.loads((SEEDS / "actors.toml").read_text(encoding="utf-8"))
