"""Where things go on the sheet: the list beside the map if it is wide, below if it is high, nowhere if it is small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.errors import InputError
from geo.maps.picture.canvas import Box

FORMATS = ("png", "svg", "pdf")
MARGIN, HEAD, FOOT, PANEL, GUTTER = 18.0, 52.0, 42.0, 318.0, 16.0
# CSS pixels: the least sheet, the least map that may share the sheet with a list, and the least column of a list.
LEAST, LEAST_MAP, COLUMN = (300.0, 220.0), (380.0, 320.0), 230.0
LEAST_SHARE = 0.4  # of a small sheet that the map gets, whatever the legend needs
BELOW = 0.42  # share of a high sheet that list and legend get


@dataclass(frozen=True, slots=True)
class Layout:
    """The rectangles of a sheet, in CSS pixels; ``lists`` are the columns of the list, none where it has no room.

    Attributes
    ----------
    head, chart, legend, foot
        Title, map, legend and sources; the legend's top is where it may begin, and it stands at the bottom.
    lists
        Columns, left to right, down to where the legend begins.
    """

    head: Box
    chart: Box
    legend: Box
    foot: Box
    lists: tuple[Box, ...]

    @property
    def small(self) -> bool:
        """Whether there is no list, so that numbers on the map would lead nowhere."""
        return not self.lists


def lay_out(width: float, height: float, legend: Callable[[float], float], *, listing: bool = True) -> Layout:
    """Divide a sheet.

    Parameters
    ----------
    width, height
        In CSS pixels.
    legend
        Gives the height of the legend in a width: where it lies under the map alone, the map leaves it room.
    listing
        Whether there shall be a list.
    """
    inner = Box(MARGIN, MARGIN, width - MARGIN, height - MARGIN)
    head, foot = _head(width), FOOT if width > 560 else FOOT + 12
    top, bottom = inner.top + head, inner.bottom - foot
    title = Box(inner.left, inner.top, inner.right, top)
    feet = Box(inner.left, bottom, inner.right, inner.bottom + 4)
    room = (inner.width, bottom - top)
    if listing and room[0] - PANEL - GUTTER >= LEAST_MAP[0] and room[1] >= LEAST_MAP[1] and width >= 1.1 * height:
        chart = Box(inner.left, top, inner.right - PANEL - GUTTER, bottom)
        panel = Box(chart.right + GUTTER, top, inner.right, bottom)
        return Layout(title, chart, panel, feet, (panel,))
    if listing and room[0] >= LEAST_MAP[0] and (1 - BELOW) * room[1] >= LEAST_MAP[1]:
        chart = Box(inner.left, top, inner.right, top + (1 - BELOW) * room[1])
        columns = max(1, int((inner.width + GUTTER) // (COLUMN + GUTTER)))
        step = (inner.width + GUTTER) / columns
        lists = tuple(
            Box(inner.left + i * step, chart.bottom + GUTTER, inner.left + (i + 1) * step - GUTTER, bottom)
            for i in range(columns)
        )
        return Layout(title, chart, Box(inner.left, chart.bottom + GUTTER, inner.right, bottom), feet, lists)
    chart = Box(inner.left, top, inner.right, max(bottom - legend(inner.width), top + LEAST_SHARE * room[1]))
    return Layout(title, chart, Box(inner.left, chart.bottom, inner.right, bottom), feet, ())


def _head(width: float) -> float:
    return HEAD if width > 560 else 44.0


def check_size(width_px: float, height_px: float, dpi: float) -> None:
    """Refuse a size that leaves no room for a map.

    Raises
    ------
    InputError
        Where it is smaller than 300 by 220 CSS pixels, or larger than a computer should be asked for.
    """
    wide, high = LEAST
    if not dpi > 0 or width_px * 96 / dpi < wide or height_px * 96 / dpi < high:
        raise InputError(
            f"{width_px:g} by {height_px:g} pixels at {dpi:g} dpi leave no room for the map",
            do=f"Choose at least {wide:g} by {high:g} pixels for each 96 dpi (80 by 59 mm), or fewer dpi",
        )
    if width_px * height_px > 200_000_000:
        raise InputError(
            f"{width_px:g} by {height_px:g} pixels are too many", do="Choose at most 200 million, or fewer dpi"
        )
