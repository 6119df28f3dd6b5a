"""What the tagger is told of each word, and what becomes of its labels."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.toponyms.tagger import features, runs, tag
from geo.training.corpus import read_clues

RUNS = [
    ("", []),
    ("O", []),
    ("B", [(0, 1)]),
    ("BI", [(0, 2)]),
    ("BB", [(0, 1), (1, 2)]),
    ("OBIIO", [(1, 4)]),
    ("BOI", [(0, 1), (2, 3)]),  # an I that goes on with nothing begins a name
    ("III", [(0, 3)]),
    ("BIBIOOI", [(0, 2), (2, 4), (6, 7)]),
]


@pytest.mark.parametrize(("labels", "expected"), RUNS)
def test_runs(labels, expected):
    assert runs(labels) == expected


@given(labels=st.lists(st.sampled_from("BIO")))
def test_runs_cover_all_labels_but_o(labels):
    found = runs(labels)
    assert [k for first, last in found for k in range(first, last)] == [k for k, x in enumerate(labels) if x != "O"]
    assert all("B" not in labels[first + 1 : last] for first, last in found)
    assert sum(x == "B" for x in labels) == sum(labels[first] == "B" for first, _ in found)


def told(text, word, gazetteer):
    _, clues = read_clues(text, gazetteer)
    (k,) = [k for k, t in enumerate(clues.tokens) if t.text == word]
    return set(features(clues)[k])


# text, word, what it is told, what it is not told
FEATURES = [
    ("The road to Goma is shut.", "Goma", {"c=title", "g=1", "g:people_5=1", "-1:k=prep", "count=1"}, {"poss", "small"}),
    ("Fighters left Goma, then Goma's lake.", "lake", {"c=lower", "-1:w=goma", "-1:g=1"}, {"count=1"}),
    ("Peru's army and a Peru flag.", "army", {"-1:w=peru", "-1:g:country=1"}, set()),
    ("She met Omar Haddad in a Haddad shop.", "Omar", {"person"}, {"organisation"}),
    ("The Islamic State lost Raqqa.", "Islamic", {"organisation"}, {"person"}),
    ("The mill was old. They saw Mill burn.", "Mill", {"small"}, set()),
    ("A Kenyan pilot flew.", "Kenyan", {"k=demonym"}, set()),
    ("Rio de Janeiro slept.", "de", {"g=I"}, {"g=B", "g=1"}),
    ("They left Paris, Texas.", "Texas", {"gap=,", "g:admin1=1"}, {"gap= "}),
    ("KENYA WINS", "KENYA", {"c=upper1"}, {"c=title"}),
    ("They hold Karm Zubair village.", "Zubair", {"u=I"}, {"u=B"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "are", "are_not"), FEATURES, ids=[f"{c[1]} of {c[0]}" for c in FEATURES])
def test_features(world, text, word, are, are_not):
    found = told(text, word, world)
    assert are <= found
    assert found.isdisjoint(are_not)


def test_the_atlas_counts_like_a_large_city(theatre):
    assert "g:people_6=1" in told("They hold Ghuraybah now.", "Ghuraybah", theatre)


def test_words_far_from_capitals_are_plain(world):
    _, clues = read_clues("They drove for nine long hours on bad roads to Goma.", world)
    plain = [t.text for t, f in zip(clues.tokens, features(clues), strict=True) if list(f) == ["plain"]]
    assert plain == ["nine", "long", "hours", "on", "bad"]


TEXTS = st.lists(
    st.sampled_from(
        [
            "Aleppo",
            "the",
            "Goma",
            "of",
            "Rio de Janeiro",
            "Mr. Paris",
            "said",
            "in",
            ".",
            ",",
            "“",
            "\n\n",
            "KYIV",
            "12",
        ]
    )
    | st.text(max_size=6),
    max_size=25,
).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_is_tagged(world, text):
    _, clues = read_clues(text, world)
    described = features(clues)
    tagging = tag(clues)
    assert len(described) == len(tagging.chance) == len(clues.tokens)
    assert all(len(f) > 1 for f, t in zip(described, clues.tokens, strict=True) if t.capital)
    assert all(0 <= chance <= 1 for chance in tagging.chance)
    reached = 0
    for name in tagging.names:
        assert reached <= name.first < name.last <= len(clues.tokens)
        # 0.001: rounded; each word of a name is at least as likely in some name as its label is, but for plain words
        assert (
            0
            < name.sure
            <= min(c for k, c in enumerate(tagging.chance[: name.last]) if k >= name.first and len(described[k]) > 1)
            + 0.001
        )
        reached = name.last
    assert tag(clues) == tagging


@pytest.mark.parametrize("text", ["", "no capital here, none at all", "1 2 3", "…"])
def test_without_capitals_nothing_is_named(world, text):
    _, clues = read_clues(text, world)
    tagging = tag(clues)
    assert tagging.names == ()
    assert set(tagging.chance) <= {0.0}
