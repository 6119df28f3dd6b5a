"""What commands print: data to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import click

from geo.errors import SitmapError

Progress = Callable[[str, int, int], None]


def is_terminal(stream: IO[str] | None) -> bool:
    """Tell whether somebody sits at a standard stream; nobody does where it is closed, which Python tells as None."""
    return stream is not None and stream.isatty()


def print_bytes(content: bytes) -> None:
    """Print bytes to standard output, whatever the terminal is set to."""
    click.echo(content, nl=False)


def print_json(value: Any) -> None:
    """Print one JSON value on a line of standard output, in UTF-8."""
    import orjson

    print_bytes(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def note(text: str, *, quiet: bool = False) -> None:
    """Print a line to standard error."""
    if not quiet:
        click.echo(text, err=True)


def note_none(noun: str, printed: int, articles: int) -> None:
    """Say on standard error that articles were read and nothing was found in them; silence would look like a fault."""
    if articles and not printed:
        note(f"0 {noun}s in {articles} article{'' if articles == 1 else 's'}.")


def show_error(error: SitmapError) -> None:
    """Print an error that does not stop the command to standard error."""
    click.echo(f"{click.style('Error', fg='red')}: {error.message}", err=True)


def show_rows(title: str, rows: list[tuple[str, str]], *, quiet: bool = False) -> None:
    """Print a table of two columns to standard error."""
    if quiet:
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_header=False)
    for left, right in rows:
        table.add_row(left, right)
    Console(stderr=True).print(table)


def print_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table to standard output."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console()
    # What is not a terminal has no width: leave each row on its line.
    Console(width=None if console.is_terminal else 240).print(table)


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Progress]:
    """Show a bar on standard error while work goes on, if that is a terminal.

    Yields
    ------
    Callable
        To be told what is being worked on, how much of it is done, and how much there is.
    """
    if quiet or not is_terminal(sys.stderr):
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            task = tasks.setdefault(stage, TaskID(-1))
            if task == -1:
                task = tasks[stage] = bar.add_task(stage, total=total)
            bar.update(task, completed=done)

        yield tell
