"""How exactly a data set places an event: its codes as a radius in metres."""

from __future__ import annotations

from functools import lru_cache

from geo.data import read_toml
from geo.exchange.cells import Cells, fail, plain_code
from geo.exchange.line import kind_of
from geo.gazetteer.kinds import place_kinds

_MANY = 1 << 16
_VILLAGE = "village"
_UNKNOWN = ("as the data set has it, which does not say how exactly", 0.0, "")


def told_precision(cells: Cells, format: str) -> tuple[str, float, str]:
    """Give what the code of a row says: in words, the least radius in metres, and the kind of place (or empty).

    Raises
    ------
    CellError
        Where there is no such code.
    """
    code = plain_code(cells.get("code"))
    if not code:
        return _UNKNOWN
    codes = read_toml("exchange.toml")[format]["precision"]
    if code not in codes:
        fail(cells, "code", f"{code!r} is no code of precision", f"Write one of {', '.join(codes)}")
    entry = codes[code]
    return entry["what"], float(entry["least_m"]), entry.get("kind", "")


@lru_cache(_MANY)
def radius_of(name: str, least_m: float = 0.0, kind: str = "") -> float:
    """Give the radius in metres within which an event at a place was.

    Parameters
    ----------
    name
        Of the place; its last word may tell the kind ("… village"), else it counts as a village.
    least_m
        What the code leaves open.
    kind
        What the code tells of the kind: a code for divisions, areas or the country goes before the name.
    """
    told = kind or kind_of(name)
    known = place_kinds().get(told) if told != "area" else None
    return max(least_m, (known or place_kinds()[_VILLAGE]).precision_m)
