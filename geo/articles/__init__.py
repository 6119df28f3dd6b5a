"""Articles from plain text, Markdown, HTML and JSON Lines, each with its publication day and where that came from."""

from geo.articles.jsonl import read_jsonl
from geo.articles.reader import read_articles

__all__ = ["read_articles", "read_jsonl"]
