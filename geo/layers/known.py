"""The layers as they were known on a day: out of the reports published until then, and nothing of later ones.

`geo.layers.as_of` asks what was true on a day, this what had been reported by a day; a map of what a reader of that day
could know asks both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import geopandas as gpd

from geo.events.crosswalk import acled_of
from geo.events.incident import known_by as incident_known_by
from geo.events.incident import make_incident
from geo.layers.context import ONE_DAY, Row, interval
from geo.layers.frames import make_frame
from geo.layers.incidents import read_report, told_by
from geo.layers.schema import read_schema
from geo.model import UNREAL
from geo.routes.states import STALE_DAYS
from geo.temporal.standing import Claim, Standing, standings


def known_by(layers: Mapping[str, gpd.GeoDataFrame], day: date) -> dict[str, gpd.GeoDataFrame]:
    """Keep what had been reported by the end of a day.

    Parameters
    ----------
    layers
        By name, as `build_layers` or `read_layers` gives them.
    day
        The day.

    Returns
    -------
    dict of str to GeoDataFrame
        Of each event the reports published by then, with the leading one, the contested claims, the sources and the
        confidence that follow from these alone; none without any. Of the other layers what rests on an article
        published by then; a siege or a state of a route whose end was reported later is open. What rests on a row of
        the seeds has no day of publication and counts as known from its first day; whatever ended it later is not known
        yet, so that it is open. What has neither day is left out. Events keep their ids.
    """
    schemas = read_schema()
    events = [row for row in _rows(layers["events"]) if row] if "events" in layers else []
    found = {"events": [then for row in events if (then := _event(row, day)) is not None]}
    told = {row["id"]: row for row in found["events"]}
    broken = {
        row["start"] for row in found["events"] if row["type"] == "siege_broken" and row["modality"] not in UNREAL
    }
    for name, frame in layers.items():
        if name != "events":
            kept = [row for row in _rows(frame) if (_known(row) or "9999") <= day.isoformat()]
            found[name] = [_as_its_event(row, told) if row["known"] else _open_yet(row, day) for row in kept]
    if "areas" in found:
        found["areas"] = [_siege(row, broken) if row["type"] == "siege" else row for row in found["areas"]]
    if "routes" in found:
        every = list(_rows(layers["routes"]))
        place = {row["id"]: number for number, row in enumerate(every)}
        found["routes"] = sorted(_in_turn(found["routes"], told, every), key=lambda row: place[row["id"]])
    return {name: make_frame(schemas[name], found[name]) for name in layers}


def _rows(frame: gpd.GeoDataFrame) -> Iterator[Row]:
    shapes = frame.geometry.tolist()
    for row, shape in zip(frame.drop(columns=frame.geometry.name).to_dict("records"), shapes, strict=True):
        yield {**{str(key): value for key, value in row.items()}, "geometry": shape}


def _event(row: Row, day: date) -> Row | None:
    if not row["reports"]:  # layers of an earlier version
        return row if row["known"] and row["known"] <= day.isoformat() else None
    whole = make_incident([read_report(report) for report in row["reports"]])
    then = incident_known_by(whole, day)
    if then is None or len(then.reports) == len(whole.reports):
        return row if then else None
    told, lead = told_by(then), then.reports[0].event
    if (lead.type, lead.subtype) != (row["type"], row["subtype"] or ""):
        kind, sub_kind = acled_of(lead.type, lead.subtype)
        told |= {"acled_event_type": kind, "acled_sub_event_type": sub_kind}
    return {**row, **told, "row": row["row"] if lead.id == row["reports"][0]["id"] else None}


def _as_its_event(row: Row, told: Mapping[str, Row]) -> Row:
    """Give what is drawn from an event the confidence and the flags that this had then."""
    event = told.get(row.get("event", ""), row)
    return {**row, **{name: event[name] for name in ("confidence", "flags") if name in row}}


def _siege(row: Row, broken: set[Any]) -> Row:
    """Leave a siege open whose end no report known by then tells."""
    if row["end"] is None or (date.fromisoformat(row["end"]) + ONE_DAY).isoformat() in broken:
        return row
    return {**row, **interval(date.fromisoformat(row["start"]), None)}


def _known(row: Row) -> str | None:
    of_a_table = (row["article"] or "").endswith(".csv")
    return row["known"] or (row["start"] if of_a_table else None)


def _open_yet(row: Row, day: date) -> Row:
    """Forget of a row of the seeds what came after a day: its end, and that it got stale."""
    then = dict(row)
    if row["end"] and row["end"] > day.isoformat():
        then |= interval(date.fromisoformat(row["start"]), None)
    if row.get("stale_from") and row["stale_from"] > day.isoformat():
        then["stale_from"] = None
    return then


def _in_turn(rows: list[Row], told: Mapping[str, Row], later: list[Row]) -> list[Row]:
    """Work out anew what stands on each route when, by the reports that were known."""
    found: list[Row] = []
    for route in sorted({row["route"] for row in rows}):
        those = [row for row in rows if row["route"] == route]
        every = [row for row in later if row["route"] == route]
        if len(those) == len(every) or any(row["event"] is None for row in those):
            found += _led(those, every)  # all is known, or rows of the seeds, which know their own ends
            continue
        reports = {row["event"]: row for row in those if row["event"] in told}
        claims = [_claim(row, told[event]) for event, row in reports.items()]
        found += _joined_states(standings(claims, stale_days=STALE_DAYS))
    return found


def _led(rows: list[Row], later: list[Row]) -> list[Row]:
    """Let what stood beside a report that was not known yet lead."""

    def is_led(row: Row, by: list[Row]) -> bool:
        return any(
            other["standing"] == "leads"
            and row["section"] == other["section"]
            and row["start"] <= (other["end"] or "9999")
            and other["start"] <= (row["end"] or "9999")
            for other in by
        )

    return [{**row, "standing": "leads"} if is_led(row, later) and not is_led(row, rows) else row for row in rows]


def _claim(row: Row, event: Row) -> Claim:
    first = event["start"] or row["known"]
    latest = event["end"] or first
    return Claim(
        value=(row["state"], row["holder"] or ""),
        first=date.fromisoformat(first),
        latest=date.fromisoformat(latest),
        last=None,
        seen=date.fromisoformat(latest),
        confidence=row["confidence"],
        item=row,
        quoted=True,
    )


def _joined_states(found: Iterable[Standing]) -> list[Row]:
    """Give each report with how it stands, joined over the days where that is the same."""
    rows: list[Row] = []
    for one in found:
        sides = [
            ("leads", one.leading),
            *(("agrees", c) for c in one.agreeing),
            *(("differs", c) for c in one.differing),
        ]
        for how, claim in sides:
            stale_from = one.first.isoformat() if one.stale and how == "leads" else None
            before = next((r for r in rows if _goes_on(r, claim.item, how, one.first)), None)
            if before is None:
                row = {**claim.item, **interval(one.first, one.last), "standing": how, "stale_from": stale_from}
                rows.append(row)
            else:
                first = date.fromisoformat(before["start"])
                before |= {**interval(first, one.last), "stale_from": before["stale_from"] or stale_from}
    return rows


def _goes_on(before: Row, row: Row, how: str, first: date) -> bool:
    ended = before["end"] is not None and date.fromisoformat(before["end"]) + ONE_DAY == first
    return ended and (before["id"], before["standing"]) == (row["id"], how)
