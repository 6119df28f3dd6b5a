"""Tables of dated statements: days turned inclusive, and errors that name file and line."""

from datetime import date

import pytest

from geo.errors import SeedError
from geo.temporal.rows import Problems, file_article, read_rows, read_text

HEAD = "place,holder,from,to,as_of,certainty,source"
GOOD = "mill,red,2031-03-04,2031-03-09,,high,a diary"


def rows(text, tmp_path):
    path = tmp_path / "seeds" / "table.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    problems = Problems(path)
    text = read_text(path)
    found = list(read_rows(text, problems, needed=("place", "holder"), optional=("note",)))
    problems.raise_any()
    return text, found


def test_to_is_exclusive_in_the_file_and_the_last_day_inclusive(tmp_path):
    _, (one, two) = rows(
        f'# a remark\n{HEAD}\n{GOOD}\nmill,blue,2031-03-09,,2031-05-01,low,"judgement: no, other"\n', tmp_path
    )
    assert (one.first, one.last, one.seen, one.line) == (date(2031, 3, 4), date(2031, 3, 8), date(2031, 3, 8), 3)
    assert (two.first, two.last, two.seen, two.confidence) == (date(2031, 3, 9), None, date(2031, 5, 1), 0.5)


def test_a_row_answers_with_its_words_and_where_they_stand(tmp_path):
    text, (one,) = rows(f"{HEAD}\n{GOOD}\n", tmp_path)
    basis = one.basis
    assert (basis.article, basis.source, basis.words) == ("table.csv", "seeds/table.csv", "seeds/table.csv, line 2")
    assert text[basis.quote_start : basis.quote_end] == basis.quote == "a diary"
    text, (one,) = rows(f'{HEAD}\nmill,red,2031-03-04,,,high,"says ""so"" himself"\n', tmp_path)
    assert text[one.basis.quote_start : one.basis.quote_end] == one.basis.quote  # the whole row, as it is written


CREDITS = [
    ("", "seeds/table.csv"),
    ("# Who held what.\n# credit: a diary, two letters\n#\n", "a diary, two letters"),
    ("# Credit of the author\n", "seeds/table.csv"),
]


@pytest.mark.parametrize(("remarks", "credit"), CREDITS)
def test_a_table_says_whom_it_is_after(remarks, credit, tmp_path):
    text, (one,) = rows(f"{remarks}{HEAD}\n{GOOD}\n", tmp_path)
    assert file_article(tmp_path / "seeds" / "table.csv", text).source == one.basis.source == credit
    assert one.basis.words == f"seeds/table.csv, line {one.line}"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("mill,red,2031-03-09,2031-03-09,,high,a diary", ":2: to = 2031-03-09 is not after from = 2031-03-09. to is the first day"),
        ("mill,red,9 March,,,high,a diary", ":2: from = '9 March' is not a day. Write it as YYYY-MM-DD"),
        ("mill,red,20310309,,,high,a diary", ":2: from = '20310309' is not a day."),
        ("mill,red,,,,high,a diary", ":2: from is empty."),
        ("mill,red,2031-03-09,,2031-03-01,high,a diary", ":2: as_of = 2031-03-01 is before from = 2031-03-09."),
        ("mill,red,2031-03-09,,,sure,a diary", ":2: certainty = 'sure' is not known here. Use one of high, medium, low."),
        ("mill,red,2031-03-09,,,high,", ":2: source is empty."),
        ("mill,red,2031-03-09,,,high,a diary, of sorts", ":2: the row has 8 cells, the header 7. Put text with commas into"),
        ('mill,red,2031-03-09,,,high,"a diary', ":2: this is not CSV"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(row, message, tmp_path):
    with pytest.raises(SeedError) as error:
        rows(f"{HEAD}\n{row}\n", tmp_path)
    assert message in str(error.value)
    assert "table.csv:2:" in str(error.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    with pytest.raises(SeedError, match=r"(?s)table.csv has 2 errors:.*:2: source is empty.*:3: from is empty"):
        rows(f"{HEAD}\nmill,red,2031-03-09,,,high,\nmill,red,,,,high,a diary\n", tmp_path)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("place,from,to,as_of,certainty,source", "the columns holder are missing"),
        (HEAD + ",colour", "the columns 'colour' are unknown"),
    ],
)
def test_the_header_must_fit(head, message, tmp_path):
    with pytest.raises(SeedError, match=message):
        rows(f"{head}\n", tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"place\ncaf\xe9\n")
    with pytest.raises(SeedError, match=r"table\.csv:2: this is not UTF-8: byte 0xe9"):
        read_text(path)
