"""The layers of a QGIS project: their groups, sources and styles."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from geo.export.flat import Flat
from geo.export.geopackage import About
from geo.export.qgis.layerstyle import TOWN_SHOWN, country_labels, layer_style, town_labels
from geo.export.qgis.markup import MM, element, options, rgba, symbol, symbol_layer
from geo.export.qgis.pages import Page
from geo.export.qgis.symbols import line_layer
from geo.ids import content_id
from geo.layers.schema import LayerSchema
from geo.maps.style import Line, Style

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Reports": ("events", "places"),
    "Movements": ("flows",),
    "Routes": ("routes",),
    "Control": ("front_lines", "control_points", "control"),
    "Areas": ("areas",),
}
"""The groups of the layer tree, top first; a layer of none of them gets a group of its own."""

HIDDEN = frozenset({"control_points", "places"})
"""Layers that are switched off at first: they say in points what others draw."""

COUNTRIES = "basemap_countries"
FAINT = "#7A756D"
"""Of the names of quarters and hamlets."""

WEB, WGS84 = "EPSG:3857", "EPSG:4326"
_SRSID = {WGS84: "3452", WEB: "3857"}
_KINDS = {"Point": "Point", "LineString": "Line", "Polygon": "Polygon", "MultiPolygon": "Polygon"}

Window = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """A layer of the basemap: its name in the GeoPackage, geometry type, and how it is drawn."""

    name: str
    title: str
    geometry: str
    line: Line
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project is made from.

    Attributes
    ----------
    flats
        The layers by name, as they lie in the GeoPackage.
    source
        Name of the GeoPackage, relative to the project.
    style, about
        As of `geo.export.geopackage.write_geopackage`.
    bbox
        West, south, east, north in degrees: the window that it opens with.
    dates
        The days that get a layout for printing.
    bookmarks
        Windows to go to, by name.
    ground
        Layers of the basemap, top first, in ``ground_source``.
    """

    flats: Mapping[str, Flat]
    source: str
    style: Style
    about: About
    bbox: Window
    dates: Sequence[date] = ()
    bookmarks: Mapping[str, Window] = field(default_factory=dict)
    ground: Sequence[Ground] = ()
    ground_source: str = ""


def crs(code: str) -> ET.Element:
    """Name a reference system of the EPSG."""
    srid = code.partition(":")[2]
    return element(
        "spatialrefsys",
        None,
        element("srsid", None, text=_SRSID[code]),  # QGIS before 3.34 looks at it first
        element("srid", None, text=srid),
        element("authid", None, text=code),
        element("geographicflag", None, text="true" if code == WGS84 else "false"),
    )


def layer_id(name: str) -> str:
    """Give the id of a layer in a project; it begins with the layer's name."""
    return f"{name}_{content_id('qgis', name)}"


def _grouped(flats: Mapping[str, Flat]) -> dict[str, list[str]]:
    groups = {title: [name for name in names if name in flats] for title, names in GROUPS.items()}
    known = {name for names in groups.values() for name in names}
    groups |= {flat.schema.title: [name] for name, flat in flats.items() if name not in known}
    return {title: names for title, names in groups.items() if names}


def layers_of(project: Project) -> list[ET.Element]:
    """Write the layers, top first, those of the basemap last."""
    names = [name for names in _grouped(project.flats).values() for name in names]
    own = [_layer(project.flats[name].schema, project) for name in names]
    return own + [_ground_layer(ground, project.ground_source) for ground in project.ground]


def _layer(schema: LayerSchema, project: Project) -> ET.Element:
    attributes, parts = layer_style(schema, project.style)
    about = {
        "type": "vector",
        "geometry": _KINDS[schema.geometry],
        "wkbType": schema.geometry,
        "hasScaleBasedVisibilityFlag": 0,
    }
    return element(
        "maplayer",
        {**about, **attributes},
        *_source(schema.name, schema.title, f"./{project.source}|layername={schema.name}"),
        *parts,
        _abstract(schema.description),
    )


def _source(name: str, title: str, source: str) -> list[ET.Element]:
    return [
        element("id", None, text=layer_id(name)),
        element("datasource", None, text=source),
        element("layername", None, text=title),
        element("srs", None, crs(WGS84)),
        element("provider", {"encoding": "UTF-8"}, text="ogr"),
    ]


def _abstract(text: str) -> ET.Element:
    return element(
        "resourceMetadata", None, element("type", None, text="dataset"), element("abstract", None, text=text)
    )


def _ground_layer(ground: Ground, source: str) -> ET.Element:
    labels: list[ET.Element] = []
    if ground.geometry == "Point":
        drawn = symbol(
            "marker",
            [
                symbol_layer(
                    "SimpleMarker",
                    {
                        "name": "circle",
                        "size": 4 * MM,
                        "size_unit": "MM",
                        "color": rgba("#FFFFFF"),
                        "outline_color": rgba(ground.line.color),
                        "outline_width": ground.line.width * MM,
                    },
                    by={"enabled": TOWN_SHOWN},
                )
            ],
            name="0",
        )
        labels = [town_labels(ground.line.color, FAINT)]
    elif ground.fill:
        labels = [country_labels(FAINT)] if ground.name == COUNTRIES else []
        edge = (
            {"outline_style": "no"}
            if not ground.line.width
            else {"outline_color": rgba(ground.line.color), "outline_width": ground.line.width * MM}
        )
        drawn = symbol(
            "fill", [symbol_layer("SimpleFill", {"color": rgba(ground.fill), "style": "solid", **edge})], name="0"
        )
    else:
        drawn = symbol("line", [line_layer(ground.line, ground.line.color)], name="0")
    look = element("renderer-v2", {"type": "singleSymbol"}, element("symbols", None, drawn))
    flags = element(
        "flags",
        None,
        *(element(n, None, text=v) for n, v in (("Identifiable", "0"), ("Searchable", "0"), ("Removable", "1"))),
    )
    about = {
        "type": "vector",
        "geometry": _KINDS[ground.geometry],
        "wkbType": ground.geometry,
        "labelsEnabled": bool(labels),
        "readOnly": 1,
    }
    return element(
        "maplayer",
        about,
        *_source(ground.name, ground.title, f"./{source}|layername={ground.name}"),
        flags,
        look,
        *labels,
    )


def layer_ref(name: str, source: str, title: str) -> ET.Element:
    """Name a layer, as the set of layers of a map does."""
    about = {"name": title, "provider": "ogr", "source": f"./{source}|layername={name}"}
    return element("Layer", about, text=layer_id(name))


def tree(project: Project) -> ET.Element:
    """Write the groups of layers."""
    groups = [
        _group(title, [_leaf(n, project.flats[n].schema.title, project.source, shown=n not in HIDDEN) for n in names])
        for title, names in _grouped(project.flats).items()
    ]
    if project.ground:
        leaves = [_leaf(g.name, g.title, project.ground_source, shown=True) for g in project.ground]
        groups.append(_group("Basemap", leaves, expanded=False))
    return element("layer-tree-group", None, *groups)


LEGEND_TITLES = {"control": "Sides: who holds it, who acts"}


def legend_tree(project: Project, page: Page) -> ET.Element:
    """Write what the legend of a page names: of each layer that is to be seen the categories that are."""
    leaves = []
    for name in (name for names in _grouped(project.flats).values() for name in names):
        numbers = page.shown.get(name, ())
        if not numbers or name in HIDDEN:
            continue
        title = LEGEND_TITLES.get(name, project.flats[name].schema.title)
        order = {"legend/node-order": ",".join(map(str, numbers)), "legend/title-label": title}
        leaf = _leaf(name, title, project.source, shown=True)
        leaf.append(element("customproperties", None, options(order)))
        leaves.append(leaf)
    return element("layer-tree-group", None, *leaves)


def _group(title: str, leaves: Sequence[ET.Element], *, expanded: bool = True) -> ET.Element:
    return element("layer-tree-group", {"name": title, "checked": "Qt::Checked", "expanded": expanded}, *leaves)


def _leaf(name: str, title: str, source: str, *, shown: bool) -> ET.Element:
    checked = "Qt::Checked" if shown else "Qt::Unchecked"
    about = {"id": layer_id(name), "name": title, "providerKey": "ogr", "source": f"./{source}|layername={name}"}
    return element("layer-tree-layer", {**about, "checked": checked, "expanded": 0})
