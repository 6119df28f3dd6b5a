"""Pictures for reports: the layers of one day as PNG or SVG, the same bytes on every run.

The functions are loaded when first used: matplotlib takes a while.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.maps.picture.render import render_picture

__all__ = ["render_picture"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("geo.maps.picture.render"), name)
    raise AttributeError(f"module 'geo.maps.picture' has no attribute {name!r}")
