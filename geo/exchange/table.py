"""Rows of any table as events: columns as a mapping names them, or as their names tell."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from geo.errors import InputError
from geo.events.crosswalk import from_acled
from geo.events.taxonomy import event_types
from geo.exchange.cells import Cells, count, day, fail, number, plain_code, point
from geo.exchange.line import Line, figures, tidy_line
from geo.exchange.mapping import MappingFile
from geo.exchange.places import radius_of
from geo.gazetteer.importing.columns import plain
from geo.ids import content_id
from geo.model import MODALITIES
from geo.temporal.edtf import edtf_of, parse_edtf

_FIGURES = ("killed", "injured", "displaced", "detained")
_WIDEST_M = 20_000_000.0
_KEPT = ("country", "admin1", "admin2")


def read_table_row(cells: Cells, name: str, mapping: MappingFile) -> Line:
    """Read a row.

    Parameters
    ----------
    cells
        Its cells.
    name
        Of the data set; with the row's id the article that the event rests on.
    mapping
        Words for types and precisions, and what stands between actors.

    Raises
    ------
    CellError
        Where a cell cannot be read.
    """
    type_, subtype = _type(cells, mapping)
    first, last, edtf = _time(cells)
    where, place = (
        point(cells),
        cells.get("place") or cells.get("admin2") or cells.get("admin1") or cells.get("country"),
    )
    key = plain_code(cells.get("id")) or content_id(dict(cells.texts), dict(cells.others))
    modality = cells.get("modality", "happened").lower()
    if modality not in MODALITIES:
        fail(cells, "modality", f"{modality!r} is no modality", f"Write one of {', '.join(MODALITIES)}")
    known = day(cells, "known")
    confidence = number(cells, "confidence", least=0, most=1)
    names = [
        {"role": role, "name": who, "side": ""}
        for role in ("initiator", "target")
        for who in _actors(cells, role, mapping)
    ]
    return tidy_line(
        {
            "id": content_id("csv", name, key),
            "article": f"{name}:{key}",
            "source": cells.get("source"),
            "known": known and known.isoformat(),
            "type": type_,
            "subtype": subtype,
            "start": first and first.isoformat(),
            "end": last and last.isoformat(),
            "edtf": edtf,
            "place": place,
            "lon": where and where[0],
            "lat": where and where[1],
            "precision_m": _radius(cells, place, mapping) if where else None,
            "rule": "the point of the table" if where else None,
            "actors": names,
            "modality": modality,
            "attribution": cells.get("attribution"),
            "figures": _figures(cells),
            "quote": cells.get("quote"),
            "confidence": 1.0 if confidence is None else confidence,
            "row": {**{field: text for field in _KEPT if (text := cells.get(field))}, **cells.others},
        }
    )


def _type(cells: Cells, mapping: MappingFile) -> tuple[str, str]:
    text = cells.get("type")
    if not text and "type" not in cells.columns:
        return "other", ""
    if not text:
        fail(cells, "type", "the cell is empty", "Write a type of event, or fix one under [fixed] in a mapping")
    own = mapping.types.get(plain(text))
    found = (own, "") if own else _known_type(text)
    if found is None:
        known = ", ".join(event_types())
        fail(cells, "type", f"{text!r} is no type of event", f"Map it under [types] in a mapping to one of {known}")
    return found


@cache
def _known_type(text: str) -> tuple[str, str] | None:
    """Give the type that a word is: ours by name or label, or one of ACLED."""
    named = {plain(word): name for name, entry in event_types().items() for word in (name, entry.label)}
    if plain(text) in named:
        return named[plain(text)], ""
    found = from_acled(text, text)
    return found if found != ("other", "") else None


def _time(cells: Cells) -> tuple[date | None, date | None, str | None]:
    if text := cells.get("edtf"):
        try:
            when = parse_edtf(text)
        except InputError as error:
            fail(cells, "edtf", error.what, "Write EDTF, for example 2016-09-04, 2016-09 or 2016-09-03/2016-09-05")
        return when.first, when.last, when.edtf
    told = day(cells, "date")
    first, last = day(cells, "start") or told, day(cells, "end") or told
    if first is None or last is None:
        if first is None and last is None:
            return None, None, None
        first = last = first or last
    if first is None or last is None or last < first:
        fail(cells, "end", f"{last} is before {first}", "Mend one of the two days")
    return first, last, edtf_of(first, last)


def _radius(cells: Cells, place: str, mapping: MappingFile) -> float:
    told = number(cells, "precision_m", least=0, most=_WIDEST_M)
    if told is not None:
        return told
    word = plain(plain_code(cells.get("precision")))
    if word and mapping.precision:
        if word not in mapping.precision:
            fail(cells, "precision", f"{cells.get('precision')!r} is not mapped", "Give it metres under [precision]")
        return mapping.precision[word]
    return radius_of(place)


def _actors(cells: Cells, role: str, mapping: MappingFile) -> list[str]:
    text = cells.get(role)
    parts = text.split(mapping.actors) if mapping.actors else [text]
    return [name for part in parts if (name := part.strip())]


def _figures(cells: Cells) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in _FIGURES:
        low, high = (
            count(cells, f"{kind}_{end}") if f"{kind}_{end}" in cells.columns else None for end in ("min", "max")
        )
        stated = count(cells, kind)
        if stated is None:
            stated = low if low is not None else high
        if stated is not None and any((stated, low, high)):
            found |= figures(kind, stated, low, high)
    return found
