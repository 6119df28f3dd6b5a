"""What ``sitmap export`` does for each kind of target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.output import note, print_bytes
from geo.settings import Atlas

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.export.parts import Source
    from geo.export.select import Selection


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be exported, and where to.

    Attributes
    ----------
    layers
        All of them, by name, as they were known on the day that was asked for.
    folder
        Where they lie.
    atlas
        For its gazetteer and actors; None where there is none.
    out
        Folder or file; None where the format needs none.
    wanted
        Which features.
    profile, delay_days
        Whom they are for, and what is too young for the public.
    everything
        Whether also what is not said to have happened.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    folder: Path
    atlas: Atlas | None
    out: Path | None
    wanted: Selection
    profile: str
    delay_days: int
    everything: bool = False

    @property
    def source(self) -> Source:
        """Where the layers come from."""
        from geo.export.parts import Source
        from geo.gazetteer import open_gazetteer

        return Source(
            self.layers, layers_folder(self.folder), self.atlas, lambda: open_gazetteer(self.atlas, notify=note)
        )


def layers_folder(folder: Path) -> Path:
    """Give the folder of the layers of an atlas, or the folder itself."""
    return folder / "layers" if (folder / "layers").is_dir() else folder


def write_layers(to: str, job: Job) -> None:
    """Write a format that `geo.export.run` knows."""
    from geo.export.run import export as write

    if job.out is None:
        raise click.UsageError("Nowhere to write to. Give --out PATH: a folder for geojson, a file for gpkg.")
    done = write(job.source, to, job.out, wanted=job.wanted, profile=job.profile, delay_days=job.delay_days)
    for path in done.files:
        note(str(path))
    if not sum(done.counts.values()):
        note("Nothing that was asked for is there: no feature was written.")
        return
    if to == "shp-zip":
        note(
            "Shapefiles cut names of columns to 10 characters and texts to 254 bytes: fields.csv in the zip file tells "
            "the names, csv/ holds the texts."
        )
    if job.profile == "public" and (done.care.coarse or done.care.held_back):
        note(done.care.words)


def write_database(url: str, job: Job) -> None:
    """Write tables of a PostGIS database."""
    from geo.export.postgis import export_postgis

    for table, count in export_postgis(
        job.source, url, wanted=job.wanted, profile=job.profile, delay_days=job.delay_days
    ):
        note(f"{table}: {count:,} features")


def write_acled(job: Job) -> None:
    """Write the events in ACLED's columns."""
    from geo.events import read_actors
    from geo.exchange.acled_write import Writer
    from geo.exchange.divisions import Divisions
    from geo.exchange.export import export_acled
    from geo.exchange.features import lines_of
    from geo.exchange.filters import Filter
    from geo.export.care import publish
    from geo.export.run import this_day
    from geo.export.select import Selection, select
    from geo.gazetteer import open_gazetteer
    from geo.layers import read_unplaced
    from geo.layers.files import write_files

    if job.out is None:
        raise click.UsageError("Nowhere to write to. Give --out FILE for acled, or - for standard output.")
    if job.out.is_dir():
        raise click.UsageError(f"{job.out} is a folder: ACLED's columns are one file. Name it, as in --out events.csv.")
    if job.wanted.layers and "events" not in job.wanted.layers:
        raise click.UsageError("ACLED's columns hold events alone: leave --only out, or say --only events.")
    book = job.atlas.seeds / "actors.toml" if job.atlas else None
    actors = read_actors(book if book and book.is_file() else None)
    gazetteer = open_gazetteer(job.atlas, notify=note)
    writer = Writer(Divisions(gazetteer), actors)
    asked = job.wanted
    since, until = (asked.as_of, asked.as_of) if asked.as_of else (asked.since, asked.until)
    wanted = Filter(since=since, until=until, bbox=asked.bbox, types=asked.types)
    layers, unplaced = dict(job.layers), read_unplaced(layers_folder(job.folder))
    if job.profile == "public":
        layers, unplaced, _ = publish(layers, unplaced, today=this_day(), delay_days=job.delay_days)
    lines = lines_of(select(layers, Selection(as_of=asked.as_of)), unplaced, gazetteer=gazetteer)
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
