"""``sitmap import``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import PARTIAL
from geo.cli.import_control import ControlMap, control_options, import_control
from geo.cli.options import (
    atlas_required_option,
    bbox_option,
    country_codes,
    encoding_option,
    json_option,
    quiet_option,
    since_option,
    types_option,
    until_option,
)
from geo.cli.output import note, print_json, print_table, progress_bar, show_rows
from geo.settings import Atlas

if TYPE_CHECKING:
    from geo.exchange.run import Result

EPILOG = """\b
Examples:
  sitmap import ged251.csv.gz --since 2016-01-01 --until 2016-12-31 --admin1 Aleppo --name ucdp-aleppo
  sitmap import acled.csv --country SY --dry-run
  sitmap import incidents.csv --mapping incidents.toml
  sitmap import markers.csv --format control --on 2017-06-15 --holder gov=government --holder opp=opposition
  sitmap import --list
  sitmap import --remove ucdp-aleppo

\b
A map of who holds what (--format control: CSV, GeoJSON, or the text of a Wikipedia map module) goes to
seeds/control/NAME.csv, a row a marker; remove the file to remove it.

\b
The events go to seeds/events/NAME.jsonl, a line each; sitmap build puts them on the map beside those of the articles.
Every row is checked. Bad rows are told and left out; then the exit code is 3. The same name replaces what it held.
"""


@click.command("import", epilog=EPILOG)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    type=click.Choice(("acled", "ucdp", "csv", "control", "auto")),
    default="auto",
    show_default=True,
    help="Format.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that says which column of a table tells what.",
)
@click.option("--name", default="", metavar="NAME", help="Name of the data set.  [default: of the first file]")
@since_option
@until_option
@bbox_option
@click.option(
    "--country",
    "countries",
    metavar="CODES",
    callback=country_codes,
    help="Only events in these countries, as in SY,TR.",
)
@click.option(
    "--admin1", metavar="NAME", multiple=True, help="Only events in this province or governorate; may be repeated."
)
@types_option
@encoding_option
@control_options
@click.option("--dry-run", is_flag=True, help="Read and check alone; write nothing.")
@click.option("--list", "listing", is_flag=True, help="List what is imported.")
@click.option("--remove", default="", metavar="NAME", help="Remove an imported data set.")
@atlas_required_option
@json_option
@quiet_option
@click.pass_context
def import_(
    ctx: click.Context,
    files: tuple[Path, ...],
    format: str,
    mapping: Path | None,
    name: str,
    since: date | None,
    until: date | None,
    bbox: tuple[float, float, float, float] | None,
    countries: tuple[str, ...],
    admin1: tuple[str, ...],
    types: tuple[str, ...],
    encoding: str | None,
    on: date | None,
    holders: dict[str, str],
    source: str,
    certainty: str,
    dry_run: bool,
    listing: bool,
    remove: str,
    atlas: Atlas,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take events of ACLED, UCDP GED or any table into an atlas, without articles.

    FILE is CSV, with commas, semicolons or tabs, also as .gz or .zip.
    """
    if listing + bool(remove) + bool(files) != 1:
        raise click.UsageError("Name files to import, or give --list, or --remove NAME.")
    if listing:
        _list(atlas, as_json=as_json)
        return
    if format == "control" and files:
        marks = ControlMap(name, on, holders, source, certainty)
        if import_control(files, atlas, marks, dry_run=dry_run, as_json=as_json, quiet=quiet):
            ctx.exit(PARTIAL)
        return
    if remove:
        from geo.exchange.store import remove_dataset

        note(f"Removed {remove_dataset(remove, atlas)}.")
        return
    from geo.exchange.filters import Filter
    from geo.exchange.mapping import MappingFile, read_mapping
    from geo.exchange.run import Options, import_events
    from geo.gazetteer import open_gazetteer

    options = Options(
        name=name,
        format="" if format == "auto" else format,
        mapping=read_mapping(mapping) if mapping else MappingFile(),
        wanted=Filter(since, until, bbox, countries, admin1, types),
        encoding=encoding or "",
        gazetteer=open_gazetteer(atlas, notify=note),
        dry_run=dry_run,
    )
    with progress_bar(quiet=quiet) as progress:
        result = import_events(files, atlas, options=options, tell=progress)
    if as_json:
        _print(result, dry_run=dry_run)
    _tell(result, dry_run=dry_run, quiet=quiet)
    if result.counts.bad:
        ctx.exit(PARTIAL)


def _print(result: Result, *, dry_run: bool) -> None:
    print_json(
        {
            **result.head,
            "path": None if dry_run else str(result.path),
            "columns": dict(result.columns),
            "guessed": list(result.guessed),
            "told": result.counts.told,
        }
    )


def _tell(result: Result, *, dry_run: bool, quiet: bool) -> None:
    counts, head = result.counts, result.head
    for message in counts.told:
        click.echo(f"{click.style('Error', fg='red')}: {message}", err=True)
    if counts.bad > len(counts.told):
        note(f"{counts.bad - len(counts.told):,} more bad rows are not shown.")
    rows = [("format", head["format"]), ("rows", f"{counts.rows:,}"), ("events", f"{result.events:,}")]
    rows += [("bad rows", f"{counts.bad:,}")] if counts.bad else []
    rows += (
        [("left out", ", ".join(f"{n:,} {why}" for why, n in sorted(counts.skipped.items())))] if counts.skipped else []
    )
    told = (f"{field} from {result.columns[field]}" for field in result.guessed)
    rows += [("guessed", ", ".join(told))] if result.guessed else []
    rows += [("licence", head["licence"])] if head["licence"] else []
    rows += [("name the source", head["attribution"])] if head["attribution"] else []
    rows += [("written to", "nothing: a dry run" if dry_run else str(result.path))]
    show_rows(result.name, rows, quiet=quiet)


def _list(atlas: Atlas, *, as_json: bool) -> None:
    from geo.exchange.store import events_folder, list_datasets

    found = list_datasets(atlas)
    if as_json:
        for one in found:
            print_json({**one.head, "path": str(one.path), "bytes": one.path.stat().st_size})
        return
    if not found:
        note(f"No events are imported in {events_folder(atlas)}.")
        return

    def row(head: dict[str, Any], size: int) -> tuple[str, ...]:
        files = ", ".join(head.get("files", ()))
        return (
            head["dataset"],
            head.get("format", ""),
            f"{head.get('events', 0):,}",
            f"{size / 1e6:,.1f} MB",
            head.get("licence", ""),
            files,
        )

    print_table(
        ("name", "format", "events", "size", "licence", "from"),
        [row(dict(d.head), d.path.stat().st_size) for d in found],
    )
