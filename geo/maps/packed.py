"""Very many events for a page: columns of bits instead of records, a few bytes an event, read into typed arrays.

What repeats (type, side, source, place, ...) is written once, and each event holds a number for it, in as few bits as
the number of different values asks for. The events stand in the order of their first day, so that the days themselves
need but a count for each. What an event's report says word for word stands beside them (`geo.maps.quotes`).
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.maps.payload import plain_value
from geo.maps.shown import shown_days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKED_ABOVE = 20_000  # events; up to here a page holds the words of each
STEP = 2e-5  # degrees, about two metres: how exactly a packed event is placed at least
OPEN = -1  # as number of days: without end


@dataclass(frozen=True, slots=True)
class Packed:
    """Events as columns of bits.

    Attributes
    ----------
    header
        ``count``; ``first`` (ISO day); ``runs``, days since the day before and number of events that begin on it, in
        turn; ``box`` (west, south and the degrees of one step east and north); ``columns``: for each ``name``,
        ``bits`` an event and ``values``, which its numbers count from 0; None where the number is itself the value.
    text
        The columns one after the other, each filled up to whole bytes, first event first, highest bit first; base64.
    quotes tuple[str, ...]
        What the events' reports say, in the same order.
    """

    header: dict[str, Any]
    text: str
    quotes: tuple[str, ...]


def pack_events(layer: Any) -> Packed:
    """Pack a layer of events.

    Parameters
    ----------
    layer
        GeoDataFrame of points in WGS 84, longitude first, or a FeatureCollection.

    Returns
    -------
    Packed

    Raises
    ------
    ValueError
        Where a coordinate is not finite.
    """
    import numpy as np

    lon, lat, table = _table(layer)
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise ValueError("an event's coordinates are not finite: Out of range float values are not JSON compliant")
    first, days, undated = _days(table)
    order = np.argsort(first, kind="stable")
    west, south = float(lon.min()), float(lat.min())
    east, north = (_steps(lon - west), _steps(lat - south))
    columns: list[tuple[str, list[Any] | None, NDArray[np.int64]]] = [
        ("east", None, east[0]),
        ("north", None, north[0]),
    ]
    for name, values in (*_told(table), ("days", days), ("undated", undated)):
        columns.append((name, *_coded(values)))
    parts, heads = [], []
    for name, known, numbers in columns:
        bits = int(numbers.max()).bit_length()
        heads.append({"name": name, "bits": bits, "values": known})
        parts.append(_bits(numbers[order], bits))
    ordered = first[order]
    header = {
        "count": len(ordered),
        "first": date.fromordinal(int(ordered[0])).isoformat(),
        "runs": _runs(ordered),
        "box": [west, south, east[1], north[1]],
        "columns": heads,
    }
    quotes = tuple(str(table["quote"][i] or "") for i in order)
    return Packed(header, base64.b64encode(b"".join(parts)).decode("ascii"), quotes)


def _table(layer: Any) -> tuple[NDArray[np.float64], NDArray[np.float64], dict[str, Sequence[Any]]]:
    """Give longitudes, latitudes and the columns of properties, of the events that have a point."""
    import numpy as np

    names = (
        "type",
        "modality",
        "source",
        "place",
        "confidence",
        "precision_m",
        "actors",
        "start",
        "end",
        "known",
        "quote",
    )
    if isinstance(layer, Mapping):
        rows = [(f["geometry"], f.get("properties") or {}) for f in layer["features"] if f.get("geometry")]
        points = np.array([geometry["coordinates"][:2] for geometry, _ in rows], dtype=float)
        return points[:, 0], points[:, 1], {name: [row.get(name) for _, row in rows] for name in names}
    placed = layer[~(layer.geometry.isna() | layer.geometry.is_empty)]
    empty = [None] * len(placed)
    table = {name: placed[name].tolist() if name in placed else empty for name in names}
    return placed.geometry.x.to_numpy(), placed.geometry.y.to_numpy(), table


def _days(table: Mapping[str, Sequence[Any]]) -> tuple[NDArray[np.int64], list[int], list[int]]:
    """Give the first day of each as an ordinal, the number of days after it, and whether the report dates it not."""
    import numpy as np

    firsts, lengths, undated = [], [], []
    keys = ("start", "end", "known", "modality")
    for start, end, known, modality in zip(*(table[key] for key in keys), strict=True):
        given = (_iso(start), _iso(end), _iso(known), modality)
        shown = shown_days("events", dict(zip(keys, given, strict=True)))
        last = date.fromisoformat(shown.last).toordinal() if shown.last else None
        first = date.fromisoformat(shown.first).toordinal() if shown.first else last
        firsts.append(1 if first is None else first)
        lengths.append(OPEN if last is None or first is None else max(0, last - first))
        undated.append(int(shown.undated))
    return np.array(firsts, dtype=np.int64), lengths, undated


def _iso(day: Any) -> str | None:
    return str(day)[:10] if isinstance(day, str | date) and day else None


def _told(table: Mapping[str, Sequence[Any]]) -> Iterable[tuple[str, list[Any]]]:
    """Give the columns that a reader filters by and reads."""
    yield "type", [kind or "other" for kind in table["type"]]
    yield "side", [_side(actors) for actors in table["actors"]]
    yield "modality", [modality or "" for modality in table["modality"]]
    yield "source", [source or "" for source in table["source"]]
    yield "place", [place or "" for place in table["place"]]
    yield "confidence", [_number(value, 2) for value in table["confidence"]]
    yield "precision_m", [_number(value, None) for value in table["precision_m"]]


def _side(actors: Any) -> str:
    known = plain_value("actors", actors)
    acting = (a for a in known or () if isinstance(a, Mapping) and a.get("role") == "initiator" and a.get("side"))
    return str(next(acting, {}).get("side", "other"))


def _number(value: Any, decimals: int | None) -> float | None:
    """Round to decimals, or to two digits; None for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(float(value), decimals) if decimals is not None else float(f"{value:.2g}")


def _steps(offsets: NDArray[np.float64]) -> tuple[NDArray[np.int64], float]:
    """Count offsets in equal steps, as many as a whole number of bits can count; also give the step in degrees."""
    import numpy as np

    extent = float(offsets.max())
    bits = max(1, math.ceil(math.log2(extent / STEP + 1))) if extent else 0
    step = extent / (2**bits - 1) if bits else 0.0
    return (np.rint(offsets / step) if bits else np.zeros(len(offsets))).astype(np.int64), step


def _coded(values: Sequence[Any]) -> tuple[list[Any], NDArray[np.int64]]:
    """Give the different values, the most frequent first, and for each of the values its number among them."""
    import numpy as np

    counts: dict[Any, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    known = sorted(counts, key=lambda value: (-counts[value], str(value)))
    number = {value: index for index, value in enumerate(known)}
    return known, np.array([number[value] for value in values], dtype=np.int64)


def _bits(numbers: NDArray[np.int64], bits: int) -> bytes:
    import numpy as np

    if not bits:
        return b""
    wide = (numbers[:, None] >> np.arange(bits - 1, -1, -1)) & 1
    return np.packbits(wide.astype(np.uint8)).tobytes()


def _runs(ordered: NDArray[np.int64]) -> list[int]:
    import numpy as np

    days, counts = np.unique(ordered, return_counts=True)
    gaps = np.diff(days, prepend=days[:1])
    return [int(number) for pair in zip(gaps, counts, strict=True) for number in pair]


def packed_days(header: Mapping[str, Any]) -> list[str]:
    """Give the days on which packed events begin, as ISO days, in order."""
    day, days = date.fromisoformat(header["first"]).toordinal(), []
    for gap in header["runs"][::2]:
        day += gap
        days.append(date.fromordinal(day).isoformat())
    return days


def packed_values(header: Mapping[str, Any], name: str) -> list[Any]:
    """Give the different values of a column."""
    return next(list(column["values"]) for column in header["columns"] if column["name"] == name)
