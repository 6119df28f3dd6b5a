"""The list beside the map: the same events as on it, with their numbers, when, who says so, and in what words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from geo.maps.picture.canvas import Box, Canvas, draw_text, text_width
from geo.maps.picture.day import Feature, details, short_months
from geo.maps.picture.labels import wrap
from geo.maps.picture.panel import DETAIL, LINE, at_most, draw_area_sample, draw_route_sample
from geo.maps.picture.symbols import draw_symbol
from geo.maps.style import Style

HEADING, ITEM = 11.5, 10.5
INDENT, GAP, TIGHT_GAP, SECTION_GAP = 46.0, 5.0, 3.5, 7.0
MARK, TIGHT_MARK = 19.0, 15.0
# Room at the foot for the count of what was left out.
FOOT = 14.0
QUOTE_LINES = 3
NOTHING = "The reports tell of nothing on this day nor in the days before. That does not mean that nothing happened."


@dataclass(frozen=True, slots=True)
class Entry:
    """A feature of the list; ``number`` is empty where it has none on the map."""

    number: str
    feature: Feature


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its entries."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """An entry, or a heading where ``entry`` is None, in lines; a tight one has its detail beside the label."""

    entry: Entry | None
    label: tuple[str, ...]
    detail: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    tight: bool = False

    @property
    def height(self) -> float:
        """In CSS pixels, with the gap below it."""
        if self.entry is None:
            return HEADING + 6
        if self.tight:
            return len(self.label) * ITEM * LINE + TIGHT_GAP
        lines = len(self.label) * ITEM + (len(self.detail) + len(self.quote)) * DETAIL
        return max(20.0, lines * LINE) + GAP


def draw_sections(
    canvas: Canvas, sections: Sequence[Section], columns: Sequence[Box], style: Style, marks: Mapping[str, str]
) -> None:
    """Write the list, the first sections first, column by column.

    Where there is room to spare, the entries get their quotes. Where there is too little, the last ones get one line
    each, and what finds no room even so is counted at the end.
    """
    total = sum(len(section.entries) for section in sections)
    if not total:
        _draw_note(canvas, NOTHING, columns[0], style)
        return
    width = min(column.width for column in columns) - INDENT
    rooms = [column.height for column in columns]
    fitting = whole = _typeset(sections, width, marks, lines=2)
    if not _flow(fitting, rooms):
        fitting = _typeset(sections, width, marks, lines=1)
        if not _flow(fitting, rooms):
            rooms[-1] -= FOOT
            fitting = _fitted(fitting, rooms)
        fitting = _in_whole(fitting, whole, rooms)
    shown = _with_quotes(fitting, rooms, width)
    for block, (number, y) in zip(shown, _flow(shown, rooms), strict=True):
        column = columns[number]
        top = column.top + y
        _draw_block(canvas, block, Box(column.left, top, column.right, top + block.height), style)
    if left_out := total - sum(block.entry is not None for block in fitting):
        words = f"and {left_out} more on the page of this day"
        last = columns[-1]
        draw_text(canvas, last.left, last.bottom - 2, words, size=DETAIL, color=style.text.muted, italic=True)


def _draw_note(canvas: Canvas, words: str, box: Box, style: Style) -> None:
    y = box.top + ITEM
    for line in wrap(words, box.width, partial(text_width, size=ITEM, italic=True)):
        draw_text(canvas, box.left, y, line, size=ITEM, color=style.text.muted, italic=True)
        y += ITEM * LINE


def _flow(blocks: Sequence[Block], rooms: Sequence[float]) -> list[tuple[int, float]]:
    """Give the column of each block and how far down it stands; nothing where they do not all fit.

    A heading stays with its first entry.
    """
    places: list[tuple[int, float]] = []
    column, y = 0, 0.0
    for i, block in enumerate(blocks):
        gap = SECTION_GAP if block.entry is None and y else 0.0
        need = block.height + (blocks[i + 1].height if block.entry is None and i + 1 < len(blocks) else 0.0)
        while y + gap + need > rooms[column]:
            column, y, gap = column + 1, 0.0, 0.0
            if column == len(rooms):
                return []
        places.append((column, y + gap))
        y += gap + block.height
    return places


def _typeset(sections: Sequence[Section], width: float, marks: Mapping[str, str], *, lines: int) -> list[Block]:
    bold, plain = partial(text_width, size=ITEM, bold=True), partial(text_width, size=DETAIL)
    blocks = []
    for section in sections:
        if section.entries:
            blocks.append(Block(None, (section.heading,)))
        for entry in section.entries:
            label = at_most(wrap(entry.feature.label, width, bold), lines, width, bold)
            detail = _detail(entry.feature, marks, width, plain, lines)
            blocks.append(Block(entry, tuple(label), tuple(detail)))
    return blocks


def _detail(
    feature: Feature, marks: Mapping[str, str], width: float, measure: Callable[[str], float], lines: int
) -> list[str]:
    """Say it in words as short as the room asks for; only then are some cut off."""
    said = [wrap(details(feature, marks, brief=brief), width, measure) for brief in range(4)]
    return next((words for words in said if len(words) <= lines), at_most(said[-1], lines, width, measure))


def _fitted(blocks: list[Block], rooms: Sequence[float]) -> list[Block]:
    """Tighten entries from the end, then leave out whole ones, until the rest fits."""
    for i in range(len(blocks) - 1, -1, -1):
        if _flow(blocks, rooms):
            return blocks
        blocks = [*blocks[:i], replace(blocks[i], tight=blocks[i].entry is not None), *blocks[i + 1 :]]
    while blocks and (not _flow(blocks, rooms) or blocks[-1].entry is None):
        blocks = blocks[:-1]
    return blocks


def _in_whole(blocks: list[Block], whole: Sequence[Block], rooms: Sequence[float]) -> list[Block]:
    """Give entries that had to be cut their words in whole again, from the top, as long as there is room."""
    for i, block in enumerate(blocks):
        longer = [*blocks[:i], whole[i], *blocks[i + 1 :]]
        if (
            not block.tight
            and any(line.endswith("…") for line in (*block.label, *block.detail))
            and _flow(longer, rooms)
        ):
            blocks = longer
    return blocks


def _with_quotes(blocks: Sequence[Block], rooms: Sequence[float], width: float) -> list[Block]:
    """Add the words that the entries rest on, from the top, as long as there is room."""
    measure = partial(text_width, size=DETAIL, italic=True)
    result = list(blocks)
    seen = set()
    for i, block in enumerate(blocks):
        quote = block.entry.feature.quote if block.entry else ""
        if not quote or quote in seen or block.tight:
            continue
        lines = at_most(wrap(f"“{quote}”", width, measure), QUOTE_LINES, width, measure)
        longer = [*result[:i], replace(block, quote=tuple(lines)), *result[i + 1 :]]
        if _flow(longer, rooms):
            result = longer
            seen.add(quote)
    return result


def _draw_block(canvas: Canvas, block: Block, box: Box, style: Style) -> None:
    if block.entry is None:
        y = box.top + HEADING
        draw_text(canvas, box.left, y, block.label[0], size=HEADING, color=style.text.color, bold=True)
        return
    size = TIGHT_MARK if block.tight else MARK
    _draw_mark(canvas, block.entry, box.left, box.top + (7 if block.tight else 9), size, style)
    y = box.top + ITEM * 0.98
    for line in block.label:
        draw_text(canvas, box.left + INDENT, y, line, size=ITEM, color=style.text.color, bold=True)
        y += ITEM * LINE
    if block.tight:
        _draw_tail(canvas, block, Box(box.left, box.top, box.right, box.top + ITEM * 0.98), style)
        return
    y -= 1
    for line in block.detail:
        draw_text(canvas, box.left + INDENT, y, line, size=DETAIL, color=style.text.muted)
        y += DETAIL * LINE
    for line in block.quote:
        draw_text(canvas, box.left + INDENT, y, line, size=DETAIL, color=style.text.color, italic=True)
        y += DETAIL * LINE


def _draw_tail(canvas: Canvas, block: Block, box: Box, style: Style) -> None:
    """Write as much of the detail as there is room for beside the label."""
    left = box.left + INDENT + text_width(block.label[-1], ITEM, bold=True) + 6
    # Only whole parts: half a date is none.
    measure = partial(text_width, size=DETAIL)
    parts = " ".join(block.detail).split(" · ")
    tails = [form(" · ".join(parts[:n])) for n in range(len(parts), 0, -1) for form in (str, short_months)]
    tail = next((tail for tail in tails if left + measure(tail) <= box.right), "")
    draw_text(canvas, left, box.bottom, tail, size=DETAIL, color=style.text.muted)


def _draw_mark(canvas: Canvas, entry: Entry, left: float, middle: float, size: float, style: Style) -> None:
    feature = entry.feature
    if feature.layer == "routes":
        draw_route_sample(canvas, style, feature.kind, feature.side.color, left + 6, middle)
    elif feature.layer == "areas":
        draw_area_sample(canvas, style, feature.kind, feature.side.color, left + 6, middle)
    elif feature.modality is not None:
        draw_symbol(
            canvas, style, left + 32, middle,
            type=feature.kind, subtype=feature.subtype, side=feature.side, modality=feature.modality,
            size=size, past=feature.past,
        )  # fmt: skip
        draw_text(
            canvas, left + 18, middle + 4, entry.number, size=ITEM, color=style.text.color, bold=True, align="right"
        )
