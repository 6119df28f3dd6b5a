"""sitmap: from war reports to maps that can be checked.

The public functions are loaded when first used, so that ``import geo`` stays fast.
"""

from importlib import import_module
from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.gazetteer import open_gazetteer
    from geo.layers import read_layers
    from geo.maps.view import show_map as map
    from geo.pipeline import build
    from geo.texts import events, places

__version__ = _version("sitmap")

_HOMES = {
    "build": ("geo.pipeline", "build"),
    "map": ("geo.maps.view", "show_map"),
    "open_gazetteer": ("geo.gazetteer", "open_gazetteer"),
    "places": ("geo.texts", "places"),
    "read_layers": ("geo.layers", "read_layers"),
}
__all__ = ["__version__", "build", "events", "map", "open_gazetteer", "places", "read_layers"]


def __getattr__(name: str) -> Any:
    if name == "events":  # a package too, which answers to a call once it is loaded: the same before and after
        return import_module("geo.events")
    if name in _HOMES:
        module, function = _HOMES[name]
        return getattr(import_module(module), function)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
