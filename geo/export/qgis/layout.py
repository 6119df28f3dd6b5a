"""Print layouts: an A4 page for each date, with title, map, legend, scale, sources and caution."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from geo.export.qgis.markup import element, rgba, symbol, symbol_layer
from geo.maps.words import day_words

if TYPE_CHECKING:
    from geo.export.qgis.tree import Project

_PAGE, _MAP, _LABEL, _LEGEND, _SCALE = 65638, 65639, 65641, 65642, 65646  # QgsLayoutItemRegistry::ItemType
_WIDE, _HIGH, _MARGIN, _SIDE = 297.0, 210.0, 8.0, 62.0
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/sitmap/qgis")
_LEFT, _TOP = 1, 32  # Qt::Alignment


def layouts(project: Project) -> ET.Element:
    """Write a layout for each date of a project, and one without a date where it has none."""
    days: Sequence[date | None] = project.dates or (None,)
    return element("Layouts", None, *(_layout(project, day) for day in days))


def _layout(project: Project, day: date | None) -> ET.Element:
    name = f"Map of {day}" if day else "Map"
    about, text = project.about, project.style.text
    title = f"{about.title}, {day_words(day.isoformat())}" if day else about.title
    width, height = _WIDE - _SIDE - 3 * _MARGIN, _HIGH - 44.0
    shown = _map(project, day, name, (_MARGIN, 20.0, width, height))
    ident = shown.get("uuid", "")
    items = [
        shown,
        _label(name, "title", title, (_MARGIN, 7.0, _WIDE - 2 * _MARGIN, 10.0), size=18, color=text.color, bold=True),
        _legend(project, name, ident, (_WIDE - _SIDE - _MARGIN, 20.0, _SIDE, height), text.font),
        _scalebar(name, ident, (_MARGIN + 2, _HIGH - 36.0, 60.0, 10.0), text.font),
        _label(
            name,
            "notice",
            f"{about.notice} {text.caution}",
            (_MARGIN, _HIGH - 21.0, _WIDE - 2 * _MARGIN, 14.0),
            size=7,
            color=text.muted,
        ),
    ]
    about_layout = {"name": name, "units": "mm", "printResolution": 200}
    return element("Layout", about_layout, element("PageCollection", None, _page(name)), *items)


def _item(
    layout: str,
    kind: int,
    id: str,
    box: tuple[float, float, float, float],
    more: dict[str, object],
    *inner: ET.Element,
    z: int = 1,
) -> ET.Element:
    x, y, width, height = box
    ident = "{" + str(uuid.uuid5(_NAMES, f"{layout}/{id}")) + "}"
    place = {"position": f"{x:g},{y:g},mm", "positionOnPage": f"{x:g},{y:g},mm", "size": f"{width:g},{height:g},mm"}
    look = {
        "referencePoint": 0,
        "visibility": 1,
        "opacity": 1,
        "zValue": z,
        "frame": "false",
        "background": "false",
        "itemRotation": 0,
    }
    return element(
        "LayoutItem", {"type": kind, "id": id, "uuid": ident, "templateUuid": ident, **place, **look, **more}, *inner
    )


def _page(layout: str) -> ET.Element:
    white = symbol("fill", [symbol_layer("SimpleFill", {"color": rgba("#FFFFFF"), "outline_style": "no"})])
    return _item(layout, _PAGE, "", (0, 0, _WIDE, _HIGH), {}, white, z=0)


def _map(project: Project, day: date | None, layout: str, box: tuple[float, float, float, float]) -> ET.Element:
    from geo.export.qgis.project import extent, web_mercator

    xmin, ymin, xmax, ymax = web_mercator(project.bbox)
    # The window keeps its middle and grows to the shape of the frame.
    scale = max((xmax - xmin) / box[2], (ymax - ymin) / box[3])
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    window = (x - scale * box[2] / 2, y - scale * box[3] / 2, x + scale * box[2] / 2, y + scale * box[3] / 2)
    time = (
        {"isTemporal": 1, "temporalRangeBegin": f"{day}T00:00:00Z", "temporalRangeEnd": f"{day}T23:59:59Z"}
        if day
        else {"isTemporal": 0}
    )
    more = {
        **time,
        "keepLayerSet": "false",
        "followPreset": "false",
        "drawCanvasItems": "true",
        "frame": "true",
        "background": "true",
        "mapRotation": 0,
    }
    shape = element("Extent", {child.tag: child.text or "" for child in extent("Extent", window)})
    frame = element("FrameColor", {"red": 119, "green": 114, "blue": 106, "alpha": 255})
    water = element("BackgroundColor", {"red": 214, "green": 228, "blue": 236, "alpha": 255})
    return _item(layout, _MAP, "map", box, more, frame, water, shape, z=1)


def _label(
    layout: str,
    id: str,
    text: str,
    box: tuple[float, float, float, float],
    *,
    size: float,
    color: str,
    bold: bool = False,
) -> ET.Element:
    more = {"labelText": text, "htmlState": 0, "halign": _LEFT, "valign": _TOP, "marginX": 0, "marginY": 0}
    ink = _rgb("FontColor", color)
    return _item(
        layout,
        _LABEL,
        id,
        box,
        more,
        _font("LabelFont", size, bold=bold),
        ink,
        _text("text-style", size, color, bold=bold),
        z=3,
    )


def _font(tag: str, size: float, *, font: str = "DejaVu Sans", bold: bool = False) -> ET.Element:
    """Write a font as QGIS before 3.26 wants it."""
    return element(tag, {"description": f"{font},{size:g},-1,5,{75 if bold else 50},0,0,0,0,0", "style": ""})


def _rgb(tag: str, color: str) -> ET.Element:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return element(tag, {"red": red, "green": green, "blue": blue, "alpha": 255})


def _text(
    tag: str, size: float, color: str = "#222222", *, font: str = "DejaVu Sans", bold: bool = False
) -> ET.Element:
    about = {
        "fontFamily": font,
        "fontSize": size,
        "fontSizeUnit": "Point",
        "fontWeight": 75 if bold else 50,
        "textColor": rgba(color),
        "textOpacity": 1,
        "namedStyle": "Bold" if bold else "Book",
    }
    return element(tag, about)


def _legend(
    project: Project, layout: str, map_id: str, box: tuple[float, float, float, float], font: str
) -> ET.Element:
    from geo.export.qgis.tree import tree

    more = {
        "map_uuid": map_id,
        "title": "",
        "titleAlignment": 1,
        "columnCount": 1,
        "splitLayer": 0,
        "legendFilterByAtlas": 0,
        "legendFilterByMap": 1,
        "resizeToContents": 1,
        "boxSpace": 1,
        "columnSpace": 2,
        "symbolWidth": 6,
        "symbolHeight": 3,
        "maxSymbolSize": 3.6,
        "minSymbolSize": 0,
        "symbolAlignment": 1,
        "wmsLegendWidth": 50,
        "wmsLegendHeight": 25,
        "background": "true",
    }
    sizes = {"title": 9.0, "group": 8.0, "subgroup": 7.5, "symbol": 7.0, "symbolLabel": 6.5}
    styles = [
        element(
            "style",
            {
                "name": name,
                "alignment": 1,
                "marginTop": 1.6 if name == "subgroup" else 0.5,
                "marginLeft": 1.5 if name == "symbolLabel" else 0.0,
            },
            _font("styleFont", size, font=font, bold=name != "symbolLabel"),
            _text("text-style", size, font=font, bold=name != "symbolLabel"),
        )
        for name, size in sizes.items()
    ]
    return _item(
        layout, _LEGEND, "legend", box, more, element("styles", None, *styles), tree(project, legend=True), z=2
    )


def _scalebar(layout: str, map_id: str, box: tuple[float, float, float, float], font: str) -> ET.Element:
    more = {
        "mapUuid": map_id,
        "style": "Single Box",
        "unitType": "km",
        "unitLabel": "km",
        "numMapUnitsPerScaleBarUnit": 1,
        "segmentSizeMode": 1,
        "minBarWidth": 30,
        "maxBarWidth": 60,
        "numSegments": 2,
        "numSegmentsLeft": 0,
        "numUnitsPerSegment": 10,
        "height": 1.6,
        "labelBarSpace": 1.2,
        "boxContentSpace": 1,
        "outlineWidth": 0.2,
        "alignment": 0,
    }
    return _item(
        layout,
        _SCALE,
        "scale",
        box,
        more,
        _text("text-style", 8, font=font),
        *(
            _rgb(tag, ink)
            for tag, ink in (("fillColor", "#222222"), ("fillColor2", "#FFFFFF"), ("strokeColor", "#222222"))
        ),
        z=3,
    )
