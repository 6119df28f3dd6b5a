"""The symbols of events: a shape that tells the group, in the side's colour, and a sign that tells the type."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.maps.colour import contrast, mix
from geo.maps.picture.canvas import Canvas, draw_path

if TYPE_CHECKING:
    from geo.maps.style import Modality, Side, Style

PALE = 0.45  # share of its colour that the past keeps
CORE = 0.78  # size of the filled core of what is only claimed
LEAST_CONTRAST = 2.4  # of a white sign; the signs are large, and the list beside the map says the same in words
SQUARE = 24.0  # the symbols are drawn in a square of so many units
_TOKEN = re.compile(r"[MLCQZ]|-?[0-9.]+")
_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "Q": Path.CURVE3, "C": Path.CURVE4}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


@cache
def read_path(data: str) -> Path:
    """Read SVG path data that uses the absolute commands M, L, C, Q and Z alone (SVG 2, section 9.3)."""
    tokens = _TOKEN.findall(data)
    vertices: list[tuple[float, float]] = []
    codes: list[Any] = []
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
    subtype: str = "",
    z: float = 8,
) -> None:
    """Draw the symbol of an event, its middle at x, y.

    What is reported as real is filled with the side's colour; what is claimed has a filled core in a dashed outline;
    what did not happen is hollow. What is over by the day is pale.
    """
    kind = style.type(type, subtype)
    core = CORE if modality.fill and modality.outline else 1.0
    shape = _placed(style.shapes[kind.shape], x, y, size)
    sign = _placed(style.symbols[kind.symbol], x, y, size * core)
    ground = mix("#FFFFFF", side.color, PALE if past else 1) if modality.fill else "#FFFFFF"
    dark = side.color if contrast(side.color, "#FFFFFF") > LEAST_CONTRAST else mix(side.color, "#111111", 0.55)
    dark = mix("#FFFFFF", dark, PALE + 0.2) if past else dark
    if core < 1 or not modality.fill:
        draw_path(canvas, shape, fill="#FFFFFF", edge="#FFFFFF", width=2.6, z=z)
        draw_path(canvas, shape, edge=dark, width=1.4, dash=modality.outline, z=z + 0.001)
    if modality.fill:
        inner = _placed(style.shapes[kind.shape], x, y, size * core)
        draw_path(canvas, inner, fill=ground, edge="#FFFFFF", width=1.2, z=z + 0.002)
    white = modality.fill and contrast(ground, "#FFFFFF") > LEAST_CONTRAST
    draw_path(canvas, sign, fill="#FFFFFF" if white else "#111111" if modality.fill else dark, z=z + 0.003)
    if modality.strike:
        r = size / 2
        draw_path(canvas, Path([(x - r, y + r), (x + r, y - r)]), edge=dark, width=1.6, halo=1, z=z + 0.004)


def _placed(data: str, x: float, y: float, size: float) -> Path:
    place = Affine2D().translate(-SQUARE / 2, -SQUARE / 2).scale(size / SQUARE).translate(x, y)
    return place.transform_path(read_path(data))
