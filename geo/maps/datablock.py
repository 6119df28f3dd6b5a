"""Data inside a page: one block of JSON that no script, tag or comment can be smuggled out of."""

import json
from typing import Any

# Inside <script> the tokenizer looks for </script and <!-- (HTML, 13.2.5.4 script data state); U+2028 and U+2029 end a
# line in older JavaScript. All five can stand only inside JSON strings, where their escapes mean the same.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def data_block(data: Any, *, name: str) -> str:
    """Write data as a ``<script type="application/json">`` element.

    Parameters
    ----------
    data
        What JSON can hold; NaN and infinities it cannot.
    name
        The element's id.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        Where a number is not finite.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # a lone surrogate has no UTF-8: the page could not be written
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_ESCAPES)
    return f'<script type="application/json" id="{name}">{text}</script>'
