"""Size and speed of pages with very many events, beside folium's own ways, in one run on the same browser.

    python tests/bench/page.py [--counts 10000 100000 1000000] [--json FILE]

The events are invented, each at a point of its own (tests/many_events.py). The alternative is what one writes with folium
alone: `folium.GeoJson` with circle markers on a canvas, with Leaflet written into the page, since the browser has no
network here, and without the slider, list, search and filters that our page has. A page is loaded when its first frame after its scripts has been drawn. Budgets: 100,000 events at most 2 MB and at least five times
faster to load than GeoJson on a canvas; 1,000,000 events at most 15 MB; a step of the slider less than 50 ms. The exit
code is 1 where one is not kept. Times are the median of three runs, of steps the median of fifteen.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from many_events import BBOX, many_events

from geo.maps.inline import leaflet_script, leaflet_style
from geo.maps.page import render_index

ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
STEPS = """async () => {
  const slider = document.querySelector('#slider'), spent = [], low = Number(slider.min), high = Number(slider.max);
  for (let step = 1; step <= 15; step++) {
    slider.value = Math.round(low + ((high - low) * step) / 16);
    const began = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    spent.push(performance.now() - began);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  }
  return spent;
}"""
ALL_DAYS = """async () => {
  const recent = document.querySelector('#recent');
  recent.value = '36600';
  const began = performance.now();
  recent.dispatchEvent(new Event('change', { bubbles: true }));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""
SEARCH = """async () => {
  const box = document.querySelector('#search');
  box.value = 'town 77 shelling';
  const began = performance.now();
  box.dispatchEvent(new Event('input', { bubbles: true }));
  while (!document.querySelector('#results li')) await new Promise(done => setTimeout(done, 5));
  return performance.now() - began;
}"""


def ours(events: Any) -> str:
    """Make our page."""
    return render_index({"events": events}, title=f"{len(events):,} events", bbox=BBOX)


def folium_page(add: Callable[[Any], None]) -> str:
    """Make folium's page, with Leaflet written into it and nothing else asked of other hosts."""
    import folium

    chart = folium.Map(location=[34.5, 39], zoom_start=7, tiles=None, prefer_canvas=True)
    chart.options["maxZoom"] = 18  # without tiles the clusters need it
    add(chart)
    html = chart.get_root().render()
    lines = [line for line in html.splitlines() if not ("<script src=" in line or '<link rel="stylesheet"' in line)]
    head = f"<style>{leaflet_style()}</style><script>{leaflet_script()}</script>"
    return "\n".join(lines).replace("<head>", f"<head>{head}", 1)


def geojson(events: Any) -> str:
    """Make folium's GeoJson of circle markers, on a canvas."""
    import folium

    def add(chart: Any) -> None:
        table = events[["type", "start", "place", "geometry"]]
        folium.GeoJson(table, marker=folium.CircleMarker(radius=3), zoom_on_click=False).add_to(chart)

    return folium_page(add)


def pages(counts: list[int]) -> Iterator[tuple[str, int, Callable[[Any], str]]]:
    """Give what is measured: folium's way up to a hundred thousand, beyond which it takes minutes."""
    for count in counts:
        yield "sitmap", count, ours
        if count <= 100_000:
            yield "folium GeoJson, canvas", count, geojson


def measure(browser: Browser, path: Path, *, interact: bool) -> dict[str, float]:
    """Load a page three times; of ours also take steps, show all days and search."""
    loads, result = [], {}
    for turn in range(3):
        page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
        page.set_default_timeout(300_000)
        wrong: list[str] = []
        page.on("pageerror", lambda error, wrong=wrong: wrong.append(error.message))
        began = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate(DRAWN)
        loads.append(time.perf_counter() - began)
        if wrong:
            raise SystemExit(f"{path.name}: {wrong[0]}")
        if interact and turn == 2:
            steps = page.evaluate(STEPS)
            result = {"step_ms": statistics.median(steps), "worst_step_ms": max(steps)}
            result |= {"search_ms": page.evaluate(SEARCH), "all_days_ms": page.evaluate(ALL_DAYS)}
        page.context.close()
    return {"load_s": statistics.median(loads), **result}


def broken(rows: list[dict[str, Any]]) -> list[str]:
    """Say which budgets are not kept."""
    by = {(row["way"], row["events"]): row for row in rows}
    found = []
    for count, megabytes in ((100_000, 2), (1_000_000, 15)):
        row = by.get(("sitmap", count))
        if row and row["MB"] > megabytes:
            found.append(f"{count:,} events take {row['MB']:.2f} MB, more than {megabytes}")
    mine, other = by.get(("sitmap", 100_000)), by.get(("folium GeoJson, canvas", 100_000))
    if mine and other and other["load_s"] < 5 * mine["load_s"]:
        found.append(f"100,000 events load only {other['load_s'] / mine['load_s']:.1f} times faster than with folium")
    slow = [row for row in rows if row.get("step_ms", 0) >= 50]
    found += [f"a step of the slider takes {row['step_ms']:.0f} ms with {row['events']:,} events" for row in slow]
    return found


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for way, count, make in pages(given.counts):
            events, path = many_events(count), Path(folder) / f"{len(rows)}.html"
            began = time.perf_counter()
            path.write_text(make(events), encoding="utf-8")
            row = {"way": way, "events": count, "made_s": time.perf_counter() - began, "MB": path.stat().st_size / 1e6}
            rows.append(row | measure(browser, path, interact=way == "sitmap"))
            print(
                f"{way:<24} {count:>9,}  "
                + "  ".join(f"{k} {v:.2f}" for k, v in rows[-1].items() if k not in ("way", "events"))
            )
        browser.close()
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    problems = broken(rows)
    print("\n".join(problems) or "All budgets are kept.")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
