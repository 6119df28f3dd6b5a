"""The words beside the map: title, numbered events, routes, what lies elsewhere, legend, sources and caution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_text, text_width
from geo.maps.picture.day import Feature, details
from geo.maps.picture.ground import draw_cross
from geo.maps.picture.labels import shortened, wrap
from geo.maps.picture.symbols import draw_symbol
from geo.maps.style import Style

HEADING, ITEM, DETAIL = 11.5, 10.5, 9.0
LINE = 1.28  # of the size
INDENT = 46.0
SWATCH = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A feature of the list; ``number`` is empty where it has none on the map."""

    number: str
    feature: Feature


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its entries, the most important section first."""

    heading: str
    entries: tuple[Entry, ...]
    marked: bool = True


def draw_sections(canvas: Canvas, sections: Sequence[Section], box: Box, style: Style) -> None:
    """Write the list; what finds no room is counted at its end."""
    y = box.top
    left_out = sum(len(section.entries) for section in sections)
    total = left_out
    for section in sections:
        if not section.entries:
            continue
        room = _height(section.entries[0], box, style) + HEADING * LINE + 10
        if y + room > box.bottom - 14:
            break
        y += HEADING
        draw_text(canvas, box.left, y, section.heading, size=HEADING, color=style.text.color, bold=True)
        y += 6
        for entry in section.entries:
            height = _height(entry, box, style)
            if y + height > box.bottom - 14:
                break
            _draw_entry(canvas, entry, Box(box.left, y, box.right, y + height), style, marked=section.marked)
            y += height + 4
            left_out -= 1
        y += 7
    if left_out:
        words = f"and {left_out} more of {total} in the layers" if left_out < total else f"{total} in the layers"
        draw_text(canvas, box.left, box.bottom - 2, words, size=DETAIL, color=style.text.muted, italic=True)


def _lines(entry: Entry, box: Box, style: Style) -> tuple[list[str], list[str]]:
    width = box.right - box.left - INDENT
    label = wrap(entry.feature.label, width, partial(text_width, size=ITEM, bold=True))
    detail = wrap(details(entry.feature), width, partial(text_width, size=DETAIL))
    return _at_most(label, 2, width, partial(text_width, size=ITEM, bold=True)), _at_most(
        detail, 2, width, partial(text_width, size=DETAIL)
    )


def _at_most(lines: list[str], count: int, width: float, measure: Callable[[str], float]) -> list[str]:
    if len(lines) <= count:
        return lines
    return [*lines[: count - 1], shortened(" ".join(lines[count - 1 :]), width, measure)]


def _height(entry: Entry, box: Box, style: Style) -> float:
    label, detail = _lines(entry, box, style)
    return max(20.0, len(label) * ITEM * LINE + len(detail) * DETAIL * LINE)


def _draw_entry(canvas: Canvas, entry: Entry, box: Box, style: Style, *, marked: bool) -> None:
    feature = entry.feature
    middle = box.top + 9
    if marked and feature.modality is not None:
        draw_symbol(
            canvas, style, box.left + 32, middle,
            type=feature.kind, side=feature.side, modality=feature.modality, size=19, past=feature.past,
        )  # fmt: skip
        draw_text(
            canvas, box.left + 18, middle + 4, entry.number,
            size=ITEM, color=style.text.color, bold=True, align="right",
        )  # fmt: skip
    elif feature.layer == "routes":
        draw_route_sample(canvas, style, feature.kind, feature.side.color, box.left + 6, middle)
    elif feature.layer == "areas":
        draw_area_sample(canvas, style, feature.kind, feature.side.color, box.left + 6, middle)
    label, detail = _lines(entry, box, style)
    y = box.top + ITEM * 0.98
    for line in label:
        draw_text(canvas, box.left + INDENT, y, line, size=ITEM, color=style.text.color, bold=True)
        y += ITEM * LINE
    y -= 1
    for line in detail:
        draw_text(canvas, box.left + INDENT, y, line, size=DETAIL, color=style.text.muted)
        y += DETAIL * LINE


def draw_route_sample(canvas: Canvas, style: Style, state: str, color: str, x: float, y: float) -> None:
    """Draw a piece of a route in a state."""
    from matplotlib.path import Path

    look = style.states[state]
    draw_path(canvas, Path([(x, y), (x + SWATCH, y)]), edge=color, width=look.width, dash=look.dash, z=8)
    if look.mark == "cross":
        draw_cross(canvas, x + SWATCH / 2, y, color=style.text.color, z=8.1)


def draw_area_sample(canvas: Canvas, style: Style, kind: str, color: str, x: float, y: float) -> None:
    """Draw a piece of an area of a kind."""
    from matplotlib.path import Path

    from geo.maps.colour import mix
    from geo.maps.style import SAME_AS_SIDE

    look = style.areas[kind]
    shown = color if look.color == SAME_AS_SIDE else look.color
    h = 6.5
    path = Path([(x, y - h), (x + SWATCH, y - h), (x + SWATCH, y + h), (x, y + h), (x, y - h)], closed=True)
    draw_path(canvas, path, fill=shown, opacity=look.fill, z=8)
    if look.hatch:
        draw_path(canvas, path, edge=mix(shown, "#FFFFFF", 0.62), hatch=look.hatch, z=8.1)
    draw_path(canvas, path, edge=shown, width=look.width, dash=look.dash, z=8.2)


def draw_title(canvas: Canvas, title: str, as_of: str, box: Box, style: Style) -> None:
    """Write the title and the day."""
    width = box.width
    size = 21.0
    measure = partial(text_width, size=size, bold=True)
    shown = shortened(" ".join(title.split()), width - 220, measure)
    draw_text(canvas, box.left, box.top + size, shown, size=size, color=style.text.color, bold=True)
    draw_text(
        canvas, box.left, box.top + size + 19, f"As reported, {as_of}", size=13, color=style.text.accent, bold=True
    )


def draw_footer(canvas: Canvas, sources: Sequence[str], box: Box, style: Style) -> None:
    """Write the sources, what the map is drawn from, and the caution, from the bottom up."""
    measure = partial(text_width, size=DETAIL)
    told = "Sources: " + "; ".join(sources) + "." if sources else "Sources: none named."
    drawn = "Basemap: Natural Earth, public domain. Equirectangular projection, true to scale in the middle."
    lines = [
        *_at_most(wrap(told, box.width, measure), 2, box.width, measure),
        *_at_most(wrap(f"{style.text.caution} {drawn}", box.width, measure), 2, box.width, measure),
    ]
    y = box.bottom - DETAIL * LINE * (len(lines) - 1)
    for line in lines:
        draw_text(canvas, box.left, y, line, size=DETAIL, color=style.text.muted)
        y += DETAIL * LINE
