"""The scripts and style sheets of a page, to be written into it: Leaflet's from its package, ours from geo/data."""

import re
from functools import cache
from pathlib import Path

from geo.data import resource

# One script, in this order; each file may use the names of those before it.
SCRIPTS = (
    "days.js", "dom.js", "symbols.js", "state.js", "table.js", "filters.js", "base.js", "labels.js", "scene.js",
    "markers.js", "canvas.js", "detail.js", "reader.js", "survey.js", "list.js", "search.js", "legend.js", "about.js",
    "time.js", "changes.js", "compare.js", "tools.js", "page.js",
)  # fmt: skip


@cache
def leaflet_script() -> str:
    """Read Leaflet's script, without the pointer to a source map that lies elsewhere."""
    return re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", _leaflet("leaflet.js"))


@cache
def leaflet_style() -> str:
    """Read Leaflet's style sheet, without its images: the page uses none of the controls and markers that need them."""
    return re.sub(r"url\([^)]*\)", "none", _leaflet("leaflet.css"))


@cache
def page_script() -> str:
    """Read our script, in one strict scope of its own; it leaves the single name ``sitmap``."""
    parts = "\n".join(resource(f"page/{name}").read_text(encoding="utf-8") for name in SCRIPTS)
    return f'const sitmap = (() => {{\n"use strict";\n{parts}\nreturn {{ start }};\n}})();\n'


@cache
def page_style() -> str:
    """Read our style sheet."""
    return resource("page/page.css").read_text(encoding="utf-8")


@cache
def page_template() -> str:
    """Read the frame of the page, for `string.Template`."""
    return resource("page/page.html").read_text(encoding="utf-8")


def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet

    return (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8")
