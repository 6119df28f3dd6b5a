"""What ACLED has no column for, in its column ``tags``: readable words first, then all the rest as one JSON object.

``type=capture; modality=claimed; edtf=2016-09-04; id=0256ea1a2e52; sitmap={…}`` ends the cell; tags of others stand
before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_OURS = re.compile(r"(?:^|; )type=[a-z_]+(?:; [a-z]+=[^;{]*)*; sitmap=(?=\{)")
_WORDS = ("type", "subtype", "modality", "edtf", "id")
_PLAIN = re.compile(r"[^;{]+")


def join_tags(foreign: str, shown: Mapping[str, str], rest: Mapping[str, Any]) -> str:
    """Write the cell.

    Parameters
    ----------
    foreign
        Tags of others.
    shown
        Type, subtype, modality, EDTF and id of the event, for people to read and to filter by.
    rest
        All that the columns do not tell.
    """
    words = [f"{name}={shown[name]}" for name in _WORDS if _PLAIN.fullmatch(shown.get(name, ""))]
    table = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))
    return "; ".join([*([foreign] if foreign else []), *words, f"sitmap={table}"])


def split_tags(cell: str) -> tuple[str, dict[str, Any] | None]:
    """Give the tags of others, and what `join_tags` wrote of ours; None where it wrote nothing."""
    for found in _OURS.finditer(cell) if "sitmap={" in cell else ():
        try:
            return cell[: found.start()], dict(json.loads(cell[found.end() :]))
        except ValueError:
            continue  # tags of others that look like ours
    return cell, None
