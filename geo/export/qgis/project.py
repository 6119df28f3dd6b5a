"""QGIS projects (``.qgz``) and layer definitions (``.qlr``) over a GeoPackage that lies beside them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from geo.export.flat import Flat
from geo.export.geopackage import About
from geo.export.qgis.layerstyle import DOCTYPE, VERSION
from geo.export.qgis.layout import layouts, pages_of
from geo.export.qgis.markup import element, write_xml
from geo.export.qgis.pages import union
from geo.export.qgis.tree import WEB, WGS84, Project, Window, crs, layers_of, tree
from geo.export.zipping import zipped
from geo.ids import content_id

ANIMATED = 1
"""QgsTemporalNavigationObject::NavigationMode: frame by frame."""


def project_qgz(project: Project, name: str) -> bytes:
    """Write a project as the content of a ``.qgz``: a zip file with ``name.qgs``, the same bytes each time."""
    return zipped({f"{name}.qgs": project_xml(project)})


def project_xml(project: Project) -> bytes:
    """Write a project as the content of a ``.qgs``."""
    about = project.about
    layers, pages = layers_of(project), pages_of(project)
    opening = union(page.window for page in pages)
    root = element(
        "qgis",
        {"version": VERSION, "projectname": about.title},
        element("homePath", {"path": ""}),
        element("title", None, text=about.title),
        element("projectCrs", None, crs(WEB)),
        tree(project),
        _canvas(opening),
        element("projectlayers", None, *layers),
        element("layerorder", None, *(element("layer", {"id": layer.findtext("id", "")}) for layer in layers)),
        _properties(project),
        _metadata(about),
        layouts(project, pages),
        element("Bookmarks", None, *(_bookmark(name, box) for name, box in project.bookmarks.items())),
        element("ProjectViewSettings", {"UseProjectScales": 0}, _default_extent(opening)),
        _time(project.flats),
    )
    return write_xml(root, DOCTYPE)


def layer_definition(project: Project) -> bytes:
    """Write the layers with their groups and styles as the content of a ``.qlr``."""
    root = element("qlr", None, tree(project), element("maplayers", None, *layers_of(project)))
    return write_xml(root, "qgis-layer-definition")


def extent(tag: str, box: Window) -> ET.Element:
    """Write a window."""
    names = ("xmin", "ymin", "xmax", "ymax")
    return element(tag, None, *(element(n, None, text=f"{v:.6f}") for n, v in zip(names, box, strict=True)))


def _canvas(box: Window) -> ET.Element:
    inner = [
        element("units", None, text="meters"),
        extent("extent", box),
        element("rotation", None, text="0"),
        element("destinationsrs", None, crs(WEB)),
    ]
    return element("mapcanvas", {"name": "theMapCanvas", "annotationsVisible": 1}, *inner)


def _default_extent(box: Window) -> ET.Element:
    xmin, ymin, xmax, ymax = box
    about = {"xmin": f"{xmin:.6f}", "ymin": f"{ymin:.6f}", "xmax": f"{xmax:.6f}", "ymax": f"{ymax:.6f}"}
    return element("DefaultViewExtent", about, crs(WEB))


def _properties(project: Project) -> ET.Element:
    notice = element("NoticeBoard", None, element("Notice", {"type": "QString"}, text=project.about.notice))
    return element(
        "properties",
        None,
        element(
            "Gui", None, *_numbers({"CanvasColorRedPart": 214, "CanvasColorGreenPart": 228, "CanvasColorBluePart": 236})
        ),
        element("SpatialRefSys", None, *_numbers({"ProjectionsEnabled": 1})),
        element("Paths", None, element("Absolute", {"type": "bool"}, text="false")),
        element(
            "Measurement",
            None,
            *(
                element(n, {"type": "QString"}, text=v)
                for n, v in (("DistanceUnits", "kilometers"), ("AreaUnits", "km2"))
            ),
        ),
        element("Measure", None, element("Ellipsoid", {"type": "QString"}, text="EPSG:7030")),
        notice,
        *_clock(project),
    )


def _clock(project: Project) -> list[ET.Element]:
    """Open the project with the temporal controller on: without it all days would lie on top of each other."""
    days = [day.isoformat() for day in project.dates] or time_range(project.flats)
    if not days:
        return []
    told = {"StartDateTime": f"{min(days)}T00:00:00.000Z", "EndDateTime": f"{max(days)}T00:00:00.000Z"}
    texts = [element(name, {"type": "QString"}, text=text) for name, text in told.items()]
    return [element("TemporalControllerWidget", None, *_numbers({"NavigationMode": ANIMATED}), *texts)]


def _numbers(values: Mapping[str, int]) -> list[ET.Element]:
    return [element(name, {"type": "int"}, text=str(value)) for name, value in values.items()]


def _metadata(about: About) -> ET.Element:
    told = {"type": "dataset", "title": about.title, "abstract": f"{about.description}\n{about.notice}".strip()}
    return element("projectMetadata", None, *(element(name, None, text=text) for name, text in told.items()))


def _bookmark(name: str, box: Window) -> ET.Element:
    west, south, east, north = box
    ring = ", ".join(
        f"{x:.6f} {y:.6f}" for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south))
    )
    about = {"id": content_id("bookmark", name), "name": name, "group": "", "extent": f"POLYGON(({ring}))"}
    return element("Bookmark", about, crs(WGS84))


def time_range(flats: Mapping[str, Flat]) -> tuple[str, str] | None:
    """Give the first and the last day that any feature names; None where none does."""
    columns = (flat.columns[name] for flat in flats.values() if flat.schema.dated for name in ("start", "end"))
    days = [day for column in columns for day in column if day]
    return (min(days), max(days)) if days else None


def _time(flats: Mapping[str, Flat]) -> ET.Element:
    days = time_range(flats)
    inner = []
    if days:
        first, last = (
            element(tag, None, text=f"{day}T00:00:00Z") for tag, day in zip(("start", "end"), days, strict=True)
        )
        inner = [element("TemporalRange", None, first, last)]
    settings = {"timeStep": 1, "timeStepUnit": "d", "frameRate": 4, "cumulativeTemporalRange": 0}
    return element("ProjectTimeSettings", settings, *inner)
