"""Words of a model in the text: found in any spacing and with any typographic signs, and never where they do not stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.llm.spans import gap, nearest, occurrences, paragraph

# text, words, what is found; a list where any case counts
CASES = [
    ("Rebels took Kellvik.", "Rebels took Kellvik.", ["Rebels took Kellvik."]),
    ("Rebels took Kellvik.", "Rebels  took\nKellvik", ["Rebels took Kellvik"]),
    ("Rebels\u00a0took\n  Kellvik.", "Rebels took Kellvik.", ["Rebels\u00a0took\n  Kellvik."]),
    ("“It’s over – for now…” he said", '"It\'s over - for now..." he said', ["“It’s over – for now…” he said"]),
    ("\"It's over...\"", "“It’s over…”", ["\"It's over...\""]),
    ("Kell, Kellvik, Kell", "Kell", ["Kell", "Kell"]),
    ("Kellvik fell", "ellvik fell", []),
    ("Kellvik fell", "Kellvik fel", []),
    ("Rebels took Kellvik.", "Rebels seized Kellvik.", []),
    ("Rebels took Kellvik.", "rebels took Kellvik.", []),
    ("a.c abc", "a.c", ["a.c"]),
    ("Any text (at all)", "(at all)", ["(at all)"]),
    ("Any text.", "", []),
    ("Any text...", "...", []),
    ("حلب تحت القصف", "حلب", ["حلب"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "found"), CASES)
def test_where_words_stand(text, words, found):
    assert [text[slice(*span)] for span in occurrences(text, words)] == found


def test_capitals_may_not_count():
    assert occurrences("The Rebels left", "rebels", any_case=True) == [(4, 10)]
    assert occurrences("The Rebels left", "rebels") == []


def test_only_a_part_is_searched():
    assert occurrences("one two one", "one", within=(1, 11)) == [(8, 11)]
    assert occurrences("one two one", "one", within=(0, 10)) == [(0, 3)]


@given(st.lists(st.text("ab'“-…é.", min_size=1), min_size=1, max_size=6), st.sampled_from([" ", "\n", " \u00a0 "]))
def test_what_stands_there_is_found_in_any_spacing(words, space):
    text = f"x, {space.join(words)} ,x"
    found = [text[slice(*span)] for span in occurrences(text, "  ".join(words))]
    wanted = any(map(str.isalnum, "".join(words)))
    assert (space.join(words) in found) == wanted


@given(st.text("ab \n.", max_size=30), st.text("ab .", max_size=8))
def test_what_is_found_stands_there(text, words):
    for start, end in occurrences(text, words):
        assert text[start:end].split() == words.split()


def test_the_nearest_comes_first():
    assert nearest([(0, 2), (30, 32), (12, 14), (21, 24)], (10, 20)) == [(12, 14), (21, 24), (0, 2), (30, 32)]
    assert [gap((0, 4), (4, 6)), gap((0, 4), (6, 8)), gap((6, 8), (0, 4))] == [0, 2, 2]


def test_a_paragraph_ends_at_an_empty_line():
    text = "One.\n\nTwo a.\nTwo b.\n \nThree."
    assert text[slice(*paragraph(text, (7, 9)))] == "Two a.\nTwo b."
    assert text[slice(*paragraph(text, (0, 2)))] == "One."
    assert text[slice(*paragraph(text, (24, 26)))] == "Three."
