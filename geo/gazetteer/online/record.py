"""Answers that somebody accepted, as rows of an atlas: ``seeds/gazetteer/online.csv``.

A file of its own with the columns of ``places.csv``: what a service knows stays apart from what people found out, under
the licence that its rows name, and can be taken out again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.gazetteer.entries import distinct
from geo.gazetteer.files import replace_text
from geo.gazetteer.names import fold
from geo.gazetteer.online.answers import Answer
from geo.gazetteer.problems import raise_errors
from geo.gazetteer.sources import COLUMNS, ONLINE, read_sources
from geo.gazetteer.subdivisions import read_subdivisions
from geo.settings import Atlas

_DECIMALS = 6
_MOST_ALIASES = 12


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer that somebody accepted.

    Attributes
    ----------
    query
        The name that was asked for.
    answer
        What it is.
    asked
        When.
    """

    query: str
    answer: Answer
    asked: date


def add_answers(atlas: Atlas, accepted: Sequence[Accepted]) -> tuple[Path, tuple[str, ...]]:
    """Append accepted answers to ``seeds/gazetteer/online.csv``, whole or not at all.

    Parameters
    ----------
    atlas
        The atlas.
    accepted
        In the order in which they are written. Two names for one place give one row.

    Returns
    -------
    tuple
        The file, and the ids of the new entries without ``atlas:``.

    Raises
    ------
    GazetteerError
        Where the gazetteer of the atlas is not right as it is; nothing was written.
    """
    sources = read_sources(atlas)
    raise_errors(sources.problems)
    path = atlas.seeds / "gazetteer" / ONLINE
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    header = _header(text)
    taken = {id_.partition(":")[2] for id_ in sources.lines}
    rows, ids = [], []
    for group in _by_place(accepted):
        row = _row(group, taken)
        taken.add(row["id"])
        ids.append(row["id"])
        rows.append([row[column] for column in header])
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    if not text:
        writer.writerow(header)
    writer.writerows(rows)
    gap = "" if not text or text.endswith("\n") else "\n"
    if rows:
        replace_text(path, text + gap + written.getvalue())
    return path, tuple(ids)


def _header(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [cell.strip() for cell in next(csv.reader(lines), COLUMNS)]


def _by_place(accepted: Iterable[Accepted]) -> list[list[Accepted]]:
    groups: dict[str, list[Accepted]] = {}
    for one in accepted:
        groups.setdefault(one.answer.place.id, []).append(one)
    return list(groups.values())


def _row(group: Sequence[Accepted], taken: Collection[str]) -> dict[str, str]:
    first, place = group[0], group[0].answer.place
    aliases = distinct(" ".join(name.split()) for name in (*(one.query for one in group), *place.aliases))
    queries = ", ".join(repr(one.query) for one in group)
    known = {code for subdivisions in read_subdivisions().values() for code in subdivisions}
    return {
        "id": _id(place.name, taken),
        "name": place.name,
        "kind": place.kind,
        "lon": repr(round(place.lon, _DECIMALS)),
        "lat": repr(round(place.lat, _DECIMALS)),
        "precision_m": f"{place.precision_m:.0f}",
        "aliases": "|".join([a.replace("|", "/") for a in aliases if a != place.name][:_MOST_ALIASES]),
        "name_ar": place.name_ar,
        "country": place.country,
        "admin1": place.admin1 if place.admin1 in known else "",
        "source": f"{place.source}; asked for {queries} on {first.asked}",
    }


def _id(name: str, taken: Collection[str]) -> str:
    """Make an id of a name that no entry has yet."""
    from anyascii import anyascii

    plain = re.sub(r"[^a-z0-9]+", "_", fold(anyascii(name))).strip("_") or "place"
    number = 1
    while (id_ := plain if number == 1 else f"{plain}_{number}") in taken:
        number += 1
    return id_
