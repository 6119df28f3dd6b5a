"""Edits on their way into an atlas: what is new of them, what no longer fits, and the file that they are written to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.corrections.apply import Conflict, Corrected, correct_layers
from geo.corrections.records import FOLDER, Correction, dump_corrections
from geo.corrections.rows import same
from geo.layers.files import write_files

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.settings import Atlas


def checked(corrections: Sequence[Correction], known: Sequence[Correction]) -> tuple[tuple[Correction, ...], int]:
    """Give the corrections that an atlas does not hold yet, and how many it does."""
    fresh = tuple(one for one in corrections if not any(_alike(one, other) for other in known))
    return fresh, len(corrections) - len(fresh)


def _alike(one: Correction, other: Correction) -> bool:
    return (one.layer, one.action, one.feature) == (other.layer, other.action, other.feature) and (
        one.now.keys() == other.now.keys() and all(same(value, other.now[name]) for name, value in one.now.items())
    )


def save(
    corrections: Sequence[Correction],
    atlas: Atlas,
    stem: str,
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    dry_run: bool = False,
) -> tuple[Path, tuple[Conflict, ...]]:
    """Write corrections to a file of their own under ``seeds/corrections``.

    Parameters
    ----------
    corrections
        New ones; nothing is written where there is none.
    atlas
        Where to.
    stem
        Of the edited file: the file is named after the day and it.
    layers
        As built now, to tell which corrections no longer fit.
    dry_run
        Write nothing.

    Returns
    -------
    tuple
        The file, and the corrections that do not fit the layers; these are written too.
    """
    day = corrections[0].when.isoformat() if corrections else "edits"
    base = f"{day}-{re.sub(r'[^A-Za-z0-9_-]+', '-', stem).strip('-') or 'edits'}"
    folder = atlas.seeds / FOLDER
    path, number = folder / f"{base}.toml", 1
    while path.exists():
        number += 1
        path = folder / f"{base}-{number}.toml"
    placed = [replace(one, path=path) for one in corrections]
    _, outcome = correct_layers(layers, Corrected((), rest=tuple(placed)))
    if corrections and not dry_run:
        write_files(folder, {path.name: dump_corrections(placed).encode("utf-8")})
    return path, outcome.conflicts
