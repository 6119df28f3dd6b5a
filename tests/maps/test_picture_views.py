"""Small multiples, the strip of time, the animation, and that nothing in a picture hangs on colour alone."""

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from picture_scene import BBOX, DATES, DAY, TITLE, event, frame, scene
from PIL import Image

from geo.errors import InputError
from geo.maps.colour import VISIONS, contrast, distance, mix, readable, seen_as
from geo.maps.picture import render_picture
from geo.maps.picture.animation import render_animation
from geo.maps.picture.canvas import Box, draw_rectangle, matplotlib_defaults, new_canvas, to_bytes
from geo.maps.picture.fronts import draw_front_sample, draw_held, stripes
from geo.maps.picture.layout import lay_out
from geo.maps.picture.multiples import render_multiples
from geo.maps.picture.panel import draw_area_sample, draw_route_sample
from geo.maps.picture.ticks import time_ticks
from geo.maps.picture.timeline import render_timeline
from geo.maps.style import read_style

SMALL = {"width_px": 640, "height_px": 480, "dpi": 96}
STYLE = read_style()


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def multiples(layers=None, **options):
    return render_multiples(layers or scene(), **{"dates": DATES, "title": TITLE, "bbox": BBOX, **SMALL, **options})


def timeline(layers=None, **options):
    return render_timeline(layers or scene(), **{"title": TITLE, **SMALL, **options})


def animation(layers=None, **options):
    return render_animation(layers or scene(), **{"dates": DATES, "title": TITLE, "bbox": BBOX, **SMALL, **options})


VIEWS = {"multiples": multiples, "timeline": timeline, "animation": animation}


@pytest.mark.parametrize("name", VIEWS)
def test_the_same_bytes_in_another_process(name):
    program = (
        "import hashlib, sys; sys.path[:0] = ['tests', 'tests/maps']; import test_picture_views as t;"
        f"print(hashlib.sha256(t.VIEWS[{name!r}]()).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "11", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(VIEWS[name]()).hexdigest()


@pytest.mark.parametrize("format", ["svg", "pdf"])
@pytest.mark.parametrize("draw", [multiples, timeline])
def test_views_are_drawn_as_vectors_too(draw, format):
    found = draw(format=format)
    assert found.startswith(b"<?xml" if format == "svg" else b"%PDF")
    assert b"<image" not in found


def test_multiples_show_each_day_on_the_same_ground():
    base = pixels(multiples())
    for day in ("2031-05-09", "2031-05-03"):
        layers = scene()
        layers["events"] = layers["events"][layers["events"]["start"] != day]
        assert (pixels(multiples(layers)) != base).any()
    # What is on no day of these changes nothing.
    late = {
        **scene(),
        "events": frame(*scene()["events"].to_dict("records"), event("late", "clash", -5.6, 1.2, day="2031-06-30")),
    }
    assert (pixels(multiples(late)) == base).all()


@pytest.mark.parametrize(
    ("draw", "options", "message"),
    [
        (multiples, {"dates": [DAY]}, "1 days make no small multiples. Give 2 to 24 days, or make a GIF of more."),
        (multiples, {"format": "gif"}, "a picture cannot be 'gif'. Choose one of png, svg, pdf."),
        (multiples, {"dates": [DAY + timedelta(days=i) for i in range(24)]}, "there is no room for 24 maps. Choose a larger --size, or fewer days."),
        (animation, {"dates": [DAY]}, "1 days make no animation. Give 2 to 120 days."),
        (animation, {"milliseconds": 20}, "20 ms are too short. Give at least 100: what flickers faster can harm."),
        (timeline, {"first": date(2040, 1, 1), "last": date(2040, 2, 1), "layers": {"events": None}}, "there is nothing dated in these layers and days. Give other --since and --until."),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(draw, options, message):
    with pytest.raises(InputError) as caught:
        draw(**options)
    assert str(caught.value) == message


def test_an_animation_has_a_frame_a_day_and_one_palette():
    image = Image.open(io.BytesIO(animation()))
    assert (image.n_frames, image.size, image.info["loop"]) == (3, (640, 480), 0)
    durations, frames = [], []
    for number in range(image.n_frames):
        image.seek(number)
        durations.append(image.info["duration"])
        frames.append(np.asarray(image.convert("RGB")).astype(int))
    assert durations == [1400, 1400, 3000]
    assert all((a != b).any() for a, b in combinations(frames, 2))
    # The legend and the foot stand still.
    assert (frames[0][-60:] == frames[1][-60:]).all()


def test_a_strip_is_cut_to_its_days_and_its_height():
    whole = pixels(timeline())
    assert whole.shape[0] < 600
    short = timeline(first=date(2031, 5, 10), last=date(2031, 5, 20))
    assert (pixels(short).shape != whole.shape) or (pixels(short) != whole).any()
    assert pixels(timeline(marked=[DAY])).shape[1] == 640


def test_very_many_events_are_counted_instead():
    days = [date(2031, 1, 1) + timedelta(days=i % 90) for i in range(900)]
    layers = {"events": frame(*(event(str(i), "clash", -5.5, 1.3, day=str(day)) for i, day in enumerate(days)))}
    svg = timeline(layers, format="svg")
    assert len(svg) < 120_000
    assert pixels(timeline(layers)).shape[0] < 300


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 20_000), st.integers(1, 30))
def test_ticks_are_few_and_in_order(first, days, most):
    last = first + timedelta(days=days)
    ticks = time_ticks(first, last, most=most)
    assert 1 <= len(ticks) <= most + 2
    assert all(a.day < b.day for a, b in pairwise(ticks))
    assert all(first <= tick.day <= last for tick in ticks)


@pytest.mark.parametrize(
    ("size", "small", "columns"), [((1067, 733), False, 1), ((794, 1123), False, 3), ((520, 760), False, 2), ((420, 330), True, 0)]
)  # fmt: skip
def test_the_layout_follows_the_sheet(size, small, columns):
    layout = lay_out(*size, lambda width: 90.0)
    assert (layout.small, len(layout.lists)) == (small, columns)
    sheet = Box(0, 0, *size)
    for box in (layout.chart, layout.head, *layout.lists):
        assert sheet.holds(box)
        assert box.width > 0
        assert box.height > 0
    assert not any(box.overlaps(layout.chart) for box in layout.lists)


def sample(draw):
    """Draw a sign on a sheet of its own; its middle part in red, green and blue."""
    with matplotlib_defaults():
        canvas = new_canvas(300, 220, 96, font=STYLE.text.font)
        draw(canvas)
        return pixels(to_bytes(canvas, "png", title="sample"))[60:160, 60:240]


def grey(image):
    """Give lightness as CIE Y, the print that has no colour."""
    linear = np.where(image / 255 <= 0.04045, image / 255 / 12.92, ((image / 255 + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def told_apart(one, other):
    """Give the share of the ink that differs in grey by more than a tenth."""
    ink = (grey(one) < 0.9) | (grey(other) < 0.9)
    return float((abs(grey(one) - grey(other)) > 0.1)[ink].mean())


def routes():
    return {
        s: sample(lambda c, s=s: [draw_route_sample(c, STYLE, s, "#555555", x, 110) for x in range(60, 240, 31)])
        for s in STYLE.states
    }


def grounds():
    box = shapely.box(62, 62, 238, 158)
    looks = {}
    for side in STYLE.sides.values():
        looks[side.id] = sample(
            lambda c, side=side: (
                draw_rectangle(c, Box(0, 0, 300, 220), fill=STYLE.basemap["land"].color),
                draw_held(c, box, side.color, side.hatch, "held", STYLE),
            )
        )
    return looks


def certainties():
    box = shapely.box(62, 62, 238, 158)
    pairs = {}
    for state in STYLE.control_states:
        pairs[state] = sample(lambda c, state=state: draw_held(c, box, "#962C12", "", state, STYLE))
    return pairs


def areas():
    return {
        kind: sample(
            lambda c, kind=kind: [
                draw_area_sample(c, STYLE, kind, "#555555", x, y) for x in range(62, 220, 40) for y in (90, 130)
            ]
        )
        for kind in STYLE.areas
    }


def fronts():
    points = [(60, 110), (150, 105), (240, 110)]
    return {
        s: sample(lambda c, s=s: draw_front_sample(c, STYLE, s, ("#962C12", "#0E9F66"), points))
        for s in ("held", "contested", "inferred")
    }


@pytest.mark.parametrize(("signs", "least"), [(routes, 0.08), (areas, 0.08), (fronts, 0.02)])
def test_states_differ_without_colour(signs, least):
    found = signs()
    near = {pair: round(told_apart(found[pair[0]], found[pair[1]]), 3) for pair in combinations(found, 2)}
    assert {pair: share for pair, share in near.items() if share < least} == {}


def texture(image):
    """Give lightness and how strongly it changes from pixel to pixel: a hatch is seen even where it is faint."""
    lightness = grey(image)[10:90, 10:170]
    return float(lightness.mean()), float(
        np.abs(np.diff(lightness, axis=0)).mean() + np.abs(np.diff(lightness, axis=1)).mean()
    )


@pytest.mark.parametrize(("signs", "but"), [(grounds, ()), (certainties, (("claimed", "inferred"),))])
def test_ground_differs_without_colour(signs, but):
    """By lightness or by hatch; claimed and inferred ground are both not sure and share a hatch, not an edge."""
    found = {name: texture(image) for name, image in signs().items()}
    near = [
        pair for pair in combinations(found, 2)
        if abs(found[pair[0]][0] - found[pair[1]][0]) < 0.02 and abs(found[pair[0]][1] - found[pair[1]][1]) < 0.004
    ]  # fmt: skip
    assert [pair for pair in near if pair not in but] == []


@pytest.mark.parametrize("vision", VISIONS)
def test_ground_in_the_colours_of_two_sides_is_told_apart_by_all_eyes(vision):
    land, share = STYLE.basemap["land"].color, STYLE.control.fill
    tints = {side.id: mix(land, side.color, share) for side in STYLE.sides.values()}
    for one, other in combinations(STYLE.sides.values(), 2):
        if one.hatch == other.hatch:  # the hatch tells the others apart
            assert distance(tints[one.id], tints[other.id], vision) > 2, (one.id, other.id)


def test_the_picture_of_the_scene_in_grey_still_shows_the_sides():
    image = pixels(render_picture(scene(), as_of=DAY, title=TITLE, bbox=BBOX, width_px=900, height_px=560, dpi=96))
    lightness = grey(image)
    # West and east of the front line: flat ground here, hatched there.
    west, east = lightness[385:401, 60:130], lightness[230:246, 300:350]
    assert np.abs(np.diff(east, axis=1)).mean() > 3 * np.abs(np.diff(west, axis=1)).mean()


@given(st.integers(0, 0xFFFFFF))
def test_words_in_the_colour_of_a_side_can_be_read(number):
    assert contrast(readable(f"#{number:06X}"), "#FFFFFF") >= 4.5


def test_colours_as_others_see_them():
    assert seen_as("#3263AE", "normal") == "#3263AE"
    assert len(set(re.findall("..", seen_as("#0E9F66", "grey")[1:]))) == 1
    assert distance(seen_as("#C00000", "deuteranopia"), seen_as("#6E6E00", "deuteranopia")) < 12


@given(
    st.floats(0, 50),
    st.floats(0, 50),
    st.floats(5, 300),
    st.floats(5, 300),
    st.sampled_from(["/", "\\\\", "xx", "-", "|", "++"]),
)
def test_stripes_lie_within_their_ground(x, y, width, height, hatch):
    box = shapely.box(x, y, x + width, y + height)
    strokes = stripes(box, hatch)
    assert all(box.buffer(1e-6).covers(stroke) for stroke in strokes)
    if min(width, height) > 20:
        assert strokes
    assert stripes(shapely.Polygon(), hatch) == []


def test_a_picture_of_nothing_says_so_and_a_long_title_takes_two_lines() -> None:
    def dark(title: str) -> tuple[int, int]:
        options = {"width_px": 1000, "height_px": 700, "dpi": 96, "bbox": (10.0, 50.0, 11.0, 50.6)}
        png = render_picture({}, as_of=DAY, title=title, **options)
        sheet = np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 120
        rows = sheet[:70, :60].any(axis=1).astype(int)
        return int((np.diff(rows, prepend=0) == 1).sum()), int(sheet[80:140, 700:].sum())

    (short, note), (long, _) = dark("One line"), dark("A title of many words that does not fit " * 6)
    assert (short, long) == (2, 3)  # lines of letters at the head, the day among them
    assert note > 100
