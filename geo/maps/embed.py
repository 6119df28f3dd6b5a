"""A map in somebody else's page or paper: a frame with a picture to fall back on, and a caption that writes itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from geo.errors import InputError
from geo.maps.caption import Caption
from geo.maps.files import map_file
from geo.maps.pictures import caption_of, picture_file
from geo.maps.pngtext import add_text, picture_metadata
from geo.maps.size import Size, read_size

if TYPE_CHECKING:
    from geo.maps.files import Sheet

FORMATS = ("html", "markdown", "quarto", "latex", "text")
ENDINGS = {"html": ".embed.html", "markdown": ".md", "quarto": ".qmd", "latex": ".tex", "text": ".txt"}
PRINT = "160x120mm"  # the measure of a report's page; 300 dpi
HEIGHT_PX = 640
# The page needs scripts and opens links in a tab of their own; it asks for nothing else of its host.
SANDBOX = "allow-scripts allow-popups allow-downloads"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|$~^@-])")


@dataclass(frozen=True, slots=True)
class Names:
    """How the files of an embedded map are called, each with ``prefix`` before it: a folder or an address."""

    stem: str
    prefix: str = ""

    def at(self, ending: str) -> str:
        """Give a file's address as a page writes it."""
        return self.prefix + quote(self.stem + ending)


def embed_files(
    sheet: Sheet,
    as_of: date,
    *,
    stem: str = "",
    prefix: str = "",
    size: Size | None = None,
    height_px: int = HEIGHT_PX,
) -> dict[str, bytes]:
    """Make all that it takes to put the map of a day somewhere else.

    Parameters
    ----------
    sheet
        What the map is made from.
    as_of
        The day.
    stem
        What the files are called; the day if empty.
    prefix
        What stands before their names in the snippets: the folder or the address that they will lie at.
    size
        Of the picture; 160 by 120 mm at 300 dpi if None.
    height_px
        Of the frame, in CSS pixels.

    Returns
    -------
    dict of str to bytes
        By file name: the page, the picture as PNG (with title, description, sources and alternative text in its
        metadata) and PDF, and a snippet for each of `FORMATS`.

    Raises
    ------
    InputError
        Where a name or the height is not right, or the size leaves no room.
    """
    stem = stem or as_of.isoformat()
    if not _NAME.fullmatch(stem):
        raise InputError(f"{stem!r} is no name for files", do="Use letters, digits, dots, hyphens and underscores")
    if not 200 <= height_px <= 4000:
        raise InputError(f"a frame {height_px} pixels high is of no use", do="Give 200 to 4000")
    size = size or read_size(PRINT)
    told = caption_of(sheet, as_of)
    files = {
        f"{stem}.html": map_file(sheet, "html", as_of),
        f"{stem}.png": add_text(picture_file(sheet, "png", as_of, size=size), picture_metadata(told)),
        f"{stem}.pdf": picture_file(sheet, "pdf", as_of, size=size),
    }
    texts = snippets(told, Names(stem, prefix), size=size, height_px=height_px)
    return files | {f"{stem}{ENDINGS[name]}": text.encode("utf-8") for name, text in texts.items()}


def snippets(caption: Caption, names: Names, *, size: Size, height_px: int = HEIGHT_PX) -> dict[str, str]:
    """Write the snippets, by format.

    Parameters
    ----------
    caption
        Of the map.
    names
        Of its files.
    size
        Of the picture, so that a page keeps room for it while it loads.
    height_px
        Of the frame.
    """
    return {
        "html": html_snippet(caption, names, size=size, height_px=height_px),
        "markdown": f"{_markdown_picture(caption, names)}\n\n*{_markdown(caption.text)}*\n",
        "quarto": _quarto(caption, names, size=size, height_px=height_px),
        "latex": _latex(caption, names),
        "text": "\n".join([*caption.sentences, "", f"Alternative text: {caption.alt}", ""]),
    }


def html_snippet(caption: Caption, names: Names, *, size: Size, height_px: int = HEIGHT_PX) -> str:
    """Write a figure with a frame: no scripts and no styles of its own, so that a strict policy of its host lets it be.

    Readers without scripts see the picture; all others find it, with the map in words, under the map.
    """
    wide, high = (round(pixels * 96 / size.dpi) for pixels in (size.width_px, size.height_px))
    picture = (
        f'<img src="{escape(names.at(".png"))}" alt="{escape(caption.alt)}" width="{wide}" height="{high}"'
        ' loading="lazy">'
    )
    sentences = "".join(f"\n    <p>{escape(sentence)}</p>" for sentence in caption.sentences[1:])
    return f"""<figure>
  <iframe src="{escape(names.at(".html"))}" title="{escape(caption.title)}, map" width="100%" height="{height_px}"
    loading="lazy" sandbox="{SANDBOX}" referrerpolicy="no-referrer" allow="fullscreen"></iframe>
  <noscript>{picture}</noscript>
  <figcaption>
    <p><strong>{escape(caption.title)}</strong>, as reported.
      <a href="{escape(names.at(".html"))}">The map on a page of its own</a></p>{sentences}
  </figcaption>
  <details>
    <summary>The map as a picture</summary>
    {picture}
  </details>
</figure>
"""


def _markdown_picture(caption: Caption, names: Names) -> str:
    return f"[![{_markdown(caption.alt)}]({names.at('.png')})]({names.at('.html')})"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _quarto(caption: Caption, names: Names, *, size: Size, height_px: int) -> str:
    """Write a page's frame and a paper's figure: Quarto takes the one that it makes."""
    alt = caption.alt.replace("\\", " ").replace('"', "”")
    label = re.sub(r"[^a-z0-9-]", "-", names.stem.lower())
    return f"""::: {{.content-visible when-format="html"}}
```{{=html}}
{html_snippet(caption, names, size=size, height_px=height_px)}```
:::

::: {{.content-visible unless-format="html"}}
![{_markdown(caption.text)}]({names.at(".png")}){{#fig-{label} fig-alt="{alt}"}}
:::
"""


def _latex(caption: Caption, names: Names) -> str:
    """Write a figure; ``alt`` needs the graphicx of 2021 or later."""
    label = re.sub(r"[^A-Za-z0-9-]", "-", names.stem)
    picture = rf"\detokenize{{{names.prefix}{names.stem}.pdf}}"
    return rf"""\begin{{figure}}
  \centering
  \includegraphics[width=\linewidth,alt={{{_escaped(caption.alt, _LATEX)}}}]{{{picture}}}
  \caption[{{{_escaped(caption.title, _LATEX)}}}]{{{_escaped(caption.text, _LATEX)}}}
  \label{{fig:{label}}}
\end{{figure}}
"""


def _escaped(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)
