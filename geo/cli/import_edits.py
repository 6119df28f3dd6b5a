"""``sitmap import-edits``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from geo.cli.group import PARTIAL
from geo.cli.options import atlas_required_option, json_option, quiet_option
from geo.cli.output import note, print_json, show_rows
from geo.errors import InputError
from geo.settings import Atlas

EPILOG = """\b
Examples:
  sitmap export --to gpkg --out edit.gpkg --profile internal
  sitmap import-edits edit.gpkg --who "A. Analyst" --why "after the map of the survey"
  sitmap import-edits edit.gpkg --who "A. Analyst" --why "seen on site" --dry-run
  sitmap import-edits aleppo/aleppo.qgz --who "A. Analyst" --why "after the call with B."

\b
Takes what was moved, redrawn, re-dated, changed, deleted or added in an exported GeoPackage, in a GeoJSON file of one
layer, or in the folder of an export (its QGIS project names it too), and writes it to seeds/corrections, with who, when
and why and what was there before. The columns edit_who and edit_why of a feature go before the options. sitmap build
applies corrections, marks the features, and tells those that no longer fit what the articles say. Exit code 3 where an
edit could not be taken.
"""


def _day(_ctx: click.Context, _param: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day. Write it as YYYY-MM-DD.") from None


@click.command("import-edits", epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@atlas_required_option
@click.option("--who", metavar="NAME", default="", help="Who edited it, where the features do not say.")
@click.option("--why", metavar="TEXT", default="", help="Why, where the features do not say.")
@click.option("--date", "when", metavar="YYYY-MM-DD", callback=_day, help="Day of the edits.  [default: today]")
@click.option("--dry-run", is_flag=True, help="Only tell what would be written.")
@json_option
@quiet_option
@click.pass_context
def import_edits(
    ctx: click.Context,
    file: Path,
    atlas: Atlas,
    who: str,
    why: str,
    when: date | None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take edits made in QGIS back as corrections."""
    from geo.corrections import Conflict, read_corrections
    from geo.export.edits import Author, read_edits
    from geo.export.run import this_day
    from geo.export.saving import checked, save
    from geo.layers import read_layers

    if atlas.layers.resolve() in (file.resolve(), file.resolve().parent):
        raise InputError(
            "these are the built layers themselves, which the next build overwrites",
            do="Edit an export: sitmap export --to geojson --out FOLDER --profile internal",
            path=file,
        )
    author = Author(who.strip(), when or this_day(), why.strip())
    layers = read_layers(atlas.layers)
    edits = read_edits(file, author, layers)
    for one in edits.corrections:
        if not (one.who and one.why):
            raise InputError(
                f"nobody says who made the edit of {one.layer} {one.feature}, or why",
                do="Give --who and --why, or fill edit_who and edit_why in the table",
                path=file,
            )
    fresh, known = checked(edits.corrections, read_corrections(atlas.seeds))
    conflicts: tuple[Conflict, ...]
    path, conflicts = save(fresh, atlas, file.stem, layers, dry_run=dry_run)
    for problem in edits.problems:
        note(f"{click.style('Not taken', fg='yellow')}: {problem}.")
    for conflict in conflicts:
        note(f"{click.style('Conflict', fg='yellow')}: {conflict.what}; it is kept, and told again by sitmap build.")
    counts = {action: sum(one.action == action for one in fresh) for action in ("change", "delete", "add")}
    if as_json:
        told = {
            "file": str(path) if fresh else None,
            **counts,
            "known": known,
            "conflicts": [c.what for c in conflicts],
        }
        print_json({**told, "problems": list(edits.problems)})
    rows = [("changed", str(counts["change"])), ("deleted", str(counts["delete"])), ("added", str(counts["add"]))]
    rows += [("known already", str(known))] if known else []
    rows += [("conflicts", str(len(conflicts)))] if conflicts else []
    rows += [("written to", "nothing: a dry run" if dry_run else str(path) if fresh else "nothing: no new edit")]
    show_rows(f"Edits of {file.name}", rows, quiet=quiet)
    if edits.problems or conflicts:
        ctx.exit(PARTIAL)
