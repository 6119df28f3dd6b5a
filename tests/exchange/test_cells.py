"""Cells of a row: days as data sets write them, numbers, points; what is wrong names the column."""

from datetime import date

import pytest

from geo.exchange.cells import CellError, Cells, count, day, number, plain_code, point

DAYS = [
    ("2016-08-27", "2016-08-27"),
    ("2016-8-7", "2016-08-07"),
    ("2016-08-27 00:00:00.000", "2016-08-27"),
    ("2016-08-27T10:30:00Z", "2016-08-27"),
    ("20160827", "2016-08-27"),
    ("27 August 2016", "2016-08-27"),
    ("01 September 2016", "2016-09-01"),
    ("27-Aug-16", "2016-08-27"),
    ("9-May-20", "2020-05-09"),
    ("9-May-98", "1998-05-09"),
    ("01-January-2022", "2022-01-01"),
    ("1st September 2016", "2016-09-01"),
    ("August 27, 2016", "2016-08-27"),
    ("27.08.2016", "2016-08-27"),
    ("03.04.2016", "2016-04-03"),
    ("27/08/2016", "2016-08-27"),
    ("08/27/2016", "2016-08-27"),
    ("05/05/2016", "2016-05-05"),
]
WRONG_DAYS = [
    ("03/04/2016", "'03/04/2016' may be one day or another"),
    ("2016-02-30", "'2016-02-30' is no day"),
    ("13/13/2016", "'13/13/2016' is no day"),
    ("soon", "'soon' is no day"),
    ("31 Brumaire 2016", "'31 Brumaire 2016' is no day"),
]


def cells(day_first=None, **texts):
    return Cells(texts, {field: field.upper() for field in texts}, {}, day_first)


@pytest.mark.parametrize(("text", "told"), DAYS)
def test_a_day(text, told):
    assert day(cells(date=text), "date") == date.fromisoformat(told)


@pytest.mark.parametrize(("text", "what"), WRONG_DAYS)
def test_what_is_no_day(text, what):
    with pytest.raises(CellError) as told:
        day(cells(date=text), "date")
    assert told.value.what == f"column 'DATE': {what}"
    assert told.value.do


@pytest.mark.parametrize(("first", "told"), [(True, date(2016, 4, 3)), (False, date(2016, 3, 4))])
def test_a_mapping_says_which_number_is_the_month(first, told):
    assert day(cells(first, date="03/04/2016"), "date") == told


@pytest.mark.parametrize(("text", "told"), [("36.2", 36.2), ("36,2", 36.2), ("-4", -4.0), ("+1.5e1", 15.0), ("", None)])
def test_a_number(text, told):
    assert number(cells(lat=text), "lat", least=-90, most=90) == told


@pytest.mark.parametrize(
    ("read", "field", "text", "what"),
    [
        (lambda c: number(c, "lat", least=-90, most=90), "lat", "north", "'north' is no number"),
        (lambda c: number(c, "lat", least=-90, most=90), "lat", "137.1", "137.1 is not between -90 and 90"),
        (lambda c: number(c, "lat", least=-90, most=90), "lat", "nan", "'nan' is no number"),
        (lambda c: number(c, "lat", least=-90, most=90), "lat", "1.2.3", "'1.2.3' is no number"),
        (lambda c: count(c, "killed"), "killed", "many", "'many' is no number of people"),
        (lambda c: count(c, "killed"), "killed", "2.5", "'2.5' is no number of people"),
        (lambda c: count(c, "killed"), "killed", "-3", "'-3' is no number of people"),
        (lambda c: point(c), "point", "POINT (200 10)", "'POINT (200 10)' is no point on the Earth"),
        (lambda c: point(c), "point", "at the mill", "'at the mill' is no point on the Earth"),
    ],
)
def test_what_is_no_number(read, field, text, what):
    with pytest.raises(CellError) as told:
        read(cells(**{field: text}))
    assert told.value.what == f"column {field.upper()!r}: {what}"


@pytest.mark.parametrize(("text", "told"), [("4", 4), ("4.0", 4), ("0", 0), ("", None)])
def test_a_number_of_people(text, told):
    assert count(cells(killed=text), "killed") == told


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"lat": "36.2", "lon": "37.1"}, (37.1, 36.2)),
        ({"point": "POINT (37.1 36.2)"}, (37.1, 36.2)),
        ({"point": "36.2, 37.1"}, (37.1, 36.2)),
        ({"lat": "36.2", "lon": "37.1", "point": "POINT (1 1)"}, (37.1, 36.2)),
        ({}, None),
    ],
)
def test_a_point_is_longitude_and_latitude(texts, told):
    assert point(cells(**texts)) == told


def test_half_a_point_and_null_island_are_wrong():
    with pytest.raises(CellError, match="the cell is empty"):
        point(cells(lat="36.2"))
    with pytest.raises(CellError, match="lat 0, lon 0 stands for a point that is not known"):
        point(cells(lat="0", lon="0.0"))


@pytest.mark.parametrize(("text", "told"), [("1.0", "1"), ("12", "12"), ("1.5", "1.5"), ("", ""), ("CID9", "CID9")])
def test_a_code_without_the_marks_of_a_table_program(text, told):
    assert plain_code(text) == told
