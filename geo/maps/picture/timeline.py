"""A strip of time: the events of each side, and how the routes and sieges were, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from matplotlib.path import Path

from geo.errors import InputError
from geo.maps.colour import mix, readable
from geo.maps.picture.canvas import (
    Box,
    Canvas,
    draw_path,
    draw_rectangle,
    draw_text,
    matplotlib_defaults,
    new_canvas,
    text_width,
    to_bytes,
)
from geo.maps.picture.day import Feature, all_features, all_sides
from geo.maps.picture.ground import draw_cross
from geo.maps.picture.labels import shortened
from geo.maps.picture.layout import FORMATS, MARGIN, check_size
from geo.maps.picture.legend import Item, draw_legend, legend_height, legend_items
from geo.maps.picture.panel import SWATCH, draw_footer, draw_title, foot_height
from geo.maps.picture.symbols import draw_symbol
from geo.maps.picture.ticks import time_ticks
from geo.maps.shown import shown_days
from geo.maps.style import Side, Style, read_style
from geo.maps.words import day_words

HEAD, AXIS, NAMES = 52.0, 22.0, (110.0, 280.0)
SYMBOL, STEP = 16.0, 18.0
BAR, ROUTE = 11.0, 24.0
MOST_ROWS = 14  # of symbols on one lane; what is more crowded is counted instead
MOST_EVENTS = 400


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a day lies on the sheet; a day is as wide as its name says, from its first to its last hour."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day begins."""
        days = (self.last - self.first).days + 1
        return self.left + (day - self.first).days * (self.right - self.left) / days


@dataclass(frozen=True, slots=True)
class Spell:
    """A feature with the days on which it shows, cut to the strip."""

    feature: Feature
    first: date
    last: date


def render_timeline(
    layers: Mapping[str, Any],
    *,
    title: str,
    first: date | None = None,
    last: date | None = None,
    marked: Sequence[date] = (),
    style: Style | None = None,
    credits: Sequence[str] = (),
    format: str = "png",
    width_px: int = 1600,
    height_px: int = 1100,
    dpi: float = 144,
    description: str = "",
) -> bytes:
    """Draw events and states over time.

    Parameters
    ----------
    first, last
        The days that the strip runs from and to, both inclusive; those of the layers where they are None.
    marked
        Days that get a line down the strip, such as those that have maps.
    layers, title, style, credits, format, width_px, dpi, description
        As of `geo.maps.picture.render_picture`.
    height_px
        The strip takes no more than it needs of it: the sheet is cut below.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where the layers hold nothing that is dated, or the size leaves no room.
    """
    if format not in FORMATS:
        raise InputError(f"a picture cannot be {format!r}", do=f"Choose one of {', '.join(FORMATS)}")
    check_size(width_px, height_px, dpi)
    style = style or read_style(sides=all_sides(layers))
    spells = _spells(layers, style, first, last)
    days = [day for spell in spells for day in (spell.first, spell.last)]
    if not days:
        raise InputError("there is nothing dated in these layers and days", do="Give other --since and --until")
    with matplotlib_defaults():
        width = width_px * 96 / dpi
        routes = _routes(spells)
        used = [spell.feature for spell in spells]
        names = [*routes, *(feature.side.label for feature in used if feature.layer == "events")]
        room = min(NAMES[1], 0.3 * width, max([NAMES[0], *(text_width(n, 10, bold=True) + 12 for n in names)]))
        axis = Axis(first or min(days), last or max(days), MARGIN + room, width - MARGIN - SYMBOL)
        lanes = _lanes(spells, axis, style)
        named = [*credits, *sorted({feature.source for feature in used if feature.source})]
        inner = width - 2 * MARGIN
        body = AXIS + sum(lane.height for lane in lanes) + ROUTE * len(routes) + 16
        marks = [day for day in marked if axis.first <= day <= axis.last]
        rows = legend_height(_legend(new_canvas(9, 9, 96, font=style.text.font), used, marks, style), inner)
        whole = 2 * MARGIN + HEAD + body + rows + foot_height(named, inner, style)
        canvas = new_canvas(width_px, round(whole * dpi / 96), dpi, font=style.text.font)
        items = _legend(canvas, used, marks, style)
        head = Box(MARGIN, MARGIN, canvas.width - MARGIN, MARGIN + HEAD)
        span = f"{day_words(str(axis.first))} to {day_words(str(axis.last))}"
        draw_title(canvas, title, span, head, style)
        y = _draw_axis(canvas, axis, head.bottom, head.bottom + body - 8, marks, style)
        for lane in lanes:
            y = _draw_lane(canvas, lane, axis, y, room, style)
        for name, states in routes.items():
            y = _draw_route(canvas, name, states, axis, y, room, style)
        draw_legend(canvas, items, Box(MARGIN, head.bottom + body, canvas.width - MARGIN, 0), style)
        foot = Box(MARGIN, 0, canvas.width - MARGIN, canvas.height - MARGIN + 4)
        draw_footer(canvas, named, foot, style, {}, ground=False)
        return to_bytes(canvas, format, title=f"{title}, {span}", description=description)


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of a side, in rows where they would hide each other; or how many there are a day, if too many."""

    side: Side
    placed: tuple[tuple[Spell, int], ...]
    counts: Mapping[date, int]

    @property
    def height(self) -> float:
        """In CSS pixels."""
        rows = 1 + max((row for _, row in self.placed), default=0)
        return (56.0 if self.counts else rows * STEP) + 10


def _spells(layers: Mapping[str, Any], style: Style, first: date | None, last: date | None) -> list[Spell]:
    """Take what shows on any day of the strip; an end that is open runs to the strip's own."""
    names = ("events", "routes", "areas")
    rows = [(name, row, feature) for name in names for row, feature in all_features(layers, name, style)]
    rows = [(name, row, f) for name, row, f in rows if name != "areas" or f.kind == "siege"]
    spans = [(feature, shown_days(name, row)) for name, row, feature in rows]
    known = sorted(day for _, shown in spans for day in (shown.first, shown.last) if day)
    if not known:
        return []
    begin, end = first or date.fromisoformat(known[0]), last or date.fromisoformat(known[-1])
    found = []
    for feature, shown in spans:
        a = max(date.fromisoformat(shown.first) if shown.first else begin, begin)
        b = min(date.fromisoformat(shown.last) if shown.last else end, end)
        if a <= b:
            found.append(Spell(feature, a, b))
    return sorted(found, key=lambda spell: (spell.first, spell.last, spell.feature.layer, spell.feature.id))


def _lanes(spells: Sequence[Spell], axis: Axis, style: Style) -> list[Lane]:
    lanes = []
    for side in style.sides.values():
        mine = [s for s in spells if s.feature.layer == "events" and s.feature.side.id == side.id]
        if not mine:
            continue
        ends: list[float] = []
        placed = []
        for spell in mine:
            x = axis.at(spell.first)
            row = next((i for i, end in enumerate(ends) if end <= x), len(ends))
            ends[row : row + 1] = [max(x + STEP, axis.at(spell.last + timedelta(days=1)))]
            placed.append((spell, row))
        crowded = len(ends) > MOST_ROWS or len(mine) > MOST_EVENTS
        counts = Counter(spell.first for spell in mine) if crowded else {}
        lanes.append(Lane(side, () if crowded else tuple(placed), counts))
    return lanes


def _routes(spells: Sequence[Spell]) -> dict[str, list[Spell]]:
    """Give the states of each route, and the sieges, by name; those first that begin first."""
    found: dict[str, list[Spell]] = {}
    for spell in spells:
        if spell.feature.layer in ("routes", "areas"):
            stretch = f", {spell.feature.section}" if spell.feature.section else ""
            found.setdefault(spell.feature.label + stretch, []).append(spell)
    return found


def _legend(canvas: Canvas, used: Sequence[Feature], marks: Sequence[date], style: Style) -> list[Item]:
    names = ("events", "routes", "areas", "flows", "control", "front_lines")
    items = legend_items(canvas, {name: [f for f in used if f.layer == name] for name in names}, style)
    return [*items, Item("Day of a map", partial(_mark, canvas, style))] if marks else items


def _mark(canvas: Canvas, style: Style, x: float, y: float) -> None:
    _vertical(canvas, x + SWATCH / 2, y - 7, y + 7, style.text.accent, 1.0, dash=(2, 2))


def _draw_axis(canvas: Canvas, axis: Axis, top: float, bottom: float, marked: Sequence[date], style: Style) -> float:
    y = top + AXIS
    ink, faint = style.text.muted, style.basemap["admin1"].color
    right = axis.left
    for tick in time_ticks(axis.first, axis.last, most=int((axis.right - axis.left) / 70)):
        x = axis.at(tick.day)
        _vertical(canvas, x, y - (6 if tick.major else 3), bottom, faint, 0.9 if tick.major else 0.5)
        if x >= right and x + text_width(tick.label, 9) < canvas.width - MARGIN:
            draw_text(canvas, x + 2, y - 8, tick.label, size=9, color=ink, bold=tick.major)
            right = x + text_width(tick.label, 9, bold=tick.major) + 8
    for day in marked:
        x = (axis.at(day) + axis.at(day + timedelta(days=1))) / 2
        _vertical(canvas, x, y - 4, bottom, style.text.accent, 1.0, dash=(2, 2))
    draw_path(canvas, Path([(MARGIN, y), (canvas.width - MARGIN, y)]), edge=ink, width=0.8, z=1)
    return y + 6


def _vertical(
    canvas: Canvas, x: float, top: float, bottom: float, color: str, width: float, dash: Sequence[float] = ()
) -> None:
    draw_path(canvas, Path([(x, top), (x, bottom)]), edge=color, width=width, dash=dash, z=0.5)


def _draw_lane(canvas: Canvas, lane: Lane, axis: Axis, y: float, room: float, style: Style) -> float:
    color = readable(lane.side.color)
    _name(canvas, lane.side.label, y + SYMBOL / 2 + 4, color, room, bold=True)
    bottom = y + lane.height
    if lane.counts:
        _draw_counts(canvas, lane, axis, y, style)
    for spell, row in lane.placed:
        x, middle = axis.at(spell.first), y + row * STEP + SYMBOL / 2
        end = axis.at(spell.last + timedelta(days=1))
        if end > x + SYMBOL + 6:
            tint = mix("#FFFFFF", lane.side.color, 0.45)
            draw_path(canvas, Path([(x + SYMBOL / 2, middle), (end, middle)]), edge=tint, width=3, z=6)
        feature = spell.feature
        draw_symbol(
            canvas, style, x + SYMBOL / 2, middle, type=feature.kind, subtype=feature.subtype, side=feature.side,
            modality=feature.modality or style.modalities["happened"], size=SYMBOL, z=8,
        )  # fmt: skip
    draw_path(
        canvas, Path([(MARGIN, bottom - 4), (canvas.width - MARGIN, bottom - 4)]),
        edge=style.basemap["admin1"].color, width=0.5, z=1,
    )  # fmt: skip
    return bottom


def _draw_counts(canvas: Canvas, lane: Lane, axis: Axis, y: float, style: Style) -> None:
    """Draw a bar a day where there are too many for symbols."""
    most, floor = max(lane.counts.values()), y + 52
    for day, number in sorted(lane.counts.items()):
        left, right = axis.at(day), axis.at(day + timedelta(days=1))
        draw_rectangle(canvas, Box(left, floor - 46 * number / most, right, floor), fill=lane.side.color, z=6)
    draw_text(canvas, MARGIN, y + 30, f"up to {most} a day", size=9, color=style.text.muted)


def _draw_route(
    canvas: Canvas, name: str, states: Sequence[Spell], axis: Axis, y: float, room: float, style: Style
) -> float:
    middle = y + ROUTE / 2
    _name(canvas, name, middle + 4, style.text.color, room)
    for spell in states:
        left, right = axis.at(spell.first), axis.at(spell.last + timedelta(days=1))
        feature = spell.feature
        state = style.states.get(feature.kind)
        box = Box(left, middle - BAR / 2, right, middle + BAR / 2)
        if state is None:
            look = style.areas[feature.kind]
            outline = _outline(box)
            draw_path(canvas, outline, edge=mix(look.color, "#FFFFFF", 0.55), hatch=look.hatch, z=6)
            draw_path(canvas, outline, edge=look.color, width=look.width, z=6.1)
            continue
        draw_rectangle(canvas, box, fill=mix("#FFFFFF", feature.side.color, 0.16), z=5)
        line = Path([(left, middle), (right, middle)])
        draw_path(canvas, line, edge=feature.side.color, width=state.width, dash=state.dash, z=6)
        _vertical_cap(canvas, left, middle, style)
        if state.mark == "cross":
            count = max(1, round((right - left) / 90))
            for i in range(count):
                x = left + (i + 0.5) * (right - left) / count
                draw_cross(canvas, x, middle, color=style.text.color, z=7)
    return y + ROUTE


def _vertical_cap(canvas: Canvas, x: float, middle: float, style: Style) -> None:
    """Mark where a state begins."""
    draw_path(canvas, Path([(x, middle - BAR / 2), (x, middle + BAR / 2)]), edge=style.text.color, width=1.2, z=6.5)


def _outline(box: Box) -> Path:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return Path([*corners, corners[0]], closed=True)


def _name(canvas: Canvas, text: str, y: float, color: str, room: float, *, bold: bool = False) -> None:
    shown = shortened(text, room - 10, partial(text_width, size=10, bold=bold))
    draw_text(canvas, MARGIN, y, shown, size=10, color=color, bold=bold)
