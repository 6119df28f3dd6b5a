"""The size of a picture, as people give it: in pixels for a screen, in millimetres or inches for paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.errors import InputError

PAPER = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "letter": (215.9, 279.4)}  # ISO 216, ANSI Y14.1; mm
UNITS = {"mm": 25.4, "cm": 2.54, "in": 1.0}  # so many are an inch
SCREEN_DPI, PRINT_DPI = 144.0, 300.0
_SIZE = re.compile(r"(?P<wide>\d+(?:\.\d+)?)\s*[x×]\s*(?P<high>\d+(?:\.\d+)?)\s*(?P<unit>px|mm|cm|in)?", re.IGNORECASE)
DO = "Write it as 1600x1100 (pixels), 160x110mm, 16x11cm, 6x4in, a4 or a4-landscape"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is: device pixels, and how many of them make an inch."""

    width_px: int = 1600
    height_px: int = 1100
    dpi: float = SCREEN_DPI


def read_size(text: str | None = None, dpi: float | None = None) -> Size:
    """Read a size.

    Parameters
    ----------
    text
        ``1600x1100`` or ``1600x1100px`` in pixels, ``160x110mm``, ``16x11cm``, ``6x4in``, or a sheet as ``a4`` or
        ``a4-landscape``; None for 1600 by 1100 pixels.
    dpi
        Pixels to an inch; None for 144 where the size is in pixels, and 300 where it is in lengths. Letters have their
        size on paper, so that fewer dpi make them larger in a picture of so many pixels.

    Returns
    -------
    Size

    Raises
    ------
    InputError
        Where it is no size, or there is not one dot to an inch.
    """
    if dpi is not None and not dpi >= 1:
        raise InputError(f"{dpi:g} dpi are none", do="Give at least 1, for example 96, 144 or 300")
    if text is None:
        return Size(dpi=dpi or SCREEN_DPI)
    name, _, turned = text.strip().lower().partition("-")
    if name in PAPER and turned in ("", "portrait", "landscape"):
        wide, high = PAPER[name][:: -1 if turned == "landscape" else 1]
        return _of_length(wide, high, "mm", dpi)
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise InputError(f"{text!r} is no size", do=DO)
    unit = (match["unit"] or "px").lower()
    if unit == "px":
        return Size(int(float(match["wide"])), int(float(match["high"])), dpi or SCREEN_DPI)
    return _of_length(float(match["wide"]), float(match["high"]), unit, dpi)


def _of_length(wide: float, high: float, unit: str, dpi: float | None) -> Size:
    dpi = dpi or PRINT_DPI
    return Size(round(wide / UNITS[unit] * dpi), round(high / UNITS[unit] * dpi), dpi)
