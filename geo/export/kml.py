"""Layers as KML 2.2 (OGC 07-147r2) for Google Earth: a folder a layer, with time spans, styles and balloons."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from xml.parsers import expat

import shapely

from geo.errors import LayerError
from geo.export.flat import Flat
from geo.export.geopackage import About
from geo.export.zipping import zipped
from geo.layers.shapes import DECIMALS, tidy
from geo.maps.style import SAME_AS_SIDE, Line, Style

NAMESPACE = "http://www.opengis.net/kml/2.2"
ICON = "icons/{}.png"
ICON_PX = 64
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POINT = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png"
SHOWN = (
    "type",
    "state",
    "modality",
    "attribution",
    "actors",
    "figures",
    "precision_m",
    "confidence",
    "source",
    "known",
)
"""What a balloon tells beside the title, the time and the quote."""


def kml_bytes(flats: Mapping[str, Flat], *, style: Style, about: About, icons: bool = False) -> bytes:
    """Write layers as one KML document.

    Parameters
    ----------
    flats
        By name; a layer without features is left out.
    style
        Of colours and widths.
    about
        Title and notice of the document.
    icons
        Whether the symbols of events are pictures beside the document, as in a KMZ; else they are dots.

    Returns
    -------
    bytes
        UTF-8. Times are whole days: ``begin`` and ``end`` of a ``TimeSpan`` are both inclusive, an open end has none.

    Raises
    ------
    LayerError
        Where the document does not read back to as many features.
    """
    document = _sub(None, "Document", id="sitmap")
    _sub(document, "name", about.title)
    _sub(document, "open", "1")
    _sub(document, "description", "\n".join(filter(None, (about.description, about.notice, style.text.caution))))
    for id, kind in _styles(flats, style, icons=icons).items():
        kind.set("id", id)
        document.append(kind)
    for flat in flats.values():
        if len(flat):
            document.append(_folder(flat, style))
    root = ET.Element("kml", {"xmlns": NAMESPACE})
    root.append(document)
    ET.indent(root, " ")
    text = b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"
    wanted = sum(map(len, flats.values()))
    found = _count_placemarks(text)
    if found != wanted:
        raise LayerError(f"the document holds {found:,} of {wanted:,} features", do="Report this as a fault of sitmap")
    return bytes(text)


def _count_placemarks(text: bytes) -> int:
    parser, found = expat.ParserCreate(), 0

    def start(tag: str, _attributes: object) -> None:
        nonlocal found
        found += tag == "Placemark"

    parser.StartElementHandler = start
    parser.Parse(text, True)
    return found


def kmz_bytes(flats: Mapping[str, Flat], *, style: Style, about: About) -> bytes:
    """Write layers as KMZ: the document, and a picture for each kind of event of each side."""
    files = {"doc.kml": kml_bytes(flats, style=style, about=about, icons=True)}
    return zipped({**files, **_icons(flats, style)})


def _sub(parent: ET.Element | None, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.Element(tag, attributes) if parent is None else ET.SubElement(parent, tag, attributes)
    if text:
        made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    """Take out what XML 1.0 cannot hold (section 2.2)."""
    return _NOT_XML.sub("", text)


def abgr(color: str, alpha: float = 1.0) -> str:
    """Write ``#RRGGBB`` as KML does: opacity, blue, green, red."""
    return f"{round(255 * alpha):02x}{color[5:7]}{color[3:5]}{color[1:3]}".lower()


def _style_of(flat: Flat, index: int, style: Style) -> tuple[str, str, Line]:
    """Give the id of a feature's style, its colour, and its line."""
    name = flat.schema.name

    def value(column: str) -> Any:
        return flat.columns[column][index] if column in flat.columns else None

    side = value("side") or value("left_side") or "other"
    kind = value("type") if name in {"areas", "flows"} else value("state")
    if name == "events":
        return f"events-{value('type')}-{side}-{value('modality')}", style.side(side).color, style.control
    lines: Mapping[str, Mapping[str, Any]] = {"areas": style.areas, "flows": style.flows, "routes": style.states}
    line = lines.get(name, {}).get(str(kind))
    if name == "front_lines":
        line = style.front_lines
    if line is None:
        line = style.control
    color = getattr(line, "color", SAME_AS_SIDE)
    ink = style.side(side).color if color == SAME_AS_SIDE else color
    drawn = Line(id="", label="", color=ink, width=line.width, fill=getattr(line, "fill", 0.0))
    return "-".join(filter(None, (name, kind, side if color == SAME_AS_SIDE else ""))), ink, drawn


def _styles(flats: Mapping[str, Flat], style: Style, *, icons: bool) -> dict[str, ET.Element]:
    found: dict[str, ET.Element] = {}
    for flat in flats.values():
        for index in range(len(flat)):
            id, color, line = _style_of(flat, index, style)
            if id not in found:
                found[id] = _style(flat, id, color, line, icons=icons)
    return dict(sorted(found.items()))


def _style(flat: Flat, id: str, color: str, line: Line, *, icons: bool) -> ET.Element:
    made = _sub(None, "Style")
    if flat.schema.geometry == "Point":
        picture = icons and flat.schema.name == "events"
        icon = _sub(made, "IconStyle")
        _sub(icon, "color", abgr("#FFFFFF" if picture else color))
        _sub(icon, "scale", "0.9" if picture else "0.6")
        _sub(_sub(icon, "Icon"), "href", ICON.format(id) if picture else _POINT)
        _sub(_sub(made, "LabelStyle"), "scale", "0.7")
    _sub_line = _sub(made, "LineStyle")
    _sub(_sub_line, "color", abgr(color))
    _sub(_sub_line, "width", f"{line.width:g}")
    _sub(_sub(made, "PolyStyle"), "color", abgr(color, line.fill))
    return made


def _folder(flat: Flat, style: Style) -> ET.Element:
    folder = _sub(None, "Folder", id=flat.schema.name)
    _sub(folder, "name", flat.schema.title)
    _sub(folder, "description", flat.schema.description)
    for index, shape in enumerate(flat.geometry):
        folder.append(_placemark(flat, index, shape, style))
    return folder


def _placemark(flat: Flat, index: int, shape: shapely.Geometry, style: Style) -> ET.Element:
    row = {field.name: flat.columns[field.name][index] for field in flat.fields}
    title = next((row[n] for n in ("label", "name", "place", "route") if row.get(n)), row["id"])
    made = _sub(None, "Placemark", id=f"{flat.schema.name}-{row['id']}")
    _sub(made, "name", str(title))
    _sub(made, "description", _balloon(row))
    if flat.schema.dated:
        _time(made, row)
    _sub(made, "styleUrl", f"#{_style_of(flat, index, style)[0]}")
    data = _sub(made, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            _sub(_sub(data, "Data", name=name), "value", str(value))
    made.append(_geometry(tidy(shape)))
    return made


def _time(made: ET.Element, row: Mapping[str, Any]) -> None:
    start, end = row["start"], row["end"]
    if start and start == end:
        _sub(_sub(made, "TimeStamp"), "when", start)
    elif start or end:
        span = _sub(made, "TimeSpan")
        for tag, day in (("begin", start), ("end", end)):
            if day:
                _sub(span, tag, day)


def _balloon(row: Mapping[str, Any]) -> str:
    """Tell a feature in HTML, in which every text is escaped."""
    when = row.get("edtf") or "date not reported"
    rows = "".join(
        f"<tr><td>{n.replace('_', ' ')}</td><td>{escape(str(row[n]))}</td></tr>"
        for n in SHOWN
        if row.get(n) not in (None, "", "[]", "{}")
    )
    return f"<p>{escape(when)}</p><blockquote>{escape(row['quote'])}</blockquote><table>{rows}</table>"


def _geometry(shape: shapely.Geometry) -> ET.Element:
    if shape.geom_type.startswith("Multi"):
        made = _sub(None, "MultiGeometry")
        made.extend(_geometry(part) for part in shape.geoms)
        return made
    if shape.geom_type == "Polygon":
        made = _sub(None, "Polygon")
        _sub(made, "tessellate", "1")
        for tag, ring in _rings(shape):
            _sub(_sub(_sub(made, tag), "LinearRing"), "coordinates", _coordinates(ring))
        return made
    made = _sub(None, "LineString" if shape.geom_type == "LineString" else "Point")
    if shape.geom_type == "LineString":
        _sub(made, "tessellate", "1")
    _sub(made, "coordinates", _coordinates(shape))
    return made


def _rings(shape: shapely.Polygon) -> Iterator[tuple[str, Any]]:
    yield "outerBoundaryIs", shape.exterior
    for ring in shape.interiors:
        yield "innerBoundaryIs", ring


def _coordinates(shape: Any) -> str:
    return " ".join(f"{x:.{DECIMALS}f},{y:.{DECIMALS}f}" for x, y in shapely.get_coordinates(shape).tolist())


def _icons(flats: Mapping[str, Flat], style: Style) -> dict[str, bytes]:
    """Draw the symbols of the events that are there."""
    import io

    from geo.maps.picture.canvas import matplotlib_defaults, new_canvas
    from geo.maps.picture.symbols import draw_symbol

    flat = flats.get("events")
    if flat is None:
        return {}
    wanted: dict[str, tuple[str, str, str]] = {}
    for index in range(len(flat)):
        kind, side, modality = (flat.columns[name][index] for name in ("type", "side", "modality"))
        wanted[_style_of(flat, index, style)[0]] = (kind, side, modality)
    files = {}
    with matplotlib_defaults():
        for id, (kind, side, modality) in sorted(wanted.items()):
            canvas = new_canvas(ICON_PX, ICON_PX, 96, font=style.text.font)
            canvas.figure.patch.set_alpha(0)
            middle = canvas.width / 2
            draw_symbol(
                canvas,
                style,
                middle,
                middle,
                type=kind,
                side=style.side(side),
                modality=style.modalities[modality],
                size=ICON_PX * 0.85,
            )
            out = io.BytesIO()
            canvas.figure.savefig(out, format="png", metadata={"Software": None})
            files[ICON.format(id)] = out.getvalue()
    return files
