"""Pages with very many events: on a canvas above five thousand, packed above twenty thousand; clusters only where dense."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from many_events import BBOX, many_events
from page_waiting import wait_until
from playwright.sync_api import Page, expect

from geo.maps.page import render_index, render_page

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def few() -> str:
    return render_index({"events": many_events(2000, days=20)}, title="Two thousand", bbox=BBOX)


@pytest.fixture(scope="module")
def some() -> str:
    return render_index({"events": many_events(6000, days=100)}, title="Six thousand", bbox=BBOX)


@pytest.fixture(scope="module")
def packed() -> str:
    return render_index({"events": many_events(40_000)}, title="Forty thousand", bbox=BBOX)


def count(page: Page) -> int:
    return int(page.locator('#list [data-section="events"] h2 .count').inner_text().replace(",", ""))


def shown_on(events: Any, day: str, *, recent: int = 14) -> Any:
    """The events of a day, worked out anew from the table."""
    oldest = str(date.fromisoformat(day).toordinal() - recent + 1)
    last = events["end"].map(lambda iso: date.fromisoformat(iso).toordinal())
    return events[(events["start"] <= day) & (last >= int(oldest))]


# How many pixels of the canvas are drawn.
COLORED = """() => {
  const canvas = document.querySelector('.events-canvas');
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let drawn = 0;
  for (let at = 3; at < data.length; at += 4) drawn += data[at] > 0;
  return drawn;
}"""


def test_clusters_stand_only_where_it_is_dense(open_page: Open, few: str) -> None:
    page = open_page(few).page
    assert page.locator(".cluster").count() > 10
    assert page.locator(".marker, .cluster").count() < 700
    told = sum(int(text.replace(",", "")) for text in page.locator(".cluster-count").all_text_contents())
    assert told + page.locator(".marker").count() <= 2000
    before = page.evaluate("location.hash")
    page.locator(".cluster").first.click()
    wait_until(page, "before => location.hash !== before", before)  # closer
    near = open_page(few, address="#view=13/34/39").page
    assert near.locator(".cluster").count() == 0


def test_what_no_closer_look_tells_apart_is_listed(open_page: Open) -> None:
    events = many_events(12, days=5)
    events["geometry"], events["precision_m"] = events.geometry.iloc[0], 500
    page = open_page(render_index({"events": events}, title="One spot", bbox=BBOX), address="#recent=36600").page
    page.locator(".cluster").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".here button")).to_have_count(12)
    page.locator(".here button").first.click()
    expect(page.locator(".leaflet-popup dl")).to_be_visible()


CROWDED = [("some", 6000, 100, "2012-03-15", 30), ("packed", 40_000, 3650, "2014-03-15", 365)]


@pytest.mark.parametrize(("kind", "number", "days", "day", "recent"), CROWDED)
def test_a_canvas_shows_very_many_events_and_markers_few(
    open_page: Open, request: pytest.FixtureRequest, kind: str, number: int, days: int, day: str, recent: int
) -> None:
    events = many_events(number, days=days)
    page = open_page(request.getfixturevalue(kind), address=f"#day={day}&recent={recent}").page
    assert page.locator(".marker, .cluster").count() == 0
    told = shown_on(events, day, recent=recent)
    happened = told[told["modality"].isin(["happened", "claimed"])]
    assert count(page) == len(happened)
    drawn = page.evaluate(COLORED)
    assert drawn > 500
    page.click("#filters summary")
    page.locator('[data-facet="source"] label', has_text="Outlet 0").click()
    assert count(page) == sum(happened["source"] == "Outlet 0")
    page.click("#chips .chip")
    page.select_option("#recent", "1")
    one = shown_on(events, day, recent=1)
    assert count(page) == int(one["modality"].isin(["happened", "claimed"]).sum())
    assert page.evaluate(COLORED) == 0
    together = [int(text) for text in page.locator(".cluster-count").all_text_contents()]
    assert 0 < page.locator(".marker").count() + sum(together) <= len(one)


def test_a_click_on_the_canvas_opens_the_event_below(open_page: Open, packed: str) -> None:
    page = open_page(packed, address="#day=2015-05-05&recent=365").page
    assert page.locator(".marker").count() == 0
    page.click("#filters summary")
    page.check("#nearby")
    page.click("#filters summary")
    page.locator("#list li button").first.click()
    heading = page.locator(".leaflet-popup h2").inner_text()
    expect(page.locator(".marker")).to_have_count(1)  # the selected one alone
    page.wait_for_timeout(500)  # until the map has moved the pop-up into sight
    wait_until(page, "() => !document.querySelector('.leaflet-pan-anim, .leaflet-zoom-anim')")
    box = page.locator(".marker").bounding_box()
    assert box is not None
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup, .marker")).to_have_count(0)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".leaflet-popup h2")).to_have_text(heading)


def test_packed_events_are_searched_and_gone_to(open_page: Open, packed: str) -> None:
    events = many_events(40_000)
    page = open_page(packed).page
    page.fill("#search", "town 777 shelling")
    expected = int(((events["type"] == "shelling") & events["place"].str.contains("777")).sum())
    expect(page.locator('#results [data-found-in="events"] .count')).to_have_text(str(expected))
    page.locator('#results [data-found-in="events"] button').first.click()
    expect(page.locator(".leaflet-popup h2")).to_contain_text("777")
    expect(page).to_have_url(re.compile("event=no-"))
    address = page.evaluate("location.hash")
    again = open_page(packed, address=address).page
    expect(again.locator(".leaflet-popup h2")).to_contain_text("777")


def test_packed_events_have_their_quotes_as_far_as_there_is_room(
    open_page: Open, packed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = many_events(40_000).sort_values("start", kind="stable").reset_index(drop=True)
    page = open_page(packed, address=f"#day={events.start[77]}&event=no-77").page
    expect(page.locator(".leaflet-popup blockquote")).to_have_text(f"“{events.quote[77]}”")
    expect(page.locator("[data-quotes]")).to_contain_text("40,000 events with the words that")
    page.fill("#search", f"residents {events.place[123]} {events.start[123]}")
    expect(page.locator('#results [data-found-in="events"] button').first).to_contain_text(events.place[123])
    monkeypatch.setattr("geo.maps.page.most_bytes", lambda count: 1_200_000)
    html, day = render_index({"events": many_events(40_000)}, title="x", bbox=BBOX), events.start[39_999]
    some = open_page(html, address=f"#day={day}&event=no-39999").page
    expect(some.locator(".leaflet-popup blockquote")).to_have_text(f"“{events.quote[39_999]}”")
    expect(some.locator("[data-quotes]")).to_contain_text("of those that begin from")
    some.evaluate("day => { location.hash = `day=${day}&event=no-3`; }", events.start[3])
    expect(some.locator(".leaflet-popup .detail")).to_have_attribute("data-id", "no-3")
    expect(some.locator(".leaflet-popup blockquote")).to_have_count(0)


def test_events_without_a_place_are_on_a_packed_page_too(open_page: Open) -> None:
    away = {
        "id": "u1",
        "type": "talks",
        "label": "Talks",
        "modality": "happened",
        "start": "2012-02-01",
        "end": "2012-02-01",
        "known": "2012-02-01",
    }
    html = render_index({"events": many_events(21_000, days=60)}, title="x", bbox=BBOX, unplaced=[away])
    page = open_page(html, address="#day=2012-02-01&type=talks").page
    expect(page.locator("#dock button")).to_have_text(["Talks"])
    page.click("#dock button")
    expect(page.locator(".leaflet-popup h2")).to_have_text("Talks")


def test_two_dates_of_packed_events(open_page: Open, packed: str) -> None:
    page = open_page(packed, address="#day=2015-03-01&with=2015-01-01&how=swipe").page
    assert page.locator(".events-canvas").count() == 2
    events = many_events(40_000)
    new = shown_on(events, "2015-03-01")
    new = new[new["start"] > "2015-01-01"]
    head = page.locator('[data-changes="new"] .count')
    assert int(head.inner_text().replace(",", "")) == len(new)
    expect(page.locator('[data-changes="silent"] li')).not_to_have_count(0)


def test_a_day_of_a_large_layer_has_the_words(open_page: Open) -> None:
    events = many_events(6000, days=100)
    html = render_page({"events": events}, title="x", as_of=date(2012, 3, 1), bbox=BBOX)
    page = open_page(html).page
    told = shown_on(events, "2012-03-01")
    assert count(page) == int(told["modality"].isin(["happened", "claimed"]).sum())


def test_a_layer_of_many_areas_is_drawn_on_a_canvas(open_page: Open) -> None:
    def square(number: int) -> dict[str, Any]:
        lon, lat = 36 + number % 80 / 20, 33 + number // 80 / 20
        ring = [[lon, lat], [lon + 0.03, lat], [lon + 0.03, lat + 0.03], [lon, lat]]
        return {"geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
                "properties": {"id": f"c{number}", "start": "2012-01-01", "end": None, "holder": "government", "side": "government"}}  # fmt: skip

    control = {"type": "FeatureCollection", "features": [square(number) for number in range(5200)]}
    page = open_page(render_index({"control": control}, title="x", bbox=BBOX)).page
    assert page.locator("path.control").count() == 0
    assert page.locator(".leaflet-control-pane canvas, .leaflet-pane canvas").count() >= 1
    expect(page.locator('[data-section="control"] .count')).to_have_text("5,200")
    assert page.locator('[data-section="control"] li').count() == 8
    page.click('[data-section="control"] .more')
    assert page.locator('[data-section="control"] li').count() == 68


def test_while_the_slider_is_drawn_dots_stand_for_events_and_markers_once_it_rests(
    open_page: Open, packed: str
) -> None:
    page = open_page(packed, address="#day=2014-03-15").page
    signs = page.locator(".marker, .cluster")
    expect(signs).not_to_have_count(0)
    # Counted where the slider is moved: a moment later it has come to rest.
    drawn = page.evaluate(
        f"""() => {{
          const slider = document.querySelector('#slider');
          slider.value = Number(slider.value) + 40;
          slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
          return {{ signs: document.querySelectorAll('.marker, .cluster').length, dots: ({COLORED})() }};
        }}"""
    )
    assert drawn["signs"] == 0
    assert drawn["dots"] > 100
    expect(page.locator("#as-of strong")).to_have_text("24 April 2014")
    expect(signs).not_to_have_count(0)
    assert page.evaluate(COLORED) == 0
    expect(page).to_have_title("Forty thousand, 24 April 2014")
