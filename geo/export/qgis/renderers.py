"""How each layer is drawn in QGIS: by which column, with which symbol for which value."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geo.export.flat import flat_fields
from geo.export.qgis import ground, symbols
from geo.export.qgis.markup import element, rgba, symbol, symbol_layer
from geo.layers.schema import LayerSchema
from geo.maps.style import Style

RING = 0  # QgsPointDisplacementRenderer::Placement
GEOMETRIES = {"Point": "marker", "LineString": "line", "Polygon": "fill", "MultiPolygon": "fill"}


@dataclass(frozen=True, slots=True)
class Category:
    """What is drawn for a value of a column: ``draw`` makes the symbol of a name."""

    value: str
    label: str
    draw: Callable[[str], ET.Element]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a layer is drawn: by a column, or alike where it is empty; ``apart`` so that no point hides another."""

    column: str
    categories: tuple[Category, ...]
    apart: bool = False


def drawing_of(schema: LayerSchema, style: Style) -> Drawing:
    """Choose how a layer is drawn; a layer that has no drawing of its own is drawn by its sides, else alike."""
    if schema.name in _DRAWINGS:
        return _DRAWINGS[schema.name](style)
    if any(field.name == "side" for field in flat_fields(schema)):
        return _by_side(schema, style)
    return Drawing("", (Category("", schema.title, lambda name: _plain(schema, style, None, name)),))


def renderer(schema: LayerSchema, style: Style) -> ET.Element:
    """Write the renderer of a layer."""
    drawing = drawing_of(schema, style)
    named = [(str(number), category) for number, category in enumerate(drawing.categories)]
    drawn = element("symbols", None, *(category.draw(name) for name, category in named))
    if not drawing.column:
        return element("renderer-v2", {"type": "singleSymbol", "enableorderby": 0, "forceraster": 0}, drawn)
    listed = (
        element("category", {"value": c.value, "label": c.label, "symbol": name, "render": "true"}) for name, c in named
    )
    about = {"type": "categorizedSymbol", "attr": drawing.column, "enableorderby": 0, "forceraster": 0}
    made = element("renderer-v2", about, element("categories", None, *listed), drawn)
    return _apart(made) if drawing.apart else made


def _apart(inner: ET.Element) -> ET.Element:
    """Set symbols that would hide each other beside each other, with a ring around where they belong."""
    about = {
        "type": "pointDisplacement",
        "tolerance": 3.0,
        "toleranceUnit": "MM",
        "placement": RING,
        "circleWidth": 0.2,
    }
    about |= {"circleColor": rgba("#5A5A5A", 0.6), "circleRadiusAddition": 0, "labelAttributeName": ""}
    about |= {"maxLabelScaleDenominator": 0, "enableorderby": 0, "forceraster": 0}
    dot = {"name": "circle", "size": 0.8, "size_unit": "MM", "color": rgba("#5A5A5A"), "outline_style": "no"}
    middle = symbol("marker", [symbol_layer("SimpleMarker", dot)], name="centerSymbol")
    font = element("labelFontProperties", {"description": "DejaVu Sans,8,-1,5,50,0,0,0,0,0", "style": ""})
    return element("renderer-v2", about, font, inner, middle)


def _events(style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: symbols.event_symbol(style, style.types[id], name)

    return Drawing("type", tuple(Category(id, kind.label, draw(id)) for id, kind in style.types.items()), apart=True)


def _routes(style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: symbols.route_symbol(style, style.states[id], name)

    return Drawing("state", tuple(Category(id, state.label, draw(id)) for id, state in style.states.items()))


def _areas(style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: ground.area_symbol(style, style.areas[id], name)

    return Drawing("type", tuple(Category(id, area.label, draw(id)) for id, area in style.areas.items()))


def _flows(style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: symbols.flow_symbol(style, style.flows[id], name)

    return Drawing("type", tuple(Category(id, flow.label, draw(id)) for id, flow in style.flows.items()))


def _control(style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: ground.control_symbol(style, id, name)

    return Drawing("side", tuple(Category(id, side.label, draw(id)) for id, side in style.sides.items()))


def _front_lines(style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: ground.front_symbol(style, style.control_states[id], name)

    label = style.front_lines.label
    return Drawing(
        "state",
        tuple(Category(id, f"{label}: {state.label.lower()}", draw(id)) for id, state in style.control_states.items()),
    )


def _places(style: Style) -> Drawing:
    return Drawing(
        "", (Category("", "Place", lambda name: symbols.dot_symbol(style, style.text.muted, name, circle=True)),)
    )


_DRAWINGS: Mapping[str, Callable[[Style], Drawing]] = {
    "places": _places,
    "events": _events,
    "areas": _areas,
    "routes": _routes,
    "control": _control,
    "front_lines": _front_lines,
    "flows": _flows,
}


def _by_side(schema: LayerSchema, style: Style) -> Drawing:
    def draw(id: str) -> Callable[[str], ET.Element]:
        return lambda name: _plain(schema, style, style.sides[id].color, name)

    return Drawing("side", tuple(Category(id, side.label, draw(id)) for id, side in style.sides.items()))


def _plain(schema: LayerSchema, style: Style, color: str | None, name: str) -> ET.Element:
    ink, kind = color or style.text.muted, GEOMETRIES[schema.geometry]
    if kind == "marker":
        return symbols.dot_symbol(style, ink, name)
    line = symbols.line_layer(style.control, ink, width=2.0 if kind == "line" else 0.0)
    return symbol(kind, [line] if kind == "line" else [symbols.fill_layer(ink, style.control.fill), line], name=name)
