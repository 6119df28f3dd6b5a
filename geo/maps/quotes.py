"""The quoted words of packed events: as many as the page has room for, the newest first, deflated."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence

# How large a page with so many events may become: what a reader on a slow line waits for.
SIZES = ((100_000, 1_950_000), (1_000_000, 14_800_000))


def most_bytes(count: int) -> int:
    """Give the size in bytes that a page with so many packed events may have."""
    (few, least), (many, most) = SIZES
    return int(least + (most - least) * max(0, count - few) / (many - few))


def pack_quotes(quotes: Sequence[str], room: int) -> str:
    """Pack the quotes of events.

    Parameters
    ----------
    quotes
        One for each event, in the order that the events are packed in, oldest first; empty where there is none.
    room
        How many characters the result may have.

    Returns
    -------
    str
        Base64 of a raw DEFLATE stream (RFC 1951) of JSON: ``first``, the number of the first event that has its quote
        here; ``texts``, the different quotes; ``of``, for each event from that one on the number of its text. Empty
        where no quote finds room.
    """
    kept = len(quotes) if any(quotes) else 0
    while kept:
        text = _packed(quotes, len(quotes) - kept)
        if len(text) <= room:
            return text
        kept = int(min(kept * 0.98 * max(0, room) / len(text), kept - 1))
    return ""


def _packed(quotes: Sequence[str], first: int) -> str:
    numbers: dict[str, int] = {}
    of = [numbers.setdefault(quote, len(numbers)) for quote in quotes[first:]]
    content = json.dumps({"first": first, "texts": list(numbers), "of": of}, ensure_ascii=False, separators=(",", ":"))
    # a lone surrogate has no UTF-8
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = stream.compress(content.encode("utf-8", "replace")) + stream.flush()
    return base64.b64encode(deflated).decode("ascii")
