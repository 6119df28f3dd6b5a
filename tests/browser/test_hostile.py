"""Text from reports, seeds and addresses must never run, wherever it comes from, and must show to the letter."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.data import read_toml
from geo.maps.page import render_index, render_page
from geo.model import Article

pytestmark = pytest.mark.browser

RUN = "window.hostile=(window.hostile||0)+1"
Open = Callable[..., Any]

HOSTILE = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><script>{RUN}</script>",
    f"</script\t\n><img src=x onerror={RUN}>",
    f"<!--<script>{RUN}//-->",
    f"<!-- --!><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror=\"{RUN}\">",
    f"\"><img src=x onerror={RUN}>",
    f"'><img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg/onload='{RUN}'//",
    f"<math><mtext></mtext><script>{RUN}</script></math>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=\"javascript:parent.{RUN}\"></iframe>",
    f"<object data=\"javascript:{RUN}\"></object>",
    f"<embed src=\"javascript:{RUN}\">",
    f"<a href=\"javascript:{RUN}\">x</a>",
    f"<form action=\"javascript:{RUN}\"><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<base href=https://evil.example/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "</style><style>*{display:none}</style>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</noscript><script>{RUN}</script>",
    f"</template><script>{RUN}</script>",
    f"<template><script>{RUN}</script></template>",
    f"javascript:{RUN}",
    f"JaVa\tScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    "https://evil.example/x.png",
    "//evil.example/x.js",
    f"${{{RUN}}}",
    f"`;{RUN};`",
    f"`${{{RUN}}}`",
    f"';{RUN};'",
    f"\";{RUN};\"",
    f"\\\";{RUN};//",
    f"\\u003cscript\\u003e{RUN}",
    f"{{{{ {RUN} }}}}",
    "{{ 7*7 }} {% raw %} {# x #}",
    "{% include '/etc/passwd' %}",
    "$title $data ${map} $$ $",
    "%s %(title)s {0} {title!r}",
    "&lt;script&gt; &amp; &#60;b&#62; &nbsp;",
    f"&#x3c;script&#x3e;{RUN}",
    "a\u2028b\u2029c",
    f"\u2028{RUN}\u2029",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "url(https://evil.example/x)",
    "red;background:url(https://evil.example/x)",
    "expression(alert(1))",
    "#day=2016-01-01&event=x",
    "../../../../etc/passwd",
    "C:\\Windows\\System32\\<x>",
    "'; DROP TABLE events; --",
    "\u202e<b>gnitirw</b>\u202c",
    "\ufeff<b>bom</b>",
    "\u200b<i>zero width</i>",
    "مرحبا <script> بالعالم",
    "🧨<b>😀</b>",
    "=HYPERLINK(\"https://evil.example\")",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<b>" * 40 + "deep",
    "x" * 3000,
    "<" * 200,
    "\"" * 50 + "'" * 50 + "`" * 50,
    "line one\nline two\r\n\tthree",
]  # fmt: skip
DAY = "2016-09-04"


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


def hostile_layers() -> dict[str, Any]:
    """Each layer has a feature for each string, with that string in every text field."""
    layers: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in ("places", "events", "areas", "routes", "flows", "control", "front_lines", "control_points")
    }
    for number, text in enumerate(HOSTILE):
        lon, lat = 37.0 + (number % 10) * 0.05, 36.0 + (number // 10) * 0.05
        common = {
            "start": DAY, "end": DAY, "known": DAY, "edtf": text, "source": text, "article": f"{number}{text}", "quote": text, "quote_start": 0,
            "quote_end": len(text), "confidence": 0.5, "place": text, "place_id": text, "label": text, "name": text, "name_ar": text, "kind": text,
            "rule": text, "attribution": text, "flags": [text], "aliases": [text], "when": text, "holder": text, "side": text, "basis": text,
            "route": text, "sides": [text], "actors": [{"role": "initiator", "name": text, "side": text}, {"role": "target", "name": text, "side": ""}],
            "figures": {text: 3, "words": text}, "precision_m": 500, "subtype": text, "section": text, "standing": text, "certainty": text,
            "stale_from": DAY, "besieged_by": text, "note": text, "place_source": text, "sources": 2, "contested": [text], "row": {text: text},
            "acled_event_type": text, "acled_sub_event_type": text, "differing": [{"holder": text, "quote": text}], "agreeing": [{"basis": text}],
            "corrected": {"who": text, "when": DAY, "why": text, "action": text, "was": {text: text}},
        }  # fmt: skip
        line = {"type": "LineString", "coordinates": [[lon, lat], [lon + 0.02, lat + 0.01]]}
        ring = [[lon, lat], [lon + 0.02, lat], [lon + 0.02, lat + 0.02], [lon, lat]]
        shapes = {
            "places": {"type": "Point", "coordinates": [lon, lat]},
            "events": {"type": "Point", "coordinates": [lon, lat]},
            "areas": {"type": "Polygon", "coordinates": [ring]},
            "routes": line,
            "flows": line,
            "control": {"type": "MultiPolygon", "coordinates": [[ring]]},
            "front_lines": line,
            "control_points": {"type": "Point", "coordinates": [lon, lat]},
        }
        report = {
            key: common[key]
            for key in ("article", "source", "known", "quote", "attribution", "place", "edtf", "actors", "figures")
        }
        for name, geometry in shapes.items():
            own = {"id": f"{name}{text}", "event": f"events{text}", "type": text, "modality": text, "state": text}
            own |= {"modality": "happened"} if number % 2 else {}
            own |= {"type": "siege"} if name == "areas" else {}
            own |= (
                {"reports": [report | {"type": text, "modality": text}] * 2}
                if name == "events" and number % 3 == 0
                else {}
            )
            layers[name].append({"type": "Feature", "geometry": geometry, "properties": common | own})
    return {name: {"type": "FeatureCollection", "features": features} for name, features in layers.items()}


def test_every_property_of_the_layers_is_hostile_here() -> None:
    """What is text in geo/data/layers.toml is hostile above, or has few values that the reader of the layers checks."""
    layers, told = hostile_layers(), json.dumps(HOSTILE[0])[1:-1]
    few = {"modality", "state"}  # hostile in every other feature
    for name, layer in schema().items():
        properties = layers[name]["features"][0]["properties"]
        for key, entry in layer.items():
            if entry["type"] in ("string", "list", "object") and key not in few:
                assert told in json.dumps(properties.get(key, ""), ensure_ascii=False) or key == "type", (name, key)


def schema() -> dict[str, dict[str, Any]]:
    table = read_toml("layers.toml")
    return {name: table["common"] | layer["properties"] for name, layer in table["layers"].items()}


def hostile_options() -> dict[str, Any]:
    towns = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [37.0 + n / 200, 36.3]},
            "properties": {"name": text, "kind": text, "rank": 1},
        }
        for n, text in enumerate(HOSTILE)
    ]
    return {
        "title": " ".join(HOSTILE),
        "description": " ".join(HOSTILE),
        "bbox": (36.9, 35.9, 37.6, 36.6),
        "basemap": {"towns": {"type": "FeatureCollection", "features": towns}},
        "articles": [
            Article(id=f"{n}{text}", text=text, title=text, source=text, url=text, published=date(2016, 9, 4))
            for n, text in enumerate(HOSTILE)
        ],
        "unplaced": [
            {"id": f"unplaced{text}", "type": text, "label": text, "known": DAY, "quote": text} for text in HOSTILE
        ],
    }


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    layers, options = hostile_layers(), hostile_options()
    return {
        "index": render_index(layers, as_of=date(2016, 9, 4), **options),
        "dated": render_page(layers, as_of=date(2016, 9, 4), index=HOSTILE[0], **options),
    }


def whole_list(page: Page) -> None:
    """Ask for the rows that a long section does not show at once."""
    page.evaluate("for (let more; (more = document.querySelector('#list .more')); ) more.click()")


def nothing_ran(page: Page) -> None:
    assert page.evaluate("window.hostile") is None
    # markup of ours only: none of the elements that the strings ask for
    asked = "img, iframe, object, embed, form, base, math, video, audio, template, #panel script, #stage script, [onerror], [onload]"
    assert page.evaluate("selector => [...document.querySelectorAll(selector)].map(e => e.outerHTML)", asked) == []
    schemes = set(page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.protocol)"))
    assert schemes <= {"https:", "http:", "file:"}


@pytest.mark.parametrize("kind", ["index", "dated"])
def test_nothing_runs_and_everything_shows_to_the_letter(open_page: Open, pages: dict[str, str], kind: str) -> None:
    page = open_page(pages[kind]).page
    nothing_ran(page)
    assert page.locator("#title").text_content() == " ".join(HOSTILE)
    whole_list(page)
    titles = page.locator("#list .item-title").all_text_contents()
    assert [text for text in HOSTILE if titles.count(text) < 3] == []
    assert [text for text in HOSTILE if text not in page.locator(".sources").text_content()] == []
    assert page.locator(".label").count() > 0


@pytest.mark.parametrize("layer", ["events", "unplaced", "routes", "flows", "control", "front_lines", "areas"])
def test_each_pop_up_shows_each_string_to_the_letter(open_page: Open, layer: str) -> None:
    layers, options = hostile_layers(), hostile_options()
    # the others would be drawn anew with each of eighty clicks
    options["unplaced"] = options["unplaced"] if layer == "unplaced" else []
    one = {name: features for name, features in layers.items() if name == layer}
    page = open_page(render_page(one, as_of=date(2016, 9, 4), **options)).page
    whole_list(page)
    wrong = []
    for text in HOSTILE:
        # a click by script: with the pointer they would take a minute
        page.evaluate('id => document.querySelector(`#list [data-id="${CSS.escape(id)}"]`).click()', f"{layer}{text}")
        page.evaluate("document.querySelector('.leaflet-popup:last-child figure button')?.click()")
        shown = page.evaluate("[...document.querySelectorAll('.leaflet-popup .detail')].at(-1)?.textContent")
        if shown is None or text not in shown:
            wrong.append((text, shown))
    assert wrong == []
    nothing_ran(page)


def test_without_scripts_all_of_it_is_text(open_page: Open, pages: dict[str, str]) -> None:
    one = open_page(pages["dated"], java_script_enabled=False)
    shown = one.page.locator("#plain").text_content()
    # HTML turns carriage returns into line feeds
    assert [text for text in HOSTILE if text.replace("\r\n", "\n") not in shown] == []


@pytest.mark.parametrize(
    "text", ["#event=<img src=x onerror=alert(1)>", "#day=</script><script>alert(1)</script>", "#view=${alert(1)}/1/1"]
)
def test_nothing_in_the_address_runs(open_page: Open, pages: dict[str, str], text: str) -> None:
    page = open_page(pages["index"], address=text).page
    expect(page.locator("#as-of strong")).to_have_text("4 September 2016")
    nothing_ran(page)


def found(page: Page, selector: str) -> list[str]:
    """The strings that do not stand to the letter in any of the elements."""
    texts = page.locator(selector).all_text_contents()
    return [text for text in HOSTILE if not any(text in shown for shown in texts)]


def test_filters_show_each_string_to_the_letter_and_filter_by_it(open_page: Open, pages: dict[str, str]) -> None:
    page = open_page(pages["index"]).page
    page.click("#filters summary")
    assert found(page, '[data-facet="source"] .facet-name') == []
    wrong = []
    for text in HOSTILE[::7]:
        tick = "text => [...document.querySelectorAll('[data-facet=source] label')].find(l => l.querySelector('.facet-name').textContent === text).querySelector('input').click()"
        page.evaluate(tick, text)
        chips = page.locator("#chips .chip").all_text_contents()
        if not any(text in chip for chip in chips) or page.locator("#list li").count() == 0:
            wrong.append(text)
        page.evaluate(tick, text)
    assert wrong == []
    nothing_ran(page)


def test_search_and_reading_show_each_string_to_the_letter(open_page: Open, pages: dict[str, str]) -> None:
    page = open_page(pages["dated"]).page
    wrong = []
    for number, text in enumerate(HOSTILE):
        page.evaluate(
            "text => { const box = document.querySelector('#search'); box.value = text; box.dispatchEvent(new Event('input')); }",
            text,
        )
        address = f"#read={quote(f'{number}{text}')}&event={quote(f'events{text}')}"
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(30)
        for _ in range(40):
            if page.evaluate("document.querySelector('#reader h2')?.textContent") == text:
                break
            page.wait_for_timeout(50)
        read = page.locator("#reader").text_content()
        lit = page.locator("#reader mark").all_text_contents()
        if text not in (read or "") or lit != [text]:
            wrong.append((text, lit, read))
    assert wrong == []
    nothing_ran(page)


def test_what_is_searched_for_does_not_run(open_page: Open, pages: dict[str, str]) -> None:
    page = open_page(pages["index"]).page
    for text in HOSTILE[:60:4]:
        page.fill("#search", text[:180])
        page.wait_for_timeout(60)
        expect(page.locator("#results [role=status]")).to_be_visible()
    nothing_ran(page)


def test_two_dates_show_each_string_to_the_letter(open_page: Open) -> None:
    layers, options = hostile_layers(), hostile_options()
    for name in ("events", "routes"):
        for number, feature in enumerate(layers[name]["features"]):
            feature["properties"] |= (
                {"start": "2016-09-01", "end": "2016-09-01"} if number % 2 else {"state": HOSTILE[number]}
            )
    points = layers["control_points"]["features"]
    before = {"start": "2016-09-01", "end": "2016-09-02", "state": "held"}
    for number, point in enumerate(list(points)):
        held = point["properties"] | before | {"id": f"before{number}", "holder": HOSTILE[number - 1]}
        points.append(point | {"properties": held})
    page = open_page(
        render_index(layers, as_of=date(2016, 9, 4), **options), address="#day=2016-09-04&with=2016-09-01&recent=3"
    ).page
    expect(page.locator("#changes [data-changes]")).to_have_count(4)
    told = page.locator('#changes [data-changes="changed"] .item-facts').all_text_contents()
    assert sum(any(f"{text} →" in fact for fact in told) for text in HOSTILE[-1:] + HOSTILE[:20]) > 10
    assert page.locator("#changes li button").count() > 40
    nothing_ran(page)


def test_packed_events_show_each_string_to_the_letter(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.maps.page.PACKED_ABOVE", 10)
    layers, options = hostile_layers(), hostile_options()
    page = open_page(render_index({"events": layers["events"]}, as_of=date(2016, 9, 4), **options)).page
    whole_list(page)
    assert found(page, "#list .item-title") == []
    page.click("#filters summary")
    assert found(page, '[data-facet="source"] .facet-name') == []
    for number in range(0, len(HOSTILE), 9):
        page.evaluate("id => { location.hash = `event=${id}`; }", f"no-{number}")
        expect(page.locator(".leaflet-popup .detail")).to_have_attribute("data-id", f"no-{number}")
    nothing_ran(page)


def test_the_files_name_and_the_address_of_a_page_do_not_run(
    chromium: Browser, pages: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "a<img src=x onerror=window.hostile=1>&\"'.html"
    path.write_text(pages["index"], encoding="utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri() + f"?x=<script>{RUN}</script>#side=<img src=x onerror={RUN}>&search=<svg onload={RUN}>")
    nothing_ran(page)
    page.close()
