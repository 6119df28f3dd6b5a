"""``sitmap import --format control``: maps of who holds what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from geo.cli.options import as_day
from geo.cli.output import note, print_json, show_rows
from geo.model import CERTAINTIES
from geo.settings import Atlas

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class ControlMap:
    """What the options say of a map: the name to keep it under, its day, whose its marks are, who made it, how sure."""

    name: str
    on: date | None
    holders: dict[str, str]
    source: str
    certainty: str


def _holders(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        word, mark, side = value.rpartition("=")
        if not mark or not word.strip() or not side.strip():
            raise click.BadParameter(f"{value!r} is no WORD=SIDE. Write it as in --holder gov=government.")
        found[word.strip()] = side.strip()
    return found


def control_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that a map of control points needs."""
    options = (
        click.option("--on", metavar="YYYY-MM-DD", callback=as_day, help="For control: the day that the map shows."),
        click.option(
            "--holder", "holders", multiple=True, metavar="WORD=SIDE", callback=_holders,
            help="For control: whose a mark is; may be repeated. Ids, names and aliases of sides are known.",
        ),
        click.option("--source", default="", metavar="TEXT", help="For control: who made it.  [default: the file]"),
        click.option(
            "--certainty", type=click.Choice(CERTAINTIES), default="medium", show_default=True,
            help="For control: how sure.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def import_control(
    files: Sequence[Path], atlas: Atlas, told: ControlMap, *, dry_run: bool, as_json: bool, quiet: bool
) -> bool:
    """Take maps of control points into an atlas; True where some markers were left out."""
    if told.on is None:
        raise click.UsageError("A map shows one day: say which with --on YYYY-MM-DD.")
    from geo.control.importing import import_markers, table_text
    from geo.control.readers import FOLDER
    from geo.events import read_actors
    from geo.gazetteer import open_gazetteer
    from geo.gazetteer.files import replace_text

    book = read_actors(atlas.seeds / "actors.toml")
    for side in told.holders.values():
        if side not in book.sides:
            do = f"Use one of {', '.join(book.sides)}, or add it to seeds/actors.toml."
            raise click.BadParameter(f"no side is called {side!r}. {do}", param_hint="--holder")
    names = {word.casefold(): side for word, side in told.holders.items()}
    names |= {text.casefold(): id for id, side in book.sides.items() for text in (id, side.name)}

    def holder_of(word: str) -> str:
        actor = book.find([word]) if " " not in word else None
        return names.get(word.casefold()) or (actor.side if actor else "")

    gazetteer, partial = open_gazetteer(atlas), False
    for path in files:
        source = told.source or path.name
        found = import_markers(
            path, day=told.on, holder_of=holder_of, gazetteer=gazetteer, source=source, certainty=told.certainty
        )
        target = atlas.seeds / FOLDER / f"{told.name or path.stem}.csv"
        remark = f"Who held what on {told.on}, imported from {path.name}. Each row vouches for that day alone.\n"
        remark += f"credit: {source}"
        if not dry_run:
            replace_text(target, table_text(found.rows, remark=remark))
        for message in found.problems[:MOST_TOLD]:
            click.echo(f"{click.style('warning', fg='yellow')}: {message}", err=True)
        if len(found.problems) > MOST_TOLD:
            note(f"{len(found.problems) - MOST_TOLD:,} more are not shown.")
        partial = partial or bool(found.problems)
        if as_json:
            counts = {"markers": found.markers, "rows": len(found.rows), "places": found.matched}
            print_json({**counts, "told": found.problems, "path": None if dry_run else str(target)})
        written = "nothing: a dry run" if dry_run else str(target)
        shown = [("markers", f"{found.markers:,}"), ("places of the gazetteer", f"{found.matched:,}")]
        show_rows(
            target.stem, [*shown, ("rows", f"{len(found.rows):,}"), ("written to", written)], quiet=quiet or as_json
        )
    return partial
