"""Phrases that make a region of a name: direction, distance, nearness, part; read from the words on both its sides.

Each relation is a pattern of the words right before the name, or right after it; the first that fits counts. The word
lists are in ``geo/data/relative_words.toml`` and, for nearness and directions, ``toponym_lexicon.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geo.data import read_toml
from geo.toponyms.distances import Distance, read_distance
from geo.toponyms.found import Found, Reading
from geo.toponyms.phrase_patterns import adjective, bearing_of, compass, last_words, phrase_patterns

_BEFORE, _AFTER = 120, 48  # characters around a name that a phrase may take
_AFTER_NAME = (" ", "\n", "'", "’")
_UNITS = ("country", "admin1", "admin2", "region", "continent")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words around a name say.

    Attributes
    ----------
    relation
        ``beyond`` (in a direction, at a distance, or both), ``within`` (up to a distance), ``part``, ``core``,
        ``countryside``, ``edge``, ``suburbs``, ``outside``, ``near``, ``offshore``, ``coast``, ``along``, ``approach``
        or ``whole`` (a direction that only says where the place is: "northern Aleppo province").
    first, last
        Positions of the words of the whole phrase, half open.
    name
        The phrase made readable, ``{}`` for the place.
    bearings
        Degrees clockwise from north; several where several directions are told; empty for none.
    distance
        As told, or None.
    share
        For a part: its share of the place; 0 where the words leave that open.
    """

    relation: str
    first: int
    last: int
    name: str
    bearings: tuple[float, ...] = ()
    distance: Distance | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Sides:
    """The words around a name: ``before`` ends where its description begins, ``plain`` tells that it has none."""

    before: str
    start: int
    after: str
    end: int
    plain: bool
    unit: bool
    possessive: bool
    last_word: str


def phrase_around(reading: Reading, found: Found) -> Phrase | None:
    """Read the phrase around a mention, None where there is none."""
    sides = _sides(reading, found)
    if re.match(r"[-–][a-z]", sides.after):
        return None  # "north US-backed fighters": says who, not where
    for read in _READERS:
        told = read(sides)
        if told is not None:
            relation, start, end, name, more = told
            first = min(found.first, _position(reading, start)) if start < sides.start else found.first
            last = max(found.last, _position(reading, end - 1) + 1) if end > sides.end else found.last
            return Phrase(relation, first, last, name, **more)
    return None


_Told = tuple[str, int, int, str, dict[str, Any]]


def _sides(reading: Reading, found: Found) -> _Sides:
    text, tokens = reading.text, reading.tokens
    name_start, name_end = tokens[found.first].start, tokens[found.last - 1].end
    left = next((t.start for t in reversed(tokens[max(0, found.first - 24) : found.first + 1]) if t.first), 0)
    begin = max(left, name_start - _BEFORE, 0)
    before = text[begin:name_start]
    last = _last_word(before)
    may = last in last_words()["described"] or last.endswith(("held", "controlled", "run", "occupied", "besieged"))
    described = phrase_patterns()["described"].search(before) if may else None
    plain = described is None
    if described is not None:
        before = before[: described.start()]
        last = _last_word(before)
    kind = found.location.kind if found.location is not None else ""
    return _Sides(
        before, begin + len(before), text[name_end : name_end + _AFTER], name_end, plain, kind in _UNITS,
        tokens[found.last - 1].possessive, last,
    )  # fmt: skip


def _position(reading: Reading, at: int) -> int:
    """Position of the word that a character belongs to, or of the next one."""
    k = bisect_right(_starts(reading), at) - 1
    return k if k >= 0 and reading.tokens[k].end > at else k + 1


def _starts(reading: Reading) -> list[int]:
    return [t.start for t in reading.tokens]


def _find(sides: _Sides, key: str) -> re.Match[str] | None:
    pattern = phrase_patterns()[key]
    if key.startswith("after"):
        return pattern.search(sides.after) if sides.after[:1] in _AFTER_NAME else None
    ends = last_words().get(key)
    return pattern.search(sides.before) if ends is None or sides.last_word in ends else None


def _last_word(text: str) -> str:
    """Give the last word in lower case; of a compound the last part ("north-west")."""
    if not text[-1:].isspace():
        return ""
    return text[-24:].replace("-", " ").split()[-1].lower() if text.strip() else ""


def _before(
    sides: _Sides, match: re.Match[str], relation: str, name: str, *, end: int | None = None, **more: Any
) -> _Told:
    """Make a phrase of what stands before the name; its first word is that of the match."""
    at = match.start() + len(match[0]) - len(match[0].lstrip())
    return relation, sides.start - len(sides.before) + at, sides.end if end is None else end, name, more


def _bearings(match: re.Match[str]) -> tuple[float, ...]:
    """Give the directions of a match in text order."""
    told = [key for key, value in match.groupdict().items() if key in ("dir", "dir2", "dir3") and value]
    return tuple(bearing_of(match[key]) for key in sorted(told, key=match.start))


def _side_words(bearings: tuple[float, ...], form: Callable[[float], str]) -> str:
    return " and ".join(form(b) for b in bearings)


def _direction(sides: _Sides) -> _Told | None:
    """Read "southwest of X", "10 km to the east of X", "the countryside north of X", "the north of X"."""
    rural = _find(sides, "rural_direction")
    if rural is not None:
        bearings = _bearings(rural)
        name = f"countryside {compass(bearings[0])} of {{}}"
        return _before(sides, rural, "countryside", name, bearings=bearings)
    match = _find(sides, "direction")
    if match is None:
        return None
    bearings = _bearings(match)
    word = _side_words(bearings, compass)
    distance = read_distance(match["dist"]) if match["dist"] else None
    if distance is not None:
        return _before(sides, match, "beyond", f"{distance.words} {word} of {{}}", bearings=bearings, distance=distance)
    to = (match["to"] or "").split()
    adverb = re.search(r"\b(?:just|due|immediately|directly|slightly)\b", match[0], re.IGNORECASE)
    inside = (
        match["side"]
        or match["held"]
        or (to and to[0].lower() in ("in", "from", "the"))
        or (sides.unit and not to and not adverb)
    )
    if inside:
        name, more = _part_of(match, sides)
        return _before(sides, match, "part", name, **(more | {"share": 1 / 2} if match["side"] else more))
    return _before(sides, match, "beyond", f"{word} of {{}}", bearings=bearings)


def _distance(sides: _Sides) -> _Told | None:
    """Read "10 km from X", "five miles outside X", "within 20 km of X", "a 20-mile radius of X"."""
    match = _find(sides, "radius")
    if match is not None and (distance := read_distance(match["dist"])) is not None:
        return _before(sides, match, "within", f"within {distance.words} of {{}}", distance=distance)
    match = _find(sides, "distance")
    if match is None or (distance := read_distance(match["dist"])) is None:
        return None
    if distance.least == 0:
        return _before(
            sides, match, "within", f"within {distance.words.removeprefix('up to ')} of {{}}", distance=distance
        )
    if match["prep"].lower() == "of" or re.match(r"(?:\s+(?:city|town|village))?\s+to\s", sides.after):
        return None  # "109 miles from A to B" is how far B lies
    if match["prep"].lower() == "off":
        return _before(sides, match, "offshore", f"{distance.words} off {{}}", distance=distance)
    return _before(sides, match, "beyond", f"{distance.words} from {{}}", distance=distance)


def _offshore(sides: _Sides) -> _Told | None:
    """Read "off the coast of X", "20 miles off X"; "off" alone only for a country or an island, by its caller."""
    match = _find(sides, "offshore")
    if match is None and re.match(r"(?:['’]s?)?\s+(?:[a-z]+\s+)?(?:coast|shore)\w*", sides.after):
        match = _find(sides, "off")
    if match is None:
        return None
    distance = read_distance(match["dist"]) if match["dist"] else None
    bearings = _bearings(match)
    told = f"{distance.words} off" if distance else "off"
    side = f"the {_side_words(bearings, adjective)} coast of " if bearings else "the coast of "
    coast = re.match(r"(?:['’]s?)?\s+(?:[a-z]+\s+)?(?:coast|shore)\w*", sides.after)
    end = sides.end + coast.end() if coast else None
    return _before(sides, match, "offshore", f"{told} {side}{{}}", end=end, bearings=bearings, distance=distance)


def _countryside(sides: _Sides) -> _Told | None:
    """Read "northern Aleppo countryside", "the northern countryside of X", "rural X", "X's eastern countryside"."""
    after, match = _find(sides, "after_rural"), _find(sides, "countryside")
    if match is not None and (sides.plain or "of" in match[0]):
        return _rural(sides, _bearings(match), match, None)
    if after is None:
        return None
    left = _find(sides, "adjective") if sides.plain else None
    bearings = _bearings(after) or (_bearings(left) if left is not None else ())
    return _rural(sides, bearings, None if after["dir"] else left, sides.end + after.end())


def _rural(sides: _Sides, bearings: tuple[float, ...], match: re.Match[str] | None, end: int | None) -> _Told:
    name = f"countryside {_side_words(bearings, compass)} of {{}}" if bearings else "countryside of {}"
    if match is not None:
        return _before(sides, match, "countryside", name, end=end, bearings=bearings)
    return "countryside", sides.start, end or sides.end, name, {"bearings": bearings}


def _edge(sides: _Sides) -> _Told | None:
    """Read "the outskirts of X", "X's southern suburbs", "western Aleppo outskirts", "the northern entrance of X"."""
    match, end = _find(sides, "edge"), None
    if match is None:
        after = _find(sides, "after_edge")
        if after is None:
            return None
        match = _find(sides, "adjective") if sides.plain and not after["dir"] else None
        bearings, noun = _bearings(after) or (_bearings(match) if match else ()), after["noun"].lower()
        end = sides.end + after.end()
    else:
        bearings, noun = _bearings(match), match["noun"].lower()
    words = read_toml("relative_words.toml")["nouns"]
    relation = "suburbs" if noun in words["suburbs"].split() else "outside" if noun in words["ring"].split() else "edge"
    noun = {"edge": "outskirts", "outside": "surroundings"}.get(relation, "suburbs")
    name = f"{_side_words(bearings, adjective)} {noun} of {{}}".strip()
    if match is None:
        return relation, sides.start, end or sides.end, name, {"bearings": bearings}
    return _before(sides, match, relation, name, end=end, bearings=bearings)


def _part(sides: _Sides) -> _Told | None:
    """Read "northern Syria", "the eastern districts of X", "X's north", "X's eastern districts"."""
    match = _find(sides, "parts")
    if match is not None:
        name, more = _part_of(match, sides)
        return _before(sides, match, "part", name, **more)
    after = _find(sides, "after_part")
    if after is not None and sides.possessive:
        name, more = _part_of(after, sides)
        return "part", sides.start if sides.plain else sides.end, sides.end + after.end(), name, more
    match = _find(sides, "adjective") if sides.plain and not _name_goes_on(sides) else None
    if match is None:
        return None
    name, more = _part_of(match, sides)
    unit = _find(sides, "after_unit")
    end = sides.end + unit.end() if unit is not None else None
    return _before(sides, match, "unit" if sides.unit and unit is not None else "part", name, end=end, **more)


def _part_of(match: re.Match[str], sides: _Sides) -> tuple[str, dict[str, Any]]:
    words, found = read_toml("relative_words.toml")["nouns"], match.groupdict()
    noun = (found.get("noun") or "").lower()
    far = bool(re.search(r"\b(?:far|extreme)\b|most\s", match[0], re.IGNORECASE))
    share = (
        1 / 10 if noun in words["tip"].split() else 1 / 2 if noun in words["half"].split() else 1 / 6 if far else 0.0
    )
    bearings = _bearings(match)
    name = f"{'far ' if far else ''}{_side_words(bearings, adjective)} {{}}"
    return name, {"bearings": bearings, "share": share}


def _name_goes_on(sides: _Sides) -> bool:
    """Whether what follows makes a name of it that the direction belongs to: "South Lorin Times"."""
    return bool(re.match(r" [A-Z][a-z]+", sides.after)) and not phrase_patterns()["after_unit"].match(sides.after)


def _core(sides: _Sides) -> _Told | None:
    """Read "central X", "the heart of X", "X city centre"."""
    match = _find(sides, "core") or (_find(sides, "central") if sides.plain and not _name_goes_on(sides) else None)
    name = "central {}" if sides.unit else "centre of {}"
    if match is not None:
        return _before(sides, match, "core", name)
    after = _find(sides, "after_core")
    return ("core", sides.start, sides.end + after.end(), name, {}) if after is not None else None


def _coast(sides: _Sides) -> _Told | None:
    """Read "the coast of X", "coastal X", "X's northern coast"."""
    match = _find(sides, "coast")
    if match is not None and (sides.plain or not match["coastal"]):
        bearings = _bearings(match)
        return _before(
            sides, match, "coast", f"{_side_words(bearings, adjective)} coast of {{}}".strip(), bearings=bearings
        )
    after = _find(sides, "after_coast")
    if after is None or not (sides.possessive or after["dir"]):
        return None
    bearings = _bearings(after)
    name = f"{_side_words(bearings, adjective)} coast of {{}}".strip()
    return "coast", sides.start, sides.end + after.end(), name, {"bearings": bearings}


def _close(sides: _Sides) -> _Told | None:
    """Read "near X", "around X", "outside X", "on the road to X", "along X"."""
    for key, relation, name in (
        ("approach", "approach", "on the road to {}"),
        ("along", "along", "along {}"),
        ("near", "near", "near {}"),
        ("outside", "outside", "around {}"),
    ):
        match = _find(sides, key)
        if match is not None:
            if key == "outside" and match["around"]:
                return _before(sides, match, "near", name)
            return _before(sides, match, relation, name)
    return None


_READERS: tuple[Callable[[_Sides], _Told | None], ...] = (
    _distance, _direction, _offshore, _countryside, _edge, _coast, _part, _core, _close,
)  # fmt: skip
