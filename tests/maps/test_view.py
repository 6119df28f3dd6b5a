"""``geo.map``: shows itself in a notebook, and is the same page and picture as those of the command line."""

from datetime import date
from html import escape
from html.parser import HTMLParser

import pytest
from sample_atlas import sample_layers

import geo
from geo.errors import InputError

DAY = date(2016, 9, 4)


class Frame(HTMLParser):
    attributes: dict[str, str | None]
    picture: dict[str, str | None]

    def handle_starttag(self, tag, attrs):
        if tag == "iframe":
            self.attributes = dict(attrs)
        if tag == "img":
            self.picture = dict(attrs)


@pytest.fixture(scope="module")
def layers():
    return sample_layers()


def test_a_notebook_shows_the_whole_page(layers):
    shown = geo.map(layers, as_of=DAY, title='The "ring" <road>')
    frame = Frame()
    frame.feed(shown._repr_html_())
    assert frame.attributes["srcdoc"] == shown.html
    assert frame.attributes["title"] == 'The "ring" <road>, 4 September 2016'
    assert frame.picture["src"].startswith("data:image/png;base64,iVBOR")
    assert frame.picture["alt"].startswith('Map: The "ring" <road>, 4 September 2016. Airstrike: southwest of Aleppo.')
    assert escape(shown.caption.text) in shown._repr_html_()
    assert shown.html.startswith("<!DOCTYPE html>")
    assert '"as_of":"2016-09-04","fixed":true' in shown.html
    assert "All dates" not in shown.html.partition('<script type="application/json"')[0]
    assert repr(shown) == "<map of 'The \"ring\" <road>', 2016-09-04>"


def test_without_a_day_it_has_a_slider(layers):
    assert '"fixed":false' in geo.map(layers).html
    assert geo.map(layers).caption is None
    assert "<figure" not in geo.map(layers)._repr_html_()


def test_some_layers_are_enough(layers):
    html = geo.map({"routes": layers["routes"]}, as_of=DAY).html
    assert '"layer":"routes"' in html
    assert '"layer":"events"' not in html


def test_it_is_saved(layers, tmp_path):
    shown = geo.map(layers, as_of=DAY)
    assert shown.save(tmp_path / "day.html").read_text(encoding="utf-8") == shown.html
    assert shown.save(str(tmp_path / "day.PNG")).read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in shown.save(tmp_path / "new" / "day.svg").read_bytes()
    assert shown.save(tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(InputError) as caught:
        shown.save(tmp_path / "day.tif")
    assert (
        caught.value.message
        == f"{tmp_path}/day.tif: a map is no such file. Let its name end in .html, .png, .svg or .pdf."
    )
    with pytest.raises(InputError, match=r"a picture shows one day\."):
        geo.map(layers).save(tmp_path / "all.png")
