"""Who holds the ground: zones from points, front lines between them, and what can be measured of both.

The functions are loaded when first used: shapely and pyproj take a while.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.control.frontline import front_length_m, front_lines
    from geo.control.records import ControlPoint, Front, Ground, Part, Zone
    from geo.control.zones import control_zones

__all__ = ["ControlPoint", "Front", "Ground", "Part", "Zone", "control_zones", "front_length_m", "front_lines"]

_HOME = {
    "ControlPoint": "records",
    "Front": "records",
    "Ground": "records",
    "Part": "records",
    "Zone": "records",
    "front_length_m": "frontline",
    "front_lines": "frontline",
    "control_zones": "zones",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"geo.control.{_HOME[name]}"), name)
    raise AttributeError(f"module 'geo.control' has no attribute {name!r}")
