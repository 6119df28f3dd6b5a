"""All of a layer's style as QGIS keeps it: renderer, labels, time, field titles, forms and map tips."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.export.flat import EDIT_FIELDS, EVER, FIXED, FOREVER, Field, flat_fields
from geo.export.qgis.markup import MM, case, defined, element, rgba, write_xml
from geo.export.qgis.renderers import GEOMETRIES, renderer
from geo.export.qgis.symbols import SIDE, readable
from geo.layers.schema import LayerSchema
from geo.maps.style import Style, Text

VERSION = "3.22.0-Białowieża"
DOCTYPE = "qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'"

_GEOMETRY = {"marker": 0, "line": 1, "fill": 2}


@dataclass(frozen=True, slots=True)
class Label:
    """How a layer is labelled.

    Attributes
    ----------
    expression
        What it says.
    placement
        QGIS's number.
    scale
        The smallest scale that shows it.
    size, bold
        Of the letters; the size is a share of the style's.
    priority
        From 0 to 10: which labels stay where there is no room for all.
    by
        Expressions of data-defined properties.
    least
        Size of the smallest feature that gets one, in millimetres.
    """

    expression: str
    placement: int
    scale: int
    size: float = 1.0
    bold: bool = False
    priority: int = 5
    by: Mapping[str, str] = field(default_factory=dict)
    least: float = 0.0


AROUND, CURVED, HORIZONTAL, ORDERED = 0, 3, 4, 6
LABELS: Mapping[str, Label] = {
    "places": Label('"name"', ORDERED, 400_000, 0.85),
    "events": Label('"label"', ORDERED, 300_000, 0.9, bold=True, priority=9),
    "routes": Label('"name"', CURVED, 500_000, 0.85, priority=7),
    "areas": Label("if(\"type\" = 'siege', \"label\", '')", HORIZONTAL, 2_000_000, 1.0, bold=True, priority=8),
    "flows": Label('"label"', CURVED, 500_000, 0.85),
}


def layer_style(schema: LayerSchema, style: Style) -> tuple[dict[str, object], list[ET.Element]]:
    """Give the style of a layer.

    Returns
    -------
    tuple
        The attributes that stand on the layer itself, and the elements in it: the same in a project, a layer
        definition, a QML file and the ``layer_styles`` of a GeoPackage.
    """
    fields = flat_fields(schema) + EDIT_FIELDS
    label = LABELS.get(schema.name) or (side_labels(style) if schema.name == "control" else None)
    parts = [
        _temporal(schema),
        renderer(schema, style),
        *([_labeling(label, style.text)] if label else []),
        _forms(fields),
        _aliases(fields),
        _editable(fields),
        _defaults(schema),
        element("editorlayout", None, text="tablayout"),
        _form(fields),
        element("mapTip", None, text=map_tip(schema)),
        element("layerGeometryType", None, text=str(_GEOMETRY[GEOMETRIES[schema.geometry]])),
    ]
    return {"labelsEnabled": bool(label), "styleCategories": "AllStyleCategories"}, parts


def qml(schema: LayerSchema, style: Style) -> bytes:
    """Write a layer's style as a QML file, which QGIS finds beside a data file of the same name."""
    attributes, parts = layer_style(schema, style)
    return write_xml(element("qgis", {"version": VERSION, **attributes}, *parts), DOCTYPE)


def _temporal(schema: LayerSchema) -> ET.Element:
    # Start and end from expressions; the end is the first day on which it no longer holds, so it is excluded (limitMode
    # 0). Not from fields: then QGIS lets SQLite compare a day with a moment as texts, and 2016-09-05 comes before
    # 2016-09-05T00:00:00, so that everything would begin a day early.
    about = {"enabled": schema.dated, "mode": 4, "limitMode": 0, "startField": "shown_from", "endField": "shown_until"}
    days = {"startExpression": 'to_datetime("shown_from")', "endExpression": 'to_datetime("shown_until")'}
    rest = {"accumulate": 0, "fixedDuration": 0, "durationUnit": "d", "durationField": ""}
    return element("temporal", {**about, **days, **rest}, element("fixedRange", None, element("start"), element("end")))


def side_labels(style: Style) -> Label:
    """Name who holds the ground, in the side's colour, where there is room within it."""
    names = case(SIDE, {id: side.label for id, side in style.sides.items()}, style.side(None).label)
    by = {
        "Color": case(SIDE, {id: readable(s.color) for id, s in style.sides.items()}, style.text.muted),
        "Italic": "true",
    }
    return Label(names, HORIZONTAL, 2_000_000, 1.05, bold=True, priority=3, by=by, least=34.0)


TOWN_SHOWN = '"rank" = 1 OR @map_scale < 1500000 AND "rank" = 2 OR @map_scale < 250000'
"""The expression that says whether a town of the basemap is on the map: cities always, others the nearer the more."""


def town_labels(color: str, faint: str) -> ET.Element:
    """Name the towns of the basemap that are shown: cities large, quarters and hamlets faintly."""
    name = f"if({TOWN_SHOWN}, \"name\", '')"
    by = {
        "Size": 'CASE WHEN "rank" = 1 THEN 10.5 WHEN "rank" = 2 THEN 7.5 ELSE 6.5 END',
        "Bold": '"rank" = 1',
        "Italic": '"rank" > 2',
        "Color": f"if(\"rank\" > 2, '{faint}', '{color}')",
        "Priority": 'CASE WHEN "rank" = 1 THEN 8 WHEN "rank" = 2 THEN 4 ELSE 1 END',
    }
    text = Text(font="DejaVu Sans", color=color, muted=color, halo="#FFFFFF", accent=color, size=11, caution="")
    return _labeling(Label(name, ORDERED, 10_000_000, 0.9, by=by), text)


def country_labels(color: str) -> ET.Element:
    """Name the countries of the basemap on maps that show several."""
    text = Text(font="DejaVu Sans", color=color, muted=color, halo="#FFFFFF", accent=color, size=11, caution="")
    return _labeling(Label("if(@map_scale > 2500000, \"name\", '')", HORIZONTAL, 100_000_000, 0.75), text)


def _labeling(label: Label, text: Text) -> ET.Element:
    font = {
        "fieldName": label.expression,
        "isExpression": 1,
        "fontFamily": text.font,
        "fontSize": text.size * label.size * 0.75,
        "fontSizeUnit": "Point",
        "fontWeight": 75 if label.bold else 50,
        "namedStyle": "Bold" if label.bold else "Book",
        "textColor": rgba(text.color),
        "textOpacity": 1,
    }
    halo = {
        "bufferDraw": 1,
        "bufferColor": rgba(text.halo),
        "bufferSize": 3 * MM,
        "bufferSizeUnits": "MM",
        "bufferOpacity": 0.9,
    }
    place = {
        "placement": label.placement,
        "dist": 12 * MM if label.placement == ORDERED else 0.0,
        "distUnits": "MM",
        "priority": label.priority,
    }
    place |= {"predefinedPositionOrder": "R,L,TR,BR,TL,BL,TSR,BSR", "placementFlags": 10, "offsetType": 1}
    shown = {
        "scaleVisibility": 1,
        "scaleMin": 0,
        "scaleMax": label.scale,
        "drawLabels": 1,
        "obstacle": label.placement != HORIZONTAL,  # what is written in an area keeps no other name out of it
        "limitNumLabels": 0,
        "minFeatureSize": label.least,
    }
    settings = element(
        "settings",
        {"calloutType": "simple"},
        element("text-style", font, element("text-buffer", halo)),
        element(
            "text-format", {"wrapChar": "", "autoWrapLength": 28, "useMaxLineLengthForAutoWrap": 1, "multilineAlign": 0}
        ),
        element("placement", place),
        element("rendering", shown),
        *([defined(label.by, tag="dd_properties")] if label.by else []),
    )
    return element("labeling", {"type": "simple"}, settings)


def _forms(fields: tuple[Field, ...]) -> ET.Element:
    return element("fieldConfiguration", None, *(element("field", {"name": f.name}, _widget(f)) for f in fields))


def _widget(field: Field) -> ET.Element:
    if field.values:
        pairs = (
            element(
                "Option",
                {"type": "Map"},
                element("Option", {"name": v.replace("_", " ").capitalize(), "type": "QString", "value": v}),
            )
            for v in field.values
        )
        listed = element("Option", {"name": "map", "type": "List"}, *pairs)
        return element(
            "editWidget", {"type": "ValueMap"}, element("config", None, element("Option", {"type": "Map"}, listed))
        )
    long = field.type == "json" or field.name in {"quote", "label"}
    kinds = {"date": "DateTime", "number": "TextEdit", "integer": "Range"}
    values = (
        {"IsMultiline": "true"}
        if long
        else {"display_format": "yyyy-MM-dd", "allow_null": "true"}
        if field.type == "date"
        else {}
    )
    inner = (
        element("Option", {"name": k, "type": "bool" if v == "true" else "QString", "value": v})
        for k, v in values.items()
    )
    return element(
        "editWidget",
        {"type": kinds.get(field.type, "TextEdit")},
        element("config", None, element("Option", {"type": "Map"}, *inner)),
    )


def _aliases(fields: tuple[Field, ...]) -> ET.Element:
    return element(
        "aliases",
        None,
        *(element("alias", {"field": f.name, "name": f.title, "index": i}) for i, f in enumerate(fields)),
    )


def _is_fixed(field: Field) -> bool:
    return field.derived or field.name in FIXED


def _editable(fields: tuple[Field, ...]) -> ET.Element:
    listed = (element("field", {"name": f.name, "editable": not _is_fixed(f)}) for f in fields)
    return element("editable", None, *listed, element("field", {"name": "fid", "editable": 0}))


def _form(fields: tuple[Field, ...]) -> ET.Element:
    """Write the form of a feature: on its first page what an editor may change, on the other what the reports hold."""
    tabs = {"Feature": [f for f in fields if not _is_fixed(f)], "Reports": [f for f in fields if _is_fixed(f)]}
    pages = (
        element(
            "attributeEditorContainer",
            {"name": title, "groupBox": 0, "columnCount": 1, "showLabel": 1, "visibilityExpressionEnabled": 0},
            *(element("attributeEditorField", {"name": f.name, "index": -1, "showLabel": 1}) for f in shown),
        )
        for title, shown in tabs.items()
    )
    return element("attributeEditorForm", None, *pages)


def _defaults(schema: LayerSchema) -> ET.Element:
    """Let the clock follow an edit of the days at once, as `geo.export.flat` works it out at the next export."""
    undated = FOREVER if schema.dated else EVER
    days = {
        "shown_from": f"coalesce(to_date(\"start\"), to_date(if(\"end\" IS NULL, '{undated}', '{EVER}')))",
        "shown_until": f"if(\"end\" IS NULL, to_date('{FOREVER}'), to_date(to_date(\"end\") + to_interval('1 day')))",
    }
    about = ({"field": name, "expression": text, "applyOnUpdate": 1} for name, text in days.items())
    return element("defaults", None, *(element("default", one) for one in about))


def map_tip(schema: LayerSchema) -> str:
    """Write the map tip: title, time and the quote with its source, in HTML; text of reports never becomes markup."""
    names = schema.columns
    title = next((n for n in ("label", "name", "place", "route") if n in names), "id")
    when = "coalesce(\"edtf\", 'date not reported')"
    told_by = (
        'concat("source", if("source" IS NULL OR "known" IS NULL, \'\', \', \'), format_date("known", \'yyyy-MM-dd\'))'
    )
    parts = [f"<b>{_told(quoted_column(title))}</b>"]
    if schema.dated:
        parts.append(_told(when))
    if "state" in names:
        parts.append(_told('"state"'))
    parts += [f"<i>“{_told(quoted_column('quote'))}”</i>", _told(told_by)]
    return '<div style="width: 22em; font-family: sans-serif">' + "<br/>".join(parts) + "</div>"


def quoted_column(name: str) -> str:
    """Name a column in an expression."""
    return '"' + name.replace('"', '""') + '"'


def _told(expression: str) -> str:
    return f"[% replace(replace(coalesce({expression}, ''), '&', '&amp;'), '<', '&lt;') %]"
