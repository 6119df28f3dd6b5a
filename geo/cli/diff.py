"""``sitmap diff``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import atlas_option, json_option, layers_option
from geo.cli.output import note, print_bytes, print_json, print_table
from geo.settings import REACH_M, Atlas

if TYPE_CHECKING:
    from geo.control.compare import Comparison
    from geo.control.probable import Likelihood
    from geo.control.records import ControlPoint, Zone

_COLUMNS = ("id", "from", "to", "before", "after", "area_km2")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EPILOG = """\b
Examples:
  sitmap diff 2016-07-20 2016-08-10
  sitmap diff 2016-07-20 2016-08-10 --json
  sitmap diff 2016-07-20 2016-08-10 --out changes.geojson --picture changes.png
  sitmap diff july.geojson august.geojson --spacing 500

\b
Areas are on the ellipsoid. Of days of an atlas, the interval in brackets is what the doubt about the line leaves open.
Files hold polygons; a column holder or side says whose they are. Where there is none, the front line is the part of
their boundary beyond which the country goes on: what runs along a coast or a border is left out.
"""


@click.command(epilog=EPILOG)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@layers_option
@atlas_option
@click.option(
    "--spacing",
    type=click.FloatRange(min=0, min_open=True),
    default=1000.0,
    show_default=True,
    metavar="METRES",
    help="Distance between the vertices that front lines are measured with.",
)
@json_option
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="GeoJSON file of the ground that changed hands; - is standard output.",
)
@click.option(
    "--picture",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Both days side by side, as .png or .svg.",
)
def diff(
    before: str,
    after: str,
    folder: Path | None,
    atlas: Atlas | None,
    spacing: float,
    as_json: bool,
    out: Path | None,
    picture: Path | None,
) -> None:
    """Tell what changed hands between two days, or between two files of polygons."""
    kind = _kind(picture)
    days = [_day(text) for text in (before, after)]
    if (days[0] is None) != (days[1] is None):
        raise click.UsageError("Give two days (YYYY-MM-DD), or two files of polygons.")
    old, new, points = _days(days, folder, atlas) if days[0] else (_read(before), _read(after), None)
    found = _compare(old, new, points, spacing, atlas)
    names = (before, after) if days[0] else (Path(before).stem, Path(after).stem)
    if out is not None:
        _write_changes(found, names, out)
    if picture is not None:
        _write_picture(picture, kind, (old, new), found, names, atlas)
    if as_json:
        from geo.control.compare import as_record

        print_json(as_record(found, before=names[0], after=names[1]))
    elif str(out) != "-":
        _print(found)


def _kind(picture: Path | None) -> str:
    ending = picture.suffix.lstrip(".").lower() if picture else "png"
    if ending not in {"png", "svg"}:
        raise click.BadParameter(f"{str(picture)!r} ends in neither .png nor .svg.", param_hint="--picture")
    return ending


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day. Write it as YYYY-MM-DD, for example 2016-09-04.") from None


def _read(name: str) -> tuple[Zone, ...]:
    from geo.control.files import read_zones

    return read_zones(Path(name))


Points = dict[date, tuple["ControlPoint", ...]]


def _days(
    days: Sequence[date | None], folder: Path | None, atlas: Atlas | None
) -> tuple[tuple[Zone, ...], tuple[Zone, ...], Points | None]:
    from geo.layers import read_layers
    from geo.layers.zones import points_on, zones_on

    layers = read_layers(folder or (atlas.layers if atlas else Path()))
    wanted = [day for day in days if day]
    points = {day: points_on(layers, day) for day in wanted}
    return zones_on(layers, wanted[0]), zones_on(layers, wanted[1]), points


def _compare(
    old: Sequence[Zone], new: Sequence[Zone], points: Points | None, spacing: float, atlas: Atlas | None
) -> Comparison:
    from geo.control.compare import compare
    from geo.maps.change import territory_of

    alone = len({zone.holder for zone in (*old, *new)}) == 1
    territory = territory_of([*old, *new]) if alone else None
    doubt = _doubt(points, atlas.reach_m if atlas else REACH_M) if points else None
    return compare(old, new, territory=territory, doubt=doubt, spacing_m=spacing)


def _doubt(points: Points, reach_m: float) -> tuple[Likelihood, Likelihood] | None:
    from geo.control.probable import likelihoods

    if not all(points.values()):
        return None
    found = likelihoods(points, reach_m=reach_m)
    first, last = (found[day] for day in points) if len(found) > 1 else (*found.values(), *found.values())
    return first, last


def _write_changes(found: Comparison, names: tuple[str, str], out: Path) -> None:
    import geopandas
    import pandas as pd

    from geo.control.compare import change_rows
    from geo.layers.files import write_files
    from geo.layers.geojson import to_geojson

    rows = change_rows(found, before=names[0], after=names[1])
    # Columns of objects: others would turn None into NaN.
    columns = {name: pd.Series([row[name] for row in rows], dtype=object) for name in _COLUMNS}
    shapes = [row["geometry"] for row in rows]
    content = to_geojson(geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326"))
    if str(out) == "-":
        print_bytes(content)
        return
    write_files(out.parent, {out.name: content})
    note(str(out))


def _write_picture(
    picture: Path,
    kind: str,
    zones: tuple[Sequence[Zone], Sequence[Zone]],
    found: Comparison,
    names: tuple[str, str],
    atlas: Atlas | None,
) -> None:
    from geo.gazetteer import open_gazetteer
    from geo.layers.files import write_files
    from geo.maps.change import render_change
    from geo.maps.files import atlas_style

    mine = atlas if atlas and _day(names[0]) else None
    content = render_change(
        *zones,
        found,
        days=names,
        title=f"{mine.title}: what changed hands" if mine else "What changed hands",
        gazetteer=open_gazetteer(atlas, notify=note),
        style=atlas_style(mine) if mine else None,
        format=kind,
    )
    write_files(picture.parent, {picture.name: content})
    note(str(picture))


def _print(found: Comparison) -> None:
    head = ("holder", "before km²", "after km²", "gained km²", "lost km²")
    rows = [
        (
            balance.holder,
            _number(balance.before),
            _number(balance.after) + _range(found.areas.get(balance.holder)),
            _number(balance.gained) + _range(found.gained.get(balance.holder)),
            _number(balance.lost) + _range(found.lost.get(balance.holder)),
        )
        for balance in found.balances
    ]
    print_table(head, rows)
    changed = [(c.old or "unknown", c.new or "unknown", _number(c.area_m2)) for c in found.changes]
    if changed:
        print_table(("from", "to", "km²"), changed)
    else:
        click.echo("No ground changed hands.")
    a, b = (length / 1000 for length in found.lengths_m)
    click.echo(f"Front line: {a:,.1f} km before, {b:,.1f} km after, with a vertex every {found.spacing_m:g} m.")


def _number(square_metres: float) -> str:
    return f"{square_metres / 1e6:,.1f}"


def _range(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" ({interval[0] / 1e6:,.1f} to {interval[1] / 1e6:,.1f})"
