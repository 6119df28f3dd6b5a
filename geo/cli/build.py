"""``sitmap build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import PARTIAL
from geo.cli.llm import atlas_model, llm_build_options, tell, told
from geo.cli.options import atlas_required_option, json_option, out_folder_option, quiet_option
from geo.cli.output import note, print_json, progress_bar, show_error, show_rows
from geo.settings import Atlas

if TYPE_CHECKING:
    from geo.corrections import Outcome

EPILOG = """\b
Examples:
  sitmap build
  sitmap build --atlas my-atlas
  sitmap build --out /tmp/try --json

\b
Reads seeds/ (articles, gazetteer, actors), writes layers/*.geojson and maps/. Everything is checked before the
first file is replaced; a failed or stopped build leaves what was there. The same seeds give the same bytes.
"""


@click.command(epilog=EPILOG)
@atlas_required_option
@out_folder_option
@json_option
@quiet_option
@llm_build_options
@click.pass_context
def build(ctx: click.Context, atlas: Atlas, out: Path | None, as_json: bool, quiet: bool) -> None:
    """Build layers and maps from the seeds of an atlas."""
    from geo.pipeline import build as build_atlas

    with progress_bar(quiet=quiet) as progress:
        built = build_atlas(atlas, out=out, progress=progress, model=atlas_model(atlas))
    for error in built.errors:
        show_error(error)
    for conflict in built.corrections.conflicts if built.corrections else ():
        note(f"{click.style('Conflict', fg='yellow')}: {conflict.message}")
    if as_json:
        print_json(
            {
                "root": str(built.root),
                "files": list(built.files),
                "features": built.features,
                "unplaced": built.unplaced,
                "articles": built.articles,
                "dates": [day.isoformat() for day in built.dates],
                "errors": [error.message for error in built.errors],
                **({"corrections": _corrections(built.corrections)} if built.corrections else {}),
                **({"llm": told(built.model)} if built.model else {}),
            }
        )
    features = [(name, str(count)) for name, count in built.features.items() if count]
    rows = [
        ("articles", str(built.articles)),
        *features,
        *_shown(built.corrections),
        ("events on no map", f"{built.unplaced} (layers/unplaced.json)"),
        ("maps", ", ".join(day.isoformat() for day in built.dates) or "none: no event has a day"),
        ("written to", f"{built.root / 'layers'}, {built.root / 'maps'}"),
    ]
    show_rows(atlas.title, rows, quiet=quiet)
    if built.model:
        tell(built.model, quiet=quiet)
    conflicts = built.corrections and built.corrections.conflicts
    if built.errors or conflicts or (built.model and built.model.failures):
        ctx.exit(PARTIAL)


def _corrections(outcome: Outcome) -> dict[str, Any]:
    return {"applied": len(outcome.applied), "conflicts": [conflict.message for conflict in outcome.conflicts]}


def _shown(outcome: Outcome | None) -> list[tuple[str, str]]:
    if outcome is None or not (outcome.applied or outcome.conflicts):
        return []
    people = ", ".join(dict.fromkeys(one.who for one in outcome.applied))
    left = f"; {len(outcome.conflicts)} not, see above" if outcome.conflicts else ""
    return [("corrections", f"{len(outcome.applied)} applied{f', by {people}' if people else ''}{left}")]
