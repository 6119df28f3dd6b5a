"""``sitmap gazetteer import``, ``list`` and ``remove``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import atlas_option, encoding_option, json_option, quiet_option
from geo.cli.output import note, print_json, print_table, progress_bar, show_rows
from geo.settings import Atlas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.gazetteer.importing.run import Result

_GEONAMES = "geonames"
_COUNTS = ("rows", "bad", "skipped", "places", "names")
_FORMATS = ("geonames", "ucdp", "acled", "airwars", "csv", "geojson", "geopackage", "kml", "wikidata")
EPILOG = """\b
Examples:
  sitmap gazetteer import geonames SY,TR            fetch the country files from geonames.org
  sitmap gazetteer import SY.zip alternateNamesV2.zip
  sitmap gazetteer import ged251.csv.gz --name ucdp
  sitmap gazetteer import villages.csv --column name=VILLAGE_EN --column lat=Y --column lon=X --in-country SY
  sitmap gazetteer import camps.gpkg --kind camp --source "a survey of 2024" --licence "CC BY 4.0"

\b
Formats: geonames (dumps), ucdp, acled and airwars (events as CSV), csv, geojson, geopackage, kml, wikidata (JSON).
In an atlas, or with --atlas, the gazetteer goes into seeds/gazetteer/imported/ and belongs to it; else into your data
folder, and is used wherever no atlas is. An interrupted import leaves what was there; the same command goes on.
"""


def _column(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        field, mark, column = value.partition("=")
        if not mark or not column.strip():
            raise click.BadParameter(f"{value!r} is no FIELD=COLUMN. Write it as in --column name=NAME_EN.")
        found[field.strip()] = column.strip()
    return found


def _kind(_ctx: click.Context, _param: click.Parameter, kind: str) -> str:
    from geo.gazetteer.kinds import place_kinds

    if kind and kind not in place_kinds():
        raise click.BadParameter(f"{kind!r} is no kind of place. Use one of {', '.join(place_kinds())}.")
    return kind


def _country(_ctx: click.Context, _param: click.Parameter, code: str) -> str:
    from geo.gazetteer.countries import country_codes

    if code and code.upper() not in country_codes():
        raise click.BadParameter(f"no country has the code {code!r}. Write it as in ISO 3166-1, for example SY.")
    return code.upper()


@click.command("import", epilog=EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="FILE... | geonames COUNTRIES")
@click.option("--name", default="", metavar="NAME", help="Name of the gazetteer.  [default: from the files]")
@click.option("--format", type=click.Choice(_FORMATS), help="Format.  [default: told from the file]")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_column,
    help="Which column tells what: id, name, name_ar, aliases, lon, lat, point, kind, precision_m, precision, country, "
    "admin1, population, source; may be repeated.",
)
@click.option("--kind", default="", metavar="KIND", callback=_kind, help="Kind of places that tell none.")
@click.option("--in-country", default="", metavar="CODE", callback=_country, help="Country of places that tell none.")
@click.option("--source", default="", metavar="TEXT", help="Where the places come from.")
@click.option("--licence", default="", metavar="TEXT", help="Under which licence they are.")
@click.option("--layer", default="", metavar="NAME", help="Layer of a GeoPackage or KML file.  [default: all]")
@encoding_option
@click.option("--strict", is_flag=True, help="Fail at the first bad row.")
@click.option("--base-url", default="", metavar="URL", help="Server for geonames.  [default: GeoNames' own]")
@click.option("--no-alternate-names", is_flag=True, help="For geonames: fetch no names with languages.")
@atlas_option
@json_option
@quiet_option
def import_(
    sources: tuple[str, ...],
    name: str,
    format: str | None,
    columns: dict[str, str],
    kind: str,
    in_country: str,
    source: str,
    licence: str,
    layer: str,
    encoding: str | None,
    strict: bool,
    base_url: str,
    no_alternate_names: bool,
    atlas: Atlas | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Import a gazetteer of your own: GeoNames, events, tables, features, Wikidata."""
    from geo.gazetteer.importing.options import Options
    from geo.gazetteer.importing.run import import_files

    options = Options(
        name=name, format=format or "", columns=columns, kind=kind, country=in_country, source=source, licence=licence,
        encoding=encoding or "", layer=layer, strict=strict,
    )  # fmt: skip
    with progress_bar(quiet=quiet) as progress:
        if sources[0] == _GEONAMES and not Path(_GEONAMES).exists():
            from geo.gazetteer.importing.download import Server, country_list, fetch_geonames

            codes = country_list(sources[1:])
            server = Server(base_url)
            paths = fetch_geonames(codes, server=server, alternate_names=not no_alternate_names, tell=progress)
        else:
            paths = tuple(Path(path) for path in sources)
        result = import_files(paths, atlas, options=options, tell=progress)
    if as_json:
        _print_result(result)
    _tell(result, quiet=quiet)


def _print_result(result: Result) -> None:
    counts = result.counts
    print_json(
        {
            **_told(result.meta),
            "path": str(result.path),
            "told": counts.told,
            "skipped_by": dict(sorted(counts.skipped.items())),
            "twice": result.twice,
            "resumed": result.resumed,
        }
    )


def _told(meta: Mapping[str, str]) -> dict[str, str | int]:
    """Give what a file says about itself, its counts as numbers."""
    return {key: int(value) if key in _COUNTS else value for key, value in meta.items()}


def _tell(result: Result, *, quiet: bool) -> None:
    from geo.gazetteer.importing.problems import told_counts

    counts, meta = result.counts, result.meta
    for message in counts.told:
        click.echo(f"{click.style('warning', fg='yellow')}: {message}", err=True)
    if counts.bad > len(counts.told):
        note(f"{counts.bad - len(counts.told):,} more bad rows are not shown. --strict fails at the first.")
    rows = [("format", meta["format"]), ("rows", f"{counts.rows:,}"), ("places", f"{int(meta['places']):,}")]
    rows += [("bad rows", f"{counts.bad:,}")] if counts.bad else []
    rows += [("left out", told_counts(counts.skipped))] if counts.skipped else []
    rows += [("ids that stood before", f"{result.twice:,}")] if result.twice else []
    rows += [("kind guessed", told_counts(counts.guessed))] if counts.guessed else []
    rows += [("licence", meta["licence"])] if meta["licence"] else []
    rows += [("name the source", meta["attribution"])] if meta["attribution"] else []
    rows += [("gone on with", "an import that was interrupted")] if result.resumed else []
    show_rows(result.name, [*rows, ("written to", str(result.path))], quiet=quiet)


@click.command("list")
@atlas_option
@json_option
def list_(atlas: Atlas | None, as_json: bool) -> None:
    """List the imported gazetteers of an atlas, or your own."""
    from geo.gazetteer.importing.library import imported_folder, list_imported

    found = list_imported(atlas)
    if as_json:
        for one in found:
            print_json({**_told(one.meta), "name": one.name, "path": str(one.path), "bytes": one.path.stat().st_size})
        return
    if not found:
        note(f"Nothing is imported in {imported_folder(atlas)}.")
        return
    rows = [
        (
            one.name, one.meta["format"], f"{int(one.meta['places']):,}", f"{one.path.stat().st_size / 1e6:,.1f} MB",
            one.meta["licence"], one.meta["files"],
        )
        for one in found
    ]  # fmt: skip
    print_table(("name", "format", "places", "size", "licence", "from"), rows)


@click.command("remove")
@click.argument("name")
@atlas_option
def remove(name: str, atlas: Atlas | None) -> None:
    """Remove an imported gazetteer from an atlas, or from your own."""
    from geo.gazetteer.importing.library import remove_imported

    note(f"Removed {remove_imported(name, atlas)}.")
