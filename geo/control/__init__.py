"""Who holds the ground: zones from points, front lines between them, and what can be measured of both.

The functions are loaded when first used: shapely and pyproj take a while.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.control.compare import Comparison
    from geo.control.corridor import Width, corridor_width
    from geo.control.difference import Change, changes
    from geo.control.files import read_zones
    from geo.control.frontline import front_length_m, front_lines
    from geo.control.measure import area_m2, front_distance_m, holder_areas_m2, part_at, zone_parts
    from geo.control.outline import front_of_outline
    from geo.control.probable import Band, Likelihood, front_bands, likelihood, likelihoods
    from geo.control.records import ControlPoint, Front, Ground, Part, Zone
    from geo.control.smooth import smooth_zones
    from geo.control.zones import control_zones

_HOME = {
    "Band": "probable",
    "Change": "difference",
    "Comparison": "compare",
    "ControlPoint": "records",
    "Front": "records",
    "Ground": "records",
    "Likelihood": "probable",
    "Part": "records",
    "Width": "corridor",
    "Zone": "records",
    "area_m2": "measure",
    "changes": "difference",
    "control_zones": "zones",
    "corridor_width": "corridor",
    "front_bands": "probable",
    "front_distance_m": "measure",
    "front_length_m": "frontline",
    "front_lines": "frontline",
    "front_of_outline": "outline",
    "holder_areas_m2": "measure",
    "likelihood": "probable",
    "likelihoods": "probable",
    "part_at": "measure",
    "read_zones": "files",
    "smooth_zones": "smooth",
    "zone_parts": "measure",
}

__all__ = [
    "Band",
    "Change",
    "Comparison",
    "ControlPoint",
    "Front",
    "Ground",
    "Likelihood",
    "Part",
    "Width",
    "Zone",
    "area_m2",
    "changes",
    "control_zones",
    "corridor_width",
    "front_bands",
    "front_distance_m",
    "front_length_m",
    "front_lines",
    "front_of_outline",
    "holder_areas_m2",
    "likelihood",
    "likelihoods",
    "part_at",
    "read_zones",
    "smooth_zones",
    "zone_parts",
]


def __getattr__(name: str) -> Any:
    """Load a name from the module that it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module 'geo.control' has no attribute {name!r}")
    return getattr(import_module(f"geo.control.{_HOME[name]}"), name)
