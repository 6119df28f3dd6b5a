"""The development corpora: real articles coded by hand. Their texts belong to their publishers, so they are not in here.

They are looked for in the folder that SITMAP_CORPORA names, else in ``shared`` beside the repository.
"""

import importlib
import json
import os
import sys
from pathlib import Path

import pytest
from accuracy.swap import ROOT


@pytest.fixture(scope="session")
def corpora():
    folder = Path(os.environ.get("SITMAP_CORPORA", ROOT.parent / "shared"))
    if not (folder / "truth" / "seeds_events.jsonl").is_file():
        pytest.skip(f"the development corpora are not at {folder}; set SITMAP_CORPORA")
    return folder


@pytest.fixture(scope="session")
def scorers(corpora):
    """The scorers that come with the corpora, by name."""
    sys.path.insert(0, str(corpora / "eval"))
    try:
        return {name: importlib.import_module(name) for name in ("score_events", "score_places", "score_types")}
    finally:
        sys.path.remove(str(corpora / "eval"))


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="session")
def seeds(corpora):
    """The two seed articles: documents, events and mentions."""
    truth = corpora / "truth"
    return {name: rows(truth / f"seeds_{name}.jsonl") for name in ("docs", "events", "places")}
