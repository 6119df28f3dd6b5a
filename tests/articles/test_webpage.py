from datetime import date

import pytest

from geo.articles import read_articles
from geo.articles.webpage import declared_charset, read_webpage
from geo.errors import ArticleError

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Bridge falls – The Wire</title>
<meta property="og:site_name" content="The Wire"><link rel="canonical" href="https://example.org/bridge">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2016-09-05T01:00:00Z"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge falls</h1>
<p>The bridge at the café fell on Sunday &amp; nobody crossed it, residents of both banks said.</p>
<p>It had been open since July, and <a href="/july">convoys</a> had used it every day until then.</p></article>
<script>alert("1")</script><footer>Copyright 2018 The Wire</footer></body></html>"""


def test_the_article_is_taken_out_of_the_page():
    page = read_webpage(PAGE.format(charset="utf-8"))
    assert page.text.splitlines() == [
        "Bridge falls",
        "The bridge at the café fell on Sunday & nobody crossed it, residents of both banks said.",
        "It had been open since July, and convoys had used it every day until then.",
    ]
    assert (page.title, page.source, page.url) == ("Bridge falls", "The Wire", "https://example.org/bridge")
    assert page.published == date(2016, 9, 5)


def test_a_page_may_declare_its_encoding(tmp_path):
    path = tmp_path / "bridge.html"
    path.write_bytes(PAGE.format(charset="windows-1252").encode("cp1252"))
    (article,) = read_articles([str(path)])
    assert "café" in article.text
    assert (article.published_from, article.title) == ("html meta", "Bridge falls")


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><script>x</script></body></html>"])
def test_a_page_without_an_article_is_refused(html, capsys, caplog):
    with pytest.raises(ArticleError, match=r"^a\.html: no article was found in this web page\."):
        read_webpage(html, path="a.html")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1256'>", "windows-1256"),
        (b"<html>" + b" " * 1024 + b'<meta charset="utf-8">', None),
        (b"", None),
    ],
)
def test_declared_charset(data, charset):
    assert declared_charset(data) == charset
