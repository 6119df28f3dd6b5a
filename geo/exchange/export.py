"""Events as a CSV file in ACLED's 31 columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from geo.exchange.acled import acled_row, columns
from geo.exchange.acled_write import Writer, sort_key
from geo.exchange.filters import Filter, unwanted
from geo.exchange.line import Line
from geo.model import UNREAL


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes
    ----------
    content
        The file: UTF-8, lines ended by CR LF (RFC 4180), a header first.
    events
        How many rows there are.
    unreal
        How many events are left out because nobody says that they happened, by modality.
    left_out
        How many others are not wanted, by reason.
    undated, unplaced
        How many rows have no day, and no place.
    """

    content: bytes
    events: int
    unreal: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    unplaced: int = 0


def export_acled(
    lines: Iterable[Line], writer: Writer, *, wanted: Filter | None = None, all_modalities: bool = False
) -> Exported:
    """Write events in ACLED's columns.

    Parameters
    ----------
    lines
        The events.
    writer
        What is needed of the atlas.
    wanted
        Which events.
    all_modalities
        Whether to write also what is only planned, proposed, threatened or denied. ACLED codes what happened, and
        whoever counts rows counts events; so these are left out unless asked for, and then told by ``modality=`` in the
        tags.

    Returns
    -------
    Exported
    """
    wanted = wanted or Filter()
    unreal: Counter[str] = Counter()
    others: Counter[str] = Counter()
    kept: list[Line] = []
    for line in lines:
        modality = line.get("modality", "happened")
        why = unwanted(line, wanted)
        if why:
            others[why] += 1
        elif modality in UNREAL and not all_modalities:
            unreal[modality] += 1
        else:
            kept.append(line)
    kept.sort(key=sort_key)
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(columns())
    rows.writerows(acled_row(line, writer).values() for line in kept)
    return Exported(
        content=text.getvalue().encode("utf-8"),
        events=len(kept),
        unreal=dict(sorted(unreal.items())),
        left_out=dict(sorted(others.items())),
        undated=_count(kept, lambda line: "start" not in line and "end" not in line),
        unplaced=_count(kept, lambda line: "lon" not in line),
    )


def _count(lines: Iterable[Line], holds: Callable[[Line], bool]) -> int:
    return sum(map(holds, lines))
