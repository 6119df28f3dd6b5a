"""The project, the layer definition, the GeoPackage and the GeoJSON files as a real QGIS opens them."""

from datetime import date
from pathlib import Path

import pytest
from export_layers import DAYS, HOSTILE, export_layers

from geo.events.taxonomy import event_types
from geo.export.parts import Source
from geo.export.run import export
from geo.gazetteer import open_gazetteer
from geo.layers import as_of, read_layers
from geo.layers.schema import read_schema
from geo.maps.style import read_style
from geo.settings import Atlas, Theatre, read_atlas

LAYERS = export_layers()
NAMES = list(LAYERS)
CATEGORIES = {
    "events": ("type", set(event_types())),
    "areas": ("type", set(read_style().areas)),
    "routes": ("state", set(read_style().states)),
    "control": ("side", {*read_style().sides, "north", "south"}),
    "front_lines": ("state", set(read_style().control_states)),
    "flows": ("type", set(read_style().flows)),
    "control_points": ("side", {*read_style().sides, "north", "south"}),
}
LABELLED = {"places", "events", "routes", "areas", "flows", "control"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A whole package for QGIS."""
    out = tmp_path_factory.mktemp("export") / "harn"
    days = tuple(map(date.fromisoformat, DAYS[:2]))
    atlas = Atlas(
        tmp_path_factory.mktemp("atlas"),
        "Harn & <Vellmark>",
        theatre=Theatre(("IQ",), (43.9, 32.9, 44.3, 33.3)),
        dates=days,
    )
    export(Source(LAYERS, None, atlas, lambda: open_gazetteer(None)), "qgis", out, profile="internal")
    return out


@pytest.fixture(scope="module")
def project(qgis, folder):
    return qgis("look.py", folder / "harn.qgz", folder, *DAYS)


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_is_valid_and_shows_what_the_layer_says(project, name):
    layer = project["layers"][name]
    assert (layer["valid"], layer["count"], layer["crs"]) == (True, len(LAYERS[name]), "EPSG:4326")
    assert layer["temporal"] is read_schema()[name].dated
    for day in DAYS:
        assert layer["shown"][day] == sorted(as_of(LAYERS, date.fromisoformat(day))[name]["id"]), day
    assert layer["broken"] == []


@pytest.mark.parametrize("name", CATEGORIES)
def test_renderers_have_a_category_for_each_value(project, name):
    layer = project["layers"][name]
    assert (layer["renderer"], layer["attr"], set(layer["categories"])) == ("categorizedSymbol", *CATEGORIES[name])


@pytest.mark.parametrize("name", NAMES)
def test_labels_have_halos(project, name):
    layer = project["layers"][name]
    assert (layer["labels"], layer["halo"]) == ((name in LABELLED), (name in LABELLED))


DRAWN = [  # what tells the layers apart: symbol layers that must be there
    ("events", {"SvgMarker", "SimpleMarker"}), ("routes", {"SimpleLine", "MarkerLine"}), ("front_lines", {"SimpleLine", "MarkerLine"}),
    ("places", {"GeometryGenerator", "SimpleMarker"}), ("areas", {"SimpleFill", "LinePatternFill", "SimpleLine"}),
    ("control", {"SimpleFill", "LinePatternFill"}), ("flows", {"SimpleLine", "MarkerLine"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kinds"), DRAWN)
def test_symbols(project, name, kinds):
    assert kinds <= set(project["layers"][name]["layers"])


def test_the_project(project):
    assert (project["read"], project["title"], project["crs"]) == (True, "Harn & <Vellmark>", "EPSG:3857")
    assert project["range"] == ["2031-03-04", "2031-03-08"]
    assert project["bookmarks"][0] == "Harn & <Vellmark>"
    tree = {group["group"]: group["in"] for group in project["tree"]}
    assert list(tree)[:3] == ["Reports", "Movements", "Routes"]
    assert list(tree)[-1] == "Basemap"
    assert {name for names in tree.values() for name in names} >= {s.title for s in read_schema().values()}
    assert all(layer["valid"] for layer in project["layers"].values())


def test_no_event_hides_another(project):
    assert [name for name in NAMES if project["layers"][name]["apart"]] == ["events"]


def test_layouts_print(project, folder):
    assert list(project["layouts"]) == ["Map of 2031-03-04", "Map of 2031-03-05"]
    for name, layout in project["layouts"].items():
        assert (layout["result"], layout["linked"], layout["unit"]) == (0, [True, True], "km")
        assert (layout["title"], layout["as of"]) == ("Harn & <Vellmark>", f"As reported, {int(name[-2:])} March 2031")
        assert layout["notice"].startswith("Sources: Harn Post.\n")
        assert set(layout["inset"]) <= {"Borders", "Lakes", "Rivers", "Countries"}
        assert "Countries" in layout["inset"]
        assert layout["framed"]
        assert layout["day"] == name[-10:]
        assert "Not for navigation" in layout["notice"]
        pdf = (folder / f"{name.replace(' ', '_')}.pdf").read_bytes()
        assert pdf.startswith(b"%PDF")
        assert len(pdf) > 20_000


def test_a_page_lists_the_events_of_its_day_as_they_are_in_the_layer(project):
    first, second = (layout["listing"] for layout in project["layouts"].values())
    assert sorted(first) == sorted(["• Clash: Tell Harn", "• Clash: Tell Harn", f"• {HOSTILE} (denied)"])
    assert len(second) == 5
    assert "• Airstrike: Sina Hospital (claimed)" in second


def test_a_legend_names_what_is_on_its_page_and_nothing_else(project):
    first, second = (layout["legend"] for layout in project["layouts"].values())
    assert first["Events"] == second["Events"] == ["Airstrike", "Clash"]
    assert second["Routes"] == ["Route cut"]
    assert second["Front lines"] == ["Front line: held, as reported"]
    assert set(second["Sides: who holds it, who acts"]) == {"North", "South", "Other or not named"}
    assert "Places" not in second
    signs = [layout["notice"].splitlines()[1] for layout in project["layouts"].values()]
    assert signs == [
        "Signs: struck out: denied; white lattice: ground contested.",
        "Signs: broken edge: claimed; struck out: denied; white lattice: ground contested.",
    ]


def test_pictures_are_drawn(project):
    style = read_style(sides={"north", "south"})
    for day in DAYS:
        assert project["pictures"][day]["errors"] == []
    first, last = (set(project["pictures"][day]["colors"]) for day in (DAYS[0], DAYS[-1]))
    assert style.sides["north"].color.lower() in first
    assert first != last


def test_map_tips_quote_and_run_nothing(project):
    tip = project["layers"]["events"]["tips"]["e-hostile"]
    assert "&lt;b>'Tell' &amp; \"Harn\"&lt;/b>" in tip
    assert "[% 1 + 1 %]" in tip
    assert "<b>'Tell'" not in tip
    assert project["layers"]["routes"]["tips"]["routes-day"] == (
        '<div style="width: 22em; font-family: sans-serif"><b>Harn road</b><br/>2031-03-05/2031-03-05<br/>cut<br/>'
        "<i>“It was so: routes-day.”</i><br/>Harn Post, 2031-03-09</div>"
    )
    tips = [(name, tip) for name in NAMES for id, tip in project["layers"][name]["tips"].items() if id != "e-hostile"]
    assert [(name, tip) for name, tip in tips if "[%" in tip] == []  # what QGIS cannot read stays as it is


def test_the_geopackage_alone_brings_its_styles(qgis, folder):
    told = qgis("look.py", f"{folder / 'harn.gpkg'}::{','.join(NAMES)}", "-", *DAYS)
    for name, layer in told["layers"].items():
        assert layer["valid"]
        for day in DAYS:
            assert layer["shown"][day] == sorted(as_of(LAYERS, date.fromisoformat(day))[name]["id"]), (name, day)
        assert layer["categories"].keys() == CATEGORIES.get(name, ("", set()))[1]
        assert layer["aliases"]["edtf"] == "Time (EDTF)"
        assert layer["types"]["start"] == "Date"


def test_the_atlas_of_this_repository(qgis, tmp_path):
    root = Path(__file__).parents[2]
    layers, days = read_layers(root / "layers"), ["2016-02-06", "2016-07-10", "2016-08-10", "2016-08-27", "2016-09-04"]
    export(Source(layers, None, read_atlas(root)), "qgis", tmp_path / "aleppo", profile="internal")
    package = f"{tmp_path / 'aleppo' / 'aleppo.gpkg'}::{','.join(layers)}"
    for path in (tmp_path / "aleppo" / "aleppo.qgz", package):
        told = qgis("look.py", path, "-", *days)["layers"]
        for name, frame in layers.items():
            assert (told[name]["valid"], told[name]["count"], told[name]["broken"]) == (True, len(frame), [])
            for day in days:
                assert told[name]["shown"][day] == sorted(as_of(layers, date.fromisoformat(day))[name]["id"]), (
                    name,
                    day,
                )


@pytest.mark.parametrize("name", NAMES)
def test_geojson_files_have_their_styles_beside_them(qgis, folder, name):
    told = qgis("look.py", folder / "geojson" / f"{name}.geojson", "-", *DAYS)["layers"][name]
    assert (told["valid"], told["count"]) == (True, len(LAYERS[name]))
    for day in DAYS:  # open ends too, which QGIS would hide in GeoJSON for being null
        assert told["shown"][day] == sorted(as_of(LAYERS, date.fromisoformat(day))[name]["id"]), day
    assert told["categories"].keys() == CATEGORIES.get(name, ("", set()))[1]
    assert told["types"]["shown_from"] == "Date"
    assert told["types"]["edtf"] == "String"


def test_the_layer_definition_loads(qgis, folder):
    told = qgis("look.py", folder / "harn.qlr", "-", DAYS[0])
    assert told["read"] is True
    assert all(layer["valid"] for layer in told["layers"].values())
    assert [group["group"] for group in told["tree"]][:2] == ["Reports", "Movements"]
