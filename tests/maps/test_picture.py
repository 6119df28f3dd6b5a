"""Pictures: the same bytes, whole, literal, and about what the day tells."""

import hashlib
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pytest
import shapely
from PIL import Image

from geo.errors import InputError
from geo.maps.basemap import basemap
from geo.maps.picture import render_picture
from geo.maps.picture.canvas import Box, new_canvas
from geo.maps.picture.day import all_sides, details, features_of, source_marks
from geo.maps.picture.detail import detail_window
from geo.maps.picture.extent import wanted_bounds
from geo.maps.picture.legend import legend_items
from geo.maps.picture.window import choose_bounds, fit
from geo.maps.style import read_style

DAY = date(2016, 9, 4)
THEATRE = (36.3, 35.6, 38.2, 36.95)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "$x^2$ & <b onload='x'>\"]]></svg><script>alert(1)</script> \\frac{1}{2} %s {0} \x00\x1b \u202e حلب 阿"


def frame(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    columns = sorted({key for row in rows for key in row} - {"geometry"})
    return gpd.GeoDataFrame(
        {key: [row.get(key) for row in rows] for key in columns}, geometry=[r["geometry"] for r in rows], crs=4326
    )


def event(id: str, type: str, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "type": type,
        "label": f"{type.capitalize()}: {id}",
        "actors": [{"role": "initiator", "name": "Someone", "side": "government"}],
        "modality": "happened",
        "precision_m": 700.0,
        "start": "2016-09-04",
        "end": "2016-09-04",
        "edtf": "2016-09-04",
        "known": "2016-09-05",
        "source": "A paper",
        "quote": f"The words on {id}.",
        "geometry": shapely.Point(lon, lat),
        **more,
    }


def area(id: str, type: str, shape: Any, **more: Any) -> dict[str, Any]:
    common = {"start": "2016-09-04", "end": None, "edtf": "2016-09-04/..", "known": "2016-09-05", "source": "A paper"}
    return {**common, "id": id, "type": type, "label": f"Siege imposed: {id}", "precision_m": 600.0, "event": "one",
            "geometry": shape, **more}  # fmt: skip


def route(id: str, state: str, *points: tuple[float, float]) -> dict[str, Any]:
    common = {"start": "2016-09-04", "end": None, "edtf": "2016-09-04/..", "known": "2016-09-05", "source": "A paper"}
    return {**common, "id": id, "route": id, "name": f"{id} road", "state": state, "holder": "opposition",
            "precision_m": 900.0, "event": "one", "geometry": shapely.LineString(points)}  # fmt: skip


def some_layers() -> dict[str, gpd.GeoDataFrame]:
    return {
        "events": frame(
            event("one", "airstrike", 37.17, 36.19),
            event("two", "capture", 37.17, 36.19),
            event("three", "aid", 37.1, 36.15, modality="proposed", start=None, end=None, edtf=None, known="2016-09-04"),
            event("four", "siege_imposed", 37.2, 36.2, start="2016-08-27", end="2016-08-27", edtf="2016-08-27"),
            event("five", "talks", 6.1, 46.2),
            event("six", "offensive", 37.0, 36.0, precision_m=120_000.0),
            event("old", "clash", 37.1, 36.1, start="2016-02-01", end="2016-02-01"),
        ),
        "areas": frame(
            area("east", "siege", shapely.box(37.16, 36.18, 37.22, 36.25), holder="opposition"),
            area("around", "uncertainty", shapely.Point(37.17, 36.19).buffer(0.008)),
        ),
        "routes": frame(
            route("Castello", "closed", (37.1, 36.22), (37.16, 36.25)),
            route("South", "contested", (37.02, 36.1), (37.16, 36.17)),
        ),
        "flows": frame(
            {**event("flee", "displacement", 0, 0), "figures": {"displaced": 15000},
             "geometry": shapely.LineString([(37.15, 36.2), (37.05, 36.25)])}
        ),
    }  # fmt: skip


def draw(layers: dict[str, Any] | None = None, **options: Any) -> bytes:
    settings: dict[str, Any] = {"as_of": DAY, "title": "Aleppo 2016", "bbox": THEATRE, **options}
    return render_picture(some_layers() if layers is None else layers, **settings)


def pixels(png: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_the_same_bytes_again(format: str) -> None:
    first = draw(format=format, basemap=basemap(THEATRE))
    # Neither what was drawn before nor the user's own settings count.
    mpl.rcParams["font.size"], mpl.rcParams["svg.hashsalt"] = 30, "other"
    before = dict(mpl.rcParams)
    try:
        assert draw(format=format, basemap=basemap(THEATRE)) == first
        assert dict(mpl.rcParams) == before
    finally:
        mpl.rcdefaults()


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_bytes_in_another_process(seed: str) -> None:
    program = (
        "import hashlib, sys; sys.path.insert(0, 'tests/maps'); from test_picture import draw;"
        "print(hashlib.sha256(draw() + draw(format='svg') + draw(format='pdf')).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(draw() + draw(format="svg") + draw(format="pdf")).hexdigest()


def test_a_png_has_the_size_asked_for_and_is_not_blank() -> None:
    image = pixels(draw())
    assert image.shape == (1100, 1600, 3)
    assert pixels(draw(width_px=1000, height_px=700, dpi=96)).shape == (700, 1000, 3)
    assert (image == 255).all(axis=2).mean() < 0.6
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 100
    assert Image.open(io.BytesIO(draw())).info["Title"] == "Aleppo 2016, 4 September 2016"


def test_an_svg_is_whole_and_asks_no_other_host() -> None:
    text = draw(format="svg").decode("utf-8")
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 800 550"
    assert root.find(f"{SVG}title").text == "Aleppo 2016, 4 September 2016"  # type: ignore[union-attr]
    attributes = [pair for element in root.iter() for pair in element.attrib.items()]
    links = [value for name, value in attributes if name.endswith("href") or name == "src"]
    links += [link for _, value in attributes for link in re.findall(r"url\((.*?)\)", value)]
    assert links
    assert [link for link in links if not link.startswith("#")] == []
    assert "DOCTYPE" not in text
    assert "http://www.w3.org/Graphics" not in text
    assert not list(root.iter(f"{SVG}image"))
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("format", ["png", "svg"])
def test_text_means_nothing_but_itself(format: str) -> None:
    layers = some_layers()
    layers["events"]["label"] = HOSTILE
    layers["events"]["quote"] = HOSTILE
    layers["events"]["source"] = HOSTILE
    layers["routes"]["name"] = HOSTILE
    layers["areas"]["label"] = HOSTILE
    picture = draw(layers, title=HOSTILE, format=format, sources=[HOSTILE])
    assert picture != draw(format=format)
    if format == "svg":
        root = ET.fromstring(picture.decode("utf-8"))
        assert not list(root.iter(f"{SVG}script"))


def test_dollar_signs_are_drawn() -> None:
    one, two = (pixels(draw({}, title=title)) for title in ("a b", "$a$ $b$"))
    assert (two < 128).sum() > (one < 128).sum()


@pytest.mark.parametrize("layers", [{}, {"events": None}, {"events": some_layers()["events"].iloc[:0]}])
def test_a_day_without_features(layers: dict[str, Any]) -> None:
    assert pixels(draw(layers, basemap=basemap(THEATRE))).std() > 5


@pytest.mark.parametrize(
    ("bbox", "points"),
    [
        (None, []),
        (None, [(37.1, 36.2)]),
        (None, [(-179.9, -17.0), (179.9, -17.0)]),
        ((176.0, -20.0, -178.0, -15.0), [(179.9, -17.0), (-179.9, -17.5)]),
        ((-180.0, -90.0, 180.0, 90.0), [(0.0, 0.0), (0.0, 89.9), (0.0, -90.0)]),
        ((36.3, 35.6, 38.2, 36.95), [(37.1, 36.2)] * 60),
        ((37.1, 36.2, 37.1001, 36.2001), [(37.1, 36.2)]),
    ],
    ids=["nothing", "one point", "both ends", "antimeridian", "world", "sixty at one point", "tiny theatre"],
)
def test_extreme_windows(bbox: tuple[float, float, float, float] | None, points: list[tuple[float, float]]) -> None:
    rows = [event(f"e{i}", "clash", *point) for i, point in enumerate(points)]
    picture = draw({"events": frame(*rows)} if rows else {}, bbox=bbox)
    assert pixels(picture).shape == (1100, 1600, 3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "tif"}, "a picture cannot be 'tif'. Choose png, svg or pdf."),
        (
            {"width_px": 300},
            "300 by 1100 pixels at 144 dpi leave no room for the map. "
            "Choose at least 300 by 220 pixels for each 96 dpi (80 by 59 mm), or fewer dpi.",
        ),
        (
            {"dpi": 0},
            "1600 by 1100 pixels at 0 dpi leave no room for the map. "
            "Choose at least 300 by 220 pixels for each 96 dpi (80 by 59 mm), or fewer dpi.",
        ),
        (
            {"width_px": 20_000, "height_px": 20_000},
            "20000 by 20000 pixels are too many. Choose at most 200 million, or fewer dpi.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        draw(**options)
    assert str(caught.value) == message


def test_inputs_are_left_alone() -> None:
    layers, ground = some_layers(), basemap(THEATRE)
    before = {name: layer.copy() for name, layer in {**layers, **ground}.items()}
    draw(layers, basemap=ground)
    for name, layer in {**layers, **ground}.items():
        assert layer.equals(before[name]), name


def test_each_event_of_the_day_changes_the_picture() -> None:
    layers, whole = some_layers(), draw()
    for i, id in enumerate(layers["events"]["id"]):
        rest = {**layers, "events": layers["events"].drop(index=layers["events"].index[i])}
        assert (draw(rest) == whole) == (id == "old"), id


def test_what_did_not_happen_looks_unlike_what_did() -> None:
    style, where = read_style(), {"bbox": (37.0, 36.0, 37.3, 36.3), "format": "png"}
    color = np.array([int(style.side("government").color[i : i + 2], 16) for i in (1, 3, 5)])
    counts = {}
    for modality in ("happened", "claimed", "proposed"):
        rows = {"events": frame(event("one", "talks", 37.17, 36.19, modality=modality))}
        image = pixels(draw(rows, **where))[500:615, 490:610].astype(int)  # the middle of the map
        counts[modality] = int((abs(image - color).max(axis=2) < 20).sum())
    # Less and less of the side's colour: filled, a filled core in a ring, hollow.
    assert counts["happened"] > counts["claimed"] > 1.3 * counts["proposed"] > 0, counts


def test_the_features_of_a_day() -> None:
    features = features_of(some_layers(), DAY, read_style())
    assert [f.id for f in features["events"]] == ["one", "two", "three", "four", "five", "six"]
    assert [f.id for f in features["events"] if f.past] == ["four"]
    assert [f.id for f in features["events"] if f.unreal] == ["three"]
    assert [f.id for f in features_of(some_layers(), DAY, read_style(), recent_days=1)["events"]] == [
        "one", "two", "three", "five", "six",
    ]  # fmt: skip
    assert features["flows"][0].label == "15,000 displaced"
    assert {f.side.id for f in features["routes"]} == {"opposition"}
    # An area without a holder takes the side of its event.
    assert [f.side.id for f in features["areas"]] == ["opposition", "government"]


def test_details_say_when_where_and_who() -> None:
    style = read_style()
    features = features_of(some_layers(), DAY, style)
    assert details(features["events"][0], {}) == "4 September 2016 · within 700 m"
    assert details(features["events"][0], {"A paper": "b"}) == "4 September 2016 · within 700 m · [b]"
    assert details(features["routes"][0], {}) == ("closed, held by Opposition · since 4 September 2016 · within 900 m")
    told = features_of({"events": frame(event("x", "killing", 37, 36, attribution="Iran"))}, DAY, style)["events"][0]
    assert details(told, {}) == "4 September 2016 · within 700 m · says Iran"
    assert source_marks(["one"]) == {}
    assert source_marks(["one", "two"]) == {"one": "a", "two": "b"}


def test_lists_and_objects_may_come_as_json() -> None:
    layers = some_layers()
    layers["events"]["actors"] = '[{"role": "initiator", "name": "They", "side": "sdf"}]'
    assert {f.side.id for f in features_of(layers, DAY, read_style(sides=["sdf"]))["events"]} == {"sdf"}
    assert all_sides(layers) == ["government", "opposition", "sdf"]


def test_the_window_follows_the_day() -> None:
    features = features_of(some_layers(), DAY, read_style())
    west, south, east, north = choose_bounds(wanted_bounds(features), THEATRE)
    assert 36.9 < west < 37.02
    assert 37.22 < east < 37.35
    assert 36.0 < south < 36.1
    assert 36.25 < north < 36.4


def test_a_crowd_gets_a_detail() -> None:
    style, box = read_style(), Box(0, 0, 700, 600)
    near = [event(f"e{i}", "clash", 37.1 + 0.01 * i, 36.2) for i in range(4)]
    far = [event("far", "clash", 37.9, 36.8), event("low", "clash", 36.4, 35.7)]
    features = features_of({"events": frame(*near, *far)}, DAY, style)
    window = fit(choose_bounds(wanted_bounds(features), THEATRE), box)
    detail = detail_window(features, window, [])
    assert detail is not None
    assert box.holds(detail.box)
    assert detail.metres_per_pixel < window.metres_per_pixel / 1.8
    for row in near:
        assert detail.west < row["geometry"].x < detail.east
    # A vague crowd, and one at a single point, are no easier to see in a larger map.
    for same in (
        [{**row, "precision_m": 30_000.0} for row in near],
        [{**row, "geometry": near[0]["geometry"]} for row in near],
    ):
        crowd = features_of({"events": frame(*same, *far)}, DAY, style)
        assert detail_window(crowd, window, []) is None


def test_the_legend_names_what_is_visible_and_nothing_else() -> None:
    style = read_style()
    canvas = new_canvas(1600, 1100, 144, font=style.text.font)
    labels = [item.label for item in legend_items(canvas, features_of(some_layers(), DAY, style), style)]
    assert labels == [
        "Government and allies", "Opposition", "Reported", "Proposed", "Pale: over by this day",
        "Route contested", "Route closed", "Under siege", "Precise to this circle", "People displaced",
    ]  # fmt: skip
    assert legend_items(canvas, features_of({}, DAY, style), style) == []


def test_every_type_state_and_modality_can_be_drawn() -> None:
    style = read_style()
    rows = [event(kind, kind, 37.0 + 0.01 * i, 36.2) for i, kind in enumerate(style.types)]
    rows += [event(m, "clash", 37.0 + 0.02 * i, 36.3, modality=m) for i, m in enumerate(style.modalities)]
    roads = [route(s, s, (37.0, 36.1 + 0.01 * i), (37.2, 36.1 + 0.01 * i)) for i, s in enumerate(style.states)]
    front = {**route("front", "open", (37.0, 36.2), (37.2, 36.3)), "sides": ["government", "opposition"]}
    held = {**area("held", "", shapely.box(37.0, 36.1, 37.1, 36.2)), "side": "sdf", "holder": "SDF"}
    layers = {"events": frame(*rows), "routes": frame(*roads), "front_lines": frame(front), "control": frame(held)}
    assert pixels(draw(layers)).std() > 5


def test_what_lies_outside_of_the_theatre_does_not_widen_it() -> None:
    far = event("far", "visit", 51.4, 35.7)
    near = [event("one", "clash", 37.17, 36.19), far]
    long_road = {"routes": frame(route("Long", "open", (37.2, 36.2), (38.0, 35.7)))}
    features = features_of({"events": frame(*near), **long_road}, DAY, read_style())
    west, south, east, north = choose_bounds(wanted_bounds(features, THEATRE), THEATRE)
    assert east - west < 0.4
    assert north - south < 0.3
