"""HTML articles: the text of the article without menus, advertisements and comments, by trafilatura."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date

from geo.articles.dates import iso_day
from geo.errors import ArticleError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LAST = "2099-12-31"  # the default is today, and the same page must read the same every day


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds of its article; empty or None where it says nothing."""

    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: date | None = None


def declared_charset(data: bytes) -> str | None:
    """Give the encoding that an HTML page declares for itself, or None (WHATWG: within its first 1024 bytes)."""
    match = _CHARSET.search(data[:1024])
    return match.group(1).decode("ascii") if match else None


def read_webpage(html: str, *, path: str = "") -> Page:
    """Extract the article of a web page.

    Parameters
    ----------
    html
        The page.
    path
        For the error.

    Returns
    -------
    Page
        Its text one paragraph a line, and what its metadata say of it; the date only from metadata, not from the text.

    Raises
    ------
    ArticleError
        Where no article is found in the page.
    """
    from htmldate import find_date
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):  # what they complain of is told by the error below
        logging.getLogger(name).addHandler(logging.NullHandler())
    found = bare_extraction(html, include_comments=False, with_metadata=True)
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise ArticleError("no article was found in this web page", do="Save its text as a .txt or .md file", path=path)
    day = find_date(html, extensive_search=False, original_date=True, max_date=_LAST)
    return Page(
        text=text,
        title=getattr(found, "title", None) or "",
        source=getattr(found, "sitename", None) or "",
        url=getattr(found, "url", None) or "",
        published=iso_day(day or ""),
    )
