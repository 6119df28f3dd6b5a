"""What holds for every text, and the rules that no single case shows."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.temporal import edtf_of, find_times, parse_edtf
from geo.temporal.grammar import any_rule, rules
from geo.temporal.tokens import tokenize

MONDAY = date(2016, 9, 5)
WORDS = """
the a an on in by since until from between and to of last next this that same previous early mid late end beginning will
27 5 31 2016 2014 1st 4th 5-6 2011-15 27/08/2016 2016-08-27 2016-08 August july May may march Sept. Dec Monday sunday due
Sat Saturdays yesterday today overnight weekend week weeks month years day days hours 48 three few couple several said
half ago earlier later before after morning night summer fall 1990s were people , . - – ’s (
"""
WORD = st.sampled_from([*WORDS.split(), "\n", "\n\n"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORD, max_size=25).map(" ".join))
DATES = st.one_of(st.none(), st.dates(), st.dates(date(2000, 1, 1), date(2030, 12, 31)))


@settings(max_examples=400, deadline=None)
@given(TEXTS, DATES)
def test_every_text_gives_ordered_spans_of_itself(text, published):
    last = 0
    for time in find_times(text, published):
        assert last <= time.start < time.end
        assert text[time.start : time.end] == time.text
        last = time.end


@settings(max_examples=400, deadline=None)
@given(TEXTS, DATES)
def test_every_time_is_edtf_with_its_ends_in_order(text, published):
    for time in find_times(text, published):
        assert time.kind in ("date", "duration", "offset", "since", "until")
        if time.when is None:
            continue
        when = time.when
        assert when.phrase == time.text
        assert (when.first is None) == (time.kind == "until")
        assert (when.last is None) == (time.kind == "since")
        assert when.first is None or when.last is None or when.first <= when.last
        read = parse_edtf(when.edtf)
        assert (read.first, read.last) == (when.first, when.last)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_an_undated_report_resolves_only_what_names_its_year(text):
    for time in find_times(text, None):
        if time.when:
            assert any(ch.isdigit() for ch in text[: time.end])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_quick_search_passes_over_no_rule(text):
    """`any_rule` looks only at words that can begin an expression; no rule may begin elsewhere."""
    codes = tokenize(text).codes
    for at in range(len(codes)):
        quick = any_rule().match(codes, at)
        slow = next((i for i, (_, rule) in enumerate(rules(), start=1) if rule.match(codes, at)), None)
        assert (quick and quick.lastindex) == slow


@pytest.mark.parametrize(
    "piece",
    [
        "27 ",
        "the ",
        "August ",
        "1-",
        "1/1/",
        "2016, ",
        "a few ",
        "\n ",
        "since ",
        "Monday and ",
        "x",
        "٣",
        ",000",
        "early ",
        "-",
        "’",
    ],
)
def test_a_megabyte_of_one_thing_is_read(piece):
    """No rule is worse than linear: any that were would not come to an end here."""
    text = piece * (1_000_000 // len(piece))
    assert isinstance(find_times(text, MONDAY), tuple)


def test_a_blank_line_parts_and_a_line_break_does_not():
    assert [t.text for t in find_times("It fell in August\n2015 then", MONDAY)] == ["August\n2015"]
    assert [t.text for t in find_times("It fell in August\n\n2015 brought rain", MONDAY)] == ["August"]


def test_crlf_and_wide_characters_keep_offsets():
    text = "😀 It fell\r\non 27 August\r\n2016."
    (time,) = find_times(text, None)
    assert text[time.start : time.end] == "27 August\r\n2016"


def test_all_expressions_of_a_report_in_order():
    text = (
        "PHOTO: a mill after a strike, August 27, 2016\n\nOn Sunday, after 48 hours of raids, the army took the depot that "
        "rebels had seized in early August. A month earlier it had been cut off. The envoys will meet on Monday."
    )
    assert [(t.text, t.kind, t.when.edtf if t.when else None) for t in find_times(text, MONDAY)] == [
        ("August 27, 2016", "date", "2016-08-27"),
        ("Sunday", "date", "2016-09-04"),
        ("48 hours", "duration", None),
        ("early August", "date", "2016-08-01~/2016-08-10~"),
        ("A month earlier", "offset", None),
        ("Monday", "date", "2016-09-05"),
    ]


def test_edtf_of_says_what_it_cannot_write():
    with pytest.raises(ValueError, match="one end"):
        edtf_of(None, None)
    with pytest.raises(ValueError, match="is after"):
        edtf_of(MONDAY, date(2016, 9, 4))
