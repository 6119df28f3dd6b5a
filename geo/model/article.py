"""An article: one report as text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One report as the text that the reader sees.

    Attributes
    ----------
    id
        Unique within a run: the JSON ``id``, or the file's name without its ending.
    text
        The visible text; every offset in sitmap counts its code points.
    published
        Publication day, None if unknown.
    published_from
        Where ``published`` came from: ``"front matter"``, ``"option"``, ``"json"``, ``"html meta"``, ``"dateline"``,
        ``"file name"``, or empty.
    title, source, url
        As the article gives them; empty if unknown.
    path
        The file it was read from, as given; empty for standard input and JSON Lines.
    """

    id: str
    text: str
    published: date | None = None
    published_from: str = ""
    title: str = ""
    source: str = ""
    url: str = ""
    path: str = ""
