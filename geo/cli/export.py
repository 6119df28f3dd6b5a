"""``sitmap export``: one command for all formats; those that are files of layers are written by `geo.export.run`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from geo.cli.exporting import Job, write_acled, write_database, write_layers
from geo.cli.options import (
    as_of_option,
    atlas_option,
    bbox_option,
    delay_option,
    known_by_option,
    profile_option,
    since_option,
    types_option,
    until_option,
)
from geo.settings import Atlas

EPILOG = """\b
Examples:
  sitmap export --to qgis --out aleppo                 a project with layers, styles and time
  sitmap export --to gpkg --out aleppo.gpkg --profile internal
  sitmap export --to geojson --out share --as-of 2016-09-04 --layers events,routes
  sitmap export --to geojson --out share --as-of 2016-08-27 --known-by 2016-09-04
  sitmap export --to kmz --out aleppo.kmz --since 2016-08-01 --until 2016-08-31
  sitmap export --to acled --out - --all
  sitmap export --to postgresql://me@localhost/wars

\b
A folder with a file a layer: geojson, flatgeobuf, geoparquet, csv; a folder with all that QGIS needs: qgis. One file:
gpkg, kml, kmz, shp-zip, svg (a day, --as-of), acled (ACLED's 31 columns; - is standard output).
postgresql://… writes tables of a PostGIS database.

\b
What leaves the house is made fit for it: --profile public, the default, gives positions at hospitals, schools,
camps and shelters coarsely, leaves out their names, and holds back what is younger than three days; --profile
internal keeps all.
Files appear whole or not at all, and are counted after writing.
"""


FORMATS = (
    "geojson",
    "gpkg",
    "qgis",
    "kml",
    "kmz",
    "geoparquet",
    "flatgeobuf",
    "csv",
    "shp-zip",
    "svg",
    "acled",
)
"""Formats of files."""

DATABASES = ("postgresql://", "postgres://")


def _target(_ctx: click.Context, _param: click.Parameter, text: str) -> str:
    if text in FORMATS or text.startswith(DATABASES):
        return text
    known = ", ".join(f"'{name}'" for name in FORMATS)
    raise click.BadParameter(f"{text!r} is not one of {known}, nor an address postgresql://….")


def _names_or_folder(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[str, ...] | Path:
    """Read names of layers between commas, or the folder that they lie in."""
    names = tuple(name.strip() for name in (text or "").split(",") if name.strip())
    from geo.layers.schema import read_schema

    if all(name in read_schema() for name in names):
        return names
    if text and Path(text).is_dir():
        return Path(text)
    wrong = next(name for name in names if name not in read_schema())
    raise click.BadParameter(f"{wrong!r} is neither a layer nor a folder; there are {', '.join(read_schema())}.")


@click.command(epilog=EPILOG)
@click.option(
    "--to", "target", metavar="FORMAT", callback=_target, default="geojson", show_default=True, help="Format."
)
@click.option(
    "--layers",
    "places",
    metavar="NAMES|DIR",
    callback=_names_or_folder,
    help="Layers to write, as in events,routes; or the folder of the built layers.  [default: all of the atlas]",
)
@atlas_option
@as_of_option
@known_by_option
@since_option
@until_option
@bbox_option
@types_option
@click.option("--only", metavar="LAYER", multiple=True, help="A layer to write; may be repeated.  [default: all]")
@profile_option("public")
@delay_option
@click.option(
    "--all", "everything", is_flag=True, help="For acled: also what is only planned, proposed, threatened or denied."
)
@click.option(
    "--out", metavar="PATH", type=click.Path(allow_dash=True, path_type=Path), help="Folder or file, see below."
)
def export(
    target: str,
    places: tuple[str, ...] | Path,
    atlas: Atlas | None,
    as_of: date | None,
    known: date | None,
    since: date | None,
    until: date | None,
    bbox: tuple[float, float, float, float] | None,
    types: tuple[str, ...],
    only: tuple[str, ...],
    profile: str,
    delay_days: int,
    everything: bool,
    out: Path | None,
) -> None:
    """Write built layers in another format, whole or as of a day."""
    database = target.startswith(DATABASES)
    if out is None and not database:
        raise click.UsageError(
            "Nowhere to write to. Give --out PATH: a folder for geojson or qgis, a file for gpkg or acled."
        )
    if known and target == "acled":
        raise click.UsageError("--known-by is not for --to acled.")
    if everything and target != "acled":
        raise click.UsageError("--all is for --to acled.")
    if as_of and (since or until):
        raise click.UsageError("--as-of is one day: give it, or --since and --until.")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}: no day is left.")
    from geo.export.select import Selection
    from geo.layers import known_by, read_layers

    folder = places if isinstance(places, Path) else atlas.layers if atlas else Path()
    layers = known_by(read_layers(folder), known) if known else read_layers(folder)
    names = (*(() if isinstance(places, Path) else places), *only)
    for name in names:
        if name not in layers:
            raise click.BadParameter(f"{name!r} is no layer; there are {', '.join(layers)}.", param_hint="--only")
    wanted = Selection(names, as_of, since, until, bbox, types)
    job = Job(layers, folder, atlas, out, wanted, profile, delay_days, everything)
    if database:
        write_database(target, job)
    elif target == "acled":
        write_acled(job)
    else:
        write_layers(target, job)
