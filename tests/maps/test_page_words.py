from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.words import distance_words, edtf_words, figures_words

TIMES = [
    (None, "date not reported"),
    ("", "date not reported"),
    ("../..", "date not reported"),
    ("2016-09-04", "4 September 2016"),
    ("2016-07", "July 2016"),
    ("2016", "2016"),
    ("2016-22", "summer 2016"),
    ("2016-08-XX", "August 2016, day not known"),
    ("2016-XX", "2016, month not known"),
    ("201X", "the 2010s"),
    ("19XX", "the 1900s"),
    ("2016-08-05~", "about 5 August 2016"),
    ("2016-08?", "August 2016 (uncertain)"),
    ("2016%", "about 2016 (uncertain)"),
    ("2016-09-03/2016-09-04", "3–4 September 2016"),
    ("2016-08-30/2016-09-04", "30 August – 4 September 2016"),
    ("2015-12-30/2016-01-02", "30 December 2015 – 2 January 2016"),
    ("2016-02/2016-09", "February – September 2016"),
    ("2016-08-01~/2016-08-10~", "about 1–10 August 2016"),
    ("2016-08-01~/2016-08-10", "about 1 August 2016 – 10 August 2016"),
    ("2015/2016", "2015 – 2016"),
    ("2016-09-04/2016-09-04", "4 September 2016"),
    ("2016-02-05/..", "since 5 February 2016"),
    ("2016-02-05/", "from 5 February 2016, end not known"),
    ("../2016-02-06", "until 6 February 2016"),
    ("/2016-02-06", "until 6 February 2016"),
    ("2016-13", "2016-13"),
    ("not a date", "not a date"),
]


@pytest.mark.parametrize(("edtf", "words"), TIMES)
def test_a_time_in_words(edtf: str | None, words: str) -> None:
    assert edtf_words(edtf) == words


@given(st.text(max_size=30))
def test_any_text_has_words(text: str) -> None:
    assert edtf_words(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_the_words_of_a_day_name_its_parts(day: date) -> None:
    number, month, year = edtf_words(day.isoformat()).split(" ")
    assert (int(number), month, int(year)) == (day.day, day.strftime("%B"), day.year)


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, ""), (0, ""), (float("nan"), ""), (-5, ""), (5, "within 5 m"), (80.0, "within 80 m"), (700, "within 700 m"), (994, "within 990 m"),
        (996, "within 1 km"), (1200, "within 1.2 km"), (2500, "within 2.5 km"), (15000, "within 15 km"), (123456, "within 120 km"),
    ],
)  # fmt: skip
def test_a_distance_in_words(metres: float | None, words: str) -> None:
    assert distance_words(metres) == words


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (None, ""),
        ({}, ""),
        ({"displaced": 15000}, "15,000 displaced"),
        ({"killed": 15, "killed_max": 24}, "15 to 24 killed"),
        ({"killed": 15, "killed_max": 15, "injured": 3, "words": "many"}, "15 killed, 3 injured"),
        ({"killed": 24, "killed_min": 0}, "0 to 24 killed"),
        (
            {"killed": 4, "killed_min": 2, "killed_max": 9, "civilians_killed": 1},
            "2 to 9 killed (best estimate 4), 1 civilians killed",
        ),
        ({"killed": None}, ""),
        ({"killed": True}, ""),
    ],
)
def test_figures_in_words(figures: dict[str, object] | None, words: str) -> None:
    assert figures_words(figures) == words
