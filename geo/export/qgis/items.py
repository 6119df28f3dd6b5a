"""Items of a print layout as QGIS keeps them: maps, words, legends and scales; lengths in millimetres."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from geo.export.qgis.markup import element, rgba, symbol, symbol_layer
from geo.export.qgis.symbols import SAMPLE_MM

PAGE, MAP, LABEL, LEGEND, SCALE = 65638, 65639, 65641, 65642, 65646  # QgsLayoutItemRegistry::ItemType
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/sitmap/qgis")
FONT = "DejaVu Sans"
_LEFT, _TOP = 1, 32  # Qt::Alignment

Box = tuple[float, float, float, float]
"""Left, top, width and height."""


def item(
    layout: str, kind: int, id: str, box: Box, more: dict[str, object], *inner: ET.Element, z: int = 1, corner: int = 0
) -> ET.Element:
    """Write an item; ``corner`` stays when it grows, counted from the upper left (0) by rows to the lower right (8)."""
    x, y, width, height = box
    ident = "{" + str(uuid.uuid5(NAMES, f"{layout}/{id}")) + "}"
    at = (x + (corner % 3) * width / 2, y + (corner // 3) * height / 2)
    place = {"position": f"{at[0]:g},{at[1]:g},mm", "positionOnPage": f"{at[0]:g},{at[1]:g},mm"}
    look = {
        "size": f"{width:g},{height:g},mm",
        "referencePoint": corner,
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


def paper(layout: str, width: float, height: float) -> ET.Element:
    """Write the sheet."""
    white = symbol("fill", [symbol_layer("SimpleFill", {"color": rgba("#FFFFFF"), "outline_style": "no"})])
    return item(layout, PAGE, "", (0, 0, width, height), {}, white, z=0)


def map_item(
    layout: str,
    id: str,
    box: Box,
    window: Box,
    *,
    day: str = "",
    frame: str = "#77726A",
    water: str = "#D6E4EC",
    inner: Sequence[ET.Element] = (),
    fixed: bool = False,
    z: int = 1,
) -> ET.Element:
    """Write a map.

    Parameters
    ----------
    layout, id, box
        As of `item`.
    window
        Its extent in the reference system of the project.
    day
        The ISO day that it shows; all days where empty.
    frame, water
        Colours of its edge, and of what is beneath all layers.
    inner
        Its own layers, overviews.
    fixed
        Whether it shows its own layers alone.
    z
        What lies on what.
    """
    time: dict[str, object] = {"isTemporal": int(bool(day))}
    if day:
        time |= {"temporalRangeBegin": f"{day}T00:00:00Z", "temporalRangeEnd": f"{day}T23:59:59Z"}
    more = {
        **time,
        "keepLayerSet": "true" if fixed else "false",
        "followPreset": "false",
        "drawCanvasItems": "true",
        "frame": "true",
        "background": "true",
        "mapRotation": 0,
        "outlineWidthM": "0.2,mm",
    }
    shape = element("Extent", dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{v:.6f}" for v in window), strict=True)))
    parts = (_rgb("FrameColor", frame), _rgb("BackgroundColor", water), shape, *inner)
    return item(layout, MAP, id, box, more, *parts, z=z)


def overview(layout: str, of: str, color: str) -> ET.Element:
    """Write the frame of another map of the page, for an inset."""
    edge = {"color": rgba(color, 0.15), "outline_color": rgba(color), "outline_width": 0.4, "style": "solid"}
    ident = "{" + str(uuid.uuid5(NAMES, f"{layout}/overview")) + "}"
    about: dict[str, object] = {"name": "window", "uuid": ident, "frameMap": of}
    about |= {"show": 1, "position": 3, "centered": 0, "inverted": 0, "blendMode": 0}
    return element("ComposerMapOverview", about, symbol("fill", [symbol_layer("SimpleFill", edge)]))


def words(layout: str, id: str, text: str, box: Box, *, size: float, color: str, bold: bool = False) -> ET.Element:
    """Write words; ``[% … %]`` in them is an expression."""
    more = {"labelText": text, "htmlState": 0, "halign": _LEFT, "valign": _TOP, "marginX": 0, "marginY": 0}
    parts = (_font("LabelFont", size, bold=bold), _rgb("FontColor", color), _text("text-style", size, color, bold=bold))
    return item(layout, LABEL, id, box, more, *parts, z=3)


def legend(layout: str, map_id: str, box: Box, layers: ET.Element, font: str) -> ET.Element:
    """Write a legend that grows upwards from the foot of its box."""
    more = {
        "map_uuid": map_id,
        "title": "",
        "titleAlignment": 1,
        "columnCount": 1,
        "splitLayer": 0,
        "legendFilterByAtlas": 0,
        "legendFilterByMap": 0,
        "resizeToContents": 1,
        "boxSpace": 0,
        "columnSpace": 2,
        "symbolWidth": SAMPLE_MM,
        "symbolHeight": 4,
        "maxSymbolSize": 3.6,
        "minSymbolSize": 0,
        "symbolAlignment": 1,
        "wmsLegendWidth": 50,
        "wmsLegendHeight": 25,
        "background": "true",
    }
    sizes = {"title": 9.0, "group": 8.0, "subgroup": 7.5, "symbol": 7.0, "symbolLabel": 6.5}
    margins = {"subgroup": 1.8, "symbol": 0.9}
    styles = [
        element(
            "style",
            {
                "name": name,
                "alignment": 1,
                "marginTop": margins.get(name, 0.4),
                "marginLeft": 1.5 if name == "symbolLabel" else 0.0,
            },
            _font("styleFont", size, font=font, bold=name != "symbolLabel"),
            _text("text-style", size, font=font, bold=name != "symbolLabel"),
        )
        for name, size in sizes.items()
    ]
    return item(layout, LEGEND, "legend", box, more, element("styles", None, *styles), layers, z=2, corner=6)


def _font(tag: str, size: float, *, font: str = FONT, bold: bool = False) -> ET.Element:
    """Write a font as QGIS before 3.26 wants it."""
    return element(tag, {"description": f"{font},{size:g},-1,5,{75 if bold else 50},0,0,0,0,0", "style": ""})


def _rgb(tag: str, color: str) -> ET.Element:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return element(tag, {"red": red, "green": green, "blue": blue, "alpha": 255})


def _text(tag: str, size: float, color: str = "#222222", *, font: str = FONT, bold: bool = False) -> ET.Element:
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


def scale_bar(layout: str, map_id: str, box: Box, font: str) -> ET.Element:
    """Write a scale in kilometres."""
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
        "background": "true",
    }
    white = element("BackgroundColor", {"red": 255, "green": 255, "blue": 255, "alpha": 190})
    return item(
        layout,
        SCALE,
        "scale",
        box,
        more,
        white,
        _text("text-style", 8, font=font),
        *(
            _rgb(tag, ink)
            for tag, ink in (("fillColor", "#222222"), ("fillColor2", "#FFFFFF"), ("strokeColor", "#222222"))
        ),
        z=3,
    )
