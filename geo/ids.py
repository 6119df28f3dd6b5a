"""Identifiers that depend on content alone, so that every build gives the same ones."""

import hashlib
import json
from typing import Any


def content_id(*parts: Any, length: int = 12) -> str:
    """Hash the parts to a short hexadecimal id.

    Parameters
    ----------
    *parts
        Values that JSON can hold; dictionaries count whatever their order.
    length
        Hexadecimal digits kept; 12 make a clash among a million features about one in 500.

    Returns
    -------
    str
        The first ``length`` digits of the SHA-256 of the parts as canonical JSON.
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:length]
