"""Where the publication day comes from, and which source goes before which."""

from datetime import date

import pytest

from geo.articles import read_articles
from geo.articles.dates import day_in_head, day_in_name, iso_day

DAY = date(2016, 9, 5)
HEADS = [
    # text, day in its head
    ("05 September 2016\nThe bridge fell.", DAY),
    ("The bridge falls\n\nMonday, 5 September 2016 14:30 GMT\n\nIt fell.", DAY),
    ("The bridge falls\nPublished: September 5, 2016 at 2:30 p.m.\nIt fell.", DAY),
    ("Posted on September 5 2016 by A. Writer The bridge fell.", DAY),
    ("Date of publication 5 September 2016 The bridge fell.", DAY),
    ("Mon 05 Sep 2016 Bridge falls in the north.", DAY),
    ("05-09-2016 Bridge falls in the north.", DAY),
    ("05.09.2016) Get short URL The bridge fell.", DAY),
    ("2016-09-05T14:30+03:00\nThe bridge fell.", DAY),
    ("HAVENTOWN, Northland, Sept. 5, 2016 (Wire) — The bridge fell.", DAY),
    ("Bridge falls\n\nHAVENTOWN (Wire) 5 September 2016 — The bridge fell.", None),
    ("HAVENTOWN, Northland, Sept. 5 (Wire) — The bridge fell.", None),
    ("The bridge fell on 5 September 2016.", None),
    ("5 September 2016 was the day on which the bridge fell.", None),
    ("The bridge fell.\nIn July 2016\nnobody crossed.", None),
    ("3-5 September 2016\nThe bridge fell.", None),
    ("\n".join(["A line."] * 12) + "\n5 September 2016\n", None),
    ("", None),
]
NAMES = [
    ("2016-09-05-bridge.txt", DAY),
    ("20160905.txt", DAY),
    ("bridge_2016_09_05.md", DAY),
    ("bridge 05-09-2016.md", DAY),
    ("05.09.2016.txt", DAY),
    ("2016-13-05 and 2016-09-05.txt", DAY),
    ("000_428222224bf389d1.txt", None),
    ("report-2016.txt", None),
    ("120160905.txt", None),
]
PAGE = "<html><head><title>T</title>{meta}</head><body><article><p>{head}</p><p>The bridge fell on Sunday.</p></article></body></html>"
META = '<meta property="article:published_time" content="2016-09-03T10:00:00Z">'
ORDER = [
    # file, text, --date, day, where it comes from
    (
        "2016-09-01.md",
        "---\npublished: 2016-09-05\n---\n2 September 2016\nIt fell.",
        date(2016, 9, 4),
        5,
        "front matter",
    ),
    ("2016-09-01.md", "---\ntitle: x\n---\n2 September 2016\nIt fell.", date(2016, 9, 4), 4, "option"),
    (
        "2016-09-01.jsonl",
        '{"id": "a", "text": "2 September 2016\\nIt fell.", "date": "2016-09-03"}',
        date(2016, 9, 4),
        4,
        "option",
    ),
    ("2016-09-01.jsonl", '{"id": "a", "text": "2 September 2016\\nIt fell.", "date": "2016-09-03"}', None, 3, "json"),
    ("2016-09-01.jsonl", '{"id": "a", "text": "2 September 2016\\nIt fell."}', None, 2, "dateline"),
    ("2016-09-01.html", PAGE.format(meta=META, head="2 September 2016"), date(2016, 9, 4), 4, "option"),
    ("2016-09-01.html", PAGE.format(meta=META, head="2 September 2016"), None, 3, "html meta"),
    ("2016-09-01.txt", "2 September 2016\nIt fell.", None, 2, "dateline"),
    ("2016-09-04.txt", "HAVENTOWN, Sept. 2 (Wire) — It fell.", None, 2, "dateline"),
    ("2016-09-01.txt", "It fell on 2 August 2016.", None, 1, "file name"),
]


@pytest.mark.parametrize(("text", "day"), HEADS)
def test_day_in_head(text, day):
    assert day_in_head(text) == day


@pytest.mark.parametrize(("name", "day"), NAMES)
def test_day_in_name(name, day):
    assert day_in_name(name) == day


@pytest.mark.parametrize(("file", "text", "option", "day", "origin"), ORDER)
def test_the_strongest_source_wins(tmp_path, file, text, option, day, origin):
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    (article,) = read_articles([str(path)], published=option)
    assert (article.published, article.published_from) == (date(2016, 9, day), origin)


def test_an_undated_article_stays_undated(tmp_path):
    path = tmp_path / "bridge.txt"
    path.write_text("The bridge fell yesterday, in August.", encoding="utf-8")
    (article,) = read_articles([str(path)])
    assert (article.published, article.published_from) == (None, "")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2016-09-05", DAY), (" 2016-09-05T10:00:00Z ", DAY), ("5 September", None), ("2016-13-01", None), ("", None)],
)
def test_iso_day(text, day):
    assert iso_day(text) == day
