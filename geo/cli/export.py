"""``sitmap export``."""

from datetime import date
from pathlib import Path

import click

from geo.cli.options import as_of_option, layers_option, out_folder_option
from geo.cli.output import note

EPILOG = """\b
Examples:
  sitmap export --to geojson --out share
  sitmap export --to geojson --out share --as-of 2016-09-04 --only events --only routes
"""


@click.command(epilog=EPILOG)
@click.option("--to", "target", type=click.Choice(["geojson"]), default="geojson", show_default=True, help="Format.")
@layers_option
@as_of_option
@click.option("--only", metavar="LAYER", multiple=True, help="A layer to write; may be repeated.  [default: all]")
@out_folder_option
def export(target: str, folder: Path | None, as_of: date | None, only: tuple[str, ...], out: Path | None) -> None:
    """Write built layers in another format, whole or as of a day."""
    if out is None:
        raise click.UsageError("No folder to write to. Give one with --out DIR.")
    from geo.export.geojson import export_geojson
    from geo.layers import as_of as keep
    from geo.layers import read_layers

    layers = read_layers(folder or Path())
    unknown = [name for name in only if name not in layers]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is no layer; there are {', '.join(layers)}.", param_hint="--only")
    chosen = {name: layers[name] for name in only or layers}
    for path in export_geojson(keep(chosen, as_of) if as_of else chosen, out):
        note(str(path))
