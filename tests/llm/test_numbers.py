"""Numbers are read out of the words of the article; the model gives none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.llm.numbers import read_number

CASES = {
    "12": (12, 12),
    "at least 12 people": (12, None),
    "more than 2,000 families": (2000, None),
    "10 or more": (10, None),
    "up to 40": (0, 40),
    "no more than five": (0, 5),
    "15 to 24": (15, 24),
    "15-24": (15, 24),
    "15–24 fighters": (15, 24),
    "between 15 and 24": (15, 24),
    "two or three": (2, 3),
    "12 and 14": (12, 12),
    "three": (3, 3),
    "a civilian": (1, 1),
    "no one": None,
    "twenty-five civilians": (25, 25),
    "nine-ten": (9, 10),
    "thirty two": (32, 32),
    "two dozen": (24, 24),
    "dozens": (24, None),
    "tens of thousands": (20_000, None),
    "hundreds of thousands of people": (200_000, None),
    "a hundred and twelve people": (112, 112),
    "one hundred thousand": (100_000, 100_000),
    "1.2 million": (1_200_000, 1_200_000),
    "5 thousand": (5000, 5000),
    "two children and a man": (2, 2),
    "civilians": None,
    "": None,
    "- and -": None,
    "9" * 150: None,
}


@pytest.mark.parametrize(("words", "number"), CASES.items(), ids=[words[:30] for words in CASES])
def test_numbers_in_words(words, number):
    assert read_number(words) == number


@given(st.integers(1, 99_999_999), st.sampled_from(["{}", "{:,}"]))
def test_digits_are_what_they_say(number, form):
    assert read_number(f"{form.format(number)} people") == (number, number)


@given(st.text("15 ,.-–andtohuredozensmilabg"))
def test_no_words_break_it(words):
    found = read_number(words)
    assert found is None or (found[0] >= 0 and (found[1] is None or found[0] <= found[1]))
