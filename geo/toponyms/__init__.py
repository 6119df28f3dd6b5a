"""Toponyms: places that an article names, describes or points back to."""

from geo.toponyms.find import find_mentions

__all__ = ["find_mentions"]
