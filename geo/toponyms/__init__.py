"""Toponyms: places that an article names, describes or points back to."""

from geo.toponyms.find import explain_mentions, find_mentions
from geo.toponyms.together import explain_together

__all__ = ["explain_mentions", "explain_together", "find_mentions"]
