"""How pages are compared with what commands print, and written anew."""

import pytest

from docs.compare import matches, renewed
from docs.run import problems_of

CASES = [
    ("one\ntwo", "one\ntwo", True),
    ("one\ntwo", "one\n two", False),
    ("one", "one   \n\n", True),
    ("one\n…", "one\ntwo\nthree", True),
    ("one\n…", "one", True),
    ("…\nthree", "one\ntwo\nthree", True),
    ("one\n…\nthree", "one\ntwo\nfour", False),
    ('{"a":1,…}', '{"a":1,"b":[2]}', True),
    ('{"a":1,…}', '{"a":2,"b":[2]}', False),
    ("a.c", "abc", False),
    ("", "", True),
    ("", "one", False),
]


@pytest.mark.parametrize(("expected", "printed", "same"), CASES)
def test_matches(expected, printed, same):
    assert matches(expected.splitlines(), printed.splitlines()) is same


RENEWED = [
    ("old", "new\nlines", "new\nlines"),
    ('{"id":"a1",…,"lon":37.1,…}', '{"id":"a1","x":[1,2],"lon":38.1,"y":"z"}', '{"id":"a1",…,"lon":38.1,…}'),
    ("first 1\n…\nlast 9", "first 2\nb\nc\nlast 8", "first 2\n…\nlast 8"),
    ("…\n  town: A\n…", "x\ny\n  town: B\nz", "…\n  town: B\n…"),
    ("kept …", "kept as it is", "kept …"),
]


@pytest.mark.parametrize(("expected", "printed", "page"), RENEWED)
def test_pages_are_renewed_in_their_shape(expected, printed, page):
    assert renewed(expected.splitlines(), printed.splitlines()) == page.splitlines()
    assert matches(page.splitlines(), printed.splitlines())


SPOKEN = [
    ("sitmap build --atlas DIR -q", ""),
    ("sitmap gazetteer search Aleppo --limit 3", ""),
    ("sitmap bild", "there is no command 'bild'"),
    ("sitmap gazetteer bring x", "there is no command 'bring'"),
    ("sitmap build --fast", "No such option '--fast'."),
    ("sitmap build extra", "nothing takes ['extra']"),
    ("sitmap export --profile nobody", "Invalid value for '--profile': 'nobody' is not one of 'public', 'internal'."),
]


@pytest.mark.parametrize(("line", "problem"), SPOKEN)
def test_problems_of_commands(line, problem):
    assert problems_of(line.split()).startswith(problem)
    assert bool(problems_of(line.split())) is bool(problem)
