"""The style: complete, well formed, and told apart by colour-blind readers and in grey."""

from html import escape
from itertools import combinations

import numpy as np
import pytest
import shapely

from geo.data import read_toml
from geo.errors import InputError
from geo.maps.colour import VISIONS, contrast, distance, ink, least_distance, mix
from geo.maps.picture.guide_page import render_guide_page
from geo.maps.picture.symbols import SQUARE, read_path
from geo.maps.style import read_style
from geo.model import CONTROL_STATES, MODALITIES, STATES

# In hundredths of Oklab: two colours that lie side by side are told apart from about 2; these lie apart on the map.
LEAST_COLOUR = 12
LEAST_GREY = 4

STYLE = read_style()
SIDES = {side.id: side.color for side in STYLE.sides.values()}
PALETTE = read_toml("style.toml")["palette"]["colors"]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("colors", [list(SIDES.values()), PALETTE], ids=["sides", "palette"])
def test_colours_are_told_apart(colors: list[str], vision: str) -> None:
    least = LEAST_GREY if vision == "grey" else LEAST_COLOUR
    too_near = {
        (a, b): round(distance(a, b, vision), 1)  # type: ignore[arg-type]
        for a, b in combinations(colors, 2)
        if distance(a, b, vision) < least  # type: ignore[arg-type]
    }
    assert too_near == {}


def test_distance_sees_what_readers_see() -> None:
    assert distance("#000000", "#FFFFFF") == pytest.approx(100, abs=0.1)
    assert distance("#123456", "#123456") == 0
    # Blue and yellow are told apart by all; red and olive are not.
    assert least_distance("#0000FF", "#FFFF00") > 40
    assert least_distance("#C00000", "#6E6E00") < 10
    assert distance("#C00000", "#6E6E00") > 20


def test_colour_helpers() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert ink("#F5D23C") == "#111111"
    assert ink("#211F1F") == "#FFFFFF"
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"


def test_words_can_be_read() -> None:
    for color in (STYLE.text.color, STYLE.text.muted, STYLE.text.accent):
        assert contrast(color, STYLE.basemap["land"].color) >= 4.5
        assert contrast(color, STYLE.basemap["outline"].color) >= 4.5


def test_everything_has_a_look() -> None:
    assert list(STYLE.types) == list(read_toml("taxonomy.toml")["type"])
    assert set(STYLE.modalities) == set(MODALITIES)
    assert set(STYLE.states) == set(STATES)
    assert set(STYLE.areas) == {"siege", "region", "uncertainty"}
    assert set(STYLE.flows) == {"displacement", "advance"}
    assert {kind.group for kind in STYLE.types.values()} == set(STYLE.groups)
    assert set(STYLE.control_states) == set(CONTROL_STATES)
    drawn = {kind.symbol for kind in (*STYLE.types.values(), *STYLE.subtypes.values())}
    assert drawn == set(STYLE.symbols)


def test_a_subtype_stands_in_the_shape_of_its_type() -> None:
    assert {id: kind.shape for id, kind in STYLE.subtypes.items()} == {
        id: STYLE.types[id.partition("/")[0]].shape for id in STYLE.subtypes
    }
    assert STYLE.type("airstrike", "drone_strike").symbol == "drone"
    assert STYLE.type("airstrike", "no such").symbol == STYLE.type("airstrike").symbol == "plane"


@pytest.mark.parametrize("name", sorted(STYLE.symbols))
def test_a_sign_lies_within_its_square_and_both_fill_rules_draw_the_same(name: str) -> None:
    rings = read_path(STYLE.symbols[name]).to_polygons(closed_only=True)
    assert rings
    points = np.concatenate(rings)
    assert points.min() >= 3
    assert points.max() <= 21
    # Even-odd, as SVG is told to fill, and non-zero winding, as matplotlib does.
    shapes = [shapely.Polygon(ring).buffer(0) for ring in rings]
    signs = [1 if shapely.LinearRing(ring).is_ccw else -1 for ring in rings]
    grid = [shapely.Point(x / 4 + 0.113, y / 4 + 0.117) for x in range(96) for y in range(96)]
    for point in grid:
        inside = [i for i, shape in enumerate(shapes) if shape.contains(point)]
        assert len(inside) % 2 == (sum(signs[i] for i in inside) != 0), (name, point.wkt)


def test_no_two_types_look_alike() -> None:
    looks = [(kind.shape, STYLE.symbols[kind.symbol]) for kind in STYLE.types.values()]
    assert len(set(looks)) == len(looks)


def test_what_did_not_happen_is_hollow() -> None:
    assert {m.id for m in STYLE.modalities.values() if not m.fill} == {"planned", "proposed", "threatened", "denied"}


@pytest.mark.parametrize("name", [*STYLE.symbols, *STYLE.shapes])
def test_symbols_stay_within_their_square(name: str) -> None:
    path = read_path(STYLE.symbols.get(name) or STYLE.shapes[name])
    assert -1 <= path.vertices.min() <= path.vertices.max() <= SQUARE + 1
    # A sign is large enough to be seen.
    assert (path.vertices.max(axis=0) - path.vertices.min(axis=0)).max() >= SQUARE * 0.25


def test_an_atlas_names_its_own_sides() -> None:
    style = read_style({"sides": {"rsf": {"label": "RSF", "color": "#6a3a68"}, "saf": {"label": "SAF"}}})
    assert (style.side("rsf").color, style.side("rsf").label) == ("#6A3A68", "RSF")
    assert style.side("saf").color in PALETTE
    assert list(style.sides)[-1] == "other"
    # What is laid over changes nothing for others.
    assert "rsf" not in read_style().sides


def test_unknown_sides_get_colours_of_their_own_in_any_order() -> None:
    one, two = read_style(sides=["wagner", "russia", "ukraine"]), read_style(sides=["ukraine", "wagner", "russia", ""])
    chosen = [one.side(id).color for id in ("russia", "ukraine", "wagner")]
    assert chosen == [two.side(id).color for id in ("russia", "ukraine", "wagner")]
    assert len(set(chosen)) == 3
    assert not set(chosen) & set(SIDES.values())
    assert one.side("russia").label == "Russia"


def test_more_sides_than_colours_still_work() -> None:
    style = read_style(sides=[f"side {i}" for i in range(20)])
    assert all(style.side(f"side {i}").color in PALETTE for i in range(20))


def test_what_is_not_known_looks_like_other() -> None:
    assert STYLE.side(None) is STYLE.side("") is STYLE.side("nobody") is STYLE.sides["other"]
    assert STYLE.type("flood") is STYLE.types["other"]


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"sides": {"x": {"color": "red"}}}, "color = 'red' is not a colour. Write it as \"#RRGGBB\"."),
        ({"sides": {"x": {"color": "url(//host)"}}}, "color = 'url(//host)' is not a colour. Write it as \"#RRGGBB\"."),
    ],
)
def test_a_wrong_colour_is_refused(overrides: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_style(overrides)
    assert str(caught.value) == message


def test_a_wrong_key_is_refused() -> None:
    with pytest.raises(InputError, match="this style is not right"):
        read_style({"states": {"open": {"wdith": 3}}})


def test_the_page_of_signs_names_all_of_them() -> None:
    page, style = render_guide_page(), read_style()
    for table in (style.sides, style.types, style.modalities, style.states, style.areas, style.flows, style.groups):
        for look in table.values():
            assert escape(look if isinstance(look, str) else look.label) in page
    assert page == render_guide_page()
    assert "<script" not in page
