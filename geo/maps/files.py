"""The files of a ``maps/`` folder: pages, pictures and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.maps.basemap import basemap
from geo.maps.page import render_index, render_page
from geo.maps.picture import render_picture
from geo.maps.style import read_style

if TYPE_CHECKING:
    from geo.model import Article
    from geo.settings import Atlas


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every map of an atlas is made from.

    Attributes
    ----------
    atlas
        For the title, the description and the theatre.
    layers
        GeoDataFrames by name, features of all days, WGS 84, longitude first.
    dates
        The days that get a map, sorted.
    articles
        The reports, for sources and for reading a quote where it stands.
    unplaced
        The events that are nowhere on the map.
    """

    atlas: Atlas
    layers: Mapping[str, Any]
    dates: Sequence[date] = ()
    articles: Sequence[Article] = ()
    unplaced: Sequence[Mapping[str, Any]] = ()


def map_file(sheet: Sheet, kind: str, as_of: date | None) -> bytes:
    """Make one map.

    Parameters
    ----------
    sheet
        What it is made from.
    kind
        ``"html"``, ``"png"`` or ``"svg"``.
    as_of
        The day; None for the page with a time slider over all days.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where a picture is asked for without a day.
    """
    atlas = sheet.atlas
    common: dict[str, Any] = {
        "title": atlas.title,
        "basemap": basemap(atlas.theatre.bbox),
        "style": read_style(),
        "bbox": atlas.theatre.bbox,
    }
    if kind != "html":
        if as_of is None:
            raise InputError("a picture shows one day", do="Say which with --as-of YYYY-MM-DD")
        return render_picture(sheet.layers, as_of=as_of, format=kind, **common)
    common |= {
        "description": atlas.description,
        "dates": sheet.dates,
        "articles": sheet.articles,
        "unplaced": sheet.unplaced,
    }
    page = render_page(sheet.layers, as_of=as_of, **common) if as_of else render_index(sheet.layers, **common)
    return page.encode("utf-8")


def map_files(sheet: Sheet, *, progress: Callable[[str, int, int], None]) -> dict[str, bytes]:
    """Make the page with the slider, a page and two pictures for each date, and the list of them.

    Parameters
    ----------
    sheet
        What they are made from.
    progress
        Told after each date.

    Returns
    -------
    dict of str to bytes
        Content by file name.
    """
    files = {"index.html": map_file(sheet, "html", None)}
    for done, day in enumerate(sheet.dates, 1):
        files |= {f"{day}.{kind}": map_file(sheet, kind, day) for kind in ("html", "png", "svg")}
        progress("Drawing maps", done, len(sheet.dates))
    return {**files, "README.md": _readme(sheet.atlas.title, sheet.dates).encode("utf-8")}


def _readme(title: str, dates: Sequence[date]) -> str:
    lines = [
        f"# Maps: {title}",
        "",
        "Built by `sitmap build`; do not edit them. The pages (`index.html` with a time slider, and one page a",
        "date) are made on your machine and open without a network; the pictures below show the same.",
        "",
    ]
    for day in dates:
        lines += [
            f"## {day}",
            "",
            f"![{title} as of {day}]({day}.png)",
            "",
            f"[SVG]({day}.svg) · page: `{day}.html`",
            "",
        ]
    return "\n".join(lines)
