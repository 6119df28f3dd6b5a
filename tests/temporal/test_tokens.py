"""The words of time.toml, and the forms that tell numbers apart."""

from collections import Counter
from datetime import date

import pytest

from geo.data import read_toml
from geo.temporal.tokens import classes, numeric_date, tokenize

NAMES = {code: name for name, code in classes().items()} | {"x": "OTHER"}
CLASSED = [
    ("27 August 2016", "DAY MONTH YEAR"),
    ("4th 31st 32nd 1990s 12s", "ORDINAL ORDINAL NUMBER DECADE_NUMBER NUMBER"),
    ("5-6 6-5 2011-15 2011-2015 2016-08 2016-13 24/7", "RANGE NUMBER YEAR_RANGE YEAR_RANGE ISO_MONTH NUMBER NUMBER"),
    ("2,016 1,000 0 32 1899 2100 10:30", "NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER"),
    ("27/08/2016 04-09-16 1-2-3 10.0.0.1", "NUMERIC NUMERIC NUMBER NUMBER"),
    ("F-16 G20 M5 march March MARCH mayor", "OTHER OTHER OTHER MONTH_VERB MONTH_WEAK MONTH_WEAK OTHER"),
    ("sat Sat sun Sun saturday SATURDAY", "OTHER WEEKDAY_ABBR OTHER WEEKDAY_ABBR WEEKDAY WEEKDAY"),
    ("Mayıs Junee", "OTHER OTHER"),
    ("a\nb\n \nc", "A OTHER BREAK OTHER"),
]


@pytest.mark.parametrize(("text", "expected"), CLASSED)
def test_classes(text, expected):
    assert " ".join(NAMES[code] for code in tokenize(text).codes) == expected


def test_no_word_has_two_classes():
    data = read_toml("time.toml")
    words = Counter(word for words in data["classes"].values() for word in words)
    words.update({*data["numbers"], *data["vague"], *data["ordinals"], *data["relative_days"]} - {"recent"})
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("27/08/2016", date(2016, 8, 27)),
        ("08/27/2016", date(2016, 8, 27)),
        ("04-09-16", date(2016, 9, 4)),
        ("04-09-71", date(1971, 9, 4)),
        ("2016/8/27", date(2016, 8, 27)),
        ("31/02/2016", None),
        ("1-2-16", None),
        ("2016-08", None),
        ("99999-01-01", None),
    ],
)
def test_numeric_dates_are_day_first(word, day):
    assert numeric_date(word) == day
