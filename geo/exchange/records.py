"""The imported events of an atlas as records, for a build."""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import SeedError
from geo.events.actors import ActorBook, read_actors
from geo.exchange.line import event_of
from geo.exchange.store import list_datasets, read_lines
from geo.model import Article, Event
from geo.settings import Atlas


def read_imported(
    atlas: Atlas, articles: Sequence[Article], events: Sequence[Event]
) -> tuple[tuple[Event, ...], tuple[Article, ...]]:
    """Read the imported events of an atlas.

    Parameters
    ----------
    atlas
        With files in ``seeds/events/``, or without.
    articles, events
        Those that were read already. An imported event that is one of these is left out; so is one of an earlier data
        set by name. One whose report is an article of the atlas rests on that article where its words stand there.

    Returns
    -------
    tuple
        The events by data set and day, and the reports that they rest on, by id.

    Raises
    ------
    SeedError
        If a line is not right.
    """
    datasets = list_datasets(atlas)
    if not datasets:
        return (), ()
    path = atlas.seeds / "actors.toml"
    book: ActorBook = read_actors(path if path.is_file() else None)
    texts = {article.id: article.text for article in articles}
    seen = {event.id for event in events}
    found: list[Event] = []
    reports: dict[str, Article] = {}
    for dataset in datasets:
        for number, line in read_lines(dataset):
            try:
                event, report = event_of(_apart(line, texts, dataset.name), book)
            except SeedError as error:
                raise SeedError(error.what, do=error.do, path=dataset.path, line=number) from error
            if event.id in seen:
                continue
            seen.add(event.id)
            found.append(event)
            if event.article not in texts:
                reports.setdefault(report.id, report)
    return tuple(found), tuple(reports[id] for id in sorted(reports))


def _apart(line: dict[str, object], texts: dict[str, str], name: str) -> dict[str, object]:
    """Keep an event apart from an article of its report's id that does not hold its words, or holds them elsewhere."""
    text = texts.get(str(line.get("article")))
    start, end = line.get("quote_start"), line.get("quote_end")
    if text is None or (isinstance(start, int) and isinstance(end, int) and text[start:end] == line.get("quote")):
        return line
    return {**line, "article": f"{name}:{line['article']}"}


def credited(atlas: Atlas) -> tuple[Article, ...]:
    """Give the data sets of an atlas as articles without text, for the lists of sources: title, licence, publisher."""
    found = []
    for one in list_datasets(atlas):
        title, licence, publisher = (str(one.head.get(key) or "") for key in ("title", "licence", "attribution"))
        shown = title or one.name
        told = f"{shown} ({licence})" if licence else shown
        found.append(Article(id=one.name, text="", title=told, source=publisher.removesuffix(f", {title}")))
    return tuple(found)
