"""Import control points from maps of others: marker tables as Wikipedia's modules have them, CSV, GeoJSON.

Such a map shows one day. Each marker becomes a row of ``seeds/control/NAME.csv`` that vouches for that day alone.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.control.readers import COLUMNS
from geo.crs import distance_m
from geo.errors import InputError

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.model import Place

SAME_M = 2000.0
"""A marker of the same name within this distance of a place of the gazetteer is that place."""
_NAMES = {
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "long", "lng", "longitude", "x"),
    "status": ("status", "holder", "side", "control", "controller", "mark", "held_by"),
    "label": ("label", "name", "place", "title"),
}
_MARKER = re.compile(r"\{([^{}]*)\}")
_LUA_FIELD = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\[\[(.*?)\]\]|(-?[0-9.]+))""")
_LUA_REMARK = re.compile(r"^\s*--.*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:[- ][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")


@dataclass(frozen=True, slots=True)
class Marker:
    """A point of a map of control: where, what its label says, and the word or mark that tells the holder."""

    line: int
    lon: float
    lat: float
    status: str
    label: str


@dataclass(slots=True)
class Imported:
    """What came of an import.

    Attributes
    ----------
    rows
        Of the table, in the order of `geo.control.readers.COLUMNS`.
    markers, matched
        How many markers were read, and how many are places of the gazetteer.
    problems
        Rows that are left out, and why.
    """

    rows: list[list[str]] = field(default_factory=list)
    markers: int = 0
    matched: int = 0
    problems: list[str] = field(default_factory=list)


def read_markers(path: Path, problems: list[str]) -> Iterator[Marker]:
    """Read the markers of a file.

    Parameters
    ----------
    path
        CSV with a header, GeoJSON points, or text with markers in braces as in ``{lat = "36.3", long = "37.0",
        mark = "red.svg", label = "[[Nubl]]"}``.
    problems
        Takes what is left out.

    Raises
    ------
    InputError
        Where the file cannot be read or has no columns to tell place and holder.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"this is not UTF-8: byte at {error.start}", do="Save it as UTF-8", path=path) from None
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", do="Check its name", path=path) from None
    if path.suffix.lower() in (".json", ".geojson"):
        records = _geojson(text, path)
    elif path.suffix.lower() in (".csv", ".tsv"):
        records = _table(text, path)
    else:
        records = _lua(text, path)
    for line, record in records:
        marker = _marker(line, record, path, problems)
        if marker is not None:
            yield marker


def _table(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = {str(name).strip().lower() for name in reader.fieldnames or ()}
    missing = [kind for kind, known in _NAMES.items() if kind != "label" and not names & set(known)]
    if missing:
        wanted = "; ".join(f"{kind} ({', '.join(_NAMES[kind])})" for kind in missing)
        raise InputError(f"no column tells {wanted}", do="Rename the columns of the table", path=path, line=1)
    for row in reader:
        yield reader.line_num, {str(key).strip().lower(): str(value or "") for key, value in row.items() if key}


def _geojson(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError) as error:
        what = f"this is no GeoJSON FeatureCollection: {error}"
        raise InputError(what, do="Save the layer as GeoJSON (RFC 7946)", path=path) from None
    for number, feature in enumerate(features, 1):
        geometry = feature.get("geometry") or {}
        found = {str(k).lower(): str(v) for k, v in (feature.get("properties") or {}).items() if v is not None}
        if geometry.get("type") != "Point":
            found["lon"] = found["lat"] = ""
        else:
            lon, lat = geometry["coordinates"][:2]
            found |= {"lon": str(lon), "lat": str(lat)}
        yield number, found


def _lua(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    found = False
    text = _LUA_REMARK.sub("", text)
    for match in _MARKER.finditer(text):
        fields = {key.lower(): next((v for v in values if v), "") for key, *values in _LUA_FIELD.findall(match[1])}
        if "lat" in fields and {"lon", "long"} & fields.keys():
            found = True
            yield text.count("\n", 0, match.start()) + 1, fields
    if not found:
        do = (
            'Give markers in braces, {lat = "36.3", long = "37.0", mark = "…", label = "…"}, or a .csv or .geojson file'
        )
        raise InputError("there is no marker in this file", do=do, path=path)


def _marker(line: int, record: Mapping[str, str], path: Path, problems: list[str]) -> Marker | None:
    value = {kind: next((record[n] for n in names if record.get(n)), "") for kind, names in _NAMES.items()}
    label = " ".join(_LINK.sub(r"\1", value["label"]).split())
    try:
        lon, lat = float(value["lon"]), float(value["lat"])
    except ValueError:
        lon = lat = float("nan")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        what = f"lon {value['lon']!r}, lat {value['lat']!r} is no point on the Earth"
        what = what if value["lon"] or value["lat"] else "there is no point to place it"
        problems.append(InputError(what, do="It is left out", path=path, line=line).message)
        return None
    if not value["status"]:
        problems.append(InputError("no holder is told", do="It is left out", path=path, line=line).message)
        return None
    return Marker(line, lon, lat, value["status"], label)


def import_markers(
    path: Path,
    *,
    day: date,
    holder_of: Callable[[str], str],
    gazetteer: Gazetteer,
    source: str,
    certainty: str = "medium",
) -> Imported:
    """Make rows of a table of control points of a map of others.

    Parameters
    ----------
    path
        The file, see `read_markers`.
    day
        The day that it shows.
    holder_of
        Gives the id of a side by a word of a status; empty where the word names none.
    gazetteer
        Of the atlas: a marker with the name of a place near it is that place.
    source
        Who made the map.
    certainty
        One of `geo.model.CERTAINTIES`.

    Returns
    -------
    Imported
        A marker whose status names two sides gives a row for each: the place is contested.

    Raises
    ------
    InputError
        Where the file cannot be read, or holds no marker whose holder is known.
    """
    found, seen = Imported(), set[str]()
    unknown: dict[str, int] = {}
    for marker in read_markers(path, found.problems):
        found.markers += 1
        holders = holders_in(marker.status, holder_of)
        if not holders:
            unknown[marker.status] = unknown.get(marker.status, 0) + 1
            continue
        place = _place(marker, gazetteer)
        found.matched += place is not None
        name = place.id.removeprefix("atlas:") if place else _own_id(marker, seen)
        where = ["", "", "", ""] if place else [marker.label, f"{marker.lon:.5f}", f"{marker.lat:.5f}", ""]
        note = f"marked {marker.status}" if len(holders) > 1 else ""
        for holder in holders:
            row = [name, holder, day.isoformat(), "", day.isoformat(), certainty, source, note, *where]
            if row not in found.rows:
                found.rows.append(row)
    for status, count in sorted(unknown.items()):
        what = f"{status!r} names no side ({count} marker{'' if count == 1 else 's'})"
        do = f"Say whose mark it is with --holder '{status}=SIDE'; they are left out"
        found.problems.append(InputError(what, do=do, path=path).message)
    if not found.rows:
        told = "\n".join(found.problems)
        raise InputError(f"no marker of this file names a holder:\n{told}" if told else "the file is empty", path=path)
    return found


def holders_in(status: str, holder_of: Callable[[str], str]) -> tuple[str, ...]:
    """Give the sides that a status names, each once.

    Of ``gov_air`` one, of ``stable_gov_SDF`` two; of a picture's name, such as ``Location dot lime.svg``, those that
    its single words name.
    """
    for words in ([status], _WORD.findall(status.replace("_", " _ ")), _PART.findall(status)):
        found = [side for word in words if (side := holder_of(word))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _place(marker: Marker, gazetteer: Gazetteer) -> Place | None:
    from geo.gazetteer.names import bare, fold

    if not marker.label:
        return None
    near = [p for p in gazetteer.nearby(marker.lon, marker.lat, SAME_M) if p.id.startswith("atlas:")]
    names = {p.id: {bare(fold(name)) for name in (p.name, *p.aliases)} for p in near}
    same = [p for p in near if bare(fold(marker.label)) in names[p.id]]
    return min(same, key=lambda p: distance_m(marker.lon, marker.lat, p.lon, p.lat), default=None)


def _own_id(marker: Marker, seen: set[str]) -> str:
    """Make an id of a label, with a number behind it where it was made before."""
    from anyascii import anyascii

    base = re.sub(r"[^a-z0-9]+", "_", anyascii(marker.label).lower()).strip("_") or "marker"
    name, number = base, 2
    while name in seen:
        name, number = f"{base}_{number}", number + 1
    seen.add(name)
    return name


def table_text(rows: Sequence[Sequence[str]], *, remark: str) -> str:
    """Write rows as a table of control points, under a remark."""
    out = io.StringIO()
    out.write("".join(f"# {line}\n" for line in remark.splitlines()))
    writer: Any = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()
