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
    **{"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ə": "a"},
    **{"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": "", "&": " and ", ".": "", "·": ""},
    **dict.fromkeys(_APOSTROPHES, ""),
}
_ARTICLE = re.compile(r"(?<!\S)(?:[aeiou]?l\s+(?=\S)|[aeiou]?(sh|th|dh|[djnrstz])\s+(?=\1))")
_ARABIC_ARTICLE = re.compile(r"(?<!\S)ال(?=\S{2})")
_SUN = re.compile(r"sh|th|dh|[dlnrstz]")
_MIN_LETTERS, _MIN_ARABIC_LETTERS = 5, 4

_DOUBLED = re.compile(r"([^.])\1+")
_ENDING = re.compile(r"(?:(?<=\S\S)[ae]h|(?<=\S\S\S)(?:[ae]t?|ه))(?!\S)")
_DIGRAPH = re.compile(r"tch|sch|sh|ch|kh|gh|dj|dh|zh|th|ph|ck")
_DIGRAPHS = {
    **{"tch": "S", "sch": "S", "sh": "S", "ch": "S", "kh": "H", "gh": "K", "dj": "K", "dh": "D", "zh": "D", "th": "T"},
    **{"ph": "F", "ck": "K"},
}
_LETTERS_OF_CLASS = {
    **{"S": "شچ", "H": "hحخه", "K": "qkgjcقكغجگ", "D": "dzدذزضظژ", "T": "tsتثسصط", "F": "fvف", "B": "bpبپ"},
    **{"L": "lل", "M": "mم", "N": "nن", "R": "rر"},
}


class _Folding(dict[int, str]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        category = unicodedata.category(c)
        if c in _LETTERS:
            folded = _LETTERS[c]
        elif category[0] in "ZPSC" and category not in ("Cf", "Co"):
            folded = " "
        elif category == "Nd":
            folded = str(unicodedata.digit(c))
        else:
            folded = "" if category in ("Mn", "Me", "Cf") else c
        self[code] = folded
        return folded


class _Classes(dict[int, str]):
    """The class of a character; capitals and digits stay, spaces go, and all else, the vowels, is a full stop."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        self[code] = kept = c if c.isdigit() or "A" <= c <= "Z" else "" if c == " " else "."
        return kept


_SOUNDS = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u", "q": "k", "c": "k", " ": ""})
_FOLDING = _Folding()
_CLASSES = _Classes({ord(c): name for name, letters in _LETTERS_OF_CLASS.items() for c in letters} | {ord("x"): "KT"})


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
        return " ".join(text.lower().translate(_FOLDING).split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(folded.translate(_FOLDING).split())


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


def drop_articles(folded: str) -> str:
    """Drop every Arabic article of a folded name, in Latin and Arabic script, but never the whole name."""
    if folded.isascii():
        return (_ARTICLE.sub("", folded) if " " in folded else folded) or folded
    return _ARTICLE.sub("", _ARABIC_ARTICLE.sub("", folded)) or folded


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
        and L M N R. Letters of one class side by side count once. Vowels with w and y, the article, spaces and the
        endings -a -ah -e -eh -at -et do not count, but a leading vowel is told by A. Arabic letters fall into the same
        classes; other scripts are first written in Latin letters. Empty where there is no letter.
    """
    return consonants(fold(text))


def consonants(folded: str) -> str:
    """Give the `skeleton` of a name that is folded already."""
    words = folded
    if not words.isascii():
        if any(c > "\u024f" and not "\u0600" <= c <= "\u06ff" for c in words):
            words = fold(anyascii(words))
        words = _ARABIC_ARTICLE.sub("", words)
    if " " in words:
        words = _ARTICLE.sub("", words) or words
    stems = _DIGRAPH.sub(_digraph, _ENDING.sub("", words))
    classes = stems.translate(_CLASSES)
    return ("A" if classes.startswith(".") else "") + _DOUBLED.sub(_once, classes).replace(".", "")


def sounded(text: str) -> str:
    """Write a name so that spellings of one sound are alike letter by letter, for a measure of likeness.

    Parameters
    ----------
    text
        A name as written, or folded.

    Returns
    -------
    str
        The folded name without articles, spaces and an h at the end, doubled letters once, with i for e and y, u for o
        and w, k for q and c.
    """
    words = bare(fold(text))
    if not words.isascii():
        words = fold(anyascii(words))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=[aei])h(?!\S)", "", words).translate(_SOUNDS))


def _once(found: re.Match[str]) -> str:
    # A function is three times as fast here as the template r"\1", a second over all names of the world.
    return found[1]


def _digraph(found: re.Match[str]) -> str:
    return _DIGRAPHS[found[0]]
