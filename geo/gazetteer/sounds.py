"""How a name sounds: its letters in one alphabet, its consonants as keys of an index, and how alike two names are.

Romanisations of Arabic, Persian, Kurdish, Turkish, Ukrainian and Russian differ in the same few ways: vowels, which of
several letters a sound gets (kh, ch, x or h; q, k or g; j, g, c or dzh; w or v), and marks. A name is written as it
sounds (`sound`); letters that may stand for several sounds keep a sign of their own, which costs little to take for
any of them (`likeness`) and gives a key for each (`skeletons`).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate, product

from anyascii import anyascii

from geo.gazetteer.names import drop_articles, fold

_ARABIC = str.maketrans(
    {
        **dict(zip("بپتثجچحخدذرزژسشصضطظغفڤقكگلمنوياےەۆێڕڵھه", "bpttJChHddrzZsSsdtzgfvkkglmnwiaieoerlhh", strict=True)),
        **{"ع": "a", "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ڭ": "n", "ۇ": "u", "ۈ": "u", "ۋ": "w", "ې": "e"},
    }
)
_FINAL_H = re.compile(r"(?<=\S\S)[هە](?!\S)")
# Letters that stand together for one sound; capitals are signs for what no single letter says.
_TOGETHER = {
    **{"tsch": "C", "shch": "S", "sch": "S", "tch": "C", "dzh": "J", "dsch": "J", "dzj": "J", "dj": "J", "zh": "Z"},
    **{"zj": "Z", "sh": "S", "sj": "S", "ch": "C", "tj": "C", "cz": "C", "cs": "C", "sz": "s", "kh": "H", "gh": "g"},
    **{"dh": "d", "th": "t", "ph": "f", "ck": "K", "ts": "T", "tz": "T", "ks": "X", "x": "X", "q": "k", "y": "i"},
    **{"nb": "mb", "np": "mp", "ou": "u", "oo": "u", "ee": "i"},
}
_LETTERS = re.compile("|".join(sorted(_TOGETHER, key=lambda letters: (-len(letters), letters))))
_ENDING = re.compile(r"(?<=\S\S\S)[ae](?:(t)|h)?(?!\S)")
_DOUBLED, _DOUBLED_VOWEL = re.compile(r"([^\W\d])\1+"), re.compile(r"([aeiou])\1+")
_NOT_PLAIN = re.compile(r"[^a-zA-Z0-9 ]")

_VOWELS = frozenset("aeiou")
# The classes of consonants that a letter or sign may belong to; a key of the index takes one of each.
_READINGS = {
    **{c: (c.upper(),) for c in "bdfhklmnrt"},
    **{"p": ("B",), "v": ("F",), "z": ("D",), "s": ("T",), "S": ("T",), "T": ("T",), "H": ("H",), "J": ("K",)},
    **{"g": ("K", "H"), "c": ("K", "T"), "C": ("T", "H"), "X": ("KT", "H"), "Z": ("D", "K"), "j": ("K", "", "D")},
    "K": ("K", "TK"),
    **{"w": ("", "F"), "Y": ("", "T"), **dict.fromkeys("aeiou", ("",)), **{c: (c,) for c in "0123456789"}},
}
_MOST_READ = 3
"""So many letters of a name are read in more than one way; of more, only the first reading counts."""


@lru_cache(maxsize=8192)
def sound(folded: str) -> str:
    """Write a folded name as it sounds, without articles and spaces."""
    words = drop_articles(folded)
    if not words.isascii():
        if has_unwritten_vowels(words):
            words = _FINAL_H.sub("a", words).translate(_ARABIC)
            words = _NOT_PLAIN.sub(_romanised, words.replace(" ", "").replace("nb", "mb"))
            return _DOUBLED_VOWEL.sub(_once, words)
        words = drop_articles(fold(anyascii(words)))
    return _DOUBLED.sub(_once, _LETTERS.sub(_one_sign, _ENDING.sub(_ending, words)).replace(" ", ""))


def _romanised(found: re.Match[str]) -> str:
    return "".join(fold(anyascii(found[0])).split())


def _once(found: re.Match[str]) -> str:
    # A function is three times as fast here as the template r"\1", a second over all names of the world.
    return found[1]


def _one_sign(found: re.Match[str]) -> str:
    return _TOGETHER[found[0]]


def _ending(found: re.Match[str]) -> str:
    return "aY" if found[1] else "a"


def skeletons(sounded: str) -> tuple[str, ...]:
    """Give the keys of the consonants of a sound: names that share one may be one name."""
    choices: list[tuple[str, ...]] = []
    read = 0
    for c in sounded:
        readings = _READINGS.get(c, ("",))
        if len(readings) > 1:
            read += 1
            readings = readings if read <= _MOST_READ else readings[:1]
        choices.append(readings)
    if not read:
        return (_key([one for (one,) in choices]),) if choices else ()
    return tuple(sorted({_key(chosen) for chosen in product(*choices)}))


def _key(classes: list[str] | tuple[str, ...]) -> str:
    return ("A" if not classes[0] else "") + "".join(classes)


def _costs(table: Mapping[float, str]) -> dict[str, dict[str, float]]:
    """Read pairs of letters ("sz") by cost as what one costs for the other, either way."""
    rows: dict[str, dict[str, float]] = {}
    for cost, pairs in table.items():
        for one, other in map(tuple, pairs.split()):
            rows.setdefault(one, {})[other] = rows.setdefault(other, {})[one] = cost
    return rows


# What it costs to take one letter for another, between 0 (the same sound) and 1; 1 where a pair is not here.
_COSTS = _costs(
    {
        0.1: "Kk ae ei ou wu wo hH SC Cc Sc JZ Jj Zj Zz XH Tc wv fv ji Tz Ts cs",
        0.25: "oi oa ai ui au eo eu aw iw ew sS sC st sX sz kX Xc gJ gj Jc jc hX dt bp kg kH kh gh gH cZ jz zd ZS jS Jz"
        " CH TC TZ kC jC",
        0.4: "ch cH kc gc cz vu bv bw je fp sZ tT Hg dz tc tC kJ kj mn SX rl ij gi fw pv dT",
    }
)
_GAPS = {
    **dict.fromkeys(_VOWELS, 0.3),
    "h": 0.3,
    "H": 0.5,
    "j": 0.3,
    "w": 0.3,
    "Y": 0.1,
    "g": 0.7,
    "t": 0.8,
    "T": 0.8,
    "X": 1.3,
}
_WEIGHTS = {**dict.fromkeys(_VOWELS, 0.5), "j": 0.75, "w": 0.5, "Y": 0.1}
_GAPS_UNWRITTEN = {**_GAPS, **dict.fromkeys(_VOWELS, 0.05)}
_NO_COSTS: Mapping[str, float] = {}


def likeness(one: str, other: str, *, unwritten: bool = False) -> float:
    """How alike two sounds are, 0 to 1: an alignment in which letters that romanisations mix up cost little.

    Parameters
    ----------
    one, other
        What `sound` gave.
    unwritten
        Whether one of them is in Arabic script, which writes no short vowels, and the other is not.
    """
    if one == other:
        return 1.0
    gaps = _GAPS_UNWRITTEN if unwritten else _GAPS
    across = [gaps.get(d, 1.0) for d in other]
    row = [0.0, *accumulate(across)]
    for c in one:
        gap, costs = gaps.get(c, 1.0), _COSTS.get(c, _NO_COSTS)
        diagonal = row[0]
        least = row[0] = diagonal + gap
        for k, d in enumerate(other, 1):
            above = row[k]
            taken = diagonal if c == d else diagonal + costs.get(d, 1.0)
            least += across[k - 1]
            if above + gap < least:
                least = above + gap
            if taken < least:
                least = taken
            row[k], diagonal = least, above
    weight = sum(_WEIGHTS.get(c, 1.0) for c in one + other) / 2
    return max(0.0, 1.0 - row[-1] / weight)


def has_unwritten_vowels(folded: str) -> bool:
    """Whether a folded name is in Arabic script, which writes no short vowels."""
    return not folded.isascii() and any("\u0600" <= c <= "\u06ff" for c in folded)


def weight(sounded: str) -> int:
    """How many consonants a sound has."""
    return sum(c not in _VOWELS for c in sounded)


_LEAST_CONSONANTS = 5
_CLASSES = "BDFHKLMNRT"


def neighbours(keys: tuple[str, ...]) -> frozenset[str]:
    """Give the keys that differ in one consonant from those that have five and more."""
    found: set[str] = set()
    for key in keys:
        if len(key.lstrip("A")) < _LEAST_CONSONANTS:
            continue
        first = 1 if key.startswith("A") else 0
        found.add(key[1:] if first else "A" + key)
        for i in range(first, len(key) + 1):
            head, tail = key[:i], key[i:]
            found.update(head + c + tail for c in _CLASSES)
            if tail:
                found.add(head + tail[1:])
                found.update(head + c + tail[1:] for c in _CLASSES)
    return frozenset(found.difference(keys))
