"""Layers of every kind, made up, for the tests of exports: whatever the schema holds, each property gets a value."""

from __future__ import annotations

import shapely

from geo.layers.frames import make_frame
from geo.layers.schema import read_schema

DAYS = ("2031-03-04", "2031-03-05", "2031-03-06", "2031-03-08", "2031-03-31")
"""The first and the last day of intervals, days between and after them."""

HOSTILE = '=HYPERLINK("http://x") <b>\'Tell\' & "Harn"</b> ]]> [% 1 + 1 %] مستشفى'
SQUARE = shapely.box(44.0, 33.0, 44.2, 33.2)
LINE = shapely.LineString([(44.0, 33.0), (44.1, 33.1), (44.2, 33.05)])


def row(
    layer: str, id: str, start: str | None, end: str | None, geometry: object, **given: object
) -> dict[str, object]:
    """A feature with a value for each property that must have one."""
    plain = {"string": "text", "number": 1.0, "integer": 1, "date": "2031-03-04", "list": [], "object": {}}
    found = {
        p.name: None if p.nullable else p.values[0] if p.values and p.type == "string" else plain[p.type]
        for p in read_schema()[layer].properties
    }
    common = {"id": id, "start": start, "end": end, "edtf": f"{start or '..'}/{end or '..'}", "known": "2031-03-09"}
    told = {"article": "week", "source": "Harn Post", "quote": f"It was so: {id}.", "confidence": 0.8}
    return {**found, **common, **told, **given, "geometry": geometry}


def spans(layer: str, geometry: object, **given: object) -> list[dict[str, object]]:
    """Features of each kind of interval: closed, one day, open at an end, without a day."""
    kinds = {
        "closed": ("2031-03-04", "2031-03-06"),
        "day": ("2031-03-05", "2031-03-05"),
        "since": ("2031-03-06", None),
        "until": (None, "2031-03-05"),
        "undated": (None, None),
    }
    return [row(layer, f"{layer}-{name}", *days, geometry, **given) for name, days in kinds.items()]


def export_layers() -> dict[str, object]:
    """Every layer of the schema, by name."""
    point = shapely.Point(44.05, 33.05)
    actors = [{"role": "initiator", "name": "Harn Guard", "side": "north"}]
    rows = {
        "places": [
            row("places", "p1", None, None, point, name="Tell Harn", kind="town", place_id="atlas:harn", aliases=["Harn"]),
            row(
                "places", "p2", None, None, shapely.Point(44.0512, 33.0487),
                name="Sina Hospital", kind="hospital", place_id="atlas:sina", name_ar="مستشفى سينا",
            ),
        ],
        "events": [
            *spans("events", point, actors=actors, place="Tell Harn", place_id="atlas:harn", label="Clash: Tell Harn", type="clash"),
            row(
                "events", "e-hospital", "2031-03-05", "2031-03-05", shapely.Point(44.0512, 33.0487), type="airstrike",
                place="Sina Hospital", place_id="atlas:sina", label="Airstrike: Sina Hospital", precision_m=300.0,
                quote="Jets hit Sina Hospital.", modality="claimed", actors=actors,
            ),
            row("events", "e-hostile", "2031-03-04", "2031-03-08", point, label=HOSTILE, quote=HOSTILE, place="Vellmark", modality="denied"),
        ],
        "areas": spans("areas", SQUARE, type="siege", holder="south", event="events-closed", label="Siege: Tell Harn"),
        "routes": spans("routes", LINE, name="Harn road", route="atlas:harn_road", state="cut", holder="north"),
        "control": spans("control", shapely.MultiPolygon([SQUARE]), side="north", holder="north", state="contested"),
        "front_lines": spans("front_lines", LINE, sides=["north", "south"], state="held", length_km=12.5),
        "control_points": spans("control_points", point, holder="south", place="Tell Harn"),
        "flows": spans("flows", LINE, type="displacement", event="events-day", label="Displacement: Harn to Vellmark"),
    }  # fmt: skip
    return {name: make_frame(schema, rows.get(name, [])) for name, schema in read_schema().items()}
