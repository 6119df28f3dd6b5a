"""The symbols of QGIS styles, from ``style.toml`` and ``symbols.toml``: they look as on the pages and pictures."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from geo.export.qgis.markup import MM, Expressions, case, dashes, one_of, rgba, symbol, symbol_layer
from geo.maps.colour import contrast, mix
from geo.maps.style import SAME_AS_SIDE, EventType, Line, State, Style

SIZE_PX = 22.0
CORE = 0.78  # size of the filled core of what is only claimed
LEAST_CONTRAST = 2.4  # of a white sign
SIDE = "coalesce(\"side\", 'other')"
MODALITY = "coalesce(\"modality\", 'happened')"
_MARGIN = 1.5  # around the square of 24 in which symbols are drawn, for their outline
WHITE, _BLACK = "#FFFFFF", "#111111"
NEUTRAL = "#6A6A6A"
"""What has the colour of a side, in a legend, as in those of the pictures."""
PLAIN = {"outline_style": "no", "size_unit": "MM", "horizontal_anchor_point": 1}


def side_color(style: Style, column: str = SIDE) -> str:
    """Give the expression of the colour of a feature's side."""
    colors = {id: side.color for id, side in style.sides.items()}
    return case(column, colors, style.side(None).color)


def _dark(style: Style) -> str:
    """Give the expression of the colour of a hollow symbol: the side's, darker where it would not be seen on white."""
    colors = {id: readable(side.color) for id, side in style.sides.items()}
    return case(SIDE, colors, readable(style.side(None).color))


def readable(color: str) -> str:
    """Give a colour, darker where it would not be seen on white."""
    return color if contrast(color, WHITE) > LEAST_CONTRAST else mix(color, _BLACK, 0.55)


def event_symbol(style: Style, kind: EventType, name: str) -> ET.Element:
    """Draw an event: a shape in the colour of its side with the sign of its type; hollow where it did not happen."""
    modalities = style.modalities.values()
    hollow = [m.id for m in modalities if not m.fill]
    outlined = {m.id: m.outline for m in modalities if m.outline}
    cores = [m.id for m in modalities if m.fill and m.outline]
    struck = [m.id for m in modalities if m.strike]
    shape, sign, size = style.shapes[kind.shape], style.symbols[kind.symbol], SIZE_PX * MM
    signs = {id: WHITE if contrast(s.color, WHITE) > LEAST_CONTRAST else _BLACK for id, s in style.sides.items()}
    core = f"if({one_of(MODALITY, cores)}, {{0}}, {{1}})"
    outlines = {id: _svg(shape, dash=dash) for id, dash in outlined.items()}
    whole = size * (24 + 2 * _MARGIN) / 24
    inside = core.format(f"{whole * CORE:.4g}", f"{whole:.4g}")
    # Off is a size of 0, which is what it has where no feature is known, in a legend: there the shape is filled.
    layers = [
        _picture(
            _svg(shape, dash=(3, 2)),
            0.0,
            {
                "size": f"if({one_of(MODALITY, outlined)}, {whole:.4g}, 0)",
                "name": case(MODALITY, outlines, next(iter(outlines.values()), _svg(shape))),
                "outlineColor": _dark(style),
            },
            color=WHITE,
            width=1.4,
        ),
        _picture(
            _svg(shape),
            whole,
            {"fillColor": side_color(style), "size": f"if({one_of(MODALITY, hollow)}, 0, {inside})"},
            color=NEUTRAL,
            edge=WHITE,
            width=1.2,
        ),
        _picture(
            _svg(sign, line=False),
            whole,
            {
                "fillColor": f"if({one_of(MODALITY, hollow)}, {_dark(style)}, {case(SIDE, signs, WHITE)})",
                "size": inside,
            },
            color=WHITE,
        ),
        symbol_layer(
            "SimpleMarker",
            {
                "name": "line",
                "angle": 45,
                "size": size,
                "size_unit": "MM",
                "outline_color": rgba(_BLACK, 0),
                "outline_width": 1.6 * MM,
                "color": rgba(_BLACK, 0),
            },
            by={"outlineColor": f"if({one_of(MODALITY, struck)}, {_dark(style)}, '#00000000')"},
        ),
    ]
    opacity = case(MODALITY, {m.id: f"{100 * m.opacity:g}" for m in modalities if m.opacity < 1}, "100")
    made = symbol("marker", layers, name=name)
    from geo.export.qgis.markup import defined

    made.insert(0, defined({"alpha": f"to_real({opacity})"}))
    return made


def _svg(path: str, *, dash: Sequence[float] = (), line: bool = True) -> str:
    """Give path data as a picture within the style, whose colours QGIS may set."""
    stroke = ' stroke="param(outline) #000" stroke-width="param(outline-width) 1"' if line else ""
    dashed = f' stroke-dasharray="{" ".join(f"{d:g}" for d in dash)}"' if dash else ""
    side = 24 + 2 * _MARGIN
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_MARGIN:g} {-_MARGIN:g} {side:g} {side:g}" '
        f'width="{side:g}" height="{side:g}">'
        f'<path d="{path}" fill="param(fill) #000" fill-rule="evenodd"{stroke}{dashed}/></svg>'
    )
    return "base64:" + base64.b64encode(text.encode()).decode()


def _picture(
    name: str, size: float, by: dict[str, str], *, color: str, edge: str = _BLACK, width: float = 0.0
) -> ET.Element:
    values = {"name": name, "size": size, "size_unit": "MM", "color": rgba(color), "outline_color": rgba(edge)}
    return symbol_layer("SvgMarker", {**values, "outline_width": width * MM, "outline_width_unit": "MM"}, by=by)


def line_layer(
    line: Line | State, color: str, *, by_side: str = "", width: float = 0.0, offset: float = 0.0, alpha: float = 1.0
) -> ET.Element:
    """Draw a line of the style; ``by_side`` is the expression of its colour, widths and offsets are in pixels."""
    values = {"line_color": rgba(color, alpha), "line_width": (width or line.width) * MM, "line_width_unit": "MM"}
    values |= {"offset": offset * MM, "offset_unit": "MM", **dashes(line.dash)}
    return symbol_layer("SimpleLine", values, by={"outlineColor": faded(by_side, alpha)} if by_side else None)


def faded(by_side: str, alpha: float) -> str:
    """Give the expression of a colour with an opacity; that of a whole symbol would be lost in a PDF."""
    return f"set_color_part({by_side}, 'alpha', {round(255 * alpha)})" if alpha < 1 else by_side


MARK_EVERY, CROSS = 64.0, 8.4  # in pixels, as in the pictures
SAMPLE_MM = 7.0
"""Length of a line in the legend of a printed page."""


def route_symbol(style: Style, state: State, name: str) -> ET.Element:
    """Draw a route in the colour of its holder on a white casing, with crosses where nothing passes."""
    casing = Line(id="", label="", color=WHITE, width=state.width + 2.6)
    layers = [line_layer(casing, WHITE), line_layer(state, NEUTRAL, by_side=side_color(style))]
    if state.mark == "cross":
        layers += [_crosses(WHITE, 4.6), _crosses(style.text.color, 2.0)]
    return symbol("line", layers, name=name)


def _crosses(color: str, width: float) -> ET.Element:
    """Set crosses on a line: at least one, in its middle, and as many as there is room for, evenly."""
    values = {**PLAIN, "name": "cross2", "outline_style": "solid", "size": CROSS * MM}
    cross = symbol_layer(
        "SimpleMarker",
        {**values, "outline_color": rgba(color), "outline_width": width * MM, "outline_width_unit": "MM"},
    )
    # Length on the map in millimetres; a legend, which knows neither map nor feature, gets one cross in its middle.
    length = (
        "length(transform($geometry, @layer_crs, @map_crs)) * if(@map_units = 'degrees', 111320, 1) / @map_scale * 1000"
    )
    half = f"coalesce({length} / max(1, round({length} / {MARK_EVERY * MM:.4g})), {SAMPLE_MM}) / 2"
    by = {"interval": f"2 * {half}", "offsetAlongLine": half}
    return on_line(cross, "interval", interval=SAMPLE_MM, begin=SAMPLE_MM / 2, by=by)


def on_line(
    marker: ET.Element,
    placement: str,
    *,
    interval: float = 10.0,
    begin: float = 0.0,
    by: Expressions | None = None,
    when: str = "",
) -> ET.Element:
    """Set a marker along a line: at ``lastvertex``, ``centralpoint`` or each ``interval`` of so many millimetres.

    Parameters
    ----------
    marker
        Its symbol layer.
    placement
        As QGIS names it.
    interval, begin
        Distance from one to the next, and from the line's start to the first, in millimetres.
    by
        Expressions of data-defined properties.
    when
        The expression that says whether there are any.
    """
    values = {"placement": placement, "interval": interval, "interval_unit": "MM", "rotate": 1}
    values |= {"offset_along_line": begin, "offset_along_line_unit": "MM"}
    defined_by = {**(by or {}), **({"enabled": when} if when else {})}
    return symbol_layer("MarkerLine", values, by=defined_by or None, inner=symbol("marker", [marker]))


def flow_symbol(style: Style, flow: Line, name: str) -> ET.Element:
    """Draw a movement with its head."""
    color, by = line_color(style, flow)
    head = symbol_layer(
        "SimpleMarker",
        {**PLAIN, "name": "filled_arrowhead", "size": 14 * MM, "color": rgba(color)},
        by={"fillColor": by} if by else None,
    )
    return symbol("line", [line_layer(flow, color, by_side=by), on_line(head, "lastvertex")], name=name)


def line_color(style: Style, line: Line) -> tuple[str, str]:
    """Give the colour of a line, and the expression of it where it is that of the feature's side."""
    if line.color == SAME_AS_SIDE:
        return NEUTRAL, side_color(style)
    return line.color, ""


def fill_layer(color: str, alpha: float, *, by_side: str = "") -> ET.Element:
    """Fill an area without an edge."""
    by = {"fillColor": faded(by_side, alpha)} if by_side else None
    return symbol_layer("SimpleFill", {"color": rgba(color, alpha), "style": "solid", "outline_style": "no"}, by=by)


def dot_symbol(style: Style, color: str, name: str, *, size: float = 6.0, circle: bool = False) -> ET.Element:
    """Draw a point of a colour, with the circle within which it truly lies where ``circle`` is set."""
    values = {
        "name": "circle",
        "size": size * MM,
        "size_unit": "MM",
        "color": rgba(color),
        "outline_color": rgba(WHITE),
        "outline_width": 0.8 * MM,
    }
    doubt = [_doubt(style, color)] if circle else []
    return symbol("marker", [*doubt, symbol_layer("SimpleMarker", values)], name=name)


MOST_DOUBT_M = 5_000
"""Wider circles of doubt are not drawn: a province would hide the map."""


def _doubt(style: Style, color: str) -> ET.Element:
    circle = (
        f'if("precision_m" > 0 AND "precision_m" <= {MOST_DOUBT_M}, transform(buffer('
        "transform($geometry, 'EPSG:4326', 'EPSG:3857'), "
        "\"precision_m\" / cos(radians(y($geometry)))), 'EPSG:3857', 'EPSG:4326'), NULL)"
    )
    line = style.areas["uncertainty"]
    inner = symbol("fill", [fill_layer(color, line.fill), line_layer(line, color)])
    return symbol_layer(
        "GeometryGenerator", {"SymbolType": "Fill", "geometryModifier": circle, "units": "MapUnit"}, inner=inner
    )
