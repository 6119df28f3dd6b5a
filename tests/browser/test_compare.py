"""Two dates beside each other, and what changed between them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sample_atlas import ARTICLES, BBOX, DATES, sample_layers
from sample_records import GAZETTEER
from told_events import three_reports

from geo.events.across import merge_reports
from geo.layers import build_layers
from geo.maps.page import render_index
from geo.model import Records

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
OPTIONS: dict[str, Any] = {"title": "Aleppo 2016", "dates": DATES, "articles": ARTICLES, "bbox": BBOX}


@pytest.fixture(scope="module")
def index() -> str:
    return render_index(sample_layers(), **OPTIONS)


def markers(page: Page, within: str) -> set[str]:
    return set(page.eval_on_selector_all(f"{within} .marker[data-id]", "elements => elements.map(e => e.dataset.id)"))


def changes(page: Page) -> dict[str, list[str]]:
    return {
        str(section.get_attribute("data-changes")): section.locator(".item-title").all_inner_texts()
        for section in page.locator("#changes [data-changes]").all()
    }


def test_two_dates_stand_side_by_side_and_move_together(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04").page
    page.click("#compare")
    expect(page.locator("#with")).to_have_value("2016-08-27")  # the date that has a page before this one
    page.fill("#with", "2016-08-08")
    assert markers(page, "#then-map") == {"s5", "s6", "s7"}
    assert markers(page, ".folium-map") == {"s1", "s2", "s3", "s4"}
    expect(page.locator("#then-date")).to_have_text("8 August 2016")
    expect(page.locator("#now-date")).to_have_text("4 September 2016")
    left, right = page.locator("#then-map").bounding_box(), page.locator(".folium-map").bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] == pytest.approx(right["x"], abs=3)
    before = {
        name: page.locator(f"{name} .label-city:not([hidden])").bounding_box() for name in ("#then-map", ".folium-map")
    }
    page.mouse.move(right["x"] + 250, 500)
    page.mouse.down()
    page.mouse.move(right["x"] + 200, 470, steps=5)
    page.mouse.up()
    page.wait_for_timeout(600)
    centre = "e => { const p = e.querySelector('.leaflet-map-pane')._leaflet_pos; return [p.x, p.y]; }"
    then, now = (page.eval_on_selector(which, centre) for which in ("#then-map", ".folium-map"))
    assert then == pytest.approx(now, abs=1)  # one of them is moved by whole pixels
    assert before["#then-map"] is not None
    expect(page).to_have_url(re.compile("with=2016-08-08"))
    page.click("#compare")
    expect(page.locator("#then")).to_be_hidden()
    assert markers(page, ".folium-map") == {"s1", "s2", "s3", "s4"}


def test_a_line_is_drawn_across(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04&with=2016-08-08&how=swipe").page
    clip = "getComputedStyle(document.querySelector('#then')).clipPath"
    assert page.evaluate(clip) == "inset(0px 50% 0px 0px)"
    stage = page.locator("#stage").bounding_box()
    handle = page.locator("#swipe").bounding_box()
    assert stage is not None
    assert handle is not None
    middle = handle["y"] + handle["height"] / 2
    page.mouse.move(stage["x"] + stage["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] / 4, middle, steps=5)
    page.mouse.up()
    share = float(page.evaluate(clip).split()[1].removesuffix("%"))
    assert share == pytest.approx(75, abs=3)
    page.focus("#swipe")
    page.keyboard.press("End")
    assert page.evaluate(clip) == "inset(0px 0% 0px 0px)"
    expect(page.locator("#as-of strong").first).to_have_text("4 September 2016")  # the arrows are the line's here
    page.keyboard.press("Home")
    assert page.evaluate(clip) == "inset(0px 100% 0px 0px)"


def test_what_changed_is_listed(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04&with=2016-08-08").page
    assert changes(page) == {
        "new": [
            "Capture: air force college",
            "Capture: artillery base",
            "Airstrike: southwest of Aleppo",
            "Airstrike: Bab al-Nairab",
        ],
        "changed": ["Ramouseh corridor: route contested", "Siege of the opposition districts"],
        "contradicted": [],
        "silent": ["opposition districts of Aleppo", "Ramouseh corridor"],
    }
    facts = page.locator('[data-changes="changed"] .item-facts').all_inner_texts()
    assert facts[0].startswith("open, held by Opposition → contested, held by Opposition")
    assert facts[1].startswith("no longer so")
    expect(page.locator('[data-changes="silent"] .item-facts').first).to_contain_text("none told since")
    # what is no longer so opens on the map where it is to be seen
    page.click('[data-changes="changed"] >> text=Siege of the opposition districts')
    expect(page.locator("#then-map .leaflet-popup h2")).to_have_text("Siege of the opposition districts")
    page.click('[data-changes="new"] >> text=Airstrike: Bab al-Nairab')
    expect(page.locator(".folium-map .leaflet-popup h2")).to_have_text("Airstrike: Bab al-Nairab")


def test_changes_are_the_same_whichever_date_comes_first(open_page: Open, index: str) -> None:
    one = open_page(index, address="#day=2016-09-04&with=2016-08-08").page
    other = open_page(index, address="#day=2016-08-08&with=2016-09-04").page
    assert changes(one) == changes(other)


def test_filters_hold_for_both_maps_and_the_changes(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04&with=2016-08-08&side=opposition").page
    assert markers(page, "#then-map") == {"s5", "s6"}
    assert markers(page, ".folium-map") == set()
    assert changes(page)["new"] == []


def test_what_reports_deny_or_disagree_on_is_contradicted(open_page: Open) -> None:
    articles, events = three_reports()
    records = Records(articles=articles, events=events, incidents=merge_reports(events, articles))
    layers = build_layers(records, GAZETTEER)
    html = render_index(layers, title="Varrow", as_of=date(2031, 3, 8), articles=articles)
    page = open_page(html, address="#day=2031-03-06&with=2031-03-04").page
    assert len(changes(page)["contradicted"]) == 1
    expect(page.locator('[data-changes="contradicted"] .item-facts')).to_contain_text(
        "reports disagree on place, toll, whether it happened"
    )


def test_a_denial_contradicts_what_was_told_of_the_place(open_page: Open) -> None:
    def told(id: str, day: str, modality: str) -> dict[str, Any]:
        properties = {"id": id, "type": "capture", "label": f"Capture: {id}", "place": "Varrow", "start": day, "end": day, "known": day, "edtf": day,
                      "modality": modality, "precision_m": 500, "attribution": "the League" if modality == "denied" else None}  # fmt: skip
        return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [10.0, 50.0]}, "properties": properties}

    events = {
        "type": "FeatureCollection",
        "features": [told("a", "2031-03-01", "claimed"), told("b", "2031-03-05", "denied")],
    }
    page = open_page(render_index({"events": events}, title="V"), address="#day=2031-03-05&with=2031-03-02").page
    assert changes(page)["contradicted"] == ["Capture: a"]
    expect(page.locator('[data-changes="contradicted"] .item-facts')).to_contain_text("denied: the League")


def test_on_a_phone_one_stands_above_the_other(open_page: Open, index: str) -> None:
    page = open_page(
        index,
        address="#day=2016-09-04&with=2016-08-08",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    ).page
    upper, lower = page.locator("#then-map").bounding_box(), page.locator(".folium-map").bounding_box()
    assert upper is not None
    assert lower is not None
    assert upper["y"] + upper["height"] <= lower["y"] + 3
    assert min(upper["height"], lower["height"]) > 120
    page.tap("#sheet")
    expect(page.locator('[data-changes="new"]')).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
