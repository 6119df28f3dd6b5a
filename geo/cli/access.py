"""``sitmap access``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.options import as_day, atlas_required_option, json_option
from geo.cli.output import note, print_json, print_table
from geo.settings import Atlas

if TYPE_CHECKING:
    from geo.access import Question

FORMATS = ("png", "svg", "pdf")
EPILOG = """\b
Examples:
  sitmap access --from "Bab al-Hawa" --to "eastern Aleppo" --on 2016-07-20 --for opposition
  sitmap access --from "Bab al-Hawa" --to "eastern Aleppo" --on 2016-07-20 --for opposition --json
  sitmap access --from "Bab al-Hawa" --to "eastern Aleppo" --over 2016-06-01 2016-09-30
  sitmap access --from Ithriya --to "western Aleppo" --over 2016-01-01 2016-09-30 --picture ways.png

\b
A road counts as its reports tell it: open to its holder, at a risk where it is fought over, called unsafe or under fire
of another side, which does not hold it; cut or closed to all. Where nothing is reported it is open to the side that
holds the places at both ends. What no road of seeds/gazetteer/routes.geojson joins is not reached.
"""


@click.command(epilog=EPILOG)
@click.option("--from", "origin", required=True, metavar="PLACE", help="Where the way begins: a name or an id.")
@click.option("--to", "goal", required=True, metavar="PLACE", help="Where it leads.")
@click.option("--on", "on", metavar="YYYY-MM-DD", callback=as_day, help="On which day.")
@click.option(
    "--over",
    nargs=2,
    metavar="START END",
    callback=lambda ctx, param, days: tuple(as_day(ctx, param, day) for day in days) if days else None,
    help="Over the days from START to END, both included: a row for each change.",
)
@click.option(
    "--for",
    "side",
    default="",
    metavar="SIDE",
    help="For whom: a side, or one of its actors.  [default: who holds the goal that day]",
)
@click.option(
    "--picture",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Picture of the roads over these days, a ribbon each: .png, .svg or .pdf; with --over.",
)
@atlas_required_option
@json_option
def access(
    origin: str,
    goal: str,
    on: date | None,
    over: tuple[date, date] | None,
    side: str,
    picture: Path | None,
    atlas: Atlas,
    as_json: bool,
) -> None:
    """Tell who can get where: by which way, what blocks it, and since when."""
    if (on is None) == (over is None):
        raise click.UsageError("Give a day with --on, or two with --over.")
    if over and over[0] > over[1]:
        raise click.BadParameter(f"{over[0]} is after {over[1]}.", param_hint="--over")
    if picture and not over:
        raise click.UsageError("A picture shows days: give them with --over START END.")
    if picture and picture.suffix.lstrip(".").lower() not in FORMATS:
        what = f"{str(picture)!r} ends in none of .{', .'.join(FORMATS)}."
        raise click.BadParameter(what, param_hint="--picture")
    from geo.access import answer, ask, table

    day = on or (over[1] if over else date.min)
    question = ask(atlas, origin, goal, on=day, side=side)
    if over is None:
        found = answer(question, day)
        if as_json:
            print_json(found)
        else:
            _tell(question, found)
        return
    rows = table(question, *over)
    if as_json:
        for row in rows:
            print_json(row)
    else:
        _tabulate(question, rows)
    if picture:
        _draw(question, over, picture)


def _tell(question: Question, found: dict[str, Any]) -> None:
    side = question.sides[question.side]
    since = f" since {found['since']}{' or before' if found['since_or_before'] else ''}" if found["since"] else ""
    how = "reachable" if found["secure"] else "reachable at a risk" if found["reachable"] else "not reachable"
    how = how if found["known"] else "not known to be reachable"
    click.echo(f"{found['to']} from {found['from']} on {found['on']}, for {side}: {how}{since}")
    if found["reachable"]:
        click.echo(f"by       {' – '.join(found['via'])}")
        weakest = found["weakest"]
        wide = f", {weakest['width_km']} km wide at the narrowest" if weakest.get("width_km") else ""
        click.echo(f"weakest  {weakest['name']}: {weakest['why']}{_since(weakest)} ({_sure(weakest)}){wide}")
        click.echo(f"         {_basis(weakest)}")
    for block in found["blocked_by"]:
        click.echo(f"blocked  {block['name']}: {block['why']}{_since(block)} ({_sure(block)})")
        click.echo(f"         {_basis(block)}")
        for other in block["differing"]:
            click.echo(f"         differs: {other['state']}, {other['holder'] or 'nobody named'} ({other['basis']})")
    if not found["reachable"] and not found["blocked_by"]:
        click.echo("no road of this atlas joins the two")


def _basis(one: dict[str, Any]) -> str:
    told = one["source"] if str(one["basis"]).startswith("event") and one["source"] else one["basis"]
    return f"{told}: “{one['quote']}”" if one["quote"] else str(told)


def _sure(one: dict[str, Any]) -> str:
    return f"{one['certainty']}, last told {one['last_told']}" if one["stale"] else str(one["certainty"])


def _since(one: dict[str, Any]) -> str:
    return f" since {one['since']}" if one["since"] else ""


def _tabulate(question: Question, rows: list[dict[str, Any]]) -> None:
    def line(row: dict[str, Any]) -> tuple[str, ...]:
        how = "yes" if row["secure"] else "at a risk" if row["reachable"] else "no" if row["known"] else "not known"
        return row["from"], row["to"], how, " – ".join(row["via"][1::2]), row["weakest"] or "; ".join(row["blocked_by"])

    note(f"{question.goal.place.name} from {question.origin.place.name}, for {question.sides[question.side]}")
    print_table(("from", "to", "reachable", "by", "weakest, or blocked by"), [line(row) for row in rows])


def _draw(question: Question, over: tuple[date, date], picture: Path) -> None:
    from geo.access import ribbons
    from geo.layers.files import write_files
    from geo.maps.files import atlas_style
    from geo.maps.picture.ribbon import render_ribbons

    first, last = over
    side = question.sides[question.side]
    title = f"{question.origin.place.name} to {question.goal.place.name}, for {side}"
    kind = picture.suffix.lstrip(".").lower()
    rows = ribbons(question, first, last)
    style = atlas_style(question.atlas)
    content = render_ribbons(rows, title=title, first=first, last=last, style=style, format=kind)
    write_files(picture.parent, {picture.name: content})
    note(str(picture))
