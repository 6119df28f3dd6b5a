"""The symbols of events: a shape that tells the group, in the side's colour, and a sign that tells the type."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.maps.colour import ink, mix
from geo.maps.picture.canvas import Canvas, draw_path

if TYPE_CHECKING:
    from geo.maps.style import Modality, Side, Style

PALE = 0.45  # share of its colour that the past keeps
SQUARE = 24.0  # the symbols are drawn in a square of so many units
_TOKEN = re.compile(r"[MLCQZ]|-?[0-9.]+")
_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "Q": Path.CURVE3, "C": Path.CURVE4}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


@cache
def read_path(data: str) -> Path:
    """Read SVG path data that uses the absolute commands M, L, C, Q and Z alone (SVG 2, section 9.3)."""
    tokens = _TOKEN.findall(data)
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    start, command, i = (0.0, 0.0), "M", 0
    while i < len(tokens):
        if tokens[i] in "MLCQZ":
            command = tokens[i]
            i += 1
        if command == "Z":
            vertices.append(start)
            codes.append(Path.CLOSEPOLY)
            continue
        count = _POINTS[command]
        numbers = [float(token) for token in tokens[i : i + 2 * count]]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            start = points[0]
        vertices += points
        codes += [_CODES[command]] * count
        i += 2 * count
    return Path(vertices, codes)


def draw_symbol(
    canvas: Canvas,
    style: Style,
    x: float,
    y: float,
    *,
    type: str,
    side: Side,
    modality: Modality,
    size: float = 22,
    past: bool = False,
    z: float = 8,
) -> None:
    """Draw the symbol of an event, its middle at x, y.

    What is reported as real is filled with the side's colour; what is claimed in a lighter tint of it under a dashed
    outline; what did not happen is hollow. What is over by the day is pale.
    """
    kind = style.type(type)
    place = Affine2D().translate(-SQUARE / 2, -SQUARE / 2).scale(size / SQUARE).translate(x, y)
    shape = place.transform_path(read_path(style.shapes[kind.shape]))
    sign = place.transform_path(read_path(style.symbols[kind.symbol]))
    share = modality.opacity * (PALE if past else 1)
    ground = mix("#FFFFFF", side.color, share) if modality.fill else "#FFFFFF"
    dark = side.color if ink(side.color) == "#FFFFFF" else mix(side.color, "#111111", 0.55)
    dark = mix("#FFFFFF", dark, PALE + 0.2) if past else dark
    if modality.fill and not modality.outline:
        draw_path(canvas, shape, fill=ground, edge="#FFFFFF", width=1.2, z=z)
    else:
        draw_path(canvas, shape, fill=ground, edge="#FFFFFF", width=2.6, z=z)
        draw_path(canvas, shape, edge=dark, width=1.3, dash=modality.outline, z=z + 0.001)
    draw_path(canvas, sign, fill=ink(ground) if modality.fill else dark, z=z + 0.002)
    if modality.strike:
        r = size / 2
        draw_path(canvas, Path([(x - r, y + r), (x + r, y - r)]), edge=dark, width=1.6, halo=1, z=z + 0.003)
