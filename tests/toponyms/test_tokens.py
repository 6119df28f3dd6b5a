import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.toponyms.tokens import tokenize

WORDS = [
    ("Bab al-Nairab", ["Bab", "al", "Nairab"]),
    ("Turkey's O'Brien’s", ["Turkey", "O'Brien"]),
    ("the U.S.-led W.Va. mission", ["the", "U.S.", "led", "W.Va.", "mission"]),
    ("Sana'a, 48-hour", ["Sana'a", "48", "hour"]),
]


@pytest.mark.parametrize(("text", "words"), WORDS, ids=[case[0] for case in WORDS])
def test_words(text, words):
    assert [t.text for t in tokenize(text)] == words


@settings(deadline=None)
@given(st.text())
def test_words_and_gaps_rebuild_the_text(text):
    end = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        assert text[token.start - len(token.gap) : token.start] == token.gap
        end = token.end


def test_headlines_and_sentence_starts():
    tokens = {t.text: t for t in tokenize("Rebels Take Northern Town After Battle\n\nThe town fell. Its people left.")}
    assert tokens["Northern"].headline
    assert not tokens["people"].headline
    assert tokens["Its"].first
    assert not tokens["fell"].first


def test_possessives():
    tokens = tokenize("the rebels' road, Turkey's border")
    assert [t.text for t in tokens if t.possessive] == ["rebels", "Turkey"]
