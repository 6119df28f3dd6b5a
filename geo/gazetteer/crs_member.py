"""The member ``crs`` of GeoJSON: of the format of 2008; RFC 7946 (section 4) knows WGS 84 alone."""

import re
from typing import Any

_WGS84 = re.compile(r"crs84|epsg:+(?:[\d.]*:+)?4326$|wgs ?84$", re.IGNORECASE)


def foreign_crs(collection: dict[str, Any]) -> str:
    """Name the coordinate reference system that a collection says it is in; empty for WGS 84, or where it says none."""
    crs = collection.get("crs")
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") or properties.get("href") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        return repr(crs)
    return "" if _WGS84.search(name.strip()) else name.strip()


CRS_DO = "Save the layer in WGS 84 (EPSG:4326), for example with ogr2ogr -t_srs EPSG:4326"
"""What to do about a foreign one."""
