"""The parts of a picture: where labels go, what the window shows, how long the scale bar is."""

import math
from itertools import combinations

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.maps.picture.canvas import Box, printable, text_width, to_path
from geo.maps.picture.corners import corner_boxes
from geo.maps.picture.day import Feature, details
from geo.maps.picture.furniture import scale_length
from geo.maps.picture.labels import Label, Taken, place_labels, place_symbols, shortened, wrap
from geo.maps.picture.symbols import read_path
from geo.maps.picture.window import METRES_PER_DEGREE, choose_bounds, fit, on_sheet, point_on_sheet
from geo.maps.style import read_style

SHEET = Box(0, 0, 400, 300)
COORDINATE = st.floats(-20, 420)


@st.composite
def labels(draw: st.DrawFn) -> Label:
    words = draw(st.sampled_from(["Azaz", "Tell Rifaat", "Aleppo"]))
    return Label(
        words,
        draw(COORDINATE),
        draw(COORDINATE),
        width=6.0 * len(words),
        height=10.0,
        centred=draw(st.booleans()),
        dot=draw(st.sampled_from([0.0, 2.5])),
    )


@given(st.lists(labels(), max_size=40), st.lists(st.tuples(COORDINATE, COORDINATE), max_size=6))
def test_labels_never_overlap(wanted: list[Label], symbols: list[tuple[float, float]]) -> None:
    taken = Taken()
    obstacles = place_symbols(symbols, 22, SHEET, taken)
    boxes = [box for box in place_labels(wanted, SHEET, taken) if box is not None]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert not [box for box in boxes for obstacle in obstacles if box.overlaps(obstacle)]
    assert all(SHEET.holds(box) for box in boxes)


@given(st.lists(st.tuples(st.floats(30, 370), st.floats(30, 270)), max_size=25))
def test_symbols_never_overlap(points: list[tuple[float, float]]) -> None:
    boxes = place_symbols(points, 20, SHEET, Taken())
    assert len(boxes) == len(points)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_a_label_goes_to_the_right_if_it_can() -> None:
    one = Label("Azaz", 100, 100, 40, 10)
    assert place_labels([one], SHEET, Taken()) == [Box(104, 95, 144, 105)]
    taken = Taken()
    taken.add(Box(104, 0, 400, 300))
    (left,) = place_labels([one], SHEET, taken)
    assert left is not None
    assert left.right < 104


def test_a_label_without_room_is_left_out() -> None:
    full = Taken()
    full.add(SHEET)
    assert place_labels([Label("Azaz", 100, 100, 40, 10)], SHEET, full) == [None]


def test_words_do_not_cover_the_dot_of_another_town() -> None:
    wide = Label("A long name", 100, 100, 90, 10, dot=2.5)
    behind = Label("B", 150, 100, 10, 10, dot=2.5)
    assert place_labels([wide, behind], SHEET, Taken())[1] is None


@given(
    st.floats(-170, 170), st.floats(-70, 70), st.floats(0.001, 30), st.floats(0.001, 30), st.floats(100, 1500),
    st.floats(100, 1500),
)  # fmt: skip
def test_a_window_holds_what_it_was_made_for(
    lon: float, lat: float, width: float, height: float, across: float, down: float
) -> None:
    bounds = (lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2)
    assume(height * across / down < 360 * math.cos(math.radians(lat)))  # no window goes round the world twice
    window = fit(bounds, Box(10, 20, 10 + across, 20 + down))
    assert window.west <= bounds[0] + 1e-9
    assert window.north >= bounds[3] - 1e-9
    assert window.east - window.west <= 360 + 1e-9
    # North and east are to one scale in the middle.
    middle = (window.south + window.north) / 2
    metres_across = (window.east - window.west) * METRES_PER_DEGREE * math.cos(math.radians(middle))
    assert metres_across / across == pytest.approx(window.metres_per_pixel)
    x, y = point_on_sheet(lon, lat, window)
    assert (x, y) == (pytest.approx(10 + across / 2), pytest.approx(20 + down / 2))


@pytest.mark.parametrize(
    ("wanted", "theatre", "holds", "not_beyond"),
    [
        ([], None, (0, 0), (-180.1, -90, 180.1, 90)),
        ([], (36.0, 35.0, 38.0, 37.0), (37, 36), (36, 35, 38, 37)),
        ([(37.1, 36.2, 37.1, 36.2)], (36.0, 35.0, 38.0, 37.0), (37.1, 36.2), (37.0, 36.1, 37.2, 36.3)),
        ([(37.1, 36.2, 37.1, 36.2), (6.1, 46.2, 6.1, 46.2)], (36.0, 35.0, 38.0, 37.0), (37.1, 36.2), (37, 36, 38, 37)),
        ([(-200.0, -80, 200.0, 80)], (36.0, 35.0, 38.0, 37.0), (37, 36), (35, 34, 39, 38)),
        ([(-179.0, -17.0, -179.0, -17.0)], (176.0, -20.0, -178.0, -15.0), (181, -17), (180, -18, 182, -16)),
        ([(10.0, 90.0, 10.0, 90.0)], None, (10, 90), (-180, 80, 180, 90)),
    ],
    ids=["nothing", "theatre", "one point", "venue outside", "too large", "antimeridian", "pole"],
)
def test_what_the_window_shows(
    wanted: list[tuple[float, float, float, float]],
    theatre: tuple[float, float, float, float] | None,
    holds: tuple[float, float],
    not_beyond: tuple[float, float, float, float],
) -> None:
    west, south, east, north = choose_bounds(wanted, theatre)
    assert west <= holds[0] <= east
    assert south <= holds[1] <= north
    assert not_beyond[0] <= west < east <= not_beyond[2]
    assert not_beyond[1] <= south < north <= not_beyond[3]


def test_longitudes_are_taken_round_the_world() -> None:
    window = fit((175.0, -20.0, 185.0, -15.0), SHEET)
    west, east = point_on_sheet(179.5, -17, window)[0], point_on_sheet(-179.5, -17, window)[0]
    assert SHEET.left < west < east < SHEET.right
    island = on_sheet([shapely.box(-179.9, -17.5, -179.0, -17.0)], window)[0]
    assert SHEET.left < island.bounds[0] < island.bounds[2] < SHEET.right


@given(st.floats(0.01, 100_000))
def test_the_scale_bar_is_round_and_fits(metres_per_pixel: float) -> None:
    metres, words = scale_length(metres_per_pixel, 150)
    assert 150 / 2.6 <= metres / metres_per_pixel <= 150.001
    assert f"{metres:.0e}"[0] in "125"
    assert words.endswith(" km") == (metres >= 1000)


def test_corners_step_aside() -> None:
    blocked = Box(300, 0, 400, 80)
    corners = corner_boxes(SHEET, (150, 100), [blocked])
    assert len(corners) == 4
    assert not any(corner.overlaps(blocked) for corner in corners)
    assert corner_boxes(SHEET, (500, 100), []) == []


def test_words_are_wrapped_and_cut() -> None:
    assert wrap("one two three", 7, len) == ["one two", "three"]
    assert wrap("incomprehensible", 7, len) == ["incompr", "ehensib", "le"]
    assert wrap("", 7, len) == []
    assert shortened("one two three", 8, len) == "one two…"
    assert shortened("one", 8, len) == "one"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bāb al-Hawā", "Bāb al-Hawā"),
        ("حلب", "حلب"),
        ("Алеппо", "Алеппо"),
        ("阿勒颇", "ALeiPo"),
        ("a\x00b\x1bc\nd", "a b c d"),
        ("$x_1$ & <b>", "$x_1$ & <b>"),
        ("\ue000", " "),
        ("\U0001d173x\u0e5b", " x@"),
    ],
)
def test_what_the_font_lacks_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_wider_text_is_wider() -> None:
    assert 0 < text_width("Azaz", 10) < text_width("Azaz, Mare", 10) < text_width("Azaz, Mare", 10, bold=True)
    assert text_width("$", 10) < text_width("$$$$", 10)


def test_paths() -> None:
    path = read_path("M1 2 L3 4 Q5 6 7 8 C1 1 2 2 3 3 Z M0 0 L1 1")
    assert path.codes.tolist() == [1, 2, 3, 3, 4, 4, 4, 79, 1, 2]
    assert path.vertices[7].tolist() == [1, 2]
    holed = to_path([shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6)), shapely.LineString([(0, 0), (1, 1)])])
    assert holed is not None
    assert holed.codes.tolist().count(1) == 3
    assert to_path([shapely.Polygon(), shapely.Point(1, 1)]) is None


BRIEF = [
    (0, "Turkey to Azaz: cut, held by North · 6 August – 3 September 2016 · within 150 m · [b]"),
    (1, "Turkey to Azaz: cut, held by North · 6 Aug – 3 Sep 2016 · within 150 m · [b]"),
    (2, "Turkey to Azaz: cut, held by North · 6 Aug – 3 Sep 2016 · [b]"),
    (3, "Turkey to Azaz: cut · 6 Aug – 3 Sep 2016 · [b]"),
]


@pytest.mark.parametrize(("brief", "words"), BRIEF)
def test_what_is_listed_is_said_in_as_many_words_as_there_is_room_for(brief: int, words: str) -> None:
    north = read_style(sides=["north"]).side("north")
    feature = Feature(
        layer="routes", id="r", kind="cut", label="Azaz road", when="6 August – 3 September 2016", says="",
        side=north, note=f"Turkey to Azaz: cut, held by {north.label}", quote="", geometry=shapely.Point(37, 36), precision_m=150.0,
        modality=None, past=False, undated=False, fresh=True, source="table",
    )  # fmt: skip
    assert details(feature, {"table": "b"}, brief=brief) == words.replace("North", north.label)
