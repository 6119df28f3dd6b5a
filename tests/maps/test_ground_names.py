"""Names of the ground, and the theatre among its neighbours."""

import io

import numpy as np
import pytest
from picture_scene import DAY, event, frame
from PIL import Image

from geo.maps.basemap import basemap, world_layers
from geo.maps.picture import render_picture
from geo.maps.picture.canvas import Box
from geo.maps.picture.natural import ground_names
from geo.maps.picture.window import fit

SHEET = Box(0, 0, 900, 620)


def names(bounds):
    window = fit(bounds, SHEET)
    return {(n.text, n.kind) for n in ground_names(world_layers(window.bounds), window)}


@pytest.mark.parametrize(
    ("bounds", "there", "missing"),
    [
        ((30.0, 44.0, 41.0, 51.0), {("Kharkiv", "division"), ("Sea of Azov", "water"), ("Kakhovka Reservoir", "water")}, {("Black Sea", "division")}),
        ((35.0, 34.0, 42.0, 37.5), {("Aleppo", "division"), ("Deir ez-Zor", "division"), ("Euphrates", "river")}, {("Tigris", "river")}),
        ((43.0, 30.0, 49.0, 35.0), {("Euphrates", "river"), ("Tigris", "river")}, {("Nile", "river")}),
        ((29.0, 46.0, 38.0, 52.0), {("Dnieper", "river"), ("Dniester", "river")}, {("Danube", "river")}),
        # A map of a city alone lies within one division.
        ((37.0, 36.1, 37.3, 36.3), set(), {("Aleppo", "division")}),
    ],
)  # fmt: skip
def test_divisions_and_waters_have_names(bounds, there, missing):
    found = names(bounds)
    assert there <= found
    assert not missing & found


def test_no_sea_is_named_on_land():
    window = fit((24.0, 35.0, 45.0, 47.0), SHEET)
    world = world_layers(window.bounds)
    for name in ground_names(world, window):
        if name.kind == "water":
            assert SHEET.holds(Box(name.x, name.y, name.x, name.y))


def test_an_ocean_has_no_names_of_land():
    assert all(kind == "water" for _, kind in names((-150.0, -60.0, -140.0, -52.0)))


def test_countries_outside_of_the_theatre_are_paler():
    bounds = (36.0, 35.5, 39.0, 38.0)
    layers = {"events": frame(event("one", "clash", 36.2, 35.7), event("two", "clash", 38.8, 37.8))}

    def drawn(countries):
        options = {"width_px": 640, "height_px": 480, "dpi": 96, "listing": False}
        png = render_picture(
            layers, as_of=DAY, title="One", bbox=bounds, basemap=basemap(bounds), countries=countries, **options
        )
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)

    alike, one, both = drawn(()), drawn(("SY",)), drawn(("SY", "TR"))
    assert (alike == both).all()
    assert (one.sum(axis=2) < alike.sum(axis=2)).mean() > 0.2
