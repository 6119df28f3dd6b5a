"""The legend: what is visible on the picture, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from matplotlib.path import Path

from geo.maps.colour import mix
from geo.maps.picture.canvas import Box, Canvas, draw_path, draw_rectangle, draw_text, text_width
from geo.maps.picture.crowd import draw_ring
from geo.maps.picture.day import Feature
from geo.maps.picture.fronts import SURE, draw_front_sample, draw_zone_sample
from geo.maps.picture.labels import shortened
from geo.maps.picture.panel import SWATCH, draw_area_sample, draw_route_sample
from geo.maps.picture.symbols import CORE
from geo.maps.style import SAME_AS_SIDE, Modality, Side, Style

ROW, SIZE = 16.0, 9.5
SIZES = (SIZE, 9.0, 8.5, 8.0, 7.5)  # letters are made smaller before words are cut
LABEL, ROOM = SWATCH + 6, 8.0
# The least width of a column; on a legend narrower than the other width, words are set smaller to have more of them.
LEAST, SMALL = 96.0, 450.0
NEUTRAL = "#6A6A6A"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the legend: what it says, and how its sample is drawn at x and the middle y."""

    label: str
    draw: Callable[[float, float], None]


def legend_items(canvas: Canvas, features: Mapping[str, Sequence[Feature]], style: Style) -> list[Item]:
    """List what is visible: sides, modalities, states of routes, areas, flows, fronts; in the style's order."""
    everything = [feature for layer in features.values() for feature in layer]
    sides = {feature.side.id for feature in everything if _shows_side(feature, style)}
    modalities = {feature.modality.id for feature in features["events"] if feature.modality is not None}
    states = {feature.kind for feature in features["routes"]}
    areas = {feature.kind for feature in features["areas"]}
    flows = {feature.kind for feature in features["flows"]}
    items = [Item(s.label, partial(_side, canvas, s)) for s in style.sides.values() if s.id in sides]
    items += _modality_items(canvas, [m for m in style.modalities.values() if m.id in modalities], style)
    if any(feature.past for feature in features["events"]):
        items.append(Item("Pale: over by this day", partial(_past, canvas, style)))
    items += [
        Item(state.label, partial(draw_route_sample, canvas, style, state.id, NEUTRAL))
        for state in style.states.values()
        if state.id in states
    ]
    items += [
        Item(area.label, partial(draw_area_sample, canvas, style, area.id, NEUTRAL))
        for area in style.areas.values()
        if area.id in areas
    ]
    items += [Item(f.label, partial(_flow, canvas, style, f.id)) for f in style.flows.values() if f.id in flows]
    held = {feature.kind for feature in features["control"]}
    items += [
        Item("Ground held" if held == {SURE} else look.label, partial(_control, canvas, style, look.id))
        for look in style.control_states.values()
        if look.id in held
    ]
    if features["front_lines"]:
        colors = [side.color for side in features["front_lines"][0].sides] or [NEUTRAL]
        items.append(Item(style.front_lines.label, partial(_front, canvas, style, (colors[0], colors[-1]))))
    return items


def ring_item(canvas: Canvas, style: Style) -> Item:
    """Make the item that explains the rings of a crowded map."""

    def draw(x: float, y: float) -> None:
        draw_ring(canvas, (x + SWATCH / 2, y), 7.6, [NEUTRAL], "9", style)

    return Item("So many events together", draw)


def _shows_side(feature: Feature, style: Style) -> bool:
    looks = {"areas": style.areas, "flows": style.flows}.get(feature.layer, {})
    return feature.kind not in looks or looks[feature.kind].color == SAME_AS_SIDE


def _modality_items(canvas: Canvas, modalities: Sequence[Modality], style: Style) -> list[Item]:
    """Make one item of those that look the same."""
    if all(modality.fill and not modality.outline for modality in modalities):
        return []  # nothing but what is told as it was
    looks: dict[tuple[object, ...], list[Modality]] = {}
    for modality in modalities:
        looks.setdefault((modality.fill, modality.outline, modality.strike), []).append(modality)
    return [
        Item(
            ", ".join([same[0].label, *(m.label.lower() for m in same[1:])]), partial(_modality, canvas, same[0], style)
        )
        for same in looks.values()
    ]


def legend_columns(items: Sequence[Item], width: float) -> int:
    """How many columns a legend of that width has: as many as leave all words their room."""
    size = SIZE if width >= SMALL else SIZES[-1]
    most = max(1, int(width // LEAST))
    return next((n for n in range(most, 1, -1) if sum(_needs(items, -(-len(items) // n), size)) <= width), 1)


def _needs(items: Sequence[Item], rows: int, size: float = SIZE) -> list[float]:
    """How wide each column must be."""
    starts = range(0, len(items), rows)
    return [max(text_width(item.label, size) for item in items[i : i + rows]) + LABEL + ROOM for i in starts]


def legend_height(items: Sequence[Item], width: float) -> float:
    """How high the legend is in a column of that width, with its rule."""
    return (-(-len(items) // legend_columns(items, width))) * ROW + 14 if items else 0.0


def draw_legend(canvas: Canvas, items: Sequence[Item], box: Box, style: Style, *, ruled: bool = True) -> None:
    """Draw the legend, column by column, with a rule above it."""
    if not items:
        return
    if ruled:
        draw_rectangle(canvas, Box(box.left, box.top, box.right, box.top + 0.8), fill=style.basemap["admin1"].color)
    columns = legend_columns(items, box.width)
    rows = -(-len(items) // columns)
    widths = _widths(items, rows, box.width)
    for i, item in enumerate(items):
        x, y = box.left + sum(widths[: i // rows]), box.top + 16 + (i % rows) * ROW
        item.draw(x, y)
        room = widths[i // rows] - LABEL - 6
        size = next((s for s in SIZES if text_width(item.label, s) <= room), SIZES[-1])
        text = shortened(item.label, room, partial(text_width, size=size))
        draw_text(canvas, x + LABEL, y + 0.36 * size, text, size=size, color=style.text.color)


def _widths(items: Sequence[Item], rows: int, width: float) -> list[float]:
    """Give each column what its words need, as far as there is room, and share the rest out."""
    need = _needs(items, rows)
    spare = width - sum(need)
    return [n + spare / len(need) if spare > 0 else n * width / sum(need) for n in need]


def _side(canvas: Canvas, side: Side, x: float, y: float) -> None:
    box = Box(x, y - 5.5, x + SWATCH, y + 5.5)
    draw_rectangle(canvas, box, fill=side.color, edge=mix(side.color, "#000000", 0.25), width=0.6, z=8)


def _disc(x: float, y: float, share: float = 1.0) -> Path:
    return Path.circle((x + SWATCH / 2, y), 6.4 * share)


def _modality(canvas: Canvas, modality: Modality, style: Style, x: float, y: float) -> None:
    plain = modality.fill and not modality.outline
    if not plain:
        draw_path(canvas, _disc(x, y), edge=NEUTRAL, width=1.3, dash=modality.outline, z=8)
    if modality.fill:
        draw_path(canvas, _disc(x, y, 1.0 if plain else CORE), fill=NEUTRAL, z=8)
    if modality.strike:
        c = x + SWATCH / 2
        draw_path(canvas, Path([(c - 6, y + 6), (c + 6, y - 6)]), edge=style.text.color, width=1.4, z=8.1)


def _past(canvas: Canvas, style: Style, x: float, y: float) -> None:
    draw_path(canvas, _disc(x, y), fill=mix("#FFFFFF", NEUTRAL, 0.4), z=8)


def _flow(canvas: Canvas, style: Style, kind: str, x: float, y: float) -> None:
    look = style.flows[kind]
    color = NEUTRAL if look.color == SAME_AS_SIDE else look.color
    draw_path(canvas, Path([(x, y), (x + SWATCH - 9, y)]), edge=color, width=look.width, dash=look.dash, z=8)
    tip = [(x + SWATCH, y), (x + SWATCH - 10, y - 4.5), (x + SWATCH - 10, y + 4.5), (x + SWATCH, y)]
    draw_path(canvas, Path(tip, closed=True), fill=color, z=8)


def _control(canvas: Canvas, style: Style, state: str, x: float, y: float) -> None:
    draw_zone_sample(canvas, style, state, NEUTRAL, "", Box(x, y - 5.5, x + SWATCH, y + 5.5))


def _front(canvas: Canvas, style: Style, colors: tuple[str, str], x: float, y: float) -> None:
    draw_front_sample(canvas, style, SURE, colors, [(x, y), (x + SWATCH, y)])
