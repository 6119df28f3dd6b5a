"""How commas, "and" and "or" join names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Article
from geo.toponyms import find_mentions
from geo.toponyms.lists import capitals, member_after, member_before
from geo.toponyms.tokens import tokenize

# text: the words after which a list goes on to the last word
JOINED = ["Arun, Bela", "Arun and Bela", "Arun or Bela", "Arun & Bela", "Arun, and Bela"]
APART = ["Arun Bela", "Arun. Bela", "Arun; Bela", "Arun said Bela", "Arun and the Bela"]


@pytest.mark.parametrize("text", JOINED)
def test_a_list_goes_on_both_ways(text):
    tokens = tokenize(text)
    last = len(tokens) - 1
    assert member_after(tokens, 1) == last
    assert member_before(tokens, last) == 1


@pytest.mark.parametrize("text", APART)
def test_what_is_no_list(text):
    tokens = tokenize(text)
    assert member_after(tokens, 1) != len(tokens) - 1
    assert member_before(tokens, len(tokens) - 1) != 1


def test_runs_of_capitals_end_with_a_comma_and_a_sentence():
    tokens = tokenize("Shells hit Tell Sirat, Umm-Qarn and the Old Town. Arun fell")
    assert [" ".join(t.text for t in tokens[a:b]) for a, b in capitals(tokens)] == [
        "Shells", "Tell Sirat", "Umm Qarn", "Old Town", "Arun",
    ]  # fmt: skip


@given(st.text(alphabet="Ab ,.&-and", max_size=40))
def test_nothing_lies_outside_the_text(text):
    tokens = tokenize(text)
    for k in range(len(tokens)):
        assert -1 <= member_after(tokens, k) < len(tokens)
        assert -1 <= member_before(tokens, k) <= k
    ends = [k for run in capitals(tokens) for k in run]
    assert ends == sorted(ends)
    assert all(a < b <= len(tokens) for a, b in capitals(tokens))


# text: an unknown name, and whether it is one of a list of places
UNKNOWN = {
    "Air strikes hit Sarmin, Binnish and Talmenash in Idlib province.": ("Talmenash", True),
    "Shells fell on Sarmin, Dorvata and Maarzita, residents of Idlib said.": ("Dorvata", True),
    "Sorokin, Vasylenko and Bondarchuk went to Kyiv.": ("Bondarchuk", False),
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_name_in_a_list_of_places_is_one(text, world):
    name, is_place = UNKNOWN[text]
    assert any(m.text == name for m in find_mentions(Article("a", text), world)) == is_place
