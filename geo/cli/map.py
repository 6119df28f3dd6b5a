"""``sitmap map``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import (
    as_of_option,
    atlas_required_option,
    dates_option,
    delay_option,
    dpi_option,
    layers_option,
    out_file_option,
    profile_option,
    since_option,
    size_option,
    title_option,
    until_option,
)
from geo.cli.output import note, print_bytes
from geo.settings import Atlas

if TYPE_CHECKING:
    from geo.maps.files import Sheet
    from geo.maps.size import Size

FORMATS = ("html", "png", "svg", "pdf", "gif")
VIEWS = ("map", "multiples", "timeline", "style")
EPILOG = """\b
Examples:
  sitmap map --as-of 2016-09-04 --out report.png
  sitmap map --as-of 2016-09-04 --size 160x200mm --dpi 300 --out report.pdf
  sitmap map --as-of 2016-09-04 --format svg --out - > report.svg
  sitmap map --out all.html                               all days, with a time slider
  sitmap map --view multiples --dates 2016-08-10,2016-09-04 --out days.png
  sitmap map --view timeline --since 2016-07-01 --out strip.svg
  sitmap map --out days.gif                               the days of the atlas, one after the other
  sitmap map --profile public --out site/map.html         hospitals, schools, camps coarsely, without the reports' texts
"""


def _kind(out: Path | None, default: str) -> str:
    ending = out.suffix.lstrip(".").lower() if out else ""
    if ending and ending not in FORMATS:
        raise click.BadParameter(
            f"{str(out)!r} ends in none of .{', .'.join(FORMATS)}. Say with --format what it shall be.",
            param_hint="--out",
        )
    return ending or default


@click.command(epilog=EPILOG)
@layers_option
@atlas_required_option
@as_of_option
@dates_option
@since_option
@until_option
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="map",
    show_default=True,
    help="One map; small multiples of --dates; a strip of time; the signs of the maps.",
)
@size_option
@dpi_option
@title_option
@profile_option("internal")
@delay_option
@click.option("--no-list", "bare", is_flag=True, help="A picture without the list of events beside the map.")
@out_file_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="Kind of file.  [default: what the file's ending says, else html, of other views png]",
)
def map(
    folder: Path | None,
    atlas: Atlas,
    as_of: date | None,
    dates: tuple[date, ...],
    since: date | None,
    until: date | None,
    view: str,
    size: str | None,
    dpi: float | None,
    title: str,
    profile: str,
    delay_days: int,
    bare: bool,
    out: Path | None,
    kind: str | None,
) -> None:
    """Make one map from built layers: a page, or a picture for a report."""
    kind = kind or _kind(out, "html" if view == "map" else "png")
    if (view != "map" and kind == "gif") or (view in ("multiples", "timeline") and kind == "html"):
        raise click.BadParameter(f"a {view} is a picture: png, svg or pdf, not {kind}.", param_hint="--format")
    from geo.maps.pictures import animation_file, retitled, style_file
    from geo.maps.size import read_size

    measure = read_size(size, dpi) if size or dpi else None
    if view == "style":
        content = style_file(kind, size=measure)
    else:
        sheet = retitled(read_sheet(folder, atlas, profile, delay_days), title)
        if kind == "gif":
            content = animation_file(sheet, dates, size=measure)
        elif view == "map":
            content = _one(sheet, kind, as_of, measure, listing=not bare)
        else:
            content = _several(sheet, view, kind, dates, since, until, measure)
    out = out or Path(f"{as_of or view}.{kind}")
    if str(out) == "-":
        print_bytes(content)
        return
    from geo.layers.files import write_files

    write_files(out.parent, {out.name: content})
    note(str(out))


def read_sheet(folder: Path | None, atlas: Atlas, profile: str, delay_days: int) -> Sheet:
    """Read what the maps of an atlas are made from: its layers, or those of another folder, as a profile shows them.

    The public gets no articles: they may name whom and what the layers no longer do.
    """
    from geo.exchange.records import credited
    from geo.export.care import publish
    from geo.export.run import this_day
    from geo.gazetteer import open_gazetteer
    from geo.layers import read_layers, read_unplaced
    from geo.maps.files import make_sheet
    from geo.pipeline import read_seed_articles

    folder = folder or atlas.layers
    layers, unplaced, articles = read_layers(folder), read_unplaced(folder), credited(atlas)
    if profile == "public":
        layers, unplaced, care = publish(layers, unplaced, today=this_day(), delay_days=delay_days)
        note(care.words)
    else:
        articles = (*read_seed_articles(atlas)[0], *articles)
    return make_sheet(atlas, layers, open_gazetteer(atlas), articles=articles, unplaced=unplaced)


def _one(sheet: Sheet, kind: str, as_of: date | None, size: Size | None, *, listing: bool) -> bytes:
    from geo.maps.files import map_file
    from geo.maps.pictures import picture_file

    if kind == "html" or as_of is None:
        return map_file(sheet, kind, as_of)
    return picture_file(sheet, kind, as_of, size=size, listing=listing)


def _several(
    sheet: Sheet,
    view: str,
    kind: str,
    dates: tuple[date, ...],
    since: date | None,
    until: date | None,
    size: Size | None,
) -> bytes:
    from geo.maps.pictures import multiples_file, timeline_file

    if view == "multiples":
        return multiples_file(sheet, kind, dates, size=size)
    return timeline_file(sheet, kind, first=since, last=until, size=size)
