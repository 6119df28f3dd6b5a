"""Draw the pictures of docs/front-lines.md, of an invented theatre.

    python tools/make_front_line_pictures.py

The same bytes on every run with the same versions of matplotlib and shapely.
"""

from datetime import date
from pathlib import Path

import numpy as np
import shapely
from matplotlib.path import Path as Outline

from geo.control import ControlPoint, Ground, control_zones, front_bands, front_lines, likelihood, smooth_zones
from geo.control.frontline import at_spacing
from geo.control.outline import front_of_outline
from geo.maps.colour import mix
from geo.maps.picture.canvas import Box, draw_path, draw_rectangle, draw_text, matplotlib_defaults, new_canvas, to_bytes
from geo.maps.picture.canvas import to_path as as_path

DOCS = Path(__file__).resolve().parent.parent / "docs"
COLORS = {"red": "#962C12", "blue": "#1F4FBF"}
INK, MUTED, WATER = "#222222", "#5A5A5A", "#8FB0C2"
WINDOW = (30.0, 45.0, 30.36, 45.24)
ON = date(2031, 5, 1)
REACH_M = 6_000.0
SIDE, GAP, HEAD = 300.0, 14.0, 26.0

# Villages of an invented valley: longitude, latitude, holder, day of the last report, precision.
VILLAGES = [
    (30.05, 45.03, "red", 1, 300), (30.11, 45.05, "red", 1, 300), (30.03, 45.09, "red", 1, 300),
    (30.10, 45.11, "red", 1, 300), (30.05, 45.15, "red", 1, 300), (30.12, 45.17, "red", 1, 300),
    (30.06, 45.21, "red", 1, 300), (30.16, 45.10, "red", 1, 300), (30.19, 45.17, "red", 1, 1500),
    (30.19, 45.04, "blue", 1, 300), (30.25, 45.03, "blue", 1, 300), (30.31, 45.05, "blue", 1, 300),
    (30.24, 45.09, "blue", 1, 300), (30.30, 45.11, "blue", 1, 300), (30.26, 45.14, "blue", 1, 300),
    (30.32, 45.17, "blue", 1, 300), (30.25, 45.20, "blue", 1, 1500), (30.31, 45.21, "blue", 1, 300),
    (30.08, 45.07, "blue", 1, 300),
]  # fmt: skip
POINTS = [
    ControlPoint(str(n), lon, lat, holder, since=date(2031, 5, day), precision_m=metres)
    for n, (lon, lat, holder, day, metres) in enumerate(VILLAGES)
]
RIVER = shapely.LineString([(30.145, 44.99), (30.15, 45.05), (30.17, 45.075), (30.165, 45.09)])
QUARTER = Ground("quarter", shapely.box(30.225, 45.175, 30.275, 45.225))


class Panel:
    """A square of the sheet with a title over it, for the window of the theatre."""

    def __init__(self, canvas, number, title, window=WINDOW):
        left = GAP + number * (SIDE + GAP)
        self.canvas, self.window, self.box = canvas, window, Box(left, GAP + HEAD, left + SIDE, GAP + HEAD + SIDE)
        draw_text(canvas, left, GAP + 16, title, size=13, color=INK, bold=True)
        draw_rectangle(canvas, self.box, fill="#F8F6F1", z=0)

    def frame(self):
        """Draw the edge over all that was drawn."""
        draw_rectangle(self.canvas, self.box, fill="none", edge=INK, width=1, z=20)

    def put(self, shapes, **how):
        """Draw shapes in degrees."""
        west, south, east, north = self.window

        def place(xy):
            x = self.box.left + (xy[:, 0] - west) / (east - west) * SIDE
            return np.column_stack([x, self.box.bottom - (xy[:, 1] - south) / (north - south) * SIDE])

        path = as_path(list(shapely.transform(np.array(list(shapes), dtype=object), place)))
        if path is not None:
            draw_path(self.canvas, path, clip=self.box, **how)

    def points(self, points):
        """Draw control points."""
        west, south, east, north = self.window
        for p in points:
            x = self.box.left + (p.lon - west) / (east - west) * SIDE
            y = self.box.bottom - (p.lat - south) / (north - south) * SIDE
            draw_path(self.canvas, Outline.circle((x, y), 4), fill=COLORS[p.holder], edge="#FFFFFF", width=1, z=9)

    def zones(self, zones, fronts=()):
        """Draw zones and the front lines between them."""
        for zone in zones:
            self.put([zone.geometry], fill=COLORS[zone.holder], opacity=0.28, z=2)
        self.put([front.geometry for front in fronts], edge=INK, width=2, z=5, halo=1)


def steps(canvas):
    """Draw how points become zones, and what outlines and doubt add."""
    zones = control_zones(POINTS, reach_m=REACH_M)
    each = control_zones([ControlPoint(p.id, p.lon, p.lat, p.id) for p in POINTS], reach_m=REACH_M)
    cells = Panel(canvas, 0, "Cells of the points, cut at their reach")
    for cell in each:
        color = COLORS[POINTS[int(cell.holder)].holder]
        cells.put([cell.geometry], fill=color, opacity=0.18, edge=mix(color, "#FFFFFF", 0.4), width=0.8, z=2)
    cells.points(POINTS)
    joined = Panel(canvas, 1, "Zones and the front line")
    joined.zones(zones, front_lines(zones))
    joined.points(POINTS)
    walled = control_zones(POINTS, reach_m=REACH_M, barriers=[RIVER], grounds=[QUARTER])
    outlined = Panel(canvas, 2, "With a river and a known quarter")
    outlined.zones(walled, front_lines(walled))
    outlined.put([RIVER], edge=WATER, width=4, z=6)
    outlined.put([QUARTER.geometry.exterior], edge=MUTED, width=1.4, dash=(3, 2), z=6)
    outlined.points(POINTS)
    doubtful = Panel(canvas, 3, "Smoothed, and the band of doubt")
    smooth = smooth_zones(zones, points=POINTS)
    doubtful.zones(smooth, front_lines(smooth))
    found = likelihood(POINTS, on=ON, reach_m=REACH_M, step_m=60)
    doubtful.put([b.geometry for b in front_bands(found) if b.holder == "red"], fill="#222222", opacity=0.28, z=4)
    doubtful.points(POINTS)
    return [cells, joined, outlined, doubtful]


def lengths(canvas):
    """Draw one front line with three vertex spacings, and the front of an outline within its country."""
    rng = np.random.default_rng(20310501)
    x = np.linspace(30.0, 30.36, 400)
    rough = sum(np.cumsum(rng.normal(0, size, 400)) for size in (0.0012, 0.0006))
    line = shapely.LineString(np.column_stack([x, 45.12 + rough - np.linspace(0, rough[-1], 400)]))
    panels = []
    for number, metres in enumerate((8_000, 2_000, 200)):
        walked = at_spacing(line, metres)
        km = sum(front.length_m for front in _as_fronts(walked)) / 1000
        panel = Panel(canvas, number, f"A vertex every {metres / 1000:g} km: {km:.0f} km")
        panel.put([line], edge=mix(INK, "#FFFFFF", 0.65), width=1.2, z=3)
        panel.put([walked], edge=COLORS["red"], width=2, z=4)
        panels.append(panel)
    land = shapely.Polygon([(30, 45), (34, 45.1), (34.2, 46.4), (33, 47.2), (31.2, 47), (29.8, 46.2)])
    jagged = [(29.6 + n / 10, 46.0 + 0.12 * (-1) ** n * (n % 3) + n / 100) for n in range(50)]
    held = shapely.intersection(shapely.Polygon([(29, 44.9), (35, 44.9), *jagged[::-1]]), shapely.buffer(land, -0.03))
    outline = Panel(canvas, 3, "The front of an outline", (29.5, 44.8, 34.5, 47.4))
    outline.put([land], fill="#FFFFFF", edge=WATER, width=1.4, z=1)
    outline.put([held], fill=COLORS["red"], opacity=0.28, edge=COLORS["red"], width=0.8, z=2)
    outline.put(front_of_outline(held, land), edge=INK, width=2.4, z=5, halo=1)
    return [*panels, outline]


def _as_fronts(line):
    from geo.control.frontline import line_length_m
    from geo.control.records import Front

    return [Front(("blue", "red"), ("held", "held"), line, line_length_m(line))]


def main():
    """Write the pictures."""
    for name, draw in (("front-lines-steps", steps), ("front-lines-lengths", lengths)):
        with matplotlib_defaults():
            canvas = new_canvas(round(4 * (SIDE + GAP) + GAP), round(SIDE + HEAD + 2 * GAP), 96, font="DejaVu Sans")
            for panel in draw(canvas):
                panel.frame()
            (DOCS / f"{name}.png").write_bytes(to_bytes(canvas, "png", title=name))


if __name__ == "__main__":
    main()
