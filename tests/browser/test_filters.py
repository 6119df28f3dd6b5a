"""Filters, search and the reading panel, used as a reader uses them: by clicking, typing and keys."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sample_atlas import ARTICLES, BBOX, DATES, SEPTEMBER, sample_layers

from geo.maps.page import render_index
from geo.maps.style import read_style

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
DAY = "#day=2016-09-05"
ALL = {"s1", "s2", "s3", "s4", "s8", "s9", "s10"}


@pytest.fixture(scope="module")
def index() -> str:
    return render_index(sample_layers(), title="Aleppo 2016", dates=DATES, articles=ARTICLES, bbox=BBOX)


def on_map(page: Page) -> set[str]:
    return set(page.eval_on_selector_all(".marker[data-id]", "elements => elements.map(e => e.dataset.id)"))


def in_list(page: Page) -> set[str]:
    return set(page.eval_on_selector_all("#list button[data-id]", "elements => elements.map(e => e.dataset.id)"))


def counts(page: Page, facet: str) -> dict[str, str]:
    rows = page.locator(f'[data-facet="{facet}"] label')
    return {
        row.locator(".facet-name").inner_text(): row.locator(".count").inner_text()
        for row in rows.all()
        if row.locator(".count").inner_text() not in ("", "0")
    }


FILTERS = [
    ("type", "Airstrike", {"s1", "s2"}, {"r1", "r2", "r4"}),
    ("type", "Capture", {"s3", "s4"}, {"r1", "r2", "r4"}),
    ("side", "Opposition", {"s9"}, {"r4"}),
    ("modality", "Proposed", {"s8", "s9", "s10"}, {"r1", "r2", "r4"}),
    ("source", "Sample Wire", set(), {"r1"}),
    ("layer", "Routes", set(), {"r1", "r2", "r4"}),
    ("layer", "Events", ALL, {"s11"}),
]


@pytest.mark.parametrize(("facet", "label", "events", "others"), FILTERS)
def test_a_filter_holds_for_map_list_and_address(
    open_page: Open, index: str, facet: str, label: str, events: set[str], others: set[str]
) -> None:
    page = open_page(index, address=DAY).page
    page.click("#filters summary")
    page.locator(f'[data-facet="{facet}"] label', has_text=label).first.click()
    assert on_map(page) == events
    assert in_list(page) == events | others
    expect(page.locator("#chips .chip")).to_contain_text(label)
    page.wait_for_url(f"**{facet}=*")
    again = open_page(index, address="#" + page.url.partition("#")[2]).page
    assert on_map(again) == events
    page.click("#chips .chip")
    assert on_map(page) == ALL


def test_circles_go_with_their_events(open_page: Open, index: str) -> None:
    page = open_page(index, address=DAY).page
    halos = page.locator("path[data-halo]")
    drawn = {str(halo.get_attribute("data-halo")) for halo in halos.all()}
    assert {"s1", "s8"} <= drawn <= ALL
    page.click("#filters summary")
    page.locator('[data-facet="type"] label', has_text="Airstrike").click()
    assert {str(halo.get_attribute("data-halo")) for halo in halos.all()} <= {"s1", "s2"}
    page.uncheck("#circles")
    expect(halos).to_have_count(0)
    page.wait_for_url("**circles=no*")


def test_each_filter_counts_what_it_would_show(open_page: Open, index: str) -> None:
    page = open_page(index, address=DAY).page
    page.click("#filters summary")
    assert counts(page, "type") == {"Airstrike": "2", "Capture": "2", "Aid": "2", "Ceasefire": "1", "Talks": "1"}
    assert counts(page, "modality") == {"Reported": "5", "Proposed": "3"}
    page.locator('[data-facet="modality"] label', has_text="Proposed").click()
    # its own group keeps its counts, the others follow
    assert counts(page, "modality") == {"Reported": "5", "Proposed": "3"}
    assert counts(page, "type") == {"Aid": "2", "Ceasefire": "1"}
    expect(page.locator("#filters-count")).to_have_text("3 of 8 events")


def test_confidence_is_dragged(open_page: Open, index: str) -> None:
    layers = sample_layers()
    layers["events"].loc[layers["events"]["id"] == "s1", "confidence"] = 0.35
    html = render_index(layers, title="Aleppo 2016", articles=ARTICLES, bbox=BBOX)
    page = open_page(html, address=DAY).page
    page.click("#filters summary")
    page.locator("#sure").scroll_into_view_if_needed()
    box = page.locator("#sure").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator("#sure-text")).to_have_text("at least 50 %")
    assert on_map(page) == ALL - {"s1"}
    page.wait_for_url("**sure=50*")


def test_filters_that_leave_nothing_say_so(open_page: Open, index: str) -> None:
    page = open_page(index, address=f"{DAY}&type=protest").page
    expect(page.locator(".empty p")).to_have_text("None of the 8 events in the 14 days to this day passes the filters.")
    page.click(".empty button")
    assert on_map(page) == ALL


def test_the_list_follows_the_view(open_page: Open, index: str) -> None:
    page = open_page(index, address=f"{DAY}&view=16/36.192/37.1715").page
    head = page.locator('#list [data-section="events"] h2')
    expect(head.locator(".count")).to_have_text("5")
    expect(head.locator(".in-view")).to_have_text("2 in view")  # s1, and the talks in Geneva, beside the map
    page.click("#filters summary")
    page.check("#nearby")
    page.click("#filters summary")
    assert {"s1", "s11"} == in_list(page) - {"r1", "r2", "r4"}
    page.click("#home")
    assert in_list(page) >= ALL


SEARCHES = [
    ("ramouseh", "places", {"Ramouseh"}),
    ("RAMOUSEH corridor", "events", {"Route opened: Ramouseh corridor", "Aid: Ramouseh corridor"}),
    ("باب النيرب", "places", {"Bab al-Nairab"}),
    ("باب النيرب", "events", {"Airstrike: Bab al-Nairab"}),
    ("hezbollah retook", "events", {"Capture: air force college"}),
    ("castello was given", "others", set()),
    ("castello taken", "others", {"Castello Road: route closed"}),
    ("envoys", "articles", {"The corridor closes again"}),
]


@pytest.mark.parametrize(("text", "group", "found"), SEARCHES)
def test_search_finds_places_events_quotes_and_reports(
    open_page: Open, index: str, text: str, group: str, found: set[str]
) -> None:
    page = open_page(index).page
    page.fill("#search", text)
    titles = page.locator(f'#results [data-found-in="{group}"] .item-title')
    expect(page.locator("#results [role=status]")).to_be_visible()
    expect(titles).to_have_count(len(found))
    assert set(titles.all_text_contents()) == found


def test_what_is_being_typed_outlives_a_page_that_is_drawn_anew(open_page: Open, index: str) -> None:
    page = open_page(index).page
    page.evaluate("""() => {
        const box = document.getElementById("search");
        box.focus();
        box.value = "azaz";
        box.dispatchEvent(new Event("input", { bubbles: true }));
        window.dispatchEvent(new HashChangeEvent("hashchange"));
    }""")
    expect(page.locator('#results [data-found-in="places"] button')).to_have_count(1)
    expect(page.locator("#search")).to_have_value("azaz")


def test_what_is_found_is_gone_to_whatever_its_day(open_page: Open, index: str) -> None:
    page = open_page(index).page
    page.fill("#search", "Turkish border")
    expect(page.locator("#list")).to_be_hidden()
    page.press("#search", "ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#as-of strong")).to_have_text("6 February 2016")
    expect(page.locator(".leaflet-popup h2")).to_have_text("Displacement: Turkish border")
    page.wait_for_url("**search=Turkish+border*")
    page.press("#search", "Escape")
    expect(page.locator("#list")).to_be_visible()
    page.fill("#search", "zzz")
    expect(page.locator("#results")).to_have_text("Nothing of that name, in no event and in no quote.")


def test_a_place_that_is_found_is_shown(open_page: Open, index: str) -> None:
    page = open_page(index).page
    page.fill("#search", "azaz")
    page.click('#results [data-found-in="places"] button')
    expect(page.locator(".leaflet-popup h2")).to_have_text("Azaz")
    expect(page).to_have_url(re.compile(r"view=12/36\.58"))


def test_the_reading_panel_lights_up_the_sentence(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04&event=s3").page
    page.click(".leaflet-popup [data-read]")
    reader = page.locator("#reader")
    expect(reader.locator("h2")).to_have_text("The corridor closes again")
    expect(reader.locator("mark")).to_have_text("On Sunday the army and Hezbollah retook the air force college")
    expect(reader.locator("mark")).to_be_in_viewport()
    expect(reader.locator(".article")).to_have_text(SEPTEMBER.text)
    expect(page.locator("#list")).to_be_hidden()
    expect(page.locator("#reader h2")).to_be_focused()
    # the other quoted passages lead to what they tell
    reader.locator(".quoted", has_text="jets struck southwest").click()
    expect(reader.locator("mark")).to_have_text("Over the weekend jets struck southwest of Aleppo")
    expect(page.locator(".leaflet-popup h2")).to_have_text("Airstrike: southwest of Aleppo")
    page.wait_for_url("**event=s2&read=september*")
    again = open_page(index, address="#" + page.url.partition("#")[2]).page
    expect(again.locator("#reader mark")).to_have_text("Over the weekend jets struck southwest of Aleppo")
    page.click("#close-reader")
    expect(page.locator("#list")).to_be_visible()


def test_offsets_count_code_points(open_page: Open) -> None:
    from datetime import date

    from geo.model import Article

    text = "🧨🧨 مرحبا. Shells fell on Varrow. 😀 End."
    at = text.index("Shells")
    event = {
        "id": "v", "type": "shelling", "label": "Shelling: Varrow", "start": "2031-03-04", "end": "2031-03-04", "known": "2031-03-04", "edtf": "2031-03-04",
        "modality": "happened", "article": "a", "quote": "Shells fell on Varrow", "quote_start": at, "quote_end": at + 21, "confidence": 0.9, "precision_m": 500,
    }  # fmt: skip
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [10.0, 50.0]}, "properties": event}
    article = Article(id="a", text=text, title="T", source="S", url="", published=date(2031, 3, 4))
    html = render_index({"events": {"type": "FeatureCollection", "features": [point]}}, title="V", articles=[article])
    page = open_page(html, address="#event=v&read=a").page
    expect(page.locator("#reader mark")).to_have_text("Shells fell on Varrow")


def test_arrows_go_through_the_list(open_page: Open, index: str) -> None:
    page = open_page(index, address=DAY).page
    rows = page.locator("#list li > button")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    expect(page.locator("#as-of strong")).to_have_text("5 September 2016")
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_be_visible()


@pytest.mark.parametrize(("labels", "names"), [("en", {"Aleppo"}), ("ar", {"حلب"}), ("both", {"Aleppo حلب"})])
def test_names_in_english_and_arabic(open_page: Open, index: str, labels: str, names: set[str]) -> None:
    page = open_page(index, address="#day=2016-09-04").page
    page.click("#filters summary")
    page.select_option("#labels", labels)
    assert set(page.locator(".label-city:not([hidden])").all_text_contents()) == names
    if labels != "en":
        expect(page.locator(".label-city:not([hidden]) bdi[lang=ar]")).to_have_attribute("dir", "rtl")
        expect(page.locator('#list [data-id="s3"] bdi[lang=ar]')).to_have_text("الكلية الفنية الجوية")


def test_the_legend_and_the_symbols_tell_subtypes(open_page: Open) -> None:
    def event(number: int, **told: Any) -> dict[str, Any]:
        properties = {"id": f"e{number}", "start": "2016-09-04", "end": "2016-09-04", "modality": "happened", **told}
        return {"geometry": {"type": "Point", "coordinates": [37 + number / 10, 36.2]}, "properties": properties}

    kind, subtype = next(iter(read_style().subtypes)).split("/")
    told = [event(0, type=kind, subtype=subtype), event(1, type=kind), event(2, type=kind, subtype="of no such name")]
    page = open_page(render_index({"events": {"features": told}}, title="x", bbox=BBOX)).page
    style = read_style()
    names = [style.types[kind].label, style.subtypes[f"{kind}/{subtype}"].label]
    assert page.locator("#legend section").first.locator("li").all_inner_texts() == names
    signs = page.eval_on_selector_all(".marker .symbol-glyph", "paths => paths.map(p => p.getAttribute('d'))")
    plain, own = (style.symbols[one.symbol] for one in (style.types[kind], style.subtypes[f"{kind}/{subtype}"]))
    assert sorted(signs) == sorted([own, plain, plain])


def test_what_was_changed_by_hand_says_so(open_page: Open) -> None:
    change = {
        "action": "moved",
        "who": "A. Editor",
        "when": "2026-03-02",
        "why": "the report says north",
        "was": {"lon": 1},
    }
    point = {"geometry": {"type": "Point", "coordinates": [37, 36.2]}, "properties": {
        "id": "e", "type": "clash", "label": "Clash", "start": "2016-09-04", "end": "2016-09-04", "corrected": change}}  # fmt: skip
    page = open_page(render_index({"events": {"features": [point]}}, title="x", bbox=BBOX)).page
    expect(page.locator("#list .item-facts").first).to_contain_text("changed by hand")
    page.locator("#list button").first.click()
    expect(page.locator(".leaflet-popup dl")).to_contain_text(
        "Moved, by A. Editor, 2 March 2026: the report says north"
    )
