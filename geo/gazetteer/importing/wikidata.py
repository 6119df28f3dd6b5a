"""Wikidata as JSON: results of a query (SPARQL 1.1 results, or the plain list of query.wikidata.org), and entities.

Licence: CC0. Format of entities: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo.data import read_toml
from geo.gazetteer.entries import Entry, distinct
from geo.gazetteer.importing.fields import Maker, make_entry
from geo.gazetteer.importing.inputs import Input, open_input
from geo.gazetteer.importing.jsonstream import JsonItems
from geo.gazetteer.importing.problems import Sink
from geo.gazetteer.importing.tell import Tell

_ITEM = re.compile(r"^(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q\d+)$")
_POINT = re.compile(r"^(?:<http[^>]*/(?P<globe>Q\d+)>\s*)?Point\s*\(", re.IGNORECASE)
_EARTH = "Q2"
_COORDINATES, _GEONAMES, _KIND, _PEOPLE, _COUNTRY, _ADMIN1 = "P625", "P1566", "P31", "P1082", "P297", "P300"
_TOLD = 500


def read_wikidata(
    source: Input, sink: Sink, maker: Maker, *, links: dict[str, str], tell: Tell
) -> Iterator[tuple[int, Entry]]:
    """Give the places of a file of Wikidata with their lines; of an item that stands on several rows, one place.

    Parameters
    ----------
    source
        Results of a query or entities.
    sink, maker
        As for other formats.
    links
        Takes the id of the entry by the id of the feature of GeoNames that is the same place.
    tell
        Told how far it is.

    Notes
    -----
    Coordinates are P625 of the best rank, on Earth; the kind follows P31 (``wikidata_kinds.toml``) and the radius the
    kind; the link to GeoNames is P1566.
    """
    rows: dict[str, tuple[int, dict[str, Any]]] = {}
    with open_input(source) as (file, told):
        items = JsonItems(file, ("results", "bindings"), path=source.path)
        for number, (line, item) in enumerate(items):
            if number % _TOLD == 0:
                tell(f"Reading {source.name}", told(), source.size)
            for entity in _entities(item):
                if "claims" in entity:
                    sink.counts.rows += 1
                    yield from _made(_of_entity(entity), line, sink, maker, links)
                elif entity:
                    sink.counts.rows += 1
                    _join(rows, _of_row(entity), line)
    for line, fields in rows.values():
        yield from _made(fields, line, sink, maker, links)


def _entities(item: Any) -> Iterable[Mapping[str, Any]]:
    if not isinstance(item, dict):
        return ()
    if isinstance(item.get("entities"), dict):  # as Special:EntityData gives them
        return tuple(item["entities"].values())
    return () if item.keys() <= {"head", "results"} else (item,)


def _made(
    fields: dict[str, Any], line: int, sink: Sink, maker: Maker, links: dict[str, str]
) -> Iterator[tuple[int, Entry]]:
    if fields.get("globe", _EARTH) != _EARTH:
        sink.skip("not on Earth")
        return
    if "point" not in fields and "lat" not in fields:
        sink.skip("without coordinates (P625)")
        return
    fields.pop("globe", None)
    geonames, names = fields.pop("geonames", ""), fields.pop("names", ())
    entry = make_entry(fields, line, sink, maker, more_names=names)
    if entry is None:
        return
    if geonames.isdigit():
        links[f"geonames:{geonames}"] = entry.place.id
    yield line, entry


def _of_entity(entity: Mapping[str, Any]) -> dict[str, Any]:
    labels = {language: label["value"] for language, label in (entity.get("labels") or {}).items()}
    aliases = [alias["value"] for group in (entity.get("aliases") or {}).values() for alias in group]
    claims = entity["claims"] if isinstance(entity["claims"], dict) else {}
    point = next(iter(_best(claims, _COORDINATES)), None)
    shown = labels.get("en") or labels.get("mul") or next(iter(labels.values()), "")
    fields: dict[str, Any] = {
        "id": str(entity.get("id", "")),
        "name": shown,
        "name_ar": labels.get("ar", ""),
        "names": distinct((*labels.values(), *aliases)),
        "kind": _kind(value.get("id", "") for value in _best(claims, _KIND)),
        "geonames": next(iter(_best(claims, _GEONAMES)), ""),
        "country": next(iter(_best(claims, _COUNTRY)), ""),
        "admin1": next(iter(_best(claims, _ADMIN1)), ""),
        "population": next((str(value.get("amount", "")) for value in _best(claims, _PEOPLE)), ""),
    }
    if isinstance(point, dict):
        fields |= {"lon": str(point["longitude"]), "lat": str(point["latitude"])}
        fields["globe"] = str(point.get("globe", _EARTH)).rpartition("/")[2]
    return {key: value for key, value in fields.items() if value}


def _best(claims: Mapping[str, Any], name: str) -> list[Any]:
    """Give the values of a property of the best rank that it has."""
    ranks: dict[str, list[Any]] = {}
    for claim in claims.get(name) or ():
        value = ((claim.get("mainsnak") or {}).get("datavalue") or {}).get("value")
        if value is not None:
            ranks.setdefault(claim.get("rank", "normal"), []).append(value)
    return ranks.get("preferred") or ranks.get("normal") or []


def _kind(classes: Iterable[str]) -> str:
    table = read_toml("wikidata_kinds.toml")
    kinds = {item: kind for kind, items in table.items() for item in items}
    order = list(table)
    return min((kinds[item] for item in classes if item in kinds), key=order.index, default="")


def _of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Read a row of results: which variable holds what follows from its values, and from how it is called."""
    fields: dict[str, Any] = {"names": ()}
    cells = {name: cell if isinstance(cell, dict) else {"value": str(cell)} for name, cell in row.items()}
    item = next((name for name, cell in cells.items() if _ITEM.match(str(cell.get("value", "")))), "")
    for name, cell in cells.items():
        value, key = str(cell.get("value", "")), name.lower()
        found = _POINT.match(value)
        if name == item:
            fields["id"] = value.rpartition("/")[2]
        elif found:
            fields |= {"point": value, "globe": found["globe"] or _EARTH}
        elif key in (f"{item.lower()}label", "label", "name", "itemlabel"):
            fields["name"] = value
        elif "altlabel" in key or "alias" in key:
            fields["names"] = (*fields["names"], *(part.strip() for part in value.split(",")))
        elif "label" in key and key.endswith(("ar", "arabic")):
            fields["name_ar"] = value
        elif "geonames" in key:
            fields["geonames"] = value.rpartition("/")[2] if "/" in value else value
        elif key in ("population", "country_code", "iso", "kind", "type", "admin1"):
            fields["country" if key in ("country_code", "iso") else "kind" if key == "type" else key] = value
        elif (match := _ITEM.match(value)) and key in ("class", "instance", "instanceof", "p31"):
            fields["kind"] = _kind([match[1]])
    return fields


def _join(rows: dict[str, tuple[int, dict[str, Any]]], fields: dict[str, Any], line: int) -> None:
    key = fields.get("id") or f"{fields.get('name')} {fields.get('point')}"
    if key not in rows:
        rows[key] = (line, fields)
        return
    _, known = rows[key]
    names = (*known["names"], *fields["names"], *((fields["name"],) if fields.get("name") != known.get("name") else ()))
    rows[key] = (rows[key][0], {**fields, **known, "names": distinct(names)})
