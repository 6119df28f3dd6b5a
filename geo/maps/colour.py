"""Colours as readers see them: distances, also with a colour vision deficiency and in grey."""

from collections.abc import Sequence
from math import sqrt
from typing import Literal

Vision = Literal["normal", "protanopia", "deuteranopia", "tritanopia", "grey"]
VISIONS: tuple[Vision, ...] = ("normal", "protanopia", "deuteranopia", "tritanopia", "grey")

Triple = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
# TVCG 15(6), the authors' table of matrices for severity 1.0; they apply to linear RGB.
_MACHADO: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def rgb(color: str) -> Triple:
    """Red, green and blue in 0 to 1 of ``#RRGGBB``."""
    return (int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255)


def luminance(color: str) -> float:
    """Relative luminance in 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = _linear(rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def ink(ground: str) -> str:
    """Black or white, whichever reads better on a ground."""
    return "#FFFFFF" if contrast(ground, "#FFFFFF") >= contrast(ground, "#111111") else "#111111"


def readable(color: str, ground: str = "#FFFFFF", least: float = 4.5) -> str:
    """Darken a colour until words in it can be read on a ground (WCAG 2.2, success criterion 1.4.3)."""
    shades = (mix(color, "#111111", step / 10) for step in range(11))
    return next((shade for shade in shades if contrast(shade, ground) >= least), "#111111")


def mix(a: str, b: str, share: float) -> str:
    """Mix a share of the second colour into the first, as if painted over it with that opacity."""
    return "#" + "".join(f"{round(255 * (x + (y - x) * share)):02X}" for x, y in zip(rgb(a), rgb(b), strict=True))


def distance(a: str, b: str, vision: Vision = "normal") -> float:
    """Distance of two colours to a reader, in hundredths of Oklab (Ottosson 2020).

    About 2 is just seen side by side; black to white is 100.

    Parameters
    ----------
    a, b
        ``#RRGGBB``.
    vision
        A dichromacy as Machado et al. (2009) simulate it at full severity, or ``"grey"`` for a print without colour.
    """
    return 100 * sqrt(sum((x - y) ** 2 for x, y in zip(_seen(a, vision), _seen(b, vision), strict=True)))


def least_distance(a: str, b: str) -> float:
    """Distance of two colours to the colour-blind reader whom they serve worst."""
    return min(distance(a, b, vision) for vision in VISIONS if vision != "grey")


def furthest(candidates: Sequence[str], taken: Sequence[str]) -> str:
    """Choose the candidate that is furthest from all colours taken, the first one of equals."""
    return max(candidates, key=lambda c: min((least_distance(c, t) for t in taken), default=0.0))


def _linear(color: Triple) -> Triple:
    # IEC 61966-2-1, the inverse of the sRGB transfer function.
    red, green, blue = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in color)
    return (red, green, blue)


def seen_as(color: str, vision: Vision) -> str:
    """Give the colour that looks to all as another one looks to a reader."""
    encoded = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in _seen_linear(color, vision))
    return "#" + "".join(f"{round(255 * c):02X}" for c in encoded)


def _seen(color: str, vision: Vision) -> Triple:
    return _oklab(_seen_linear(color, vision))


def _seen_linear(color: str, vision: Vision) -> Triple:
    linear = _linear(rgb(color))
    if vision == "grey":
        grey = luminance(color)
        return (grey, grey, grey)
    if vision == "normal":
        return linear
    red, green, blue = (min(1.0, max(0.0, _dot(row, linear))) for row in _MACHADO[vision])
    return (red, green, blue)


def _oklab(linear: Triple) -> Triple:
    # Björn Ottosson 2020, "A perceptual color space for image processing".
    long = _dot((0.4122214708, 0.5363325363, 0.0514459929), linear) ** (1 / 3)
    medium = _dot((0.2119034982, 0.6806995451, 0.1073969566), linear) ** (1 / 3)
    short = _dot((0.0883024619, 0.2817188376, 0.6299787005), linear) ** (1 / 3)
    cone = (long, medium, short)
    return (
        _dot((0.2104542553, 0.7936177850, -0.0040720468), cone),
        _dot((1.9779984951, -2.4285922050, 0.4505937099), cone),
        _dot((0.0259040371, 0.7827717662, -0.8086757660), cone),
    )


def _dot(a: Triple, b: Triple) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
