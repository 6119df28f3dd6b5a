from datetime import date

import pytest

from geo.model import When
from geo.temporal import apply_offset, find_times

EARLY_AUGUST = When("2016-08-01~/2016-08-10~", date(2016, 8, 1), date(2016, 8, 10))
SATURDAY = When("2016-08-27", date(2016, 8, 27), date(2016, 8, 27))
CASES = [
    ("a month earlier", EARLY_AUGUST, "2016-07~", "2016-07-01", "2016-07-31"),
    ("a month earlier", SATURDAY, "2016-07~", "2016-07-01", "2016-07-31"),
    ("the previous month", SATURDAY, "2016-07~", "2016-07-01", "2016-07-31"),
    ("six months later", SATURDAY, "2017-02~", "2017-02-01", "2017-02-28"),
    ("two years before", SATURDAY, "2014~", "2014-01-01", "2014-12-31"),
    ("the following day", SATURDAY, "2016-08-28", "2016-08-28", "2016-08-28"),
    ("the following day", EARLY_AUGUST, "2016-08-02~/2016-08-11~", "2016-08-02", "2016-08-11"),
    ("two days later", SATURDAY, "2016-08-29", "2016-08-29", "2016-08-29"),
    ("the same day", SATURDAY, "2016-08-27", "2016-08-27", "2016-08-27"),
    ("hours later", SATURDAY, "2016-08-27", "2016-08-27", "2016-08-27"),
    ("a week later", SATURDAY, "2016-08-31~/2016-09-06~", "2016-08-31", "2016-09-06"),
    ("the following week", SATURDAY, "2016-08-29~/2016-09-04~", "2016-08-29", "2016-09-04"),
    ("that week", SATURDAY, "2016-08-22~/2016-08-28~", "2016-08-22", "2016-08-28"),
    ("the following Monday", SATURDAY, "2016-08-29", "2016-08-29", "2016-08-29"),
    ("the previous Saturday", SATURDAY, "2016-08-20", "2016-08-20", "2016-08-20"),
]


def offset(words):
    (time,) = find_times(f"They withdrew {words}.", date(2016, 9, 5))
    return time


@pytest.mark.parametrize(("words", "reference", "edtf", "first", "last"), CASES)
def test_offset(words, reference, edtf, first, last):
    when = apply_offset(offset(words), reference)
    assert (when.edtf, str(when.first), str(when.last), when.phrase) == (edtf, first, last, words)


def test_an_open_end_stays_open():
    when = apply_offset(offset("two days later"), When("2016-08-27/..", date(2016, 8, 27), None))
    assert (when.edtf, when.first, when.last) == ("2016-08-29/..", date(2016, 8, 29), None)


def test_what_hangs_on_nothing_is_refused():
    (time,) = find_times("It fell on Sunday.", date(2016, 9, 5))
    with pytest.raises(ValueError, match="'Sunday' does not hang on another time"):
        apply_offset(time, SATURDAY)
    with pytest.raises(ValueError, match="has no day that 'a month earlier' could hang on"):
        apply_offset(offset("a month earlier"), When("../..", None, None))
