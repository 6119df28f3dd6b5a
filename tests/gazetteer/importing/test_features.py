import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from importing_files import KML
from shapely.geometry import LineString, Point, Polygon

from geo.crs import distance_m
from geo.errors import GazetteerError

SQUARE = [[37.8, 36.5], [37.81, 36.5], [37.81, 36.51], [37.8, 36.51], [37.8, 36.5]]


def feature(name: str | None, geometry: dict | None, **properties) -> dict:
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def point(lon: float = 37.9, lat: float = 36.6) -> dict:
    return {"type": "Point", "coordinates": [lon, lat]}


def collection(*features: dict, **members) -> dict:
    return {"type": "FeatureCollection", **members, "features": list(features)}


WHOLE = collection(
    feature("Khirbat Nowhere", point(), place="hamlet", name_ar="خربة", aliases=["Kherbet", "Khirba"]),
    feature("Nowhere Quarter", {"type": "Polygon", "coordinates": [SQUARE]}, kind="neighbourhood", iso2="SY"),
    feature("Nowhere Road", {"type": "LineString", "coordinates": [[37.9, 36.6], [37.95, 36.65]]}),
)


def test_geojson(imported) -> None:
    result, opened = imported("places.geojson", WHOLE)
    assert (result.meta["format"], result.meta["places"], result.counts.bad) == ("geojson", "3", 0)
    found = {place.name: place for place in opened.imported[0].where("1").values()}
    nowhere, quarter, road = (found[name] for name in ("Khirbat Nowhere", "Nowhere Quarter", "Nowhere Road"))
    assert (nowhere.lon, nowhere.lat, nowhere.name_ar, nowhere.aliases) == (37.9, 36.6, "خربة", ("Kherbet", "Khirba"))
    assert opened.geometry(nowhere.id) is None
    assert (quarter.kind, quarter.lon, quarter.lat, quarter.country) == ("neighbourhood", 37.805, 36.505, "SY")
    assert quarter.precision_m == pytest.approx(distance_m(37.805, 36.505, 37.8, 36.5), abs=1)
    assert opened.geometry(quarter.id).equals(Polygon(SQUARE))
    assert (road.kind, road.lon, road.lat) == ("road", 37.925, 36.625)
    assert opened.geometry(road.id).geom_type == "LineString"


LINES = {
    "a feature a line": "\n".join(json.dumps(one, ensure_ascii=False) for one in WHOLE["features"]),
    "a text sequence (RFC 8142)": "".join(f"\x1e{json.dumps(one)}\n" for one in WHOLE["features"]),
    "indented": json.dumps(WHOLE, indent=2),
    "members after the features": json.dumps({"features": WHOLE["features"], "type": "FeatureCollection", "n": 3}),
    "with the member crs of WGS 84": json.dumps(collection(*WHOLE["features"], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})),
}  # fmt: skip


@pytest.mark.parametrize("text", LINES.values(), ids=LINES)
@pytest.mark.parametrize("ending", ["geojson", "json"])
def test_shapes_of_the_file(imported, text: str, ending: str) -> None:
    assert imported(f"places.{ending}", text)[0].meta["places"] == "3"


MESSAGES = {
    "another reference system": (
        collection(*WHOLE["features"], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32637"}}),
        "places.geojson: the coordinates are in urn:ogc:def:crs:EPSG::32637, not in WGS 84. Save the layer in WGS 84",
    ),
    "another after the features": (
        {"type": "FeatureCollection", "features": WHOLE["features"], "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}},
        "places.geojson: the coordinates are in EPSG:3857, not in WGS 84.",
    ),
    "a geometry": (point(), "places.geojson: the format cannot be told from the file."),
    "no name": (collection(feature(None, point()) | {"properties": {"colour": "red"}}), "no column tells the name of a place."),
    "cut short": ('{"type": "FeatureCollection", "features": [{"type": "Feature",\n "prop', "places.geojson:2: this is not JSON: "),
    "no end": ('{"type": "FeatureCollection", "features": [\n', "places.geojson:2: this is not JSON: "),
    "more after the end": (json.dumps(WHOLE) + "\n\n!", "places.geojson:3: '!' stands after the end."),
    "nothing": (collection(), "places.geojson: no place could be read: 0 rows were read."),
    "not UTF-8": (b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Alep\xe9"}}]}', "places.geojson:1: this is not UTF-8: "),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), MESSAGES.values(), ids=MESSAGES)
def test_files_that_cannot_be_read(imported, data, text, message: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        imported("places.geojson", text)
    assert str(caught.value).startswith(message)
    assert list(data.rglob("*.sqlite*")) == []


BAD = {
    "no geometry": (feature("A", None), "the geometry cannot be read: "),
    "an empty one": (feature("A", {"type": "Polygon", "coordinates": []}), "the feature has no geometry."),
    "one of no type": (feature("A", {"type": "Blob", "coordinates": []}), "the geometry cannot be read: "),
    "off the Earth": (feature("A", point(200, 36)), "nothing is no point on the Earth."),
    "no properties": ({"type": "Feature", "geometry": point()}, "the feature has no properties."),
}


@pytest.mark.parametrize(("wrong", "what"), BAD.values(), ids=BAD)
def test_bad_features(imported, wrong, what: str) -> None:
    text = json.dumps(collection(WHOLE["features"][0], wrong, WHOLE["features"][1]), indent=None).replace('{"type": "Feature"', '\n{"type": "Feature"')  # fmt: skip
    result, _ = imported("places.geojson", text)
    assert (result.meta["places"], result.counts.bad) == ("2", 1)
    assert result.counts.told[0].startswith(f"places.geojson:3: {what}")


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32637"])
def test_geopackage_in_any_reference_system(run, data, crs: str) -> None:
    from geo.gazetteer import open_gazetteer

    frame = gpd.GeoDataFrame(
        {"name": ["Khirbat Nowhere", "Nowhere Quarter", None], "population": [12, None, 3]},
        geometry=[Point(37.9, 36.6), Polygon(SQUARE), Point(1, 1)],
        crs="EPSG:4326",
    ).to_crs(crs)
    frame.to_file("places.gpkg", layer="one", driver="GPKG")
    other = gpd.GeoDataFrame(
        {"name": ["Nowhere Road"]}, geometry=[LineString([(37.9, 36.6), (37.95, 36.65)])], crs="EPSG:4326"
    )
    other.to_file("places.gpkg", layer="two", driver="GPKG")
    result = run("places.gpkg")
    assert (result.meta["format"], result.meta["places"], result.counts.rows, result.counts.bad) == (
        "geopackage",
        "3",
        4,
        1,
    )
    place = open_gazetteer(None).lookup(["Khirbat Nowhere"])["Khirbat Nowhere"][0]
    assert (place.lon, place.lat, place.population) == (pytest.approx(37.9), pytest.approx(36.6), 12)
    assert run("places.gpkg", layer="two").meta["places"] == "1"
    with pytest.raises(GazetteerError, match=r"there is no layer 'three'\. The layers are one, two"):
        run("places.gpkg", layer="three")


def test_geopackage_that_is_damaged(run, data) -> None:
    with sqlite3.connect("places.gpkg") as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    with pytest.raises(GazetteerError, match=r"places\.gpkg: "):
        run("places.gpkg")


@pytest.mark.parametrize("ending", ["kml", "kmz"])
def test_kml(run, data, ending: str) -> None:
    from geo.gazetteer import open_gazetteer

    path = Path(f"places.{ending}")
    if ending == "kmz":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("doc.kml", KML)
            archive.writestr("icon.png", b"x")
    else:
        path.write_text(KML)
    result = run(path)
    assert (result.meta["format"], result.meta["places"], result.counts.guessed) == (
        "kml",
        "2",
        {"village": 1, "road": 1},
    )
    place = open_gazetteer(None).lookup(["Khirbat Nowhere"])["Khirbat Nowhere"][0]
    assert (place.lon, place.lat) == (37.9, 36.6)


def test_the_real_thing(run, data, ged) -> None:
    """The neighbourhoods and governorates that other projects drew of Aleppo and Syria."""
    folder = ged.parent / "aleppo"
    quarters = run(folder / "neighbourhoods_unhabitat.geojson", kind="neighbourhood")
    assert (quarters.counts.rows, quarters.counts.bad, quarters.counts.guessed) == (111, 0, {})
    assert run(folder / "syria_admin1.geojson").meta["places"] == "14"
    from geo.gazetteer import open_gazetteer

    opened = open_gazetteer(None)
    assert opened.get("iso:SY-HL").id == "syria_admin1:sy02"
    assert opened.geometry("syria_admin1:sy02").geom_type == "Polygon"
    assert opened.get("geonames:170063").kind == "city"
    assert opened.imported[0].rows("SELECT DISTINCT kind, country, admin1 FROM places") == [
        ("neighbourhood", "SY", "SY-HL")
    ]
