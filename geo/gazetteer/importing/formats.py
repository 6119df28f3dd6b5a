"""Which format a file has: told by its ending and its first bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer.importing.columns import event_format, read_header
from geo.gazetteer.importing.inputs import Input, find_input, open_input

FORMATS = {
    "geonames": "GeoNames dump: SY.txt, allCountries.zip",
    "ucdp": "UCDP GED events as CSV",
    "acled": "ACLED events as CSV",
    "airwars": "incidents as CSV with a word for how exact the point is, as of Airwars",
    "csv": "any CSV with a name and coordinates",
    "geojson": "GeoJSON, or a feature a line",
    "geopackage": "GeoPackage",
    "kml": "KML or KMZ",
    "wikidata": "Wikidata: results of a query, or entities, as JSON",
}
"""The formats that can be imported, and what they are."""

_HEAD = 1 << 16
_READMES = ("readme", "iso-languagecodes", "._", "__macosx")
_ALTERNATE = re.compile(r"alternate_?names(v2)?", re.IGNORECASE)
_DUMP = re.compile(rb"\d+(\t[^\t\r\n]*){18}\r?(\n|$)")
_ALTERNATE_ROW = re.compile(rb"\d+\t\d+(\t[^\t\r\n]*){6,8}\r?(\n|$)")
_FEATURE = re.compile(rb'"type"\s*:\s*"Feature(Collection)?"')
_WIKIDATA = re.compile(rb'"bindings"|"claims"|"entities"|wikidata\.org/entity/Q\d')
_KML = re.compile(rb"<kml[\s>]")


@dataclass(frozen=True, slots=True)
class Given:
    """The files of one import.

    Attributes
    ----------
    format
        One of `FORMATS`.
    inputs
        The files with places.
    alternates
        For GeoNames: the files of alternate names.
    """

    format: str
    inputs: tuple[Input, ...]
    alternates: tuple[Input, ...] = ()


def find_given(paths: Sequence[Path], *, format: str = "", encoding: str = "") -> Given:
    """Tell what files are.

    Parameters
    ----------
    paths
        Files of one format. Beside those of GeoNames ``alternateNamesV2`` (.txt or .zip) is looked for, and the
        country's own in a folder ``alternatenames``.
    format
        One of `FORMATS`, where it is not to be told from the files.
    encoding
        Of CSV files; empty for UTF-8.

    Raises
    ------
    GazetteerError
        If a file is of no known format, or they are of several.
    """
    inputs = [_find(path) for path in paths]
    alternate = [source for source in inputs if is_alternate(source)] if format in ("", "geonames") else []
    places = [source for source in inputs if source not in alternate]
    if not places:
        what = "these are alternate names without their features"
        raise GazetteerError(what, do="Name the file of features too, for example SY.txt", path=inputs[0].path)
    found = [(format or tell_format(source, encoding=encoding), source) for source in places]
    names = sorted({name for name, _ in found})
    if len(names) > 1:
        what = f"the files are of several formats: {', '.join(names)}"
        raise GazetteerError(what, do="Import them one after the other")
    if names == ["geonames"] and not alternate:
        alternate = _beside(places)
    return Given(names[0], tuple(places), tuple(alternate))


def _find(path: Path) -> Input:
    if path.suffix.lower() == ".kmz":
        return find_input(path, choose=lambda name: name.lower().endswith(".kml"))
    return find_input(path, choose=lambda name: not Path(name).name.lower().startswith(_READMES) and "/._" not in name)


def tell_format(source: Input, *, encoding: str = "") -> str:
    """Tell the format of a file.

    Raises
    ------
    GazetteerError
        If it is none that is known; the message names those that are.
    """
    head = _head(source)
    suffix = Path(source.name).suffix.lower()
    if head.startswith(b"SQLite format 3\0"):
        return "geopackage"
    if _KML.search(head):
        return "kml"
    if suffix in (".json", ".geojson", ".geojsonl", ".geojsons", ".jsonl", ".ndjson") or head.lstrip()[:1] in (
        b"{",
        b"[",
    ):
        if _WIKIDATA.search(head):
            return "wikidata"
        if _FEATURE.search(head):
            return "geojson"
    elif _DUMP.match(head):
        return "geonames"
    elif suffix in (".csv", ".tsv", ".txt", ".tab"):
        header = read_header(head, encoding=encoding)
        if header:
            return event_format(header) or "csv"
    known = "; ".join(f"{name} ({text})" for name, text in FORMATS.items())
    raise GazetteerError(
        "the format cannot be told from the file", do=f"Name it with --format. Known are {known}", path=source.path
    )


def is_alternate(source: Input) -> bool:
    """Whether a file holds alternate names of GeoNames."""
    head = _head(source)
    if _DUMP.match(head) or not _ALTERNATE_ROW.match(head):
        return False
    return True if _ALTERNATE.search(source.name) else head.partition(b"\n")[0].count(b"\t") == 9


def _beside(places: Sequence[Input]) -> list[Input]:
    found: dict[Path, Input] = {}
    for source in places:
        folder, stem = source.path.parent, source.path.stem
        for base in (folder / "alternatenames" / stem, folder / "alternateNamesV2"):
            path = next((p for ending in (".txt", ".zip") if (p := base.with_name(base.name + ending)).is_file()), None)
            if path:
                found[path] = _find(path)
                break
    return list(found.values())


def _head(source: Input) -> bytes:
    with open_input(source) as (file, _):
        return file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
