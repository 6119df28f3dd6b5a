"""What the tests of the gazetteer write atlases with."""

import json
from typing import Any

from geo.settings import Theatre

THEATRE = Theatre(countries=("SY",), bbox=(36.4, 35.7, 38.1, 36.9))
HEADER = "id,name,kind,lon,lat,precision_m,aliases,name_ar,country,admin1,source"


def collection(*features: dict[str, Any]) -> str:
    """Write features as a GeoJSON text; the type of the first stands on line 5."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False, indent=1)


def feature(geometry_type: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """Make a feature of a route or an area."""
    return {
        "type": "Feature",
        "properties": {"kind": "road" if geometry_type == "LineString" else "area", "source": "a test", **properties},
        "geometry": {"type": geometry_type, "coordinates": coordinates},
    }
