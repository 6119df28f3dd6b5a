"""Which runs of words are taken for names of places, and where such a name begins and ends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import Article
from geo.toponyms.find import find_mentions
from geo.toponyms.names import find_names, in_one_sense
from geo.toponyms.tagger import Tagged, Tagging
from geo.training.corpus import read_clues


def read(text, gazetteer):
    """Names as written, with the ids of their entries if any."""
    reading, clues = read_clues(text, gazetteer)
    return reading, find_names(reading, clues)


def written(text, gazetteer):
    reading, names = read(text, gazetteer)
    return [reading.text[reading.tokens[n.span.first].start : reading.tokens[n.span.last - 1].end] for n in names]


# what stands before a name is no part of it
BEGINNINGS = [
    ("Troops shelled the city of Aleppo on Friday.", ["Aleppo"]),
    ("İßßß ß. Troops shelled the city of Aleppo on Friday. İßßß İßßß", ["Aleppo"]),
    ("Guards closed the Iraqi city of Mosul.", ["Mosul"]),
    ("Floods cut off the port of Beira in Mozambique.", ["Beira", "Mozambique"]),
    ("They met in the old town of Dubrovnik.", ["Dubrovnik"]),
    ("The army shelled villages of the Donbas near Bakhmut.", ["Donbas", "Bakhmut"]),
    ("it rained all night. Guards closed the Iraqi city of Mosul. ☂ ﬁne days.", ["Mosul"]),
    # what belongs to a name stays
    ("it rained all night. The Central African Republic sent troops to Chad.", ["Central African Republic", "Chad"]),
    ("The Isle of Man voted.", ["Isle of Man"]),
    ("Drones crossed the Gulf of Aden towards Djibouti.", ["Gulf of Aden", "Djibouti"]),
    ("A bomb went off in Dar es Salaam.", ["Dar es Salaam"]),
    ("Fighting reached Deir ez-Zor from Palmyra.", ["Deir ez-Zor", "Palmyra"]),
    ("Aid came to Port-au-Prince.", ["Port-au-Prince"]),
    ("Guns fired at Kalach-na-Donu.", ["Kalach-na-Donu"]),
    ("A ferry left Pointe-à-Pitre.", ["Pointe-à-Pitre"]),
    ("The Central African Republic sent troops to Chad.", ["Central African Republic", "Chad"]),
]

# a noun before it makes a name of what no gazetteer has and the tagger doubts
FORMS = [
    ("Rebels captured the village of Umm Sardin on Sunday.", "Umm Sardin"),
    ("Rebels captured the village of Umm Sardin on Sunday. Shells hit Aleppo.", "Umm Sardin"),
    ("Shells hit the village of Qurzghal, near Aleppo.", "Qurzghal"),
    ("Soldiers burnt the village of Mbangoro in Congo.", "Mbangoro"),
    ("They mined the town of Verkhnodolske near Kharkiv.", "Verkhnodolske"),
    ("Cattle raiders left the hamlet of Lokwatal in Kenya.", "Lokwatal"),
]

NOT_PLACES = [
    "General Mandelo of the Third Brigade spoke to Captain Orsini.",
    "Ms. Austin thanked Dr. Berlin for the talk.",
    "On Tuesday, in March, the Senate and the Supreme Court met.",
    "They read Reuters, the Guardian and the Washington Post.",
    "The Red Cross said that it would wait.",
    "He was hit by a Kalashnikov round while at the wheel.",
    "Islam, Christianity and Judaism were taught there.",
    "Medecins Sans Frontieres asked for help.",
]


@pytest.mark.parametrize(("text", "expected"), BEGINNINGS, ids=[case[0][:40] for case in BEGINNINGS])
def test_where_names_begin_and_end(world, text, expected):
    assert written(text, world) == expected


@pytest.mark.parametrize(("text", "name"), FORMS, ids=[case[1] + str(len(case[0])) for case in FORMS])
def test_unknown_villages_are_told_by_their_noun(world, text, name):
    _, names = read(text, world)
    (found,) = [n for n in names if n.span.name == name]
    assert (found.span.places, found.sure >= 0.7, "village" in found.kinds) == ((), True, True)


@pytest.mark.parametrize("text", NOT_PLACES)
def test_people_papers_and_offices_are_no_places(world, text):
    assert written(text, world) == []


# a name is taken one way throughout, where the tagger is not sure of the other
ONE_SENSE = [
    ("Rebels shelled Homs. Homs was quiet in the night. In Homs, shops were shut.", "Homs", 3),
    ("Troops entered Goma. Goma has two million people. Many fled Goma by lake.", "Goma", 3),
    ("Jackson Orr spoke. Jackson said no. They asked Jackson again.", "Jackson", 0),
]


@pytest.mark.parametrize(("text", "name", "count"), ONE_SENSE, ids=[case[1] for case in ONE_SENSE])
def test_a_name_has_one_sense_in_an_article(world, text, name, count):
    assert written(text, world).count(name) == count


# how likely each "Arun" of a text is tagged, which are, and which are taken for a place in the end
SENSES = [
    ([0.9, 0.9, 0.9], [0, 1, 2], [0, 1, 2]),
    ([0.9, 0.45, 0.05], [0], [0, 1]),  # the best makes up for the second, not for the third
    ([0.9, 0.39, 0.05], [0], [0, 1]),
    ([0.98, 0.08, 0.05], [0], [0]),  # surely none
    ([0.55, 0.1, 0.1], [0], []),  # elsewhere it is none
    ([0.55, 0.46, 0.42], [0], [0, 1]),
    ([0.95, 0.04, 0.04], [0], [0]),  # sure of it, whatever the others are
    ([0.1, 0.1, 0.1], [], []),
]


@pytest.mark.parametrize(("chance", "tagged", "kept"), SENSES, ids=[str(case[0]) for case in SENSES])
def test_the_sense_of_a_name_is_weighed_over_the_article(world, chance, tagged, kept):
    _, clues = read_clues("Arun. Arun. Arun.", world)
    tagging = Tagging(tuple(Tagged(k, k + 1, chance[k]) for k in tagged), tuple(chance))
    assert sorted(t.first for t in in_one_sense(clues, tagging)) == kept


def test_the_atlas_names_what_the_tagger_does_not(theatre, world):
    text = "Dhib was quiet. Ghuraybah too."
    assert written(text, world) == []
    assert written(text, theatre) == ["Dhib", "Ghuraybah"]


SENTENCES = st.sampled_from([case[0] for case in (*BEGINNINGS, *FORMS, *ONE_SENSE)] + NOT_PLACES)
QUIET = st.sampled_from(
    ["it rained all night.", "nobody slept…", "“we wait,” they said — again.", "☂ ﬁne \U0001f54a days.", "\n\n"]
)
ANY = st.text(max_size=40) | st.text(alphabet="AaÉıßo ofthe'’.,-\n", max_size=60)
LESS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LESS
@given(text=st.lists(SENTENCES | ANY, max_size=4).map(" ".join))
def test_names_lie_in_the_text_in_order_and_apart(world, text):
    reading, names = read(text, world)
    reached = 0
    for name in names:
        assert reached <= name.span.first < name.span.last <= len(reading.tokens)
        assert 0 < name.sure <= 1
        reached = name.span.last


@LESS
@given(text=st.lists(SENTENCES | ANY, max_size=3).map(" ".join))
def test_the_same_text_gives_the_same_mentions(world, text):
    article = Article("a", text)
    assert find_mentions(article, world) == find_mentions(article, world)


@LESS
@given(text=SENTENCES, before=QUIET, after=QUIET)
def test_sentences_around_move_offsets_alone(world, text, before, after):
    alone = find_mentions(Article("a", text), world)
    within = find_mentions(Article("a", f"{before} {text} {after}"), world)
    moved = len(before) + 1
    assert [(m.text, m.start - moved, m.end - moved, m.role) for m in within] == [
        (m.text, m.start, m.end, m.role) for m in alone
    ]
