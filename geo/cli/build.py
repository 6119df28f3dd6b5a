"""``sitmap build``."""

from pathlib import Path

import click

from geo.cli.group import PARTIAL
from geo.cli.llm import atlas_model, llm_build_options, tell, told
from geo.cli.options import atlas_required_option, json_option, out_folder_option, quiet_option
from geo.cli.output import print_json, progress_bar, show_error, show_rows
from geo.settings import Atlas

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
                **({"llm": told(built.model)} if built.model else {}),
            }
        )
    features = [(name, str(count)) for name, count in built.features.items() if count]
    rows = [
        ("articles", str(built.articles)),
        *features,
        ("events on no map", f"{built.unplaced} (layers/unplaced.json)"),
        ("maps", ", ".join(day.isoformat() for day in built.dates) or "none: no event has a day"),
        ("written to", f"{built.root / 'layers'}, {built.root / 'maps'}"),
    ]
    show_rows(atlas.title, rows, quiet=quiet)
    if built.model:
        tell(built.model, quiet=quiet)
    if built.errors or (built.model and built.model.failures):
        ctx.exit(PARTIAL)
