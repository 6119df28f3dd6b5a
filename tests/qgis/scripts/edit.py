"""Edit a GeoPackage in QGIS as an analyst would; the edits come as JSON: a list of objects with layer and do."""

import json
import os
import sys

from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer


def open_layer(path, name):
    """Open a layer of a project, of a folder of GeoJSON files, or of a GeoPackage."""
    if path.endswith(".qgz"):
        if not QgsProject.instance().fileName():
            QgsProject.instance().read(path)
        return next(x for x in QgsProject.instance().mapLayers().values() if x.id().rpartition("_")[0] == name)
    source = f"{path}|layername={name}" if path.endswith(".gpkg") else f"{path}/{name}.geojson"
    layer = QgsVectorLayer(source, name, "ogr")
    layer.loadDefaultStyle()
    return layer


def edit(path, orders):
    """Carry out orders, one layer after the other, each committed."""
    answer, shown = {}, {}
    for order in orders:
        layer = open_layer(path, order["layer"])
        ids = {feature["id"]: feature.id() for feature in layer.getFeatures()}
        layer.startEditing()
        at = layer.fields().indexOf
        if order["do"] == "add":
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(order["wkt"]))
            for name, value in order["set"].items():
                feature[name] = value
            layer.addFeature(feature)
        elif order["do"] == "copy":  # copy and paste, which takes the id along
            feature = QgsFeature(layer.getFeature(ids[order["id"]]))
            if at("fid") >= 0:
                feature[at("fid")] = None
            feature.setGeometry(QgsGeometry.fromWkt(order["wkt"]))
            layer.addFeature(feature)
        elif order["do"] == "delete":
            layer.deleteFeature(ids[order["id"]])
        else:
            if "wkt" in order:
                layer.changeGeometry(ids[order["id"]], QgsGeometry.fromWkt(order["wkt"]))
            for name, value in order.get("set", {}).items():
                layer.changeAttributeValue(ids[order["id"]], at(name), value)
            after = layer.getFeature(ids[order["id"]])
            shown[f"{order['layer']} {order['id']}"] = after["shown_until"].toString("yyyy-MM-dd")
        answer[f"{order['do']} {order['layer']} {order.get('id', '')}"] = [layer.commitChanges(), layer.commitErrors()]
    return {"committed": answer, "shown_until": shown}


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(edit(sys.argv[1], json.loads(sys.argv[2]))), flush=True)
    os._exit(0)
