"""Roads over time as ribbons: a row a road, in the colour of its holder, drawn by how the road was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import shapely
from matplotlib.path import Path

from geo.maps.colour import mix
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
    to_path,
)
from geo.maps.picture.fronts import stripes
from geo.maps.picture.ground import draw_cross
from geo.maps.picture.labels import shortened, wrap
from geo.maps.style import Style
from geo.maps.words import day_words

WIDTH = 1600
MARGIN, LABELS, HEAD, FOOT = 28.0, 330.0, 108.0, 92.0
ROW, BAR, ANSWER_BAR = 34.0, 16.0, 24.0
GREY = "#8A8A8A"
CROSS_EVERY = 46.0
KINDS = (
    ("open", "open to its holder"),
    ("not secure", "open, not secure"),
    ("contested", "fought over"),
    ("fire_control", "under fire of, not held by"),
    ("cut", "cut or closed by"),
)


def render_ribbons(
    rows: Sequence[Mapping[str, Any]], *, title: str, first: date, last: date, style: Style, format: str = "png"
) -> bytes:
    """Draw ribbons.

    Parameters
    ----------
    rows
        The answer first, then a row a road: ``label`` and ``spans`` with ``first`` and ``last`` (inclusive days),
        ``state``, ``holder``, ``secure``, ``stale``, ``differs``.
    title
        What is asked.
    first, last
        The days to show, both inclusive.
    style
        Colours of the sides.
    format
        ``"png"``, ``"svg"`` or ``"pdf"``.

    Returns
    -------
    bytes
        The same for the same input.
    """
    height = HEAD + ROW * (len(rows) + 1) + FOOT
    with matplotlib_defaults():
        canvas = new_canvas(WIDTH, round(height * 1.25), 120, font=style.text.font)
        chart = Box(MARGIN + LABELS, HEAD, canvas.width - MARGIN, HEAD + ROW * (len(rows) + 0.5))
        scale = partial(_x, chart, first, last)
        _draw_head(canvas, title, first, last, style)
        _draw_months(canvas, chart, first, last, style)
        for number, row in enumerate(rows):
            top = HEAD + ROW * (number + (0.5 if number else 0.15))
            _draw_label(canvas, row["label"] or "Reachable", top, style, bold=not row["label"])
            for span in row["spans"]:
                bar = BAR if number else ANSWER_BAR
                box = Box(scale(span["first"]), top, scale(span["last"] + timedelta(days=1)), top + bar)
                draw = _draw_span if number else _draw_answer
                draw(canvas, box, span, style)
        _draw_legend(canvas, rows, canvas.height - FOOT + 14, style)
        return to_bytes(canvas, format, title=title)


def _x(chart: Box, first: date, last: date, day: date) -> float:
    return chart.left + chart.width * (day - first).days / ((last - first).days + 1)


def _draw_head(canvas: Canvas, title: str, first: date, last: date, style: Style) -> None:
    measure = partial(text_width, size=21.0, bold=True)
    shown = shortened(title, canvas.width - 2 * MARGIN, measure)
    draw_text(canvas, MARGIN, MARGIN + 18, shown, size=21, color=style.text.color, bold=True)
    days = f"As reported, {day_words(first.isoformat())} to {day_words(last.isoformat())}"
    draw_text(canvas, MARGIN, MARGIN + 40, days, size=13, color=style.text.accent, bold=True)


def _draw_months(canvas: Canvas, chart: Box, first: date, last: date, style: Style) -> None:
    """Draw a rule at each first of a month, or of a week where the span is short, with its name."""
    short = (last - first).days < 62
    day = first
    while day <= last:
        if day == first or (day.weekday() == 0 if short else day.day == 1):
            x = _x(chart, first, last, day)
            path = Path([(x, chart.top - 6), (x, chart.bottom)])
            draw_path(canvas, path, edge=style.basemap["admin1"].color, width=0.8, z=0.5)
            name = day_words(day.isoformat()).rsplit(" ", 1)[0] if short else f"{day:%b}"
            if day != first or (short or day.day < 20):
                draw_text(canvas, x + 3, chart.top - 10, name, size=10, color=style.text.muted)
        day += timedelta(days=1)


def _draw_label(canvas: Canvas, label: str, top: float, style: Style, *, bold: bool) -> None:
    lines = wrap(label, LABELS - 16, partial(text_width, size=10.5, bold=bold))[:2]
    y = top + (13 if len(lines) == 1 else 6)
    for line in lines:
        draw_text(canvas, MARGIN, y, line, size=12.5 if bold else 10.5, color=style.text.color, bold=bold)
        y += 13


def _draw_answer(canvas: Canvas, box: Box, span: Mapping[str, Any], style: Style) -> None:
    color = style.side(span["holder"]).color
    if span["state"] == "closed":
        draw_rectangle(canvas, box, fill="#FFFFFF", edge=GREY, width=1.0, z=2)
        words = "not reachable"
    else:
        draw_rectangle(canvas, box, fill=color if span["secure"] else mix("#FFFFFF", color, 0.35), z=2)
        if not span["secure"]:
            _stripe(canvas, box, color)
        words = "reachable" if span["secure"] else "at a risk"
    if text_width(words, 10, bold=True) + 8 <= box.width:
        light = span["state"] != "closed" and span["secure"]
        draw_text(
            canvas, box.left + 5, box.bottom - 8, words, size=10, bold=True,
            color="#FFFFFF" if light else style.text.color, halo="" if light else "#FFFFFF",
        )  # fmt: skip


def _draw_span(canvas: Canvas, box: Box, span: Mapping[str, Any], style: Style) -> None:
    color = style.side(span["holder"]).color if span["holder"] else GREY
    if span["stale"]:
        color = mix("#FFFFFF", color, 0.4)
    middle, state = (box.top + box.bottom) / 2, span["state"]
    if state in ("open", "contested"):
        sure = state == "open" and span["secure"]
        draw_rectangle(canvas, box, fill=color if sure else mix("#FFFFFF", color, 0.35), z=2)
        if not sure:
            _stripe(canvas, box, color, hatch="xx" if state == "contested" else "/")
    elif state == "fire_control":
        draw_rectangle(canvas, box, fill="#FFFFFF", edge=color, width=1.2, z=2)
        _stripe(canvas, box, color, hatch="||")
    else:
        line = Path([(box.left, middle), (box.right, middle)])
        draw_path(canvas, line, edge=color, width=3.0 if state == "cut" else 4.5, z=2)
        count = max(1, round(box.width / CROSS_EVERY))
        for k in range(count if box.width > 8 else 0):
            x = box.left + (k + 0.5) * box.width / count
            draw_cross(canvas, x, middle, color=style.text.color, radius=3.6, z=3)
    if span["differs"]:
        path = Path([(box.left, box.bottom + 3), (box.right, box.bottom + 3)])
        draw_path(canvas, path, edge=style.text.accent, width=1.6, dash=(2, 2), z=3)


def _stripe(canvas: Canvas, box: Box, color: str, *, hatch: str = "/") -> None:
    shape = shapely.box(box.left, box.top, box.right, box.bottom)
    if box.width > 0 and (path := to_path(stripes(shape, hatch, 5.0))):
        draw_path(canvas, path, edge=color, width=1.5, z=2.1)


def _draw_legend(canvas: Canvas, rows: Sequence[Mapping[str, Any]], top: float, style: Style) -> None:
    """Tell what is shown: the kinds in grey, the sides in their colours, and the caution."""
    spans = [span for row in rows[1:] for span in row["spans"]]
    shown = {_kind(span) for span in spans}
    holders = {span["holder"] for row in rows for span in row["spans"] if span["holder"]}
    x = MARGIN
    for kind, words in KINDS:
        if kind in shown:
            state, secure = ("open", False) if kind == "not secure" else (kind, True)
            sample = {"state": state, "holder": "", "secure": secure, "stale": False, "differs": False}
            _draw_span(canvas, Box(x, top, x + 44, top + 12), sample, style)
            x = _legend_words(canvas, x + 50, top, words, style)
    if any(span["differs"] for span in spans):
        path = Path([(x, top + 8), (x + 44, top + 8)])
        draw_path(canvas, path, edge=style.text.accent, width=1.6, dash=(2, 2), z=3)
        x = _legend_words(canvas, x + 50, top, "another report differs", style)
    x, top = MARGIN, top + 22
    for side in style.sides.values():
        if side.id in holders:
            draw_rectangle(canvas, Box(x, top, x + 22, top + 12), fill=side.color, z=2)
            x = _legend_words(canvas, x + 28, top, side.label, style)
    draw_text(canvas, MARGIN, top + 34, style.text.caution, size=9, color=style.text.muted)


def _kind(span: Mapping[str, Any]) -> str:
    if span["state"] in ("cut", "closed"):
        return "cut"
    return "not secure" if span["state"] == "open" and not span["secure"] else str(span["state"])


def _legend_words(canvas: Canvas, x: float, top: float, words: str, style: Style) -> float:
    draw_text(canvas, x, top + 10, words, size=10, color=style.text.color)
    return x + text_width(words, 10) + 22
