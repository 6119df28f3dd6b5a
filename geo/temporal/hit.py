"""A place in the text where a rule of the grammar matches, with what its readers ask of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from geo.data import read_toml
from geo.temporal.anchor import Reading
from geo.temporal.tense import is_future
from geo.temporal.tokens import Tokens, codes

Reader = Callable[["Hit"], Reading | None]
_MONTHS = ("MONTH", "MONTH_ABBR", "MONTH_WEAK", "MONTH_VERB")
_DAYS = ("DAY", "ORDINAL", "ORDWORD")


@dataclass(frozen=True, slots=True)
class Hit:
    """Some words that a rule matches.

    Attributes
    ----------
    tokens
        The words of the whole text.
    start, end
        The words that matched, half open.
    published
        Day of publication, or None.
    year
        The year that the text last named, for "in August of that year"; None if it named none.
    """

    tokens: Tokens
    start: int
    end: int
    published: date | None
    year: int | None = None

    def has(self, *names: str) -> bool:
        """Tell whether a word of some class is among those that matched."""
        return not codes(*names).isdisjoint(self.tokens.codes[self.start : self.end])

    def words(self, *names: str) -> list[str]:
        """Give the words of some classes, in lower case, in text order."""
        return [self.tokens.word(i).lower() for i in self.places(*names)]

    def places(self, *names: str) -> list[int]:
        """Give where words of some classes are."""
        wanted = codes(*names)
        return [i for i in range(self.start, self.end) if self.tokens.codes[i] in wanted]

    def before(self, *names: str) -> bool:
        """Tell whether the word before is of some class."""
        return self.tokens.code(self.start - 1) in codes(*names)

    def after(self, *names: str) -> bool:
        """Tell whether the word after is of some class."""
        return self.tokens.code(self.end) in codes(*names)

    def begins(self, *names: str) -> bool:
        """Tell whether the first word is of some class."""
        return self.tokens.codes[self.start] in codes(*names)

    def is_possessive(self) -> bool:
        """Tell whether the words own what follows ("Friday's attack")."""
        return self.after("APOSTROPHE") and self.tokens.word(self.end + 1).lower() == "s"

    def part(self, start: int, end: int) -> Hit:
        """Give some of the words as a hit of their own."""
        return replace(self, start=start, end=end)

    @property
    def is_future(self) -> bool:
        """Whether the sentence tells it as still to come."""
        return is_future(self.tokens, self.start, self.end)

    @property
    def is_deadline(self) -> bool:
        """Whether "by", "until", "before" or "from" stands before it."""
        return self.before("BY", "UNTIL", "BEFORE", "FROM")

    def months(self) -> list[int]:
        """Give the months named."""
        return [month_numbers()[word] for word in self.words(*_MONTHS)]

    def days(self) -> list[int]:
        """Give the days of a month named, as figures, "4th" or "fourth"."""
        return [_day_number(word) for word in self.words(*_DAYS)]

    def weekdays(self) -> list[int]:
        """Give the weekdays named, Monday 0."""
        return [weekday_numbers()[word.rstrip("s")] for word in self.words("WEEKDAY", "WEEKDAY_PLURAL")]

    def mod(self) -> str:
        """Give the part named: ``"early"``, ``"middle"`` or ``"late"``; empty if none."""
        for name, part in _PARTS.items():
            if self.has(name):
                return part
        return ""

    def gives_year(self) -> bool:
        """Tell whether a year is named, in figures or as "last year"."""
        return self.has("YEAR", "YEAR1")

    def named_year(self) -> int | None:
        """Give the year that is named; None where it cannot be known ("last year" of an undated report)."""
        years = self.words("YEAR")
        if years:
            return int(years[-1])
        if self.has("THAT", "SAME"):
            return self.year
        for name, step in (("PREVIOUS", -1), ("FOLLOWING", 1)):
            if self.has(name):
                return None if self.year is None else self.year + step
        step = -1 if self.has("LAST") else 1 if self.has("NEXT") else 0
        return None if self.published is None else self.published.year + step

    def is_counted(self) -> bool:
        """Tell whether its last number counts what follows: "2000 people" is no year, "August 15 people" no day."""
        return self.after("COUNTED") and self.tokens.word(self.end).islower()


_PARTS = {"EARLY": "early", "START": "early", "MIDDLE": "middle", "LATE": "late", "END": "late"}


@cache
def month_numbers() -> dict[str, int]:
    """Give the number of each month by name and abbreviation, in lower case."""
    calendar = read_toml("time.toml")["calendar"]
    names = {name.lower(): number for number, name in enumerate(calendar["months"], start=1)}
    names.update(calendar["month_abbreviations"])
    return names


@cache
def weekday_numbers() -> dict[str, int]:
    """Give the number of each weekday by name, in lower case, Monday 0."""
    return {name.lower(): number for number, name in enumerate(read_toml("time.toml")["calendar"]["weekdays"])}


def _day_number(word: str) -> int:
    if word.isdigit():
        return int(word)
    ordinals: dict[str, int] = read_toml("time.toml")["ordinals"]
    return ordinals.get(word) or int(word[:-2])


@dataclass(frozen=True, slots=True)
class Count:
    """How many units a phrase speaks of.

    Attributes
    ----------
    low, high
        The least and the most; equal where the number is exact.
    unit
        ``"day"``, ``"week"``, ``"month"`` or ``"year"``; hours count as the days that they make up.
    """

    low: int
    high: int
    unit: str

    @property
    def mean(self) -> int:
        """The middle of the two."""
        return (self.low + self.high) // 2

    @property
    def is_vague(self) -> bool:
        """Whether the number is vague."""
        return self.low != self.high


_UNITS = {
    "MINUTE": ("day", 0), "HOUR1": ("hour", 1), "HOURS": ("hour", 1), "DAY1": ("day", 1), "DAYS": ("day", 1),
    "WEEK1": ("week", 1), "WEEKS": ("week", 1), "FORTNIGHT": ("week", 2),
    "MONTH1": ("month", 1), "MONTHS": ("month", 1),
    "YEAR1": ("year", 1), "YEARS": ("year", 1), "DECADE1": ("year", 10), "DECADES": ("year", 10),
}  # fmt: skip


def count_of(hit: Hit) -> Count:
    """Read "three days", "48 hours", "a few weeks", "twenty-five years", "10 to 15 days", bare "days" (a few)."""
    unit, size = next(_UNITS[name] for name in _UNITS if hit.has(name))
    low, high = _number(hit)
    low, high = low * size, high * size
    if unit == "hour":
        return Count(low // 24, -(-high // 24), "day") if low != high else Count(-(-low // 24), -(-low // 24), "day")
    return Count(low, high, unit)


def _number(hit: Hit) -> tuple[int, int]:
    data = read_toml("time.toml")
    vague = hit.words("VAGUE")
    if vague:
        low, high = data["vague"][vague[0]]
        return low, high
    ranges = hit.words("RANGE")
    if ranges:
        low, _, high = ranges[0].replace("–", "-").replace("—", "-").replace("/", "-").partition("-")
        return (int(low), int(high)) if high.isdigit() else (int(low), int(low))
    values = [data["numbers"].get(w) or _digits(w) for w in hit.words("DAY", "NUMBER", "NUMWORD", "YEAR")]
    if len(values) == 2 and hit.has("TO", "OR"):
        return min(values), max(values)
    if values:
        is_compound = len(values) == 2 and values[0] % 10 == 0 and values[1] < 10  # "twenty-five"
        value = sum(values) if is_compound else values[0]
        return value, value
    return (1, 1) if hit.has("A", "HOUR1", "DAY1", "WEEK1", "MONTH1", "YEAR1") else tuple(data["vague"]["recent"])


def _digits(word: str) -> int:
    """Read a number in figures; numbers too long to mean a time count as very many."""
    figures = "".join(c for c in word.partition(".")[0] if c in "0123456789")
    return min(int(figures[:7] or 0), 1_000_000)
