"""Time of zones and front lines from many control points, beside a plain union of the same cells.

    python tests/bench/zones.py                 # 5,000 and 50,000 points; holders in broad fields, then drawn by lot
    python tests/bench/zones.py 1000 100000     # other numbers
    python tests/bench/zones.py --outlines      # with a river and known outlines among them

"both" is all the way from points to zones and front lines, "by n log n" the same divided by that: where it grows with the
number of points, the growth is worse. The last columns begin at the Voronoi cells, cut to their reach and in degrees: "of
cells" joins them to zones and finds the front lines, "union" is `shapely.unary_union` of the same cells, holder by holder,
which gives no front lines yet. Processor seconds of one core; the best of three runs.
"""

from __future__ import annotations

import argparse
import gc
import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from geo.control import ControlPoint, Ground, Zone, control_zones, front_lines
from geo.control.cells import Edges, cell_edges
from geo.control.faces import mesh_of, polygons
from geo.control.plane import plane_about

_RUNS, _SEED = 3, 20310501
_REACH_M = 15_000.0
HOLDERS = ("red", "blue", "green")


def field(lonlat: np.ndarray) -> np.ndarray:
    """Give holders in broad fields with ragged edges, as in a war with fronts."""
    x, y = (lonlat - lonlat.mean(axis=0)).T
    wave = np.sin(2.1 * x) + np.cos(1.7 * y) + 0.3 * np.sin(9 * x + 5 * y)
    return np.where(wave > 0.6, 0, np.where(wave < -0.6, 1, 2))


def make_points(count: int, kind: str) -> list[ControlPoint]:
    """Make points over some 600 by 450 km, in the west twice as dense as in the east and more."""
    rng = np.random.default_rng(_SEED)
    share = np.where(rng.random((count, 1)) < 0.5, rng.random((count, 2)), rng.random((count, 2)) * (0.35, 1.0))
    lonlat = np.round((33.0, 46.0) + share * (8.0, 4.0), 6)
    holders = field(lonlat) if kind == "fields" else rng.integers(0, len(HOLDERS), count)
    return [
        ControlPoint(str(n), lon, lat, HOLDERS[h])
        for n, ((lon, lat), h) in enumerate(zip(lonlat.tolist(), holders.tolist(), strict=True))
    ]


def make_cells(points: list[ControlPoint]) -> tuple[Edges, np.ndarray, np.ndarray, np.ndarray]:
    """Give the cells as edges between sites, the holder of each site, and the same cells as polygons with theirs."""
    lonlat = np.array([(p.lon, p.lat) for p in points])
    _, first = np.unique(lonlat, axis=0, return_index=True)
    plane = plane_about(lonlat)
    xy = plane.forward(lonlat[first])
    edges = cell_edges(xy, np.full(len(xy), _REACH_M) * plane.scale(xy))
    start, end = (np.round(plane.back(ends), 6) for ends in (edges.start, edges.end))
    edges = Edges(start, end, edges.left, edges.right)
    cells, site = polygons(mesh_of(edges))
    holder = np.array([HOLDERS.index(points[n].holder) for n in first.tolist()])
    return edges, holder, cells, holder[site]


def join(edges: Edges, holder: np.ndarray) -> tuple[Any, Any]:
    """Join cells to zones, and give the front lines between them."""
    key = np.append(holder, -1)
    between = Edges(edges.start, edges.end, key[edges.left], key[edges.right])
    shapes, keys = polygons(mesh_of(between.where(between.left != between.right)))
    zones = [Zone(name, "held", shapely.multipolygons(shapes[keys == number])) for number, name in enumerate(HOLDERS)]
    return zones, front_lines(zones)


def union(cells: np.ndarray, holder: np.ndarray) -> list[Any]:
    """Join cells the plain way; there are no front lines yet."""
    return [shapely.unary_union(cells[holder == number]) for number in range(len(HOLDERS))]


def best(run: Callable[[], Any]) -> tuple[float, Any]:
    """Give the shortest of several runs, and what it gave."""
    times = []
    for _ in range(_RUNS):
        gc.collect()
        begun = time.process_time()
        result = run()
        times.append(time.process_time() - begun)
    return min(times), result


def outlines() -> dict[str, Any]:
    """Give a river across all, and forty quarters."""
    river = shapely.LineString([(33 + n / 10, 48 + 0.3 * math.sin(n / 5)) for n in range(81)])
    quarters = [Ground(str(n), shapely.box(33.5 + n / 6, 47, 33.6 + n / 6, 47.1)) for n in range(40)]
    return {"barriers": [river], "grounds": quarters}


def measure(count: int, kind: str, how: dict[str, Any]) -> str:
    """Give a row of the table."""
    points = make_points(count, kind)
    zones_s, zones = best(lambda: control_zones(points, reach_m=_REACH_M, **how))
    fronts_s, fronts = best(lambda: front_lines(zones))
    edges, of_site, cells, of_cell = make_cells(points)
    join_s, _ = best(lambda: join(edges, of_site))
    union_s, _ = best(lambda: union(cells, of_cell))
    unit = (zones_s + fronts_s) / (count * math.log(count)) * 1e9
    return (
        f"{count:8,} {kind:8} {zones_s:7.3f}s {fronts_s:7.3f}s {zones_s + fronts_s:7.3f}s {unit:8.0f} ns"
        f" {join_s:8.3f}s {union_s:7.3f}s {union_s / join_s:5.1f}x   {len(fronts):,} front lines"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[5_000, 50_000])
    parser.add_argument("--outlines", action="store_true")
    options = parser.parse_args()
    how = outlines() if options.outlines else {}
    print(
        f"{'points':>8} {'holders':8} {'zones':>8} {'fronts':>8} {'both':>8} {'by n log n':>11}"
        f" {'of cells':>9} {'union':>8} {'times':>6}"
    )
    for kind in ("fields", "by lot"):
        for count in options.counts:
            print(measure(count, kind, how), flush=True)


if __name__ == "__main__":
    main()
