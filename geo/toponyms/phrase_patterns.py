"""The patterns of `geo.toponyms.phrases`: what stands right before or after a name when words make a region of it."""

from __future__ import annotations

import re
from functools import cache

from geo.data import read_toml
from geo.toponyms.distances import alternatives, distance_pattern

_COMPASS = {
    "north": 0.0, "northnortheast": 22.5, "northeast": 45.0, "eastnortheast": 67.5, "east": 90.0,
    "eastsoutheast": 112.5, "southeast": 135.0, "southsoutheast": 157.5, "south": 180.0, "southsouthwest": 202.5,
    "southwest": 225.0, "westsouthwest": 247.5, "west": 270.0, "westnorthwest": 292.5, "northwest": 315.0,
    "northnorthwest": 337.5,
}  # fmt: skip
_WORDS = {
    bearing: re.sub(r"^(north|south|east|west)(?=(north|south)(east|west))", r"\1-", w)
    for w, bearing in _COMPASS.items()
}


def bearing_of(words: str) -> float:
    """Read a direction: "north-west", "southern", "north-north-east"; degrees clockwise from north."""
    return _COMPASS[re.sub(r"[\s-]|ern", "", words.lower())]


def compass(bearing: float) -> str:
    """Give the word for a bearing of `bearing_of`."""
    return _WORDS[bearing]


def adjective(bearing: float) -> str:
    """Give the adjective for a bearing of `bearing_of`."""
    return f"{_WORDS[bearing]}ern"


_DIR = r"(?:(?:north|south|east|west)[\s-])?(?:(?:north|south)[\s-]?(?:east|west)|north|south|east|west)"
_ADJ = rf"(?:{_DIR})ern"
_ANY = rf"(?:{_DIR})(?:ern)?"
_DIRS = rf"(?P<dir>{_ANY})(?:(?:,|\s+and|\s+or)\s+(?P<dir2>{_ANY}))?"
HELD = r"(?:[\w’'-]+-(?:held|controlled|run|occupied|besieged)|besieged|embattled|battered|war-torn)"
_ADV = r"(?:(?:just|due|immediately|directly|further|farther|slightly|well|far)\s+)?"


@cache
def phrase_patterns() -> dict[str, re.Pattern[str]]:
    """Give the patterns by name; those for what follows a name begin with ``after``."""
    words = {key: alternatives(value) for key, value in read_toml("relative_words.toml")["nouns"].items()}
    near = read_toml("toponym_lexicon.toml")["regions"]
    close = alternatives(
        [*(w for w in near["near"].split() if w not in ("outside", "around", "nearby")), *near["near_phrases"]]
    )
    dist, away, side, to = rf"(?P<dist>{distance_pattern()})", r"(?:\s+away)?,?", rf"(?:{_DIRS})", r"(?:to|in|on|from)"
    country, coast, parts = words["countryside"], words["coast"], rf"(?P<noun>{words['parts']}|{words['tip']})"
    edges = rf"(?P<noun>{words['edge']}|{words['suburbs']}|{words['ring']})"
    adjectives = r"(?:(?!of\b|the\b|in\b|to\b|from\b|near\b)[\w’'-]+\s+){0,3}"
    whose = rf"(?:['’]s?)?\s+(?:(?P<dir>{_ANY})\s+)?"
    sources = {
        "described": rf"(?:\bthe\s+{adjectives})?\b(?:{words['settlements']}|{words['units']})\s+of\s+(?:the\s+)?$"
        rf"|\bthe\s+{adjectives}(?:capital|city|town|village)\s+$|\b(?:the\s+)?{HELD}\s+$|\bthe\s+$",
        "direction": rf"(?:\b{dist}{away}\s+)?{_ADV}(?P<to>{to}\s+the\s+|the\s+)?(?P<far>far\s+|extreme\s+)?{_ADV}"
        rf"(?P<held>\b{HELD}\s+)?\b(?:(?P<dir2>{_DIR})\s+(?:and|or)\s+(?:(?:to\s+)?the\s+)?)?(?P<dir>{_DIR})"
        r"(?P<side>\s+side)?\s+(?:of|from|outside)\s+$",
        "rural_direction": rf"\b(?:{country})\s+(?:(?:to\s+the|just)\s+)?(?P<dir>{_DIR})\s+of\s+$",
        "radius": rf"\b{dist}[\s-]+(?:radius|zone|perimeter|belt|strip|area|ring)\s+(?:of|around|from)\s+$",
        "distance": rf"\b{dist}{away}\s+(?P<prep>from|outside|off|of|short\s+of)\s+$",
        "offshore": rf"(?:\b{dist}{away}\s+)?(?:\b(?:off|from)|\bwaters\s+off)\s+(?:the\s+)?(?:{side}\s+)?"
        rf"(?:{coast})\s+(?:of|off)\s+$",
        "off": rf"(?:\b{dist}{away}\s+)?\boff\s+(?:{side}\s+)?$",
        "countryside": rf"(?:\b{side}\s+)?\b(?:{country})\s+of\s+$|(?:\b(?P<dir3>{_ANY})\s+)?\b(?:rural|rif|reef)\s+$",
        "edge": rf"(?:\b{side}\s+)?\b{edges}\s+(?:of|to|around)\s+$",
        "parts": rf"\b(?P<far>far\s+|extreme\s+)?{side}(?:most)?\s+{parts}\s+(?:of|in)\s+$",
        "adjective": rf"(?P<far>\b(?:far|extreme|deep)\s+)?\b{side}\s+$",
        "core": rf"\b(?:{words['core']})\s+of\s+$",
        "central": rf"\b(?:{words['core_before']})\s+$",
        "near": rf"\b(?:{close})\s+$",
        "outside": r"\b(?:(?P<around>around)|outside|surrounding|ringing|encircling|on\s+all\s+sides\s+of)\s+$",
        "approach": r"\b(?:on|along)\s+the\s+(?:[\w-]+\s+)?(?:road|highway|motorway|way)\s+(?:to|towards?|into)\s+$",
        "coast": rf"(?:\b{side}\s+)?\b(?:{coast})\s+of\s+$|\b(?P<coastal>coastal)\s+$",
        "along": r"\b(?:along|alongside)\s+(?:the\s+)?(?:(?:banks?|course|length)\s+of\s+)?$",
        "after_rural": rf"^{whose}(?:{country})\b",
        "after_edge": rf"^{whose}(?P<noun>outskirts|periphery|environs|suburbs)\b",
        "after_part": rf"^['’]s?\s+(?:mainly\s+)?(?P<far>far\s+)?{_DIRS}(?:\s+{parts}\b|\b(?!\s+(?:of|[a-z]+ern)\b))",
        "after_coast": rf"^{whose}(?:{coast})\b",
        "after_core": r"^(?:['’]s\s+(?:city\s+)?|\s+city\s+)(?:centre|center)\b",
        "after_unit": rf"^\s+(?:{words['units']})\b",
    }
    return {key: re.compile(source, re.IGNORECASE) for key, source in sources.items()}


@cache
def last_words() -> dict[str, frozenset[str]]:
    """Give the words that a pattern of what stands before a name can end with, in lower case: most names have none."""
    near = read_toml("toponym_lexicon.toml")["regions"]
    close = [phrase.split()[-1] for phrase in near["near_phrases"]]
    sides = [f"{a}{b}{end}" for a in _SIDES for b in ("", "east", "west") for end in ("", "ern")]
    ends = {
        "direction": "of from outside",
        "rural_direction": "of",
        "radius": "of around from",
        "distance": "from outside off of",
        "offshore": "of off",
        "countryside": "of rural rif reef",
        "edge": "of to around",
        "parts": "of in",
        "adjective": " ".join(sides),
        "core": "of",
        "central": read_toml("relative_words.toml")["nouns"]["core_before"],
        "near": " ".join([near["near"], *close]),
        "outside": "around outside surrounding ringing encircling of",
        "approach": "to toward towards into",
        "coast": "of coastal",
        "along": "along alongside the of",
        "off": " ".join(["off", *sides]),
        "described": "of the capital city town village besieged embattled battered war-torn",
    }
    return {key: frozenset(words.split()) for key, words in ends.items()}


_SIDES = ("north", "south", "east", "west")
