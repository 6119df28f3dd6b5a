"""Dates, distances and numbers of people in words, for readers of pages and captions."""

import re
from collections.abc import Mapping
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}  # ISO 8601-2:2019, 4.8.2, EDTF level 1
UNDATED = "date not reported"

_DATE = re.compile(r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<doubt>[?~%])?")
_DOUBT = {"": "{}", "~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}


def day_words(day: str) -> str:
    """Write an ISO day in words: ``2016-09-04`` is ``4 September 2016``."""
    return edtf_words(day)


def edtf_words(edtf: str | None) -> str:
    """Write a time in words.

    Parameters
    ----------
    edtf
        EDTF (ISO 8601-2:2019), level 1 at most; None or empty where the time is not known.

    Returns
    -------
    str
        ``3–4 September 2016`` for ``2016-09-03/2016-09-04``. What is not such an expression comes back as it is.
    """
    if not edtf:
        return UNDATED
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date_words(first)
    if first in ("", "..") and last in ("", ".."):
        return UNDATED
    if last == "..":
        return f"since {_date_words(first)}"
    if last == "":
        return f"from {_date_words(first)}, end not known"
    if first in ("", ".."):
        return f"until {_date_words(last)}"
    return _date_words(first) if first == last else _interval_words(first, last)


def _date_words(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        words = f"the {year.replace('X', '0')}s" if year.endswith("X") and year[2] != "X" else f"the {year[:2]}00s"
    elif month is None:
        words = year
    elif month == "XX":
        words = f"{year}, month not known"
    elif int(month) in SEASONS:
        words = f"{SEASONS[int(month)]} {year}"
    elif not 1 <= int(month) <= 12:
        return text
    elif day is None:
        words = f"{MONTHS[int(month) - 1]} {year}"
    elif day == "XX":
        words = f"{MONTHS[int(month) - 1]} {year}, day not known"
    else:
        words = f"{int(day)} {MONTHS[int(month) - 1]} {year}"
    return _DOUBT[match["doubt"] or ""].format(words)


def _interval_words(first: str, last: str) -> str:
    """Leave out of the first date what it shares with the last; doubt that both share is told once."""
    if first[-1] == last[-1] and first[-1] in "~?%":
        return _DOUBT[first[-1]].format(_interval_words(first[:-1], last[:-1]))
    a, b = _date_words(first), _date_words(last)
    one, two = a.split(" "), b.split(" ")
    if len(one) == len(two) == 3 and one[1:] == two[1:]:
        return f"{one[0]}–{b}"
    if len(one) == len(two) and len(one) in (2, 3) and one[-1] == two[-1] and one[-1].isdigit():
        return f"{' '.join(one[:-1])} – {b}"
    return f"{a} – {b}"


def distance_words(metres: float | None) -> str:
    """Write a radius in metres in words, two digits of it: ``within 700 m``, ``within 2.5 km``; empty if unknown."""
    if metres is None or not metres > 0:
        return ""
    rounded = float(f"{metres:.2g}")
    return f"within {rounded:.0f} m" if rounded < 1000 else f"within {rounded / 1000:g} km"


def figures_words(figures: Mapping[str, Any] | None) -> str:
    """Write numbers of people in words: ``{"killed": 15, "killed_max": 24}`` is ``15 to 24 killed``.

    A number between a least and a most is a data set's best estimate, and told as such.
    """
    known, parts = figures or {}, []
    for kind, stated in known.items():
        if kind.endswith(("_min", "_max")) or isinstance(stated, bool) or not isinstance(stated, int | float):
            continue
        low, high = known.get(f"{kind}_min", stated), known.get(f"{kind}_max")
        high = stated if high is None else high
        number = f"{low:,.0f}" if high == low else f"{low:,.0f} to {high:,.0f}"
        best = f" (best estimate {stated:,.0f})" if low < stated < high else ""
        parts.append(f"{number} {kind.replace('_', ' ')}{best}")
    return ", ".join(parts)
