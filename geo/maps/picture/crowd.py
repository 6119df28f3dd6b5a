"""Very many events on one map: those close together are counted in a ring, in the colours of their sides."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib.path import Path

from geo.maps.colour import mix
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_text
from geo.maps.picture.day import Feature
from geo.maps.picture.labels import Taken
from geo.maps.picture.symbols import PALE
from geo.maps.style import Style

# Symbols that would fill more than this share of the map stand far from their points and hide it.
CROWDED = 0.06
FEW = 20  # events that even a small map may spread out
CELL, ALONE, APART = 44.0, 2, 38.0  # pixels; in a square of that side so many stand alone; rings closer become one


def is_crowded(count: int, frame: Box, size: float) -> bool:
    """Tell whether so many symbols of a size in CSS pixels would hide the map."""
    return count > FEW and count * size**2 > CROWDED * frame.width * frame.height


def gather(points: Sequence[tuple[float, float]]) -> tuple[list[int], list[list[int]]]:
    """Tell which points stand alone and which together, by their numbers.

    Parameters
    ----------
    points
        CSS pixels.

    Returns
    -------
    tuple of list
        Numbers of those that stand alone, in order; groups of the others, the largest first.
    """
    cells: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(points):
        cells.setdefault((int(x // CELL), int(y // CELL)), []).append(number)
    alone = sorted(number for cell in cells.values() if len(cell) <= ALONE for number in cell)
    groups: list[list[int]] = []
    for cell in sorted((cell for cell in cells.values() if len(cell) > ALONE), key=lambda c: (-len(c), c[0])):
        at = middle(points, cell)
        near = next((group for group in groups if math.dist(middle(points, group), at) < APART), None)
        if near is None:
            groups.append(list(cell))
        else:
            near += cell
    return alone, sorted(groups, key=lambda group: (-len(group), group[0]))


def middle(points: Sequence[tuple[float, float]], group: Sequence[int]) -> tuple[float, float]:
    """Give the mean of some of the points."""
    return sum(points[i][0] for i in group) / len(group), sum(points[i][1] for i in group) / len(group)


def draw_rings(
    canvas: Canvas,
    events: Sequence[Feature],
    points: Sequence[tuple[float, float]],
    groups: Sequence[Sequence[int]],
    frame: Box,
    style: Style,
    taken: Taken,
) -> None:
    """Draw a ring for each group of events, with their number in it; what is over by the day is pale in it."""
    for z, group in enumerate(reversed(groups)):
        radius = _radius(len(group))
        x, y = middle(points, group)
        x = min(max(x, frame.left + radius + 2), frame.right - radius - 2)
        y = min(max(y, frame.top + radius + 2), frame.bottom - radius - 2)
        taken.add(Box(x, y, x, y).grown(radius + 2))
        colors = [mix("#FFFFFF", events[i].side.color, PALE) if events[i].past else events[i].side.color for i in group]
        draw_ring(canvas, (x, y), radius, colors, str(len(group)), style, z=8 + z / 100)


def _radius(count: int) -> float:
    return min(24.0, 9.0 + 5.0 * math.log10(count))


def draw_ring(
    canvas: Canvas,
    at: tuple[float, float],
    radius: float,
    colors: Sequence[str],
    text: str,
    style: Style,
    *,
    z: float = 8,
) -> None:
    """Draw one ring, its circumference shared out among the colours of what it counts."""
    draw_path(canvas, Path.circle(at, radius), fill="#FFFFFF", edge="#FFFFFF", width=2.4, z=z)
    start, width = -90.0, min(4.0, 0.3 * radius)
    for color, count in sorted(Counter(colors).items(), key=lambda pair: (-pair[1], pair[0])):
        end = start + 360 * count / len(colors)
        arc = Path.arc(start, end)
        vertices = np.asarray(arc.vertices) * (radius - width / 2) + np.array(at)
        draw_path(canvas, Path(vertices, arc.codes), edge=color, width=width, z=z + 0.002)
        start = end
    size, ink = (8.5 if radius > 13 else 7.0), style.text.color
    y = at[1] + 0.36 * size
    draw_text(canvas, at[0], y, text, size=size, color=ink, bold=True, align="center", z=z + 0.004)
