"""The signs of the maps as a page: each drawn by the code of the pictures, with its name beside it as text."""

from __future__ import annotations

import base64
from html import escape

from geo.maps.csp import content_security_policy
from geo.maps.picture.canvas import matplotlib_defaults, new_canvas, to_bytes
from geo.maps.picture.guide import ROW, Block, Cell, blocks
from geo.maps.picture.panel import SWATCH
from geo.maps.style import Style, read_style

TITLE = "Signs of the maps"
CSS = """
:root { color-scheme: light dark; --ink: #1f1d1a; --ground: #fdfcfa; --rule: #ddd7cc; --accent: #9c2a10; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8e0; --ground: #1c1d20; --rule: #3a3b40; --accent: #f0866c; } }
body { margin: 0 auto; padding: 18px; max-width: 1120px; font: 14px/1.4 system-ui, sans-serif; }
body { color: var(--ink); background: var(--ground); }
h1 { font-size: 22px; margin: 0 0 8px; }
h2 { font-size: 15px; margin: 0 0 8px; padding-top: 10px; border-top: 1px solid var(--rule); color: var(--accent); }
ul { list-style: none; margin: 0 0 14px; padding: 0; }
ul { display: grid; gap: 4px 14px; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); }
li { display: flex; align-items: center; gap: 10px; }
img { flex: none; border-radius: 3px; background: #fff; }
@media print { section { break-inside: avoid; } body { background: none; } }
"""


def render_guide_page(*, style: Style | None = None) -> str:
    """Write the page.

    Parameters
    ----------
    style
        The packaged one if None.

    Returns
    -------
    str
        HTML that needs no script and nothing from anywhere else.
    """
    style = style or read_style()
    with matplotlib_defaults():
        sections = "\n".join(_section(block, style) for block in blocks(style))
    policy = content_security_policy((), (CSS,), images=())
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}</title>
<style>{CSS}</style>
</head>
<body>
<main>
<h1>{TITLE}</h1>
{sections}
</main>
</body>
</html>
"""


def _section(block: Block, style: Style) -> str:
    items = "\n".join(_item(cell, style) for cell in block.cells)
    return f"<section>\n<h2>{escape(block.heading)}</h2>\n<ul>\n{items}\n</ul>\n</section>"


def _item(cell: Cell, style: Style) -> str:
    width, height = round(SWATCH) + 6, round(ROW)
    canvas = new_canvas(width, height, 96, font=style.text.font)
    cell.draw(canvas, 3, height / 2)
    image = base64.b64encode(to_bytes(canvas, "svg", title=cell.label)).decode("ascii")
    text = f"<strong>{escape(cell.label)}</strong>" if cell.bold else f"<span>{escape(cell.label)}</span>"
    source = f"data:image/svg+xml;base64,{image}"
    return f'<li><img src="{source}" alt="" width="{width}" height="{height}">{text}</li>'
