"""The colours of the atlas's sides: told apart by colour-blind readers and in grey, as the style's own are."""

from itertools import combinations

import pytest
from seed_files import SEEDS

from geo.events import read_actors
from geo.maps.colour import least_distance
from geo.maps.style import read_style


def style():
    sides = read_actors(SEEDS / "actors.toml").sides
    named = {
        s.id: {"label": s.name, **{k: v for k, v in (("color", s.color), ("hatch", s.hatch)) if v}}
        for s in sides.values()
    }
    return read_style({"sides": named}, sides=sides)


@pytest.mark.parametrize("pair", list(combinations(sorted(read_actors(SEEDS / "actors.toml").sides), 2)), ids="-".join)
def test_two_sides_differ_to_every_reader(pair):
    one, other = (style().side(id).color for id in pair)
    assert least_distance(one, other) >= 12


def test_the_atlas_names_its_own_sides():
    assert style().side("sdf").label == "Kurdish-led forces (YPG, SDF)"
    assert "sdf" not in read_style().sides
