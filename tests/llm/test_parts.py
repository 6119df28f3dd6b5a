"""Long articles are cut between paragraphs; offsets stay, and nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import OnlineError
from geo.llm.parts import MOST_PARTS, parts_of


def test_a_short_article_is_one_part():
    assert parts_of("One.\n\nTwo.") == ((0, 10),)
    assert parts_of("") == parts_of(" \n\n ") == ()


def test_the_cut_lies_between_paragraphs():
    text = "First one.\n\nSecond one.\nIts second line.\n\nThird."
    assert [text[slice(*part)] for part in parts_of(text, longest=30)] == [
        "First one.", "Second one.\nIts second line.", "Third.",
    ]  # fmt: skip


def test_a_long_paragraph_is_cut_between_sentences():
    text = "The first sentence. The second sentence. The third."
    assert [text[slice(*part)] for part in parts_of(text, longest=25)] == [
        "The first sentence.", "The second sentence.", "The third.",
    ]  # fmt: skip


@given(st.text("Aa. \n", max_size=300), st.integers(5, 60))
def test_parts_cover_the_text_in_order(text, longest):
    try:
        parts = parts_of(text, longest=longest)
    except OnlineError:
        return
    assert all(end - start <= longest for start, end in parts)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    covered = {i for start, end in parts for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


def test_a_text_without_end_is_refused():
    with pytest.raises(OnlineError, match="is too long for a language model"):
        parts_of("word " * 20 * MOST_PARTS, longest=60)
