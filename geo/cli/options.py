"""The one registry of options: a command takes its options from here, so that one name means one thing everywhere.

An atlas reaches a command as `geo.settings.Atlas`, or None where the folder holds none and the embedded gazetteer alone
is used; a day as `datetime.date`.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from geo.data import read_csv
from geo.errors import InputError
from geo.settings import Atlas, find_atlas, read_atlas


def as_day(_ctx: click.Context, _param: click.Parameter, text: str | None) -> date | None:
    """Read a day as YYYY-MM-DD."""
    if text is None:
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # fromisoformat also takes 20160904 and 2016-W35-7
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day. Write it as YYYY-MM-DD, for example 2016-09-04.") from None


def _days(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[date, ...]:
    return tuple(day for part in (text or "").split(",") if part.strip() and (day := as_day(ctx, param, part.strip())))


def _size(ctx: click.Context, _param: click.Parameter, text: str | None) -> str | None:
    from geo.maps.size import read_size

    try:
        read_size(text)
    except InputError as error:
        raise click.BadParameter(error.message) from None
    return text


def country_codes(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[str, ...]:
    """Read codes of countries (ISO 3166-1 alpha-2) between commas."""
    codes = tuple(code.strip().upper() for code in (text or "").split(",") if code.strip())
    known = {row["alpha2"] for row in read_csv("countries.csv")} if codes else set()
    for code in codes:
        if code not in known:
            raise click.BadParameter(f"no country has the code {code!r}. Write codes of ISO 3166-1, for example SY,TR.")
    return codes


def _encoding(_ctx: click.Context, _param: click.Parameter, name: str | None) -> str | None:
    try:
        if name is not None:
            b" ".decode(name)
    except LookupError:
        raise click.BadParameter(
            f"{name!r} is no encoding that Python knows. Name it as in cp1256, cp1252 or utf-16."
        ) from None
    except ValueError:  # it is one, in which a lone space is no text
        pass
    return name


def _window(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        do = "Write west,south,east,north in degrees, for example 36.4,35.7,38.1,36.9."
        raise click.BadParameter(f"{text!r} is no window on the Earth. {do}")
    return west, south, east, north


def _types(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (text or "").split(",") if name.strip())
    if names:
        from geo.events.taxonomy import event_types

        for name in names:
            if name not in event_types():
                raise click.BadParameter(f"{name!r} is no type of event. Use any of {', '.join(event_types())}.")
    return names


def _atlas_or_none(_ctx: click.Context, _param: click.Parameter, folder: Path | None) -> Atlas | None:
    return find_atlas(Path()) if folder is None else read_atlas(folder)


def _atlas(_ctx: click.Context, _param: click.Parameter, folder: Path | None) -> Atlas:
    return read_atlas(folder or Path())


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

atlas_option = click.option(
    "--atlas",
    metavar="DIR",
    type=_FOLDER,
    callback=_atlas_or_none,
    help="Folder of the atlas.  [default: this folder if it has seeds/, else the embedded gazetteer alone]",
)
atlas_required_option = click.option(
    "--atlas", metavar="DIR", type=_FOLDER, callback=_atlas, help="Folder of the atlas.  [default: this folder]"
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print no progress and no summary.")
date_option = click.option(
    "--date",
    "published",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="Publication date; only the front matter of an article counts for more.",
)
jsonl_option = click.option(
    "--jsonl",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help='Articles as JSON lines {"id", "text", "date"?, "title"?, "source"?}; - is standard input.',
)
encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    callback=_encoding,
    help="Encoding of the files, for example cp1256.  [default: UTF-8, or a BOM's]",
)
country_option = click.option(
    "--country",
    "countries",
    metavar="CODES",
    callback=country_codes,
    help="Countries that names are likely to mean, as in SY,TR; goes before those of the atlas.",
)
layers_option = click.option(
    "--layers",
    "folder",
    metavar="DIR",
    type=_FOLDER,
    help="Folder of the built layers.  [default: layers/ of the atlas]",
)
as_of_option = click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="Only what holds on this day; both ends of an interval count.",
)
known_by_option = click.option(
    "--known-by",
    "known",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="Only what reports published by this day tell, the day included.",
)
since_option = click.option(
    "--since", metavar="YYYY-MM-DD", callback=as_day, help="Only what lasted to this day or longer, the day included."
)
until_option = click.option(
    "--until", metavar="YYYY-MM-DD", callback=as_day, help="Only what began by this day, the day included."
)
bbox_option = click.option(
    "--bbox", metavar="W,S,E,N", callback=_window, help="Only what lies in this window, in degrees."
)
types_option = click.option(
    "--types", metavar="TYPES", callback=_types, help="Only events of these types, as in airstrike,shelling."
)
dates_option = click.option(
    "--dates", metavar="DAYS", callback=_days, help="Days between commas.  [default: those of the atlas]"
)
size_option = click.option(
    "--size",
    metavar="WxH",
    callback=_size,
    help="Size of a picture: 1600x1100 (pixels), 160x110mm, 6x4in, a4, a4-landscape.  [default: 1600x1100]",
)
dpi_option = click.option(
    "--dpi",
    metavar="N",
    type=click.FloatRange(1, 2400),
    help="Pixels to an inch.  [default: 144, or 300 for a size in mm, cm or in]",
)
title_option = click.option("--title", metavar="TEXT", default="", help="Title of the map.  [default: the atlas's]")
out_file_option = click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="File to write; - is standard output.  [default: named after the day]",
)
out_folder_option = click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
articles_argument = click.argument("articles", nargs=-1, metavar="[ARTICLE]...")


def profile_option(default: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give the option of whom something is for, with the default that fits the command."""
    return click.option(
        "--profile",
        type=click.Choice(["public", "internal"]),
        default=default,
        show_default=True,
        help="Whom it is for: the public gets protected places coarsely, and nothing of the last days.",
    )


delay_option = click.option(
    "--delay",
    "delay_days",
    metavar="DAYS",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="How many days the public profile holds back.",
)
