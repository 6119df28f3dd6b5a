"""Measure the import of a large GeoNames dump, and looking places up in the result.

    python tests/bench/import_geonames.py ROWS [FOLDER]

writes a dump of that many rows into FOLDER (a temporary one by default; a dump that is there is taken), imports it in a
process of its own, and prints seconds, rows a second, the peak of memory, the size of the file, and how long looking up,
searching and listing what lies near take. The user's own imports are not touched.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geonames_dump import FIRST_ID, name, write_dump

from geo.gazetteer import open_gazetteer

QUERIES = 200


def child(path: Path) -> None:
    """Import one dump, and print what it took."""
    from geo.gazetteer.importing.run import import_files

    steps: dict[str, float] = {}
    start = time.perf_counter()

    def tell(what: str, done: int, total: int) -> None:
        steps[what.split()[0]] = time.perf_counter() - start

    result = import_files([path], None, tell=tell)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "rows": result.counts.rows,
                "places": int(result.meta["places"]),
                "names": int(result.meta["names"]),
                "seconds": round(time.perf_counter() - start, 1),
                "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
                "rows_per_cpu_second": round(result.counts.rows / (used.ru_utime + used.ru_stime)),
                "ended_at": {step: round(at, 1) for step, at in steps.items()},
                "peak_mb": round(used.ru_maxrss / 1e3),
                "file_mb": round(result.path.stat().st_size / 1e6),
            }
        )
    )


def latencies() -> dict[str, float]:
    """Median and 95th percentile in milliseconds, each query new to the file."""
    rng = random.Random(7)
    opened = open_gazetteer(None)
    ids = [f"geonames:{FIRST_ID + rng.randrange(1000)}" for _ in range(QUERIES)]
    names = [name(rng) for _ in range(QUERIES)]
    calls = {
        "lookup of 50 names": lambda i: opened.lookup([name(rng) for _ in range(50)]),
        "get": lambda i: opened.get(ids[i]),
        "search": lambda i: opened.search(names[i]),
        "nearby 20 km": lambda i: opened.nearby(rng.uniform(-170, 170), rng.uniform(-60, 70), 20_000),
    }
    found = {}
    for what, call in calls.items():
        times = []
        for i in range(QUERIES):
            start = time.perf_counter()
            call(i)
            times.append(1000 * (time.perf_counter() - start))
        times.sort()
        found[what] = f"{times[len(times) // 2]:.2f} / {times[int(len(times) * 0.95)]:.2f} ms"
    return found


def main(rows: int, folder: Path) -> None:
    """Write, import, look up."""
    path = folder / "allCountries.txt"
    if not path.exists():
        write_dump(folder, rows)
    with tempfile.TemporaryDirectory(dir=folder) as data:
        environment = {**os.environ, "SITMAP_DATA": data}
        subprocess.run([sys.executable, __file__, "--child", str(path)], env=environment, check=True)
        os.environ["SITMAP_DATA"] = data
        for what, figure in latencies().items():
            print(f"{what}: {figure} (median / 95th percentile)")


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        child(Path(sys.argv[2]))
    elif len(sys.argv) > 2:
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        main(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(int(sys.argv[1]), Path(scratch))
