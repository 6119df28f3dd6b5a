"""The basemap: there for any theatre, clipped, the same every time."""

import math
from dataclasses import dataclass, field

import pytest
import shapely

from geo.maps.basemap import ATLAS_LAYERS, MOST_TOWNS, WORLD_LAYERS, basemap, empty_basemap, world_layers
from geo.model import Place, Route

ALEPPO = (36.3, 35.6, 38.2, 36.95)
UKRAINE = (30.0, 46.0, 40.0, 51.0)
SUDAN = (31.0, 14.0, 35.0, 17.0)
FIJI = (175.0, -20.0, -175.0, -14.0)


@dataclass
class SmallGazetteer:
    places: tuple[Place, ...] = ()
    world: tuple[Place, ...] = ()
    shapes: dict[str, object] = field(default_factory=dict)
    roads: tuple[Route, ...] = ()

    def atlas_places(self) -> tuple[Place, ...]:
        return self.places

    def nearby(self, lon: float, lat: float, radius_m: float, *, kinds: tuple[str, ...] = ()) -> tuple[Place, ...]:
        return tuple(place for place in self.world if not kinds or place.kind in kinds)

    def geometry(self, id: str) -> object:
        return self.shapes.get(id)

    def routes(self) -> tuple[Route, ...]:
        return self.roads


@pytest.mark.parametrize(
    ("window", "countries"),
    [(ALEPPO, {"SY", "TR"}), (UKRAINE, {"UA", "RU", "MD"}), (SUDAN, {"SD"}), (FIJI, {"FJ"})],
)
def test_every_theatre_has_land(window: tuple[float, float, float, float], countries: set[str]) -> None:
    layers = basemap(window)
    assert countries <= set(layers["countries"]["iso"])
    assert set(layers) == {*WORLD_LAYERS, *ATLAS_LAYERS}
    assert all(layers[name].empty for name in ATLAS_LAYERS)


@pytest.mark.parametrize("window", [ALEPPO, UKRAINE, FIJI])
def test_layers_are_clipped_to_the_window(window: tuple[float, float, float, float]) -> None:
    west, south, east, north = window
    frame = shapely.box(west, south, east if east > west else east + 360, north)
    kinds = {"countries": "Polygon", "borders": "LineString", "admin1": "LineString", "lakes": "Polygon"}
    for name, layer in world_layers(window).items():
        assert layer.crs == "EPSG:4326"
        assert set(layer.geom_type) <= {kinds.get(name, "LineString")}
        assert all(frame.buffer(1e-9).covers(geometry) for geometry in layer.geometry)


def test_the_lakes_and_rivers_of_the_aleppo_theatre() -> None:
    layers = basemap(ALEPPO)
    assert len(layers["rivers"]) > 0
    assert len(layers["lakes"]) > 0
    assert len(layers["admin1"]) > 0
    # A map of the city alone leaves out rivers that are known to some kilometres only.
    assert basemap((37.0, 36.1, 37.3, 36.3))["rivers"].empty


@pytest.mark.parametrize(
    ("window", "rivers"),
    [
        ((38.0, 34.0, 42.0, 37.5), {("Euphrates", "الفرات"), ("Tigris", "دجلة")}),
        ((31.0, 24.5, 33.5, 27.5), {("Nile", "النيل")}),
        ((30.0, 47.0, 36.0, 51.0), {("Dnieper", "")}),
    ],
)
def test_rivers_are_named_by_the_towns_on_their_banks(
    window: tuple[float, float, float, float], rivers: set[tuple[str, str]]
) -> None:
    layer = world_layers(window, ("rivers",))["rivers"]
    assert set(zip(layer["name"], layer["name_ar"], strict=True)) - {("", "")} == rivers


def test_disputed_borders_are_told() -> None:
    kashmir = world_layers((73.0, 32.0, 80.0, 37.0), ("borders",))["borders"]
    assert kashmir["disputed"].any()
    assert not world_layers(ALEPPO, ("borders",))["borders"]["disputed"].any()


def test_the_same_each_time() -> None:
    one, two = basemap(UKRAINE), basemap(UKRAINE)
    for name, layer in one.items():
        assert layer.to_wkb().equals(two[name].to_wkb())


def test_an_ocean_is_empty() -> None:
    assert all(layer.empty for layer in basemap((-150.0, -60.0, -149.0, -59.0)).values())
    assert all(layer.empty for layer in empty_basemap().values())


def test_towns_come_by_rank_and_once() -> None:
    gazetteer = SmallGazetteer(
        places=(
            Place("atlas:azaz", "Azaz", "town", 37.05, 36.59, 800, aliases=("A'zaz",)),
            Place("atlas:mayer", "Mayer", "village", 37.0, 36.45, 800),
            Place("atlas:far", "Far", "town", 50.0, 36.45, 800),
            Place("atlas:hill", "Hill", "hill", 37.0, 36.45, 800),
        ),
        world=(
            Place("geonames:1", "Kilis", "city", 37.12, 36.72, 5000, population=80_000),
            Place("geonames:2", "Aleppo", "city", 37.16, 36.2, 6000, population=2_000_000),
            Place("geonames:3", "A‘zāz", "town", 37.04, 36.58, 2000, aliases=("Azaz",), population=30_000),
        ),
    )
    towns = basemap(ALEPPO, gazetteer)["towns"]  # type: ignore[arg-type]
    assert towns["name"].tolist() == ["Aleppo", "Kilis", "Azaz", "Mayer"]
    assert towns["rank"].tolist() == [1, 1, 2, 4]


def test_a_quarter_that_is_counted_as_a_city_ranks_as_a_quarter() -> None:
    port = ("Portum", "Puerto", "Porto", "Порт")
    world = (
        Place("geonames:1", "Port", "city", 37.54, 36.2, 5000, population=230_000, aliases=port),
        Place("geonames:2", "Right Bank", "city", 37.58, 36.22, 5000, population=350_000),
        Place("geonames:3", "Twin", "city", 37.5, 36.2, 5000, population=90_000, aliases=("Tvilling", "Близнюки")),
        Place("geonames:4", "Suburb", "town", 37.55, 36.18, 2000, population=20_000),
        Place("geonames:5", "Inland", "city", 37.4, 36.2, 5000, population=350_000),
    )
    towns = basemap((37.0, 36.0, 38.0, 36.4), SmallGazetteer((), world))["towns"]  # type: ignore[arg-type]
    assert dict(zip(towns["name"], towns["rank"], strict=True)) == {
        "Inland": 1, "Port": 1, "Twin": 1, "Suburb": 2, "Right Bank": 3,
    }  # fmt: skip


def test_outlines_and_roads_come_from_the_atlas() -> None:
    square = shapely.box(37.0, 36.0, 37.3, 36.3)
    road = shapely.LineString([(37.0, 36.2), (40.0, 36.2)])
    gazetteer = SmallGazetteer(
        places=(
            Place("atlas:city", "City", "area", 37.1, 36.1, 800),
            Place("atlas:east", "East", "district", 37.1, 36.1, 800),
        ),
        shapes={"atlas:city": square, "atlas:east": square},
        roads=(Route("m5", "M5", "road", road, 500, "survey"), Route("way", "Way", "corridor", road, 500, "survey")),
    )
    layers = basemap(ALEPPO, gazetteer)  # type: ignore[arg-type]
    assert layers["outline"]["id"].tolist() == ["atlas:city"]
    assert layers["roads"]["name"].tolist() == ["M5"]
    assert math.isclose(layers["roads"].total_bounds[2], ALEPPO[2])


def test_a_wide_window_keeps_the_most_populous_towns() -> None:
    world = tuple(
        Place(f"geonames:{n}", f"Town {n}", "town", 20.0 + n % 100 / 5, 40.0 + n // 100 / 5, 1_000.0, population=n)
        for n in range(MOST_TOWNS + 500)
    )
    own = (Place("atlas:hamlet", "Hamlet", "village", 25.1, 45.1, 500.0),)
    towns = basemap((19.0, 39.0, 41.0, 46.0), SmallGazetteer(own, world))["towns"]
    assert len(towns) == MOST_TOWNS + 1
    assert "atlas:hamlet" in set(towns["id"])
    assert towns["population"].drop(towns.index[towns["id"] == "atlas:hamlet"]).min() == 500
