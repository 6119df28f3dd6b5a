"""The articles that a command is given: files, folders, JSON lines or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import click

from geo.cli.group import FAILURE, PARTIAL
from geo.cli.output import is_terminal, show_error

if TYPE_CHECKING:
    from geo.model import Article


def given_articles(
    inputs: tuple[str, ...], *, jsonl: str | None, published: date | None, encoding: str | None
) -> Iterator[Article]:
    """Read the articles that a command is given, one at a time.

    An article that cannot be read has its error shown in its place; after the last one the command then ends with exit
    code 3, or 1 where none could be read.

    Parameters
    ----------
    inputs
        Files, folders and ``-``.
    jsonl
        A file of JSON lines, or ``-``.
    published
        Publication date; only front matter counts for more.
    encoding
        Of the files; None for UTF-8 or what a byte order mark says.

    Yields
    ------
    Article

    Raises
    ------
    click.UsageError
        Where nothing is given and standard input is closed or a terminal.
    """
    from geo.articles import read_articles, read_jsonl
    from geo.errors import ArticleError

    if not inputs and not jsonl:
        if sys.stdin is None or is_terminal(sys.stdin):
            raise click.UsageError("No article. Name a file or folder, use --jsonl FILE, or pipe a text in.")
        inputs = ("-",)
    done = failed = 0
    for article in chain(
        read_jsonl(jsonl, published=published) if jsonl else (),
        read_articles(inputs, published=published, encoding=encoding) if inputs else (),
    ):
        if isinstance(article, ArticleError):
            failed += 1
            show_error(article)
        else:
            done += 1
            yield article
    if failed:
        click.get_current_context().exit(PARTIAL if done else FAILURE)
