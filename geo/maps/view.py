"""A map that shows itself in a notebook."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.maps.files import Sheet, make_sheet, map_file, window_of
from geo.maps.pictures import caption_of, picture_file
from geo.maps.size import Size
from geo.settings import Atlas, read_atlas

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.maps.caption import Caption

KINDS = ("html", "png", "svg", "pdf")
HEIGHT_PX = 560
NOTEBOOK = Size(900, 620, 96.0)


@dataclass(frozen=True, slots=True, repr=False)
class MapView:
    """A map of layers: a notebook shows it as a page, and it can be saved.

    Attributes
    ----------
    sheet
        What it is made from.
    as_of
        The day that it shows; None for a page with a time slider.
    """

    sheet: Sheet
    as_of: date | None

    def __repr__(self) -> str:
        return f"<map of {self.sheet.atlas.title!r}, {self.as_of or 'all days'}>"

    @property
    def html(self) -> str:
        """The page: one self-contained file that asks no other host for anything."""
        return map_file(self.sheet, "html", self.as_of).decode("utf-8")

    @property
    def caption(self) -> Caption | None:
        """The map of the day in words: what, when, by whom, sources, what is unknown; None for all days."""
        return caption_of(self.sheet, self.as_of) if self.as_of else None

    def _repr_html_(self) -> str:
        """Show the page in a frame of its own, which keeps its styles and scripts apart from the notebook's.

        Where a host's policy lets no frame be, or a converter takes it out, caption and picture remain.
        """
        told = self.caption
        title = told.title if told else self.sheet.atlas.title
        frame = (
            f'<iframe title="{escape(title)}" srcdoc="{escape(self.html)}" width="100%" '
            f'height="{HEIGHT_PX}" style="border: 0"></iframe>'
        )
        if told is None or self.as_of is None:
            return frame
        picture = b64encode(picture_file(self.sheet, "png", self.as_of, size=NOTEBOOK)).decode("ascii")
        return (
            f"<figure>{frame}<figcaption>{escape(told.text)}</figcaption>"
            "<details><summary>The map as a picture</summary>"
            f'<img src="data:image/png;base64,{picture}" alt="{escape(told.alt)}"></details></figure>'
        )

    def save(self, path: Path | str) -> Path:
        """Write the map to a file.

        Parameters
        ----------
        path
            Ending in ``.html``, ``.png``, ``.svg`` or ``.pdf``; a picture needs a day. What lies there is replaced in
            one step.

        Returns
        -------
        Path

        Raises
        ------
        InputError
            Where the ending is another one, or a picture is asked for without a day.
        SitmapError
            Where the file cannot be written; then nothing has changed.
        """
        from geo.layers.files import write_files

        path = Path(path)
        kind = path.suffix.lstrip(".").lower()
        if kind not in KINDS:
            raise InputError("a map is no such file", do="Let its name end in .html, .png, .svg or .pdf", path=path)
        write_files(path.parent, {path.name: map_file(self.sheet, kind, self.as_of)})
        return path


def show_map(
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    as_of: date | None = None,
    title: str = "Map",
    atlas: Atlas | Path | str | None = None,
) -> MapView:
    """Make a map of layers.

    Parameters
    ----------
    layers
        By name, as `geo.read_layers` gives them: WGS 84, longitude first, ``start`` and ``end`` as inclusive ISO days
        or None. Those that are left out are empty.
    as_of
        The day to show, both ends of an interval included; None for a page with a time slider over all days.
    title
        Of the map, where there is no atlas.
    atlas
        The atlas or its folder, for title, window, towns, roads and the colours of the sides; without one the window
        is that of the layers, and the towns are those of the world gazetteer.

    Returns
    -------
    MapView
        Shows itself in a notebook; ``save(path)`` writes it as HTML, PNG, SVG or PDF.
    """
    from geo.gazetteer import open_gazetteer
    from geo.layers.frames import make_frame
    from geo.layers.schema import read_schema

    whole = {name: layers[name] if name in layers else make_frame(s, []) for name, s in read_schema().items()}
    if atlas is None:
        return MapView(Sheet(Atlas(Path(), title), whole, window_of(whole), open_gazetteer(None)), as_of)
    home = atlas if isinstance(atlas, Atlas) else read_atlas(Path(atlas))
    return MapView(make_sheet(home, whole, open_gazetteer(home)), as_of)
