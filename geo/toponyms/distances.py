"""Distances of reports: "10 km", "some 12 miles (20 km)", "a few kilometres", "two hours' drive"; at least, at most.

A told distance is true to a quarter: reporters round, and mean the road as often as the air line. (Of nine distances
between two towns that the training halves of our corpora tell, seven are, by the gazetteer.) That is coarser than the
rounding rule of Wieczorek, Guo and Hijmans 2004 (IJGIS 18(8), "distance precision"), which is made for collectors'
notes. Speeds and vague numbers stand, with their sources, in ``geo/data/relative_words.toml``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from geo.data import read_toml

_SHARE = 0.25
_TRAVEL_SHARE = 0.4  # roads, traffic and checkpoints: a drive is a third shorter or longer than its hours say
_CLOSE_SHARE = 0.5  # "less than 30 miles" says about 30
_MORE = 1.5


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance as told.

    Attributes
    ----------
    metres
        What is told, or the middle of what is told.
    least, most
        What it may be.
    words
        The distance made readable.
    """

    metres: float
    least: float
    most: float
    words: str


def alternatives(words: str | list[str]) -> str:
    """Give a pattern of words, the longest first; spaces stand for any white space."""
    found = words.split() if isinstance(words, str) else words
    return "|".join(r"\s+".join(map(re.escape, w.split())) for w in sorted(found, key=lambda w: (-len(w), w)))


@cache
def distance_pattern() -> str:
    """Give the pattern of a distance, without named groups, for use within others."""
    words = read_toml("relative_words.toml")
    number = rf"(?:\d{{1,4}}(?:[.,]\d+)?|(?:{alternatives(list(words['vague']))}))"
    hedges = alternatives(" ".join(words["hedges"].values()))
    hedge = rf"(?:(?:no\s+|at\s+)?(?:{hedges})(?:\s+than)?\s+|up\s+to\s+)"
    far = rf"(?:{alternatives(list(words['units']))})\b"
    speed = rf"(?:{alternatives(list(words['speeds']))})\b"
    hours = rf"(?:{alternatives(list(words['hours']))})(?:['’]s?)?[\s-]+(?:of\s+)?{speed}"
    to = r"(?:\s*[-–]\s*|\s+(?:to|or|and)\s+)"
    also = r"(?:\s*[(/]\s*[^()]{1,24}\)?)?"
    return rf"(?:{hedge}){{0,2}}(?:an?\s+(?=\d))?\b{number}(?:{to}{number})?[\s-]*(?:{far}|{hours}){also}"


@cache
def _parts() -> re.Pattern[str]:
    words = read_toml("relative_words.toml")
    number = rf"\d{{1,4}}(?:[.,]\d+)?|{alternatives(list(words['vague']))}"
    unit = alternatives([*words["units"], *words["hours"]])
    speed = alternatives(list(words["speeds"]))
    return re.compile(
        rf"\b(?P<one>{number})(?:(?:\s*[-–]\s*|\s+(?:to|or|and)\s+)(?P<other>{number}))?[\s-]*(?P<unit>{unit})\b"
        rf"(?:(?:['’]s?)?[\s-]+(?:of\s+)?(?P<speed>{speed})\b)?",
        re.IGNORECASE,
    )


def read_distance(text: str) -> Distance | None:
    """Read a distance that matches `distance_pattern`; None where its number is nought."""
    match = _parts().search(text)
    if match is None:
        return None
    words = read_toml("relative_words.toml")
    unit = re.sub(r"\s+", " ", match["unit"].lower())
    if match["speed"]:
        metres = words["hours"][unit] * words["speeds"][re.sub(r"\s+", " ", match["speed"].lower())] * 1000
    else:
        metres = words["units"].get(unit, 0.0)
    least, most = _number(match["one"])
    if match["other"]:
        most = _number(match["other"])[1]
    least, most = sorted((least * metres, most * metres))
    if not least > 0:
        return None
    told = math.sqrt(least * most)
    share = _TRAVEL_SHARE if match["speed"] else _SHARE if least == most else 0.1
    name = f"{told / 1000:.3g} km"
    least, most = (1 - share) * least, (1 + share) * most
    before = set(re.findall(r"\w+", text[: match.start()].lower()))
    if before & set(words["hedges"]["most"].split()) and "no" not in before:
        low = 0.0 if before & {"within", "up"} else _CLOSE_SHARE * told
        return Distance(told, low, told, f"up to {name}")
    if before & set(words["hedges"]["least"].split()) and "no" not in before:
        return Distance(told, told, _MORE * told, f"over {name}")
    return Distance(told, least, most, name)


def _number(text: str) -> tuple[float, float]:
    if text[0].isdigit():
        value = float(text.replace(",", "")) if re.fullmatch(r"\d+,\d{3}", text) else float(text.replace(",", "."))
        return value, value
    least, most = read_toml("relative_words.toml")["vague"][re.sub(r"\s+", " ", text.lower())]
    return float(least), float(most)
