"""Print layouts: an A4 page for each date, with title, map, events, legend, inset, scale, sources and caution."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from geo.export.qgis.items import Box, legend, map_item, overview, paper, scale_bar, words
from geo.export.qgis.markup import case, element, quoted
from geo.export.qgis.pages import CORNERS, Page, page_of, web_mercator
from geo.maps.style import Style
from geo.maps.words import day_words

if TYPE_CHECKING:
    from geo.export.qgis.tree import Project

_WIDE, _HIGH, _MARGIN, _SIDE, _TOP, _FOOT = 297.0, 210.0, 8.0, 66.0, 25.0, 22.0
_INSET = (44.0, 33.0)
MOST_EVENTS = 11
"""Events of a day that are listed beside the map."""

INSET_LAYERS = ("basemap_borders", "basemap_lakes", "basemap_rivers", "basemap_countries")


_CHART: Box = (_MARGIN, _TOP, _WIDE - _SIDE - 2.5 * _MARGIN, _HIGH - _TOP - _FOOT)


def pages_of(project: Project) -> tuple[Page, ...]:
    """Work out a page for each date of a project, and one without a date where it has none."""
    days: Sequence[date | None] = project.dates or (None,)
    inset, shape = (_INSET[0] / _CHART[2], _INSET[1] / _CHART[3]), _CHART[3] / _CHART[2]
    return tuple(page_of(project.flats, project.style, project.bbox, d, shape=shape, inset=inset) for d in days)


def layouts(project: Project, pages: Sequence[Page]) -> ET.Element:
    """Write a layout for each page."""
    return element("Layouts", None, *(_layout(project, page) for page in pages))


def _layout(project: Project, page: Page) -> ET.Element:
    day, chart = page.day, _CHART
    name = f"Map of {day}" if day else "Map"
    about, style = project.about, project.style
    text = style.text
    shown = map_item(name, "map", chart, page.window, day=str(day or ""))
    ident = shown.get("uuid", "")
    left = _WIDE - _SIDE - _MARGIN
    asked = f"As reported, {day_words(day.isoformat())}" if day else "All that is reported, on whatever day"
    whole = _WIDE - 2 * _MARGIN
    items = [
        shown,
        words(name, "title", about.title, (_MARGIN, 6.0, whole, 9.0), size=18, color=text.color, bold=True),
        words(name, "day", asked, (_MARGIN, 15.5, whole, 6.0), size=10, color=text.accent, bold=True),
        *_listing(project, name, page, (left, _TOP, _SIDE, chart[3])),
        _legend(project, name, ident, page, (left, _TOP, _SIDE, chart[3])),
        _inset(project, name, ident, page, chart),
        scale_bar(name, ident, (_MARGIN + 2, _TOP + chart[3] - 13.0, 60.0, 10.0), text.font),
        words(
            name,
            "notice",
            _foot(project, page),
            (_MARGIN, _HIGH - _FOOT + 2.0, whole, _FOOT - 4.0),
            size=6.5,
            color=text.muted,
        ),
    ]
    about_layout = {"name": name, "units": "mm", "printResolution": 200}
    sheet = element("PageCollection", None, paper(name, _WIDE, _HIGH))
    return element("Layout", about_layout, sheet, *items)


def _foot(project: Project, page: Page) -> str:
    told = f"Sources: {'; '.join(page.sources)}." if page.sources else "Sources: none named."
    ground = "Basemap: Natural Earth, public domain; places: GeoNames, CC BY 4.0. Web Mercator, north is up."
    rest = " ".join(filter(None, (project.about.notice, project.style.text.caution, ground)))
    signs = _signs(project.style, page)
    return "\n".join(map(_plain, filter(None, (told, f"Signs: {signs}." if signs else "", rest))))


def _signs(style: Style, page: Page) -> str:
    """Say what the legend cannot: how it looks what is not plainly reported or held; empty where all is."""
    looks: dict[str, list[str]] = {}
    for one in style.modalities.values():
        look = "struck out" if one.strike else "hollow" if not one.fill else "broken edge" if one.outline else ""
        if look and one.id in page.modalities:
            looks.setdefault(look, []).append(one.label.lower())
    for state in style.control_states.values():
        if state.hatch and state.id in page.states:
            look = "white lattice" if state.hatch[0] in "x+" else "white stripes"
            looks.setdefault(look, []).append(f"ground {state.label.lower()}")
    return "; ".join(f"{look}: {', '.join(labels)}" for look, labels in looks.items())


def _plain(text: str) -> str:
    """Give words that hold no expression, whatever a report says."""
    return text.replace("[%", "[ %")


def _listing(project: Project, layout: str, page: Page, box: Box) -> list[ET.Element]:
    """List the events of the day, from the layer as it is when the page is printed."""
    from geo.export.qgis.tree import layer_id

    if page.day is None or "events" not in project.flats:
        return []
    modalities = {m.id: m.label.lower() for m in project.style.modalities.values() if not m.fill or m.outline}
    words_of = case('"modality"', {id: f" ({label})" for id, label in modalities.items()}, "")
    told = f"concat('• ', \"label\", {words_of})"
    day = f"to_date('{page.day}')"
    here = "intersects($geometry, transform(map_get(item_variables('map'), 'map_extent'), 'EPSG:3857', 'EPSG:4326'))"
    wanted = f'"shown_from" <= {day} AND "shown_until" > {day} AND {here}'
    all_of = (
        f"aggregate(layer:={quoted(layer_id('events'))}, aggregate:='array_agg', expression:={told}, "
        f'filter:={wanted}, order_by:="start")'
    )
    more = (
        f"if(array_length(@told) > {MOST_EVENTS}, concat('\\nand ', array_length(@told) - {MOST_EVENTS}, ' more'), '')"
    )
    listed = f"concat(array_to_string(array_slice(@told, 0, {MOST_EVENTS - 1}), '\\n'), {more})"
    text = f"[% with_variable('told', {all_of}, if(array_length(@told) > 0, {listed}, 'No event is reported here.')) %]"
    style, (x, y, width, height) = project.style.text, box
    return [
        words(layout, "listed", "On this day", (x, y, width, 5.0), size=7.5, color=style.color, bold=True),
        words(layout, "listing", text, (x, y + 4.5, width, height - 4.5), size=6.5, color=style.color),
    ]


def _legend(project: Project, layout: str, map_id: str, page: Page, box: Box) -> ET.Element:
    from geo.export.qgis.tree import legend_tree

    return legend(layout, map_id, box, legend_tree(project, page), project.style.text.font)


def _inset(project: Project, layout: str, map_id: str, page: Page, chart: Box) -> ET.Element:
    """Show where the window lies, in the corner that is free."""
    from geo.export.qgis.tree import layer_ref

    (right, up), (x, y, width, height) = CORNERS[page.free], chart
    box = (x + (width - _INSET[0]) * right, y + (height - _INSET[1]) * (1 - up), *_INSET)
    west, south, east, north = web_mercator(project.bbox)
    reach = max((east - west) / _INSET[0], (north - south) / _INSET[1]) * 1.6
    middle = ((west + east) / 2, (south + north) / 2)
    window = (
        middle[0] - reach * _INSET[0] / 2,
        middle[1] - reach * _INSET[1] / 2,
        middle[0] + reach * _INSET[0] / 2,
        middle[1] + reach * _INSET[1] / 2,
    )
    layers = [layer_ref(g.name, project.ground_source, g.title) for g in project.ground if g.name in INSET_LAYERS]
    inner = (element("LayerSet", None, *layers), overview(layout, map_id, project.style.text.accent))
    return map_item(layout, "inset", box, window, inner=inner, fixed=True, z=4)
