"""How fast and how large a million points are exported, beside what pyogrio and geopandas do with the same table.

``python tests/bench/export.py [FEATURES]`` prints a table; the peaks are of processes of their own, what they have in
memory before they write taken off.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import pyogrio
import shapely

from geo.crs import WGS84
from geo.export.geojson import export_geojson
from geo.export.parts import Source
from geo.export.run import export
from geo.export.select import Selection
from geo.layers.schema import read_schema

sys.path.insert(0, str(Path(__file__).parents[1]))
from export_layers import row

COUNT = 1_000_000


def events(count):
    """The events layer with so many points."""
    told = row(
        "events", "x", "2031-03-04", "2031-03-05", None, label="Clash: Tell Harn", place="Tell Harn", type="clash"
    )
    random = np.random.default_rng(1)
    columns = {}
    for prop in read_schema()["events"].properties:
        value = told[prop.name]
        plain = {"number": "float64", "integer": "int64"}.get(prop.type) if value is not None else None
        columns[prop.name] = pd.Series([value] * count, dtype=plain or object)
    columns["id"] = pd.Series([f"{n:012x}" for n in range(count)], dtype=object)
    xy = random.uniform((36, 33), (42, 37), size=(count, 2)).round(6)
    return gpd.GeoDataFrame(columns, geometry=shapely.points(xy), crs=WGS84)


def texts(frame):
    """The same table with lists and objects as JSON texts, as pyarrow wants them for Parquet."""
    nested = [p.name for p in read_schema()["events"].properties if p.type in {"list", "object"}]
    return frame.assign(**{n: [v if v is None else orjson.dumps(v).decode() for v in frame[n]] for n in nested})


def ours_geojson(frame, out):
    export_geojson({"events": frame}, out)


def ours_gpkg(frame, out):
    _export(frame, "gpkg", out / "events.gpkg")


def ours_parquet(frame, out):
    _export(frame, "geoparquet", out / "events.parquet")


def _export(frame, to, path):
    export(Source({"events": frame}), to, path, wanted=Selection(layers=("events",)), profile="internal")


def theirs_geojson(frame, out):
    frame.to_file(out / "events.geojson", driver="GeoJSON", engine="pyogrio", RFC7946="YES")


def theirs_gpkg(frame, out):
    pyogrio.write_dataframe(frame, out / "events.gpkg", layer="events")


def theirs_parquet(frame, out):
    told = texts(frame)  # which it cannot do without
    told.to_parquet(out / "events.parquet", schema_version="1.1.0", write_covering_bbox=True, compression="zstd")


RUNS = {
    "GeoJSON": (ours_geojson, theirs_geojson),
    "GeoPackage": (ours_gpkg, theirs_gpkg),
    "GeoParquet": (ours_parquet, theirs_parquet),
}


def one(name, whose, count):
    """Do one run and print its seconds, the memory that it took more, and the size of what it wrote."""
    frame = events(count)
    gc.collect()
    before = peak(anew=True)
    write = RUNS[name][whose]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        start = time.perf_counter()
        write(frame, out)
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{seconds:.2f} {peak() - before:.0f} {size / 1e6:.0f}")


def peak(*, anew=False):
    """Give the most memory, in MB, that this process has had (Linux), or begin to count anew with what it has now."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    print(f"{count:,} points, {len(events(1).columns)} columns")
    print(f"{'':12} {'sitmap':>28}   {'pyogrio, geopandas':>28}   ratio")
    for name in RUNS:
        told = []
        for whose in (0, 1):
            command = [sys.executable, __file__, "--one", name, str(whose), str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told.append([float(part) for part in done.stdout.split()])
        cells = (f"{s:8.2f} s {m:7.0f} MB {size:6.0f} MB" for s, m, size in told)
        print(f"{name:12} {'   '.join(cells)}   {told[0][0] / told[1][0]:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
