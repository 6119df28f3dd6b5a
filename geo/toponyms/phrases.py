"""Phrases that tell a region relative to a name: direction, distance, nearness, part; read from the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.toponyms.found import Found, Reading
from geo.toponyms.lexicon import word_set
from geo.toponyms.tokens import Token

_DISTANCE = re.compile(
    r"(\d+(?:[.,]\d+)?|[a-z]+)[\s-]*([a-z]+)\s*(?:\([^)]*\)\s*)?(?:away\s+|outside\s+)?(?:to\s+the\s+|just\s+|due\s+)*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words around a name say.

    Attributes
    ----------
    relation
        ``"beyond"`` (in a direction or at a distance), ``"part"``, ``"countryside"``, ``"edge"`` or ``"near"``.
    bearing
        Degrees clockwise from north, or None.
    metres
        The distance told, or None.
    first, last
        Positions of the words of the whole phrase, half open.
    name
        The phrase made readable, ``{}`` for the place.
    rule
        How the region is drawn, in words.
    """

    relation: str
    bearing: float | None
    metres: float | None
    first: int
    last: int
    name: str
    rule: str


def phrase_around(reading: Reading, found: Found) -> Phrase | None:
    """Read the phrase around a mention, None where there is none."""
    start = _before_description(reading, found)
    return (
        _direction_of(reading, found, start)
        or _distance_from(reading, found, start)
        or _countryside(reading, found, start)
        or _edge(reading, found, start)
        or _part(reading, found, start)
        or _near(reading, found, start)
    )


def _before_description(reading: Reading, found: Found) -> int:
    """Where the name begins with "the", "the city of" and the like before it: the phrase is read from there."""
    tokens, k = reading.tokens, found.first
    if (
        k > 1
        and tokens[k - 1].lower == "of"
        and tokens[k - 2].lower in word_set("regions.described_by")
        and _joined(tokens[k - 1], tokens[k])
    ):
        k -= 2
    if k > 0 and tokens[k - 1].lower == "the" and _joined(tokens[k]):
        k -= 1
    return k


def _joined(*tokens: Token) -> bool:
    return all(t.gap in (" ", "-", "\n") for t in tokens)


def _direction(reading: Reading, last: int) -> tuple[int, float] | None:
    """Find the direction whose last word is ``last``: where it begins and its bearing; "north west" is one."""
    tokens, table = reading.tokens, reading.words.directions
    if last < 0:
        return None
    word = tokens[last].lower
    for back in (2, 1):
        if last - back >= 0 and all(_joined(t) for t in tokens[last - back + 1 : last + 1]):
            parts = [t.lower for t in tokens[last - back : last + 1]]
            joined = "".join(parts) if back == 1 else f"{parts[0]}-{parts[1]}{parts[2]}"
            for form in (joined, "-".join(parts)):
                if form in table:
                    return last - back, table[form]
    return (last, table[word]) if word in table else None


def _direction_of(reading: Reading, found: Found, start: int) -> Phrase | None:
    """Read "southwest of X", "10 km to the east of X", "the countryside north of X"."""
    tokens = reading.tokens
    if start < 2 or tokens[start - 1].lower not in word_set("regions.after_direction") or not _joined(tokens[start]):
        return None
    direction = _direction(reading, start - 2)
    if direction is None or tokens[direction[0]].lower.endswith("ern"):
        return None
    first, bearing = direction
    word = _compass(reading, bearing)
    distance = _distance_before(reading, first)
    if distance is not None:
        position, metres = distance
        rule = f"a cone to the {word} at that distance, give or take a quarter"
        return Phrase("beyond", bearing, metres, position, found.last, f"{_km(metres)} {word} of {{}}", rule)
    k = first - 1
    if k >= 1 and tokens[k].lower == "the" and tokens[k - 1].lower in ("to", "in"):
        first, k = k - 1, k - 2
    if k >= 0 and _joined(tokens[first]) and tokens[k].lower in reading.words.regions["countryside"]:
        rule = f"a cone to the {word} from the edge to six times the radius"
        return Phrase("countryside", bearing, None, k, found.last, f"countryside {word} of {{}}", rule)
    state = found.location is not None and found.location.kind == "country"
    if state or tokens[first].lower == "in":
        rule = f"the part to the {word}"
        return Phrase("part", bearing, None, first, found.last, f"{word} of {{}}", rule)
    rule = f"a cone to the {word} from the edge to twice the radius, at least 3 km deep"
    return Phrase("beyond", bearing, None, first, found.last, f"{word} of {{}}", rule)


def _distance_from(reading: Reading, found: Found, start: int) -> Phrase | None:
    """Read "10 km from X", "five miles outside X"."""
    tokens = reading.tokens
    if start < 2 or tokens[start - 1].lower not in ("from", "outside", "off") or not _joined(tokens[start]):
        return None
    distance = _distance_before(reading, start - 1)
    if distance is None:
        return None
    position, metres = distance
    rule = "a ring at that distance, give or take a quarter"
    return Phrase("beyond", None, metres, position, found.last, f"{_km(metres)} from {{}}", rule)


def _distance_before(reading: Reading, k: int) -> tuple[int, float] | None:
    """Find the distance that ends right before word k: where it begins, and metres."""
    begin = reading.tokens[max(0, k - 7)].start
    match = _DISTANCE.search(reading.text, begin, reading.tokens[k].start)
    if match is None:
        return None
    number, unit = match[1].lower(), match[2].lower()
    value = float(number.replace(",", ".")) if number[0].isdigit() else reading.words.numbers.get(number)
    if value is None or unit not in reading.words.units or not value:
        return None
    position = next(j for j, t in enumerate(reading.tokens) if t.end > match.start(1))
    return position, value * reading.words.units[unit]


def _countryside(reading: Reading, found: Found, start: int) -> Phrase | None:
    """Read "northern Aleppo countryside", "the northern countryside of X", "rural X"."""
    tokens, nouns = reading.tokens, reading.words.regions["countryside"]
    first, last = start, found.last
    if last < len(tokens) and tokens[last].lower in nouns and tokens[last].gap == " ":
        last += 1
    elif (
        last + 1 < len(tokens)
        and tokens[last - 1].possessive
        and _direction(reading, last)
        and tokens[last + 1].lower in nouns
    ):
        bearing = reading.words.directions.get(tokens[last].lower)
        return _rural(reading, bearing, start, last + 2)
    elif start >= 2 and tokens[start - 1].lower == "of" and tokens[start - 2].lower in nouns:
        first = start - 2
    elif start >= 1 and tokens[start - 1].lower in nouns and _joined(tokens[start]):
        first = start - 1
    else:
        return None
    direction = _direction(reading, first - 1) if first and _joined(tokens[first]) else None
    return _rural(reading, direction[1] if direction else None, direction[0] if direction else first, last)


def _rural(reading: Reading, bearing: float | None, first: int, last: int) -> Phrase:
    if bearing is None:
        return Phrase(
            "countryside", None, None, first, last, "countryside of {}", "a ring from the edge to six times the radius"
        )
    word = _compass(reading, bearing)
    rule = f"a cone to the {word} from the edge to six times the radius"
    return Phrase("countryside", bearing, None, first, last, f"countryside {word} of {{}}", rule)


def _edge(reading: Reading, found: Found, start: int) -> Phrase | None:
    """Read "the outskirts of X", "X's suburbs", "Aleppo outskirts"."""
    tokens, nouns = reading.tokens, reading.words.regions["edge"]
    rule = "a ring about the edge, from 0.7 to 1.5 of the radius"
    if start >= 2 and tokens[start - 1].lower == "of" and tokens[start - 2].lower in nouns:
        direction = _direction(reading, start - 3) if start >= 3 and _joined(tokens[start - 2]) else None
        if direction is not None:
            return _part_phrase(reading, direction[1], direction[0], found.last)
        return Phrase("edge", None, None, start - 2, found.last, "outskirts of {}", rule)
    if found.last < len(tokens) and tokens[found.last].lower in nouns and tokens[found.last].gap == " ":
        return Phrase("edge", None, None, start, found.last + 1, "outskirts of {}", rule)
    return None


def _part(reading: Reading, found: Found, start: int) -> Phrase | None:
    """Read "northern Syria", "the eastern districts of X", "X's north", "X's eastern suburbs"."""
    tokens, words = reading.tokens, reading.words
    if start == found.first and start and _joined(tokens[start]):
        direction = _direction(reading, start - 1)
        if direction is not None and not _name_goes_on(tokens, found):
            last = found.last
            if last < len(tokens) and tokens[last].lower in word_set("regions.units_after") and tokens[last].gap == " ":
                last += 1
            return _part_phrase(reading, direction[1], direction[0], last)
    parts = words.regions["parts"] | words.regions["edge"]
    if start >= 3 and tokens[start - 1].lower == "of" and tokens[start - 2].lower in parts:
        direction = _direction(reading, start - 3)
        if direction is not None:
            return _part_phrase(reading, direction[1], direction[0], found.last)
    if tokens[found.last - 1].possessive and found.last < len(tokens) and tokens[found.last].lower in words.directions:
        last = found.last + 1
        if last < len(tokens) and tokens[last].lower in parts and tokens[last].gap == " ":
            last += 1
        elif tokens[found.last].lower.endswith("ern"):
            return None
        return _part_phrase(reading, words.directions[tokens[found.last].lower], start, last)
    return None


def _name_goes_on(tokens: tuple[Token, ...], found: Found) -> bool:
    """Whether what follows makes a name of it that the direction belongs to: "South Korea Times"."""
    return found.last < len(tokens) and tokens[found.last].capital and tokens[found.last].gap == " "


def _part_phrase(reading: Reading, bearing: float, first: int, last: int) -> Phrase:
    word = _compass(reading, bearing)
    rule = f"the part to the {word}: the cone from its middle to its radius, within its outline where that is known"
    return Phrase("part", bearing, None, first, last, f"{word} of {{}} (inside)", rule)


def _near(reading: Reading, found: Found, start: int) -> Phrase | None:
    """Read "near X", "around X", "in the vicinity of X"."""
    tokens = reading.tokens
    rule = "a disc of twice the radius, at least 2 km"
    if not start or not _joined(tokens[start]):
        return None
    if found.location is not None and found.location.kind == "country":
        return None
    if tokens[start - 1].lower in reading.words.regions["near"]:
        return Phrase("near", None, None, start - 1, found.last, "near {}", rule)
    for phrase in reading.words.near_phrases:
        first = start - len(phrase)
        if first >= 0 and tuple(t.lower for t in tokens[first:start]) == phrase:
            return Phrase("near", None, None, first, found.last, "near {}", rule)
    return None


def _compass(reading: Reading, bearing: float) -> str:
    return next(word for word, degrees in reading.words.directions.items() if degrees == bearing)


def _km(metres: float) -> str:
    return f"{metres / 1000:g} km"
