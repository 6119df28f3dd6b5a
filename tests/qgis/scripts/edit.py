"""Edit a GeoPackage in QGIS as an analyst would; the edits come as JSON: a list of objects with layer and do."""

import json
import os
import sys

from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsVectorLayer


def edit(path, orders):
    """Carry out orders, one layer after the other, each committed."""
    answer = {}
    for order in orders:
        layer = QgsVectorLayer(f"{path}|layername={order['layer']}", order["layer"], "ogr")
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
        answer[f"{order['do']} {order['layer']} {order.get('id', '')}"] = [layer.commitChanges(), layer.commitErrors()]
    return answer


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(edit(sys.argv[1], json.loads(sys.argv[2]))), flush=True)
    os._exit(0)
