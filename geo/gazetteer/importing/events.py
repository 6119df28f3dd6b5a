"""Places learned from the rows of event data sets: UCDP GED, ACLED, and tables with a word for how exact a point is.

A row of such a table tells an event; what is learned is that its place has that name and lies there. Rows of one name
and point are one place, and the best precision code among them counts; ``import_columns.toml`` tells what codes mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rapidfuzz.fuzz import ratio

from geo.crs import distance_m
from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.importing.columns import check_columns, events_of, find_columns, plain
from geo.gazetteer.importing.fields import Maker, kind_of_name, make_entry, read_country, read_point
from geo.gazetteer.importing.inputs import Input
from geo.gazetteer.importing.known import adopt, located
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.table import fields_of, read_rows
from geo.gazetteer.importing.tell import Tell
from geo.gazetteer.kinds import compatible, place_kinds
from geo.gazetteer.names import fold, skeleton, sounded
from geo.model import Place

_DESCRIBED = re.compile(
    r"\b(between|near|along|outside|around|outskirts|countryside|vicinity|from|border(?! (crossing|gate|post)))\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"/| - |\b(road|highway|axis|triangle|operation|and|in|of)\b|^(north|south|east|west|central)", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_BESIDE_M, _SPOT_M, _APART_M = 10_000.0, 700.0, 5_000.0
_ALIKE = 70
_UNTOLD = "area"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rows of one name and point tell.

    Attributes
    ----------
    line
        Of the first row.
    fields
        Of the row with the best precision code.
    rank
        How good that code is, 0 the best.
    rows
        How many rows there are.
    """

    line: int
    fields: Mapping[str, str]
    rank: int
    rows: int


def read_events(
    source: Input, sink: Sink, maker: Maker, *, format: str, known: Gazetteer, tell: Tell
) -> list[tuple[int, Entry]]:
    """Learn the places of an event data set.

    Parameters
    ----------
    source
        A CSV file.
    sink, maker
        As for other tables.
    format
        ``"ucdp"``, ``"acled"`` or ``"airwars"``.
    known
        The gazetteer so far. A place that it has keeps its id, point and kind, and gets the name of the data set.
    tell
        Told how far it is.

    Returns
    -------
    list
        Entries with the line of their first row, in the order of the lines.

    Notes
    -----
    Two entries are the same place where a name agrees, the kinds may be one place's, the countries do not differ and
    the points lie within the radius and 10 km; or where they lie within 700 m and the names sound alike (rapidfuzz
    ratio of `geo.gazetteer.names.sounded` 70 and more, or the same consonants). Places of one name and kind that lie
    within 5 km of each other are one: incidents are told to the metre, each at its own.
    """
    events = events_of(format)
    if events is None:
        raise ValueError(f"{format!r} is no data set of events")
    seen = _see(source, sink, maker, format=format, codes=events["precision"], tell=tell)
    made = []
    for one in seen:
        code = list(events["precision"].values())[one.rank] if one.rank < len(events["precision"]) else {}
        entry = _learn(one, code, sink, maker, usual=events["kind"])
        if entry:
            made.append((one.line, entry))
    return _merged(_told_apart(made), known)


def _see(
    source: Input, sink: Sink, maker: Maker, *, format: str, codes: Mapping[str, Any], tell: Tell
) -> Iterable[Seen]:
    order = {plain(code): rank for rank, code in enumerate(codes)}
    rows = read_rows(source, sink, encoding=maker.options.encoding, tell=tell)
    _, header = next(rows, (0, ()))
    columns = find_columns(header, format=format, told=maker.options.columns)
    check_columns(columns, header)
    seen: dict[tuple[str, tuple[float, float] | None], Seen] = {}
    for line, row in rows:
        sink.counts.rows += 1
        fields = fields_of(dict(zip(header, row, strict=True)), columns)
        fields["name"] = " ".join(fields.get("name", "").split())
        key = (fields["name"], read_point(fields))
        rank = order.get(plain(fields.get("precision", "").removesuffix(".0")), len(order))
        one = seen.get(key)
        if one is None:
            seen[key] = Seen(line, fields, rank, 1)
        else:
            better = rank < one.rank
            seen[key] = Seen(one.line, fields if better else one.fields, min(rank, one.rank), one.rows + 1)
    return seen.values()


def _learn(one: Seen, code: Mapping[str, Any], sink: Sink, maker: Maker, *, usual: str) -> Entry | None:
    name = one.fields["name"]
    if code.get("skip") or (read_country(name) and name.lower() == one.fields.get("country", name).lower()):
        sink.skip("known by the country alone")
        return None
    if _DESCRIBED.search(name) or (code.get("kind") == "region" and _VAGUE.search(name)):
        sink.skip("descriptions of ground, not names")
        return None
    shown, others, kind = names_in(name, code.get("kind", ""))
    fields = {**one.fields, "name": shown, "kind": kind or maker.options.kind or usual, "id": ""}
    if code.get("least_m"):
        fields["precision_m"] = str(max(float(code["least_m"]), _usual(fields["kind"], code)))
    return make_entry(fields, one.line, sink, maker, more_names=others)


def _usual(kind: str, code: Mapping[str, Any]) -> float:
    exact = float(code["least_m"]) < _SPOT_M
    return 0.0 if exact else place_kinds()[kind].precision_m


def names_in(text: str, kind: str = "") -> tuple[str, tuple[str, ...], str]:
    """Take a name as event data sets write it apart: ``"Tadmur/Palmyra town"``.

    Parameters
    ----------
    text
        The name.
    kind
        The kind that the precision code tells, or empty.

    Returns
    -------
    tuple
        The name to show (``Tadmur``), other names (``Palmyra``, ``Tadmur/Palmyra town``), and the kind (``town``; empty
        where no word tells one). The word for a settlement is no part of its name, that for a camp, a base or a
        province is.
    """
    asides = tuple(aside.strip() for aside in _ASIDE.findall(text))
    words = _ASIDE.sub(" ", text).split()
    found = kind_of_name(" ".join(words))
    if not kind and " - " in text and (not found or place_kinds()[found].group != "line"):
        city, _, part = " ".join(words).rpartition(" - ")  # ACLED writes "Aleppo - Ramouseh" for parts of a city
        shown, others, of_part = names_in(part)
        return shown, distinct((*others, f"{city} {part}", " ".join(text.split()))), of_part or "neighbourhood"
    kind = kind or found
    proper = words[:-1] if found in _stripped() else words
    parts = [part.strip() for part in " ".join(proper).split("/") if part.strip()]
    whole = " ".join(text.split())
    if not parts:
        return whole, (), kind
    return parts[0], distinct(name for name in (*parts[1:], *asides, whole) if name != parts[0]), kind


@cache
def _stripped() -> frozenset[str]:
    kinds = place_kinds().values()
    return frozenset(kind.name for kind in kinds if kind.group == "settlement" and not kind.sensitive)


def _told_apart(made: Sequence[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
    """Join places of one name and kind that lie near each other; the first stands, its radius reaching the others."""
    groups: dict[tuple[str, str], list[tuple[int, Entry]]] = {}
    for line, entry in made:
        near = groups.setdefault((fold(entry.place.name), place_kinds()[entry.place.kind].group), [])
        for i, (first, other) in enumerate(near):
            away = distance_m(entry.place.lon, entry.place.lat, other.place.lon, other.place.lat)
            if away <= _APART_M:
                radius = max(min(other.place.precision_m, entry.place.precision_m), round(away))
                names = distinct((*other.names, *entry.names))
                near[i] = (first, replace(other, names=names, place=replace(other.place, precision_m=radius)))
                break
        else:
            near.append((line, entry))
    return sorted((one for group in groups.values() for one in group), key=lambda one: one[0])


def _merged(made: Sequence[tuple[int, Entry]], known: Gazetteer) -> list[tuple[int, Entry]]:
    found = known.lookup(name for _, entry in made for name in entry.names)
    merged: dict[str, tuple[int, Entry]] = {}
    for line, entry in made:
        same = _same(entry, (p for name in entry.names for p in found[name])) or _alike(entry, known)
        placed = adopt(entry, same) if same else located(entry, known)
        first, other = merged.get(placed.place.id, (line, placed))
        merged[placed.place.id] = (first, adopt(placed, other.place) if other is not placed else placed)
        if other is not placed:
            names = distinct((*other.names, *placed.names))
            merged[placed.place.id] = (first, replace(other, names=names))
    return sorted(merged.values(), key=lambda one: one[0])


def _same(entry: Entry, places: Iterator[Place]) -> Place | None:
    found = {}
    for place in places:
        away = distance_m(entry.place.lon, entry.place.lat, place.lon, place.lat)
        agree = not (entry.place.country and place.country) or entry.place.country == place.country
        if agree and _may_be(entry.place.kind, place.kind) and away <= place.precision_m + _BESIDE_M:
            found[away, place.id] = place
    return found[min(found)] if found else None


def _may_be(kind: str, other: str) -> bool:
    """Whether kinds may be one place's; what a data set calls by no kind of place may be a settlement."""
    return compatible(kind, other) or (kind == _UNTOLD and place_kinds()[other].group == "settlement")


def _alike(entry: Entry, known: Gazetteer) -> Place | None:
    """Find a known place on the spot whose name is spelt otherwise."""
    keys, sounds = {skeleton(name) for name in entry.names} - {""}, {sounded(name) for name in entry.names}
    for place in known.nearby(entry.place.lon, entry.place.lat, _SPOT_M):
        if _may_be(entry.place.kind, place.kind):
            for name in (place.name, *place.aliases):
                if skeleton(name) in keys or max(ratio(sounded(name), sound) for sound in sounds) >= _ALIKE:
                    return place
    return None
