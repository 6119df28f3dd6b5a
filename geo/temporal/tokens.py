"""The words of a text, each with the class that the grammar of temporal expressions is written in.

A text becomes a string of one character a word, so that a short regular expression over that string reads a whole
phrase: matching costs time linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, compress
from typing import Any

from geo.data import read_toml

# Classes that are recognised by their form rather than listed in geo/data/time.toml.
_BY_FORM = (
    "MONTH", "MONTH_ABBR", "MONTH_WEAK", "MONTH_VERB", "WEEKDAY", "WEEKDAY_PLURAL", "WEEKDAY_ABBR", "SEASON", "FALL",
    "TODAY", "NUMWORD", "VAGUE", "ORDWORD",  # tables of time.toml with values
    "DAY", "YEAR", "NUMBER", "ORDINAL", "DECADE_NUMBER", "ISO_MONTH", "NUMERIC", "RANGE", "YEAR_RANGE",
    "HYPHEN", "COMMA", "DOT", "STOP", "BREAK", "APOSTROPHE", "OPEN",
)  # fmt: skip
OTHER = "x"
# The space before a word belongs to its piece, so that the lengths of the pieces add up to the offsets.
_PIECE = re.compile(
    r" ?(?:[A-Z][A-Za-z]?-[0-9]+"  # "F-16 May" holds no 16 May
    r"|[^\W\d_]+[0-9]*"  # nor does "the G20 July summit" hold 20 July
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]+(?:[/.:–—-][0-9]+)*(?:(?:st|nd|rd|th|s)\b)?"
    r"|[^\s])|\s+"
)
_SPACE = " "
_MEMO = 50_000  # words whose class is kept, beyond those listed
_MARKS = {
    "HYPHEN": "-–—‑/",
    "COMMA": ",",
    "DOT": ".",
    "STOP": "!?;:…",
    "APOSTROPHE": "'’‘ʼ",
    "OPEN": "(",
}
_SPLIT = re.compile(r"[/.:–—-]")
FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text.

    Attributes
    ----------
    text
        The text.
    pieces
        Words, numbers and marks in text order, some with the space before them; a blank line is a mark too.
    ends
        Where each ends, in code points.
    codes
        One class character a word, see `classes`.
    """

    text: str
    pieces: tuple[str, ...]
    ends: tuple[int, ...]
    codes: str

    def start(self, index: int) -> int:
        """Give where a word begins, in code points."""
        return self.ends[index] - len(self.word(index))

    def word(self, index: int) -> str:
        """Give a word, or an empty string beyond either end of the text."""
        return self.pieces[index].lstrip() if 0 <= index < len(self.pieces) else ""

    def code(self, index: int) -> str:
        """Give the class of a word, or an empty string beyond either end of the text."""
        return self.codes[index] if 0 <= index < len(self.codes) else ""


def tokenize(text: str) -> Tokens:
    """Split a text into words and class them."""
    pieces = _PIECE.findall(text)
    ends = accumulate(map(len, pieces))
    found = "".join(map(_table().__getitem__, pieces))
    is_word = [code != _SPACE for code in found]
    return Tokens(text, tuple(compress(pieces, is_word)), tuple(compress(ends, is_word)), found.replace(_SPACE, ""))


@cache
def classes() -> dict[str, str]:
    """Give the class character of each class name."""
    names = [*_BY_FORM, *read_toml("time.toml")["classes"]]
    # The private use area: no class character can be mistaken for one that a regular expression gives a meaning to.
    return {name: chr(0xE000 + i) for i, name in enumerate(names)}


@cache
def codes(*names: str) -> frozenset[str]:
    """Give the class characters of some class names."""
    return frozenset(classes()[name] for name in names)


class _Table(dict[str, str]):
    """Class characters by piece; what is not listed is classed by its form, and kept while there is room."""

    def __missing__(self, piece: str) -> str:
        word = piece.strip()
        if not word:
            code = classes()["BREAK"] if piece.count("\n") > 1 else _SPACE
        elif word != piece:
            code = self[word]
        else:
            code = classes()[_class_of_number(word)] if word[0] in "0123456789" else OTHER
        if len(self) < _MEMO and len(piece) < 32:
            self[piece] = code
        return code


@cache
def _table() -> _Table:
    data, code, table = read_toml("time.toml"), classes(), _Table()
    for name, words in data["classes"].items():
        _put(table, words, code[name])
    _put(table, data["numbers"], code["NUMWORD"])
    _put(table, data["vague"], code["VAGUE"])
    _put(table, data["classes"]["RECENT"], code["RECENT"])
    _put(table, data["ordinals"], code["ORDWORD"])
    _put(table, data["relative_days"], code["TODAY"])
    _put_calendar(table, data["calendar"])
    for name, marks in _MARKS.items():
        table.update(dict.fromkeys(marks, code[name]))
    return table


def _put_calendar(table: _Table, calendar: dict[str, Any]) -> None:
    code = classes()
    for month in calendar["months"]:
        is_word = month in calendar["ambiguous"]
        table[month] = table[month.upper()] = code["MONTH_WEAK" if is_word else "MONTH"]
        table[month.lower()] = code["MONTH_VERB" if is_word else "MONTH_WEAK"]
    _put(table, calendar["month_abbreviations"], code["MONTH_ABBR"])
    table.pop("mar", None)  # a verb in lower case
    for weekday in calendar["weekdays"]:
        _put(table, [weekday.lower()], code["WEEKDAY"])
        _put(table, [weekday.lower() + "s"], code["WEEKDAY_PLURAL"])
    for short in calendar["weekday_abbreviations"]:
        table[short.title()] = table[short.upper()] = code["WEEKDAY_ABBR"]
    _put(table, set(calendar["seasons"]) - {"fall"}, code["SEASON"])
    table["fall"] = code["FALL"]


def _put(table: _Table, words: Iterable[str], code: str) -> None:
    for word in words:
        table[word] = table[word.title()] = table[word.upper()] = code


def _class_of_number(word: str) -> str:
    if word.isdigit():
        return _class_of_digits(word)
    if word.endswith("s"):
        return "DECADE_NUMBER" if word[-2] == "0" and _class_of_digits(word[:-1]) == "YEAR" else "NUMBER"
    if word[-1].isalpha():
        return "ORDINAL" if _class_of_digits(word[:-2]) == "DAY" else "NUMBER"
    parts = _SPLIT.split(word)
    if len(parts) == 3:
        return "NUMBER" if numeric_date(word) is None else "NUMERIC"
    return _class_of_pair(word, parts) if len(parts) == 2 else "NUMBER"


def _class_of_digits(word: str) -> str:
    if len(word) <= 2 and 1 <= int(word) <= 31:
        return "DAY"
    return "YEAR" if len(word) == 4 and FIRST_YEAR <= int(word) <= LAST_YEAR else "NUMBER"


def _class_of_pair(word: str, parts: list[str]) -> str:
    """Class two joined numbers: "5-6", "2014-2016", "2014-15", "2016-08"."""
    a, b = parts
    if "." in word or ":" in word:
        return "NUMBER"
    if _class_of_digits(a) == "YEAR":
        if _class_of_digits(b) == "YEAR":
            return "YEAR_RANGE" if int(a) < int(b) else "NUMBER"
        if len(b) == 2 and b.isdigit():
            return "YEAR_RANGE" if int(b) > int(a[2:]) else "ISO_MONTH" if 1 <= int(b) <= 12 else "NUMBER"
        return "NUMBER"
    both_days = _class_of_digits(a) == _class_of_digits(b) == "DAY"
    return "RANGE" if both_days and int(a) < int(b) else "NUMBER"


def numeric_date(word: str) -> date | None:
    """Read a date in figures: year-month-day, or day-month-year ("04-09-16" is 4 September 2016).

    Month-day-year is read only where day-month-year cannot be. Two figures of a year stand for 2000 to 2069 and 1970 to
    1999, and are read only beside two-figure days and months, so that scores and versions are no dates.
    """
    parts = _SPLIT.split(word)
    if len(parts) != 3 or not all(p.isdigit() and len(p) <= 4 for p in parts):
        return None
    a, b, c = parts
    if len(a) == 4 and len(b) <= 2 and len(c) <= 2:
        return make_date(int(a), int(b), int(c))
    if len(c) == 4 and len(a) <= 2 and len(b) <= 2:
        year = int(c)
    elif len(a) == len(b) == len(c) == 2 and ":" not in word:
        year = int(c) + (2000 if int(c) < 70 else 1900)
    else:
        return None
    return make_date(year, int(b), int(a)) or make_date(year, int(a), int(b))


def make_date(year: int, month: int, day: int) -> date | None:
    """Give a day, or None where the calendar has none or its year is not of this age."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
