"""The words around the map: title, sources and caution; and samples of lines and areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from matplotlib.path import Path

from geo.maps.colour import mix
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_text, text_width
from geo.maps.picture.ground import draw_cross
from geo.maps.picture.labels import shortened, wrap
from geo.maps.style import SAME_AS_SIDE, Style

DETAIL = 9.0
LINE = 1.28  # of the size
SWATCH = 30.0
GROUND = "Basemap: Natural Earth, public domain. Equirectangular projection, true to scale in the middle."
SMALL = 520.0  # a sheet so wide gets no large title
LONG_TITLE = 11.0  # of a title that takes two lines


def at_most(lines: list[str], count: int, width: float, measure: Callable[[str], float]) -> list[str]:
    """Cut lines to so many, with an ellipsis where words were left out."""
    if len(lines) <= count:
        return lines
    return [*lines[: count - 1], shortened(" ".join(lines[count - 1 :]), width, measure)]


def draw_route_sample(canvas: Canvas, style: Style, state: str, color: str, x: float, y: float) -> None:
    """Draw a piece of a route in a state."""
    look = style.states[state]
    draw_path(canvas, Path([(x, y), (x + SWATCH, y)]), edge=color, width=look.width, dash=look.dash, z=8)
    if look.mark == "cross":
        draw_cross(canvas, x + SWATCH / 2, y, color=style.text.color, z=8.1)


def draw_area_sample(canvas: Canvas, style: Style, kind: str, color: str, x: float, y: float) -> None:
    """Draw a piece of an area of a kind."""
    look = style.areas[kind]
    shown = color if look.color == SAME_AS_SIDE else look.color
    h = 6.5
    path = Path([(x, y - h), (x + SWATCH, y - h), (x + SWATCH, y + h), (x, y + h), (x, y - h)], closed=True)
    draw_path(canvas, path, fill=shown, opacity=look.fill, z=8)
    if look.hatch:
        draw_path(canvas, path, edge=mix(shown, "#FFFFFF", 0.62), hatch=look.hatch, z=8.1)
    draw_path(canvas, path, edge=shown, width=look.width, dash=look.dash, z=8.2)


def draw_title(canvas: Canvas, title: str, as_of: str, box: Box, style: Style) -> None:
    """Write the title, in smaller letters where it is long, and the day."""
    words = " ".join(title.split())
    for size in (21.0, 19.0, 17.0, 15.0, 13.0):
        measure = partial(text_width, size=size, bold=True)
        if measure(words) <= box.width and (size < 18 or box.width > SMALL):
            break
    lines = [words]
    if measure(words) > box.width:
        size = LONG_TITLE
        measure = partial(text_width, size=size, bold=True)
        lines = at_most(wrap(words, box.width, measure), 2, box.width, measure)
    y = box.top + size
    for line in lines:
        draw_text(canvas, box.left, y, line, size=size, color=style.text.color, bold=True)
        y += size * LINE
    y += 19 - size * LINE if len(lines) == 1 else 3
    draw_text(canvas, box.left, y, f"As reported, {as_of}", size=13, color=style.text.accent, bold=True)


def draw_footer(
    canvas: Canvas, sources: Sequence[str], box: Box, style: Style, marks: Mapping[str, str], *, ground: bool = True
) -> None:
    """Write the sources, the caution, and what the ``ground`` is drawn from if there is any, from the bottom up."""
    lines = _foot_lines(sources, box.width, style, marks, ground=ground)
    y = box.bottom - DETAIL * LINE * (len(lines) - 1)
    for line in lines:
        draw_text(canvas, box.left, y, line, size=DETAIL, color=style.text.muted)
        y += DETAIL * LINE


def foot_height(sources: Sequence[str], width: float, style: Style) -> float:
    """How high the words at the foot are."""
    return len(_foot_lines(sources, width, style, {})) * DETAIL * LINE + 8


def _foot_lines(
    sources: Sequence[str], width: float, style: Style, marks: Mapping[str, str], *, ground: bool = True
) -> list[str]:
    measure = partial(text_width, size=DETAIL)
    named = "; ".join(f"[{marks[s]}] {s}" if s in marks else s for s in sources)
    told = f"Sources: {named}." if sources else "Sources: none named."
    width *= 0.97  # letters fitted to the pixels of a screen run a little wider than they measure
    drawn = f"{style.text.caution} {GROUND}" if ground else style.text.caution
    return [
        *at_most(wrap(told, width, measure), 2, width, measure),
        *at_most(wrap(drawn, width, measure), 3, width, measure),
    ]
