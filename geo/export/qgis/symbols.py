"""The symbols of QGIS styles, from ``style.toml`` and ``symbols.toml``: they look as on the pages and pictures."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from geo.export.qgis.markup import MM, case, dashes, one_of, rgba, symbol, symbol_layer
from geo.maps.colour import contrast, mix
from geo.maps.style import SAME_AS_SIDE, EventType, Line, State, Style

SIZE_PX = 22.0
CORE = 0.78  # size of the filled core of what is only claimed
LEAST_CONTRAST = 2.4  # of a white sign
HATCH = 0.28  # opacity of the strokes of an area, as on the pages
SIDE = "coalesce(\"side\", 'other')"
MODALITY = "coalesce(\"modality\", 'happened')"
CONTROL_STATE = "coalesce(\"state\", 'held')"
_MARGIN = 1.5  # around the square of 24 in which symbols are drawn, for their outline
_WHITE, _BLACK = "#FFFFFF", "#111111"
_PLAIN = {"outline_style": "no", "size_unit": "MM", "horizontal_anchor_point": 1}


def side_color(style: Style, column: str = SIDE) -> str:
    """Give the expression of the colour of a feature's side."""
    colors = {id: side.color for id, side in style.sides.items()}
    return case(column, colors, style.side(None).color)


def _dark(style: Style) -> str:
    """Give the expression of the colour of a hollow symbol: the side's, darker where it would not be seen on white."""
    colors = {id: _seen(side.color) for id, side in style.sides.items()}
    return case(SIDE, colors, _seen(style.side(None).color))


def _seen(color: str) -> str:
    return color if contrast(color, _WHITE) > LEAST_CONTRAST else mix(color, _BLACK, 0.55)


def event_symbol(style: Style, kind: EventType, name: str) -> ET.Element:
    """Draw an event: a shape in the colour of its side with the sign of its type; hollow where it did not happen."""
    modalities = style.modalities.values()
    hollow = [m.id for m in modalities if not m.fill]
    outlined = {m.id: m.outline for m in modalities if m.outline}
    cores = [m.id for m in modalities if m.fill and m.outline]
    struck = [m.id for m in modalities if m.strike]
    shape, sign, size = style.shapes[kind.shape], style.symbols[kind.symbol], SIZE_PX * MM
    signs = {id: _WHITE if contrast(s.color, _WHITE) > LEAST_CONTRAST else _BLACK for id, s in style.sides.items()}
    core = f"if({one_of(MODALITY, cores)}, {{0}}, {{1}})"
    outlines = {id: _svg(shape, dash=dash) for id, dash in outlined.items()}
    whole = size * (24 + 2 * _MARGIN) / 24
    inside = core.format(f"{whole * CORE:.4g}", f"{whole:.4g}")
    # Off is a size of 0, and what is not known counts as filled: a legend knows no feature, and switches nothing off.
    layers = [
        _picture(
            _svg(shape, dash=(3, 2)),
            whole,
            {
                "size": f"if({one_of(MODALITY, outlined)}, {whole:.4g}, 0)",
                "name": case(MODALITY, outlines, next(iter(outlines.values()), _svg(shape))),
                "outlineColor": _dark(style),
            },
            color=_WHITE,
            width=1.4,
        ),
        _picture(
            _svg(shape),
            whole,
            {"fillColor": side_color(style), "size": f"if({one_of(MODALITY, hollow)}, 0, {inside})"},
            color=style.side(None).color,
            edge=_WHITE,
            width=1.2,
        ),
        _picture(
            _svg(sign, line=False),
            whole,
            {
                "fillColor": f"if({one_of(MODALITY, hollow)}, {_dark(style)}, {case(SIDE, signs, _WHITE)})",
                "size": inside,
            },
            color=_WHITE,
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


def route_symbol(style: Style, state: State, name: str) -> ET.Element:
    """Draw a route in the colour of its holder on a white casing, with crosses where nothing passes."""
    color = style.side(None).color
    casing = Line(id="", label="", color=_WHITE, width=state.width + 4)
    layers = [line_layer(casing, _WHITE), line_layer(state, color, by_side=side_color(style))]
    if state.mark == "cross":
        for width, ink, by in ((5.5, _WHITE, ""), (2.6, color, side_color(style))):
            cross = symbol_layer(
                "SimpleMarker",
                {
                    **_PLAIN,
                    "name": "cross2",
                    "outline_style": "solid",
                    "size": 10 * MM,
                    "outline_color": rgba(ink),
                    "outline_width": width * MM,
                },
                by={"outlineColor": by} if by else None,
            )
            layers.append(on_line(cross, "interval", interval=48 * MM))
    return symbol("line", layers, name=name)


def on_line(marker: ET.Element, placement: str, *, interval: float = 10.0, offset: float = 0.0) -> ET.Element:
    """Set a marker along a line: at ``lastvertex``, ``centralpoint`` or each ``interval`` of so many millimetres."""
    values = {
        "placement": placement,
        "interval": interval,
        "interval_unit": "MM",
        "rotate": 1,
        "offset": offset,
        "offset_unit": "MM",
    }
    return symbol_layer("MarkerLine", values, inner=symbol("marker", [marker]))


def flow_symbol(style: Style, flow: Line, name: str) -> ET.Element:
    """Draw a movement with its head."""
    color, by = _color(style, flow)
    head = symbol_layer(
        "SimpleMarker",
        {**_PLAIN, "name": "filled_arrowhead", "size": 14 * MM, "color": rgba(color)},
        by={"fillColor": by} if by else None,
    )
    return symbol("line", [line_layer(flow, color, by_side=by), on_line(head, "lastvertex")], name=name)


def _color(style: Style, line: Line) -> tuple[str, str]:
    if line.color == SAME_AS_SIDE:
        return style.side(None).color, side_color(style)
    return line.color, ""


def area_symbol(style: Style, area: Line, name: str) -> ET.Element:
    """Draw an area: a faint fill, strokes, and the edge."""
    color, by = _color(style, area)
    edge = line_layer(area, color, by_side=by)
    return symbol(
        "fill",
        [fill_layer(color, area.fill, by_side=by), *hatching(area.hatch, color, by_side=by, alpha=HATCH), edge],
        name=name,
    )


def fill_layer(color: str, alpha: float, *, by_side: str = "") -> ET.Element:
    """Fill an area without an edge."""
    by = {"fillColor": faded(by_side, alpha)} if by_side else None
    return symbol_layer("SimpleFill", {"color": rgba(color, alpha), "style": "solid", "outline_style": "no"}, by=by)


_ANGLES = {"/": (45,), "\\": (135,), "-": (0,), "|": (90,), "x": (45, 135), "+": (0, 90)}


def hatching(
    hatch: str, color: str, *, by_side: str = "", when: str = "", width: float = 0.9, alpha: float = 1.0
) -> Iterator[ET.Element]:
    """Draw the strokes of a hatch, denser where its sign stands more often; ``when`` is a condition on the feature."""
    condition = {"enabled": when} if when else None
    distance = 21 * MM / max(len(hatch), 1)
    for angle in _ANGLES.get(hatch[:1], ()):
        stroke = Line(id="", label="", color=color, width=width)
        inner = symbol("line", [line_layer(stroke, color, by_side=by_side, alpha=alpha)])
        values = {"angle": angle, "distance": distance, "distance_unit": "MM", "line_width": width * MM}
        yield symbol_layer("LinePatternFill", values, by=condition, inner=inner)
    if hatch[:1] == ".":
        dot = {**_PLAIN, "name": "circle", "size": 2 * width * MM, "color": rgba(color, alpha)}
        inks = {"fillColor": faded(by_side, alpha)} if by_side else None
        inner = symbol("marker", [symbol_layer("SimpleMarker", dot, by=inks)])
        values = {"distance_x": distance, "distance_y": distance, "distance_x_unit": "MM", "distance_y_unit": "MM"}
        yield symbol_layer("PointPatternFill", values, by=condition, inner=inner)


def control_symbol(style: Style, side: str, name: str) -> ET.Element:
    """Draw the ground of a side, with stripes cut out of it where the state that it is held in is not sure."""
    told = style.sides[side]
    layers = [fill_layer(told.color, style.control.fill), *hatching(told.hatch, told.color, width=0.5)]
    for state in style.control_states.values():
        layers += hatching(state.hatch, _WHITE, when=f"{CONTROL_STATE} = '{state.id}'", width=1.6)
    return symbol("fill", [*layers, line_layer(style.control, told.color)], name=name)


def front_symbol(style: Style, state: Line, name: str) -> ET.Element:
    """Draw a front line between edges in the colours of both sides, each side's ticks in its own ground."""
    front, layers = style.front_lines, []
    dashed = Line(id="", label="", color=front.color, width=front.width, dash=state.dash or front.dash)
    for column, sign, anchor in (('"left_side"', -1, 2), ('"right_side"', 1, 0)):
        by = side_color(style, f"coalesce({column}, 'other')")
        edge = Line(id="", label="", color=SAME_AS_SIDE, width=2.4)
        layers.append(line_layer(edge, style.side(None).color, by_side=by, offset=sign * 2.0))
        tick = symbol_layer(
            "SimpleMarker",
            {
                "name": "line",
                "size": 7 * MM,
                "size_unit": "MM",
                "outline_width": 1.6 * MM,
                "outline_color": rgba(front.color),
                "vertical_anchor_point": anchor,
                "color": rgba(front.color),
            },
            by={"outlineColor": by},
        )
        layers.append(on_line(tick, "interval", interval=18 * MM, offset=sign * 2.0 * MM))
    return symbol("line", [*layers, line_layer(dashed, front.color)], name=name)


def dot_symbol(style: Style, color: str, name: str, *, size: float = 6.0, circle: bool = False) -> ET.Element:
    """Draw a point of a colour, with the circle within which it truly lies where ``circle`` is set."""
    values = {
        "name": "circle",
        "size": size * MM,
        "size_unit": "MM",
        "color": rgba(color),
        "outline_color": rgba(_WHITE),
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
