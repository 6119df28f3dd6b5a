from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.temporal import edtf_of, parse_edtf

WRITTEN = [
    # first, last, approximate, unit, EDTF
    (date(2016, 8, 27), date(2016, 8, 27), False, "day", "2016-08-27"),
    (date(2016, 9, 3), date(2016, 9, 4), False, "day", "2016-09-03/2016-09-04"),
    (date(2016, 8, 1), date(2016, 8, 10), True, "day", "2016-08-01~/2016-08-10~"),
    (date(2016, 7, 1), date(2016, 7, 31), False, "month", "2016-07"),
    (date(2016, 7, 1), date(2016, 7, 31), True, "month", "2016-07~"),
    (date(2016, 7, 1), date(2016, 7, 31), False, "day", "2016-07-01/2016-07-31"),
    (date(2016, 7, 1), date(2016, 9, 30), False, "month", "2016-07/2016-09"),
    (date(2016, 7, 2), date(2016, 9, 30), False, "month", "2016-07-02/2016-09-30"),
    (date(2014, 1, 1), date(2014, 12, 31), False, "year", "2014"),
    (date(2011, 1, 1), date(2015, 12, 31), False, "year", "2011/2015"),
    (None, date(2016, 7, 20), False, "day", "../2016-07-20"),
    (date(2016, 7, 1), None, True, "month", "2016-07~/.."),
]
READ = [
    ("2016-08-XX", date(2016, 8, 1), date(2016, 8, 31)),
    ("201X", date(2010, 1, 1), date(2019, 12, 31)),
    ("2016-08?", date(2016, 8, 1), date(2016, 8, 31)),
    ("2016-22", date(2016, 6, 1), date(2016, 8, 31)),
    ("2016-24", date(2016, 12, 1), date(2017, 2, 28)),
    ("/2016-07-20", None, date(2016, 7, 20)),
    (" 2016 ", date(2016, 1, 1), date(2016, 12, 31)),
]


@pytest.mark.parametrize(("first", "last", "approximate", "unit", "text"), WRITTEN)
def test_written_and_read_back(first, last, approximate, unit, text):
    assert edtf_of(first, last, approximate=approximate, unit=unit) == text
    when = parse_edtf(text)
    assert (when.edtf, when.first, when.last) == (text, first, last)


@pytest.mark.parametrize(("text", "first", "last"), READ)
def test_read(text, first, last):
    when = parse_edtf(text)
    assert (when.edtf, when.first, when.last) == (text.strip(), first, last)


@pytest.mark.parametrize("text", ["", "early August", "2016-13", "1999-02-30", "y170000002", "2016-09-04/2016-09-03/x"])
def test_what_is_no_edtf_is_refused(text):
    with pytest.raises(InputError, match="is not an EDTF time that sitmap can read"):
        parse_edtf(text)


@given(st.dates(), st.dates(), st.booleans(), st.sampled_from(["day", "month", "year"]))
def test_round_trip(a, b, approximate, unit):
    first, last = sorted((a, b))
    when = parse_edtf(edtf_of(first, last, approximate=approximate, unit=unit))
    assert (when.first, when.last) == (first, last)
