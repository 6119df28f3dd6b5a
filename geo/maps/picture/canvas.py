"""The sheet that a picture is drawn on: CSS pixels, x to the right, y down, whatever the resolution.

Only matplotlib's object interface is used, never pyplot, and no setting of the user's: the same picture everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from geo.maps.picture.svg import HALO, compact_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 0.75  # a CSS pixel is 1/96 inch, a point 1/72

Dash = Sequence[float]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A sheet of ``width`` by ``height`` CSS pixels."""

    figure: Figure
    axes: Axes
    width: float
    height: float
    font: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS pixels, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def overlaps(self, other: Box) -> bool:
        """Tell whether they share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether the other lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def grown(self, by: float) -> Box:
        """Give the rectangle that is larger by so much on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@contextmanager
def matplotlib_defaults() -> Iterator[None]:
    """Draw with matplotlib's own settings, whatever the user's are, and give those back."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "sitmap"
        # Letters as outlines: the picture looks the same where the font is not installed.
        mpl.rcParams["svg.fonttype"] = "path"
        mpl.rcParams["pdf.fonttype"] = 42  # fonts as they are, so that words can be searched and copied
        mpl.rcParams["hatch.linewidth"] = 0.6
        yield


def new_canvas(width_px: int, height_px: int, dpi: float, *, font: str) -> Canvas:
    """Lay out a sheet of so many device pixels."""
    figure = Figure(figsize=(width_px / dpi, height_px / dpi), dpi=dpi, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    width, height = width_px * 96 / dpi, height_px * 96 / dpi
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return Canvas(figure, axes, width, height, font)


def layer_above(canvas: Canvas) -> Canvas:
    """Give the same sheet with all that is drawn next above all that was drawn."""
    axes = canvas.figure.add_axes((0, 0, 1, 1), label=f"layer {len(canvas.figure.axes)}")
    axes.set_xlim(0, canvas.width)
    axes.set_ylim(canvas.height, 0)
    axes.set_axis_off()
    return replace(canvas, axes=axes)


def to_bytes(canvas: Canvas, format: str, *, title: str, description: str = "") -> bytes:
    """Write the sheet, without a time stamp or the name of a program.

    Parameters
    ----------
    format
        ``"png"``, ``"svg"`` or ``"pdf"``.
    title, description
        For its metadata.
    """
    buffer = io.BytesIO()
    # XML has no way to write control characters.
    title, description = ("".join(c if c.isprintable() else " " for c in text) for text in (title, description))
    if format == "png":
        about: dict[str, str | None] = {"Software": None, "Title": title, "Description": description or None}
        FigureCanvasAgg(canvas.figure).print_png(buffer, metadata=about)  # type: ignore[no-untyped-call]
        return buffer.getvalue()
    if format == "pdf":
        none = dict.fromkeys(("CreationDate", "Creator", "Producer"))
        about = {**none, "Title": title, "Subject": description}
        FigureCanvasPdf(canvas.figure).print_pdf(buffer, metadata=about)  # type: ignore[no-untyped-call]
        return buffer.getvalue()
    _mark_halos(canvas.figure)
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    FigureCanvasSVG(canvas.figure).print_svg(buffer, metadata=nothing)  # type: ignore[no-untyped-call]
    text = buffer.getvalue().decode("utf-8")
    return compact_svg(text, title=title, description=description).encode("utf-8")


def _mark_halos(figure: Figure) -> None:
    """Let halos be drawn by `compact_svg`: matplotlib would write each letter under one twice, as a whole outline."""
    for number, text in enumerate(figure.findobj(Text)):
        for effect in text.get_path_effects() or ():
            look: dict[str, Any] = vars(effect)["_gc"]
            text.set_gid(f"{HALO};{look['foreground']};{look['linewidth']:.4f};{number}")
        text.set_path_effects([])


def draw_rectangle(canvas: Canvas, box: Box, *, fill: str, edge: str = "none", width: float = 0, z: float = 0) -> None:
    """Draw a rectangle."""
    canvas.axes.add_artist(
        Rectangle(
            (box.left, box.top),
            box.width,
            box.height,
            facecolor=fill,
            edgecolor=edge,
            linewidth=width * POINTS,
            zorder=z,
        )
    )


def draw_path(
    canvas: Canvas,
    path: Path,
    *,
    fill: str = "none",
    edge: str = "none",
    width: float = 0,
    dash: Dash = (),
    opacity: float = 1,
    hatch: str = "",
    clip: Box | None = None,
    z: float = 0,
    cap: str = "butt",
    halo: float = 0,
) -> None:
    """Draw a path in CSS pixels.

    Parameters
    ----------
    path
        What to draw.
    fill, edge
        Colours; ``opacity`` is that of the filling alone.
    width, dash
        Of the line, in CSS pixels.
    hatch
        Matplotlib's hatch, in the colour of the edge.
    clip
        What lies outside is left out.
    halo
        Width of a white line around the line.
    """
    face = "none" if fill == "none" else mpl.colors.to_rgba(fill, opacity)
    patch = PathPatch(
        path,
        facecolor=face,
        edgecolor=edge,
        linewidth=width * POINTS,
        # Matplotlib multiplies dashes by the width of the line; ours are lengths.
        linestyle=(0, tuple(length / width for length in dash)) if dash and width else "solid",
        hatch=hatch or None,
        zorder=z,
        capstyle=cap,
        joinstyle="round",
    )
    if halo:
        patch.set_path_effects([withStroke(linewidth=(width + 2 * halo) * POINTS, foreground="white")])
    # add_patch would work out limits for the axes, which are fixed, and take most of the time.
    canvas.axes.add_artist(patch)
    if clip is not None:
        patch.set_clip_path(_clip_path(clip), canvas.axes.transData)


def draw_text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    color: str,
    bold: bool = False,
    italic: bool = False,
    align: str = "left",
    halo: str = "",
    rotation: float = 0,
    z: float = 10,
) -> None:
    """Write a line of text whose baseline begins at x, y, or is centred or ends there; no character is markup."""
    label = canvas.axes.text(
        x,
        y,
        printable(text, bold=bold),
        fontproperties=_font(canvas.font, size, bold, italic and _has_all(text, bold)),
        color=color,
        ha=align,
        va="baseline" if not rotation else "center_baseline",
        rotation=rotation,
        rotation_mode="anchor",
        parse_math=False,
        zorder=z,
    )
    if halo:
        label.set_path_effects([withStroke(linewidth=0.28 * size * POINTS, foreground=halo)])


@cache
def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False, font: str = "DejaVu Sans") -> float:
    """Width of a line of text in CSS pixels."""
    if not text.strip():
        return 0.3 * size * len(text)
    found = _font(font, size, bold, italic and _has_all(text, bold))
    width = text_to_path.get_text_width_height_descent(printable(text, bold=bold), found, ismath=False)[0]
    # Letters that are fitted to the pixels of a screen come out a little wider than the font says.
    return 1.02 * float(width) / POINTS


@cache
def printable(text: str, *, bold: bool = False) -> str:
    """Replace what the font cannot show: control characters by spaces, letters of other scripts by Latin ones."""
    from anyascii import anyascii

    known = _characters(bold, False)
    # A letter without a Latin likeness becomes a question mark rather than nothing.
    return "".join(" " if not c.isprintable() else c if ord(c) in known else anyascii(c) or "?" for c in text)


def _has_all(text: str, bold: bool) -> bool:
    """Tell whether the slanted letters are enough: there are no Arabic ones among them."""
    return all(ord(c) in _characters(bold, True) for c in printable(text, bold=bold))


@cache
def _characters(bold: bool, italic: bool) -> frozenset[int]:
    return frozenset(get_font(findfont(_font("DejaVu Sans", 10, bold, italic))).get_charmap())


@cache
def _font(family: str, size: float, bold: bool, italic: bool) -> Any:
    return FontProperties(
        family=family, size=size * POINTS, weight="bold" if bold else "normal", style="italic" if italic else "normal"
    )


def _clip_path(box: Box) -> Path:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return Path([*corners, corners[0]], closed=True)


def to_path(geometries: Sequence[Any]) -> Path | None:
    """Make one path of many lines and polygons in CSS pixels; None where there is nothing."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for part in shapely.get_parts(list(geometries)):
        if part.is_empty or part.geom_type == "Point":
            continue
        closed = part.geom_type == "Polygon"
        for ring in [part.exterior, *part.interiors] if closed else [part]:
            points = shapely.get_coordinates(ring)
            vertices.extend(points.tolist())
            codes.extend([Path.MOVETO] + [Path.LINETO] * (len(points) - 1 - closed) + [Path.CLOSEPOLY] * closed)
    return Path(vertices, codes) if vertices else None
