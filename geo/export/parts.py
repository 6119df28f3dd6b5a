"""What an export is made from: layers with their source, selected and flattened, and the style of their atlas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.export.flat import Flat, named_sides
from geo.export.geopackage import About
from geo.export.select import Selection

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.gazetteer import Gazetteer
    from geo.maps.files import Sheet
    from geo.settings import Atlas


@dataclass(frozen=True, slots=True)
class Source:
    """Where the layers of an export come from.

    Attributes
    ----------
    layers
        All of them, by name, as `geo.layers.read_layers` gives them.
    folder
        Where they lie, for their manifest; None where they lie nowhere.
    atlas
        For title, window and the colours of the sides; None where there is none.
    gazetteer
        Gives the gazetteer of the atlas, for towns and roads; asked only by formats that draw.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    folder: Path | None = None
    atlas: Atlas | None = None
    gazetteer: Callable[[], Gazetteer] | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a format is written from.

    Attributes
    ----------
    layers, flats
        The features, by layer; the same.
    about
        What the export says about itself.
    source, wanted
        As given.
    name
        Of files that need one: the name of the output without its ending.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    flats: Mapping[str, Flat]
    about: About
    source: Source
    wanted: Selection
    name: str = ""
    bag: dict[str, Any] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """Give what maps are made from: style, window, gazetteer."""
        if "sheet" not in self.bag:
            self.bag["sheet"] = _sheet(self)
        sheet: Sheet = self.bag["sheet"]
        return sheet

    @property
    def style(self) -> Any:
        """The style, with the sides of the atlas and of the features."""
        if "style" not in self.bag:
            self.bag["style"] = _style(self)
        return self.bag["style"]


def _style(parts: Parts) -> Any:
    from geo.events.actors import read_actors
    from geo.maps.style import read_style

    book = parts.source.atlas.seeds / "actors.toml" if parts.source.atlas else None
    known = read_actors(book).sides if book and book.is_file() else {}
    named = {
        id: {"label": s.name, **{k: v for k, v in (("color", s.color), ("hatch", s.hatch)) if v}}
        for id, s in known.items()
    }
    found = {side for flat in parts.flats.values() for side in named_sides(flat)}
    return read_style({"sides": named}, sides={*known, *found})


def _sheet(parts: Parts) -> Sheet:
    from geo.gazetteer import open_gazetteer
    from geo.layers.frames import make_frame
    from geo.layers.schema import read_schema
    from geo.maps.files import Sheet, window_of
    from geo.settings import Atlas

    atlas = parts.source.atlas or Atlas(Path(), parts.about.title)
    gazetteer = parts.source.gazetteer() if parts.source.gazetteer else open_gazetteer(parts.source.atlas)
    whole = {n: parts.layers[n] if n in parts.layers else make_frame(s, []) for n, s in read_schema().items()}
    return Sheet(atlas, whole, atlas.theatre.bbox or window_of(whole), gazetteer, atlas.dates, style=parts.style)
