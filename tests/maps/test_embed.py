"""Embedding: the snippets, the metadata of the picture, and that no text of a report breaks out of either."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from picture_scene import BBOX, DAY, TITLE, scene
from PIL import Image

from geo.errors import InputError
from geo.gazetteer import open_gazetteer
from geo.maps.embed import ENDINGS, FORMATS, Names, embed_files, snippets
from geo.maps.files import Sheet
from geo.maps.pictures import caption_of
from geo.maps.pngtext import add_text, picture_metadata
from geo.maps.size import Size
from geo.settings import Atlas

HOSTILE = (
    "</p></figure><script>alert(1)</script> \"' onload=x ``` \\end{figure} $x$ _a_ {b} %c ![d](e) <!-- ]]> \x00 حلب"
)
SIZE = Size(640, 480, 96.0)


@pytest.fixture(scope="module")
def sheet():
    return Sheet(Atlas(Path(), TITLE), scene(), BBOX, open_gazetteer(None))


@pytest.fixture(scope="module")
def files(sheet):
    return embed_files(sheet, DAY, prefix="maps/", size=SIZE)


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def hostile(sheet):
    layers = {name: frame.copy() for name, frame in scene().items()}
    layers["events"]["label"] = layers["routes"]["name"] = layers["events"]["source"] = HOSTILE
    return replace(sheet, layers=layers, atlas=Atlas(Path(), HOSTILE))


def test_all_files_are_there(files):
    endings = [".html", ".png", ".pdf", *ENDINGS.values()]
    assert list(files) == [f"2031-05-14{ending}" for ending in endings]
    assert set(ENDINGS) == set(FORMATS)


def test_the_frame_has_a_title_and_a_picture_to_fall_back_on(files, sheet):
    told = caption_of(sheet, DAY)
    html = files["2031-05-14.embed.html"].decode()
    tags = Tags(html).tags
    frame = next(attributes for tag, attributes in tags if tag == "iframe")
    assert frame["title"] == "Ostmar 2031, 14 May 2031, map"
    assert frame["src"] == "maps/2031-05-14.html"
    pictures = [attributes for tag, attributes in tags if tag == "img"]
    assert [p["src"] for p in pictures] == ["maps/2031-05-14.png"] * 2
    assert {p["alt"] for p in pictures} == {told.alt}
    assert (pictures[0]["width"], pictures[0]["height"]) == ("640", "480")
    # A strict policy forbids both.
    assert not [1 for tag, attributes in tags if tag in ("script", "style") or "style" in attributes]
    for sentence in (told.what, told.whom, told.sources, told.unknown, told.caution):
        assert sentence in html


def test_the_picture_tells_of_itself(files, sheet):
    told = caption_of(sheet, DAY)
    image = Image.open(io.BytesIO(files["2031-05-14.png"]))
    image.load()
    assert image.info["Title"] == told.title
    assert image.info["Description"] == told.text
    assert image.info["Source"] == "Sources: Ostmar Post."
    assert image.info["dpi"] == pytest.approx((96, 96), abs=0.1)
    packet = ET.fromstring(image.info["XML:com.adobe.xmp"])
    assert told.alt in "".join(packet.itertext())
    assert told.text in files["2031-05-14.txt"].decode().replace("\n", " ")


def test_texts_take_the_place_of_others():
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "#123456").save(buffer, "PNG")
    once = add_text(buffer.getvalue(), {"Title": "One", "Empty": ""})
    twice = add_text(once, {"Title": "Two · حلب"})
    image = Image.open(io.BytesIO(twice))
    image.load()
    assert image.info == {"Title": "Two · حلب"}
    assert image.getpixel((1, 1)) == (0x12, 0x34, 0x56)
    with pytest.raises(InputError, match="this is no PNG"):
        add_text(b"GIF89a", {})


def test_latex_and_markdown_name_their_files(files):
    tex, markdown = (files[f"2031-05-14{ENDINGS[name]}"].decode() for name in ("latex", "markdown"))
    assert r"\detokenize{maps/2031-05-14.pdf}" in tex
    assert r"\label{fig:2031-05-14}" in tex
    assert "](maps/2031-05-14.png)](maps/2031-05-14.html)" in markdown


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="LaTeX is not installed (Debian's texlive-latex-base)")
def test_latex_makes_a_paper_of_it(files, sheet, tmp_path):
    (tmp_path / "maps").mkdir()
    for name, content in files.items():
        (tmp_path / "maps" / name).write_bytes(content)
    told = replace(caption_of(sheet, DAY), what=HOSTILE.replace("\x00", "").replace("حلب", "é – “x”"))
    (tmp_path / "hostile.tex").write_text(
        snippets(told, Names("2031-05-14", "maps/"), size=SIZE)["latex"], encoding="utf-8"
    )
    text = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{graphicx}\begin{document}\ref{fig:2031-05-14}"
    text += r"\input{maps/2031-05-14.tex}\input{hostile.tex}\end{document}"
    (tmp_path / "paper.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=60)
    assert done.returncode == 0, done.stdout[-1500:]
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_quarto_has_a_frame_for_pages_and_a_figure_for_papers(files):
    text = files["2031-05-14.qmd"].decode()
    page, paper = text.split("::: {.content-visible unless-format")
    assert "<iframe" in page
    assert "<iframe" not in paper
    assert "{#fig-2031-05-14 fig-alt=" in paper


def test_text_of_reports_is_nothing_but_text(sheet):
    bad = hostile(sheet)
    told = caption_of(bad, DAY)
    found = snippets(told, Names("day"), size=SIZE)
    tags = [tag for tag, _ in Tags(found["html"]).tags]
    assert "script" not in tags
    assert tags.count("figure") == 1
    quarto = found["quarto"].splitlines()
    assert [line for line in quarto if line.startswith(("```", ":::"))] == [
        '::: {.content-visible when-format="html"}', "```{=html}", "```", ":::",
        '::: {.content-visible unless-format="html"}', ":::",
    ]  # fmt: skip
    assert found["latex"].count(r"\end{figure}") == 1
    # Each brace that is open closes, and each special character stands behind a backslash.
    bare = re.sub(r"\\[\\{}$&#_%]", "", found["latex"])
    assert bare.count("{") == bare.count("}")
    assert not re.findall(r"[$%&#_]", bare)
    assert "](e)" not in found["markdown"].replace("\\", "\0")
    ET.fromstring(picture_metadata(told)["XML:com.adobe.xmp"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stem": "../up"}, "'../up' is no name for files. Use letters, digits, dots, hyphens and underscores."),
        ({"height_px": 20}, "a frame 20 pixels high is of no use. Give 200 to 4000."),
    ],
)
def test_what_makes_no_sense_is_refused(sheet, options, message):
    with pytest.raises(InputError) as caught:
        embed_files(sheet, DAY, **options)
    assert str(caught.value) == message


def test_the_same_bytes_again(sheet, files):
    assert embed_files(sheet, DAY, prefix="maps/", size=SIZE) == files
