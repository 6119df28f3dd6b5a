"""Read ``seeds/control.csv``: who holds a place from when to when, one interval a row, each with its source."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from geo.model import Article, HeldPlace, HoldReport
from geo.temporal.rows import DatedRow, Problems, file_article, read_rows, read_text

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

CONTROL, FOLDER = "control.csv", "control"
NEEDED = ("place", "holder")
OPTIONAL = ("name", "lon", "lat", "precision_m", "note")
COLUMNS = (*NEEDED, "from", "to", "as_of", "certainty", "source", "note", "name", "lon", "lat", "precision_m")
PRECISION_M = 1000.0
"""Of a point that only the table has and that tells none: a village."""
OWN = "control:"
"""Before the id of a point that only the table has."""


@dataclass(frozen=True, slots=True)
class ControlTable:
    """What the table of control points says.

    Attributes
    ----------
    reports
        In the order of the file.
    points
        By place id.
    files
        The files as articles.
    """

    reports: tuple[HoldReport, ...] = ()
    points: tuple[HeldPlace, ...] = ()
    files: tuple[Article, ...] = ()


def read_control_tables(seeds: Path, gazetteer: "Gazetteer", *, sides: Collection[str] = ()) -> ControlTable:
    """Read all tables of control points of an atlas: ``control.csv``, and what was imported into ``control/``.

    Parameters
    ----------
    seeds
        Its folder ``seeds/``.
    gazetteer, sides
        As in `read_control`.

    Raises
    ------
    SeedError
        Where a row is not right.
    """
    paths = [seeds / CONTROL, *sorted((seeds / FOLDER).glob("*.csv"))]
    tables = [read_control(path, gazetteer, sides=sides) for path in paths]
    points: dict[str, HeldPlace] = {}
    for table in tables:
        points = {**{point.place_id: point for point in table.points}, **points}
    return ControlTable(
        tuple(report for table in tables for report in table.reports),
        tuple(points.values()),
        tuple(file for table in tables for file in table.files),
    )


def read_control(path: Path, gazetteer: "Gazetteer", *, sides: Collection[str] = ()) -> ControlTable:
    """Read the table of control points of an atlas.

    Parameters
    ----------
    path
        ``seeds/control.csv``; an empty table where there is no such file.
    gazetteer
        Gives the places. A row may name a place that it does not have, with ``lon`` and ``lat`` of its own.
    sides
        Ids of the sides that may hold a place; any if empty.

    Returns
    -------
    ControlTable

    Raises
    ------
    SeedError
        That tells every wrong row with its line.
    """
    if not path.is_file():
        return ControlTable()
    text, problems = read_text(path), Problems(path)
    rows = list(read_rows(text, problems, needed=NEEDED, optional=OPTIONAL))
    points: dict[str, HeldPlace] = {}
    reports = []
    for row in rows:
        point = _point(row, gazetteer, problems)
        _check_holder(row, sides, problems)
        if point is None:
            continue
        if points.setdefault(point.place_id, point) != point:
            problems.add(row.line, f"{row.cells['place']} lies elsewhere in an earlier row", "Give it one point")
        reports.append(_report(row, point))
    _check_overlaps(rows, reports, problems)
    problems.raise_any()
    return ControlTable(tuple(reports), tuple(points.values()), (file_article(path, text),))


def _report(row: DatedRow, point: HeldPlace) -> HoldReport:
    return HoldReport(
        place_id=point.place_id,
        holder=row.cells["holder"],
        first=row.first,
        latest=row.first,
        last=row.last,
        seen=row.seen,
        confidence=row.confidence,
        certainty=row.certainty,
        basis=row.basis,
        note=row.cells.get("note", ""),
    )


def _point(row: DatedRow, gazetteer: "Gazetteer", problems: Problems) -> HeldPlace | None:
    name = row.cells["place"]
    lon, lat = row.cells.get("lon", ""), row.cells.get("lat", "")
    place = gazetteer.get(name if ":" in name else f"atlas:{name}") if name else None
    if place is not None:
        return HeldPlace(place.id, place.name, place.kind, place.lon, place.lat, place.precision_m)
    if not name:
        problems.add(row.line, "place is empty", "Write the id of a place of the gazetteer")
        return None
    if not lon and not lat:
        problems.add(row.line, f"place {name!r} is not in the gazetteer", _what_to_do(name, gazetteer))
        return None
    try:
        x, y, precision = float(lon), float(lat), float(row.cells.get("precision_m") or PRECISION_M)
    except ValueError:
        x = y = precision = math.nan
    if not (-180 <= x <= 180 and -90 <= y <= 90 and precision >= 0):
        do = "Write decimal degrees, longitude in lon, and metres in precision_m"
        problems.add(row.line, f"lon {lon}, lat {lat} with precision_m is no point on the Earth", do)
        return None
    return HeldPlace(f"{OWN}{name}", row.cells.get("name") or name, "village", x, y, precision)


def _what_to_do(name: str, gazetteer: "Gazetteer") -> str:
    known = [place.id.removeprefix("atlas:") for place in gazetteer.atlas_places()]
    near = get_close_matches(name, known, n=1)
    meant = f"Perhaps {near[0]!r} is meant; else add" if near else "Add"
    return f"{meant} it to seeds/gazetteer/places.csv, or give the row lon and lat"


def _check_holder(row: DatedRow, sides: Collection[str], problems: Problems) -> None:
    holder = row.cells["holder"]
    if not holder:
        problems.add(row.line, "holder is empty", "Write the id of a side of seeds/actors.toml")
    elif sides and holder not in sides:
        do = f"Use one of {', '.join(sorted(sides))}, or add the side to seeds/actors.toml"
        problems.add(row.line, f"holder {holder!r} is no side of this atlas", do)


def _check_overlaps(rows: Sequence[DatedRow], reports: Sequence[HoldReport], problems: Problems) -> None:
    """Refuse two rows of one holder for the same days: the second would but repeat the first."""
    if len(rows) != len(reports):
        return
    seen: dict[tuple[str, str], list[tuple[DatedRow, HoldReport]]] = {}
    for row, report in zip(rows, reports, strict=True):
        for other, before in seen.setdefault((report.place_id, report.holder), []):
            ends = (
                before.last is None or report.first <= before.last,
                report.last is None or before.first <= report.last,
            )
            if all(ends) and report.basis.quote == before.basis.quote:
                what = f"{row.cells['place']} is held by {report.holder} in these days in line {other.line} already"
                problems.add(row.line, what, "Leave one of the two, or name another source")
        seen[report.place_id, report.holder].append((row, report))
