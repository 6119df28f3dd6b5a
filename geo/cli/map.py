"""``sitmap map``."""

from datetime import date
from pathlib import Path

import click

from geo.cli.options import as_of_option, atlas_required_option, layers_option, out_file_option
from geo.cli.output import note, print_bytes
from geo.settings import Atlas

FORMATS = ("html", "png", "svg")
EPILOG = """\b
Examples:
  sitmap map --as-of 2016-09-04 --out report.png
  sitmap map --as-of 2016-09-04 --format svg --out - > report.svg
  sitmap map --out all.html                               all days, with a time slider
"""


def _kind(out: Path | None) -> str:
    ending = out.suffix.lstrip(".").lower() if out else ""
    if ending and ending not in FORMATS:
        raise click.BadParameter(
            f"{str(out)!r} ends in none of .{', .'.join(FORMATS)}. Say with --format what it shall be.",
            param_hint="--out",
        )
    return ending or "html"


@click.command(epilog=EPILOG)
@layers_option
@atlas_required_option
@as_of_option
@out_file_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="Kind of map.  [default: what the file's ending says, else html]",
)
def map(folder: Path | None, atlas: Atlas, as_of: date | None, out: Path | None, kind: str | None) -> None:
    """Make one map from built layers: a page, or a picture for a report."""
    kind = kind or _kind(out)
    from geo.exchange.records import credited
    from geo.gazetteer import open_gazetteer
    from geo.layers import read_layers, read_unplaced
    from geo.maps.files import make_sheet, map_file
    from geo.pipeline import read_seed_articles

    folder = folder or atlas.layers
    articles = (*read_seed_articles(atlas)[0], *credited(atlas))
    layers, unplaced = read_layers(folder), read_unplaced(folder)
    sheet = make_sheet(atlas, layers, open_gazetteer(atlas), articles=articles, unplaced=unplaced)
    content = map_file(sheet, kind, as_of)
    out = out or Path(f"{as_of or 'map'}.{kind}")
    if str(out) == "-":
        print_bytes(content)
        return
    from geo.layers.files import write_files

    write_files(out.parent, {out.name: content})
    note(str(out))
