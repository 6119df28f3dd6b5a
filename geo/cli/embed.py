"""``sitmap embed``."""

from datetime import date
from pathlib import Path

import click

from geo.cli.map import read_sheet
from geo.cli.options import (
    as_of_option,
    atlas_required_option,
    delay_option,
    dpi_option,
    layers_option,
    out_folder_option,
    profile_option,
    size_option,
    title_option,
)
from geo.cli.output import note, print_bytes
from geo.settings import Atlas

FORMATS = ("html", "markdown", "quarto", "latex", "text")
EPILOG = """\b
Examples:
  sitmap embed --as-of 2016-09-04 --out site/maps --prefix maps/ > figure.html
  sitmap embed --as-of 2016-09-04 --out paper/figures --prefix figures/ --as latex
  sitmap embed --as-of 2016-09-04 --as text                 the caption alone, and the files

\b
The picture's metadata holds title, description, sources and alternative text.
The snippet goes to standard output, the names of the files to standard error.
"""


@click.command(epilog=EPILOG)
@layers_option
@atlas_required_option
@as_of_option
@click.option("--as", "form", type=click.Choice(FORMATS), default="html", show_default=True, help="Snippet to print.")
@click.option("--name", "stem", metavar="NAME", default="", help="Name of the files.  [default: the day]")
@click.option("--prefix", metavar="TEXT", default="", help="Folder or address that the snippets name the files at.")
@click.option("--height", metavar="PX", type=int, default=640, show_default=True, help="Height of the frame.")
@size_option
@dpi_option
@title_option
@profile_option("internal")
@delay_option
@out_folder_option
def embed(
    folder: Path | None,
    atlas: Atlas,
    as_of: date | None,
    form: str,
    stem: str,
    prefix: str,
    height: int,
    size: str | None,
    dpi: float | None,
    title: str,
    profile: str,
    delay_days: int,
    out: Path | None,
) -> None:
    """Make a map for somebody else's page or paper: page, picture, caption and the snippet that shows them."""
    if as_of is None:
        raise click.UsageError("An embedded map shows one day. Say which with --as-of YYYY-MM-DD.")
    from geo.layers.files import write_files
    from geo.maps.embed import ENDINGS, embed_files
    from geo.maps.pictures import retitled
    from geo.maps.size import read_size

    sheet = retitled(read_sheet(folder, atlas, profile, delay_days), title)
    measure = read_size(size, dpi) if size or dpi else None
    files = embed_files(sheet, as_of, stem=stem, prefix=prefix, size=measure, height_px=height)
    out = out or Path("embed")
    write_files(out, files)
    for name in files:
        note(str(out / name))
    print_bytes(files[f"{stem or as_of}{ENDINGS[form]}"])
