"""``sitmap verify``."""

import click

from geo.cli.group import FAILURE, PARTIAL
from geo.cli.options import atlas_required_option, json_option, quiet_option
from geo.cli.output import note, print_json, progress_bar, show_error
from geo.settings import Atlas

EPILOG = """\b
Examples:
  sitmap verify
  sitmap verify --atlas my-atlas --json

\b
Builds in a temporary folder and compares bytes. Layers must be the same everywhere; pages and pictures are
compared where the libraries have the versions of layers/manifest.json. Exit code 1 if anything differs.
"""


@click.command(epilog=EPILOG)
@atlas_required_option
@json_option
@quiet_option
@click.pass_context
def verify(ctx: click.Context, atlas: Atlas, as_json: bool, quiet: bool) -> None:
    """Check that layers and maps are what a build makes, byte for byte."""
    from geo.verify import verify as verify_atlas

    with progress_bar(quiet=quiet) as progress:
        found = verify_atlas(atlas, progress=progress)
    for error in found.errors:
        show_error(error)
    if as_json:
        print_json({"same": found.same, "skipped": dict(found.skipped), "different": dict(found.different)})
    for name in found.same:
        note(f"same       {name}", quiet=quiet)
    for name, why in found.skipped:
        note(f"skipped    {name}: {why}", quiet=quiet)
    for name, why in found.different:
        note(f"different  {name}: {why}")
    note(
        f"{len(found.same)} files are what a build makes, {len(found.skipped)} were not compared, "
        f"{len(found.different)} differ.",
        quiet=quiet,
    )
    if found.different:
        ctx.exit(FAILURE)
    if found.errors:
        ctx.exit(PARTIAL)
