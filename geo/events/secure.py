"""Routes that a report calls unsafe: open, but not to be relied on."""

import re
from collections.abc import Sequence
from functools import cache

from geo.data import read_toml
from geo.events.taxonomy import class_kinds
from geo.model import Mention


def unsafe_routes(text: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> frozenset[str]:
    """Give the routes that an article calls unsafe.

    Parameters
    ----------
    text
        The article.
    spans
        Its sentences.
    mentions
        Its place mentions of every role, in text order.

    Returns
    -------
    frozenset of str
        Ids of the places: of the last road or corridor named before the words ("the corridor was not secure"), in the
        same sentence or, where that begins with "it", in the one before.
    """
    routes = [m for m in mentions if m.location and m.location.kind in class_kinds("route")]
    found = set()
    for i, (start, end) in enumerate(spans):
        words = _unsafe().search(text, start, end)
        if words is None:
            continue
        since = spans[i - 1][0] if i and text[start:end].lower().startswith(("it ", "this ")) else start
        before = [m.location.place_id for m in routes if since <= m.start < words.start() and m.location]
        found.update(before[-1:])
    return frozenset(found)


@cache
def _unsafe() -> re.Pattern[str]:
    table = read_toml("modality.toml")["unsafe"]
    negations, safe, unsafe = ("|".join(map(re.escape, table[key])) for key in ("negations", "safe", "unsafe"))
    return re.compile(rf"\b(?:(?:{negations})(?:\s\w+)?\s(?:{safe})|{unsafe})\b", re.IGNORECASE)
