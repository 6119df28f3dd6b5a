"""What the code needs by default, as files that a non-programmer can read."""

import csv
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def resource(name: str) -> Traversable:
    """Give the packaged file of that name."""
    return files(__name__).joinpath(name)


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Read a packaged TOML file; the result is shared, so do not change it."""
    return tomllib.loads(resource(name).read_text(encoding="utf-8"))


@cache
def read_csv(name: str) -> tuple[dict[str, str], ...]:
    """Read a packaged CSV file with a header line; lines that begin with # are left out."""
    lines = (line for line in resource(name).read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return tuple(csv.DictReader(lines))
