"""Where labels and symbols go: greedily, the most important first, so that none hides another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from geo.maps.picture.canvas import Box

# Side of the squares that the sheet is divided into, so that a box is compared with its neighbours only.
CELL = 64.0
# Labels stay so far apart.
ROOM = 2.0


@dataclass(slots=True)
class Taken:
    """What is occupied already."""

    cells: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        """Occupy a rectangle."""
        for cell in _cells(box):
            self.cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Tell whether nothing that is occupied overlaps it."""
        return not any(box.overlaps(other) for cell in _cells(box) for other in self.cells.get(cell, ()))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(box.left / CELL), math.floor(box.right / CELL) + 1):
        for row in range(math.floor(box.top / CELL), math.floor(box.bottom / CELL) + 1):
            yield column, row


@dataclass(frozen=True, slots=True)
class Label:
    """A label to be placed.

    Attributes
    ----------
    text
        What it says.
    x, y
        The point it belongs to, in CSS pixels.
    width, height
        Its size; the height is that of capital letters.
    gap
        How far it stays from the point.
    centred
        Whether it may lie over the point: the label of an area.
    reach
        How much further from the point it may go, step by step.
    dot
        Radius of the dot at the point, which no other label covers; 0 for none.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    gap: float = 4.0
    centred: bool = False
    reach: tuple[float, ...] = (0.0, 12.0)
    dot: float = 0.0


def place_labels(labels: Sequence[Label], frame: Box, taken: Taken) -> list[Box | None]:
    """Place labels, the first ones first.

    Parameters
    ----------
    labels
        In order of importance.
    frame
        No label reaches beyond it.
    taken
        What is occupied; the boxes of the labels that found room are added.

    Returns
    -------
    list of Box or None
        Where each label goes, None where there is no room for it. No two boxes overlap, nor any box and what was taken.
    """
    placed: list[Box | None] = []
    words = Taken()
    for label in labels:
        dot = Box(label.x, label.y, label.x, label.y).grown(label.dot)
        found = None
        # A symbol may cover a dot, for it stands for the same place; words may not.
        if not label.dot or words.is_free(dot):
            found = next((b for b in _candidates(label) if frame.holds(b) and taken.is_free(b.grown(ROOM))), None)
        if found is not None:
            for box in (found, dot) if label.dot else (found,):
                taken.add(box)
                words.add(box)
        placed.append(found)
    return placed


def _candidates(label: Label) -> Iterator[Box]:
    """Give the positions in the order that readers like (Imhof 1975): right, left, above, below, and the corners."""
    w, h = label.width, label.height
    x, y = label.x, label.y
    if label.centred:
        for dy in (0, -1.3 * h, 1.3 * h, -2.6 * h, 2.6 * h):
            yield Box(x - w / 2, y + dy - h / 2, x + w / 2, y + dy + h / 2)
        return
    for further in label.reach:
        yield from _around(x, y, w, h, label.gap + further)


def _around(x: float, y: float, w: float, h: float, g: float) -> Iterator[Box]:
    d = 0.7 * g
    corners = (
        (x + g, y - h / 2),
        (x + d, y - d - h),
        (x + d, y + d),
        (x - g - w, y - h / 2),
        (x - w / 2, y - g - h),
        (x - w / 2, y + g),
        (x - d - w, y - d - h),
        (x - d - w, y + d),
    )
    for left, top in corners:
        yield Box(left, top, left + w, top + h)


def place_symbols(points: Sequence[tuple[float, float]], size: float, frame: Box, taken: Taken) -> list[Box]:
    """Place symbols on their points, or, where others are already there, as near as there is room.

    Parameters
    ----------
    points
        CSS pixels; the first ones are served first.
    size
        Side of the square that each symbol fills.
    frame
        No symbol reaches beyond it, if there is any room within.
    taken
        What is occupied; the boxes of the symbols are added.

    Returns
    -------
    list of Box
        One for each point; they do not overlap, unless there is no room left at all.
    """
    placed = []
    for x, y in points:
        boxes = [_square(x + dx, y + dy, size) for dx, dy in _spiral(size)]
        inside = [box for box in boxes if frame.holds(box)] or boxes
        found = next((box for box in inside if taken.is_free(box)), inside[0])
        taken.add(found)
        placed.append(found)
    return placed


def _square(x: float, y: float, size: float) -> Box:
    return Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def _spiral(size: float) -> Iterable[tuple[float, float]]:
    yield 0.0, 0.0
    for ring in range(1, 13):
        radius = ring * size * 0.6
        count = 4 * ring + 4
        for step in range(count):
            # Starts to the upper right, where no label of a town is likely to stand yet.
            angle = math.radians(-45) + 2 * math.pi * step / count
            yield radius * math.cos(angle), radius * math.sin(angle)


def wrap(words: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines no wider than so many pixels; a word that is wider is cut."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while measure(word) > width and len(word) > 1:
            keep = next(i for i in range(len(word) - 1, 0, -1) if i == 1 or measure(word[:i]) <= width)
            lines.append(word[:keep])
            word = word[keep:]
        line = word
    return [*lines, line] if line else lines


def shortened(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Cut a text to a width, with an ellipsis where something was left out."""
    if measure(text) <= width:
        return text
    while text and measure(text + "…") > width:
        text = text[:-1]
    return text.rstrip(" ,;:–") + "…"
