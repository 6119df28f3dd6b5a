import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles.markdown import FrontMatter, split_front_matter
from geo.errors import ArticleError

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
BARE = st.from_regex(r"[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9 ,.:'-]{0,30}", fullmatch=True).map(str.strip)
READ = [
    ("title: a", "a"),
    ("title:   a  ", "a"),
    ("title: a: b", "a: b"),
    ("title: a # note", "a"),
    ("title: C# and a#b", "C# and a#b"),
    ('title: "a # b" # note', "a # b"),
    ('title: "say \\"yes\\""', 'say "yes"'),
    ("title: 'it''s'", "it's"),
    ("title:", ""),
    ("title: null", ""),
    ("# title: x\ntitle: a", "a"),
    ("tags:\n  - x\n  - y\ntitle: a\nextra:\n- z: 1", "a"),
    ("Title: a", "a"),
]
BAD = [
    ("title: 'a", 'the quotation marks of "\'a" do not match', 2),
    ('title: "a" b', "the quotation marks of '\"a\" b' do not match", 2),
    ("x: 1\njust words", "'just words' is not a line of front matter", 3),
    ("title: a\ntitle: b", "title is given twice", 3),
    ("title: |\n  a", "title: '|' is more YAML than front matter here may hold", 2),
    ("published: yesterday", "published: 'yesterday' is not a day", 2),
    ("published: 2016-02-30", "published: '2016-02-30' is not a day", 2),
    ("date: 2016-09-05\npublished: 2016-09-05", "published is given twice", 3),
]


@pytest.mark.parametrize(("lines", "title"), READ)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_title(lines, title, end):
    text = f"---\n{lines}\n---\nBody.\nMore.".replace("\n", end)
    front, body = split_front_matter(text)
    assert (front.title, body) == (title, f"Body.{end}More.")


@pytest.mark.parametrize(("lines", "what", "line"), BAD)
def test_what_cannot_be_read_is_named_with_its_line(lines, what, line):
    with pytest.raises(ArticleError) as caught:
        split_front_matter(f"---\n{lines}\n---\nBody.", path="a.md")
    assert (caught.value.what, caught.value.line, caught.value.path) == (what, line, "a.md")


def test_front_matter_must_be_closed():
    with pytest.raises(
        ArticleError, match=r"^a\.md:1: the front matter is not closed\. End it with a line of three hyphens"
    ):
        split_front_matter("---\ntitle: a\nBody.", path="a.md")


def test_without_front_matter_the_text_is_the_whole_file():
    assert split_front_matter("# The title #\r\n\nBody.") == (
        FrontMatter(title="The title"),
        "# The title #\r\n\nBody.",
    )
    assert split_front_matter("Body.\n---\nMore.") == (FrontMatter(), "Body.\n---\nMore.")


@given(LINES, LINES, LINES, st.dates(), st.text(st.characters(exclude_categories=["Cs"])))
def test_round_trip_in_quotes(title, source, url, published, body):
    values = {"title": title, "source": source, "url": url, "published": published.isoformat()}
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    front, text = split_front_matter(f"---\n{head}\n---\nBody {body}")
    assert front == FrontMatter(title=title, published=published, source=source, url=url)
    assert text == f"Body {body}"


@given(BARE, st.dates(date(1900, 1, 1)))
def test_round_trip_bare(title, published):
    front, _ = split_front_matter(f"---\ntitle: {title}\ndate: {published.isoformat()}\n---\n")
    assert front == FrontMatter(title="" if title in ("null", "~") else title, published=published)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        _, body = split_front_matter("---\n" + text)
    except ArticleError as error:
        assert error.line  # noqa: PT017  # either is right
    else:
        assert body in text
