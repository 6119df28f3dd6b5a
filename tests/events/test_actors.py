"""The book of actors: who is who, and what is wrong with a file."""

import re

import pytest

from geo.errors import SeedError
from geo.events import ActorBook, read_actors

GOOD = """
[[side]]
id = "north"
name = "Crown army"
[[actor]]
name = "Crown army"
side = "north"
kind = "state"
aliases = ["crown forces", "CA"]
[[actor]]
name = "Grey Guard"
side = "north"
kind = "armed_group"
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(GOOD, encoding="utf-8")
    return read_actors(path)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Crown army", "Crown army"),
        ("CROWN FORCES", "Crown army"),
        ("Crown-army convoy", "Crown army"),
        ("CA", "Crown army"),
        ("ca", None),
        ("Grey Guard", "Grey Guard"),
        ("army", None),
        ("", None),
    ],
)
def test_find(book, phrase, name):
    found = book.find(re.split(r"[\s-]+", phrase))
    assert (found.name if found else None) == name


def test_no_file_is_an_empty_book(tmp_path):
    assert read_actors(None) == read_actors(tmp_path / "none.toml") == ActorBook()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[actor]]\nside = "x"', "an entry has no name: {'side': 'x'}. Write name = \"…\"."),
        (
            '[[side]]\nid = "a"\n[[actor]]\nname = "X"\nside = "b"',
            "actor 'X' is of side 'b', which no [[side]] names. Use one of a.",
        ),
        ('[side]\nid = "a"', "side is not a list of tables. Write [[side]] before each, with two brackets."),
        ('[[side]]\nid = "a"\n[[side]]\nid = "a"', "two sides have the id 'a'. Give each its own."),
        ('[[actor]]\nname = "X"\naliases = "Y"', "aliases of 'X' are 'Y'. Write a list of names, [\"…\", \"…\"]."),
        ('[[side]]\nid = "a"\ncolor = "red"', "side 'a' has the color 'red'. Write it as \"#RRGGBB\"."),
        (
            '[[actor]]\nname = "X"\nkind = "band"',
            "actor 'X' is of kind 'band'. Use one of state, armed_group, political, un, ngo, media, monitor, other.",
        ),
        (
            '[[actor]]\nname = "X"\naliases = ["Zed"]\n[[actor]]\nname = "Y"\naliases = ["zed"]',
            "'zed' is a name of 'X' and of 'Y'. Keep it with one of them.",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, message):
    path = tmp_path / "actors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        read_actors(path)
    assert str(caught.value) == f"{path}: {message}"


def test_what_is_not_toml_is_said(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text("[[actor]", encoding="utf-8")
    with pytest.raises(SeedError, match=r"actors\.toml: this is not TOML: .* Mend the file\.$"):
        read_actors(path)
