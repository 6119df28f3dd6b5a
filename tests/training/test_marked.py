"""Articles written for training, with marks in the text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArticleError
from geo.gazetteer import open_gazetteer
from geo.training import marked
from geo.training.marked import read_marked

ARTICLES = sorted((Path(marked.__file__).parent / "articles").glob("*.txt"))


@pytest.fixture(scope="module")
def world():
    return open_gazetteer(None)


def write(folder, text):
    path = folder / "articles.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_become_spans_and_points(tmp_path, world):
    path = write(
        tmp_path,
        "=== one\nPARIS, [Tex.|US-TX] -- From [Paris|US-TX] to [New York|US-NY:town], [Foo|@-1.5,33] and [Main St.|].\n\n"
        "=== two\nIn [Georgia|GE] and [Georgia|US-GA] by the [Black Sea|*].\n",
    )
    one, two = read_marked(path, world)
    assert (one.id, one.text) == ("one", "PARIS, Tex. -- From Paris to New York, Foo and Main St..\n")
    assert [one.text[p.start : p.end] for p in one.places] == ["Tex.", "Paris", "New York", "Foo", "Main St."]
    texas, paris, york, foo, street = one.places
    assert (round(texas.lon), round(texas.lat)) == (-99, 31)
    assert (round(paris.lon), round(paris.lat)) == (-96, 34)
    assert (round(york.lon), round(york.lat)) == (-74, 41)
    assert (foo.lon, foo.lat) == (33, -1.5)
    assert (street.lon, street.lat) == (None, None)
    assert [round(p.lon) for p in two.places] == [44, -84, 34]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("=== a\nIn [Athens|FR].\n", 2, "no 'Athens' in 'FR'"),
        ("=== a\n\nTwo lines,\nin [Athens GR.\n", 4, "a stray '['"),
        ("=== a\nText.\n=== a\nText.\n", 3, "'a' stands twice"),
    ],
)
def test_errors_name_the_line(tmp_path, world, text, line, what):
    path = write(tmp_path, text)
    with pytest.raises(ArticleError, match=re.escape(what)) as caught:
        list(read_marked(path, world))
    assert (caught.value.path, caught.value.line) == (path, line)


def test_a_file_that_is_not_there(tmp_path, world):
    with pytest.raises(ArticleError, match="cannot be read"):
        list(read_marked(tmp_path / "none.txt", world))


@given(st.lists(st.sampled_from(["[Homs|SY]", "[Foo|]", "[Bar|@1,2]", "word", "-", "…", "é", "\n"]), max_size=30))
def test_what_is_no_mark_stays_as_it_is(tmp_path_factory, world, parts):
    path = write(tmp_path_factory.mktemp("marked"), "=== a\nx" + " ".join(parts) + "\n")
    (article,) = read_marked(path, world)
    plain = "x" + " ".join({"[Homs|SY]": "Homs", "[Foo|]": "Foo", "[Bar|@1,2]": "Bar"}.get(p, p) for p in parts)
    assert article.text == plain.rstrip() + "\n"
    assert len(article.places) == sum(p.startswith("[") for p in parts)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_the_articles_of_the_project_can_be_read(path, world):
    articles = list(read_marked(path, world))
    assert len(articles) >= 50
    assert all(p.start < p.end <= len(a.text) for a in articles for p in a.places)
