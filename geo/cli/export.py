"""``sitmap export``: one command for all formats; a format is a function of `Job` in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import (
    as_of_option,
    atlas_option,
    bbox_option,
    known_by_option,
    layers_option,
    since_option,
    types_option,
    until_option,
)
from geo.cli.output import note, print_bytes
from geo.settings import Atlas

if TYPE_CHECKING:
    import geopandas as gpd

EPILOG = """\b
Examples:
  sitmap export --to geojson --out share
  sitmap export --to geojson --out share --as-of 2016-09-04 --only events --only routes
  sitmap export --to geojson --out share --as-of 2016-08-27 --known-by 2016-09-04
  sitmap export --to acled --out events.csv --since 2016-08-01 --until 2016-08-31
  sitmap export --to acled --out - --all

\b
acled: a CSV file of ACLED's 31 columns; what it has no column for stands in tags, so that sitmap import gives the same
events back. What is only planned, proposed, threatened or denied is left out without --all.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be exported, and where to.

    Attributes
    ----------
    layers
        By name, as of the day that was asked for.
    folder
        Where they lie.
    atlas
        For its gazetteer and actors; None where there is none.
    out
        Folder or file.
    since, until, bbox, types
        Which events; None or empty for all.
    everything
        Whether also what is not said to have happened.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    folder: Path
    atlas: Atlas | None
    out: Path
    since: date | None = None
    until: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    types: tuple[str, ...] = ()
    everything: bool = False


def _geojson(job: Job) -> None:
    from geo.export.geojson import export_geojson

    if job.out.is_file() or str(job.out) == "-":
        raise click.UsageError(f"{job.out} is no folder: GeoJSON is a file a layer.")
    for path in export_geojson(job.layers, job.out):
        note(str(path))


def _acled(job: Job) -> None:
    from geo.events import read_actors
    from geo.exchange.acled_write import Writer
    from geo.exchange.divisions import Divisions
    from geo.exchange.export import export_acled
    from geo.exchange.features import lines_of
    from geo.exchange.filters import Filter
    from geo.gazetteer import open_gazetteer
    from geo.layers import read_unplaced
    from geo.layers.files import write_files

    if job.out.is_dir():
        raise click.UsageError(f"{job.out} is a folder: ACLED's columns are one file. Name it, as in --out events.csv.")
    if "events" not in job.layers:
        raise click.UsageError("ACLED's columns hold events alone: leave --only out, or say --only events.")
    book = job.atlas.seeds / "actors.toml" if job.atlas else None
    actors = read_actors(book if book and book.is_file() else None)
    gazetteer = open_gazetteer(job.atlas, notify=note)
    writer = Writer(Divisions(gazetteer), actors)
    wanted = Filter(since=job.since, until=job.until, bbox=job.bbox, types=job.types)
    where = job.folder / "layers" if (job.folder / "layers").is_dir() else job.folder
    lines = lines_of(job.layers, read_unplaced(where), gazetteer=gazetteer)
    done = export_acled(lines, writer, wanted=wanted, all_modalities=job.everything)
    if str(job.out) == "-":
        print_bytes(done.content)
    else:
        write_files(job.out.parent, {job.out.name: done.content})
    where_to = "" if str(job.out) == "-" else f" in {job.out}"
    note(f"{done.events:,} event{'' if done.events == 1 else 's'}{where_to}.")
    for count, what in ((done.undated, "have no day: event_date is empty"), (done.unplaced, "have no place")):
        if count:
            note(f"{count:,} of them {what}.")
    if done.unreal:
        told = ", ".join(f"{count:,} {modality}" for modality, count in done.unreal.items())
        note(f"Left out, since nobody says that they happened: {told}. --all writes them too.")
    if done.left_out:
        note(f"Left out: {', '.join(f'{count:,} {why}' for why, count in done.left_out.items())}.")


FORMATS: Mapping[str, Callable[[Job], None]] = {"geojson": _geojson, "acled": _acled}
"""What writes each format."""


@click.command(epilog=EPILOG)
@click.option("--to", "target", type=click.Choice(list(FORMATS)), default="geojson", show_default=True, help="Format.")
@layers_option
@atlas_option
@as_of_option
@known_by_option
@since_option
@until_option
@bbox_option
@types_option
@click.option("--only", metavar="LAYER", multiple=True, help="A layer to write; may be repeated.  [default: all]")
@click.option(
    "--all", "everything", is_flag=True, help="For acled: also what is only planned, proposed, threatened or denied."
)
@click.option(
    "--out",
    metavar="PATH",
    type=click.Path(allow_dash=True, path_type=Path),
    help="Folder for geojson, file or - for acled.",
)
def export(
    target: str,
    folder: Path | None,
    atlas: Atlas | None,
    as_of: date | None,
    known: date | None,
    since: date | None,
    until: date | None,
    bbox: tuple[float, float, float, float] | None,
    types: tuple[str, ...],
    only: tuple[str, ...],
    everything: bool,
    out: Path | None,
) -> None:
    """Write built layers in another format, whole or as of a day."""
    if out is None:
        raise click.UsageError("Nowhere to write to. Give --out DIR for geojson, or --out FILE for acled.")
    from geo.layers import as_of as keep
    from geo.layers import known_by, read_layers

    if known and target != "geojson":
        raise click.UsageError("--known-by is for --to geojson.")
    folder = folder or (atlas.layers if atlas else Path())
    layers = known_by(read_layers(folder), known) if known else read_layers(folder)
    unknown = [name for name in only if name not in layers]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is no layer; there are {', '.join(layers)}.", param_hint="--only")
    chosen = {name: layers[name] for name in only or layers}
    shown = keep(chosen, as_of) if as_of else chosen
    if target == "geojson" and any((since, until, bbox, types, everything)):
        raise click.UsageError("--since, --until, --bbox, --types and --all are for --to acled.")
    if as_of and (since or until):
        raise click.UsageError("--as-of is one day: give it, or --since and --until.")
    days = (since, until) if as_of is None else (as_of, as_of)
    FORMATS[target](Job(shown, folder, atlas, out, *days, bbox, types, everything))
