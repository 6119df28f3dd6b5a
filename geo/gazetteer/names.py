"""Keys of place names: what is written differently and means the same place gets the same key.

Three keys, from strict to loose: `fold` (script, case and marks), `bare` (the Arabic article does not count) and
`skeleton` (the consonants alone, in classes that romanisations of Arabic mix up).
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

from anyascii import anyascii

_APOSTROPHES = "'’‘ʼʻʿʾ`´′ʹʺˈ‛ʽ״׳ء"
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ə": "a",
    "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "&": " and ", ".": "", "·": "",
}  # fmt: skip
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES), "")
_TABLE = str.maketrans({**_LETTERS, "ـ": ""}) | _DROPPED
_ASCII = str.maketrans({**{c: " " for c in '!"#$%()*+,-/:;<=>?@[\\]^_{|}~'}, "&": " and ", ".": "", "'": "", "`": ""})

_ARTICLE = re.compile(r"(?<!\S)(?:[aeiu]?l\s+(?=\S)|[aeiu]?(sh|th|dh|[dnrstz])\s+(?=\1))")
_ARABIC_ARTICLE = re.compile(r"(?<!\S)ال(?=\S{2})")
_SUN = re.compile(r"sh|th|dh|[dlnrstz]")
_MIN_LETTERS, _MIN_ARABIC_LETTERS = 5, 4

_UNITS = re.compile(r"tch|sch|sh|ch|kh|gh|dj|dh|zh|th|ph|ck|.")
_ENDING = re.compile(r"(?:[ae]h|[ae])$|(?<=...)[ae]t$")
_CLASSES = {
    **dict.fromkeys(("tch", "sch", "sh", "ch", "ش", "چ"), "S"),
    **dict.fromkeys(("kh", "h", "ح", "خ", "ه"), "H"),
    **dict.fromkeys(("q", "k", "g", "gh", "j", "dj", "c", "ck", "ق", "ك", "غ", "ج", "گ"), "K"),
    **dict.fromkeys(("dh", "z", "d", "zh", "د", "ذ", "ز", "ض", "ظ", "ژ"), "D"),
    **dict.fromkeys(("th", "t", "s", "ت", "ث", "س", "ص", "ط"), "T"),
    **dict.fromkeys(("f", "v", "ph", "ف"), "F"),
    **dict.fromkeys(("b", "p", "ب", "پ"), "B"),
    **dict.fromkeys("lل", "L"),
    **dict.fromkeys("mم", "M"),
    **dict.fromkeys("nن", "N"),
    **dict.fromkeys("rر", "R"),
    "x": "KT",
}  # fmt: skip


def fold(text: str) -> str:
    """Fold a name to the key under which the gazetteer keeps it.

    Parameters
    ----------
    text
        A name as written, in any script.

    Returns
    -------
    str
        NFKD, case folded, without marks, apostrophes and full stops, hyphens and other punctuation as single spaces;
        Arabic without marks and tatweel, ة as ه, ى as ي, every alif as ا. ``fold(fold(text)) == fold(text)``.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_TABLE)
    kept = []
    for c in unicodedata.normalize("NFKD", folded):
        category = unicodedata.category(c)
        if c.isascii():
            kept.append(c)
        elif category[0] in "ZPS":
            kept.append(" ")
        elif category == "Nd":
            kept.append(str(unicodedata.digit(c)))
        elif category not in ("Mn", "Me", "Cf"):
            kept.append(c)
    return " ".join("".join(kept).casefold().translate(_TABLE).translate(_ASCII).split())


def bare(folded: str) -> str:
    """Drop the Arabic articles of a folded name, joined sun-letter forms included (``an nairab`` as ``al nairab``).

    A leading article stays where what is left would be one short common word: ``al bab`` is a town, ``bab`` a gate.
    It goes before two or more words, or before one of at least five letters (four in Arabic script).

    Parameters
    ----------
    folded
        What `fold` gave.
    """
    if not folded.isascii() and "ال" in folded:
        return _drop(folded, _ARABIC_ARTICLE, _MIN_ARABIC_LETTERS)
    return _drop(folded, _ARTICLE, _MIN_LETTERS)


def _drop(folded: str, article: re.Pattern[str], least: int) -> str:
    rest = article.sub("", folded)
    if rest == folded or " " in rest or len(rest) >= least:
        return rest
    return folded


def joined(folded: str) -> tuple[str, ...]:
    """Give the forms of a folded name with its Latin-script articles joined: ``al bab`` as ``albab``, ``elbab``.

    Sun-letter forms come too (``annayrab`` for ``al nayrab``). Empty where the name has no article.
    """
    first, *rest = _ARTICLE.sub("\0", folded).split("\0")
    if not rest:
        return ()
    choices = [(first,)]
    for piece in rest:
        sun = _SUN.match(piece)
        articles = ("al", "el", *((f"a{sun[0]}", f"e{sun[0]}") if sun else ()))
        choices.append(tuple(dict.fromkeys(article + piece for article in articles)))
    return tuple(sorted("".join(form) for form in product(*choices)))


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """Reduce a name to its consonants, in the classes that romanisations of Arabic mix up.

    Parameters
    ----------
    text
        A name as written, or folded.

    Returns
    -------
    str
        Capitals: K for q k g gh j dj c, H for h kh, D for d dh z, T for t th s, S for sh ch, F for f v ph, B for b p,
        and L M N R. Doubled letters count once; vowels with w and y, the article, endings in -a -ah -e -eh -at -et and
        spaces do not count, but a leading vowel is told by A. Arabic letters fall into the same classes; other scripts
        are first written in Latin letters. Empty where there is no letter.
    """
    folded = fold(text)
    if any(c > "\u024f" and not "\u0600" <= c <= "\u06ff" for c in folded):
        folded = fold(anyascii(folded))
    words = _ARTICLE.sub("", folded) or folded
    words = _ARABIC_ARTICLE.sub("", words)
    classes = "".join(_classes(word) for word in words.split())
    first = words[:1]
    return ("A" if first.isalpha() and not _CLASSES.get(first) else "") + classes


def _classes(word: str) -> str:
    arabic = word[:1] >= "\u0600"
    stem = re.sub(r"ه$", "", word) if arabic and len(word) > 3 else _ENDING.sub("", word) if len(word) > 3 else word
    units = _UNITS.findall(re.sub(r"(.)\1+", r"\1", stem))
    kept, last = [], ""
    for unit in units:
        if unit != last:
            kept.append(_CLASSES.get(unit, unit if unit.isdigit() else ""))
        last = unit
    return "".join(kept)
