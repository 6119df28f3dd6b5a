"""The tools of a page: measuring, full screen, starting again, the interval, print, keyboard, touch, calm and dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from page_waiting import wait_until
from playwright.sync_api import Page, expect
from sample_atlas import ARTICLES, BBOX, DATES, sample_layers

from geo.maps.page import render_index, render_page

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
OPTIONS: dict[str, Any] = {"title": "Aleppo 2016", "dates": DATES, "articles": ARTICLES, "bbox": BBOX}


@pytest.fixture(scope="module")
def index() -> str:
    return render_index(sample_layers(), **OPTIONS)


def with_ground() -> dict[str, Any]:
    """The sample with who held the north, and the line between, in two states."""
    common = {"known": "2016-09-05", "source": "Sample Daily", "article": "september", "quote": "Aleppo", "quote_start": None,
              "quote_end": None, "confidence": 0.7, "basis": "what the reports say"}  # fmt: skip

    def row(id: str, start: str, end: str | None, geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "type": "Feature",
            "geometry": geometry,
            "properties": {**common, "id": id, "start": start, "end": end, "edtf": start, **more},
        }

    def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
        return {
            "type": "MultiPolygon",
            "coordinates": [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]],
        }

    line = {"type": "LineString", "coordinates": [[37.1, 36.1], [37.1, 36.3]]}
    moved = {"type": "LineString", "coordinates": [[37.13, 36.1], [37.13, 36.3]]}
    control = [
        row("g1", "2016-07-01", "2016-08-31", square(36.95, 36.1, 37.1, 36.3), holder="government", side="government"),
        row("g2", "2016-09-01", None, square(36.95, 36.1, 37.13, 36.3), holder="government", side="government"),
        row("o1", "2016-07-01", None, square(37.13, 36.1, 37.3, 36.3), holder="opposition", side="opposition"),
    ]
    fronts = [
        row("l1", "2016-07-01", "2016-08-31", line, sides=["government", "opposition"], length_km=22),
        row("l2", "2016-09-01", None, moved, sides=["government", "opposition"], length_km=22),
    ]
    return {
        **sample_layers(),
        "control": {"type": "FeatureCollection", "features": control},
        "front_lines": {"type": "FeatureCollection", "features": fronts},
    }


def in_list(page: Page, section: str) -> set[str]:
    return set(
        page.eval_on_selector_all(
            f'[data-section="{section}"] [data-id]', "elements => elements.map(e => e.dataset.id)"
        )
    )


def test_time_holds_for_zones_and_fronts_too(open_page: Open) -> None:
    page = open_page(render_index(with_ground(), **OPTIONS), address="#day=2016-08-20").page
    assert (in_list(page, "control"), in_list(page, "front_lines")) == ({"g1", "o1"}, {"l1"})
    assert page.locator("path.control").count() == 2
    page.select_option("#step", "month")
    page.click("#forward")
    assert (in_list(page, "control"), in_list(page, "front_lines")) == ({"g2", "o1"}, {"l2"})
    assert page.locator("path.front").count() == 1
    legend = page.locator("#legend li").all_text_contents()
    assert "Front line" in legend
    assert "Held: Opposition" in legend
    page.click("#filters summary")
    page.locator('[data-facet="layer"] label', has_text="Front lines").click()
    assert page.locator("path.control").count() == 0
    assert page.locator("path.front").count() == 1
    page.click('[data-section="front_lines"] button')
    expect(page.locator(".leaflet-popup h2")).to_have_text("Front line: Government and allies / Opposition")


def test_an_interval_is_typed(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-05").page
    page.fill("#from", "2016-07-31")
    expect(page.locator("#recent")).to_have_value("37")
    assert {"s5", "s6", "s7"} <= in_list(page, "events")
    page.fill("#date", "2016-09-06")  # after the last day: the interval moves no further than the atlas goes
    expect(page.locator("#as-of strong")).to_have_text("5 September 2016")
    page.select_option("#recent", "all so far")
    assert {"f1", "f2", "f3"} <= in_list(page, "events")
    expect(page.locator("#from")).to_have_value("2016-02-04")


def test_measuring_by_clicks(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-05&view=10/36/37").page
    page.click("#measure")
    expect(page.locator("#measured")).to_be_visible()
    page.mouse.click(300, 200)
    page.mouse.click(500, 200)
    # 200 pixels at zoom 10 and latitude 36.2
    reading = page.locator("#measured strong").text_content()
    assert reading is not None
    assert float(reading.removesuffix(" km")) == pytest.approx(200 * 40075.017 / 256 / 1024 * 0.807, rel=0.01)
    expect(page.locator("#measured")).to_contain_text("towards east")
    # clicks on what is drawn measure too, and open nothing
    page.locator(".marker").first.click()
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(page.locator(".measure-point")).to_have_count(3)
    page.click("#measured >> text=Undo")
    expect(page.locator(".measure-point")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#measured")).to_be_hidden()
    expect(page.locator(".measure-point")).to_have_count(0)
    page.locator(".marker").first.click()
    expect(page.locator(".leaflet-popup")).to_have_count(1)


def test_measuring_from_the_keyboard(open_page: Open, index: str) -> None:
    page = open_page(index, address="#view=10/36/37").page
    page.focus("#measure")
    page.keyboard.press("Enter")
    page.focus(".folium-map")
    page.keyboard.press("Enter")
    page.evaluate("document.querySelector('.folium-map').focus()")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator("#measured")).to_contain_text("towards north")


def test_full_screen_and_back(open_page: Open, index: str) -> None:
    page = open_page(index).page
    page.click("#screen")
    wait_until(page, "() => document.fullscreenElement === document.documentElement")
    expect(page.locator("#screen")).to_have_attribute("aria-label", "Leave full screen")
    page.click("#screen")
    wait_until(page, "() => document.fullscreenElement === null")
    expect(page.locator("#screen")).to_have_attribute("aria-label", "Full screen")


def test_starting_again(open_page: Open, index: str) -> None:
    fresh = open_page(index).page
    asked = "#day=2016-02-06&recent=3&view=14/36.2/37&event=f1&type=airstrike&sure=50&search=x&labels=ar&circles=no&with=2016-08-08&list=view"
    page = open_page(index, address=asked).page
    page.click("#reset")
    page.wait_for_timeout(300)
    assert page.url.partition("#")[2] == "day=2016-09-05"
    expect(page.locator("#chips")).to_be_hidden()
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#then")).to_be_hidden()
    assert page.locator("#list").text_content() == fresh.locator("#list").text_content()


def test_back_and_forth_in_the_address(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-08-08&type=siege_broken").page
    assert in_list(page, "events") == {"s6"}
    page.evaluate("location.hash = '#day=2016-08-08&side=government'")
    expect(page.locator("#chips")).to_contain_text("Government")
    assert in_list(page, "events") == {"s7"}


def test_it_prints_map_list_and_sources(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-05").page
    page.emulate_media(media="print")
    for gone in ("#time", "#find", ".tools", ".leaflet-control-zoom", "#compare"):
        expect(page.locator(gone)).to_be_hidden()
    for there in ("#as-of", "#list", "#about", "#legend", ".leaflet-control-scale"):
        expect(page.locator(there)).to_be_visible()
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    # nothing is cut: the list runs on over several sheets
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 2
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_paper_has_the_quoted_words_and_is_never_dark(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-05", color_scheme="dark").page
    before = page.locator("#list").inner_text()
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    quotes = page.locator("#list .item-quote")
    assert (
        "“On Sunday the army and Hezbollah retook the air force college” Sample Daily, 2016-09-05"
        in quotes.all_inner_texts()
    )
    ink, ground = page.evaluate("['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 200 < sum(map(int, re.findall(r"\d+", ground)[:3]))
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    assert box["width"] <= 700
    inside = page.locator(".marker").first.bounding_box()
    assert inside is not None
    assert box["x"] <= inside["x"] <= box["x"] + box["width"]
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#list").inner_text() == before


@pytest.mark.parametrize("width", [320, 360, 768, 820, 1024, 1280, 1920])
def test_nothing_runs_off_the_side_at_any_width(open_page: Open, index: str, width: int) -> None:
    page = open_page(index, viewport={"width": width, "height": 740}).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for control in ("#play", "#date", ".folium-map", "#compare"):
        box = page.locator(control).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    page.set_viewport_size({"width": 1200 if width < 800 else 400, "height": 700})
    page.wait_for_timeout(100)
    size = page.evaluate("(b => [b.width, b.height])(document.querySelector('.folium-map').getBoundingClientRect())")
    assert min(size) > 100


def test_on_a_phone_one_filters_searches_and_reads_by_touch(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04", **PHONE).page
    page.tap("#sheet")
    page.fill("#search", "hezbollah")
    page.tap('#results [data-found-in="events"] button')
    page.tap(".leaflet-popup [data-read]")
    expect(page.locator("#reader mark")).to_be_in_viewport()
    page.tap("#close-reader")
    page.fill("#search", "")
    page.tap("#filters summary")
    page.locator('[data-facet="type"] label', has_text="Capture").tap()
    expect(page.locator("#sheet")).to_have_text("2 events")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_two_fingers_zoom(open_page: Open, index: str) -> None:
    page = open_page(index, address="#view=10/36.2/37.1", **PHONE).page
    client = page.context.new_cdp_session(page)
    for kind, gap in (("touchStart", 40), ("touchMove", 60), ("touchMove", 100), ("touchMove", 160), ("touchEnd", 0)):
        points = [{"x": 180 - gap / 2, "y": 300}, {"x": 180 + gap / 2, "y": 300}] if gap else []
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(60)
    expect(page).to_have_url(re.compile(r"view=1[1-4]"))


def test_the_whole_page_by_keyboard(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-08-27").page
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(e => e.id || e.dataset.id || e.getAttribute('aria-label') || e.className || e.tagName)(document.activeElement)"
            )
        )
    order = [
        name
        for name in ("skip", "compare", "s1", "Zoom in", "home", "measure", "search", "play", "slider", "from", "date")
        if name in reached
    ]
    assert order == ["skip", "compare", "s1", "Zoom in", "home", "measure", "search", "play", "slider", "from", "date"]
    assert [reached.index(name) for name in order] == sorted(reached.index(name) for name in order)


def test_the_skip_link_leads_to_the_list(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-08-27").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('#list [data-id="s1"]')).to_be_focused()
    expect(page.locator("#as-of strong")).to_have_text("27 August 2016")


def test_with_reduced_motion_nothing_glides(open_page: Open, index: str) -> None:
    page = open_page(index, reduced_motion="reduce").page
    page.click(".leaflet-control-zoom-in")
    moved = page.evaluate("document.querySelectorAll('.leaflet-zoom-anim, .leaflet-fade-anim .leaflet-popup').length")
    assert moved == 0
    durations = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration).filter(d => !/^0s(, 0s)*$/.test(d))"
    )
    assert durations == []


def test_a_page_says_the_same_without_script(open_page: Open) -> None:
    from datetime import date

    html = render_page(with_ground(), as_of=date(2016, 9, 5), **OPTIONS)
    shown = open_page(html).page
    heads = [head.replace("\n", " ") for head in shown.locator("#list h2").all_inner_texts()]
    plain = open_page(html, java_script_enabled=False).page.locator("#plain")
    assert plain.locator("h3").all_inner_texts() == [re.sub(r" (\d+).*", r" (\1)", head) for head in heads]
