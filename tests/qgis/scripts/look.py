"""Open a project, a layer definition or a data source in QGIS and print as JSON what is there.

Arguments: the file, a folder to draw into or -, then days.
"""

import json
import os
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayerTreeGroup,
    QgsLayoutExporter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRenderContext,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime


def frame(day):
    """The frame of a day in the temporal controller, as QGIS makes it: its end excluded."""
    start = QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0), Qt.UTC)
    return QgsDateTimeRange(start, start.addDays(1), True, False)


def visible(layer, span):
    """Ids of the features that the layer shows in a span of time."""
    time, request = layer.temporalProperties(), QgsFeatureRequest()
    if time.isActive():
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        text = time.createFilterString(context, span)
        if text:
            request.setFilterExpression(text)
    return sorted(feature["id"] for feature in layer.getFeatures(request))


def told(layer, days):
    """What there is of a layer."""
    renderer, context = layer.renderer(), QgsRenderContext()
    apart = renderer.type() == "pointDisplacement"  # what hides nothing, around what says how it is drawn
    renderer = renderer.embeddedRenderer() if apart else renderer
    kind = renderer.type()
    return {
        "apart": apart,
        "valid": layer.isValid(),
        "count": layer.featureCount(),
        "renderer": kind,
        "attr": renderer.classAttribute() if kind == "categorizedSymbol" else "",
        "categories": {c.value(): c.label() for c in renderer.categories()} if kind == "categorizedSymbol" else {},
        "layers": kinds(renderer.symbols(context)),
        "labels": layer.labelsEnabled() and layer.labeling() is not None,
        "halo": halo(layer),
        "temporal": layer.temporalProperties().isActive(),
        "fields": [f.name() for f in layer.fields()],
        "types": {f.name(): f.typeName() for f in layer.fields()},
        "aliases": {f.name(): f.alias() for f in layer.fields()},
        "crs": layer.crs().authid(),
        "shown": {day: visible(layer, frame(day)) for day in days}
        if "id" in [f.name() for f in layer.fields()]
        else {},
        "tips": tips(layer),
        "broken": broken(layer),
    }


def kinds(symbols):
    """The types of their symbol layers."""
    return sorted({s.symbolLayer(i).layerType() for s in symbols for i in range(s.symbolLayerCount())})


def halo(layer):
    """Whether its labels have a halo."""
    if not layer.labelsEnabled() or layer.labeling() is None:
        return False
    settings = layer.labeling().settings()  # each held in a name: Python would let it go too early
    text = settings.format()
    return text.buffer().enabled()


def tips(layer):
    """The map tip of each feature, by id."""
    if not layer.mapTipTemplate():
        return {}
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    found = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found[feature["id"]] = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    return found


def broken(layer):
    """Data-defined expressions of symbols that QGIS cannot read, or that fail on a feature."""
    wrong = []
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    features = list(layer.getFeatures())[:10]
    renderer, rendering = layer.renderer(), QgsRenderContext()
    if renderer.type() == "pointDisplacement":
        renderer = renderer.embeddedRenderer()
    symbols = renderer.symbols(rendering)
    for symbol in symbols:
        for number in range(symbol.symbolLayerCount()):
            collection = symbol.symbolLayer(number).dataDefinedProperties()
            for key in collection.propertyKeys():
                text = collection.property(key).expressionString()
                expression = QgsExpression(text)
                for feature in features:
                    context.setFeature(feature)
                    expression.evaluate(context)
                    if expression.hasParserError() or expression.hasEvalError():
                        wrong.append(f"{text}: {expression.parserErrorString()}{expression.evalErrorString()}")
    return wrong


def named(legend):
    """What a legend names, by the title of a layer."""
    model, found = legend.model(), {}
    for leaf in model.rootGroup().findLayers():
        title = leaf.customProperty("legend/title-label") or leaf.name()
        found[title] = [str(node.data(Qt.DisplayRole)) for node in model.layerLegendNodes(leaf)]
    return found


def groups(node):
    """The tree of layers."""
    return [
        {"group": c.name(), "in": groups(c)} if isinstance(c, QgsLayerTreeGroup) else c.name() for c in node.children()
    ]


def draw(project, day, path):
    """Draw the map of a day as the window would."""
    settings, root = QgsMapSettings(), project.layerTreeRoot()
    settings.setLayers([x for x in root.layerOrder() if root.findLayer(x.id()).isVisible()])
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setOutputSize(QSize(900, 700))
    settings.setExtent(project.viewSettings().defaultViewExtent())
    settings.setIsTemporal(True)
    settings.setTemporalRange(frame(day))
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(None))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(path)
    colors = {image.pixelColor(x, y).name() for x in range(0, 900, 3) for y in range(0, 700, 3)}
    return {"errors": [e.message for e in job.errors()], "colors": sorted(colors)}


def look(path, folder, days):
    """Open a file and tell what is there."""
    project = QgsProject.instance()
    answer = {"read": True}
    if path.endswith(".qgz"):
        answer["read"] = project.read(path)
        layers = {layer.id().rpartition("_")[0]: layer for layer in project.mapLayers().values()}
    elif path.endswith(".qlr"):
        from qgis.core import QgsLayerDefinition

        answer["read"], answer["error"] = QgsLayerDefinition.loadLayerDefinition(path, project, project.layerTreeRoot())
        layers = {layer.id().split("_")[0]: layer for layer in project.mapLayers().values()}
    else:
        source, _, names = path.partition("::")
        layers = {}
        for name in names.split(",") if names else [Path(source).stem]:
            layers[name] = QgsVectorLayer(f"{source}|layername={name}" if names else source, name, "ogr")
            layers[name].loadDefaultStyle()
    answer["layers"] = {name: told(layer, days) for name, layer in sorted(layers.items())}
    span = project.timeSettings().temporalRange()
    answer |= {
        "title": project.title(),
        "crs": project.crs().authid(),
        "tree": groups(project.layerTreeRoot()),
        "range": [span.begin().toString("yyyy-MM-dd"), span.end().toString("yyyy-MM-dd")],
        "bookmarks": [b.name() for b in project.bookmarkManager().bookmarks()],
        "layouts": {},
        "pictures": {},
    }
    for layout in project.layoutManager().layouts():
        pdf = f"{folder}/{layout.name().replace(' ', '_')}.pdf"
        done = QgsLayoutExporter(layout).exportToPdf(pdf, QgsLayoutExporter.PdfExportSettings()) if folder != "-" else 0
        map_ = layout.itemById("map")
        legend = layout.itemById("legend")
        answer["layouts"][layout.name()] = {
            "result": done,
            "pdf": pdf,
            "title": layout.itemById("title").text(),
            "as of": layout.itemById("day").text(),
            "listing": layout.itemById("listing").currentText().split("\n") if layout.itemById("listing") else [],
            "legend": named(legend),
            "inset": [x.name() for x in layout.itemById("inset").layers()],
            "scale": round(map_.scale()),
            "framed": layout.itemById("inset").overview().linkedMap() == map_,
            "notice": layout.itemById("notice").text(),
            "linked": [legend.linkedMap() == map_, layout.itemById("scale").linkedMap() == map_],
            "unit": layout.itemById("scale").unitLabel(),
            "day": map_.temporalRange().begin().toString("yyyy-MM-dd") if map_.isTemporal() else "",
        }
    if folder != "-":
        answer["pictures"] = {day: draw(project, day, f"{folder}/{day}.png") for day in days}
    return answer


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(look(sys.argv[1], sys.argv[2], sys.argv[3:])), flush=True)
    os._exit(0)  # Qt tears down in an order that it does not like
