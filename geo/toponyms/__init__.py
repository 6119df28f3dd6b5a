"""Toponyms: places that an article names, describes or points back to."""

from geo.toponyms.find import explain_mentions, find_mentions

__all__ = ["explain_mentions", "find_mentions"]
