"""What an event is called in ACLED's columns, before the tags say the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from geo.data import read_toml
from geo.events.actors import ActorBook
from geo.events.crosswalk import acled_disorder_of, acled_of, from_acled
from geo.events.sides import side_kind
from geo.exchange.acled_columns import MONTH, WEEK
from geo.exchange.divisions import Divisions, Ground
from geo.exchange.line import Line
from geo.exchange.sides import known_actor, side_of
from geo.model import Actor

_DAY, _WEEK_DAYS = "1", 7
_CIVILIANS = ("civilian", "people", "resident", "refugee", "displaced", "children", "women", "families")
_INTER = ("State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians")
"""ACLED's order, in which an interaction names both; "External/Other forces" comes last."""

_ACLED = "acled:"
"""How the article of an event that came from ACLED begins."""

_ANYWHERE = frozenset(["admin3", "source_scale"])
_CHANGED = ("event_type", "sub_event_type")


@dataclass(frozen=True, slots=True)
class Writer:
    """What is needed of an atlas to write its events.

    Attributes
    ----------
    divisions
        Tells country and divisions of a place.
    book
        Tells what kind of actors there are.
    """

    divisions: Divisions
    book: ActorBook = field(default_factory=ActorBook)


def encode(line: Line, writer: Writer) -> dict[str, str]:
    """Write a line in ACLED's columns, tags aside; what a row of ACLED said itself stays as it was.

    ``event_date`` is the day, the middle of an interval, or the end that is known of an open one; ``time_precision``
    is 1 for a day, 2 for up to a week, 3 for more. Without a time both are empty. ``geo_precision`` follows from the
    radius (``[acled.geo_precision]`` in ``geo/data/exchange.toml``). ``timestamp`` is the beginning of the day on which
    the report was published (UTC), never that of the export.
    """
    acled = line["article"].startswith(_ACLED)
    row = {key: str(value) for key, value in line.get("row", {}).items()}
    theirs = acled and row.keys() >= {
        "disorder_type",
        "event_type",
    }  # as exports of today have it: what they leave empty stays empty
    day, precision = _time(line)
    killed = line.get("figures", {}).get("killed")
    cells = {
        "event_id_cnty": line["article"].removeprefix(_ACLED) if acled else line["id"],
        "event_date": day.isoformat() if day else "",
        "year": str(day.year) if day else "",
        "time_precision": precision,
        **_actors(line),
        "location": line.get("place", ""),
        **_point(line),
        "geo_precision": _geo_precision(line),
        "source": line.get("source", ""),
        "source_scale": "",
        "notes": line.get("quote", ""),
        "fatalities": str(killed or 0),
        "timestamp": _timestamp(line.get("known")),
    }
    if not theirs:
        ground = writer.divisions.of(line, row)
        cells |= _place(ground) | _types(line, row, writer, ground) | _inter(line, writer)
    own = set(read_toml("exchange.toml")["acled"]["keep"]) if acled else _ANYWHERE
    cells |= {key: value for key, value in row.items() if key in own and (theirs or key not in _CHANGED)}
    return {column: cells.get(column, "") for column in read_toml("exchange.toml")["acled"]["order"]}


def _time(line: Line) -> tuple[date | None, str]:
    first, last = (date.fromisoformat(line[key]) if key in line else None for key in ("start", "end"))
    if first is None or last is None:
        known = first or last
        return known, "" if known is None else _DAY if first else MONTH
    if first == last:
        return first, _DAY
    days = (last - first).days
    return first + (last - first) // 2, WEEK if days < _WEEK_DAYS else MONTH


def _geo_precision(line: Line) -> str:
    if "lon" not in line:
        return ""
    limits: Mapping[str, float] = read_toml("exchange.toml")["acled"]["geo_precision"]
    return next((code for code, most in limits.items() if line.get("precision_m", 0.0) <= most), "3")


def _point(line: Line) -> dict[str, str]:
    """Give the coordinates; 0, 0 stands for nothing in such tables: an event there has them in its tags."""
    lon, lat = line.get("lon"), line.get("lat")
    if lon is None or lat is None or lon == lat == 0:
        return {"latitude": "", "longitude": ""}
    return {"latitude": _degrees(lat), "longitude": _degrees(lon)}


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _timestamp(known: str | None) -> str:
    if not known:
        return ""
    day = date.fromisoformat(known)
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))


def _actors(line: Line) -> dict[str, str]:
    initiators, targets = (_names(line, role) for role in ("initiator", "target"))
    return {
        "actor1": initiators[0] if initiators else "",
        "assoc_actor_1": "; ".join(initiators[1:]),
        "actor2": targets[0] if targets else "",
        "assoc_actor_2": "; ".join(targets[1:]),
    }


def _names(line: Line, role: str) -> list[str]:
    return [actor["name"] for actor in line.get("actors", ()) if actor["role"] == role]


def _types(line: Line, row: Mapping[str, str], writer: Writer, ground: Ground) -> dict[str, str]:
    type_, subtype = line["type"], line.get("subtype", "")
    told = row.get("event_type", ""), row.get("sub_event_type", "")
    if not (any(told) and from_acled(*told) == (type_, subtype)):
        told = acled_of(type_, subtype, _side_kind(line, writer, ground))
    targets = [_inter_of(name, writer.book) for name in _names(line, "target")]
    civilians = told[0] == "Violence against civilians" or "Civilians" in targets
    return {
        "event_type": told[0],
        "sub_event_type": told[1],
        "disorder_type": acled_disorder_of(told[1]),
        "civilian_targeting": "Civilian targeting" if civilians else "",
    }


def _side_kind(line: Line, writer: Writer, ground: Ground) -> str:
    """Tell whether the government of the country does it: ACLED names a capture by that."""
    actors = [
        Actor(a["role"], a["name"], a.get("side") or side_of(a["name"], writer.book)) for a in line.get("actors", ())
    ]
    governments = [side.id for side in writer.book.sides.values() if side.government]
    return side_kind(actors, governments=governments, country=ground.code)


def _inter(line: Line, writer: Writer) -> dict[str, str]:
    one, two = (
        next((_inter_of(name, writer.book) for name in _names(line, role)), "") for role in ("initiator", "target")
    )
    both = sorted((kind for kind in (one, two) if kind), key=_inter_order)
    interaction = "-".join(both) if one and two else f"{one} only" if one and not _names(line, "target") else ""
    return {"inter1": one, "inter2": two, "interaction": interaction}


def _inter_order(kind: str) -> int:
    return _INTER.index(kind) if kind in _INTER else len(_INTER)


def _inter_of(name: str, book: ActorBook) -> str:
    """Give ACLED's kind of an actor; empty where nothing tells it."""
    table: Mapping[str, str] = read_toml("exchange.toml")["acled"]["inter"]
    known = known_actor(name, book)
    if known is not None and known.kind in table:
        return table[known.kind]
    words = name.casefold()
    if any(word in words for word in _CIVILIANS):
        return table["civilians"]
    return table["state"] if words.startswith(("government of", "military forces of", "police forces of")) else ""


def _place(ground: Ground) -> dict[str, str]:
    return {
        "iso": ground.iso,
        "region": ground.region,
        "country": ground.country,
        "admin1": ground.admin1,
        "admin2": ground.admin2,
        "admin3": "",
    }


def sort_key(line: Line) -> tuple[Any, ...]:
    """Order of rows: by first day, undated last, then last day, article, place in its text and id."""
    start = line.get("start") or line.get("end")
    return start is None, start or "", line.get("end", ""), line["article"], line.get("quote_start", -1), line["id"]
