"""The pictures of an atlas: a day, several days, a strip of time, an animation; each tells in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.maps.basemap import basemap
from geo.maps.caption import Caption, caption
from geo.maps.size import Size

if TYPE_CHECKING:
    from geo.maps.files import Sheet
    from geo.maps.style import Style

PICTURES = ("png", "svg", "pdf")
VIEWS = ("map", "multiples", "timeline")
_NO_DATES = "Name them with --dates, or in the atlas's seeds/atlas.toml, under [maps] dates"


def retitled(sheet: Sheet, title: str) -> Sheet:
    """Give the sheet with another title, if that is not empty."""
    return replace(sheet, atlas=replace(sheet.atlas, title=title)) if title else sheet


def credits_of(sheet: Sheet) -> list[str]:
    """Name the data sets that must be credited on a map."""
    return [f"{data.title}, {data.source}" for data in sheet.articles if not data.text]


def caption_of(sheet: Sheet, as_of: date) -> Caption:
    """Describe the map of a day in words (`geo.maps.caption`)."""
    return caption(
        sheet.layers, as_of=as_of, title=sheet.atlas.title, style=sheet.style, credits=credits_of(sheet),
        unplaced=sheet.unplaced,
    )  # fmt: skip


def picture_file(sheet: Sheet, kind: str, as_of: date, *, size: Size | None = None, listing: bool = True) -> bytes:
    """Draw the map of a day.

    Parameters
    ----------
    sheet
        What it is made from.
    kind
        ``"png"``, ``"svg"`` or ``"pdf"``.
    as_of
        The day.
    size
        1600 by 1100 pixels if None.
    listing
        Whether to list the events beside the map.

    Returns
    -------
    bytes
        The same for the same input; its metadata tells in words what it shows.

    Raises
    ------
    InputError
        Where the kind is none of these, or the size leaves no room.
    """
    from geo.maps.picture import render_picture

    told = caption_of(sheet, as_of)
    common = _common(sheet, size)
    return render_picture(
        sheet.layers, as_of=as_of, format=kind, listing=listing, description=told.text, unplaced=sheet.unplaced,
        basemap=basemap(sheet.bbox, sheet.gazetteer), bbox=sheet.bbox,
        countries=sheet.atlas.theatre.countries, **common,
    )  # fmt: skip


def multiples_file(sheet: Sheet, kind: str, dates: Sequence[date] = (), *, size: Size | None = None) -> bytes:
    """Draw the maps of several days side by side; those of the atlas if ``dates`` is empty."""
    from geo.maps.picture.multiples import render_multiples

    days = _days(sheet, dates)
    return render_multiples(
        sheet.layers, dates=days, format=kind, description=_told(sheet, days),
        basemap=basemap(sheet.bbox, sheet.gazetteer), bbox=sheet.bbox,
        countries=sheet.atlas.theatre.countries, **_common(sheet, size),
    )  # fmt: skip


def timeline_file(
    sheet: Sheet,
    kind: str,
    *,
    first: date | None = None,
    last: date | None = None,
    size: Size | None = None,
) -> bytes:
    """Draw the strip of time, from and to the given days, both inclusive; all that the layers hold if None."""
    from geo.maps.picture.timeline import render_timeline

    return render_timeline(
        sheet.layers,
        first=first,
        last=last,
        marked=sheet.dates or sheet.atlas.dates,
        format=kind,
        **_common(sheet, size),
    )


def animation_file(sheet: Sheet, dates: Sequence[date] = (), *, size: Size | None = None) -> bytes:
    """Draw the maps of several days one after the other, as a GIF; those of the atlas if ``dates`` is empty."""
    from geo.maps.picture.animation import render_animation

    days = _days(sheet, dates)
    return render_animation(
        sheet.layers, dates=days, description=_told(sheet, days), basemap=basemap(sheet.bbox, sheet.gazetteer),
        bbox=sheet.bbox,
        countries=sheet.atlas.theatre.countries, **_common(sheet, size or Size(900, 700, 96.0)),
    )  # fmt: skip


def style_file(kind: str, *, size: Size | None = None, style: Style | None = None) -> bytes:
    """Draw all signs of the maps; the sheet is as wide as the size says, and as high as it must be, or a page."""
    if kind == "html":
        from geo.maps.picture.guide_page import render_guide_page

        return render_guide_page(style=style).encode("utf-8")
    from geo.maps.picture.guide import render_guide

    size = size or Size()
    return render_guide(style=style, format=kind, width_px=size.width_px, dpi=size.dpi)


def _common(sheet: Sheet, size: Size | None) -> dict[str, Any]:
    size = size or Size()
    return {
        "title": sheet.atlas.title,
        "style": sheet.style,
        "credits": credits_of(sheet),
        "width_px": size.width_px,
        "height_px": size.height_px,
        "dpi": size.dpi,
    }


def _days(sheet: Sheet, dates: Sequence[date]) -> list[date]:
    days = sorted(set(dates)) or sorted(sheet.dates or sheet.atlas.dates)
    if len(days) < 2:
        raise InputError("there are no two days to draw", do=_NO_DATES)
    return days


def _told(sheet: Sheet, days: Sequence[date]) -> str:
    return " ".join(f"{c.title}: {c.what}" for day in days for c in [caption_of(sheet, day)])
