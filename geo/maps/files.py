"""The files of a ``maps/`` folder: pages, pictures and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.events.actors import KnownSide, read_actors
from geo.gazetteer.files import digest
from geo.layers.geojson import to_geojson
from geo.maps.basemap import basemap
from geo.maps.cache import code_and_versions, forget_others, kept, map_cache
from geo.maps.page import render_index, render_page
from geo.maps.style import Style, read_style

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.model import Article
    from geo.settings import Atlas

Window = tuple[float, float, float, float]
VAGUE_M = 200_000.0
# Far from the middle is what lies so many times farther than half of all does, and at least so many degrees.
FAR = 4.0
LEAST_FAR = 2.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every map of an atlas is made from.

    Attributes
    ----------
    atlas
        For the title and the description.
    layers
        GeoDataFrames by name, features of all days, WGS 84, longitude first.
    bbox
        West, south, east, north in degrees.
    gazetteer
        For the towns and roads that lie beneath.
    dates
        The days that get a map, sorted.
    articles
        The reports, for sources and for reading a quote where it stands; data sets stand among them without text.
    unplaced
        The events that are nowhere on the map.
    style
        Colours and symbols, with the sides of the atlas.
    """

    atlas: Atlas
    layers: Mapping[str, Any]
    bbox: Window
    gazetteer: Gazetteer
    dates: tuple[date, ...] = ()
    articles: tuple[Article, ...] = ()
    unplaced: tuple[Mapping[str, Any], ...] = ()
    style: Style | None = None


def make_sheet(
    atlas: Atlas,
    layers: Mapping[str, Any],
    gazetteer: Gazetteer,
    *,
    dates: Sequence[date] = (),
    articles: Sequence[Article] = (),
    unplaced: Sequence[Mapping[str, Any]] = (),
) -> Sheet:
    """Put together what the maps of an atlas are made from; its window is the theatre's, else that of the layers."""
    bbox = atlas.theatre.bbox or window_of(layers)
    return Sheet(atlas, layers, bbox, gazetteer, tuple(dates), tuple(articles), tuple(unplaced), atlas_style(atlas))


def atlas_style(atlas: Atlas) -> Style:
    """Give the style of an atlas: the packaged one, with the names and colours of its sides."""
    sides = read_actors(atlas.seeds / "actors.toml").sides
    named = {id: {"label": side.name, **_given(side)} for id, side in sides.items()}
    return read_style({"sides": named}, sides=sides)


def _given(side: KnownSide) -> dict[str, str]:
    return {key: value for key, value in (("color", side.color), ("hatch", side.hatch)) if value}


def window_of(layers: Mapping[str, Any]) -> Window:
    """Give the window that holds the events, areas and routes, with a margin; the whole world where there is none.

    Parameters
    ----------
    layers
        GeoDataFrames by name, WGS 84, longitude first.

    Returns
    -------
    tuple of float
        West, south, east, north in degrees. What is known no better than to 200 km does not count: a whole country
        must not shrink a town to a dot; nor does what lies far from most of it, as the hall where talks are held.
    """
    import numpy as np

    events, areas, routes = layers["events"], layers["areas"], layers["routes"]
    sharp = [frame[frame["precision_m"] <= VAGUE_M] for frame in (events, areas, routes)]
    bounds = np.vstack([frame.bounds.to_numpy(dtype=float).reshape(-1, 4) for frame in sharp])
    if not len(bounds):
        return -180.0, -60.0, 180.0, 80.0
    centres = (bounds[:, :2] + bounds[:, 2:]) / 2
    away = np.abs(centres - np.median(centres, axis=0)).max(axis=1)
    near = bounds[away <= max(FAR * float(np.median(away)), LEAST_FAR)]
    (west, south), (east, north) = near[:, :2].min(axis=0).tolist(), near[:, 2:].max(axis=0).tolist()
    margin = max(0.1 * (east - west), 0.1 * (north - south), 0.05)
    return max(west - margin, -180.0), max(south - margin, -90.0), min(east + margin, 180.0), min(north + margin, 90.0)


def map_file(sheet: Sheet, kind: str, as_of: date | None) -> bytes:
    """Make one map.

    Parameters
    ----------
    sheet
        What it is made from.
    kind
        ``"html"``, ``"png"``, ``"svg"`` or ``"pdf"``.
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
    if kind != "html":
        if as_of is None:
            raise InputError("a picture shows one day", do="Say which with --as-of YYYY-MM-DD")
        from geo.maps.pictures import picture_file  # matplotlib: not for maps that are kept

        return picture_file(sheet, kind, as_of)
    common: dict[str, Any] = {
        "title": sheet.atlas.title,
        "basemap": basemap(sheet.bbox, sheet.gazetteer),
        "bbox": sheet.bbox,
        "unplaced": sheet.unplaced,
        "style": sheet.style,
        "description": sheet.atlas.description,
        "dates": sheet.dates,
        "articles": sheet.articles,
        "countries": sheet.atlas.theatre.countries,
    }
    if as_of is None:
        return render_index(sheet.layers, **common).encode("utf-8")
    index = "index.html" if sheet.dates else ""  # a page made alone has none to lead back to
    return render_page(sheet.layers, as_of=as_of, index=index, **common).encode("utf-8")


def map_files(sheet: Sheet, *, progress: Callable[[str, int, int], None], fresh: bool = False) -> dict[str, bytes]:
    """Make the page with the slider, a page and two pictures for each date, and the list of them.

    Parameters
    ----------
    sheet
        What they are made from.
    progress
        Told after each date.
    fresh
        Draw all of them, also those that an earlier build of the same content has drawn and kept.

    Returns
    -------
    dict of str to bytes
        Content by file name.
    """
    folder, basis = map_cache(sheet.atlas.root), _basis(sheet)
    keys: set[str] = set()

    def drawn(kind: str, day: date | None) -> bytes:
        keys.add(key := digest([basis, kind, str(day)]))
        return map_file(sheet, kind, day) if fresh else kept(folder, key, lambda: map_file(sheet, kind, day))

    files = {"index.html": drawn("html", None)}
    for done, day in enumerate(sheet.dates, 1):
        files |= {f"{day}.{kind}": drawn(kind, day) for kind in ("html", "png", "svg")}
        progress("Drawing maps", done, len(sheet.dates))
    if not fresh:
        forget_others(folder, keys)
    return {**files, "README.md": _readme(sheet.atlas.title, sheet.dates).encode("utf-8")}


def _basis(sheet: Sheet) -> str:
    """Hash all that the maps of a sheet are made from."""
    layers = [part for name, frame in sheet.layers.items() for part in (name, to_geojson(frame))]
    about = sheet.atlas
    atlas = (
        about.title,
        about.description,
        about.theatre,
        sheet.bbox,
        sheet.dates,
        sheet.articles,
        sheet.unplaced,
        sheet.style,
    )
    return digest([code_and_versions(), sheet.gazetteer.version, repr(atlas), *layers])


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
