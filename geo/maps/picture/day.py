"""What a picture of a day shows: the features of the layers, cut down to what is drawn and listed."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geo.maps.reports import sources_words
from geo.maps.shown import RECENT_DAYS, is_shown, shown_days
from geo.maps.style import Modality, Side, Style
from geo.maps.words import UNDATED, distance_words, edtf_words, figures_words
from geo.model import NOT_SECURE, UNREAL

# Reports that stand beside the one that leads: pages list them, a map draws the one.
BESIDE = frozenset({"agrees", "differs"})
_MONTHS = re.compile("|".join(calendar.month_name[1:]))
LONG_AGO = date(1, 2, 1)  # nothing is past on such a day


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a layer as the picture needs it.

    Attributes
    ----------
    layer, id, kind
        Where it comes from; ``kind`` is its type or state.
    label, when, says
        What it is, when it was, and who says so, in words.
    side
        Whose it is.
    note
        Of a route: its state and its holder.
    quote
        The words it rests on.
    geometry
        WGS 84, longitude first.
    precision_m
        Radius of doubt.
    modality
        Of an event, else None.
    past
        Whether it is over on the day.
    undated
        Whether its report does not date it, so that the report's day stands for it.
    fresh
        Whether it began in the days before, or on the day.
    source
        Who published it.
    sources
        By how many independent sources it is told, and whether they disagree, in words; empty for one.
    event
        Id of the event it belongs to.
    subtype
        Of an event, which may have a symbol of its own.
    sides
        Of a front line: left and right of it.
    section
        Of a route: the stretch that is meant; empty for all of it.
    """

    layer: str
    id: str
    kind: str
    label: str
    when: str
    says: str
    side: Side
    note: str
    quote: str
    geometry: Any
    precision_m: float = 0.0
    modality: Modality | None = None
    past: bool = False
    undated: bool = False
    fresh: bool = True
    source: str = ""
    sources: str = ""
    event: str = ""
    subtype: str = ""
    sides: tuple[Side, ...] = ()
    section: str = ""

    @property
    def unreal(self) -> bool:
        """Whether it did not happen: proposed, planned, threatened or denied."""
        return self.modality is not None and self.modality.id in UNREAL


def features_of(
    layers: Mapping[str, Any], day: date, style: Style, *, recent_days: int = RECENT_DAYS
) -> dict[str, list[Feature]]:
    """Take from each layer the features that show on a day, the same as the page shows.

    Parameters
    ----------
    layers
        GeoDataFrames by name, WGS 84, longitude first; those that are missing count as empty.
    day
        The day of the map.
    style
        For the sides and the modalities.
    recent_days
        How many days, its own last one included, an event stays on the map.

    Returns
    -------
    dict of list
        Features by layer: events, areas, routes, control, front_lines, flows.
    """
    names = ("events", "areas", "routes", "control", "front_lines", "flows")
    rows = {name: _rows(layers.get(name), name, day, recent_days) for name in names}
    # An area or a flow takes the side of the event that it belongs to.
    sides = {str(row["id"]): _actor_side(row) for row in _rows(layers.get("events"), "events", None, 0)}
    return {name: [_feature(name, row, day, style, sides) for row in rows[name]] for name in names}


def all_features(layers: Mapping[str, Any], name: str, style: Style) -> list[tuple[dict[str, Any], Feature]]:
    """Take the features of a layer on whatever days they show, each with its row."""
    sides = {str(row["id"]): _actor_side(row) for row in _rows(layers.get("events"), "events", None, 0)}
    rows = _rows(layers.get(name), name, None, 0)
    return [(row, _feature(name, row, LONG_AGO, style, sides)) for row in rows]


def unplaced_features(
    rows: Sequence[Mapping[str, Any]], day: date, style: Style, *, recent_days: int = RECENT_DAYS
) -> list[Feature]:
    """Take the events that are nowhere on the map, and that show on a day."""
    shown = [row for row in rows if is_shown(shown_days("events", row), day, recent_days=recent_days)]
    return [_feature("events", {**row, "geometry": None}, day, style, {}) for row in shown]


def _is_fresh(first: str | None, day: date) -> bool:
    return first is not None and first > (day - timedelta(days=RECENT_DAYS)).isoformat()


def _rows(frame: Any, layer: str, day: date | None, recent_days: int) -> list[dict[str, Any]]:
    if frame is None or not len(frame):
        return []
    rows = []
    for properties, geometry in zip(
        frame.drop(columns=frame.geometry.name).to_dict("records"), frame.geometry, strict=True
    ):
        if geometry is None or geometry.is_empty:
            continue
        row = {str(key): None if value != value else value for key, value in properties.items()}
        # A layer that was read by a GIS library holds its lists and objects as JSON.
        row |= {
            key: json.loads(str(row[key])) for key in ("actors", "figures", "sides") if isinstance(row.get(key), str)
        }
        if row.get("standing") in BESIDE:
            continue
        if day is None or is_shown(shown_days(layer, row), day, recent_days=recent_days):
            rows.append({**row, "geometry": geometry})
    return rows


def _feature(layer: str, row: Mapping[str, Any], day: date, style: Style, sides: Mapping[str, str]) -> Feature:
    shown = shown_days(layer, row)
    event = str(row.get("event") or "")
    side = _actor_side(row) if layer == "events" else row.get("side") or row.get("holder") or sides.get(event, "")
    precision = float(row.get("precision_m") or 0)
    label = str(row.get("label") or row.get("name") or row.get("holder") or "")
    if layer == "events":
        label = label.strip() or style.type(str(row.get("type") or "other"), "").label
    elif layer == "flows":
        label = _joined(figures_words(row.get("figures"))) or label
    return Feature(
        layer=layer,
        id=str(row.get("id") or ""),
        kind=str(row.get("state") or row.get("type") or ""),
        label=label,
        when=edtf_words(row.get("edtf")),
        says=str(row.get("attribution") or ""),
        side=style.side(str(side or "")),
        note=_note(row, style) if layer == "routes" else "",
        quote=" ".join(str(row.get("quote") or "").split()),
        geometry=row["geometry"],
        precision_m=precision,
        modality=style.modalities.get(str(row.get("modality") or "happened")) if layer == "events" else None,
        past=shown.last is not None and shown.last < day.isoformat(),
        undated=shown.undated,
        fresh=_is_fresh(shown.first, day),
        source=str(row.get("source") or ""),
        sources=sources_words(row) if layer == "events" else "",
        event=event,
        subtype=str(row.get("subtype") or ""),
        sides=tuple(style.side(str(side)) for side in row.get("sides") or ()) if layer == "front_lines" else (),
        section=str(row.get("section") or ""),
    )


def _note(row: Mapping[str, Any], style: Style) -> str:
    words = style.states[str(row["state"])].label.removeprefix("Route ")
    words = f"{row['section']}: {words}" if row.get("section") else words
    words += ", not secure" if NOT_SECURE in list(row.get("flags") or ()) else ""
    if not row.get("holder"):
        return words
    # Who covers a road with fire does not hold it.
    whose = "by" if row["state"] == "fire_control" else "held by"
    return f"{words}{'' if whose == 'by' else ','} {whose} {style.side(str(row['holder'])).label}"


def details(feature: Feature, marks: Mapping[str, str], *, brief: int = 0) -> str:
    """Say when it was, within what distance, who says so, and how many do, in one line.

    Parameters
    ----------
    feature
        Of the list.
    marks
        A short mark for each source, as the foot of the picture explains them; empty where there is but one source.
    brief
        1 shortens the names of months, 2 leaves out the distance too, 3 also who holds a route, which its colour tells.
    """
    when = "" if feature.when == UNDATED else feature.when
    if brief:
        when = short_months(when)
    says = f"says {feature.says}" if feature.says else ""
    mark = f"[{marks[feature.source]}]" if feature.source in marks else ""
    within = distance_words(feature.precision_m) if brief < 2 else ""
    note = feature.note.removesuffix(f", held by {feature.side.label}") if brief > 2 else feature.note
    parts = (note, when, within, says, feature.sources, mark)
    return " · ".join(part for part in parts if part)


def short_months(words: str) -> str:
    """Shorten the names of months: "4 September" to "4 Sep"."""
    return _MONTHS.sub(lambda name: name[0][:3], words)


def source_marks(sources: Sequence[str]) -> dict[str, str]:
    """Give each source a letter, none where there is but one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {source: letters[i % 26] * (1 + i // 26) for i, source in enumerate(sources)} if len(sources) > 1 else {}


def _actor_side(row: Mapping[str, Any]) -> str:
    actors = row.get("actors") or []
    for role in ("initiator", "target"):
        for actor in actors:
            if actor.get("role") == role and actor.get("side"):
                return str(actor["side"])
    return ""


def _joined(text: str) -> str:
    return text[:1].upper() + text[1:]


def all_sides(layers: Mapping[str, Any]) -> list[str]:
    """List the sides that the layers name, so that each gets a colour of its own."""
    found = set()
    for name, frame in layers.items():
        for row in _rows(frame, name, None, 0):
            found |= {str(row.get(key) or "") for key in ("side", "holder")}
            found |= {str(actor.get("side") or "") for actor in row.get("actors") or []}
    return sorted(found - {""})
