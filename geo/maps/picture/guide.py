"""The signs of the maps on one sheet, made from the style file: what docs/style.md shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from matplotlib.path import Path

from geo.errors import InputError
from geo.maps.colour import VISIONS, Vision, mix, seen_as
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
from geo.maps.picture.fronts import draw_front_sample, draw_zone_sample
from geo.maps.picture.labels import shortened
from geo.maps.picture.layout import FORMATS, MARGIN
from geo.maps.picture.panel import SWATCH, draw_area_sample, draw_route_sample
from geo.maps.picture.symbols import draw_symbol
from geo.maps.style import OTHER, EventType, Line, Side, Style, read_style

ROW, CELL, HEADING, GAP = 27.0, 232.0, 30.0, 16.0
SIZE = 10.5
WORDS = {
    "protanopia": "no red cones", "deuteranopia": "no green cones",
    "tritanopia": "no blue cones", "grey": "in grey",
}  # fmt: skip
GROUND = {
    "land": "Land", "abroad": "Land outside of the theatre", "water": "Sea and lakes", "river": "River",
    "coast": "Coast",
    "border": "Border", "disputed": "Border, disputed", "admin1": "First-level division", "road": "Road of the atlas",
    "outline": "Built-up area of the atlas", "town": "Town",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A sign: what it is called, and how it is drawn at a left edge and a middle."""

    label: str
    draw: Callable[[Canvas, float, float], None]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its signs in columns of a width."""

    heading: str
    cells: tuple[Cell, ...]
    width: float = CELL


def render_guide(*, style: Style | None = None, format: str = "png", width_px: int = 1600, dpi: float = 144) -> bytes:
    """Draw all signs.

    Parameters
    ----------
    style
        The packaged one if None.
    format
        ``"png"``, ``"svg"`` or ``"pdf"``.
    width_px, dpi
        As of `geo.maps.picture.render_picture`; the sheet is as high as it must be.

    Returns
    -------
    bytes
        The same for the same style.

    Raises
    ------
    InputError
        Where the format is none of these, or the width leaves no room for two columns.
    """
    if format not in FORMATS:
        raise InputError(f"a picture cannot be {format!r}", do=f"Choose one of {', '.join(FORMATS)}")
    width = width_px * 96 / dpi
    if width < 2 * CELL + 2 * MARGIN:
        raise InputError(f"{width_px} pixels at {dpi:g} dpi are too narrow", do="Choose at least 500 for each 96 dpi")
    style = style or read_style()
    shown = blocks(style)
    inner = width - 2 * MARGIN
    height = 2 * MARGIN + 40 + sum(_height(block, inner) for block in shown)
    with matplotlib_defaults():
        canvas = new_canvas(width_px, ceil(height * dpi / 96), dpi, font=style.text.font)
        draw_text(canvas, MARGIN, MARGIN + 20, "Signs of the maps", size=20, color=style.text.color, bold=True)
        y = MARGIN + 40
        for block in shown:
            _draw_block(canvas, block, y, inner, style)
            y += _height(block, inner)
        return to_bytes(canvas, format, title="Signs of the maps")


def _columns(block: Block, inner: float) -> int:
    return max(1, int(inner // block.width))


def _height(block: Block, inner: float) -> float:
    return HEADING + ceil(len(block.cells) / _columns(block, inner)) * ROW + GAP


def _draw_block(canvas: Canvas, block: Block, top: float, inner: float, style: Style) -> None:
    draw_rectangle(canvas, Box(MARGIN, top, MARGIN + inner, top + 0.8), fill=style.basemap["admin1"].color)
    draw_text(canvas, MARGIN, top + 18, block.heading, size=12.5, color=style.text.accent, bold=True)
    columns = _columns(block, inner)
    step = inner / columns
    for i, cell in enumerate(block.cells):
        x, y = MARGIN + (i % columns) * step, top + HEADING + (i // columns) * ROW + ROW / 2
        cell.draw(canvas, x, y)
        room = step - SWATCH - 16
        text = shortened(cell.label, room, partial(text_width, size=SIZE, bold=cell.bold))
        ink = style.text.color
        draw_text(canvas, x + SWATCH + 10, y + 0.36 * SIZE, text, size=SIZE, color=ink, bold=cell.bold)


def blocks(style: Style) -> list[Block]:
    """Give all signs of a style, under their headings."""
    ink = style.text.muted
    states = [Cell(s.label, partial(_route, style, s.id)) for s in style.states.values()]
    areas = [Cell(a.label, partial(_area, style, a.id)) for a in style.areas.values()]
    flows = [Cell(f.label, partial(_flow, style, f)) for f in style.flows.values()]
    ground = [Cell(GROUND.get(look.id, look.id), partial(_ground, style, look)) for look in style.basemap.values()]
    sides = list(style.sides.values())
    colors = (sides[0].color, sides[1].color if len(sides) > 1 else ink)
    held = [
        Cell(look.label, partial(_held, style, look.id, colors[i % 2]))
        for i, look in enumerate(style.control_states.values())
    ]
    fronts = [
        Cell(f"{style.front_lines.label}: {look.label.lower()}", partial(_front, style, look.id, colors))
        for look in style.control_states.values()
    ]
    modalities = [Cell(m.label, partial(_modality, style, m.id)) for m in style.modalities.values()]
    return [
        *_side_blocks(style),
        *_type_blocks(style),
        Block("Whether it was", tuple(modalities)),
        Block("Roads, in the colour of the holder", tuple(states)),
        Block("Areas and movements", (*areas, *flows)),
        Block("Who holds the ground", (*held, *fronts)),
        Block("The ground itself", tuple(ground)),
    ]


def _side_blocks(style: Style) -> list[Block]:
    """Show each side as five readers see it."""
    cells = [
        Cell(side.label if vision == "normal" else WORDS[vision], partial(_side, side, vision), vision == "normal")
        for side in style.sides.values()
        for vision in VISIONS
    ]
    return [Block("Sides, and how they look to colour-blind readers and in grey", tuple(cells), width=200.0)]


def _type_blocks(style: Style) -> list[Block]:
    blocks = []
    for group, label in style.groups.items():
        cells = []
        for name, kind in style.types.items():
            if kind.group != group:
                continue
            cells.append(Cell(kind.label, partial(_type, style, name, ""), True))
            cells += [
                Cell(sub.label, partial(_type, style, name, id.partition("/")[2]))
                for id, sub in style.subtypes.items()
                if id.startswith(f"{name}/") and _is_own(sub, kind)
            ]
        blocks.append(Block(label, tuple(cells)))
    return blocks


def _is_own(subtype: EventType, kind: EventType) -> bool:
    return subtype.symbol != kind.symbol


def _side(side: Side, vision: Vision, canvas: Canvas, x: float, y: float) -> None:
    shown, hatch = seen_as(side.color, vision), side.hatch
    path = _swatch(x, y)
    draw_path(canvas, path, fill=shown, z=8)
    if hatch:
        draw_path(canvas, path, edge=mix(shown, "#FFFFFF", 0.75), hatch=hatch, z=8.1)


def _type(style: Style, name: str, subtype: str, canvas: Canvas, x: float, y: float) -> None:
    draw_symbol(
        canvas, style, x + 15, y, type=name, subtype=subtype, side=next(iter(style.sides.values())),
        modality=style.modalities["happened"], size=22,
    )  # fmt: skip


def _modality(style: Style, id: str, canvas: Canvas, x: float, y: float) -> None:
    kind = next(iter(style.types))
    side = next(iter(style.sides.values()))
    draw_symbol(canvas, style, x + 15, y, type=kind, side=side, modality=style.modalities[id], size=22)


def _route(style: Style, id: str, canvas: Canvas, x: float, y: float) -> None:
    draw_route_sample(canvas, style, id, style.text.muted, x, y)


def _area(style: Style, id: str, canvas: Canvas, x: float, y: float) -> None:
    draw_area_sample(canvas, style, id, style.side(OTHER).color, x, y)


def _flow(style: Style, look: Line, canvas: Canvas, x: float, y: float) -> None:
    color = style.text.muted if look.color == "side" else look.color
    draw_path(canvas, Path([(x, y), (x + SWATCH - 9, y)]), edge=color, width=look.width, dash=look.dash, z=8)
    tip = [(x + SWATCH, y), (x + SWATCH - 10, y - 4.5), (x + SWATCH - 10, y + 4.5), (x + SWATCH, y)]
    draw_path(canvas, Path(tip, closed=True), fill=color, z=8)


def _held(style: Style, state: str, color: str, canvas: Canvas, x: float, y: float) -> None:
    draw_zone_sample(canvas, style, state, color, "", Box(x, y - 9, x + SWATCH, y + 9))


def _front(style: Style, state: str, colors: Sequence[str], canvas: Canvas, x: float, y: float) -> None:
    points = [(x, y + 3), (x + 10, y - 3), (x + 20, y + 3), (x + SWATCH, y - 2)]
    draw_front_sample(canvas, style, state, (colors[0], colors[1]), points)


def _ground(style: Style, look: Line, canvas: Canvas, x: float, y: float) -> None:
    if look.id in ("land", "abroad", "water", "outline"):
        draw_path(canvas, _swatch(x, y), fill=look.color, edge=style.basemap["admin1"].color, width=0.6, z=8)
    elif look.id == "town":
        draw_path(canvas, Path.circle((x + SWATCH / 2, y), 3.4), fill="#FFFFFF", edge=look.color, width=1.1, z=8)
    else:
        line = Path([(x, y), (x + SWATCH, y)])
        draw_path(canvas, line, edge=look.color, width=look.width, dash=look.dash, z=8)


def _swatch(x: float, y: float) -> Path:
    corners = [(x, y - 7), (x + SWATCH, y - 7), (x + SWATCH, y + 7), (x, y + 7), (x, y - 7)]
    return Path(corners, closed=True)
