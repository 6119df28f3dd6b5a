"""Pictures against golden ones, which somebody has looked at.

After a change of looks, ``SITMAP_RENEW=1 pytest tests/maps/test_golden.py`` draws them anew: look at each before it is
committed. Letters and edges may come out a little otherwise with another version of matplotlib's own libraries, so the
pictures are compared by how many pixels differ by how much.
"""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from picture_scene import BBOX, DATES, DAY, TITLE, scene
from PIL import Image

from geo.maps.picture import render_picture
from geo.maps.picture.animation import render_animation
from geo.maps.picture.guide import render_guide
from geo.maps.picture.multiples import render_multiples
from geo.maps.picture.timeline import render_timeline

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "pictures"
RENEW = bool(os.environ.get("SITMAP_RENEW"))
MOST_MEAN, MOST_FAR = 1.5, 0.01  # of 255; share of the pixels that may differ by more than 48


def day(width, height, **options):
    return render_picture(
        scene(), as_of=DAY, title=TITLE, bbox=BBOX, width_px=width, height_px=height, dpi=96, **options
    )


def last_frame(gif):
    image = Image.open(io.BytesIO(gif))
    image.seek(image.n_frames - 1)
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


PICTURES = {
    "beside": lambda: day(900, 560),
    "below": lambda: day(520, 760),
    "small": lambda: day(420, 330),
    "bare": lambda: day(640, 420, listing=False),
    "multiples": lambda: render_multiples(
        scene(), dates=DATES, title=TITLE, bbox=BBOX, width_px=900, height_px=480, dpi=96
    ),
    "timeline": lambda: render_timeline(scene(), title=TITLE, marked=DATES, width_px=900, height_px=600, dpi=96),
    "animation": lambda: last_frame(
        render_animation(scene(), dates=DATES, title=TITLE, bbox=BBOX, width_px=520, height_px=480)
    ),
    "guide": lambda: render_guide(width_px=1000, dpi=96),
}


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_looks_as_it_did(name):
    png, path = PICTURES[name](), FOLDER / f"{name}.png"
    if RENEW:
        Image.open(io.BytesIO(png)).convert("RGB").quantize(200).save(path, optimize=True)
    new, old = pixels(png), pixels(path.read_bytes())
    assert new.shape == old.shape
    difference = abs(new - old).max(axis=2)
    assert difference.mean() < MOST_MEAN
    assert (difference > 48).mean() < MOST_FAR


def test_the_comparison_sees_what_matters():
    one, other = (
        pixels(day(420, 330)),
        pixels(
            render_picture(
                {**scene(), "routes": None}, as_of=DAY, title=TITLE, bbox=BBOX, width_px=420, height_px=330, dpi=96
            )
        ),
    )
    assert (abs(one - other).max(axis=2) > 48).mean() > MOST_FAR


def test_the_sheet_of_signs_in_the_documentation_is_that_of_the_style_file():
    path = Path(__file__).resolve().parents[2] / "docs" / "style.png"
    png = render_guide()
    if RENEW:
        Image.open(io.BytesIO(png)).convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)
    new, old = pixels(png), pixels(path.read_bytes())
    assert new.shape == old.shape
    assert (abs(new - old).max(axis=2) > 48).mean() < MOST_FAR / 10
