"""What a picture of a day shows: the features of the layers, cut down to what is drawn and listed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import shapely

from geo.maps.shown import RECENT_DAYS, is_shown, shown_days
from geo.maps.style import Modality, Side, Style
from geo.maps.words import UNDATED, distance_words, edtf_words, figures_words
from geo.model import UNREAL

# Ground wider than this says little about where, so it does not decide what the map shows.
VAGUE_M = 20_000


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
    geometry
        WGS 84, longitude first.
    precision_m
        Radius of doubt.
    modality
        Of an event, else None.
    past
        Whether it is over on the day.
    fresh
        Whether it began in the days before, or on the day.
    source
        Who published it.
    event
        Id of the event it belongs to.
    """

    layer: str
    id: str
    kind: str
    label: str
    when: str
    says: str
    side: Side
    geometry: Any
    precision_m: float = 0.0
    modality: Modality | None = None
    past: bool = False
    fresh: bool = True
    source: str = ""
    event: str = ""

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
        row |= {key: json.loads(str(row[key])) for key in ("actors", "figures") if isinstance(row.get(key), str)}
        if day is None or is_shown(shown_days(layer, row), day, recent_days=recent_days):
            rows.append({**row, "geometry": geometry})
    return rows


def _feature(layer: str, row: Mapping[str, Any], day: date, style: Style, sides: Mapping[str, str]) -> Feature:
    shown = shown_days(layer, row)
    event = str(row.get("event") or "")
    side = _actor_side(row) if layer == "events" else row.get("side") or row.get("holder") or sides.get(event, "")
    precision = float(row.get("precision_m") or 0)
    label = str(row.get("label") or row.get("name") or row.get("holder") or "")
    if layer == "flows":
        label = _joined(figures_words(row.get("figures"))) or label
    return Feature(
        layer=layer,
        id=str(row.get("id") or ""),
        kind=str(row.get("state") or row.get("type") or ""),
        label=label,
        when=edtf_words(row.get("edtf")),
        says=_says(row),
        side=style.side(str(side or "")),
        geometry=row["geometry"],
        precision_m=precision,
        modality=style.modalities.get(str(row.get("modality") or "happened")) if layer == "events" else None,
        past=shown.last is not None and shown.last < day.isoformat(),
        fresh=_is_fresh(shown.first, day),
        source=str(row.get("source") or ""),
        event=event,
    )


def details(feature: Feature) -> str:
    """Say when it was, how sure, where within, and who says so, in one line."""
    modality = feature.modality
    doubt = modality.label.lower() if modality is not None and modality.id not in {"happened", "ongoing"} else ""
    when = "" if feature.when == UNDATED and feature.unreal else feature.when
    return " · ".join(part for part in (when, doubt, distance_words(feature.precision_m), feature.says) if part)


def _says(row: Mapping[str, Any]) -> str:
    """Name who says it: the one whom the article quotes, then the article's publisher."""
    attribution, source = str(row.get("attribution") or ""), str(row.get("source") or "")
    return f"{attribution}, in {source}" if attribution and source else attribution or source


def _actor_side(row: Mapping[str, Any]) -> str:
    actors = row.get("actors") or []
    for role in ("initiator", "target"):
        for actor in actors:
            if actor.get("role") == role and actor.get("side"):
                return str(actor["side"])
    return ""


def _joined(text: str) -> str:
    return text[:1].upper() + text[1:]


def wanted_bounds(features: Mapping[str, list[Feature]]) -> list[tuple[float, float, float, float]]:
    """Give the bounds of what the picture should show.

    Only what is known to some kilometres counts. What is new on the day comes first; where nothing is, all that holds
    or has just been.
    """
    exact = [f for layer in features.values() for f in layer if f.precision_m < VAGUE_M]
    chosen = [f for f in exact if f.fresh and not f.past] or exact
    return [tuple(shapely.bounds(f.geometry).tolist()) for f in chosen]


def all_sides(layers: Mapping[str, Any]) -> list[str]:
    """List the sides that the layers name, so that each gets a colour of its own."""
    found = set()
    for name, frame in layers.items():
        for row in _rows(frame, name, None, 0):
            found |= {str(row.get(key) or "") for key in ("side", "holder")}
            found |= {str(actor.get("side") or "") for actor in row.get("actors") or []}
    return sorted(found - {""})
