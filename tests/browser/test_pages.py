import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from page_waiting import wait_until
from playwright.sync_api import Page, expect
from sample_atlas import ARTICLES, BBOX, DATES, sample_layers

from geo.maps.basemap import basemap
from geo.maps.page import render_index, render_page
from geo.maps.style import read_style

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
OPTIONS: dict[str, Any] = {"title": "Aleppo 2016", "dates": DATES, "articles": ARTICLES, "bbox": BBOX}
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def index() -> str:
    return render_index(sample_layers(), **OPTIONS)


@pytest.fixture(scope="module")
def dated() -> dict[str, str]:
    return {str(day): render_page(sample_layers(), as_of=day, **OPTIONS) for day in DATES}


def on_map(page: Page) -> set[str]:
    return set(page.eval_on_selector_all(".marker[data-id]", "elements => elements.map(e => e.dataset.id)"))


def in_list(page: Page) -> set[str]:
    return set(page.eval_on_selector_all("#list button[data-id]", "elements => elements.map(e => e.dataset.id)"))


SHOWN = {
    "2016-02-05": ({"f1", "f2", "f3"}, {"r1", "flow"}),
    "2016-07-20": ({"s7"}, {"r1", "r2", "siege"}),
    "2016-08-08": ({"s5", "s6", "s7"}, {"r1", "r2", "r3", "siege"}),
    "2016-08-27": ({"s1"}, {"r1", "r2", "r3"}),
    "2016-09-04": ({"s1", "s2", "s3", "s4"}, {"r1", "r2", "r4"}),
    "2016-09-05": ({"s1", "s2", "s3", "s4", "s8", "s9", "s10"}, {"r1", "r2", "r4", "s11"}),
}


@pytest.mark.parametrize("day", SHOWN)
def test_a_dated_page_shows_its_day_on_the_map_and_in_the_list(
    open_page: Open, dated: dict[str, str], day: str
) -> None:
    page = open_page(dated[day]).page
    events, others = SHOWN[day]
    assert on_map(page) == events
    assert in_list(page) == events | others
    expect(page.locator("#as-of strong")).to_have_text(f"{int(day[8:])} {date.fromisoformat(day):%B %Y}")
    expect(page.locator("#time")).to_be_hidden()


@pytest.mark.parametrize("day", SHOWN)
def test_the_index_shows_the_same_as_the_dated_pages(open_page: Open, index: str, day: str) -> None:
    page = open_page(index, address=f"#day={day}").page
    events, others = SHOWN[day]
    assert on_map(page) == events
    assert in_list(page) == events | others


def test_the_slider_changes_what_is_shown(open_page: Open, index: str) -> None:
    page = open_page(index).page
    assert "s3" in on_map(page)
    first = page.locator("#slider").get_attribute("min")
    page.locator("#slider").fill(str(first))
    expect(page.locator("#as-of strong")).to_have_text("4 February 2016")
    assert on_map(page) == {"f1", "f2", "f3"}
    expect(page).to_have_url(re.compile("#day=2016-02-04$"))
    expect(page.locator("#slider")).to_have_attribute("aria-valuetext", "4 February 2016")


def test_a_typed_date_a_step_and_an_interval(open_page: Open, index: str) -> None:
    page = open_page(index).page
    page.fill("#date", "2016-08-27")
    expect(page.locator("#as-of strong")).to_have_text("27 August 2016")
    page.select_option("#step", "month")
    page.click("#back")
    expect(page.locator("#as-of strong")).to_have_text("27 July 2016")
    page.select_option("#step", "change")
    page.click("#forward")
    expect(page.locator("#as-of strong")).to_have_text("1 August 2016")
    page.fill("#date", "2016-09-05")
    page.select_option("#recent", "1")
    assert on_map(page) == {"s8", "s9", "s10"}
    page.select_option("#recent", "30")
    assert {"s5", "s6"} <= on_map(page)


def test_it_plays_and_pauses(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-08-20").page
    page.click("#play")
    expect(page.locator("#as-of strong")).not_to_have_text("20 August 2016")
    page.click("#play")
    stopped = page.locator("#as-of strong").text_content()
    page.wait_for_timeout(500)
    expect(page.locator("#as-of strong")).to_have_text(str(stopped))


KEYS = [
    ("ArrowRight", "21 August 2016"),
    ("ArrowLeft", "19 August 2016"),
    ("Shift+ArrowRight", "27 August 2016"),
    ("Shift+ArrowLeft", "11 August 2016"),
    ("PageDown", "27 August 2016"),
    ("Home", "4 February 2016"),
    ("End", "5 September 2016"),
]


@pytest.mark.parametrize(("key", "day"), KEYS)
@pytest.mark.parametrize("focus", ["body", "#slider"])
def test_keys_move_through_time(open_page: Open, index: str, focus: str, key: str, day: str) -> None:
    page = open_page(index, address="#day=2016-08-20").page
    if focus != "body":
        page.focus(focus)
    page.keyboard.press(key)
    expect(page.locator("#as-of strong")).to_have_text(day)


def test_a_marker_opens_the_words_of_the_report(open_page: Open, dated: dict[str, str]) -> None:
    page = open_page(dated["2016-08-27"]).page
    page.click('.marker[data-id="s1"]')
    card = page.locator(".leaflet-popup .detail")
    expect(card.locator("h2")).to_have_text("Airstrike: Bab al-Nairab")
    expect(card.locator(".arabic")).to_have_text("باب النيرب")
    expect(card.locator(".arabic")).to_have_attribute("dir", "rtl")
    expect(card.locator("blockquote")).to_have_text("“An airstrike hit Bab al-Nairab on August 27”")
    facts = dict(zip(card.locator("dt").all_text_contents(), card.locator("dd").all_text_contents(), strict=True))
    assert facts == {
        "When": "27 August 2016 (“on August 27”)",
        "Where": "Bab al-Nairab, within 700 m",
        "By": f"Russia ({read_style().sides['government'].label})",
        "Status": read_style().modalities["happened"].label,
    }
    expect(card.locator(".source")).to_have_text(
        "Source: Sample Daily, The corridor closes again, published 5 September 2016. Reading confidence 80 %."
    )
    expect(card.locator("a")).to_have_attribute("href", "https://example.org/september")
    card.locator("button").click()
    expect(page.locator("#reader mark")).to_have_text("An airstrike hit Bab al-Nairab on August 27")
    expect(page.locator("#reader .article")).to_have_text(ARTICLES[1].text)


def test_a_proposal_looks_unlike_an_event_and_says_so(open_page: Open, dated: dict[str, str]) -> None:
    page = open_page(dated["2016-09-05"]).page
    expect(page.locator('.marker[data-id="s8"] .tag')).to_have_text("proposal")
    expect(page.locator('.marker[data-id="s3"] .tag')).to_have_count(0)
    shape = page.locator('.marker[data-id="s8"] .symbol-shape')
    assert (shape.get_attribute("fill"), bool(shape.get_attribute("stroke-dasharray"))) == ("none", True)
    assert page.locator('.marker[data-id="s3"] .symbol-shape').get_attribute("fill") != "none"
    expect(page.locator('#list [data-section="unreal"] li')).to_have_count(3)
    page.click('#list button[data-id="s8"]')
    card = page.locator(".leaflet-popup .detail")
    expect(card.locator(".stamp")).to_have_text("Proposal: not reported as happened")
    expect(card.locator(".flags")).to_have_text("date not reported")
    expect(card).to_contain_text("according to Russia")


def test_what_is_not_at_one_point_stands_beside_the_map(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-02-06").page
    assert "f4" not in on_map(page)
    page.click('#dock button[data-id="f4"]')
    expect(page.locator(".leaflet-popup blockquote")).to_have_text("“Forces advance in the province”")
    page = open_page(index).page
    assert "s11" not in on_map(page)
    expect(page.locator('#dock button[data-id="s11"]')).to_have_text("Talks: Geneva")


def test_list_and_map_go_together(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-09-04").page
    page.click('#list button[data-id="s2"]')
    expect(page.locator(".leaflet-popup .detail")).to_have_attribute("data-id", "s2")
    expect(page.locator('.marker[data-id="s2"]')).to_have_class(re.compile("selected"))
    expect(page.locator('#list [aria-pressed="true"]')).to_have_attribute("data-id", "s2")
    expect(page).to_have_url(re.compile("event=s2"))
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("event="))


@pytest.mark.parametrize(("id", "words"), [("r4", "retook the air force college"), ("siege", None)])
def test_routes_and_sieges_open_too(open_page: Open, index: str, id: str, words: str | None) -> None:
    page = open_page(index, address=f"#day={'2016-09-04' if words else '2016-08-08'}").page
    page.click(f'#list button[data-id="{id}"]')
    card = page.locator(".leaflet-popup .detail")
    expect(card).to_contain_text("Held by")
    expect(card.locator("blockquote")).to_contain_text(words or "the siege, laid a month before")


def test_the_address_holds_day_view_and_choice(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-08-08&recent=1&view=11/36.2/37.15&event=s5").page
    expect(page.locator("#as-of strong")).to_have_text("8 August 2016")
    expect(page.locator(".leaflet-popup .detail")).to_have_attribute("data-id", "s5")
    expect(page.locator("#recent")).to_have_value("1")
    assert on_map(page) == {"s5", "s6"}
    page.evaluate("location.hash = '#day=2016-02-05'")
    expect(page.locator("#as-of strong")).to_have_text("5 February 2016")


BAD_ADDRESSES = [
    "#day=2016-02-30",
    "#day=x&view=a/b/c",
    "#view=99/0/0",
    "#recent=-1",
    "#event=none",
    "#%",
    "#day=9999-12-31",
    "#list",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_bad_address_opens_the_page_as_usual(open_page: Open, index: str, address: str) -> None:
    page = open_page(index, address=address).page
    expect(page.locator("#as-of strong")).to_have_text("5 September 2016")


def test_the_legend_explains_what_is_shown_and_nothing_else(open_page: Open, index: str) -> None:
    style = read_style()
    page = open_page(index, address="#day=2016-08-27").page
    assert set(page.locator("#legend li").all_text_contents()) == {
        style.types["airstrike"].label,
        style.sides["government"].label,
        style.sides["opposition"].label,
        style.modalities["happened"].label,
        style.areas["uncertainty"].label,
        *(style.states[state].label for state in ("open", "closed")),  # the road that is cut is not in sight
    }
    page.fill("#date", "2016-02-05")
    assert style.types["displacement"].label not in page.locator("#legend li").all_text_contents()  # not in sight
    page.click("#home")
    shown = set(page.locator("#legend li").all_text_contents())
    assert {
        style.types["displacement"].label,
        style.modalities["claimed"].label,
        style.flows["displacement"].label,
    } <= shown


def test_a_day_without_reports_says_so_and_leads_on(open_page: Open, index: str) -> None:
    page = open_page(index, address="#day=2016-05-01").page
    expect(page.locator(".empty p")).to_contain_text("That does not mean that nothing happened")
    page.click("text=Later: 1 July 2016")
    expect(page.locator("#as-of strong")).to_have_text("1 July 2016")
    assert on_map(page) == {"s7"}


def test_cautions_sources_and_scale_are_on_every_page(open_page: Open, index: str, dated: dict[str, str]) -> None:
    for html in (index, dated["2016-02-05"]):
        page = open_page(html).page
        expect(page.locator("#about")).to_contain_text("Not for navigation or operational use")
        expect(page.locator("#about")).to_contain_text("What is not known")
        expect(page.locator(".sources a")).to_have_count(2)
        expect(page.locator(".leaflet-control-scale-line")).to_contain_text("km")


def test_pages_lead_to_each_other(open_page: Open, dated: dict[str, str]) -> None:
    links = open_page(dated["2016-08-08"]).page.locator("#pages a")
    assert [a.get_attribute("href") for a in links.all()] == ["2016-07-20.html", "index.html", "2016-08-27.html"]
    first = open_page(dated["2016-02-05"]).page.locator("#pages a")
    assert first.all_text_contents() == ["All dates", "Later ›"]


def test_the_online_map_loads_only_when_the_reader_asks(open_page: Open, index: str) -> None:
    one = open_page(index, silent=False)
    assert one.asked == []
    one.page.check("#tiles")
    expect(one.page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap contributors")
    for _ in range(50):
        one.page.wait_for_timeout(100)
        if one.asked:
            break
    hosts = {url.split("/")[2] for url in one.asked}
    assert hosts == {"tile.openstreetmap.org"}
    one.page.uncheck("#tiles")
    expect(one.page.locator(".leaflet-control-attribution")).not_to_contain_text("OpenStreetMap")
    assert {line for line in one.said if "ERR_FAILED" not in line} == set()  # the tests' network is shut
    one.page.context.close()


def test_on_a_phone_the_list_is_a_sheet_and_nothing_runs_off_the_side(open_page: Open, index: str) -> None:
    page = open_page(index, viewport=PHONE, has_touch=True, is_mobile=True).page
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator("#list")).to_be_hidden()
    expect(page.locator("#sheet")).to_have_text("5 events, 3 proposals or plans")
    page.tap("#sheet")
    expect(page.locator("#sheet")).to_have_attribute("aria-expanded", "true")
    page.tap('#list button[data-id="s3"]')
    expect(page.locator("#list")).to_be_hidden()
    card = page.locator(".leaflet-popup-content-wrapper")
    expect(card).to_contain_text("retook the air force college")
    page.wait_for_timeout(400)  # until the map has moved it into sight
    wait_until(page, "() => !document.querySelector('.leaflet-pan-anim, .leaflet-zoom-anim')")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    for button in page.locator("#time button").all():
        size = button.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 32


def test_the_keyboard_reaches_and_opens_a_marker(open_page: Open, dated: dict[str, str]) -> None:
    page = open_page(dated["2016-08-27"]).page
    page.focus('.marker[data-id="s1"]')
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')") == "Airstrike: Bab al-Nairab, 27 August 2016"
    )
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup blockquote")).to_be_visible()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Damascus", "UTC"])
def test_no_time_zone_moves_a_day(open_page: Open, index: str, zone: str) -> None:
    page = open_page(index, address="#day=2016-03-26", timezone_id=zone).page
    for day in ("27 March 2016", "28 March 2016", "29 March 2016", "30 March 2016", "31 March 2016", "1 April 2016"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#as-of strong")).to_have_text(day)
    expect(page.locator("#as-of span")).to_have_text("Friday")


def test_without_scripts_the_page_is_a_list(open_page: Open, dated: dict[str, str]) -> None:
    page = open_page(dated["2016-09-04"], java_script_enabled=False).page
    expect(page.locator("#plain")).to_contain_text("Capture: air force college")
    expect(page.locator("#plain")).to_contain_text("On Sunday the army and Hezbollah retook the air force college")
    expect(page.locator("#plain h3").first).to_have_text("Events (4)")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_it_is_drawn_in_the_dark_too(open_page: Open, index: str, scheme: str) -> None:
    page = open_page(index, color_scheme=scheme, reduced_motion="reduce").page
    ink, ground = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    shades = [int(re.findall(r"\d+", color)[0]) for color in (ink, ground)]
    assert (shades[0] > shades[1]) == (scheme == "dark")
    page.emulate_media(media="print")
    expect(page.locator("#time")).to_be_hidden()
    expect(page.locator("#list")).to_be_visible()


OVERLAPS = """() => {
  const boxes = (query) => [...document.querySelectorAll(query)].map((e) => [e.textContent.slice(0, 40), e.getBoundingClientRect()]).filter(([, b]) => b.width);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const names = boxes(".label:not([hidden])"), covers = boxes(".leaflet-control, .map-date, #dock, #legend"), found = [];
  names.forEach(([text, box], i) => {
    for (const [other, b] of [...names.slice(i + 1), ...covers]) if (meet(box, b)) found.push(`${text} | ${other}`);
  });
  return [names.length, found];
}"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, {"width": 844, "height": 390}])
@pytest.mark.parametrize("address", ["#day=2016-09-05", "#day=2016-09-05&labels=both", "#day=2016-02-05"])
def test_names_keep_clear_of_each_other_and_of_the_controls(
    open_page: Open, index: str, viewport: dict[str, int], address: str
) -> None:
    page = open_page(index, address=address, viewport=viewport).page
    page.wait_for_timeout(200)
    names, overlaps = page.evaluate(OVERLAPS)
    assert names
    assert overlaps == []
    if viewport == PHONE:
        page.click("#legend summary")
        page.wait_for_timeout(200)
        assert page.evaluate(OVERLAPS)[1] == []


def test_names_of_land_and_water_in_english_arabic_or_both(open_page: Open) -> None:
    window = (38.0, 34.5, 42.0, 37.0)
    html = render_index(sample_layers(), title="x", bbox=window, basemap=basemap(window))
    page = open_page(html, address="#view=7/35.4/40").page

    def names() -> list[str]:
        page.wait_for_timeout(200)
        return page.locator(".label-water:not([hidden]), .label-country:not([hidden])").all_text_contents()

    assert {"Euphrates", "Syria"} <= set(names())
    page.click("#filters summary")
    page.select_option("#labels", "ar")
    assert {"الفرات", "سوريا"} <= set(names())
    assert not {"Euphrates", "Syria"} & set(names())
    expect(page).to_have_url(re.compile("labels=ar"))
    page.select_option("#labels", "both")
    assert {"Euphrates الفرات", "Syria سوريا"} <= set(names())
    assert page.locator(".label-water bdi[dir=rtl]").count() > 0


def test_a_page_of_nothing_says_so_and_names_no_day(open_page: Open) -> None:
    title = "A title that is long, " * 12
    page = open_page(render_index({}, title=title, bbox=BBOX), viewport=PHONE).page
    expect(page.locator("#as-of")).to_have_text("Nothing dated yet")
    page.click("#sheet")
    expect(page.locator("#list .empty")).to_contain_text("nothing that has a day")
    assert "1970" not in page.locator("body").inner_text()
    head = page.locator("#head").bounding_box()
    assert head is not None
    assert head["height"] < 120
    expect(page.locator("#title")).to_have_attribute("title", title)
