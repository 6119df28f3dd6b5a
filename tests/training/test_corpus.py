"""Annotated articles: how they are read, labelled, and given other places."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import ArticleError
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.training.corpus import Annotated, Marked, labels, read_clues, read_corpus, trimmed, with_other_names

DO = 'Write {"id", "text", "toponyms": [{"start", "end", "lat"?, "lon"?}]} on one line, offsets in code points.'
TOWNS = {
    "KE": [(90_000, "Kisumu"), (10_000, "Voi"), (5_000, "Lodwar Town")],
    "UA": [(9_000, "Izium"), (70_000, "Kamianske"), (0, "Novi Sanzhary")],
}


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    return open_gazetteer(None)


def marked(text: str) -> Annotated:
    """An article of a text with its places in brackets."""
    parts = text.replace("]", "[").split("[")
    ends = [len("".join(parts[: k + 1])) for k in range(len(parts))]
    return Annotated("a", "".join(parts), tuple(Marked(ends[k - 1], ends[k]) for k in range(1, len(parts), 2)))


def test_lines_are_read_in_order(tmp_path):
    text = "😀 “Goma’s” port, the Congo, Kenyan boats; Beni"
    toponyms = [
        {"start": 2, "end": 9, "lat": -1.7, "lon": 29},
        {"start": 16, "end": 26, "lat": None, "lon": None},
        {"start": 27, "end": 33, "demonym": True},
        {"start": 41, "end": 45, "ignore": True},
    ]
    rows = [{"id": "b", "text": text, "toponyms": toponyms}, {"id": "a", "text": "", "toponyms": []}]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    one, other = read_corpus(path)
    assert [(text[p.start : p.end], p.lon, p.lat) for p in one.places] == [("Goma", 29.0, -1.7), ("Congo", None, None)]
    assert (one.id, other) == ("b", Annotated("a", "", ()))
    assert list(read_corpus(path, ["a", "c"])) == [other]


def line(**changed):
    return json.dumps({"id": "a", "text": "In Goma.", "toponyms": [{"start": 3, "end": 7}]} | changed)


def spans(**changed):
    return line(toponyms=[{"start": 3, "end": 7}, {"start": 0, "end": 2} | changed])


WRONG = [
    ('{"id": "a"', "this is not JSON: unexpected end of data: line 1 column 11 (char 10)."),
    ("[1, 2]", "this is JSON, but no object."),
    ('"text"', "this is JSON, but no object."),
    ("{}", '"id" is no string.'),
    (line(id=7), '"id" is no string.'),
    (line(text=None), '"text" is no string.'),
    (line(toponyms=None), '"toponyms" is no list of objects.'),
    (line(toponyms={"start": 3}), '"toponyms" is no list of objects.'),
    (line(toponyms="Goma"), '"toponyms" is no list of objects.'),
    (line(toponyms=[[3, 7]]), '"toponyms" is no list of objects.'),
    (spans(start=None), "toponym 2 reaches from None to 2, but the text from 0 to 8."),
    (spans(end="2"), "toponym 2 reaches from 0 to '2', but the text from 0 to 8."),
    (spans(end=9), "toponym 2 reaches from 0 to 9, but the text from 0 to 8."),
    (spans(start=-1), "toponym 2 reaches from -1 to 2, but the text from 0 to 8."),
    (spans(start=2), "toponym 2 reaches from 2 to 2, but the text from 0 to 8."),
    (spans(end=1.5), "toponym 2 reaches from 0 to 1.5, but the text from 0 to 8."),
    (spans(lon=1, lat="x"), "toponym 2 lies at longitude 1, latitude 'x', which is no point in degrees."),
    (spans(lon=-1.6, lat=91), "toponym 2 lies at longitude -1.6, latitude 91, which is no point in degrees."),
    (spans(lon=181, lat=0), "toponym 2 lies at longitude 181, latitude 0, which is no point in degrees."),
]


@pytest.mark.parametrize(("wrong", "what"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_line_is_told(tmp_path, wrong, what):
    path = tmp_path / "corpus.jsonl"
    path.write_text(f"{line()}\n{wrong}\n", encoding="utf-8")
    with pytest.raises(ArticleError) as error:
        list(read_corpus(path))
    assert str(error.value) == f"{path}:2: {what} {DO}"


def test_a_missing_corpus_is_told(tmp_path):
    path = tmp_path / "corpus.jsonl"
    with pytest.raises(ArticleError) as error:
        list(read_corpus(path))
    assert (
        str(error.value) == f"{path}: this corpus cannot be read: No such file or directory. Check its name and rights."
    )


TRIMMED = [
    ("Goma", "Goma"), (" Goma\n", "Goma"), ("“Goma”", "Goma"), ("Goma's", "Goma"), ("Goma’s", "Goma"), ("the Congo", "Congo"),
    ("The Hague", "Hague"), ("Theresa Bay", "Theresa Bay"), ("St. Louis,", "St. Louis"), ("U.S.", "U.S"), ("the ", ""), ("”", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), TRIMMED)
def test_trimmed(text, name):
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == name


@given(text=st.text(alphabet="theTHE 's’“”\nßa.,", max_size=20), data=st.data())
def test_trimmed_lies_inside(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trimmed(text, start, end)
    assert start <= first <= last <= end


def test_what_is_trimmed_to_nothing_is_no_place(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text(line(text="the  Goma", toponyms=[{"start": 0, "end": 4}, {"start": 5, "end": 9}]), encoding="utf-8")
    (article,) = read_corpus(path)
    assert article.places == (Marked(5, 9),)


LABELS = [
    ("They left [Goma].", "O O B"),
    ("[Rio de Janeiro] and [Lima] slept.", "B I I O B O"),
    ("The [al-Bab]'s road.", "O B I O"),
    ("No place.", "O O"),
    ("[Lima], [Peru] [Chile]", "B B B"),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels(world, text, expected):
    article = marked(text)
    _, clues = read_clues(article.text, world)
    assert " ".join(labels(article, clues)) == expected


def outside(article: Annotated) -> list[str]:
    """The text between the places."""
    ends = [0, *(p.end for p in article.places)]
    starts = [*(p.start for p in article.places), len(article.text)]
    return [article.text[end:start] for end, start in zip(ends, starts, strict=True)]


NAMES = st.sampled_from(["Goma", "Rio de Janeiro", "Syria", "Main Street", "KYIV", "Qulzariya", "Lima"])
BETWEEN = st.text(alphabet="ab é😀.,'\n", max_size=8)
ARTICLES = st.lists(st.tuples(BETWEEN, NAMES), max_size=8).map(lambda parts: marked("".join(f"{a} [{b}]" for a, b in parts) + " end"))  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES, seed=st.integers(0, 1000))
def test_other_names_stand_where_the_old_ones_stood(world, article, seed):
    other = with_other_names(article, TOWNS, world, str(seed))
    assert outside(other) == outside(article)
    names = [article.text[p.start : p.end] for p in article.places]
    new = [other.text[p.start : p.end] for p in other.places]
    assert len(set(zip(names, new, strict=True))) == len(set(names))  # a name is replaced alike everywhere
    assert all(new)
    assert all(b == a for a, b in zip(names, new, strict=True) if a.isupper())
    assert all((p.lon, p.lat) == (None, None) for p in other.places)
    assert other.id == f"{article.id} {seed}"
    assert with_other_names(article, TOWNS, world, str(seed)) == other


def test_most_names_are_other_ones_of_one_country(world):
    article = marked(" ".join(f"[Qulzariya{k}]" for k in range(60)))
    other = with_other_names(article, TOWNS, world, "1")
    new = [other.text[p.start : p.end] for p in other.places]
    kept = [a == b for a, b in zip(article.text.split(), new, strict=True)]
    towns = [{name for _, name in TOWNS[country]} & set(new) for country in TOWNS]
    assert 0 < sum(kept) < 30
    assert sorted(map(bool, towns)) == [False, True]


def test_places_in_places_are_left_out(world):
    article = Annotated("a", "Lima Street burnt.", (Marked(0, 11), Marked(0, 4)))
    other = with_other_names(article, TOWNS, world, "1")
    assert (len(other.places), outside(other)) == (1, ["", " burnt."])
