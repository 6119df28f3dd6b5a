"""SVG: small, whole, and the same picture as before it was made small."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.picture.canvas import Box, draw_path, draw_rectangle, draw_text, matplotlib_defaults, new_canvas, to_bytes
from geo.maps.picture.svg import LINK, SVG, short_path
from geo.maps.picture.symbols import read_path

NUMBER = st.floats(-2000, 2000, allow_nan=False)
POINT = st.tuples(NUMBER, NUMBER)


def absolute(data):
    """Read path data of relative commands back, into points."""
    points, at, start, command = [], (0.0, 0.0), (0.0, 0.0), ""
    tokens = re.findall(r"[mlqcz]|-?\d*\.?\d+", data)
    i = 0
    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
        if command == "z":
            at = start
            continue
        count = {"m": 1, "l": 1, "q": 2, "c": 3}[command]
        numbers = [float(token) for token in tokens[i : i + 2 * count]]
        i += 2 * count
        new = [(at[0] + x, at[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        points += new
        at = new[-1]
        if command == "m":
            start, command = at, "l"
    return points


@pytest.mark.parametrize(
    ("data", "short"),
    [
        ("M 1 2 L 3 4 L 3 1 z", "m1 2 2 2 0-3z"),
        ("M 0.5 0.25 Q 1 1 2 2 C 1 1 2 2 3.123 3.456", "m.5 .25q.5 .75 1.5 1.75c-1-1 0 0 1.12 1.46"),
        ("M 1 1 L 2 2 z M 5 5 L 6 6", "m1 1 1 1zm4 4 1 1"),
        ("", ""),
    ],
)
def test_steps_are_relative(data, short):
    assert short_path(data) == short


@given(st.lists(st.lists(POINT, min_size=2, max_size=60), min_size=1, max_size=3))
def test_rounding_does_not_add_up(lines):
    data = " ".join(" ".join(f"{'L' if i else 'M'} {x:.6f} {y:.6f}" for i, (x, y) in enumerate(line)) for line in lines)
    wanted, found = [point for line in lines for point in line], absolute(short_path(data))
    kept = iter(wanted)
    # Steps of no length are left out, so each point that is found must come in order.
    for x, y in found:
        assert any(abs(x - a) < 0.06 and abs(y - b) < 0.06 for a, b in kept)
    assert abs(found[-1][0] - wanted[-1][0]) < 0.06


def picture(**options):
    with matplotlib_defaults():
        canvas = new_canvas(600, 400, 96, font="DejaVu Sans")
        draw_rectangle(canvas, Box(10, 10, 200, 100), fill="#336699")
        path = read_path("M20 20 L180 24 L170 90 L60 95 L30 60 Z")
        for fill, edge, hatch in (("#AA0000", "none", ""), ("none", "#00AA00", "//"), ("none", "#0000AA", "")):
            draw_path(canvas, path, fill=fill, edge=edge, hatch=hatch, width=2, dash=(4, 2), clip=Box(0, 0, 150, 80))
        draw_text(canvas, 20, 200, "Azaz & <Mare>", size=30, color="#222222", halo="#FFFFFF", bold=True)
        draw_text(canvas, 20, 300, "Azaz", size=30, color="#222222")
        return to_bytes(canvas, "svg", title="A & <title>", **options).decode()


def test_it_is_whole():
    root = ET.fromstring(picture(description="What\x00 it shows"))
    assert (root.get("width"), root.get("viewBox")) == ("450pt", "0 0 450 300")
    assert root.findtext(f"{{{SVG}}}title") == "A & <title>"
    assert root.findtext(f"{{{SVG}}}desc") == "What  it shows"
    assert not [e for e in root.iter() if e.get("style") or e.tag in (f"{{{SVG}}}style", f"{{{SVG}}}script")]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    links = [e.get(f"{{{LINK}}}href")[1:] for e in root.iter() if e.get(f"{{{LINK}}}href")]
    links += [name for e in root.iter() for value in e.attrib.values() for name in re.findall(r"url\(#(.*?)\)", value)]
    assert sorted(ids) == sorted(set(links))


def test_what_stands_twice_is_written_once():
    text = picture()
    root = ET.fromstring(text)
    outlines = [e.get("d") for e in root.iter() if len(e.get("d", "")) > 48]
    assert len(outlines) == len(set(outlines))
    assert text.count("<path") < 30
    # The letters under a halo are those without one: two runs of them for three lines of words that are drawn.
    assert len([e for e in root.iter() if e.tag == f"{{{SVG}}}use" and e.get("x")]) == 12 + 3
