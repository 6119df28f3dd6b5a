"""QGIS projects, layer definitions and styles, written with the standard library: no QGIS is needed to make them."""
