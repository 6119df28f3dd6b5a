"""The name of a town as English newspapers print it, where GeoNames spells it by the system of the mapping agencies.

GeoNames romanises Arabic, Persian and Hebrew after BGN/PCGN: "Ar Raqqah", "Ash Shaykh Miskīn", "I‘zāz". Newspapers
leave the marks away, write the article al- or not at all, and have their own spelling of a few common words.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from unicodedata import combining, normalize

from geo.gazetteer.names import fold

LANGUAGES = frozenset({"ar", "fa", "he", "ps", "ur"})

_ARTICLES = frozenset({"ad", "adh", "al", "an", "ar", "as", "ash", "at", "ath", "az"})
_LEADING = re.compile(rf"\b({'|'.join(sorted(_ARTICLES))})-(?=\w)", re.IGNORECASE)
# Countries that spell their names in French or Somali ways, which newspapers follow ("Sétif", "El Oued", "N'Djamena").
_OWN_WAYS = frozenset({"DJ", "DZ", "ER", "KM", "MA", "MR", "SO", "TD", "TN"})
_WORDS = {
    "shaykh": "sheikh",
    "shaikh": "sheikh",
    "dayr": "deir",
    "bayt": "beit",
    "tall": "tal",
    "ayn": "ain",
    "ma'arrat": "maarat",
    "gharbiyah": "gharbiya",
    "jadidah": "jadida",
    "sharqiyah": "sharqiya",
}
_AYN = re.compile("[‘’ʻʼʿʾ`']")
_SHORTEST = 5  # letters of a name that stands without its article: Raqqa, but al-Bab


def romanised_countries(countries: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Give the countries of which GeoNames romanises the names.

    Arabic, Hebrew, Pashto, Persian or Urdu is their first or second language, and they have no spelling of their own.
    """
    return frozenset(
        code
        for code, entry in countries.items()
        if code not in _OWN_WAYS
        and LANGUAGES & {language.split("-")[0] for language in entry["languages"].split(",")[:2]}
    )


def newspaper_name(name: str, others: Iterable[str]) -> str:
    """Give the name that is shown.

    Parameters
    ----------
    name
        As GeoNames has it.
    others
        The other names that GeoNames knows, in Latin script: they decide what is doubtful.

    Notes
    -----
    A plain name without an article stays as it is. Else, in this order: marks go; "Shaykh" is Sheikh, "Dayr" is Deir;
    an article within is al-; at the beginning it goes where at least five letters are left and the others have the name
    so ("Raqqa"), and is Al- otherwise ("Al-Bab"); final -ah is -a where the others have that; ayn and hamza are a
    doubled a where the others have that ("Daraa"), and go otherwise.
    """
    words = _LEADING.sub(r"\1 ", _unmarked(name)).split()
    if name.isascii() and not _AYN.search(name) and words[0].lower() not in _ARTICLES:
        return name
    known = {fold(other) for other in others}
    final = name.endswith("h")
    variants = [_joined(words, doubled=doubled, known=known, final=final) for doubled in (True, False)]
    chosen = next((variant for variant in variants if fold(variant) in known), variants[-1])
    return chosen[:1].upper() + chosen[1:]


def _unmarked(name: str) -> str:
    plain = "".join(letter for letter in normalize("NFKD", name) if not combining(letter))
    return _AYN.sub("'", plain.replace("ı", "i").replace("đ", "d"))


def _joined(words: Sequence[str], *, doubled: bool, known: Collection[str], final: bool) -> str:
    parts: list[str] = []
    for i, word in enumerate(words):
        if word.lower() in _ARTICLES and i + 1 < len(words):
            parts.append("al-")
        elif parts and parts[-1].endswith("-"):
            parts[-1] += _word(word, doubled=doubled)
        else:
            parts.append(_word(word, doubled=doubled))
    name = " ".join(parts)
    bare = name.removeprefix("al-")
    if bare != name and len(bare) >= _SHORTEST and {fold(bare), fold(_short(bare, known))} & set(known):
        name = bare
    return _short(name, known) if final else name


def _short(name: str, known: Collection[str]) -> str:
    """Give a name with -a for -ah where it is known so, whatever its article."""
    if not name.endswith("ah"):
        return name
    forms = {fold(name[:-1]), fold(name[:-1].removeprefix("al-"))}
    return name[:-1] if forms & set(known) else name


def _word(word: str, *, doubled: bool) -> str:
    common = _WORDS.get(word.lower().strip("'"))
    if common:
        return common.capitalize() if word.strip("'")[0].isupper() else common
    if doubled:
        word = re.sub("a'a?|(?<=[^aeiou])'a", "aa", word)
    plain = word.replace("'", "")
    return plain[:1].upper() + plain[1:] if word[:1] == "'" else plain
