"""Where the seed files of this repository's atlas lie, and how to read them plainly."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


def features(name: str) -> list[dict[str, Any]]:
    """Read the features of a GeoJSON file of the gazetteer."""
    table: dict[str, Any] = json.loads((SEEDS / "gazetteer" / name).read_text(encoding="utf-8"))
    assert table["type"] == "FeatureCollection"
    return list(table["features"])
