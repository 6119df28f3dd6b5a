"""Base forms of names that stand in a sentence with clitics or case endings: the forms to look up.

The rules are those of the grammars and know no names; they give many forms, and the gazetteer decides which is one.
"""

import re
from functools import cache, lru_cache

from geo.data import read_toml

_LEAST_STEM, _LEAST_ARABIC = 2, 3
# Clitics of Arabic: a conjunction, then a preposition, then the article, which loses its alif after "for".
_CLITICS = re.compile(r"(?P<conjunction>[وف])?(?P<preposition>[بلك](?=\S))?(?P<rest>\S+)")
_CONSONANT = "бвгґджзйклмнпрстфхцчшщ"
_LAST_VOWEL = re.compile(rf"([оеє])(?=[{_CONSONANT}]ь?$)")
_CLOSED = {"о": "і", "е": "і", "є": "ї"}
_CLUSTER = re.compile(rf"(?<=[{_CONSONANT}])ь?(?=[{_CONSONANT}]ь?$)")
_TURKISH = re.compile(
    r"(?i)(?<=\w\w\w)['’ʼ`](?:[dt][aeıi](?:n|ki(?:ler)?)?|n?[ıiuü]n|[yn][aeıiuü]|s[ıiuü]|l[ae]r|yl[ae]|l[ıiuü]|(?<=[^aeıioöuü]{1}['’ʼ`])[aeıiuü])$"
)


def arabic_bases(word: str) -> tuple[tuple[int, str], ...]:
    """Give what an Arabic word is without its clitics: how many letters are cut off, and the form to look up.

    "and" and "so" (و، ف) come first, then "in", "for", "like" (ب، ل، ك); ``للرقة`` is ``ل`` and ``الرقة``.

    Parameters
    ----------
    word
        A word in Arabic script.

    Returns
    -------
    tuple
        Shorter cuts first; the word itself is not among them.
    """
    found: list[tuple[int, str]] = []
    cuts = [1] if word[:1] in ("و", "ف") else []
    for start in (0, *cuts):
        if start and len(word) - start >= _LEAST_ARABIC:
            found.append((start, word[start:]))
        if word[start : start + 1] in ("ب", "ل", "ك"):
            rest = word[start + 1 :]
            if len(rest) >= _LEAST_ARABIC:
                found.append((start + 1, rest))
            if word[start : start + 2] == "لل" and len(rest) >= _LEAST_ARABIC:
                found.append((start + 1, "ا" + rest))
    return tuple(sorted(found, key=lambda cut: (cut[0], -len(cut[1]))))


@lru_cache(maxsize=4096)
def cyrillic_bases(word: str) -> tuple[str, ...]:
    """Give the nominatives that a Ukrainian or Russian word may be a case of, in small letters, without the word.

    Endings after `geo/data/inflection.toml`; then the vowels that change in a closed syllable (``Харкова`` and
    ``Харків``, ``Рогу`` and ``Ріг``) and those that come and go (``Кременця`` and ``Кременець``).

    Parameters
    ----------
    word
        A word in Cyrillic script.
    """
    lower = word.lower()
    found: dict[str, None] = {}
    for ending, nominatives in _endings().items():
        stem = lower[: len(lower) - len(ending)]
        if not lower.endswith(ending) or len(stem) < _LEAST_STEM:
            continue
        for nominative in nominatives:
            form = stem + nominative
            found[form] = None
            if form[-1] in _CONSONANT or form[-1] == "ь":
                found.update(dict.fromkeys(_closed(form)))
    found.pop(lower, None)
    return tuple(found)


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    table = read_toml("inflection.toml")["cyrillic"]
    return {ending: tuple(table[ending]) for ending in sorted(table, key=lambda ending: (-len(ending), ending))}


def _closed(form: str) -> list[str]:
    """Give the forms whose last syllable has another vowel, or one more, now that no ending follows."""
    forms = [_LAST_VOWEL.sub(lambda vowel: _CLOSED[vowel[0]], form)]
    if _CLUSTER.search(form):
        forms += [_CLUSTER.sub(vowel, form) for vowel in ("о", "е")]
    return forms


def without_suffix(word: str) -> str:
    """Give a word in Latin letters without a Turkish case ending after an apostrophe: "Halep" for "Halep'te".

    A single vowel counts only after four letters and a consonant, so that "Dar'a" and "Sana'a" stay whole.
    """
    found = _TURKISH.search(word)
    if not found or (found.end() - found.start() == 2 and found.start() < 4):
        return word
    return word[: found.start()]
